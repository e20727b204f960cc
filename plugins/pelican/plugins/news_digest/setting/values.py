"""What one setting is, which values it may have, and what two of them mean that hold more than one value."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import date
from typing import Any, Final
from urllib.parse import quote

import msgspec

from ..errors import nearest


class Setting(msgspec.Struct, frozen=True, kw_only=True):
    """One setting.

    Attributes:
        name: As it stands in ``pelicanconf.py``.
        choices: The values that are allowed; ``()`` allows any value of the default's type.
        minimum, maximum: The least and the greatest number allowed; 0 is no greatest one.
        stale: What a change makes stale: ``pages``, ``lists``, ``feeds`` or ``all``.
    """

    name: str
    default: str | int | bool | tuple[str, ...]
    help: str
    choices: tuple[str, ...] = ()
    minimum: int = 0
    maximum: int = 0
    stale: str = "all"


def declared(default: object, **about: object) -> Any:  # noqa: ANN401 - of the type of *default*
    """Declare a setting as an attribute with a *default*; *about* is what :class:`Setting` has beside its name."""
    return field(default=default, metadata={"default": default, **about})


def checked(setting: Setting, given: Any) -> tuple[Any, str]:  # noqa: ANN401 - whatever a settings file holds
    """Return what *given* means as the value of *setting*, and what is wrong with it; ``""`` when nothing is."""
    value = as_written(setting, given)
    problem = problem_of(setting, value) or problem_within(setting.name, value)
    return tuple(value) if isinstance(value, list) else value, problem


def problem_of(setting: Setting, value: object) -> str:
    """Return what is wrong with *value*, in words for the site's owner; ``""`` when nothing is."""
    wanted = type(setting.default)
    if wanted is tuple:
        is_texts = isinstance(value, (list, tuple)) and all(isinstance(one, str) for one in value)
        return "" if is_texts else f"{setting.name} must be a list of texts, not {value!r}"
    if type(value) is not wanted:
        return f"{setting.name} must be {wanted.__name__}, not {value!r}"
    if setting.choices and value not in setting.choices:
        near = nearest(str(value), setting.choices)
        hint = f"; did you mean {near!r}?" if near else ""
        return f"{setting.name} must be one of {', '.join(setting.choices)}, not {value!r}{hint}"
    if isinstance(value, int) and value < setting.minimum:
        return f"{setting.name} must be at least {setting.minimum}, not {value}"
    if isinstance(value, int) and 0 < setting.maximum < value:
        return f"{setting.name} must be at most {setting.maximum}, not {value}"
    return ""


CSP_DIRECTIVES: Final = ("connect-src", "font-src", "frame-src", "img-src", "media-src", "script-src", "style-src")
_HOST: Final = re.compile(
    r"https://(?:\*\.)?[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9-]+)+(?::\d{1,5})?(?:/[\w./~-]*)?"
)


def as_written(setting: Setting, value: object) -> object:
    """Return *value* as the setting keeps it: of a dict the lines that say the same, in one text or in several."""
    if not isinstance(value, dict):
        return value
    if isinstance(setting.default, tuple):
        parts = {name: each if isinstance(each, (str, int)) else ", ".join(each) for name, each in value.items()}
        return tuple(f"{name}={each}" for name, each in parts.items())
    hosts = {name: each if isinstance(each, str) else " ".join(map(str, each)) for name, each in value.items()}
    return "; ".join(f"{name} {of}" for name, of in hosts.items())


def policy_of(text: str) -> dict[str, tuple[str, ...]]:
    """Return directive → hosts of a policy."""
    found: dict[str, tuple[str, ...]] = {}
    for words in (part.split() for part in text.split(";")):
        if words:
            found[words[0]] = (*found.get(words[0], ()), *words[1:])
    return found


def policy_problem(text: str) -> str:
    """Return what is wrong with ``DIGEST_CSP``; ``""`` when nothing is.

    It adds hosts and nothing else: no word that lets a page run what stands in it, no directive that ours rest on.
    """
    for name, hosts in policy_of(text).items():
        if name not in CSP_DIRECTIVES:
            return f"DIGEST_CSP: {name!r} is not one of {', '.join(CSP_DIRECTIVES)}"
        for host in hosts:
            if not _HOST.fullmatch(host):
                return f"DIGEST_CSP: {host!r} in {name} is no host; write it as https://player.example"
        if not hosts:
            return f"DIGEST_CSP: {name} names no host"
    return ""


