"""Templates compiled for speed: the same pages from the same templates, with less asking on the way.

Only for speed: it saves a tenth of a first build's processor time, because rendering would take four and a half times
as long (``python benchmarks/without.py compiler``). Without it :class:`.environment.DigestEnvironment` renders all.

Jinja compiles a template so that everything in it may turn out to be anything: each name is looked up, each value asked
what it is. Here most of it is known beforehand (:mod:`.trees`). A macro whose name means one thing is called as the
function it is; a view's field is read as an attribute; text is escaped without being wrapped first, and put into what
stands around it, with its conditions, by a single expression.

What is known can be wrong: in a template of a site's own a name may be a dictionary's key, or miss. Then the code made
here raises, and :class:`.render.Renderer` renders the page once more with the plain environment, which is right, or
says what is wrong in which template and line. See docs/decisions/0012-templates-compiled-for-speed.md.
"""

from __future__ import annotations

from keyword import iskeyword
from typing import Final

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, escape

from ...text.plain import escape_text
from .trees import MacroShape, is_own

# The list that a template or a block writes into.
_PAGE: Final = "page"
# Jinja's lines for generators, and what lists want in their place.
_OF_GENERATORS: Final = {
    "yield from parent_template.root_render_func(context)": "return parent_template.root_render_func(context)",
    "yield from template._get_default_module()._body_stream": "{into} += template._get_default_module()._body_stream",
    "finally: gen.close()": "finally: pass",
}


def html_of(value: object) -> str:
    """Return *value* as HTML: text escaped, markup as it is. What ``markupsafe.escape`` does, without its wrapping."""
    kind = type(value)
    if kind is str:
        return escape_text(value)  # type: ignore[arg-type]
    if kind is Markup:
        return value  # type: ignore[return-value]
    return str(value) if kind is int else escape(value)


