"""The same articles as RSS 2.0, Atom, RSS 1.0 and JSON Feed; one feed says a charset that it does not have."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from tools.demo_feeds.town import DAYS, SMOKE, SOURCES, articles

from pelican.plugins.news_digest.text.plain import slugify

if TYPE_CHECKING:
    from tools.demo_feeds.town import Entry, Source

_ATOM = "http://www.w3.org/2005/Atom"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


def feed_of(source: Source, *, day: int, today: date) -> tuple[str, bytes]:
    """Return media type and bytes of a feed.

    Args:
        day: How much has happened, 1 to 3.
        today: The third day.
    """
    entries = [(entry, _moment(entry, today), _link(entry, source)) for entry in articles(source, day=day)]
    titles = [_title(entry, day) for entry, _, _ in entries]
    if source.form == "json":
        return "application/feed+json", _json(source, entries, titles)
    if source.form in {"atom", "moved"}:
        return "application/atom+xml; charset=utf-8", _atom(source, entries, titles).encode()
    if source.form == "rdf":
        return "application/rdf+xml; charset=utf-8", _rdf(source, entries, titles).encode()
    charset = "windows-1252" if source.form == "wrong-charset" else "utf-8"
    # Header and declaration say UTF-8 whatever it is: that is the fault.
    return "application/rss+xml; charset=utf-8", _rss(source, entries, titles).encode(charset, "xmlcharrefreplace")


_Written = tuple["Entry", datetime, str]


def _moment(entry: Entry, today: date) -> datetime:
    clock = time.fromisoformat(entry.clock)
    return datetime.combine(today - timedelta(days=DAYS - entry.day), clock, tzinfo=UTC)


def _link(entry: Entry, source: Source) -> str:
    return entry.link or f"https://{source.host}/{slugify(entry.title)}"


def _title(entry: Entry, day: int) -> str:
    return entry.later if entry.later and day > entry.day else entry.title


def _rss(source: Source, entries: list[_Written], titles: list[str]) -> str:
    items = "".join(
        f"<item><title>{escape(title)}</title><link>{escape(link)}</link>"
        f'<guid isPermaLink="false">{source.host}/{slugify(entry.title)}</guid>'
        f"<pubDate>{format_datetime(moment, usegmt=True)}</pubDate>"
        f"<description>{escape(f'<p>{escape(entry.text)}</p>')}</description></item>\n"
        for (entry, moment, link), title in zip(entries, titles, strict=True)
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel><title>{escape(source.name)}</title>'
        f"<link>https://{source.host}/</link><description>{escape(source.name)}</description>"
        f"<language>en</language>\n{items}</channel></rss>\n"
    )


def _atom(source: Source, entries: list[_Written], titles: list[str]) -> str:
    items = "".join(
        f"<entry><id>tag:{source.host},2026:{slugify(entry.title)}</id><title>{escape(title)}</title>"
        f'<link rel="alternate" href="{escape(link)}"/><published>{moment.isoformat()}</published>'
        f"<updated>{moment.isoformat()}</updated><summary>{escape(entry.text)}</summary></entry>\n"
        for (entry, moment, link), title in zip(entries, titles, strict=True)
    )
    newest = max((moment for _, moment, _ in entries), default=datetime.min.replace(tzinfo=UTC))
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="{_ATOM}" xml:lang="en"><id>https://{source.host}/</id>'
        f'<title>{escape(source.name)}</title><link href="https://{source.host}/"/>'
        f"<updated>{newest.isoformat()}</updated>\n{items}</feed>\n"
    )


def _rdf(source: Source, entries: list[_Written], titles: list[str]) -> str:
    items = "".join(
        f'<item rdf:about="{escape(link)}"><title>{escape(title)}</title><link>{escape(link)}</link>'
        f"<dc:date>{moment.isoformat()}</dc:date><description>{escape(entry.text)}</description></item>\n"
        for (entry, moment, link), title in zip(entries, titles, strict=True)
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<rdf:RDF xmlns:rdf="{_RDF}" xmlns="http://purl.org/rss/1.0/" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://{source.host}/">'
        f"<title>{escape(source.name)}</title><link>https://{source.host}/</link>"
        f"<description>{escape(source.name)}</description></channel>\n{items}</rdf:RDF>\n"
    )


def _json(source: Source, entries: list[_Written], titles: list[str]) -> bytes:
    items = [
        {
            "id": f"{source.host}/{slugify(entry.title)}",
            "url": link,
            "title": title,
            "content_text": entry.text,
            "date_published": moment.isoformat(),
        }
        for (entry, moment, link), title in zip(entries, titles, strict=True)
    ]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": source.name,
        "home_page_url": f"https://{source.host}/",
        "language": "en",
        "items": items,
    }
    return json.dumps(feed, ensure_ascii=False, indent=1).encode()


def sources_yaml(base: str) -> str:
    """Return a ``sources.yaml`` that names every feed below *base*."""
    lines = ["# Who tells what happens in Port Ellery. Served by `make demo-feeds`."]
    for source in SOURCES:
        lines.append(f"- feed: {base}{source.file}")
        lines.append(f"  topics: [{', '.join(('Port Ellery', *source.topics))}]")
        lines += ["  drop: [sponsored]"] if source.file == SMOKE else []
    return "\n".join([*lines, ""])
