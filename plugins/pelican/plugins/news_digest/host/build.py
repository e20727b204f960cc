"""What a build is made from: the archive, read and judged, and the catalogue of it. Its state is :mod:`.state`'s."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import msgspec

from ..catalogue.ahead import (
    DatePlaces,
    ahead_diagnostics,
    date_places,
    has_ahead,
    is_ahead,
    mail_diagnostic,
    without_later,
)
from ..catalogue.build import Catalogue, PagesFor, build_catalogue
from ..disk.files import Listing, item_address
from ..disk.limits import limits_of
from ..errors import SettingError, diagnose
from ..frontmatter.addresses import AddressBook
from ..frontmatter.reader import Archive, folders_of, no_progress, read_archive
from ..model import NewsItem, Status
from ..naming.places import NOTHING, Known
from ..running.workers import Workers
from ..setting.values import USUAL_ITEM_URL, ItemUrl
from ..settings import DigestSettings, read_settings
from ..text.dates import parse_date
from .memory import Memory
from .state import (
    CACHE_FOLDER,
    CONTEXT_KEY,
    MEMORY_KEY,
    PREVIEW_KEY,
    TAR_KEY,
    Build,
    Shows,
    elsewhere_of,
    placed,
    seen_from_here,
    utc_now,
)

if TYPE_CHECKING:
    from ..disk.sealed import Answers
    from ..frontmatter.mails import KeptMails

# With what other rooms ask of the state of a build: this is their door.
__all__ = [
    "CACHE_FOLDER", "CONTEXT_KEY", "MEMORY_KEY", "PREVIEW_KEY", "TAR_KEY", "Build", "Memory", "Shows", "clock_of",
    "elsewhere_of", "judge_dates", "judge_mails", "make_catalogue", "placed", "read_as_built", "read_content",
    "seen_from_here", "utc_now", "with_unlisted", "without_future",
]  # fmt: skip


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
    answers: Answers | None = None,
    known_topics: Known = NOTHING,
    known_stories: Known = NOTHING,
) -> Catalogue:
    """Return the catalogue of *archive* and *extra* (the articles that Pelican read).

    Args:
        clock: What time it is, as :func:`clock_of` has it.
        answers: What the last build has left; None: nothing.
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
        ties=archive.ties,
        answers=answers,
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
