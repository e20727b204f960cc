"""Addresses as strangers wrote them: kept where they work, corrected where a browser would do so, else refused."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final
from urllib.parse import SplitResult, parse_qsl, quote, urlencode, urlsplit, urlunsplit

from ..errors import names_users_within
from .hosts import HostError, ascii_host

# RFC 3986, section 2: everything else is percent-encoded as UTF-8; "%" stays, for what is encoded already.
_SAFE: Final = "!#$%&'()*+,/:;=?@[]~-._"
_CONTROL: Final = re.compile("[\x00-\x1f\x7f\u00ad\u200b\u200e\u200f\u2060-\u2064\ufeff\u202a-\u202e\u2066-\u2069]")
# Joiners make other letters of some: a host in Persian or Sinhala is somebody else's without them.
_JOINERS: Final = "\u200c\u200d"
_STRAY_PERCENT: Final = re.compile("%(?![0-9A-Fa-f]{2})")
# What is known to say where a reader came from and never what is read. A name that any site may have given to its
# articles (`id`, `p`, `story`) is not here, and two that both do (`ref`, `source`) only with what says where from.
_TRACKING: Final = re.compile(
    r"(?:utm_\w+|fbclid|gclid|gclsrc|gbraid|wbraid|dclid|msclkid|yclid|ysclid|twclid|ttclid|li_fat_id|igshid?|srsltid"
    r"|mc_[ce]id|mkt_tok|_hsenc|_hsmi|__hstc|__hssc|hsctatracking|vero_(?:id|conv)|oly_(?:anon|enc)_id|_ga|_gl"
    r"|guccounter|guce_referrer(?:_sig)?|ocid|cmpid|xtor|echobox|sref|ref_(?:src|url)|__twitter_impression"
    r"|(?:mtm|pk|piwik)_(?:campaign|cid|content|group|keyword|kwd|medium|placement|source))=.*"
    r"|(?:ref|source)=(?:rss(?:[-_].*)?|atom|feeds?|e?mail|newsletter|twitter|facebook|linkedin|reddit|hackernews|hn)",
    re.ASCII | re.IGNORECASE | re.DOTALL,
)
# Fragments that name no place but the page's own beginning (HTML, 7.4.6.3) or the first view of a site in one page.
_NO_PLACE: Final = frozenset({"", "top", "!", "/", "!/"})
# Most addresses are as they should be, and nine in ten are this plain: nothing in them would be changed.
_PLAIN: Final = re.compile(
    r"https?://(?=[^/]{1,253}/)(?:(?!xn--)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9]{0,62}/"
    r"[\w/.~-]*(?:\?[\w=&.~-]+)?\Z",
    re.ASCII,
)
_PLAIN_HOST: Final = re.compile(r"https?://(?:www\.)?([a-z0-9.-]+)/")
# What ends a user's name, for whoever reads the host after it.
_AT: Final = re.compile("[＠﹫]|%40")
# A user and a password that may hold anything; what follows the colon is no port.
_LOOSE_USERINFO: Final = re.compile(r"\A[^/?#:@]*:(?!\d{1,5}(?:[/?#]|\Z))[^@]*@")
_USUAL_PORTS: Final = (None, 80, 443)
MAX_ADDRESS_CHARS: Final = 2048
NAMES_USERS: Final = "a URL with a user name, a password or a backslash"
_NO_HOST: Final = "the host is not a name"


_NO_PARTS: Final = urlsplit("")


class AddressError(ValueError):
    """An address that nobody should follow; the text says why."""


def clean_address(value: str) -> str:
    """Return *value* as an absolute http(s) address that is safe in ``href``.

    ``&amp;`` is decoded (and no other entity), spaces and characters outside ASCII are percent-encoded as UTF-8,
    invisible marks are dropped, a host in another script becomes its ASCII form, ``//host/`` becomes ``https://``.

    Raises:
        AddressError: Another scheme, credentials, no host, a relative path, half a character (an unpaired surrogate),
            or longer than 2,048 characters.
    """
    if is_plain(value):
        return value
    value = without_marks(value.replace("&amp;", "&"))
    if value.startswith("//"):
        value = "https:" + value
    if len(value) > MAX_ADDRESS_CHARS:
        raise AddressError(f"longer than {MAX_ADDRESS_CHARS} characters")
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:  # whose words repeat what may be a password
        raise AddressError("not a URL") from None
    if parts.scheme not in {"http", "https"}:
        raise AddressError("not an http or https URL")
    if "@" in parts.netloc or "\\" in value or any(map(names_users_within, parts[2:])):
        raise AddressError(NAMES_USERS)
    if "[" in parts.netloc and ":" not in (parts.hostname or ""):
        raise AddressError(_NO_HOST)  # brackets are for IPv6
    try:
        host = ascii_host(parts.hostname or "")
    except HostError:
        raise AddressError(_NO_HOST) from None
    netloc = f"{host}:{port}" if port is not None else host
    try:
        path, query, fragment = (
            _STRAY_PERCENT.sub("%25", quote(part, safe=_SAFE)) for part in (parts.path, parts.query, parts.fragment)
        )
    except UnicodeEncodeError:
        raise AddressError("a URL with half a character") from None
    return urlunsplit((parts.scheme, netloc, path, query, fragment))


def parts_of(url: str) -> SplitResult:
    """Return the parts of *url*, whoever wrote it; empty ones where it is no address at all."""
    try:
        return urlsplit(url)
    except ValueError:  # such as half a bracket
        return _NO_PARTS


def is_plain(value: str) -> bool:
    """Whether *value* is an absolute address in which nothing has to be changed: most are; in doubt, it is not."""
    return len(value) <= MAX_ADDRESS_CHARS and _PLAIN.match(value) is not None


def without_marks(value: str) -> str:
    """Return *value* without invisible marks and control characters, joiners between letters left in."""
    text = _CONTROL.sub("", value).strip()
    return text if text.isascii() else text.strip(_JOINERS).strip()


# A host without a port, a path of printable signs, and a query in which nothing is encoded.
_PLAIN_LINK: Final = re.compile(
    r"https?://(?:www\.)?+([a-z0-9.-]+)((?:/[!-\"$->@-~]*)?)(?:\?((?:[\w.~-]+=[\w.~-]*&)*[\w.~-]+=[\w.~-]*))?", re.ASCII
)


@lru_cache(maxsize=32768)
def link_key(url: str) -> str:
    """Return what two addresses of one text have in common, for joining; never for linking.

    Scheme, ``www.``, the usual ports, a trailing slash and what is known to be tracking do not count; nor does the
    order of the other parameters. A fragment does: sites of one page tell their articles apart by nothing else.
    ``""`` stays ``""``.
    """
    plain = _PLAIN_LINK.fullmatch(url)
    if plain:  # nearly all are, and asking the library takes four times as long
        query = _query([tuple(pair.split("=")) for pair in plain[3].split("&")]) if plain[3] else ""
        return f"{plain[1]}{plain[2].rstrip('/')}{query}"
    return _key_of(url) if url else ""


def _query(pairs: list[tuple[str, ...]]) -> str:
    """Return the parameters that are no tracking, in order; they hold nothing that has to be encoded."""
    kept = sorted(pair for pair in pairs if not _TRACKING.fullmatch("=".join(pair)))
    return f"?{'&'.join(map('='.join, kept))}" if kept else ""


def _key_of(url: str) -> str:
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    if ":" in parts.netloc and parts.port not in _USUAL_PORTS:
        host = f"{host}:{parts.port}"
    query = ""
    if parts.query:
        pairs = parse_qsl(parts.query, keep_blank_values=True)
        kept = sorted(pair for pair in pairs if not _TRACKING.fullmatch("=".join(pair)))
        query = f"?{urlencode(kept)}" if kept else ""
    return f"{host}{parts.path.rstrip('/')}{query}{_place(parts.fragment)}"


def _place(fragment: str) -> str:
    """Return *fragment* with its ``#`` as far as it says what is read: no tracking, no words to be marked."""
    text = fragment.partition(":~:")[0]
    path, mark, query = text.rpartition("?")
    if "=" in query:
        text = "&".join(pair for pair in query.split("&") if not _TRACKING.fullmatch(pair))
        text = f"{path}{mark}{text}" if text else path
    return "" if text.lower() in _NO_PLACE else f"#{text}"


def readable_host(url: str) -> str:
    """Return the host of *url* as readers know it: lower case, without ``www.``; ``""`` for ``""``."""
    plain = _PLAIN_HOST.match(url)
    if plain:
        return plain[1]
    return (urlsplit(url).hostname or "").removeprefix("www.") if url else ""


@lru_cache(maxsize=4096)
def clean_domain(value: str) -> str:
    """Return a provider's domain as its key: lower case, ASCII, only the host, no ``www.``; ``""`` if it is none.

    An IPv6 address has no brackets, as :func:`readable_host` shows it.
    """
    value = _LOOSE_USERINFO.sub("", _AT.sub("@", without_marks(value).lower()).split("//", 1)[-1])
    value = re.split(r"[/?#]", value, maxsplit=1)[0].rsplit("@", 1)[-1].removeprefix("www.")
    if "]" in value:
        value = value.partition("]")[0]
    elif value.count(":") == 1:
        value = value.partition(":")[0]
    try:
        return ascii_host(value).strip("[]")
    except HostError:
        return ""
