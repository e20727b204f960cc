"""One build: what is carried from Pelican's first signal to its last."""

from __future__ import annotations

import hashlib
import os
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import msgspec

from ..catalogue.ahead import ahead_diagnostics, date_places, has_ahead, is_ahead, mail_diagnostic, without_later
from ..catalogue.build import PagesFor, build_catalogue
from ..catalogue.clusters import ClusterMemory
from ..disk.code import code_key
from ..disk.files import item_address
from ..disk.limits import limits_of
from ..errors import Diagnostic, SettingError, Severity, diagnose
from ..frontmatter.addresses import AddressBook
from ..frontmatter.cache import CacheMemory
from ..frontmatter.reader import Archive, folders_of, no_progress, read_archive
from ..images.pictures import NO_PICTURES, PictureIndex
from ..model import NewsItem, Status
from ..naming.places import NOTHING, Known
from ..output.perform import Performed
from ..pages.newsroom import RoomMemory
from ..running.elsewhere import Elsewhere, Program
from ..running.workers import Workers
from ..setting.values import USUAL_ITEM_URL, ItemUrl
from ..settings import read_settings
from ..text.dates import parse_date
from .known_web import known_web
from .sharing import card_state

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from ..catalogue.ahead import DatePlaces
    from ..catalogue.build import Catalogue
    from ..disk.files import Listing
    from ..frontmatter.mails import KeptMails
    from ..images.own import OwnLook
    from ..settings import DigestSettings
    from .left import Left
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


class Memory:
    """What a process that stays keeps from build to build; a new one whenever the settings are read."""

    def __init__(self) -> None:
        self.items = CacheMemory()
        self.clusters = ClusterMemory()
        self.room = RoomMemory(lasts=True)


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


def read_content(  # noqa: PLR0913 - what a build knows of its content
    settings: DigestSettings,
    *,
    content: Path,
    timezone: str,
    cache: Path | None,
    workers: Workers,
    progress: Callable[[int, int], None],
    memory: Memory | None = None,
    known: Known = NOTHING,
    articles: Mapping[str, str] | None = None,
    listing: Listing | None = None,
) -> Archive:
    """Read the whole content folder that Pelican's settings name; *cache* is Pelican's cache folder, or None."""
    archive = read_archive(
        content,
        timezone=timezone,
        folders=folders_of(settings),
        cache=cache / CACHE_FOLDER if cache else None,
        workers=workers,
        limits=limits_of(settings),
        progress=progress,
        memory=memory.items if memory else None,
        known=known,
        articles=articles,
        listing=listing,
    )
    return archive if settings.item_url == USUAL_ITEM_URL else _moved(archive, settings.item_url, ZoneInfo(timezone))


def _moved(archive: Archive, scheme: str, tz: ZoneInfo) -> Archive:
    """Return *archive* with its items where *scheme* says."""
    url = ItemUrl(scheme)
    days = {item.slug: item.date.astimezone(tz).date() for item in archive.items}
    items = tuple(msgspec.structs.replace(i, address=url.address(i.slug, days[i.slug])) for i in archive.items)
    kept = [] if scheme == USUAL_ITEM_URL else [item for item in items if item.address == item_address(item.slug)]
    hint = "give the file another name"
    said = [
        diagnose("ND143", f"{item.slug}: its page is {item.address}", path=item.source_path, hint=hint) for item in kept
    ]
    return msgspec.structs.replace(archive, items=items, diagnostics=tuple(sorted((*archive.diagnostics, *said))))


def read_as_built(settings: dict[str, Any]) -> Archive:
    """Read the content of a site as its last build did, for whoever builds nothing: under the same slugs.

    Args:
        settings: Pelican's.

    Raises:
        SettingError: A setting of ours cannot be used.
    """
    digest, content = read_settings(settings), Path(settings["PATH"])
    cache = Path(settings["CACHE_PATH"]).absolute() if digest.cache else None
    book = AddressBook(content, cache / CACHE_FOLDER if cache else None)
    return read_content(
        digest,
        content=content,
        timezone=settings.get("TIMEZONE") or "UTC",
        cache=cache,
        workers=Workers(1),
        progress=no_progress,
        memory=settings.get(MEMORY_KEY),
        known=book.known("news"),
        articles=book.slugs_of_articles(),
    )


def make_catalogue(  # noqa: PLR0913 - what a catalogue is made from
    archive: Archive,
    *,
    extra: Sequence[NewsItem],
    settings: DigestSettings,
    timezone: str,
    clock: datetime,
    memory: Memory | None = None,
    cache: Path | None = None,
    known_topics: Known = NOTHING,
    known_stories: Known = NOTHING,
) -> Catalogue:
    """Return the catalogue of *archive* and *extra* (the articles that Pelican read).

    Args:
        clock: What time it is, as :func:`clock_of` has it.
        cache: The folder in which the web of links is kept between builds; None keeps none.
    """
    tz, items = ZoneInfo(timezone), (*archive.items, *extra)
    now = parse_date(settings.now, tz=tz) if settings.now else None
    return build_catalogue(
        items,
        topics=archive.topics,
        providers=archive.providers,
        stories=archive.stories,
        story_reports=settings.story_reports,
        pages_for=PagesFor(settings.pages),
        tz=tz,
        now=now,
        clock=clock,
        memory=memory.clusters if memory else None,
        web=known_web(items, ties=archive.ties, folder=cache),
        known_topics=known_topics,
        known_stories=known_stories,
    )


