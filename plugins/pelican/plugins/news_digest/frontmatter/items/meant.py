"""Keys that are none of the format's: what was meant by them, and what becomes of them; and mistakes in plain words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

import msgspec

from ...errors import nearest
from ...model import NewsItem, Status
from .schema import FIELD_NAMES, PELICAN_KEYS, PELICAN_NAMES, Mistake, RawImage, RawProvider
from .values import MAX_SHOWN_CHARS, shown, text_of
from .visibility import decides, folded_key, yes_or_no

# What neighbours of the format call its keys, as `folded_key` has them.
_NEIGHBOURS: Final = {
    name: field
    for field, names in {
        "title": "headline heading name",
        "excerpt": "description abstract teaser lead lede intro synopsis standfirst blurb metadescription",
        "webUrl": "link url uri href sourceurl externalurl externallink canonical canonicalurl articleurl originallink",
        "publishedDateTime": "publishedat publishedon publicationdate datepublished datetime created createdat",
        "updatedDateTime": "updated updatedat lastmod lastmodified lastupdated modifiedat datemodified dateupdated",
        "images": "image img cover coverimage thumbnail thumb picture pictures photo featuredimage featureimage hero"
        " heroimage banner ogimage",
        "topics": "keywords keyword hashtags labels topic tag subjects categories",
        "provider": "source publisher sitename outlet",
        "locale": "language",
        "featuredContent": "video videourl youtube embed player",
    }.items()
    for name in names.split()
}
_OF_PROVIDERS: Final = {"url": "domain", "link": "domain", "website": "domain", "host": "domain", "title": "name"}
_OF_PICTURES: Final = {"src": "url", "href": "url", "path": "url", "file": "url", "alt": "title", "caption": "title"}
# An item is shown to everybody or to nobody.
_HALF_HIDDEN: Final = frozenset(
    "noindex robots sitemap searchhidden robotsnoindex nosearch search searchable searchexclude excludefromsearch"
    " excludefromfeed excludefromfeeds excludefromrss excludefromindex excludefromsitemap hidefromsearch hidefromfeed"
    " hidefromhome hidefromindex nofeed norss disablefeed disablerss".split()
)
_SHOWN_TO_ROBOTS: Final = frozenset({"all", "index", "index, follow", "index,follow", "follow"})
_TARGETS: Final = {folded_key(name): name for name in (*FIELD_NAMES, *PELICAN_NAMES, "author")}
_EXPECTED: Final = re.compile(r"Expected (?P<kind>int|bool|float|str|array|object)(?P<limit> [<>]=? [-\d]+)?\b")
_KINDS: Final = {
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "str": "a text",
    "array": "a list, one '- ' entry a line",
    "object": "a map of 'key: value' lines",
}
_CUTOFF: Final = 0.75
# More than anybody reads about one file, and each is compared with every key of the format.
MOST_KEYS: Final = 100


class Note(NamedTuple):
    """What there is to say about one key."""

    code: str
    path: tuple[str | int, ...]
    message: str
    hint: str


def key_notes(data: Mapping[str, Any], others: Mapping[str, Any]) -> Iterator[Note]:
    """Yield the diagnostics of keys that are none of the format's.

    Args:
        others: Its keys that are no fields, with their values.
    """
    for number, (key, value) in enumerate(others.items()):
        if number == MOST_KEYS:
            message = f"{len(others) - number:,} more keys that the format does not have"
            yield Note("ND121", (key,), message, "kept for your own templates")
            break
        note = _note(key, value, data)
        if note:
            yield note
    provider, images = data.get("provider"), data.get("images")
    if isinstance(provider, dict):
        yield from _inner(provider, RawProvider, _OF_PROVIDERS, ("provider",))
    if isinstance(images, list):
        for index, image in enumerate(images):
            if isinstance(image, dict):
                yield from _inner(image, RawImage, _OF_PICTURES, ("images", index))


def empty_notes(item: NewsItem, data: Mapping[str, Any], others: Mapping[str, Any]) -> Iterator[Note]:
    """Yield that *item* has neither a link nor a text, where that is so and nothing else says why."""
    if item.url or item.body or item.video or item.status in {Status.DRAFT, Status.REMOVED}:
        return
    is_said = data.get("webUrl") or data.get("originalUrl") or any(meant_by(key, data) == "webUrl" for key in others)
    if not is_said:
        message = "neither a link (webUrl) nor a body below the front matter"
        yield Note("ND125", (), message, "its page has only the headline and the excerpt")


def _note(key: str, value: object, data: Mapping[str, Any]) -> Note | None:
    if decides(key) or key in {"author", "authors"}:
        return None
    name, field = key[:MAX_SHOWN_CHARS], meant_by(key, data)
    if key in PELICAN_KEYS:
        if key == "url" and field and "//" in text_of(value):
            return Note("ND124", (key,), f"{name}: has no effect on items", f"did you mean {field}?")
        return Note("ND123", (key,), f"{name}: has no effect on items", "the file's name is the address")
    if field:
        return Note("ND124", (key,), f"{name}: unknown key", f"did you mean {field}?")
    if folded_key(key) in _HALF_HIDDEN and _is_half_hidden(value):
        message = f"{name}: has no effect: an item is shown to everyone or to no one"
        return Note("ND124", (key,), message, "write 'draft: true' to hide it")
    return Note("ND121", (key,), f"{name}: unknown key", "kept for your own templates")


def _is_half_hidden(value: object) -> bool:
    if isinstance(value, (list, dict)):
        return True
    word = text_of(value).strip().casefold()
    return bool(word) and word not in _SHOWN_TO_ROBOTS and (yes_or_no(value) is not None or "no" in word)


def meant_by(key: str, data: Mapping[str, Any]) -> str:
    """Return the key of the format that *key* seems to stand for, if *data* lacks that; ``""`` for none."""
    name = folded_key(key)
    if not name:
        return ""
    field = _TARGETS.get(name) or _NEIGHBOURS.get(name) or _TARGETS.get(nearest(name, _TARGETS, cutoff=_CUTOFF), "")
    is_there = field in data or any(old in data for old, new in PELICAN_NAMES.items() if new == field)
    return "" if is_there or PELICAN_NAMES.get(field, "") in data else field


def _inner(
    value: Mapping[str, Any], kind: type[msgspec.Struct], neighbours: Mapping[str, str], path: tuple[str | int, ...]
) -> Iterator[Note]:
    """Yield a note for each key of a map that nearly is one of *kind*, and where that is missing."""
    known = _FIELDS[kind]
    if value.keys() <= known.keys():  # nearly always
        return
    folded = {folded_key(name): name for name in known}
    for key in value:
        name = folded_key(str(key))
        if key in known or not name:
            continue
        field = folded.get(name) or neighbours.get(name) or folded.get(nearest(name, folded, cutoff=_CUTOFF), "")
        if field and field not in value:
            where = ".".join(map(str, (*path, key)))
            yield Note("ND124", (*path, str(key)), f"{where}: unknown key", f"did you mean {field}?")


_FIELDS: Final[dict[type[msgspec.Struct], dict[str, None]]] = {
    kind: dict.fromkeys(field.encode_name for field in msgspec.structs.fields(kind)) for kind in (RawProvider, RawImage)
}


def in_plain_words(mistake: Mistake, data: Mapping[str, Any]) -> str:
    """Return what is wrong with a value, as ``"high" is not a whole number``.

    Args:
        data: The front matter that *mistake* was found in, under the format's own names.
    """
    if " - at key in " in mistake.message:
        return "it has a key that is not a text"
    expected = _EXPECTED.match(mistake.message)
    if expected is None:
        return mistake.message
    value: Any = data
    for step in mistake.path:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return mistake.message
    wanted = _KINDS[expected["kind"]]
    if expected["limit"]:
        sign, limit = expected["limit"].split()
        wanted += f" {'up to' if sign[0] == '<' else 'from'} {int(limit):,}"
    return f"{shown(value)} is not {wanted}"


def related_hint(entry: object) -> str:
    """Return what to do about an entry of ``related`` that leads nowhere."""
    found = (
        [str(key) for key in entry if _NEIGHBOURS.get(folded_key(str(key))) == "webUrl"]
        if isinstance(entry, dict)
        else []
    )
    return f"did you mean webUrl by {found[0]}?" if found else ""
