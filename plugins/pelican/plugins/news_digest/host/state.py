"""One build: what is carried from Pelican's first signal to its last. How it reads and joins is :mod:`.build`'s."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from ..code import code_key
from ..disk.sealed import Answers
from ..images.pictures import NO_PICTURES, PictureIndex
from ..output.manifest import Performed
from ..running.elsewhere import Elsewhere, Program
from ..running.workers import Workers
from .sharing import card_state

if TYPE_CHECKING:
    from ..catalogue.build import Catalogue
    from ..disk.files import Listing
    from ..errors import Diagnostic, Severity
    from ..frontmatter.addresses import AddressBook
    from ..frontmatter.mails import KeptMails
    from ..frontmatter.reader import Archive
    from ..images.own import OwnLook
    from ..model import Status
    from ..settings import DigestSettings
    from .left import Left
    from .memory import Memory
    from .shelves import Shelves

# No name in a template: those of other themes print what they get as it is, and a build holds the texts of strangers.
CONTEXT_KEY = "news-digest"
CACHE_FOLDER = "news-digest"
# A key among Pelican's settings that only a running preview sets, with a value that no settings file can hold.
PREVIEW_KEY = "NEWS_DIGEST_PREVIEW"
# The same for its memory. It changes no page.
MEMORY_KEY = "NEWS_DIGEST_MEMORY"
# The tar that the site becomes, as `news-digest build --tar` sets it; "": it becomes a folder.
TAR_KEY = "NEWS_DIGEST_TAR"


class Shows(Enum):
    """What a preview shows beside what is published."""

    EVERYTHING = "drafts and unpublished items too"


@dataclass(slots=True, kw_only=True)
class Build:
    """The state of one run; lives in Pelican's context under ``CONTEXT_KEY``, so that two runs share nothing.

    Attributes:
        read: Reads the content into the attributes that have no value before.
        is_read: Whether that is done. Where nothing seems to have changed, nothing is read until it turns out that
            something has: :meth:`ensure_read`.
        listing: The files that could be seen without that.
        leave: Leaves word of this build for the next: :meth:`.unchanged.Outlook.leave`.
        item_count, published_count: How many items there are, Pelican's articles left out, and how many of them and of
            those are published.
        last: What is known of the build before this one, whose site this one is as far as files tell.
        classic: Slug → Pelican's own article, for items that Pelican read.
        shelves: Their authors and categories; with our theme.
        is_own_theme: Whether the theme is one of ours, so that this plugin renders every page; with a stock theme
            Pelican renders, and items are plain articles to it.
        mails: Old newsletters.
        pictures: Those that ``news-digest images`` made.
        own_files: Paths below the content folder that the site publishes.
        own_looks: What those are that pictures name, and that were not made.
        stock_pictures: Those made that pages of another theme name: site-relative paths.
        workers: Processes that read, and that render afterwards.
        unlisted: Slug → status of the items that only a preview shows.
        book: What is known of addresses that several want.
        memory: What the last build of a process that stays has left; None: nothing is kept.
        answers: What the last build worked out and this one may use.
        is_first: Whether no build came before it in this process; most processes build once.
        on_pages: Called when every page is written, before the search index is made.
        is_tar: Whether the site was put straight into a tar.
        later: What may be done when nobody waits, in order; None: it is done at once.
        since_ns: When it began, by the clock that file times are compared with.
        written: What is to be announced when the site is in place: signal, Pelican's generator, its writer.
        afterwards: Called when other plugins are done with the output; None: there are none.
        diagnostics: Everything that there is to say about the content, by file and line.
    """

    settings: DigestSettings
    is_own_theme: bool
    book: AddressBook
    read: Callable[[Build], None]
    pictures: PictureIndex = NO_PICTURES
    listing: Listing = field(init=False)
    leave: Callable[..., None] = field(init=False)
    archive: Archive = field(init=False)
    catalogue: Catalogue = field(init=False)
    mails: KeptMails = field(init=False)
    own_files: frozenset[str] = field(init=False)
    own_looks: dict[str, OwnLook] = field(init=False)
    classic: dict[str, Any] = field(init=False)
    shelves: Shelves = field(init=False)
    unlisted: dict[str, Status] = field(init=False)
    diagnostics: tuple[Diagnostic, ...] = field(init=False)
    item_count: int = field(init=False)
    published_count: int = field(init=False)
    last: Left | None = None
    stock_pictures: tuple[str, ...] = ()
    memory: Memory | None = None
    answers: Answers = field(default_factory=Answers)
    is_first: bool = True
    is_read: bool = False
    on_pages: Callable[[], None] = lambda: None
    is_tar: bool = False
    later: list[Callable[[], None]] | None = None
    workers: Workers = field(default_factory=lambda: Workers(1))
    page_count: int = 0
    performed: Performed = field(default_factory=Performed)
    started: float = field(default_factory=time.monotonic)
    since_ns: int = field(default_factory=time.time_ns)
    written: list[tuple[Any, Any, Any]] = field(default_factory=list)
    afterwards: Callable[[], None] | None = None

    def ensure_read(self) -> None:
        """Read the content, unless that is done."""
        if not self.is_read:
            self.is_read = True
            self.read(self)

    def expect(self, last: Left) -> None:
        """Take the content, unread, for what the *last* build found."""
        self.last, self.classic, self.diagnostics = last, {}, last.reported
        self.item_count, self.published_count = last.item_count, last.published_count

    def count(self, severity: Severity) -> int:
        """Return how many diagnostics have *severity*."""
        return sum(d.severity is severity for d in self.diagnostics)


def seen_from_here(folder: str | Path) -> str:
    """Return what paths below *folder* begin with for whoever stands in the current folder: ``content/``, or ``""``."""
    try:
        seen = Path(os.path.relpath(folder)).as_posix()
    except ValueError:  # another drive
        seen = Path(folder).as_posix()
    return "" if seen == "." else f"{seen}/"


def cache_folder(settings: Mapping[str, Any], digest: DigestSettings) -> Path | None:
    """Return the folder in which things are kept between builds; None: the site's owner wants none kept."""
    return Path(settings["CACHE_PATH"], CACHE_FOLDER) if digest.cache else None


def absolute(path: str) -> str:
    """Return *path* from the root of the disk on; ``""`` stays ``""``."""
    return os.path.abspath(path) if path else ""


def placed(diagnostic: Diagnostic, folder: str) -> Diagnostic:
    """Return *diagnostic* with its path from here; what lies beside the content folder has one that leads out of it.

    Args:
        diagnostic: Its path is relative to the content folder.
        folder: What :func:`seen_from_here` says of that folder.
    """
    path = os.path.normpath(f"{folder}{diagnostic.path}").replace(os.sep, "/")
    return msgspec.structs.replace(diagnostic, path=path)


def elsewhere_of(settings: DigestSettings) -> Elsewhere | None:
    """Return where the site's owner has work done; None: on this machine."""
    if not settings.executor:
        return None
    fonts = os.path.abspath(settings.card_fonts) if settings.card_fonts else ""
    return Elsewhere(settings.executor, Program(program_of, (fonts,)))


def program_of(fonts: str) -> bytes:
    """Return a digest of all that decides about bytes and is not part of a job: code, libraries, fonts.

    Args:
        fonts: The folder of the site's own fonts; ``""``: none.
    """
    digest = hashlib.blake2b(code_key(), digest_size=16)
    digest.update(repr(card_state(fonts=fonts, is_wanted=True)).encode("utf-8", "surrogateescape"))
    return digest.digest()


def utc_now() -> datetime:
    """Return the moment; only for the edge."""
    return datetime.now(UTC)
