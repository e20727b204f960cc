"""Whether the address that a site was built for is one where the world can find it."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

from ..errors import Diagnostic, diagnose

# RFC 2606 and RFC 6761: these never lead anywhere, or to one's own machine.
_RESERVED: Final = ("example", "test", "invalid", "localhost", "example.com", "example.net", "example.org")
_HINT: Final = (
    "set it to the site's public URL, such as https://name.github.io/repo, in the settings or in the environment "
    "(SITEURL=https://… before the command); then build again"
)


def check_address(siteurl: str, *, path: str, line: int = 0) -> Iterator[Diagnostic]:
    """Yield a report when *siteurl* cannot be where a public site lives: a placeholder, this machine, no address.

    Args:
        siteurl: ``SITEURL``; empty for a site that was not built for the public.
        line: The one that sets it; 0: unknown.
    """
    if not siteurl.strip():
        message = "SITEURL is empty: feeds, the sitemap and emails have no absolute links to the site"
        yield diagnose("ND511", message, path=path, line=line, hint="audit the public site: -s publishconf.py")
    elif problem := address_problem(siteurl):
        yield diagnose("ND510", f"SITEURL {siteurl!r} {problem}", path=path, line=line, hint=_HINT)


def address_problem(siteurl: str) -> str:  # noqa: PLR0911 - one for each thing that can be wrong
    """Return what is wrong with *siteurl* as the address of a public site; ``""`` for nothing."""
    try:
        parts = urlsplit(siteurl.strip())
        host = (parts.hostname or "").rstrip(".")
        _ = parts.port  # read from the text when it is asked for
    except ValueError:
        return "is not a URL"
    if parts.scheme not in {"http", "https"} or not host:
        return "is not a URL that begins with https:// and a host"
    if parts.username is not None:
        return "contains a user name or a password, which every page would repeat"
    if parts.query or parts.fragment:
        return "has a query or fragment after its path"
    if _is_this_machine(host):
        return "is this machine, which no one else can reach"
    if any(host == name or host.endswith(f".{name}") for name in _RESERVED):
        return "is a placeholder that no one can register"
    return ""


def _is_this_machine(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        address = ip_address(host)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified
