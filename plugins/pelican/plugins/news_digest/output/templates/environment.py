"""The templates' environment: what is the same on every page is worked out once, not on each of thousands.

Three things are taken out of rendering. Words: the language of a site does not change, so a translated text is put into
the template when it is compiled, and one for a number is worded once. Components: a macro is a function of its
arguments, which are frozen views; ``memo`` renders each distinct call once, and ``once`` does so for a block with a
key. Lookups: see :mod:`.compiler`.

Only for speed: words save 7 % of a first build, components 5 % of that of a real archive
(``python benchmarks/without.py words memo``). Without them Jinja's own environment would do, with two globals.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, MutableMapping
from typing import TYPE_CHECKING, Any, Final

from jinja2 import Environment, Template, nodes
from jinja2.runtime import Context, Macro
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from ...text.plain import escape_text
from .compiler import FastCodeGenerator, html_of
from .trees import MacroShape, compose_conditions, inline_includes, known_macros, own_calls

if TYPE_CHECKING:
    from gettext import NullTranslations

    from jinja2.environment import TemplateModule


_PLACEHOLDER: Final = re.compile(r"%(?:\((\w+)\)s|%)")
_HELD: Final = re.compile(r"\0(\w+)\0")
_GETTEXT: Final = frozenset({"_", "gettext"})
# Renderings that are kept: a report in a sidebar is half a kilobyte, and reports of one story come close together.
MEMO_SIZE: Final = 20_000


class Memo:
    """Renderings by what they were made from."""

    def __init__(self) -> None:
        self._kept: dict[tuple[Any, ...], Markup] = {}

    def call(self, macro: Callable[..., Markup], *arguments: object, **options: object) -> Markup:
        """Return ``macro(*arguments, **options)``, made once for equal arguments: views or plain values."""
        key = (macro.name, arguments, *options.items())  # type: ignore[attr-defined]
        found = self._kept.get(key)
        return self._keep(key, macro(*arguments, **options)) if found is None else found

    def known(self, macro: Macro, *arguments: object) -> Markup:
        """Return what :meth:`call` does, for a macro that is known to take just these arguments, in this order."""
        key = (macro, arguments)
        found = self._kept.get(key)
        return self._keep(key, Markup(macro._func(*arguments))) if found is None else found  # noqa: S704, SLF001 - a macro escapes

    def found(self, *key: object) -> Markup | None:
        """Return the block that :meth:`block` made for *key*; None before it did."""
        return self._kept.get(key)

    def block(self, *key: object, caller: Callable[[], Markup]) -> Markup:
        """Return what is between ``{% call once(…) %}`` and ``{% endcall %}``, made once for an equal *key*."""
        found = self._kept.get(key)
        return self._keep(key, caller()) if found is None else found

    def _keep(self, key: tuple[Any, ...], made: Markup) -> Markup:
        if len(self._kept) >= MEMO_SIZE:
            self._kept.clear()
        self._kept[key] = made
        return made


class DigestEnvironment(Environment):
    """Jinja's environment, with texts translated when a template is compiled and ``memo`` and ``once`` as globals."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - Jinja's own
        super().__init__(**options)
        self.memo = Memo()
        self.globals.update(memo=self.memo.call, once=self.memo.block)
        self._numbered: dict[tuple[str, str, Any, type], Markup] = {}

    def speak(self, translations: NullTranslations) -> None:
        """Take the words of templates from *translations*."""
        self.install_gettext_translations(translations, newstyle=True)  # type: ignore[attr-defined]
        self.ngettext = self.globals["ngettext"]
        self._ngettext = translations.ngettext

    def numbered(self, singular: str, plural: str, num: Any) -> Markup:  # noqa: ANN401 - what a template counts with
        """Return what ``ngettext`` does where autoescape is on and nothing but *num* is filled in, worded once."""
        key = (singular, plural, num, type(num))  # 1, 1.0 and True are equal
        found = self._numbered.get(key)
        if found is None:
            found = self._numbered[key] = Markup(self._ngettext(singular, plural, num)) % {"num": num}  # noqa: S704 - as Jinja does
        return found

    def _generate(self, source: nodes.Template, name: str | None, *place: Any, **options: Any) -> str:  # noqa: ANN401 - Jinja's
        """Compile *source*; the hook that Jinja offers for this (``Environment._generate``)."""
        return super()._generate(_Words(self).visit(source), name, *place, **options)


