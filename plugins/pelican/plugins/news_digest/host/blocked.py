"""What the owner's own texts ask for and the site's policy blocks: said with its file, or nobody learns of the hole."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from ..errors import diagnose

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ..errors import Diagnostic

# Element → the attribute that names what it loads, and the directive that decides.
_LOADS: Final = {
    "iframe": ("src", "frame-src"),
    "frame": ("src", "frame-src"),
    "script": ("src", "script-src"),
    "img": ("src", "img-src"),
    "audio": ("src", "media-src"),
    "video": ("src", "media-src"),
    "source": ("src", "media-src"),
    "object": ("data", "object-src"),
    "embed": ("src", "object-src"),
}
_DATA: Final = frozenset({"application/json", "application/ld+json", "text/plain"})


class _Finder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: dict[tuple[str, str, str], None] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        if tag in _LOADS:
            attribute, directive = _LOADS[tag]
            is_code = tag == "script" and known.get("type", "").lower() not in _DATA
            if known.get(attribute) or is_code:
                self.found[tag, directive, known.get(attribute, "").strip()] = None


def blocked(html: str, *, policy: str, siteurl: str) -> tuple[str, ...]:
    """Return in words what *html* asks for and *policy* refuses, in order.

    Args:
        policy: A content security policy.
        siteurl: The site's address: what lies there is its own.
    """
    allowed = _sources(policy)
    finder = _Finder()
    finder.feed(html)
    finder.close()
    return tuple(dict.fromkeys(_refused(finder.found, allowed, own=urlsplit(siteurl).netloc)))


def _sources(policy: str) -> dict[str, tuple[str, ...]]:
    parts = (part.split() for part in policy.split(";"))
    return {words[0]: tuple(words[1:]) for words in parts if words}


def _refused(
    found: Iterable[tuple[str, str, str]], allowed: Mapping[str, tuple[str, ...]], *, own: str
) -> Iterator[str]:
    for tag, directive, address in found:
        sources = allowed.get(directive, allowed.get("default-src", ()))
        if not address:
            yield "a script within the page"
        elif not any(_matches(address, source, own=own) for source in sources):
            host = urlsplit(address).netloc or address[:80]
            yield f"<{tag}> of {host} ({directive})"


def _matches(address: str, source: str, *, own: str) -> bool:
    """Whether *source* of a policy lets *address* in."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    if source == "'self'":
        return parts.scheme in {"", "http", "https"} and parts.netloc in {"", own}
    if source.endswith(":"):
        return f"{parts.scheme}:" == source or (parts.scheme == "" and bool(parts.netloc) and source == "https:")
    wanted = urlsplit(source)
    is_host = parts.netloc == wanted.netloc
    if wanted.netloc.startswith("*."):
        is_host = parts.netloc.endswith(wanted.netloc[1:])
    return is_host and parts.scheme in {"", wanted.scheme} and parts.path.startswith(wanted.path)


def blocked_in(path: str, html: str, *, policy: str, siteurl: str) -> Iterator[Diagnostic]:
    """Yield what there is to say about the text of *path*."""
    if "<" in html:
        for what in blocked(html, policy=policy, siteurl=siteurl):
            hint = "add its host with DIGEST_CSP, or take it out of the text"
            if what.startswith("a script within"):
                hint = "put it in a file of your own, below STATIC_PATHS"
            yield diagnose("ND133", f"{what} is blocked by the site's policy", path=path, hint=hint)
