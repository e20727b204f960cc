"""What is added to a page that is served: one script, and leave for that script alone. The file stays as it is.

Pure: bytes in, bytes out; what other files hold is asked of a function.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final
from urllib.parse import urljoin, urlsplit

import msgspec

# Nothing is tried twice (``*+``), and a tag that never ends is passed over as one: no page is slow to read.
_TAG: Final = re.compile(
    r"""<(link|script|img|source|video|audio|iframe|embed|track|input|object|meta)\b"""
    r"""((?:[^>"']++|"[^"]*+"|'[^']*+')*+)(>?)""",
    re.IGNORECASE,
)
_ATTRIBUTE: Final = re.compile(r"""([\w:-]++)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++))""")
_CSS_ADDRESS: Final = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)|@import\s+["']([^"']+)["']""", re.IGNORECASE)
_HEAD_END: Final = re.compile(rb"</head\s*>", re.IGNORECASE)
_BODY_END: Final = re.compile(rb"</body\s*>", re.IGNORECASE)
_SLUG: Final = re.compile(r'(?<= )data-slug="([^"]*)"')
# What the script does, and the directive that would have to allow it; the last one is asked when the others are absent.
_NEEDS: Final = (
    ("script-src-elem", "script-src", "default-src"),
    ("style-src-elem", "style-src", "default-src"),
    ("connect-src", "default-src"),
)


class Prints(msgspec.Struct, frozen=True):
    """What a page as it is served is known by: all but its style sheets, and those."""

    page: str
    styles: str

    def __str__(self) -> str:
        """Return both as one word, the id of an event."""
        return f"{self.page}-{self.styles}"


class Served(msgspec.Struct, frozen=True, kw_only=True):
    """A page as it is served.

    Attributes:
        body: Its bytes.
        styles: The addresses of its style sheets, in order.
    """

    body: bytes
    prints: Prints
    styles: tuple[str, ...]


def served_page(
    page: bytes, *, url: str, tools: str, content_of: Callable[[str], bytes | None], marks: Mapping[str, str]
) -> Served:
    """Return *page* with the preview's script in it.

    Args:
        page: The file. One that is not UTF-8 is served as it is, and still reloads.
        url: Where the page was asked for, with scheme and host.
        tools: The absolute address of the preview's own files, with a slash at its end.
        content_of: Path on this host → what is there; None for nothing.
        marks: Slug → why an item is not on the public site.
    """
    text = page.decode("utf-8", "surrogateescape")
    tags = list(_tags(text))
    styles = tuple(attributes.get("href", "") for name, attributes in tags if _is_style(name, attributes))
    assets = _assets(tags)
    prints = Prints(
        _digest(_without_versions(text), repr(sorted(marks.items())), *_contents(assets, url, content_of)),
        _digest(*_contents(styles, url, content_of)),
    )
    text = _with_leave(text, tools)
    if marks:
        text = _SLUG.sub(lambda match: _marked(match, marks), text)
    where = html.escape(urlsplit(tools).path)
    added = f'<script src="{where}preview.js" defer data-prints="{prints}"></script>'
    if marks:
        added = f'<link rel="stylesheet" href="{where}marks.css">{added}'
    body = text.encode("utf-8", "surrogateescape")
    return Served(body=_inserted(body, added.encode()), prints=prints, styles=styles)


def _inserted(body: bytes, added: bytes) -> bytes:
    """Put *added* at the end of the head, else at the end of the body, else at the end."""
    match = _HEAD_END.search(body) or _BODY_END.search(body)
    at = match.start() if match else len(body)
    return body[:at] + added + body[at:]


def _tags(text: str) -> Iterator[tuple[str, dict[str, str]]]:
    for match in _TAG.finditer(text):
        if match[3]:
            yield match[1].lower(), attributes_of(match[2])


def attributes_of(text: str) -> dict[str, str]:
    """Return the attributes that stand in a tag; of two with one name the first counts, as for a browser."""
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(text):
        found.setdefault(name.lower(), html.unescape(double or single or bare))
    return found


def _is_style(name: str, attributes: Mapping[str, str]) -> bool:
    return name == "link" and "stylesheet" in attributes.get("rel", "").lower().split()


def _assets(tags: list[tuple[str, dict[str, str]]]) -> list[str]:
    """Return the addresses of what a page shows and runs, but for its style sheets."""
    found = []
    for name, attributes in tags:
        found += [attributes[key] for key in ("src", "poster", "data") if key in attributes]
        found += [part.split()[0] for part in attributes.get("srcset", "").split(",") if part.strip()]
        if name == "link" and "icon" in attributes.get("rel", "").lower():
            found.append(attributes.get("href", ""))
    return list(dict.fromkeys(found))


def _contents(addresses: list[str] | tuple[str, ...], url: str, content_of: Callable[[str], bytes | None]) -> list[str]:
    """Return a digest of each file of this host that *addresses* name, style sheets with what they name in turn."""
    host = urlsplit(url).netloc
    seen: dict[str, str] = {}
    left = [urljoin(url, address) for address in addresses]
    while left:
        address = left.pop(0)
        parts = urlsplit(address)
        if parts.netloc != host or parts.path in seen:
            continue
        data = content_of(parts.path)
        seen[parts.path] = "" if data is None else hashlib.blake2b(data, digest_size=8).hexdigest()
        if data is not None and parts.path.endswith(".css"):
            named = _CSS_ADDRESS.findall(data.decode("utf-8", "replace"))
            left += [urljoin(address, one or other) for one, other in named]
    return [f"{path}={digest}" for path, digest in seen.items()]


def _digest(*parts: str) -> str:
    digest = hashlib.blake2b(digest_size=8)
    for part in parts:
        digest.update(part.encode("utf-8", "surrogateescape") + b"\0")
    return digest.hexdigest()


def _without_versions(text: str) -> str:
    """Return a page without the versions in the addresses of its style sheets: those are told apart by content."""

    def without(match: re.Match[str]) -> str:
        attributes = attributes_of(match[2]) if match[3] else {}
        if not _is_style(match[1].lower(), attributes) or "?" not in attributes.get("href", ""):
            return match[0]
        return match[0].replace(html.escape(attributes["href"]), attributes["href"].partition("?")[0], 1)

    return _TAG.sub(without, text)


def _marked(match: re.Match[str], marks: Mapping[str, str]) -> str:
    mark = marks.get(html.unescape(match[1]))
    return f'{match[0]} data-preview="{html.escape(mark)}"' if mark else match[0]


def _with_leave(text: str, tools: str) -> str:
    """Return a page whose policies allow the preview's files, and nothing else that they did not allow before."""

    def opened(match: re.Match[str]) -> str:
        attributes = attributes_of(match[2]) if match[3] else {}
        if match[1].lower() != "meta" or attributes.get("http-equiv", "").lower() != "content-security-policy":
            return match[0]
        given = attributes.get("content", "")
        wanted = with_leave(given, tools)
        return (
            match[0]
            if wanted == given
            else f'<meta http-equiv="Content-Security-Policy" content="{html.escape(wanted)}">'
        )

    return _TAG.sub(opened, text)


def with_leave(policy: str, tools: str) -> str:
    """Return a Content-Security-Policy that lets the preview's own files run, dress and ask, if it does not already.

    Args:
        tools: The absolute address of the preview's own files: what is below it is all that is added.
    """
    directives: dict[str, list[str]] = {}
    for part in policy.split(";"):
        words = part.split()
        if words:
            directives.setdefault(words[0].lower(), words[1:])
    changed = dict(directives)
    for names in _NEEDS:
        asked = next((name for name in names if name in directives), None)
        if asked is None or {"'self'", "*"} & set(directives[asked]):
            continue
        # A page that only says what holds by default gets a directive for this one need.
        name = names[-2] if asked == "default-src" else asked
        changed[name] = [*(word for word in directives[asked] if word.lower() != "'none'"), tools]
    if changed == directives:
        return policy
    return "; ".join(" ".join([name, *words]) for name, words in changed.items())