class FrontPage(msgspec.Struct, frozen=True, kw_only=True):
    """How many stories stand on the front page, and in each part of it. 0 leaves a part out.

    Attributes:
        stories: On the whole page: first the lead and the top stories, then the latest, earlier days, and topics.
        top: Below the lead, with an excerpt; twice as many where nothing leads.
        latest: Beside them.
        covered: Among the most covered, which stand elsewhere on the page as well.
        topic: In each column by topic.
        days: Earlier days.
        day: Of each of those.
    """

    stories: int = 60
    top: int = 6
    latest: int = 4
    covered: int = 5
    topic: int = 5
    days: int = 6
    day: int = 3


_PART: Final = re.compile(r"(\w+)=(\d{1,4})", re.ASCII)


def front_page_of(texts: Sequence[str]) -> FrontPage:
    """Return what ``DIGEST_FRONT_PAGE`` says: texts such as ``top=4``, in which nothing is wrong."""
    found = (text.split("=") for text in texts)
    return FrontPage(**{name: int(number) for name, number in found})


def front_page_problem(texts: Sequence[str]) -> str:
    """Return what is wrong with ``DIGEST_FRONT_PAGE``; ``""`` when nothing is."""
    names = FrontPage.__struct_fields__
    for text in texts:
        found = _PART.fullmatch(text)
        if found is None:
            return f"DIGEST_FRONT_PAGE: {text!r} is not a part and a number, such as 'top=4'"
        if found[1] not in names:
            near = nearest(found[1], names)
            hint = f"did you mean {near!r}?" if near else f"the parts are {', '.join(names)}"
            return f"DIGEST_FRONT_PAGE: {found[1]!r} is no part of the front page; {hint}"
    return "" if front_page_of(texts).stories else "DIGEST_FRONT_PAGE: 'stories' must be at least 1"


USUAL_ITEM_URL: Final = "news/{slug}/"
# What the site has at its top: a test compares this with what is planned. Days, weeks, months and years are there, too.
OURS: Final = frozenset(
    "404.html _redirects about api archive cards data embed feeds images index.html latest newsletter on-this-day"
    " pagefind pictures providers saved search site.webmanifest status stories sw.js theme topics".split()
)
_CALENDAR: Final = re.compile(r"\d{4}/(?:(?:w\d\d|\d\d(?:/\d\d)?)/)?", re.ASCII)
_FIELD: Final = re.compile(r"\{([^{}]*)\}")
_OF_DATE: Final = re.compile(r"date:((?:%[Ymd]|[/._-])+)")
_SEGMENT: Final = re.compile(r"(?!\.)[\w.~-]+(?<!\.)", re.ASCII)
_ANY_SLUG, _ANY_DAY = "0-slug", date(2026, 5, 3)


class ItemUrl:
    """Where items have their pages, as ``DIGEST_ITEM_URL`` says in Pelican's words.

    Different slugs have different addresses: a scheme names the slug once, and its other parts are of one length.

    Args:
        scheme: Such as ``{date:%Y}/{slug}/``; one in which :func:`item_url_problem` finds nothing.
    """

    def __init__(self, scheme: str) -> None:
        self._parts = tuple(_FIELD.split(scheme))

    def address(self, slug: str, day: date) -> str:
        """Return the site-relative address of an item of *day*, in the site's time zone.

        Where another page of the site is, the item keeps the usual address.
        """
        found = self._filled(quote(slug), day)
        return USUAL_ITEM_URL.replace("{slug}", quote(slug)) if is_ours(found) else found

    def _filled(self, slug: str, day: date) -> str:
        digits = {"%Y": f"{day.year:04}", "%m": f"{day.month:02}", "%d": f"{day.day:02}"}
        filled = []
        for at, part in enumerate(self._parts):
            text = part
            if at % 2:  # a field
                text = slug if part == "slug" else re.sub("%.", lambda of: digits[of[0]], part.removeprefix("date:"))
            filled.append(text)
        return "".join(filled)


def is_ours(address: str) -> bool:
    """Whether the site has a page or a folder of its own at a site-relative address."""
    return address.partition("/")[0].casefold() in OURS or _CALENDAR.fullmatch(address) is not None


def item_url_problem(name: str, scheme: str) -> str:
    """Return what is wrong with a *scheme* that the setting *name* holds; ``""`` when nothing is."""
    fields = _FIELD.findall(scheme)
    odd = [field for field in fields if field != "slug" and not _OF_DATE.fullmatch(field)]
    sample = ItemUrl(scheme)._filled(_ANY_SLUG, _ANY_DAY) if not odd else ""  # noqa: SLF001 - its own
    path = sample.removesuffix("/")
    if odd:
        problem = f"has {{{odd[0]}}}; there are {{slug}}, {{date:%Y}}, {{date:%m}} and {{date:%d}}"
    elif fields.count("slug") != 1:
        problem = "must name {slug} once, so that no two items have one address"
    elif not sample.endswith(("/", ".html")):
        problem = "must end in / or .html"
    elif not all(_SEGMENT.fullmatch(segment) for segment in path.split("/")):
        problem = "must be names with / between them, of letters, digits, '.', '-', '_' and '~'"
    elif is_ours(sample):
        problem = f"is where the site has other pages ({path.partition('/')[0]}/)"
    else:
        return ""
    return f"{name}: {scheme!r} {problem}; write it like 'news/{{slug}}/' or '{{date:%Y}}/{{date:%m}}/{{slug}}/'"