class FastCodeGenerator(CodeGenerator):
    """Jinja's compiler, with shorter ways for what is known. It reads ``known_macros`` of its environment.

    A template and its blocks become functions that return a list of texts; Jinja's are generators inside each other.
    """

    # The variable that all of a macro's text is put into at once, in place of a list of its parts.
    _whole = ""
    _is_whole_next = False
    _into: str | None = None

    def write_commons(self) -> None:
        """Begin a template's function, or a block's."""
        self.writeline("resolve = context.resolve_or_missing")
        self.writeline("undefined = environment.undefined")
        self.writeline("concat = environment.concat")
        self.writeline("cond_expr_undefined = Undefined")
        self.writeline("html_of, escape_text = environment.html_of, environment.escape_text")
        self.writeline(f"{_PAGE} = []")

    def enter_frame(self, frame: Frame) -> None:
        """Have a template and a block write into their own list."""
        if frame.parent is None:
            frame.buffer = _PAGE
        super().enter_frame(frame)

    def leave_frame(self, frame: Frame, with_python_scope: bool = False) -> None:  # noqa: FBT001, FBT002 - the base's
        """Return what a template or a block has written."""
        super().leave_frame(frame, with_python_scope=with_python_scope)
        if frame.parent is None and not (frame.toplevel and self.has_known_extends):
            if frame.toplevel and self.extends_so_far:
                self.fail("whether there is a parent is decided on the page", 1)  # Jinja does that
            self.writeline(f"return {_PAGE}")

    def writeline(self, x: str, node: nodes.Node | None = None, extra: int = 0) -> None:
        """Write a line; the base has none for a function that returns a list."""
        if x in _OF_GENERATORS:
            x = _OF_GENERATORS[x].format(into=self._into)
        super().writeline(x, node, extra)

    def _import_common(self, node: nodes.Import | nodes.FromImport, frame: Frame) -> None:
        """Import macros without asking what only this page might know."""
        if node.with_context:
            super()._import_common(node, frame)
            return
        self.write("environment.module(")
        self.visit(node.template, frame)
        self.write(f", {self.name!r})")

    def visit_OverlayScope(self, node: nodes.OverlayScope, frame: Frame) -> None:  # noqa: N802 - the base's name
        """Leave to Jinja what only extensions make."""
        del frame
        self.fail("a scope of an extension's own", node.lineno)

    def visit_Include(self, node: nodes.Include, frame: Frame) -> None:  # noqa: N802 - the base's name
        """Include what is not known before."""
        self._into = frame.buffer
        super().visit_Include(node, frame)

    def visit_Block(self, node: nodes.Block, frame: Frame) -> None:  # noqa: N802 - the base's name
        """Write what the block's function returns."""
        if frame.toplevel and self.has_known_extends:
            return
        if node.required:
            self.fail("a block that a child must have", node.lineno)
        context = self.derive_context(frame) if node.scoped else self.get_context_ref()
        self.writeline(f"{frame.buffer}.extend(context.blocks[{node.name!r}][0]({context}))", node)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - the base's name
        """Read a field as an attribute; a dictionary's key raises and is read by the plain environment."""
        if not node.attr.isidentifier() or iskeyword(node.attr) or node.attr.startswith("_"):
            super().visit_Getattr(node, frame)
            return
        self._visit_object(node.node, frame)
        self.write(f".{node.attr}")

    def _visit_object(self, node: nodes.Expr, frame: Frame) -> None:
        """Write what an attribute is asked of: where that is missing, asking raises."""
        if isinstance(node, nodes.Name) and node.ctx == "load":
            self.write(frame.symbols.ref(node.name))
            return
        self.write("(")
        self.visit(node, frame)
        self.write(")")

    def visit_Macro(self, node: nodes.Macro, frame: Frame) -> None:  # noqa: N802 - the base's name
        """Write a macro that says all at once without a list."""
        self._is_whole_next = self._is_plain(frame) and [type(part) for part in node.body] == [nodes.Output]
        super().visit_Macro(node, frame)

    def buffer(self, frame: Frame) -> None:
        """Begin to gather what *frame* writes."""
        if not self._is_whole_next:
            super().buffer(frame)
            return
        self._is_whole_next = False
        self._whole = frame.buffer = self.temporary_identifier()

    def return_buffer_contents(self, frame: Frame, force_unescaped: bool = False) -> None:  # noqa: FBT001, FBT002 - the base's
        """Return what *frame* has written."""
        if frame.buffer == self._whole:
            self.writeline(f"return {frame.buffer}")
        else:
            super().return_buffer_contents(frame, force_unescaped=force_unescaped)

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:  # noqa: N802 - the base's name
        """Write texts and values as one."""
        if frame.require_output_check or not self._is_plain(frame):
            super().visit_Output(node, frame)
            return
        is_whole = frame.buffer == self._whole
        self.writeline(f"{frame.buffer} = " if is_whole else f"{frame.buffer}.append(", node)
        self._joined(node.nodes, frame)
        self.write("" if is_whole else ")")

    def _is_plain(self, frame: Frame) -> bool:
        """Whether text is escaped, and nothing else is done to it."""
        eval_ctx = frame.eval_ctx
        return eval_ctx.autoescape and not eval_ctx.volatile and self.environment.finalize is None

    def _joined(self, children: list[nodes.Expr], frame: Frame) -> None:
        """Write *children* as one text: a format whose values Python puts in their places without a call."""
        text, values = "", []
        for child in children:
            try:
                text += self._output_child_to_const(child, frame, self._make_finalize()).replace("%", "%%")
            except Exception:  # noqa: BLE001 - as Jinja does: nothing before the page is known, or it is an error there
                text += "%s"
                values.append(child)
        if not values:
            self.write(repr(text.replace("%%", "%")))
        elif text == "%s":
            self._html(values[0], frame)
        else:
            self.write(f"{text!r} % (")
            for value in values:
                self._html(value, frame)
                self.write(", ")
            self.write(")")

    def _html(self, node: nodes.Expr, frame: Frame) -> None:
        """Write *node* as HTML."""
        if isinstance(node, nodes.Output):  # see compose_conditions
            self._joined(node.nodes, frame)
        elif isinstance(node, nodes.CondExpr) and node.expr2 is not None:
            soft = frame.soft()
            self.write("(")
            self._joined([node.expr1], soft)
            self.write(" if ")
            self.visit(node.test, soft)
            self.write(" else ")
            self._joined([node.expr2], soft)
            self.write(")")
        elif isinstance(node, nodes.Call) and (shape := self._shape_of(node, frame)) is not None:
            self._call_macro(node, frame, shape)
        elif is_own(node, "memo.call") or is_own(node, "numbered"):
            self.visit(node, frame)
        else:
            self.write("(escape_text(value) if type(value := ")
            self.visit(node, frame)
            self.write(") is str else html_of(value))")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: FBT001, FBT002, N802 - the base's
        """Call a known macro as the function it is, and ``memo`` without asking what it wants to know."""
        if forward_caller or not self._short_call(node, frame):
            super().visit_Call(node, frame, forward_caller=forward_caller)

    def _short_call(self, node: nodes.Call, frame: Frame) -> bool:
        """Write *node* the short way, if there is one."""
        if (shape := self._shape_of(node, frame)) is not None:
            self.write("Markup(")
            self._call_macro(node, frame, shape)
            self.write(")")
        elif is_own(node, "memo.call") and (call := self._kept_call(node, frame)) is not None:
            self.write("environment.memo.known(")
            self.visit(call.node, frame)
            self.write(", ")
            self._arguments(call, frame, self._known[call.node.name])  # type: ignore[attr-defined]
            self.write(")")
        elif is_own(node, "numbered"):
            self.write("environment.numbered(")
            for argument in node.args:
                self.visit(argument, frame)
                self.write(", ")
            self.write(")")
        else:
            return False
        return True

    def visit_CallBlock(self, node: nodes.CallBlock, frame: Frame) -> None:  # noqa: N802 - the base's name
        """Look for a block that ``once`` has made before, before making what would make it."""
        if not is_own(node.call, "memo.block"):
            super().visit_CallBlock(node, frame)
            return
        found = self.temporary_identifier()
        self.writeline(f"{found} = environment.memo.found(", node)
        for argument in node.call.args:
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")
        self.writeline(f"if {found} is None:")
        self.indent()
        super().visit_CallBlock(node, frame)
        self.outdent()
        self.writeline("else:")
        self.indent()
        self.simple_write(found, frame)
        self.outdent()

    @property
    def _known(self) -> dict[str, MacroShape]:
        return self.environment.known_macros  # type: ignore[attr-defined, no-any-return]

    def _call_macro(self, node: nodes.Call, frame: Frame, shape: MacroShape) -> None:
        self._visit_object(node.node, frame)
        self.write("._func(")
        self._arguments(node, frame, shape)
        self.write(")")

    def _arguments(self, call: nodes.Call, frame: Frame, shape: MacroShape) -> None:
        """Write a value for each of the macro's parameters, each followed by a comma."""
        given = dict(zip(shape.parameters, call.args, strict=False))
        given.update((keyword.key, keyword.value) for keyword in call.kwargs)
        for parameter in shape.parameters:
            if parameter in given:
                self.visit(given[parameter], frame)
            else:
                self.write("missing")
            self.write(", ")

    def _kept_call(self, node: nodes.Call, frame: Frame) -> nodes.Call | None:
        """Return the call that ``memo(macro, …)`` keeps, when the macro is a known one."""
        call = nodes.Call(node.args[0], node.args[1:], node.kwargs, None, None, lineno=node.lineno)
        return call if self._shape_of(call, frame) is not None else None

    def _shape_of(self, node: nodes.Node, frame: Frame) -> MacroShape | None:
        """Return what *node* calls, when that is a known macro and the arguments are written out."""
        if (
            not isinstance(node, nodes.Call)
            or not isinstance(node.node, nodes.Name)
            or node.dyn_args is not None
            or node.dyn_kwargs is not None
            or frame.eval_ctx.volatile
            or not frame.eval_ctx.autoescape
        ):
            return None
        shape = self._known.get(node.node.name)
        if shape is None or len(node.args) > len(shape.parameters):
            return None
        names = [keyword.key for keyword in node.kwargs]
        left = shape.parameters[len(node.args) :]
        return shape if len(set(names)) == len(names) and set(names) <= set(left) else None
