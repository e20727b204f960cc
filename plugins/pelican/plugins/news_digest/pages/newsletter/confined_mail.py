"""An old email as it may be shown: under a policy, and without what the policy would refuse.

The policy is what protects; it stands in the head of the file. What it refuses would be a broken box on the page and an
error in the console, so that is taken out. Everything else stays as it was sent, letter by letter: emails were made for
programs that are no browsers, and what a parser would make of one is another mail.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape, unescape
from typing import Final

# What begins a document, up to and with <head>: the one place where a policy holds for everything behind it.
_HEAD: Final = re.compile(
    r"""\s*(?:<!doctype[^>]*>\s*)?(?:<html(?:[^>"']|"[^"]*"|'[^']*')*>\s*)?<head(?:\s(?:[^>"']|"[^"]*"|'[^']*')*)?>""",
    re.IGNORECASE,
)
_DOCTYPE: Final = re.compile(r"\s*<!doctype[^>]*>", re.IGNORECASE)
_TAG: Final = re.compile(r"""<([a-zA-Z][^\s/>]*+)((?:[^>"']|"[^"]*+"|'[^']*+')*+)>""")
_ATTRIBUTE: Final = re.compile(r"""\s*([^\s"'<>/=]++)(?:\s*=\s*("[^"]*+"|'[^']*+'|[^\s"'>]++))?""")
_CSS_IMPORT: Final = re.compile(r"""@import(?:[^;"']|"[^"]*+"|'[^']*+')*+;?""", re.IGNORECASE)
_CSS_URL: Final = re.compile(r"""url\(\s*("[^"]*+"|'[^']*+'|[^)"']*+)\s*\)""", re.IGNORECASE)
# Gone with all that is in them, and by themselves.
_GONE_WHOLE: Final = frozenset({"script", "iframe", "object", "applet", "video", "audio"})
_GONE: Final = frozenset({"link", "base", "source", "track", "embed", "frame", "bgsound", "image", "feimage", "use"})
_GONE_ATTRIBUTES: Final = frozenset({"background", "poster", "srcset", "lowsrc", "dynsrc", "ping"})
# Marks that open nothing; a text with more of them is no mail.
_MOST_STRAY: Final = 50


def confined(html: str, *, sender: str, images: str = "'self' data:", picture: Callable[[str], str] = str) -> str:
    """Return an old email with a policy in its head: no script, and no request but for *images*.

    The frame that shows it allows nothing either; the policy is for those who open the file by itself. Where the
    document does not begin as documents do, the policy stands before everything.

    Args:
        sender: What the placeholder ``{can-spam}`` stands for.
        images: Sources of pictures, as in ``img-src``.
        picture: Address of a picture → the one it is shown from, or ``""``: then its words stand in its place.
    """
    policy = f"default-src 'none'; style-src 'unsafe-inline'; img-src {images}; base-uri 'none'; form-action 'none'"
    mark = f'<meta http-equiv="Content-Security-Policy" content="{policy}"><meta name="robots" content="noindex">'
    begin = _HEAD.match(html) or _DOCTYPE.match(html)
    at = begin.end() if begin else 0
    charset = "" if begin and begin.re is _HEAD else '<meta charset="utf-8">'
    rest = "".join(_shown(html[at:], picture))
    return f"{html[:at]}{charset}{mark}{rest}\n".replace("{can-spam}", escape(sender))


def _shown(html: str, picture: Callable[[str], str]) -> Iterator[str]:
    """Yield *html* in parts, without what would be asked for in vain."""
    at, stray = 0, 0
    ends = _Ends(html)
    while (start := html.find("<", at)) >= 0 and stray < _MOST_STRAY:
        yield html[at:start]
        if html.startswith("<!--", start):
            at = ends.after("-->", start)
            yield html[start:at]
            continue
        tag = _TAG.match(html, start)
        if tag is None:
            stray += html[start + 1 : start + 2].isalpha()
            at = start + 1
            yield "<"
            continue
        at, name = tag.end(), tag[1].lower()
        if name in _GONE_WHOLE:
            at = ends.after(f"</{name}", at, otherwise=at)
        elif name == "style":
            end = ends.after("</style", at)
            yield tag[0] + _css(html[at:end])
            at = end
        else:
            yield _tag(tag[0], name, tag[2], picture)
    yield html[at:]


class _Ends:
    """Where things end; what was looked for in vain is not looked for again."""

    def __init__(self, html: str) -> None:
        self._html = html
        self._lower = html.lower() if len(html.lower()) == len(html) else html
        self._missing: set[str] = set()

    def after(self, mark: str, start: int, *, otherwise: int | None = None) -> int:
        """Return the place behind the next *mark*, a whole tag; *otherwise*, or the end, where there is none."""
        found = -1 if mark in self._missing else self._lower.find(mark, start)
        if found < 0:
            self._missing.add(mark)
            return len(self._html) if otherwise is None else otherwise
        end = found + len(mark)
        return end if mark.endswith(">") else self._html.find(">", end) + 1 or len(self._html)


def _tag(tag: str, name: str, attributes: str, picture: Callable[[str], str]) -> str:
    found = [(match[1].lower(), _value(match[2]), match[0]) for match in _ATTRIBUTE.finditer(attributes)]
    values = {key: value for key, value, _ in reversed(found)}
    if name in _GONE or (name == "meta" and values.get("http-equiv", "content-type").lower() != "content-type"):
        return ""
    is_picture = name == "img" or (name == "input" and values.get("type", "").lower() == "image")
    shown_from = values.get("src", "")
    if is_picture and not shown_from.lower().startswith("data:"):
        shown_from = picture(shown_from)
        if not shown_from:
            return escape(values.get("alt", "").strip())
    kept, is_same = [f"<{tag[1 : 1 + len(name)]}"], True
    for key, value, text in found:
        wanted = shown_from if is_picture and key == "src" else _css(value) if key == "style" else value
        if key in _GONE_ATTRIBUTES or key.startswith("on"):
            is_same = False
        elif wanted != value:
            is_same = False
            kept.append(f' {key}="{escape(wanted)}"')
        else:
            kept.append(text)
    return tag if is_same else f"{''.join(kept)}>"


def _value(text: str | None) -> str:
    if not text:
        return ""
    return unescape(text[1:-1] if text[0] in "\"'" else text)


def _css(css: str) -> str:
    def kept(match: re.Match[str]) -> str:
        return match[0] if match[1].strip("\"'").lower().startswith("data:") else "none"

    return _CSS_URL.sub(kept, _CSS_IMPORT.sub("", css))
