"""Templates compiled for speed: the same pages from the same templates, with less asking on the way.

Only for speed: it saves a tenth of a first build's processor time, because rendering would take four and a half times
as long (``python benchmarks/without.py compiler``). Without it :class:`.environment.DigestEnvironment` renders all.

Jinja compiles a template so that everything in it may turn out to be anything: each name is looked up, each value asked
what it is. Here most of it is known beforehand. Partials are put in the place of their ``include``; a macro whose name
means one thing is called as the function it is; a view's field is read as an attribute; text is escaped without being
wrapped first.

What is known can be wrong: in a template of a site's own a name may be a dictionary's key, or miss. Then the code made
here raises, and :class:`.render.Renderer` renders the page once more with the plain environment, which is right, or
says what is wrong in which template and line. See docs/decisions/0012-templates-compiled-for-speed.md.
"""

from __future__ import annotations

from keyword import iskeyword
from typing import TYPE_CHECKING, Any, Final

import msgspec
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, find_undeclared
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from .loader import source_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2 import Environment
    from jinja2.compiler import Frame

escape_text: Any
try:
    from markupsafe._speedups import _escape_inner as escape_text
except ImportError:  # another release, or one without its part in C
    escape_text = escape

_SPECIAL: Final = ("caller", "kwargs", "varargs")
# What ngettext is told: the text for one, the text for more, and the number.
_NUMBERED: Final = 3


def html_of(value: object) -> str:
    """Return *value* as HTML: text escaped, markup as it is. What ``markupsafe.escape`` does, without its wrapping."""
    kind = type(value)
    if kind is str:
        return escape_text(value)  # type: ignore[no-any-return]
    if kind is Markup:
        return value  # type: ignore[return-value]
    return str(value) if kind is int else escape(value)


class MacroShape(msgspec.Struct, frozen=True):
    """What is known of a macro: the template and the name it was defined under, and its parameters."""

    template: str
    name: str
    parameters: tuple[str, ...]


def inline_includes(tree: nodes.Template, environment: Environment) -> nodes.Template:
    """Put partials in the place of ``{% include "…" %}``: those that are named, must exist, and define no block."""
    inlined = _Includes(environment).visit(tree)
    assert isinstance(inlined, nodes.Template)  # noqa: S101 - a transformer keeps the root
    return inlined


class _Includes(NodeTransformer):
    def __init__(self, environment: Environment, inside: tuple[str, ...] = ()) -> None:
        self._environment = environment
        self._inside = inside

    def visit_Include(self, node: nodes.Include) -> nodes.Node:  # noqa: N802 - named after the node, as Jinja asks
        name = node.template.value if isinstance(node.template, nodes.Const) else None
        if not isinstance(name, str) or not node.with_context or node.ignore_missing or name in self._inside:
            return node
        part = _tree(self._environment, name)
        if part.find(nodes.Block) or part.find(nodes.Extends):
            return node
        body = _Includes(self._environment, (*self._inside, name)).visit(part).body
        return nodes.Scope(body, lineno=node.lineno)


def known_macros(tree: nodes.Template, environment: Environment, name: str) -> dict[str, MacroShape]:
    """Return what calls in *tree* mean: the macros whose name is bound to one thing only, wherever it is bound."""
    bound: dict[str, set[MacroShape | None]] = {}
    for node in tree.find_all((nodes.Macro, nodes.FromImport, nodes.Import, nodes.Name)):
        for alias, shape in _bindings(node, environment, name):
            bound.setdefault(alias, set()).add(shape)
    return {
        alias: shape
        for alias, shapes in bound.items()
        if len(shapes) == 1 and (shape := next(iter(shapes))) is not None and alias not in environment.globals
    }


def _bindings(node: nodes.Node, environment: Environment, name: str) -> Iterator[tuple[str, MacroShape | None]]:
    """Yield each name that *node* binds, with what it then means; None for what is no plain macro."""
    match node:
        case nodes.Macro():
            yield node.name, _shape(node, name)
        case nodes.FromImport():
            source = node.template.value if isinstance(node.template, nodes.Const) else None
            exported = _macros_of(environment, source) if isinstance(source, str) and not node.with_context else {}
            for entry in node.names:
                original, alias = entry if isinstance(entry, tuple) else (entry, entry)
                yield alias, exported.get(original)
        case nodes.Import():
            yield node.target, None
        case nodes.Name(ctx="store" | "param"):
            yield node.name, None


