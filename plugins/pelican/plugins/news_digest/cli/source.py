"""Where this very package was installed from, for the requirements of a new site."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, distribution
from typing import Final
from urllib.parse import urlsplit

import msgspec

PACKAGE: Final = "pelican-news-digest"
EXTRAS: Final = "[fast,search]"


class _Repository(msgspec.Struct, frozen=True):
    vcs: str
    commit_id: str


class _Origin(msgspec.Struct, frozen=True):
    """What an installer notes of a package that did not come from an index (PEP 610)."""

    url: str
    vcs_info: _Repository | None = None


def requirement(version: str) -> str:
    """Return the line of ``requirements.txt`` that installs this package on another machine."""
    try:
        note = distribution(PACKAGE).read_text("direct_url.json")
    except PackageNotFoundError:  # used from its source tree
        note = None
    return requirement_of(note or "", version)


def requirement_of(note: str, version: str) -> str:
    """Return that line for what an installer has noted.

    Args:
        note: The text of ``direct_url.json``; ``""`` for a package from an index.
    """
    try:
        origin = msgspec.json.decode(note, type=_Origin)
    except msgspec.DecodeError:
        origin = None
    # What lies on this machine alone is of no use elsewhere; a password in an address is nobody else's business.
    if origin is None or origin.vcs_info is None or urlsplit(origin.url).scheme != "https" or "@" in origin.url:
        return f"{PACKAGE}{EXTRAS}~={version}"
    return f"{PACKAGE}{EXTRAS} @ {origin.vcs_info.vcs}+{origin.url}@{origin.vcs_info.commit_id}"
