"""The published items as CSV and as a database."""

from __future__ import annotations

import csv
import io
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from typing import Any

import pytest

from pelican.plugins.news_digest.model import NewsItem, Status
from pelican.plugins.news_digest.pages.machines.datasets import COLUMNS, plan_data_page, plan_datasets
from pelican.plugins.news_digest.pages.plans import FilePlan, made
from tests.builders import make_item
from tests.pages.rooms import make_room
from tests.pages.stories.telling import report

REPORTS = (report("a", "2026-05-01", title="A", heat=9), report("b", "2026-05-02"))


def files_of(items: Sequence[NewsItem], **values: Any) -> dict[str, bytes]:
    """Return the two files."""
    plans = map(made, plan_datasets(make_room(items, has_data=True, **values)))
    return {plan.save_as: plan.data for plan in plans if isinstance(plan, FilePlan)}


def rows_of(items: Sequence[NewsItem], **values: Any) -> list[dict[str, str]]:
    """Return the lines of the CSV file."""
    return list(csv.DictReader(io.StringIO(files_of(items, **values)["data/items.csv"].decode(), newline="")))


def ask(data: bytes, question: str) -> list[tuple[Any, ...]]:
    """Return what the database answers."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(data)
        return database.execute(question).fetchall()


def test_nothing_is_offered_unasked():
    """A site that did not choose it has neither file."""
    assert [] == list(plan_datasets(make_room([make_item("a")])))


def test_each_column_is_explained():
    """The page and the file name the same columns in the same order."""
    view = plan_data_page(make_room([make_item("a")], has_data=True)).view
    assert COLUMNS == tuple(column.name for column in view.columns)
    assert set(COLUMNS) == rows_of([make_item("a")])[0].keys()
    assert all(column.meaning for column in view.columns)


def test_only_published_items_are_in_it():
    """An archive that shows all its pages keeps what was never published out of what it gives away."""
    items = [make_item("a"), make_item("b", status=Status.UNPUBLISHED), make_item("c", status=Status.REMOVED)]
    files = files_of(items, pages="all")
    assert [("a",)] == ask(files["data/items.sqlite"], "select id from items")
    assert ["a"] == [row["id"] for row in rows_of(items, pages="all")]


def test_reports_of_a_story_share_its_name():
    """In both files, with the story in a table of its own."""
    assert 1 == len({row["story"] for row in rows_of(REPORTS)} - {""})
    found = ask(
        files_of(REPORTS)["data/items.sqlite"],
        "select stories.page, count(*) from items join stories on story = stories.id",
    )
    assert [(f"https://tiny.example/stories/{rows_of(REPORTS)[0]['story']}/", 2)] == found


def test_topics_are_a_table_of_their_own():
    """With the name that pages show."""
    data = files_of([make_item("a", topics=("Harbour", "Town Hall"))])["data/items.sqlite"]
    joined = "select name from item_topics join topics on topics.id = topic where item = 'a' order by name"
    assert [("Harbour",), ("Town Hall",)] == ask(data, joined)


@pytest.mark.parametrize("title", ["=cmd|' /C calc'!A0", "+1", "-1", "@x", "\t=1"])
def test_no_text_is_a_formula(title: str):
    """A spreadsheet shows what a stranger wrote, and runs none of it."""
    assert not rows_of([make_item("a", title=title)])[0]["title"].startswith(("=", "+", "-", "@", "\t"))


@pytest.mark.parametrize("title", ['A "quote", a comma', "two\nlines", "日本語 עברית", "a;b"])
def test_texts_come_back_as_they_were(title: str):
    """Whatever marks they hold."""
    assert title == rows_of([make_item("a", title=title)])[0]["title"]
    assert [(title,)] == ask(files_of([make_item("a", title=title)])["data/items.sqlite"], "select title from items")


def test_database_is_sound_and_the_same_whatever_the_order():
    """The same content gives the same bytes; each reference leads somewhere."""
    data = files_of(REPORTS)["data/items.sqlite"]
    assert data == files_of(REPORTS[::-1])["data/items.sqlite"]
    assert [("ok",)] == ask(data, "pragma integrity_check")
    assert [] == ask(data, "pragma foreign_key_check")
    assert (3_040_000).to_bytes(4, "big") == data[96:100]
