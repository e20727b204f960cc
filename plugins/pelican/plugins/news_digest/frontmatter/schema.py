"""The front matter of a news item as a declared schema: one field a line, in the file's own names.

Wrong types in one value never lose the file: the value is dropped, reported, and the rest is kept.
What becomes of each value stands in :mod:`.convert`. docs/reference/front-matter.md is written from the lists here.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Final

import msgspec

Number = Annotated[int, msgspec.Meta(ge=-(2**31), le=2**31)]
Scalar = Any  # text, number or date as YAML read it: `title: 2021` is a good title
_AT: Final = re.compile(r"(?P<what>.*?)(?: - at (?P<key>`key` in )?`\$(?P<path>.*)`)?\Z", re.DOTALL)
_STEP: Final = re.compile(r"\.([^.\[\]]+)|\[(\d+)\]")


class RawImage(msgspec.Struct, rename="camel"):
    """A picture, of an item, a related entry or a provider.

    Attributes:
        url: Where the picture is: a full address, or a path below the site's root such as ``/images/a.jpg``.
        width: Its width in pixels.
        height: Its height in pixels.
        title: What it shows; said instead of the picture where it differs from the headline.
        attribution: Kept for programs: the API has it.
        is_cached: Kept for programs: the API has it.
    """

    url: Scalar = None
    width: Number | None = None
    height: Number | None = None
    title: Scalar = None
    attribution: Scalar = None
    is_cached: bool | None = None


class RawProvider(msgspec.Struct, rename="camel"):
    """Who published the item.

    Attributes:
        name: What the source is called.
        domain: Its host: the key, and the last part of its page's address. Missing: the source has no page.
        images: Its icon, shown only when the file lies on this site.
    """

    name: Scalar = None
    domain: Scalar = None
    images: list[RawImage] | None = None


class RawRelated(msgspec.Struct, rename="camel"):
    """One other report of the same story. Where its address is that of an item here, that item's own data is shown.

    Attributes:
        title: Its headline.
        excerpt: What it says, in a sentence or two.
        published_date_time: When it was published.
        web_url: Where it is; an entry without an address that can be linked to is left out.
        original_url: The same, for entries without ``webUrl``.
        amp_web_url: Another address of the same, to find duplicates with.
        cdn_amp_web_url: The same.
        type: What kind it is.
        provider: Who published it.
        quality: Decides on the order: the best comes first.
        images: Its picture.
    """

    title: Scalar = None
    excerpt: Scalar = None
    published_date_time: Scalar = None
    web_url: Scalar = None
    original_url: Scalar = None
    amp_web_url: Scalar = None
    cdn_amp_web_url: Scalar = None
    type: Scalar = None
    provider: RawProvider | None = None
    quality: Number | None = None
    images: list[RawImage] | None = None


class RawItem(msgspec.Struct, rename="camel"):
    """A whole file. Keys that are not here are kept apart, as ``extra``.

    Attributes:
        title: The headline. **Required.** Plain text: never Markdown, never HTML. Pelican's ``title``.
        excerpt: What the report says, in a sentence or two. Plain text; entities are decoded once; one ellipsis is
            added where it was cut off; empty stays empty. Pelican's ``summary``.
        category: Pelican's ``category``; missing: ``news``.
        published_date_time: When the report was published. **Required.** ``2026-05-03T19:00:00Z``; another offset, none
            at all (the site's ``TIMEZONE``), or a day alone work too. Pelican's ``date``.
        updated_date_time: When it was changed last. Pelican's ``modified``.
        original_url: The link out, for items without ``webUrl``.
        web_url: Where the report is: the link out, ``http`` or ``https``. Without one the item lives on this site.
        amp_web_url: Another address of the same report, to find duplicates with; never linked to.
        cdn_amp_web_url: The same.
        type: ``article`` or ``video``; another word is taken for an article (ND120).
        quality: How good the report is; see [ranking](../explanation/ranking.md). Missing: 0. Never shown as a badge.
        heat: How much of a story it is. Missing: ``quality`` and 20 for each entry of ``related``.
        published: ``false`` is not a draft: the item has no page and stands in no list, and is still a report in
            the story it belongs to. Missing: ``true``.
        removed: ``true`` takes the item out everywhere, whatever else the file says.
        featured_content: A video's player, as HTML. Only host and id of a YouTube frame are read, nothing else of it.
        provider: Who published it. Missing: the link out's host.
        topics: The subjects, the most important first; upper and lower case and accents make no difference, and the
            [record's](#records) spelling is shown. Pelican's ``tags``.
        images: Its pictures; the first that can be used is shown. A logo or share card is not.
        related: The other reports of the same story. An entry that is the item itself, or a second one, is dropped.
        locale: The language, such as ``en-us``. Missing: the site's. Pelican's ``lang``.
        secured: Something encrypted that some archives carry: never written anywhere, at any depth.
    """

    title: Scalar = None
    excerpt: Scalar = None
    category: Scalar = None
    published_date_time: Scalar = None
    updated_date_time: Scalar = None
    original_url: Scalar = None
    web_url: Scalar = None
    amp_web_url: Scalar = None
    cdn_amp_web_url: Scalar = None
    type: Scalar = None
    quality: Number | None = None
    heat: Number | None = None
    published: bool | None = None
    removed: bool | None = None
    featured_content: Scalar = None
    provider: RawProvider | None = None
    topics: list[Scalar] | None = None
    images: list[RawImage] | None = None
    related: list[RawRelated] | None = None
    locale: Scalar = None
    secured: Scalar = None


# Pelican's own names, for articles written with YAML the ordinary way.
PELICAN_NAMES: Final = {
    "date": "publishedDateTime",
    "modified": "updatedDateTime",
    "summary": "excerpt",
    "tags": "topics",
    "lang": "locale",
}
# Understood by convert.py without a field of their own: Pelican's `author(s)` name a provider, `status` decides.
PELICAN_KEYS: Final = frozenset({"author", "authors", "status", "slug", "save_as", "url", "template", "translation"})
FIELD_NAMES: Final = frozenset(field.encode_name for field in msgspec.structs.fields(RawItem))
MAX_MENDS: Final = 50


class Mistake(msgspec.Struct, frozen=True):
    """A value of the wrong type that was left out: its path from the top, and what was expected."""

    path: tuple[str | int, ...]
    message: str


def decode_item(data: dict[str, Any]) -> tuple[RawItem, dict[str, Any], tuple[Mistake, ...]]:
    """Return the typed record, the keys it does not know, and what had to be left out.

    Args:
        data: The front matter as read. Pelican's names stand in for the format's where those are absent.
    """
    fields: dict[str, Any] = {}
    extra: dict[str, Any] = {}
    for key, value in data.items():
        if key in FIELD_NAMES:
            fields[key] = value
        elif key in PELICAN_NAMES:
            if PELICAN_NAMES[key] not in data:
                fields[PELICAN_NAMES[key]] = value
        else:
            extra[key] = value
    if isinstance(fields.get("topics"), str):
        fields["topics"] = [part.strip() for part in fields["topics"].split(",") if part.strip()]
    mistakes: list[Mistake] = []
    while True:
        try:
            return msgspec.convert(fields, RawItem, strict=False), extra, tuple(mistakes)
        except msgspec.ValidationError as error:
            mistake = _mistake(error)
            mistakes.append(mistake)
            # Past the limit the whole top-level key goes: a list of ten thousand wrong entries is one mistake.
            path = mistake.path if len(mistakes) < MAX_MENDS else mistake.path[:1]
            fields = _without(fields, path)


def _mistake(error: msgspec.ValidationError) -> Mistake:
    match = _AT.match(str(error))
    if match is None:  # the pattern matches every text
        raise error
    steps = tuple(name or int(index) for name, index in _STEP.findall(match["path"] or ""))
    what = match["what"].replace("`", "").replace(" | null", "").strip()
    return Mistake(steps, f"{what} - at key in {(match['path'] or '').lstrip('.')}" if match["key"] else what)


def _without(data: Any, path: tuple[str | int, ...]) -> Any:  # noqa: ANN401 - YAML's own types
    """Return a copy of *data* that lacks the value at *path* (None in a list's place keeps the indexes true)."""
    if not path:
        return {}
    step, rest = path[0], path[1:]
    if isinstance(data, dict):
        copy = dict(data)
        if rest and step in copy:
            copy[str(step)] = _without(copy[str(step)], rest)
        else:
            copy.pop(str(step), None)
        return copy
    if isinstance(data, list) and isinstance(step, int) and step < len(data):
        items = list(data)
        items[step] = _without(items[step], rest) if rest else {}
        return items
    return data