def _macros_of(environment: Environment, name: str) -> dict[str, MacroShape]:
    """Return the macros that another template exports under names which it binds only once."""
    # Whoever imports the same macros need not have them read again.
    exports: dict[str, dict[str, MacroShape]] = environment.exported_macros  # type: ignore[attr-defined]
    if name not in exports:
        exports[name] = _exported(_tree(environment, name), name)
    return exports[name]


def _exported(tree: nodes.Template, name: str) -> dict[str, MacroShape]:
    found: dict[str, list[nodes.Macro]] = {}
    for macro in tree.find_all(nodes.Macro):
        found.setdefault(macro.name, []).append(macro)
    shapes = {alias: _shape(macros[0], name) for alias, macros in found.items() if len(macros) == 1}
    return {alias: shape for alias, shape in shapes.items() if shape is not None}


def _shape(macro: nodes.Macro, template: str) -> MacroShape | None:
    parameters = tuple(arg.name for arg in macro.args)
    if find_undeclared(macro.body, _SPECIAL) or set(parameters) & set(_SPECIAL):
        return None
    return MacroShape(template, macro.name, parameters)


def _tree(environment: Environment, name: str) -> nodes.Template:
    return environment.parse(source_of(environment, name)[0], name)


class FastCodeGenerator(CodeGenerator):
    """Jinja's compiler, with shorter ways for what is known. It reads ``known_macros`` of its environment."""

    _bare: nodes.Node | None = None

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - the base's name
        """Read a field as an attribute; a dictionary's key raises and is read by the plain environment."""
        if not node.attr.isidentifier() or iskeyword(node.attr) or node.attr.startswith("_"):
            super().visit_Getattr(node, frame)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: FBT001, FBT002, N802 - the base's
        """Call a known macro as the function it is, and ``memo`` without asking what it wants to know."""
        shape = self._shape_of(node, frame)
        if shape is not None and not forward_caller:
            self._call_macro(node, frame, shape)
        elif not forward_caller and (call := self._kept_call(node, frame)) is not None:
            self.write("environment.memo.known(")
            self.visit(call.node, frame)
            self.write(", ")
            self._arguments(call, frame, self._known[call.node.name])  # type: ignore[attr-defined]
            self.write(")")
        elif not forward_caller and self._is_numbered(node, frame):
            self.write("environment.numbered(")
            for argument in node.args:
                self.visit(argument, frame)
                self.write(", ")
            self.write(")")
        else:
            super().visit_Call(node, frame, forward_caller=forward_caller)

    def visit_CallBlock(self, node: nodes.CallBlock, frame: Frame) -> None:  # noqa: N802 - the base's name
        """Look for a block that ``once`` has made before, before making what would make it."""
        if not self._calls(node.call, "once", self.environment.memo.block) or node.call.kwargs:  # type: ignore[attr-defined]
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
        is_bare, self._bare = self._bare is node, None
        self.write("" if is_bare else "Markup(")
        self.visit(node.node, frame)
        self.write("._func(")
        self._arguments(node, frame, shape)
        self.write(")" if is_bare else "))")

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
        if not node.args or not self._calls(node, "memo", self.environment.memo.call):  # type: ignore[attr-defined]
            return None
        call = nodes.Call(node.args[0], node.args[1:], node.kwargs, None, None, lineno=node.lineno)
        return call if self._shape_of(call, frame) is not None else None

    def _is_numbered(self, node: nodes.Call, frame: Frame) -> bool:
        """Whether *node* asks for the text of a number, and fills in nothing else."""
        return (
            self._calls(node, "ngettext", self.environment.ngettext)  # type: ignore[attr-defined]
            and len(node.args) == _NUMBERED
            and not node.kwargs
            and frame.eval_ctx.autoescape
            and not frame.eval_ctx.volatile
        )

    def _calls(self, node: nodes.Call, name: str, function: object) -> bool:
        """Whether *node* calls our own global *name*, and not a site's, with arguments that are written out."""
        return (
            isinstance(node.node, nodes.Name)
            and node.node.name == name
            and self.environment.globals.get(name) == function
            and node.dyn_args is None
            and node.dyn_kwargs is None
        )

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

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        elif self._shape_of(node, frame) is not None:
            self._bare = node
            self.write("(")
        else:
            self.write("environment.html_of(")
