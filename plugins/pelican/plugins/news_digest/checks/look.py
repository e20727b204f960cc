"""One file's front matter → what is odd in it, and what has to be known of it to see what is odd between files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import tzinfo
from typing import TYPE_CHECKING, Any, Final

import msgspec

from ..catalogue.ahead import DatePlaces, date_places
from ..errors import Diagnostic, diagnose
from ..frontmatter.items.convert import POINTS_PER_REPORT
from ..frontmatter.items.links import MAX_TEXTS
from ..frontmatter.items.values import text_of
from ..frontmatter.yaml.entries import cut_related, whole_list
from ..frontmatter.yaml.yaml12 import load_front_matter
from ..text.address import AddressError, clean_address, link_key
from ..text.plain import clean_title
from .findings import Finding, address_findings, excerpt_findings, name_findings, picture_findings, text_findings
from .places import Places

if TYPE_CHECKING:
    from ..frontmatter.items.parts import FileValues
    from ..model import NewsItem

# What is worth a line for an entry of somebody else's list; the rest is mended in thousands of them.
_OF_ENTRIES: Final = frozenset(("ND601", "ND604", "ND605", "ND606", "ND609", "ND611", "ND612"))
# What an item of the archives needs to be published.
PUBLISHING_HEAT: Final = 70
_DATED: Final = re.compile(r"\d{4}-\d{2}-\d{2}(?=-)")
_URLS: Final = ("webUrl", "originalUrl", "ampWebUrl", "cdnAmpWebUrl")


# Stands for the text of a key that is not there; no file can hold this one.
_ABSENT: Final = "\0"


class Target(msgspec.Struct, frozen=True, array_like=True):
    """What an entry of ``related`` leads to: the key of its link, and the title that it gives."""

    key: str
    title: str


class Reference(msgspec.Struct, frozen=True, array_like=True):
    """One entry of ``related``: what it leads to, and its line."""

    target: Target
    line: int


# What an entry leads to, and what is odd in it: where, and what.
SeenEntry = tuple[Target | None, tuple[tuple[str, Finding], ...]]


class FileFacts(msgspec.Struct, frozen=True, array_like=True):
    """What has to be known of one file.

    Attributes:
        keys: The keys at the top.
        title_line, url_line: Where those stand.
        story: What the file calls its story, and in which line.
        date_places: The same of its dates, and what the file calls them.
        link: The key of the item's own link; ``""`` when it has none.
        provider: Name and domain as the file has them.
        related: Entries that lead somewhere, in the file's order.
        related_count: All entries.
        notes: What is odd in the file by itself.
    """

    path: str
    keys: tuple[str, ...]
    title_line: int
    url_line: int
    story: tuple[str, int]
    date_places: DatePlaces
    link: str
    provider: tuple[str, str]
    related: tuple[Reference, ...]
    related_count: int
    notes: tuple[Diagnostic, ...]


class Look:
    """Looks at files of one site; equal entries of ``related``, of which there are many, are looked at once.

    Args:
        tz: The site's zone: it decides which day an item belongs to.
    """

    def __init__(self, tz: tzinfo) -> None:
        self._tz = tz
        self._entries: dict[tuple[str, ...], SeenEntry] = {}
        self._by_text: dict[str, SeenEntry] = {}

    def at(self, item: NewsItem, values: FileValues) -> FileFacts:
        """Return the facts of the file that *item* came from."""
        data, places = values.data, Places(values.fm)
        provider = data.get("provider")
        who = provider if isinstance(provider, dict) else {}
        entries = list(self._related(values, places))
        found = [*self._own(item, data, who, places), *_numbers(item, data, places, related_count=len(entries))]
        related = []
        for index, (line, (target, findings)) in enumerate(entries):
            found += ((line, f"related.{index}.{where}", finding) for where, finding in findings)
            related += [Reference(target, line)] if target else []
        return FileFacts(
            path=item.source_path,
            keys=(*data, *(("related",) if values.links is not None else ())),
            title_line=places.line("title"),
            url_line=places.line("webUrl" if data.get("webUrl") else "originalUrl"),
            story=(text_of(data.get("story")), places.line("story") if item.story else 1),
            date_places=date_places(values.fm),
            link=link_key(item.url),
            provider=(text_of(who.get("name")), text_of(who.get("domain"))),
            related=tuple(related),
            related_count=len(entries),
            notes=tuple(
                diagnose(finding.code, f"{where}: {finding.words}", path=item.source_path, line=line)
                for line, where, finding in found
            ),
        )

    def _own(
        self, item: NewsItem, data: dict[str, Any], who: dict[str, Any], places: Places
    ) -> Iterator[tuple[int, str, Finding]]:
        title, excerpt = text_of(data.get("title")), text_of(data.get("excerpt", data.get("summary")))
        yield from ((places.line("title"), "title", finding) for finding in text_findings(title))
        key = "excerpt" if "excerpt" in data else "summary"
        # A key that nobody wrote is not empty.
        for finding in (*text_findings(excerpt), *excerpt_findings(excerpt, title)) if key in data else ():
            yield places.line(key), key, finding
        for finding in name_findings(text_of(who.get("name")), text_of(who.get("domain"))):
            yield places.inside("provider", "name"), "provider.name", finding
        for key in _URLS:
            yield from ((places.line(key), key, finding) for finding in address_findings(text_of(data.get(key))))
        for index, url, count in _picture_urls(data):
            for finding in (*address_findings(url), *picture_findings(url)):
                yield places.entry("images", index, count=count), f"images.{index}.url", finding
        stem = item.source_path.rsplit("/", 1)[-1]
        named, day = _DATED.match(stem), item.date.astimezone(self._tz).date().isoformat()
        if named and named[0] != day:
            yield places.line("publishedDateTime"), "publishedDateTime", Finding("ND614", f"{day}, not {named[0]}")

    def _related(self, values: FileValues, places: Places) -> Iterator[tuple[int, SeenEntry]]:
        """Yield the line of each entry of ``related``, and what was seen in it."""
        cut = cut_related(values.fm) if values.links is not None else None
        if cut is not None:  # an entry that was seen before is known by how it is written
            line = places.line("related") + 1
            for text in cut[1]:
                seen = self._by_text.get(text)
                if seen is None:
                    if len(self._by_text) >= MAX_TEXTS:
                        self._by_text.clear()
                    seen = self._by_text[text] = self._entry(load_front_matter(whole_list(text))["related"][0])
                yield line, seen
                line += text.count("\n")
            return
        entries = values.data.get("related")
        if isinstance(entries, list):
            for index, entry in enumerate(entries):
                seen = self._entry(entry) if isinstance(entry, dict) else (None, ())
                yield places.entry("related", index, count=len(entries)), seen

    def _entry(self, entry: dict[str, Any]) -> SeenEntry:
        provider = entry.get("provider")
        pictures = tuple(url for _, url, _ in _picture_urls(entry))
        identity = (
            text_of(entry.get("webUrl")) or text_of(entry.get("originalUrl")),
            text_of(entry.get("title")),
            text_of(entry["excerpt"]) if "excerpt" in entry else _ABSENT,
            text_of(provider.get("name")) if isinstance(provider, dict) else "",
            *pictures,
        )
        known = self._entries.get(identity)
        if known is None:
            known = self._entries[identity] = _look_at_entry(identity)
        return known


def _look_at_entry(identity: tuple[str, ...]) -> SeenEntry:
    url, title, excerpt, name, *pictures = identity
    found = [("title", finding) for finding in text_findings(title)]
    if excerpt != _ABSENT:
        found += (("excerpt", finding) for finding in (*text_findings(excerpt), *excerpt_findings(excerpt, title)))
    found += (("provider.name", finding) for finding in name_findings(name, ""))
    found += (("webUrl", finding) for finding in address_findings(url))
    found += (("images", finding) for picture in pictures for finding in picture_findings(picture))
    try:
        target = Target(link_key(clean_address(url)), clean_title(title))
    except AddressError:
        target = None  # a build says so
    return target, tuple((where, finding) for where, finding in found if finding.code in _OF_ENTRIES)


def _picture_urls(data: dict[str, Any]) -> Iterator[tuple[int, str, int]]:
    """Yield index, address and number of pictures for each that has an address."""
    images = data.get("images")
    if isinstance(images, list):
        for index, image in enumerate(images):
            if isinstance(image, dict) and (url := text_of(image.get("url"))):
                yield index, url, len(images)


def _numbers(
    item: NewsItem, data: dict[str, Any], places: Places, *, related_count: int
) -> Iterator[tuple[int, str, Finding]]:
    heat, quality, published = data.get("heat"), data.get("quality"), data.get("published")
    if type(heat) is not int:
        return
    expected = item.quality + POINTS_PER_REPORT * related_count
    # Whoever writes a heat by hand, as the how-to has it, means it; the archives' programs write the other keys, too.
    is_reckoned = (related_count or published is not None) and not item.story  # which knows of more reports
    if is_reckoned and heat >= 0 and type(quality) is int and heat != expected:
        words = f"{heat} is not quality + {POINTS_PER_REPORT} for each related entry ({expected})"
        yield places.line("heat"), "heat", Finding("ND615", words)
    is_hot = heat >= PUBLISHING_HEAT and data.get("removed") is not True
    if type(published) is bool and published is not is_hot:
        words = f"{str(published).lower()} at a heat of {heat}: the archives publish from {PUBLISHING_HEAT}"
        yield places.line("published"), "published", Finding("ND616", words)
