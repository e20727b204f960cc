"""What is known of a template before it is compiled for speed, and its shorter form; see :mod:`.compiler`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import msgspec
from jinja2 import Environment, nodes
from jinja2.compiler import find_undeclared
from jinja2.visitor import NodeTransformer

from .loader import source_of

_SPECIAL: Final = ("caller", "kwargs", "varargs")
_BINDING: Final = (nodes.Macro, nodes.FromImport, nodes.Import, nodes.Name)
# What ngettext is told: the text for one, the text for more, and the number.
_NUMBERED: Final = 3


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


def compose_conditions(tree: nodes.Template, environment: Environment) -> nodes.Template:
    """Make a condition between texts a part of what is written, so that a macro is one text, not a list of some.

    Where it changes what is escaped, a template is left as it is.
    """
    if not _escapes_all(tree, environment):
        return tree
    composed = _Conditions().visit(tree)
    assert isinstance(composed, nodes.Template)  # noqa: S101 - a transformer keeps the root
    return composed


def own_calls(tree: nodes.Template, environment: Environment) -> nodes.Template:
    """Name our own globals as the functions they are, where no context has to be asked what their names mean."""
    if not _escapes_all(tree, environment):
        return tree
    bound = {name for node in tree.find_all(_BINDING) for name, _ in _bindings(node, environment, "")}
    named = _OwnCalls(environment, bound).visit(tree)
    assert isinstance(named, nodes.Template)  # noqa: S101 - a transformer keeps the root
    return named


def _escapes_all(tree: nodes.Template, environment: Environment) -> bool:
    changes = tree.find_all((nodes.EvalContextModifier, nodes.ScopedEvalContextModifier))
    return environment.autoescape is True and not any(changes)


class _OwnCalls(NodeTransformer):
    def __init__(self, environment: Any, bound: set[str]) -> None:  # noqa: ANN401 - a DigestEnvironment, which imports this module
        own = {"memo": environment.memo.call, "once": environment.memo.block, "ngettext": environment.ngettext}
        self._own = {name for name, function in own.items() if environment.globals.get(name) == function} - bound

    def visit_Call(self, node: nodes.Call) -> nodes.Call:  # noqa: N802 - named after the node, as Jinja asks
        self.generic_visit(node)
        name = node.node.name if isinstance(node.node, nodes.Name) else ""
        if name not in self._own or node.dyn_args is not None or node.dyn_kwargs is not None:
            return node
        if name == "memo" and node.args:
            node.node = nodes.EnvironmentAttribute("memo.call")
        elif name == "once" and not node.kwargs:
            node.node = nodes.EnvironmentAttribute("memo.block")
        elif name == "ngettext" and len(node.args) == _NUMBERED and not node.kwargs:
            node.node = nodes.EnvironmentAttribute("numbered")
        return node


def is_own(node: nodes.Node, name: str) -> bool:
    """Whether *node* calls the environment's own *name*; see :func:`own_calls`."""
    return isinstance(node, nodes.Call) and isinstance(node.node, nodes.EnvironmentAttribute) and node.node.name == name


class _Conditions(NodeTransformer):
    def generic_visit(self, node: nodes.Node) -> nodes.Node:
        super().generic_visit(node)
        for name, value in node.iter_fields():
            if isinstance(value, list) and any(isinstance(part, nodes.Output) for part in value):
                setattr(node, name, _merged(value))
        return node

    def visit_Scope(self, node: nodes.Scope) -> nodes.Node:  # noqa: N802 - named after the node, as Jinja asks
        self.generic_visit(node)
        return _text(node.body) or node

    def visit_If(self, node: nodes.If) -> nodes.Node:  # noqa: N802 - as above
        if node.elif_:  # which is an `if` in an `else`
            first, *rest = node.elif_
            node.else_ = [nodes.If(first.test, first.body, rest, node.else_, lineno=first.lineno)]
            node.elif_ = []
        self.generic_visit(node)
        text, other = _text(node.body), _text(node.else_)
        if text is None or other is None:
            return node
        return nodes.Output([nodes.CondExpr(node.test, text, other, lineno=node.lineno)], lineno=node.lineno)


def _text(body: list[nodes.Node]) -> nodes.Output | None:
    """Return all of *body*, where it is text and nothing else."""
    if not body:
        return nodes.Output([])
    return body[0] if len(body) == 1 and isinstance(body[0], nodes.Output) else None


def _merged(body: list[nodes.Node]) -> list[nodes.Node]:
    """Return *body* with texts that follow each other as one."""
    merged: list[nodes.Node] = []
    for node in body:
        if merged and isinstance(node, nodes.Output) and isinstance(last := merged[-1], nodes.Output):
            merged[-1] = nodes.Output([*last.nodes, *node.nodes], lineno=last.lineno)
        else:
            merged.append(node)
    return merged


def known_macros(tree: nodes.Template, environment: Environment, name: str) -> dict[str, MacroShape]:
    """Return what calls in *tree* mean: the macros whose name is bound to one thing only, wherever it is bound."""
    bound: dict[str, set[MacroShape | None]] = {}
    for node in tree.find_all(_BINDING):
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
