"""Which entries of a feed become files, and what those say: decided from values alone, without a disk or a clock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

import msgspec

from ...frontmatter.body.markdown import video_of
from ...frontmatter.items.compose import moment
from .entries import Entry, Feed, host_of
from .identity import FileLinks, Known, article_key, entry_id
from .sources import Source, says_one_of

# Why an entry is no new file: what the table at the end says.
TOO_OLD: Final = "too old"
OVER_LIMIT: Final = "over the limit"
NOT_KEPT: Final = "not in keep"
DROPPED: Final = "in drop"
NO_TITLE: Final = "no title"
NO_LINK: Final = "no link"
REPEATED: Final = "repeated"
DELETED: Final = "deleted here"
_LEAST_SHARE: Final = 0.6
_LEAST_ENTRIES: Final = 3


class Moment(msgspec.Struct, frozen=True, kw_only=True):
    """When an import runs, and what is too old for it. Both aware."""

    now: datetime
    oldest: datetime


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What a file is to say of an entry.

    Attributes:
        values: Front matter, in order, with all of ``imported`` but its print.
        body: HTML that cannot act; ``""`` for none.
        date: Aware: when it was published, for the file's name.
        links: What the file will be known by.
        path: The file that there is, relative to the content folder; ``""`` for a new one.
        stem: What a new file is called elsewhere; ``""``: it is named by its day and title. One that is there stays.
    """

    values: dict[str, object]
    body: str
    date: datetime
    links: FileLinks
    path: str = ""
    stem: str = ""


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What becomes of the entries of one feed.

    Attributes:
        wanted: New files and those that there are, newest first.
        left_out: Reason → how many entries.
        notes: Reason → how many files that were written have it: dates that were mended, titles that were cut.
    """

    wanted: tuple[Wanted, ...]
    left_out: dict[str, int]
    notes: dict[str, int]


def plan_feed(feed: Feed, source: Source, known: Known, *, at: Moment) -> Plan:
    """Return what is to be written of *feed*. New files are noted in *known*, so that no other feed brings them again.

    Entries are looked at from the newest on, those without a date first, in the feed's order.
    """
    left_out: Counter[str] = Counter()
    notes: Counter[str] = Counter()
    wanted: list[Wanted] = []
    makers = _Makers(feed, source)
    seen: set[str] = set()
    for entry in sorted(feed.entries, key=lambda entry: -_date_s(entry, at.now)):
        reason = _reason(entry, source, at)
        key, own_id = article_key(entry.link), makers.id_of(entry)
        if not reason and (key in seen or own_id in seen):
            reason = REPEATED
        path = "" if reason else known.path_of(key, own_id)
        if not reason and not path and known.has_ended(key, own_id):
            reason = DELETED
        if not reason and len(wanted) >= source.limit:
            reason = OVER_LIMIT
        if reason:
            left_out[reason] += 1
            continue
        seen.update((key, own_id))
        links = FileLinks((key,), own_id)
        wanted.append(makers.wanted(entry, links, path=path, at=at))
        if not path:
            notes.update(_notes(entry, at))
            known.add(f"{key} (new)", links)
    if feed.left_out:
        left_out[OVER_LIMIT] += feed.left_out
    return Plan(wanted=tuple(wanted), left_out=dict(left_out), notes=dict(notes))


def _date_s(entry: Entry, now: datetime) -> int:
    said = entry.published_s if entry.published_s is not None else entry.updated_s
    now_s = int(now.timestamp())
    return now_s if said is None else min(said, now_s)


def _reason(entry: Entry, source: Source, at: Moment) -> str:
    """Return why *entry* is left out, whatever is known of it; ``""``: it is not."""
    if not entry.link:
        return entry.link_problem or NO_LINK
    if not entry.title:
        return NO_TITLE
    if _date_s(entry, at.now) < int(at.oldest.timestamp()):
        return TOO_OLD
    words = f"{entry.title}\n{entry.excerpt}"
    if source.drop and says_one_of(source.drop, words):
        return DROPPED
    if source.keep and not says_one_of(source.keep, words):
        return NOT_KEPT
    return ""


def _notes(entry: Entry, at: Moment) -> Iterator[str]:
    said = entry.published_s if entry.published_s is not None else entry.updated_s
    if said is None:
        yield "without a date, dated now"
    elif said > int(at.now.timestamp()):
        yield "with a date in the future, dated now"
    if entry.is_cut:
        yield "with a title too long, cut"


class _Makers:
    """Who made what a feed links to, and what tells its entries apart: known only when all of them are."""

    def __init__(self, feed: Feed, source: Source) -> None:
        self._feed, self._source = feed, source
        hosts = Counter(host_of(entry.link) for entry in feed.entries if entry.link)
        self._own_hosts = {host_of(feed.site), host_of(source.feed)} - {""}
        most = hosts.most_common(1)
        # A feed that a service hands out (FeedBurner and its like) is of those whom nearly all of it links to.
        if most and most[0][1] >= max(_LEAST_ENTRIES, _LEAST_SHARE * sum(hosts.values())):
            self._own_hosts.add(most[0][0])
        # A feed that gives many entries one guid does not tell them apart by it.
        links: dict[str, set[str]] = {}
        for entry in feed.entries:
            links.setdefault(entry.guid, set()).add(article_key(entry.link))
        self._useless = {guid for guid, keys in links.items() if len(keys) > 1} | {""}

    def id_of(self, entry: Entry) -> str:
        """Return the id of *entry*: by its guid, else by its link."""
        guid = entry.link if entry.guid in self._useless else entry.guid
        return entry_id(self._source.key, guid)

    def wanted(self, entry: Entry, links: FileLinks, *, path: str, at: Moment) -> Wanted:
        """Return what the file of *entry* is to say."""
        date = datetime.fromtimestamp(_date_s(entry, at.now), tz=UTC)
        body = entry.body if self._source.has_text else ""
        is_video = video_of(entry.link) is not None
        values: dict[str, object] = {
            "title": entry.title,
            "excerpt": entry.excerpt,
            "publishedDateTime": moment(date),
        }
        updated_s = entry.updated_s
        if updated_s is not None and date.timestamp() + 60 <= updated_s <= at.now.timestamp():
            values["updatedDateTime"] = moment(datetime.fromtimestamp(updated_s, tz=UTC))
        values["webUrl"] = entry.link
        values["type"] = "video" if is_video else "article"
        lang = entry.lang or self._source.lang or self._feed.lang
        if lang:
            values["locale"] = lang
        name, domain = self._provider(entry)
        values["provider"] = {"name": name, "domain": domain}
        if self._source.topics:
            values["topics"] = list(self._source.topics)
        if entry.pictures:
            values["images"] = [_image(picture) for picture in entry.pictures]
        values["imported"] = {
            "source": self._source.feed,
            "id": links.id,
            "first_seen": moment(at.now),
        }
        return Wanted(values=values, body=body, date=date, links=links, path=path)

    def _provider(self, entry: Entry) -> tuple[str, str]:
        """Return the name and the domain of who published *entry*: an aggregator is not who did."""
        host = host_of(entry.link)
        own = self._source.title or self._feed.title or host
        source_host = host_of(entry.source_link)
        if source_host and source_host != host and host in self._own_hosts:
            return entry.source_name or source_host, source_host
        if any(_are_one(host, other) for other in self._own_hosts):
            return own, host
        return (entry.source_name if _are_one(host, source_host) and entry.source_name else host), host


def _are_one(host: str, other: str) -> bool:
    """Whether two hosts belong to one site: one of them lies below the other."""
    return bool(host and other) and (host == other or host.endswith(f".{other}") or other.endswith(f".{host}"))


def _image(picture: object) -> dict[str, object]:
    values = msgspec.to_builtins(picture)
    return {key: value for key, value in values.items() if value or key == "url"}
