"""Places inside a body, and the links to them: named so that no page and no other body has a place of the same name."""

from __future__ import annotations

import hashlib
import re
from typing import Final
from urllib.parse import unquote

# A link to a place of its own page; ``#`` and ``#top`` lead to the top of whichever page it stands on.
_LINK: Final = re.compile(r'(?P<start><a(?: [\w-]+="[^"]*")*? href=")#(?!"|top")(?P<name>[^"]+)"')
# As the sanitiser writes it, for a link that does not leave the page.
_LEAVES: Final = re.compile(r'(<a(?: [\w-]+="[^"]*")*? href="#[^"]*"(?: [\w-]+="[^"]*")*?) rel="external noopener"')
_PLACE: Final = re.compile(r' id="([^"]*)"')
_ODD: Final = re.compile(r"[^\w.:-]")
# More than any heading needs; what is longer is no place.
_MAX_NAME_CHARS: Final = 200


def prefix_of(slug: str) -> str:
    """Return what the names of places in the body of *slug* begin with: ``b-1f0a3c-``.

    Scripts and style sheets of a page, and other bodies on it, name nothing so.
    """
    return f"b-{hashlib.sha256(slug.encode('utf-8', 'surrogatepass')).hexdigest()[:6]}-"


def place_name(name: str, *, prefix: str) -> str | None:
    """Return the name of a place as the page has it, for an ``id`` or for what follows ``#``; None for no name."""
    if name.startswith(prefix):  # sanitised before
        return name if not _ODD.search(name) and len(name) <= _MAX_NAME_CHARS + len(prefix) else None
    name = name.strip()
    if not name or len(name) > _MAX_NAME_CHARS:
        return None
    # Each odd character has a spelling of its own: "a b" and "a-b" stay two places.
    return prefix + _ODD.sub(lambda odd: f"_{ord(odd[0]):x}_", name)


def link_target(address: str, *, prefix: str) -> str | None:
    """Return where a link of a body leads: ``#why`` becomes the place *why* of that body; None for nowhere."""
    name = address.strip()
    if not name.startswith("#") or name in {"#", "#top"}:
        return address
    place = place_name(unquote(name[1:]), prefix=prefix)
    return f"#{place}" if place else None


def settle_links(html: str) -> str:
    """Return sanitised *html* in which links to places of the body do not say that they lead elsewhere."""
    return _LEAVES.sub(r"\1", html) if 'href="#' in html else html


def lost_links(html: str) -> tuple[str, ...]:
    """Return the names that links in sanitised *html* lead to, and that nothing in it has, in order."""
    if 'href="#' not in html:
        return ()
    places = set(_PLACE.findall(html))
    return tuple(dict.fromkeys(link["name"] for link in _LINK.finditer(html) if link["name"] not in places))


def without_lost_links(html: str) -> str:
    """Return sanitised *html* with the words of links that lead to no place of it, and without their addresses."""
    places = set(_PLACE.findall(html))

    def plain(link: re.Match[str]) -> str:
        return link[0] if link["name"] in places else link["start"].removesuffix(' href="')

    return _LINK.sub(plain, html) if 'href="#' in html else html


def links_from(html: str, page: str) -> str:
    """Return sanitised *html* as it is shown elsewhere: links to its places lead to those of *page*.

    Args:
        page: The address of the page that shows the body; ``""`` where there is none: such links become plain words.
    """
    if 'href="#' not in html:
        return html

    def moved(link: re.Match[str]) -> str:
        return f'{link["start"]}{page}#{link["name"]}"' if page else link["start"].removesuffix(' href="')

    return _LINK.sub(moved, html)
