"""What the owner's own texts and templates ask for and the site's policy blocks: said with its file.

Browsers say it in a console that nobody reads: a frame is a hole, a button does nothing, a colour is not there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from ..errors import Diagnostic, diagnose
from ..setting.values import CSP_DIRECTIVES

# Element → its attributes that name what is loaded, or where it leads, each with the directive that decides.
_MEDIA: Final = {"src": "media-src"}
_LOADS: Final[Mapping[str, Mapping[str, str]]] = {
    "iframe": {"src": "frame-src"},
    "frame": {"src": "frame-src"},
    "script": {"src": "script-src"},
    "img": {"src": "img-src", "srcset": "img-src"},
    "input": {"src": "img-src", "formaction": "form-action"},
    "image": {"href": "img-src", "xlink:href": "img-src"},
    "audio": _MEDIA,
    "track": _MEDIA,
    "video": {**_MEDIA, "poster": "img-src"},
    "source": {**_MEDIA, "srcset": "img-src"},
    "object": {"data": "object-src"},
    "embed": {"src": "object-src"},
    "form": {"action": "form-action"},
    "button": {"formaction": "form-action"},
    "base": {"href": "base-uri"},
}
_LINKS: Final = {"stylesheet": "style-src", "icon": "img-src", "manifest": "manifest-src"}
_LEADS: Final = frozenset({"href", "xlink:href", "src", "action", "formaction", "data"})
# Any other type of a script is data to a browser.
_CODE: Final = re.compile(r"(?:module|importmap|speculationrules|(?:text|application)/(?:x-)?(?:java|ecma)script.*)?\Z")
_SCRIPT: Final = re.compile(r"[\x00-\x20]*j[\t\n\r]*a[\t\n\r]*v[\t\n\r]*a[\t\n\r]*script[\t\n\r]*:", re.IGNORECASE)
# Without one of these in it, in lower case, a text asks for nothing, and most are not read any further. Each begins
# with a mark or letters of its own, which makes the search quick.
_SUSPECTS: Final = (
    re.compile(r"<(?:i?frame|script|style|link|base|form|button|input|image|audio|track|video|source|object|embed)\b"),
    re.compile(r"<img\b[^<>]*//"),
    re.compile(r"on[a-z]+\s*="),
    re.compile(r"style\s*="),
    re.compile(r"script\s*:"),
)
_OWN_FILE: Final = "put it in a file of your own, below STATIC_PATHS"
_HOST: Final = "add its host with DIGEST_CSP, or take it out"
_LINK: Final = "link to a page there instead"  # no setting lets forms and objects lead elsewhere
_CLASS: Final = "give it a class, and say in the file of DIGEST_STYLE what that looks like"


class Asked(NamedTuple):
    """One thing that a text asks for: in words, by what, from where (``""``: it is in the text), and in what line."""

    what: str
    directive: str
    address: str
    hint: str
    line: int


class _Finder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Asked] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: (value or "").strip() for name, value in reversed(attrs)}  # of two, browsers take the first
        loads = _LOADS.get(tag, {})
        if tag == "link":
            kinds = known.get("rel", "").lower().split()
            loads = {"href": next((_LINKS[kind] for kind in kinds if kind in _LINKS), "")}
        for name, value in known.items():
            if name.startswith("on") and value:
                self._ask(f"the handler {name}", "script-src", hint=_OWN_FILE)
            elif name == "style" and value:
                self._ask("a style attribute", "style-src", hint=_CLASS)
            elif name in _LEADS and _SCRIPT.match(value):
                self._ask("a javascript: link", "script-src", hint=_OWN_FILE)
            elif value and loads.get(name):
                for address in _addresses(value) if name == "srcset" else (value,):
                    self._ask(f"<{tag}>", loads[name], address, hint=_HOST if loads[name] in CSP_DIRECTIVES else _LINK)
        if tag == "style":
            self._ask("a style sheet within the page", "style-src", hint="put it in the file of DIGEST_STYLE")
        if tag == "script" and not known.get("src") and _CODE.match(known.get("type", "").lower()):
            self._ask("a script within the page", "script-src", hint=_OWN_FILE)

    def _ask(self, what: str, directive: str, address: str = "", *, hint: str) -> None:
        self.found.append(Asked(what, directive, address, hint, self.getpos()[0]))


def _addresses(srcset: str) -> Iterator[str]:
    return (part.split()[0] for part in srcset.split(", ") if part.split())


class Policy:
    """A policy of content security.

    Args:
        text: As a page holds it.
        siteurl: The site's address: what lies there is its own.
    """

    def __init__(self, text: str, *, siteurl: str) -> None:
        parts = (part.split() for part in text.split(";"))
        self._sources = {words[0]: tuple(words[1:]) for words in parts if words}
        self._own = urlsplit(siteurl).netloc

    def blocked(self, html: str) -> Iterator[Asked]:
        """Yield what *html* asks for and the policy refuses, in order."""
        lowered = html.lower()
        if any(suspect.search(lowered) for suspect in _SUSPECTS):
            finder = _Finder()
            finder.feed(html)
            finder.close()
            yield from (asked for asked in finder.found if not self._allows(asked))

    def _allows(self, asked: Asked) -> bool:
        sources = self._sources.get(asked.directive, self._sources.get("default-src", ()))
        return bool(asked.address) and any(self._matches(asked.address, source) for source in sources)

    def _matches(self, address: str, source: str) -> bool:
        """Whether *source* lets *address* in."""
        try:
            parts = urlsplit(address)
        except ValueError:
            return False
        if source == "'self'":
            return parts.scheme in {"", "http", "https"} and parts.netloc in {"", self._own}
        if source.endswith(":"):
            return f"{parts.scheme}:" == source or (parts.scheme == "" and bool(parts.netloc) and source == "https:")
        wanted = urlsplit(source)
        is_host = parts.netloc == wanted.netloc
        if wanted.netloc.startswith("*."):
            is_host = parts.netloc.endswith(wanted.netloc[1:])
        return is_host and parts.scheme in {"", wanted.scheme} and parts.path.startswith(wanted.path)


def blocked_in(path: str, html: str, policy: Policy) -> Iterator[Diagnostic]:
    """Yield the diagnostics of the text of *path*: each thing once."""
    for words, asked in {_in_words(asked): asked for asked in policy.blocked(html)}.items():
        yield _say(words, asked, path)


def blocked_in_template(path: str, source: str, ours: str, policy: Policy) -> Iterator[Diagnostic]:
    """Yield the diagnostics of a template of the site's, with its lines.

    Args:
        path: Of its file.
        source: Its text. What its expressions make nobody knows before a page is rendered.
        ours: The text of our template of that name: what stands there as well is allowed, in one way or another.
    """
    known = Counter(map(_in_words, policy.blocked(_without_jinja(ours))))
    said = set()
    for asked in policy.blocked(_without_jinja(source)):
        words = _in_words(asked)
        known[words] -= 1
        if known[words] < 0 and words not in said and not _UNKNOWN.match(asked.address):
            said.add(words)
            yield _say(words, asked, path, line=asked.line)


_MADE: Final = "{"  # stands for what an expression makes
_UNKNOWN: Final = re.compile(r"(?:https?:)?(?://)?[^/]*\{")  # a host that an expression makes, or the way to it
_JINJA: Final = re.compile(r"\{#.*?#\}|\{%.*?%\}|(\{\{.*?\}\})", re.DOTALL)


def _without_jinja(source: str) -> str:
    """Return *source* without comments and statements, each of its lines where it was."""
    return _JINJA.sub(lambda found: (_MADE if found[1] else "") + "\n" * found[0].count("\n"), source)


def _in_words(asked: Asked) -> str:
    if not asked.address:
        return asked.what
    try:
        host = urlsplit(asked.address).netloc
    except ValueError:
        host = ""
    return f"{asked.what} of {host or asked.address[:80]} ({asked.directive})"


def _say(words: str, asked: Asked, path: str, *, line: int = 0) -> Diagnostic:
    return diagnose("ND133", f"{words} is blocked by the site's policy", path=path, line=line, hint=asked.hint)
