"""``sources.yaml``: who is asked for news. Read strictly; a source that is not understood is not asked, and said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import msgspec

from ...errors import Diagnostic, diagnose, nearest
from ...frontmatter.lists import ListEntry, add_entries, read_list, remove_entry
from ...frontmatter.yaml.refused import FrontMatterError
from ...text.address import AddressError, clean_address, link_key
from ...text.language_tags import HINT, language_tag
from ...text.plain import clean_title, fold

NAME: Final = "sources.yaml"
DEFAULT_LIMIT: Final = 100
DEFAULT_EVERY_MINUTES: Final = 60
_LEAST_NEAR: Final = 0.7
# Scripts that part no words: Thai and its neighbours, kana, Chinese signs.
_WITHOUT_SPACES: Final = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_WEIGHTS: Final = range(-50, 51)
_MAX_PHRASE_CHARS: Final = 200
KEYS: Final = ("feed", "topics", "weight", "keep", "drop", "title", "lang", "limit", "text", "every")


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who is asked for news.

    Attributes:
        feed: The address of its feed.
        topics: Given to every item of it.
        weight: Added to the quality of its items, −50 to 50.
        keep: Only items that say one of these; none: all of them.
        drop: Never items that say one of these.
        title: What it is called here; ``""``: as the feed says.
        lang: The language of items that do not say theirs; ``""``: as the feed says.
        limit: So many of its newest items.
        has_text: Whether the feed's whole text becomes the body of an item.
        line: 1-based, in the file.
    """

    feed: str
    topics: tuple[str, ...] = ()
    weight: int = 0
    keep: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    title: str = ""
    lang: str = ""
    limit: int = DEFAULT_LIMIT
    has_text: bool = False
    every_minutes: int = DEFAULT_EVERY_MINUTES
    line: int = 0

    @property
    def key(self) -> str:
        """What two addresses of one feed have in common."""
        return link_key(self.feed)

    @property
    def name(self) -> str:
        """What it is called where nothing else is known."""
        return self.title or self.key


