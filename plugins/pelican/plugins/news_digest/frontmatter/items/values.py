"""Values as YAML made them: as text, as what every format can hold, and as what may be shown and repeated."""

from __future__ import annotations

from collections.abc import Iterable
from math import isfinite
from typing import TYPE_CHECKING, Any, Final, TypeGuard

import msgspec

from ...errors import masked, may_name_users, without_userinfo
from ...naming.names import story_name
from ...text.plain import clean_name, fold, slugify

if TYPE_CHECKING:
    from ...model import NewsItem

MAX_SHOWN_CHARS: Final = 80
_ENCODER: Final = msgspec.msgpack.Encoder()
_RAW: Final = msgspec.msgpack.Decoder(tuple[int, dict[str, Any]])
# What an item may say in its file's words.
_SAID: Final = ("title", "excerpt", "webUrl", "category", "type", "topics", "images", "provider")
_ADDRESSES: Final = frozenset("webUrl originalUrl ampWebUrl cdnAmpWebUrl featuredContent url domain".split())
_IMAGE_KEYS: Final = ("url", "width", "height", "title", "attribution", "isCached")
_ICON_KEYS: Final = ("url", "width", "height")
_TEXT_KEYS: Final = (
    "title excerpt webUrl originalUrl featuredContent heat type ampWebUrl cdnAmpWebUrl category"
).split()


# Every list, feed and API file repeats these; real ones have up to a tenth of it.
_MOST_CHARS: Final = {"title": 2_000, "excerpt": 20_000, "summary": 20_000, "category": 500}


# As many as no page shows; the API repeats each in every list that has the item.
MOST_PICTURES: Final = 200
# Of a topic or a source: longer than any, and every list that has the item repeats it.
MOST_OF_NAME: Final = 500


def cut_values(data: dict[str, Any]) -> tuple[dict[str, Any], dict[tuple[str, ...], str]]:
    """Return *data* with texts and lists of pictures of a bounded length, and which were longer: path → how long."""
    data, too_long = _cut_texts(data)
    for key in ("topics", "tags"):
        names = data.get(key)
        longest = max((len(name) for name in names if isinstance(name, str)), default=0) if type(names) is list else 0
        if isinstance(names, list) and longest > MOST_OF_NAME:
            too_long[key,] = f"a name of {longest:,} characters"
            data = {**data, key: [name[:MOST_OF_NAME] if isinstance(name, str) else name for name in names]}
    if _is_crowded(pictures := data.get("images")):
        too_long["images",] = f"{len(pictures):,} entries"
        data = {**data, "images": pictures[:MOST_PICTURES]}
    provider = data.get("provider")
    if isinstance(provider, dict):
        cut: dict[str, Any] = {}
        if isinstance(name := provider.get("name"), str) and len(name) > MOST_OF_NAME:
            too_long["provider", "name"] = f"{len(name):,} characters"
            cut["name"] = name[:MOST_OF_NAME]
        if _is_crowded(icons := provider.get("images")):
            too_long["provider", "images"] = f"{len(icons):,} entries"
            cut["images"] = icons[:MOST_PICTURES]
        data = {**data, "provider": {**provider, **cut}} if cut else data
    return data, too_long


def _is_crowded(value: object) -> TypeGuard[list[Any]]:
    return isinstance(value, list) and len(value) > MOST_PICTURES


def _cut_texts(data: dict[str, Any]) -> tuple[dict[str, Any], dict[tuple[str, ...], str]]:
    lengths = {
        key: len(value)
        for key, most in _MOST_CHARS.items()
        if isinstance(value := data.get(key), str) and len(value) > most
    }
    cut = {key: data[key][: _MOST_CHARS[key] - 1] + "…" for key in lengths}
    return ({**data, **cut} if cut else data), {(key,): f"{length:,} characters" for key, length in lengths.items()}


def text_of(value: object) -> str:
    """Return a scalar as the text it was before YAML read it; lists and maps are no text."""
    if type(value) is str:  # most values are, and thousands of files hold dozens each
        return value
    if value is None or isinstance(value, (list, dict)):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


STORY_HINT: Final = "write words or an id, such as bridge-closed; without one the item is in no named story"
_MAX_STORY_CHARS: Final = 200


def story_id(value: object) -> tuple[str, str]:
    """Return the id of the story that *value* names, and what is wrong with it; an empty value names none.

    A number with a fraction and ``true`` are no names: YAML has changed them already, so two files may mean the same
    and say something else.
    """
    if value is None or value == "":
        return "", ""
    if not isinstance(value, (str, int)) or isinstance(value, bool):
        return "", f"{shown(value)} is not a name" if isinstance(value, (list, dict)) else f"{shown(value)} is no text"
    text = text_of(value)
    name = story_name(text) if len(text) <= _MAX_STORY_CHARS else ""
    if name or not text.strip():
        return name, ""
    if len(text) > _MAX_STORY_CHARS or slugify(text):
        return "", f"{shown(value)} is too long for an address"
    return "", f"{shown(value)} has neither a letter nor a digit"


