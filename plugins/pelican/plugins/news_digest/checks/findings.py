"""Oddities of single values: texts, names, addresses, pictures. Each is a code and a few words; nothing is changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple
from urllib.parse import unquote, urlsplit

_SPACES: Final = (("\r", "a carriage return"), ("\n", "a line feed"), ("\t", "a tab"))
_INVISIBLE: Final = re.compile("[\u00ad\u200b\u2060-\u2064\ufeff\u202a-\u202e\u2066-\u2069\x00-\x08\x0e-\x1f\x7f]")
_ENTITY: Final = re.compile(r"&(?:#\d{2,7}|#[xX][0-9a-fA-F]{2,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_ANGLES: Final = re.compile(r"<[^<>]*>")
_PERCENT: Final = re.compile(r"%[0-9a-fA-F]{2}")
_NO_LETTERS: Final = re.compile(r"[\W_]+")
_EXTENSION: Final = re.compile(r"\.([A-Za-z0-9]{1,5})(?![A-Za-z0-9])[^./]*\Z")
PICTURES: Final = frozenset(("avif", "jpeg", "jpg", "png", "svg", "webp"))


class Finding(NamedTuple):
    """One oddity: its code, and what is odd in a few words."""

    code: str
    words: str


def text_findings(value: str) -> Iterator[Finding]:
    """Yield what is odd about a text as the file holds it; all of it is mended when it is printed."""
    if found := [words for mark, words in _SPACES if mark in value]:
        yield Finding("ND601", ", ".join(found))
    bare = value.strip()
    if bare != value:
        yield Finding("ND602", "spaces at its ends")
    if "  " in bare:
        yield Finding("ND602", "several spaces in a row")
    if "&" in value and (entity := _ENTITY.search(value)):
        yield Finding("ND604", f"the entity {entity[0]}")
    if "<" in value and (angles := _ANGLES.search(value)):
        yield Finding("ND605", f"{angles[0][:40]!r}")
    if not value.isascii():
        if "\u00a0" in value:
            yield Finding("ND603", "no-break spaces")
        if _INVISIBLE.search(value):
            yield Finding("ND603", "invisible marks")


def excerpt_findings(excerpt: str, title: str) -> Iterator[Finding]:
    """Yield what is odd about an excerpt beside its title."""
    bare = excerpt.strip()
    if not bare:
        yield Finding("ND606", "empty")
        return
    own, head = comparable(bare), comparable(title)
    if head and own == head:
        yield Finding("ND607", "repeats the title, and is not shown")
    elif head and own.startswith(head):
        yield Finding("ND607", "begins with the title")
    last = bare[-1]
    if bare.endswith(("...", "…")):
        yield Finding("ND608", "cut off: ends with an ellipsis")
    elif last.isalnum():
        yield Finding("ND608", "cut off in the middle of a word or a sentence")
    elif last in ",-–—/(&":
        yield Finding("ND608", f"cut off after {last!r}")


def comparable(text: str) -> str:
    """Return what two texts have in common that only differ in case, punctuation and spaces."""
    return _NO_LETTERS.sub(" ", text.lower()).strip()


def name_findings(name: str, domain: str) -> Iterator[Finding]:
    """Yield what is odd about the name of a provider."""
    if "%" in name and _PERCENT.search(name):
        yield Finding("ND609", f"{name!r} is percent-encoded")
    if name and name == domain:
        yield Finding("ND610", f"{name!r} is the domain, not a name")


def address_findings(address: str) -> Iterator[Finding]:
    """Yield what is odd about an address that works all the same."""
    bare = address.strip()
    if bare != address:
        yield Finding("ND611", "spaces at its ends")
    if " " in bare:
        yield Finding("ND611", "spaces")
    if not bare.isascii():
        yield Finding("ND611", "characters outside ASCII")
    if "&amp;" in bare:
        yield Finding("ND611", "the entity &amp;")


def picture_findings(address: str) -> Iterator[Finding]:
    """Yield what is odd about a picture's address, beside :func:`address_findings`."""
    bare = address.strip()
    if bare[:5].lower() == "http:":
        yield Finding("ND612", "http, which browsers do not load on an https page")
    try:
        path = urlsplit(bare).path
    except ValueError:
        return
    extension = _EXTENSION.search(unquote(path).partition("?")[0].rsplit("/", 1)[-1])
    kind = extension[1].lower() if extension else ""
    if not kind:
        yield Finding("ND613", "no file extension")
    elif kind == "gif":
        yield Finding("ND613", ".gif, which may be animated: its first frame counts")
    elif kind not in PICTURES:
        yield Finding("ND613", f".{kind}, which is not a picture format")
