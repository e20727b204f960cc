"""Which links of a site lead nowhere. Links out are not followed: no request leaves this machine."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urljoin, urlsplit

from ..errors import Diagnostic, diagnose

if TYPE_CHECKING:
    from .documents import Document

_NOWHERE: Final = "http://site.invalid"
# Under whatever address it was shown for, its links have to work.
_PLACELESS: Final = "404.html"
_PLACELESS_AS: Final = "no/such/page/"
_MAIL: Final = "/mail.html"
# What an email service replaces: {{ x }}, {% x %}, *|X|*, %recipient.x%, [[X]], ${x}. Links of an email are absolute.
_PLACEHOLDER: Final = re.compile(r"\{\{|\{%|\*\||%[a-z]|\[\[|\$\{", re.IGNORECASE)
# DIGEST_NEWSLETTER_UNSUBSCRIBE as long as nobody sets it.
_UNSET: Final = "{{unsubscribe}}"


class LinkChecker:
    """Follows the links of one site after the other, and remembers what leads nowhere.

    Args:
        files: Every file of the site, with ``/``.
        siteurl: ``SITEURL``; may have a path (``https://x.example/repo``), may be empty.
        broken: What those of *files* are that nothing should lead to, such as pictures that are none.
    """

    def __init__(
        self, files: Iterable[str], *, siteurl: str = "", broken: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        self._files = frozenset(files)
        self._broken_files = broken
        self._base = f"{(siteurl or _NOWHERE).rstrip('/')}/"
        self._home = urlsplit(self._base)
        self._good: set[str] = set()  # addresses from the root on that lead somewhere
        self._broken: dict[str, tuple[str, list[str]]] = {}  # address → why, and the pages it stands on
        self._parts: dict[str, dict[str, list[str]]] = {}  # file → part of it → the pages that lead there
        self._ids: dict[str, frozenset[str]] = {}
        self._unset: list[str] = []
        self.count = 0

    def add(self, path: str, document: Document) -> None:
        """Follow every link of the file at *path*."""
        place = _PLACELESS_AS if path == _PLACELESS else path
        up = "../" * place.count("/")
        self._ids[path] = document.ids
        self.count += len(document.links)
        for link in document.links:
            # Most links stand on every page; those that start at the root are looked up as they are.
            start = next((start for start in (up, self._base, self._home.path) if start and link.startswith(start)), "")
            if not start or link[len(start) :] not in self._good:
                self._follow(link, path, place)

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Return one report for each address that leads nowhere, however many pages it stands on."""
        for file, parts in self._parts.items():
            for part, pages in parts.items():
                if part not in self._ids.get(file, frozenset()):
                    self._broken[f"{file}#{part}"] = (f"{file} has no element with the id {part!r}", pages)
        broken = (_report(address, why, pages) for address, (why, pages) in self._broken.items())
        return tuple(sorted((*broken, *_unset_report(self._unset))))

    def _follow(self, link: str, path: str, place: str) -> None:
        if link.startswith("#"):
            part = unquote(link[1:])
            if part and part != "top":
                self._parts.setdefault(path, {}).setdefault(part, []).append(path)
            return
        if path.endswith(_MAIL) and _PLACEHOLDER.match(link):
            if link == _UNSET:
                self._unset.append(path)
            return  # whoever sends the email fills it in
        target = urlsplit(urljoin(self._base + place, link.strip().replace("\\", "/")))
        if target.scheme not in {"http", "https"} or target.netloc != self._home.netloc:
            return
        if not target.path.startswith(self._home.path):
            self._break(target.path, f"outside {self._home.path}, where the site lives", path)
            return
        address = target.path[len(self._home.path) :]
        file = unquote(address)
        file = f"{file}index.html" if not file or file.endswith("/") else file
        if file not in self._files:
            why = "is a folder; a slash is missing" if f"{file}/index.html" in self._files else "there is no such file"
            self._break(address, why, path)
        elif file in self._broken_files:
            self._break(address, f"is {self._broken_files[file]}", path)
        elif target.fragment and file.endswith(".html"):
            self._parts.setdefault(file, {}).setdefault(unquote(target.fragment), []).append(path)
        else:
            self._good.add(address)
            self._good.add(f"{address}?{target.query}" if target.query else address)

    def _break(self, address: str, why: str, path: str) -> None:
        self._broken.setdefault(address, (why, []))[1].append(path)


def _report(address: str, why: str, pages: list[str]) -> Diagnostic:
    first, *more = sorted(set(pages))
    also = f"; it is on {len(more)} more page{'s' if len(more) > 1 else ''}" if more else ""
    return diagnose("ND501", f"{address or '/'}: {why}{also}", path=first, hint="fix the link, or what it leads to")


def _unset_report(mails: list[str]) -> Iterator[Diagnostic]:
    if mails:
        first, *more = sorted(mails)
        also = f", and so do {len(more)} more" if more else ""
        message = f"the unsubscribe link leads nowhere: it is still {_UNSET}{also}"
        hint = "set DIGEST_NEWSLETTER_UNSUBSCRIBE, or publish no emails (DIGEST_NEWSLETTER_MAILS = False)"
        yield diagnose("ND515", message, path=first, hint=hint)