class FastEnvironment(DigestEnvironment):
    """The same, compiled for speed. What it cannot render is for :class:`DigestEnvironment`: see :mod:`.compiler`.

    Attributes:
        known_macros: Of the template that is being compiled.
        exported_macros: Template → the macros that others may import from it; its text stays what it was read as.
    """

    code_generator_class = FastCodeGenerator
    html_of = staticmethod(html_of)
    escape_text = staticmethod(escape_text)

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - Jinja's own
        super().__init__(**options)
        self.known_macros: dict[str, MacroShape] = {}
        self.exported_macros: dict[str, dict[str, MacroShape]] = {}
        self._loaded: dict[str, Template] = {}
        self._modules: dict[str, TemplateModule] = {}

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 - the base's name
    ) -> Template:
        """Return the template *name*; one that was loaded before with a glance."""
        if globals or not isinstance(name, str):
            return super().get_template(name, parent, globals)
        found = self._loaded.get(name)
        if found is None:
            found = self._loaded[name] = super().get_template(name, parent)
            # Copied for each page, and a plain one is copied at once. Nothing is added to ours while pages are made.
            found.globals = dict(found.globals)
        return found

    def module(self, name: str | Template, parent: str | None) -> TemplateModule:
        """Return the macros of *name*, the same wherever they are imported: all pages have the same globals."""
        if not isinstance(name, str):
            return super().get_template(name, parent).module
        found = self._modules.get(name)
        if found is None:
            found = self._modules[name] = self.get_template(name, parent).module
        return found

    def _generate(self, source: nodes.Template, name: str | None, *place: Any, **options: Any) -> str:  # noqa: ANN401 - Jinja's
        """Compile *source* with what is known of it."""
        source = compose_conditions(own_calls(inline_includes(source, self), self), self)
        self.known_macros = known_macros(source, self, name or "")
        return super()._generate(source, name, *place, **options)


class _Words(NodeTransformer):
    """Puts translated texts in the place of calls to gettext whose text is written in the template."""

    def __init__(self, environment: Environment) -> None:
        self._gettext: Any = environment.globals["gettext"]
        # Gettext may be asked for outside a page: all that it reads of a context is whether to escape.
        self._context = Context(environment, {}, None, {})

    def visit_Output(self, node: nodes.Output) -> nodes.Output:  # noqa: N802 - named after the node, as Jinja asks
        """Write a text straight into the page, its values between its parts."""
        written: list[nodes.Expr] = []
        for child in node.nodes:
            written += self._parts(child) if self._is_text(child) else [self.visit(child)]
        node.nodes = written
        return node

    def visit_Call(self, node: nodes.Call) -> nodes.Expr:  # noqa: N802 - as above
        """Replace a text without values by itself, wherever it is used."""
        if self._is_text(node) and not node.kwargs:
            return nodes.MarkSafe(nodes.Const(self._translated(node, values=False)), lineno=node.lineno)
        self.generic_visit(node)
        return node

    def _is_text(self, node: nodes.Node) -> bool:
        return (
            isinstance(node, nodes.Call)
            and isinstance(node.node, nodes.Name)
            and node.node.name in _GETTEXT
            and len(node.args) == 1
            and isinstance(node.args[0], nodes.Const)
            and isinstance(node.args[0].value, str)
            and node.dyn_args is None
            and node.dyn_kwargs is None
        )

    def _translated(self, call: nodes.Call, *, values: bool) -> str:
        """Return the text in the site's language; with *values*, their names between zeros in their places."""
        text = call.args[0].value  # type: ignore[attr-defined]
        if not values:
            return str(self._gettext(self._context, text))
        names = set(_PLACEHOLDER.findall(text)) - {""}
        held = {name: Markup(f"\0{name}\0") for name in names}  # noqa: S704 - a name
        return str(self._gettext(self._context, text, **held))

    def _parts(self, call: nodes.Node) -> Iterator[nodes.Expr]:
        """Yield the text and its values in the order in which they stand."""
        assert isinstance(call, nodes.Call)  # noqa: S101 - asked by the caller
        values = {keyword.key: keyword.value for keyword in call.kwargs}
        text = self._translated(call, values=bool(values))
        if not values:
            yield nodes.TemplateData(text, lineno=call.lineno)
            return
        end = 0
        for match in _HELD.finditer(text):  # "%" may stand before a value: in Turkish it does
            yield nodes.TemplateData(text[end : match.start()], lineno=call.lineno)
            yield self.visit(values[match[1]])
            end = match.end()
        yield nodes.TemplateData(text[end:], lineno=call.lineno)