class Sources(msgspec.Struct, frozen=True, kw_only=True):
    """What the file says: the sources that can be asked, in its order, and the diagnostics of the rest."""

    sources: tuple[Source, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


class _MistakeError(Exception):
    """One value that is not understood: what is wrong, and what to do."""

    def __init__(self, problem: str, hint: str) -> None:
        super().__init__(problem)
        self.problem, self.hint = problem, hint


def parse_sources(text: str) -> Sources:
    """Return the sources that the text of ``sources.yaml`` names."""
    try:
        entries = read_list(text)
    except FrontMatterError as error:
        problem = diagnose("ND701", error.problem, path=NAME, line=error.line, hint=error.hint or "no source is asked")
        return Sources(diagnostics=(problem,))
    found: dict[str, Source] = {}
    said: list[Diagnostic] = []
    for entry in entries:
        try:
            source = _source(entry)
        except _MistakeError as mistake:
            said.append(diagnose("ND701", mistake.problem, path=NAME, line=entry.line, hint=mistake.hint))
            continue
        if source.key in found:
            message = f"feed: the same as in line {found[source.key].line}"
            said.append(diagnose("ND701", message, path=NAME, line=entry.line, hint="remove one of the two"))
        else:
            found[source.key] = source
    return Sources(sources=tuple(found.values()), diagnostics=tuple(said))


def _source(entry: ListEntry) -> Source:
    value = {"feed": entry.value} if isinstance(entry.value, str) else entry.value
    if not isinstance(value, dict):
        raise _MistakeError("an entry that is no map", "write it as '- feed: https://…'")
    for key in value:
        if key not in KEYS:
            near = nearest(str(key), KEYS, cutoff=_LEAST_NEAR)
            problem = f"unknown key {str(key)[:40]!r}"
            raise _MistakeError(problem, f"did you mean {near!r}?" if near else f"known are {', '.join(KEYS)}")
    return Source(
        feed=_feed(value.get("feed")),
        topics=_texts(value, "topics"),
        weight=_number(value, "weight", 0, _WEIGHTS),
        keep=_phrases(value, "keep"),
        drop=_phrases(value, "drop"),
        title=clean_title(_text(value, "title")),
        lang=_lang(_text(value, "lang")),
        limit=_number(value, "limit", DEFAULT_LIMIT, range(1, 1001)),
        has_text=_has_text(value.get("text", "excerpt")),
        every_minutes=_number(value, "every", DEFAULT_EVERY_MINUTES, range(60 * 24 * 31)),
        line=entry.line,
    )


def _feed(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _MistakeError("feed: missing", "give the address of the feed, as https://…")
    try:
        return clean_address(value)
    except AddressError as error:
        raise _MistakeError(f"feed: {error}", "give the full https address of the feed") from None


def _text(value: Mapping[str, Any], key: str) -> str:
    found = value.get(key)
    if found is None:
        return ""
    if isinstance(found, (list, dict)):
        raise _MistakeError(f"{key}: no text", f"write it as '{key}: …'")
    return str(found)


def _texts(value: Mapping[str, Any], key: str) -> tuple[str, ...]:
    found = value.get(key)
    listed = found if isinstance(found, list) else [] if found is None else [found]
    if any(isinstance(each, (list, dict)) or each is None for each in listed):
        raise _MistakeError(f"{key}: no list of texts", f'write it as \'{key}: ["…", "…"]\'')
    return tuple(dict.fromkeys(text for each in listed if (text := clean_title(str(each)))))


def _number(value: Mapping[str, Any], key: str, default: int, among: range) -> int:
    found = value.get(key, default)
    if type(found) is not int or found not in among:
        problem = f"{key}: not a whole number from {among[0]} to {among[-1]}"
        raise _MistakeError(problem, f"write it as '{key}: {default or 10}'")
    return found


def _phrases(value: Mapping[str, Any], key: str) -> tuple[str, ...]:
    found = _texts(value, key)
    for phrase in found:
        try:
            pattern_of(phrase)
        except re.error as error:
            problem = f"{key}: {phrase[:80]!r} is not an expression that can be read: {error}"
            raise _MistakeError(problem, "mend it, or write words without slashes") from None
        if len(phrase) > _MAX_PHRASE_CHARS:
            raise _MistakeError(f"{key}: longer than {_MAX_PHRASE_CHARS} characters", "shorten it")
    return found


def _lang(value: str) -> str:
    if value and not language_tag(value):
        raise _MistakeError(f"lang: {value[:40]!r} is not a language tag", HINT)
    return language_tag(value)


def _has_text(value: object) -> bool:
    if value not in {"excerpt", "full"}:
        raise _MistakeError("text: neither excerpt nor full", "write it as 'text: excerpt' or 'text: full'")
    return value == "full"


@lru_cache(maxsize=1024)
def pattern_of(phrase: str) -> re.Pattern[str]:
    """Return what finds *phrase* in folded text: an expression between slashes, else words from their start on.

    Raises:
        re.error: The expression cannot be read.
    """
    if len(phrase) > len("//") and phrase.startswith("/") and phrase.endswith("/"):
        return re.compile(phrase[1:-1], re.IGNORECASE)
    words = re.escape(fold(phrase))
    return re.compile(words if _WITHOUT_SPACES.match(phrase) else rf"(?<!\w){words}")


def says_one_of(phrases: Iterable[str], text: str) -> bool:
    """Whether *text* says one of *phrases*; an expression is looked for in the text as it stands, words in any case."""
    folded = fold(text)
    return any(pattern_of(each).search(text if each.startswith("/") else folded) for each in phrases)


def weights_of(settings: Path) -> dict[str, int]:
    """Return feed → weight, by the ``sources.yaml`` beside the *settings* file; none where it cannot be read."""
    try:
        text = settings.with_name(NAME).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeError):
        return {}
    return {source.feed: source.weight for source in parse_sources(text).sources if source.weight}


def with_sources(text: str, new: Sequence[Mapping[str, object]]) -> tuple[str, int]:
    """Return the text of ``sources.yaml`` with those of *new* that it does not name yet, and how many those were.

    Raises:
        FrontMatterError: The file cannot be read, or not be changed without a loss.
    """
    known = {link_key(feed) for each in read_list(text) if (feed := feed_of(each.value))}
    added: dict[str, Mapping[str, object]] = {}
    for entry in new:
        key = link_key(str(entry["feed"]))
        if key not in known:
            added.setdefault(key, entry)
    return add_entries(text, list(added.values())), len(added)


def without_source(text: str, feed: str) -> str:
    """Return the text of ``sources.yaml`` without the source whose feed, or title, is *feed*; comments stay.

    Raises:
        LookupError: There is no such source.
        FrontMatterError: See :func:`with_sources`.
    """
    entries = read_list(text)
    for index, entry in enumerate(entries):
        title = entry.value.get("title") if isinstance(entry.value, dict) else None
        known = feed_of(entry.value)
        if (known and link_key(known) == link_key(feed)) or (title and fold(str(title)) == fold(feed)):
            return remove_entry(text, index)
    raise LookupError(feed)


def feed_of(value: object) -> str:
    """Return the address of a feed that an entry names, clean where it can be; ``""`` for none."""
    feed = value.get("feed") if isinstance(value, dict) else value
    if not isinstance(feed, str):
        return ""
    try:
        return clean_address(feed)
    except AddressError:
        return feed.strip()