def clock_of(settings: DigestSettings, *, timezone: str, now: datetime) -> datetime:
    """Return what time it is for this site: what ``DIGEST_NOW`` says, else *now*.

    Raises:
        SettingError: ``DIGEST_NOW`` is not a date.
    """
    if not settings.now:
        return now
    found = parse_date(settings.now, tz=ZoneInfo(timezone))
    if found is None:
        raise SettingError([f"DIGEST_NOW is not a date: {settings.now!r}; write it like 2026-05-03T18:00:00Z"])
    return found


def judge_dates(
    archive: Archive, *, extra: Sequence[NewsItem], content: Path, clock: datetime
) -> tuple[Archive, tuple[NewsItem, ...]]:
    """Return *archive* and *extra* with reports on dates ahead of *clock*, and without later changes and corrections.

    An item that was changed next year would make its feeds the newest of all until then.

    Args:
        extra: The articles that Pelican read.
        content: Pelican's ``PATH``, to name the lines; only files with such dates are read.
    """
    shown = {Status.PUBLISHED, Status.UNPUBLISHED}
    suspects = [i for i in (*archive.items, *extra) if i.status in shown and has_ahead(i, clock=clock)]
    if not suspects:
        return archive, tuple(extra)
    said = [
        diagnostic
        for item in suspects
        for diagnostic in ahead_diagnostics(item, clock=clock, places=_date_places(content / item.source_path))
    ]
    wrong = {item.slug: kept for item in suspects if (kept := without_later(item, clock=clock)) != item}
    judged = msgspec.structs.replace(
        archive,
        items=tuple(wrong.get(item.slug, item) for item in archive.items),
        # By its file alone such an item would be known again when its date has come.
        prints={slug: known for slug, known in archive.prints.items() if slug not in wrong},
        diagnostics=tuple(sorted((*archive.diagnostics, *said))),
    )
    return judged, tuple(wrong.get(item.slug, item) for item in extra)


def judge_mails(mails: KeptMails, *, content: Path, clock: datetime) -> KeptMails:
    """Return *mails* without those that are dated ahead of *clock*, and with a report on each.

    One of them would lead the list of editions, and its feed, until then. Where all are, the clock is wrong.

    Args:
        content: Pelican's ``PATH``, to name the lines.
    """
    ahead = [mail for mail in mails.mails if is_ahead(mail.date, clock=clock)]
    if not ahead:
        return mails
    said = [
        mail_diagnostic(mail.source_path, mail.date, place=_date_places(content / mail.source_path)[0])
        for mail in ahead
    ]
    kept = mails.mails if len(ahead) == len(mails.mails) else tuple(mail for mail in mails.mails if mail not in ahead)
    return msgspec.structs.replace(mails, mails=kept, diagnostics=tuple(sorted((*mails.diagnostics, *said))))


def _date_places(path: Path) -> DatePlaces:
    try:
        return date_places(path.read_text(encoding="utf-8-sig", errors="replace"))
    except OSError:  # gone meanwhile
        return date_places("")


def without_future(items: Iterable[NewsItem], *, now: datetime) -> tuple[NewsItem, ...]:
    """Return *items*, those dated after *now* as drafts: what Pelican's ``WITH_FUTURE_DATES = False`` asks for."""
    return tuple(item if item.date <= now or item.status is not Status.PUBLISHED else _draft(item) for item in items)


def with_unlisted(items: Iterable[NewsItem]) -> tuple[tuple[NewsItem, ...], dict[str, Status]]:
    """Return *items* with drafts and unpublished ones as published, and what those were: for the owner's eyes."""
    given = tuple(items)
    unlisted: dict[str, Status] = {
        item.slug: item.status for item in given if item.status in {Status.DRAFT, Status.UNPUBLISHED}
    }
    shown = (msgspec.structs.replace(i, status=Status.PUBLISHED) if i.slug in unlisted else i for i in given)
    return tuple(shown), unlisted


def _draft(item: NewsItem) -> NewsItem:
    return msgspec.structs.replace(item, status=Status.DRAFT)


def seen_from_here(folder: str | Path) -> str:
    """Return what paths below *folder* begin with for whoever stands in the current folder: ``content/``, or ``""``."""
    try:
        seen = Path(os.path.relpath(folder)).as_posix()
    except ValueError:  # another drive
        seen = Path(folder).as_posix()
    return "" if seen == "." else f"{seen}/"


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
