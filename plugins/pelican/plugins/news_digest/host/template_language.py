"""What templates of a site may say beyond ours: Pelican's ``JINJA_ENVIRONMENT``, and what plugins added to it.

Only what a template of the site's own names is taken, so that a plugin that nobody uses costs nothing.
"""

from __future__ import annotations

import hashlib
import inspect
import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from types import FunctionType
from typing import TYPE_CHECKING, Any, Final

import msgspec
from jinja2 import Environment, TemplateError
from jinja2.defaults import DEFAULT_NAMESPACE
from jinja2.filters import FILTERS
from jinja2.tests import TESTS

from ..output.templates.options import Language
from ..package import theme_path
from .terminal import print_line

if TYPE_CHECKING:
    from jinja2.lexer import Lexer
    from pelican.generators import Generator

# Options that change what templates mean and not how ours are written.
RULES: Final = ("trim_blocks", "lstrip_blocks", "keep_trailing_newline", "newline_sequence", "undefined", "finalize")
_AS_OURS: Final = {"trim_blocks": True, "lstrip_blocks": True, "keep_trailing_newline": False, "newline_sequence": "\n"}
# What stands in our own environment; Pelican's settings may replace it, no plugin by chance.
_OURS: Final = frozenset("_ gettext ngettext pgettext npgettext memo once inert wrapped direction".split())
_OWN_EXTENSIONS: Final = "jinja2.ext"
_LOADED: Final = f"{_OWN_EXTENSIONS}.InternationalizationExtension"
# What any environment has: its own, and what the extension puts there that ours has loaded, too.
_PLAIN: Final = frozenset(vars(Environment(extensions=[f"{_OWN_EXTENSIONS}.i18n"])))  # noqa: S701 - renders nothing
ARTICLE: Final = "article"
_KEY: Final = "digest_language"

log = logging.getLogger(__name__)


class OwnLanguage(Language, frozen=True, kw_only=True):
    """What a site's own templates use of what Pelican and its plugins offer.

    Attributes:
        uses_article: Whether they read ``article``.
        refused: Options of ``JINJA_ENVIRONMENT`` that cannot hold for our templates.
    """

    uses_article: bool = False
    refused: tuple[str, ...] = ()


def language_of(env: Environment, settings: Mapping[str, Any], folders: Sequence[str]) -> OwnLanguage:
    """Return what templates in *folders* use of *env*, an environment of Pelican's.

    Args:
        settings: Pelican's; what ``JINJA_FILTERS`` and its like hold is not repeated.
    """
    given = settings["JINJA_ENVIRONMENT"]
    refused = tuple(sorted(name for name in given if name != "extensions" and name not in RULES))
    rules = {n: given[n] for n in RULES if n in given and given[n] != _AS_OURS.get(n)}
    sources = [text for _, _, text, _ in own_templates(folders)]
    filters = _offered(env.filters, FILTERS, settings["JINJA_FILTERS"])
    tests = _offered(env.tests, TESTS, settings["JINJA_TESTS"])
    globals_ = _offered(env.globals, DEFAULT_NAMESPACE, settings["JINJA_GLOBALS"])
    tags = {tag for extension in env.extensions.values() for tag in extension.tags}
    names = _said({ARTICLE, *filters, *tests, *globals_, *tags}, sources, env)
    filters, tests, globals_ = ({n: each[n] for n in each if n in names} for each in (filters, tests, globals_))
    extensions = tuple(_extensions(env, names)) if sources else ()
    foreign = [each for each in extensions if not isinstance(each, str)]
    code, unknown = [], []
    for name, value in (*filters.items(), *tests.items(), *globals_.items()):
        known = _known_by(value, is_global=name in globals_)
        if known:
            code.append(f"{name}={known}")
        else:
            unknown.append(name)
    unknown += [f"{{% {' '.join(sorted(each.tags)) or each.__name__} %}}" for each in foreign]
    unknown += [name for name, value in rules.items() if not isinstance(value, bool | str)]
    uses_article = ARTICLE in names
    return OwnLanguage(
        filters=filters,
        globals=globals_,
        tests=tests,
        extensions=extensions,
        attributes={name: value for name, value in vars(env).items() if name not in _PLAIN} if foreign else {},
        rules=rules,
        code=tuple(sorted(code)),
        unknown=tuple(sorted(unknown)) + ((ARTICLE,) if uses_article else ()),
        uses_article=uses_article,
        refused=refused,
    )