def shown(value: object) -> str:
    """Return what a diagnostic says of *value*: its text, in bounds, or what stands where text belongs."""
    if isinstance(value, (list, dict)):
        return "a list" if isinstance(value, list) else "a map"
    text = masked(text_of(value))
    return f'"{text if len(text) <= MAX_SHOWN_CHARS else f"{text[:MAX_SHOWN_CHARS]}…"}"'


def in_bounds(address: str) -> str:
    """Return *address* as a message repeats it: in quotes, cut, without a user name or password."""
    return repr(masked(address)[:MAX_SHOWN_CHARS])


def portable(value: object) -> object:
    """Return *value* in what every format can hold: a whole number of more than 64 bits and what is no finite
    number become text.

    ``secured`` is in none of it, however deep it stands: what is encrypted goes nowhere. Nor does a user name or
    password of an address.
    """
    if type(value) is str:
        return without_userinfo(value)
    if isinstance(value, int):
        return value if -(2**63) <= value < 2**63 else text_of(value)
    if isinstance(value, float):
        return value if isfinite(value) else str(value)
    if isinstance(value, list):
        return [portable(entry) for entry in value]
    if isinstance(value, dict):
        return {str(key): portable(entry) for key, entry in value.items() if not is_secured(key)}
    return value


def is_secured(key: object) -> bool:
    """Whether *key* is ``secured``, in any case, and with whatever marks around it."""
    text = str(key)
    return "secured" in text.casefold() and "".join(filter(str.isalnum, text)).casefold() == "secured"


def without_credentials(data: dict[str, Any]) -> dict[str, Any]:
    """Return *data* with no user name or password in any text of it, however deep it stands.

    Addresses are left as they are: whoever reads them refuses them, and says so.
    """
    return {key: value if key in _ADDRESSES else _without_credentials(value) for key, value in data.items()}


def _without_credentials(value: object) -> object:
    if isinstance(value, str):
        return without_userinfo(value)
    if isinstance(value, list):
        return [_without_credentials(entry) for entry in value]
    return without_credentials(value) if isinstance(value, dict) else value


def public_values(data: dict[str, Any]) -> dict[str, Any]:
    """Return what the JSON API repeats of a file: the keys it knows, at every depth, and nothing else."""
    found = {key: portable(data[key]) for key in _TEXT_KEYS if key in data and _is_scalar(data[key])}
    topics, provider = data.get("topics"), data.get("provider")
    if isinstance(topics, list):
        found["topics"] = [portable(topic) for topic in topics if _is_scalar(topic)]
    if "images" in data:
        found["images"] = _images(data["images"], _IMAGE_KEYS)
    if isinstance(provider, dict):
        source: dict[str, object] = dict(_scalars(provider, ("name", "domain")))
        if may_name_users(str(source.get("domain", ""))):  # the host alone is known elsewhere
            del source["domain"]
        if "images" in provider:
            source["images"] = _images(provider["images"], _ICON_KEYS)
        found["provider"] = source
    return found


def packed_raw(raw: dict[str, Any], item: NewsItem) -> bytes:
    """Return *raw*, the public values of the file that *item* was made from, for :func:`raw_of`.

    What the item says in the same words, as most do, is not kept twice.
    """
    said = _said(item)
    same = {name for name in _SAID if name in raw and raw[name] == said[name]}
    # Numbers that are equal for Python may be written in another way: 1, 1.0 and true.
    if "images" in same and _ENCODER.encode(raw["images"]) != _ENCODER.encode(said["images"]):
        same.remove("images")
    places = sum(1 << place for place, name in enumerate(_SAID) if name in same)
    return _ENCODER.encode((places, {name: value for name, value in raw.items() if name not in same}))


def raw_of(item: NewsItem) -> dict[str, Any]:
    """Return the public values of the file that *item* was made from, as they stand there: made anew at each call."""
    if not item.packed:
        return {}
    places, rest = _RAW.decode(item.packed)
    said = _said(item) if places else {}
    return {**{name: said[name] for place, name in enumerate(_SAID) if places >> place & 1}, **rest}


def _said(item: NewsItem) -> dict[str, Any]:
    """Return what *item* says, under the names that its file would use."""
    who = item.provider
    return {
        "title": item.title,
        "excerpt": item.excerpt,
        "webUrl": item.url,
        "category": item.category,
        "type": item.type.value,
        "topics": list(item.topics),
        "images": [{"url": i.url, "width": i.width_px, "height": i.height_px} for i in item.images],
        "provider": {"name": who.name, "domain": who.domain} if who else None,
    }


def _images(value: object, keys: tuple[str, ...]) -> list[dict[str, Any]]:
    return [_scalars(entry, keys) for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def _scalars(entry: dict[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    return {key: portable(entry[key]) for key in keys if key in entry and _is_scalar(entry[key])}


def _is_scalar(value: object) -> bool:
    return not isinstance(value, (list, dict))


def distinct_names(values: Iterable[object]) -> tuple[str, ...]:
    """Return *values* as clean names, in order; of spellings that only case and accents tell apart the first."""
    unique: dict[str, str] = {}
    for name in (clean_name(text_of(value)) for value in values):
        if name:
            unique.setdefault(fold(name), name)
    return tuple(unique.values())