class MutePreset(msgspec.Struct, frozen=True, kw_only=True):
    """Words that readers may mute together, and what they are called."""

    name: str
    words: tuple[str, ...]


def mute_presets_of(texts: Sequence[str]) -> tuple[MutePreset, ...]:
    """Return what ``DIGEST_MUTE_PRESETS`` says: texts such as ``Sport=football, tennis``, in which nothing is wrong."""
    found = (text.split("=", 1) for text in texts)
    return tuple(
        MutePreset(name=name.strip(), words=tuple(word.strip() for word in words.split(",") if word.strip()))
        for name, words in found
    )


def mute_presets_problem(texts: Sequence[str]) -> str:
    """Return what is wrong with ``DIGEST_MUTE_PRESETS``; ``""`` when nothing is."""
    for text in texts:
        name, _, words = text.partition("=")
        if not name.strip() or not words.strip(" ,"):
            return f"DIGEST_MUTE_PRESETS: {text!r} is not a name and words, such as 'Sport=football, tennis'"
    return ""


def problem_within(name: str, value: Any) -> str:  # noqa: ANN401 - of the type that the setting has
    """Return what is wrong with the parts of *value*; ``""`` when nothing is, or the setting *name* has none."""
    match name:
        case "DIGEST_CSP":
            problem = policy_problem(value)
        case "DIGEST_EXECUTOR":
            is_named = re.fullmatch(r"(\w+(\.\w+)*:\w+)?", value)
            problem = "" if is_named else f"{name} names a module and a function in it, such as 'machines:start'"
        case "DIGEST_FEDIVERSE_CREATOR":
            is_account = re.fullmatch(r"(@[\w.-]+@[\w.-]+)?", value)
            problem = "" if is_account else f"{name}: {value!r} is no account; write it as '@news@social.example'"
        case "DIGEST_FRONT_PAGE":
            problem = front_page_problem(value)
        case "DIGEST_ITEM_URL":
            problem = item_url_problem(name, value)
        case "DIGEST_ITEM_URL_FORMERLY":
            problem = next(filter(None, (item_url_problem(name, scheme) for scheme in value)), "")
        case "DIGEST_MUTE_PRESETS":
            problem = mute_presets_problem(value)
        case _:
            problem = ""
    return problem


class MarkdownRules(msgspec.Struct, frozen=True, kw_only=True):
    """What Markdown means in the bodies of items beyond what it always does.

    Attributes:
        extensions: Names, or objects of a plugin's or the site's own.
        configs: Name → its options.
        content: The folder that files may be included from.
        closed: Folders below it that they may not: those of items, records and old newsletters.
        search: Where Python looks for extensions.
    """

    extensions: tuple[Any, ...] = ()
    configs: dict[str, dict[str, Any]] = {}
    content: str = ""
    closed: tuple[str, ...] = ()
    search: tuple[str, ...] = ()

    @property
    def is_portable(self) -> bool:
        """Whether another process can be told."""
        try:
            msgspec.json.encode((self.extensions, self.configs))
        except TypeError:
            return False
        return True


_OF_MARKDOWN: Final = "markdown.extensions."


def markdown_rules(given: Mapping[str, Any], *, closed: Sequence[str]) -> MarkdownRules:
    """Return what Pelican's setting ``MARKDOWN`` says, extensions by their short names.

    Args:
        given: Pelican's settings.
        closed: See :class:`MarkdownRules`.
    """
    said = given.get("MARKDOWN") or {}
    configs = {_short(name): dict(options or {}) for name, options in (said.get("extension_configs") or {}).items()}
    named = [_short(each) if isinstance(each, str) else each for each in said.get("extensions") or ()]
    extensions = [*named, *(name for name in configs if name not in named)]
    return MarkdownRules(
        # Bodies have no headers of their own.
        extensions=tuple(each for each in extensions if each != "meta"),
        configs=configs,
        content=os.path.abspath(str(given.get("PATH") or ".")),
        closed=tuple(closed),
        search=tuple(sys.path),
    )


def _short(name: str) -> str:
    return name.removeprefix(_OF_MARKDOWN)