def learn_language(generator: Generator) -> None:
    """Remember what the site's own templates use of *generator*'s environment: plugins have added to it."""
    settings = generator.settings
    folders = (*map(str, settings["THEME_TEMPLATES_OVERRIDES"]), str(Path(generator.theme, "templates")))
    generator.context[_KEY] = language_of(generator.env, settings, folders)


def language_in(context: Mapping[str, Any]) -> OwnLanguage:
    """Return what was remembered; nothing for a context of which nobody did."""
    found: OwnLanguage = context.get(_KEY) or OwnLanguage()
    return found


def say_what_is_slow(context: Mapping[str, Any]) -> None:
    """Say what of the language costs time, and what of it cannot hold: once for a build."""
    language = language_in(context)
    if language.refused:
        log.warning(
            "JINJA_ENVIRONMENT: %s cannot hold for this theme's templates, and is not used", ", ".join(language.refused)
        )
    names = dict.fromkeys((*language.unknown, *language.filters, *language.tests, *language.globals))
    if language.unknown:
        print_line(
            f"Every page is rendered anew, in one process: nothing tells whether {', '.join(language.unknown)} changed"
        )
    elif names:
        print_line(f"Pages are rendered in one process, for {', '.join(names)}")


def own_templates(folders: Iterable[str]) -> Iterator[tuple[Path, str, str, str]]:
    """Yield the templates in *folders* that are not ours: many a theme is a copy of it with changes.

    Yields:
        The file, its name for Jinja, its text, and the text of ours of that name (``""`` when there is none).
    """
    ours = Path(theme_path(), "templates").resolve()
    for folder in map(Path, folders):
        for path in sorted(folder.rglob("*")) if folder.resolve() != ours else ():
            name = path.relative_to(folder)
            if path.is_file() and (text := _text_of(path)) != (like := _text_of(ours / name)):
                yield path, name.as_posix(), text, like


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:  # there is no such template of ours
        return ""


def _said(names: set[str], sources: Iterable[str], env: Environment) -> set[str]:
    """Return which of *names* templates say. Most say none, which is seen without taking them to pieces."""
    found: set[str] = set()
    for source in sources:
        if any(name in source for name in names - found):
            found |= names & _names(env.lexer, source)
    return found


@lru_cache(maxsize=1_000)  # asked twice in a build
def _names(lexer: Lexer, source: str) -> frozenset[str]:
    """Return every name in the statements of a template, attributes left out, and every text: ``map("upper")``."""
    found = set()
    before = ""
    try:
        for _, kind, value in lexer.tokeniter(source, name=None):
            if kind == "name" and before != ".":
                found.add(value)
            elif kind == "string":
                found.add(value[1:-1])
            if kind != "whitespace":
                before = value
    except TemplateError:  # whoever compiles it says what is wrong with it
        pass
    return frozenset(found)


def _offered(found: Mapping[str, Any], usual: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what of *found* is neither Jinja's nor ours nor a setting."""
    return {
        name: value
        for name, value in sorted(found.items())
        if name not in _OURS and name not in given and usual.get(name) is not value
    }


def _extensions(env: Environment, names: set[str]) -> Iterator[Any]:
    """Yield the extensions whose statements are used; one without statements may do something to any template."""
    for identifier, extension in sorted(env.extensions.items()):
        if identifier != _LOADED and (not extension.tags or extension.tags & names):
            kind = type(extension)
            yield identifier if kind.__module__ == _OWN_EXTENSIONS else kind


def _known_by(value: object, *, is_global: bool) -> str:
    """Return what the code or the value of *value* is known by; ``""``: nothing.

    A function is what its module's file says; what it holds besides (a closure, an object's state) nobody can compare.
    A function among the globals may tell the time or read a file: it is not asked.
    """
    if isinstance(value, FunctionType) and not is_global and not value.__closure__:
        try:
            file = inspect.getsourcefile(value)
            return f"{value.__qualname__}:{hashlib.sha256(Path(file).read_bytes()).hexdigest()}" if file else ""
        except (OSError, TypeError):
            return ""
    if callable(value):
        return ""
    try:
        return msgspec.json.encode(value, order="deterministic").decode()
    except (TypeError, ValueError):
        return ""
