"""The bytes of a feed of XML, made fit for its parser: no more than it can read in time, and true about themselves.

What one entry asks for too much is taken from that entry. Without this module its feed would run out of time.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from .entries import MAX_ENTRIES

# Of tags, whether they stand there or are escaped, so many in one entry, and in all: reading them takes seconds.
MAX_ENTRY_TAGS: Final = 20_000
MAX_FEED_TAGS: Final = 300_000
# What an entry has beside its text may have so many.
MAX_OTHER_TAGS: Final = 1_000
_ENTRY: Final = re.compile(rb"<(?:[A-Za-z][\w.-]{0,30}:)?(?:item|entry)(?=[\s>])", re.IGNORECASE)
_ENTRY_END: Final = re.compile(rb"</(?:[A-Za-z][\w.-]{0,30}:)?(?:item|entry)\s*>", re.IGNORECASE)
_TEXT: Final = re.compile(
    rb"<((?:[A-Za-z][\w.-]{0,30}:)?(?:description|summary|content|encoded|body|xhtml|div))(?=[\s>])", re.IGNORECASE
)
# An entry has no more elements for text than this.
_TEXTS: Final = 8
_TAGS: Final = (b"<", b"&lt;", b"&#60;", b"&#x3c;", b"&#x3C;")
_DECLARED: Final = re.compile(rb"\A(\s*<\?xml[^>]{0,200}?)\s+encoding\s*=\s*(?:\"[^\"]{0,40}\"|'[^']{0,40}')")
_CHARSET: Final = re.compile(r";\s*charset\s*=\s*[^;]*", re.IGNORECASE)
_PICTURE: Final = re.compile(rb"<image(?=[\s>]).*?</image\s*>", re.IGNORECASE | re.DOTALL)
_SITE: Final = re.compile(rb"<link>\s*(?:<!\[CDATA\[)?\s*(https?://[\x21-\x3b\x3d-\x5c\x5e-\x7e]+)", re.IGNORECASE)
_HEAD_BYTES: Final = 20_000
_IS_RSS: Final = re.compile(rb"<(?:rss|rdf:RDF)(?=[\s>])", re.IGNORECASE)


class Fit(NamedTuple):
    """A feed that can be read.

    Attributes:
        left_out: How many entries were too many.
        without_text: How many lost their text, which has more tags than can be read.
        without_all: How many have as many without it, and are left out.
    """

    data: bytes
    left_out: int = 0
    without_text: int = 0
    without_all: int = 0


def made_fit(data: bytes) -> Fit:
    """Return *data* with at most a thousand entries, the first and the last ones, and no more tags than can be read."""
    starts = [found.start() for found in _ENTRY.finditer(data)]
    left_out = max(0, len(starts) - MAX_ENTRIES)
    if left_out:
        half = MAX_ENTRIES // 2
        data = data[: starts[half]] + data[starts[-half] :]
        starts = [found.start() for found in _ENTRY.finditer(data)]
    if not starts or _tags(data) <= MAX_ENTRY_TAGS:
        return Fit(data, left_out)
    ends = [_end(data, start, stop) for start, stop in zip(starts, [*starts[1:], len(data)], strict=True)]
    entries = [data[start:end] for start, end in zip(starts, ends, strict=True)]
    without_text = without_all = 0
    left = MAX_FEED_TAGS
    for place in sorted(range(len(entries)), key=lambda place: _tags(entries[place])):
        count = _tags(entries[place])
        if count > min(left, MAX_ENTRY_TAGS):
            entries[place] = _without_text(entries[place])
            count = _tags(entries[place])
            if count > MAX_OTHER_TAGS:
                entries[place], count = b"", 0
                without_all += 1
            else:
                without_text += 1
        left -= count
    between = [data[end:start] for end, start in zip(ends, [*starts[1:], len(data)], strict=True)]
    parts = (part for both in zip(entries, between, strict=True) for part in both)
    return Fit(b"".join((data[: starts[0]], *parts)), left_out, without_text, without_all)


def _tags(data: bytes) -> int:
    return sum(data.count(tag) for tag in _TAGS)


def _without_text(entry: bytes) -> bytes:
    """Return *entry* without what its elements for text hold, from where one opens to its last end."""
    for _ in range(_TEXTS):
        found = _TEXT.search(entry)
        end = entry.rfind(b"</" + found[1]) if found else -1
        if found is None or end < found.start():
            break
        entry = entry[: found.start()] + entry[end:].partition(b">")[2]
    return entry


def _end(data: bytes, start: int, stop: int) -> int:
    """Return where the entry at *start* ends: behind its last end before *stop*, or there."""
    end = 0
    for found in _ENTRY_END.finditer(data, start, stop):
        end = found.end()
    return end or stop


def in_utf8(data: bytes, content_type: str) -> tuple[bytes, str]:
    """Return both arguments without a charset that is not true: what reads as UTF-8, beyond ASCII, is nothing else."""
    if data.isascii():
        return data, content_type
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return data, content_type
    plain = _CHARSET.sub("", content_type)
    return _DECLARED.sub(rb"\1", data), f"{plain or 'application/xml'}; charset=utf-8"


def base_of(data: bytes, url: str) -> str:
    """Return what relative addresses of a feed begin at, where no ``xml:base`` says it.

    For Atom that is where the feed was found (RFC 4287, RFC 3986). For RSS, which says nothing, it is the site that the
    feed is of, as readers have it: feeds are handed out by others.
    """
    first = _ENTRY.search(data)
    head = data[: first.start() if first else _HEAD_BYTES][:_HEAD_BYTES]
    if not _IS_RSS.search(head):
        return url
    tail = data[-_HEAD_BYTES:].rpartition(b"</item>")[2]
    found = next(filter(None, (_SITE.search(_PICTURE.sub(b"", part)) for part in (head, tail))), None)
    if found is None:
        return url
    site = found[1].decode("ascii").replace("&amp;", "&")
    try:
        here, there = urlsplit(url), urlsplit(site)
        is_downgrade = here.scheme == "https" and there.scheme == "http" and here.hostname == there.hostname
    except ValueError:
        return url
    return f"https{site.removeprefix(there.scheme)}" if is_downgrade else site
