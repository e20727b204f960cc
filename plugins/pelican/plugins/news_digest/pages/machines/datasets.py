"""The published items as tables: ``data/items.csv``, ``data/items.sqlite``, and ``/data/``, which explains them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import TYPE_CHECKING, Final

from ...model import NewsItem, Status
from ..dates import iso
from ..feeds.page import DATA
from ..plans import FilePlan, PagePlan, Promise, page_file
from ..site import head
from ..views.base import LinkView
from ..views.tools import DataColumnView, DataView

if TYPE_CHECKING:
    from ..newsroom import Newsroom

CSV: Final = "data/items.csv"
SQLITE: Final = "data/items.sqlite"
COLUMNS: Final = (
    "id", "date", "title", "excerpt", "url", "page", "source", "source_name", "topics", "story", "type", "language",
    "heat",
)  # fmt: skip
# What a spreadsheet takes for the beginning of a formula: https://owasp.org/www-community/attacks/CSV_Injection
_FORMULA: Final = tuple("=+-@\t\r")
_SCHEMA: Final = """
PRAGMA page_size = 4096;
PRAGMA encoding = 'UTF-8';
CREATE TABLE sources (id TEXT PRIMARY KEY, name TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE topics (id TEXT PRIMARY KEY, name TEXT NOT NULL, parent TEXT REFERENCES topics (id)) WITHOUT ROWID;
CREATE TABLE stories (id TEXT PRIMARY KEY, title TEXT NOT NULL, page TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE items (
    id TEXT PRIMARY KEY, date TEXT NOT NULL, title TEXT NOT NULL, excerpt TEXT NOT NULL, url TEXT NOT NULL,
    page TEXT NOT NULL, source TEXT REFERENCES sources (id), story TEXT REFERENCES stories (id), type TEXT NOT NULL,
    language TEXT NOT NULL, heat INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE item_topics (
    item TEXT NOT NULL REFERENCES items (id), topic TEXT NOT NULL REFERENCES topics (id), PRIMARY KEY (item, topic)
) WITHOUT ROWID;
CREATE INDEX items_date ON items (date);
CREATE INDEX items_source ON items (source);
CREATE INDEX items_story ON items (story);
CREATE INDEX item_topics_topic ON item_topics (topic);
"""
# Where the head of a database tells how often it was written (three times) and by which SQLite, and what it tells here:
# https://www.sqlite.org/fileformat.html
_WRITER: Final = ((24, 1), (40, 1), (92, 1), (96, 3_040_000))


def plan_datasets(room: Newsroom) -> Iterator[Promise]:
    """Yield the two files; nothing where the owner wants none."""
    if not room.choices.has_data:
        return
    items = tuple(item for item in room.catalogue.published if item.status is Status.PUBLISHED)
    yield _promise(room, CSV, items, csv_of)
    yield _promise(room, SQLITE, items, sqlite_of)


def _promise(
    room: Newsroom, save_as: str, items: tuple[NewsItem, ...], encode: Callable[[Newsroom, tuple[NewsItem, ...]], bytes]
) -> Promise:
    stories = tuple((told.address, told.title) for told in room.told.all)
    return Promise(
        save_as=save_as,
        facts=lambda: room.facts.joined(room.facts.items(items), stories),
        make=lambda: FilePlan(save_as=save_as, data=encode(room, items)),
    )


def csv_of(room: Newsroom, items: tuple[NewsItem, ...]) -> bytes:
    """Return *items* as CSV (RFC 4180, UTF-8), with :data:`COLUMNS` in its first line.

    A text that a spreadsheet would run as a formula begins with ``'``: strangers wrote it.
    """
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    names = {domain: provider.name for domain, provider in room.catalogue.providers.items()}
    topics = room.catalogue.taxonomy.topics
    for item in items:
        row = _row(room, item)
        source = row.pop("source") or ""
        named = "; ".join(topics[topic_id].name for topic_id in room.catalogue.topic_ids[item.slug])
        cells = row | {"source": source, "source_name": names.get(str(source), ""), "topics": named}
        writer.writerow(_harmless(cells[column]) for column in COLUMNS)
    return text.getvalue().encode()


def plan_data_page(room: Newsroom) -> PagePlan:
    """Return ``/data/``."""
    crumb = LinkView(text=room.say("Data"), href=DATA)
    meanings = {
        "id": room.say("What the item’s address on this site ends with"),
        "date": room.say("When it was published (UTC)"),
        "title": room.say("Its headline"),
        "excerpt": room.say("Its first sentences"),
        "url": room.say("The report at its source"),
        "page": room.say("Its page on this site"),
        "source": room.say("The domain of its source"),
        "source_name": room.say("The name of its source"),
        "topics": room.say("The names of its topics"),
        "story": room.say("What reports of the same story share"),
        "type": room.say("What it is: an article, a video …"),
        "language": room.say("The language it is written in"),
        "heat": room.say("How it is ranked: more is higher"),
    }
    return PagePlan(
        save_as=page_file(DATA),
        template="data.html",
        view=DataView(
            head=head(room.site, title=room.say("Data"), address=DATA, breadcrumbs=(crumb,)),
            breadcrumbs=(crumb,),
            csv=CSV,
            sqlite=SQLITE,
            columns=tuple(DataColumnView(name=name, meaning=meanings[name]) for name in COLUMNS),
        ),
    )


def _harmless(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def sqlite_of(room: Newsroom, items: tuple[NewsItem, ...]) -> bytes:
    """Return *items*, their sources, topics and stories as a database; the same bytes for the same content."""
    from sqlite3 import connect  # noqa: PLC0415 - for the few sites that offer tables

    catalogue = room.catalogue
    rows = sorted((_row(room, item) for item in items), key=lambda row: str(row["id"]))
    told = sorted({found.story.id: found for item in items if (found := room.told.of(item.slug))}.items())
    domains = sorted({str(row["source"]) for row in rows if row["source"]})
    with closing(connect(":memory:", isolation_level=None)) as database:
        database.executescript(_SCHEMA)
        database.execute("BEGIN")
        database.executemany("INSERT INTO sources VALUES (?, ?)", [(d, catalogue.providers[d].name) for d in domains])
        database.executemany(
            "INSERT INTO topics VALUES (?, ?, ?)",
            [(topic.id, topic.name, topic.parent or None) for _, topic in sorted(catalogue.taxonomy.topics.items())],
        )
        database.executemany(
            "INSERT INTO stories VALUES (?, ?, ?)",
            [(story_id, found.title, room.site.absolute(found.address)) for story_id, found in told],
        )
        database.executemany(
            "INSERT INTO items VALUES "
            "(:id, :date, :title, :excerpt, :url, :page, :source, :story, :type, :language, :heat)",
            rows,
        )
        database.executemany(
            "INSERT INTO item_topics VALUES (?, ?)",
            sorted((item.slug, topic_id) for item in items for topic_id in catalogue.topic_ids[item.slug]),
        )
        database.execute("COMMIT")
        database.execute("VACUUM")
        data = bytearray(database.serialize())
    for start, number in _WRITER:
        data[start : start + 4] = number.to_bytes(4, "big")
    return bytes(data)


def _row(room: Newsroom, item: NewsItem) -> dict[str, str | int | None]:
    told = room.told.of(item.slug)
    return {
        "id": item.slug,
        "date": iso(item.date),
        "title": item.title,
        "excerpt": item.excerpt,
        "url": item.url,
        "page": room.site.absolute(item.address) if item.slug in room.catalogue.paged else "",
        "source": room.catalogue.provider_of.get(item.slug) or None,
        "story": told.story.id if told else None,
        "type": item.type.value,
        "language": item.lang or room.site.lang,
        "heat": item.heat,
    }
