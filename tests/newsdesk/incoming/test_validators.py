"""What feeds are asked with is kept beside the items, and changes only when they brought something."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from pelican.plugins.news_digest.newsdesk.incoming.feeds import FeedState
from pelican.plugins.news_digest.newsdesk.incoming.sources import Source
from pelican.plugins.news_digest.newsdesk.incoming.validators import NAME, Validators

SOURCE = Source(feed="https://a.example/feed")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a news folder in which something was imported."""
    (tmp_path / ".imported").write_text("", encoding="utf-8")
    return tmp_path


def validators(folder: Path, **values: Any) -> Validators:
    """Return what is kept in *folder*."""
    return Validators(folder, ledger=".imported", **{"days": 14, **values})


def keep(folder: Path, etag: str, *, has_news: bool = True, **values: Any) -> None:
    """Let the source answer with *etag*."""
    kept = validators(folder, **values)
    kept.note(SOURCE, FeedState(feed=SOURCE.feed, etag=etag), has_news=has_news)
    kept.save([SOURCE.feed])


def etag(folder: Path, source: Source = SOURCE, **values: Any) -> str:
    """Return what *source* would be asked with; ``""``: nothing."""
    return validators(folder, **values).ask_for(source).etag


def test_what_brought_nothing_changes_no_file(folder: Path):
    """A host that gives another mark each time makes no commits: only what came with news is written down."""
    keep(folder, "one")
    before = (folder / NAME).stat().st_mtime_ns
    keep(folder, "two", has_news=False)
    assert ("one", before) == (etag(folder), (folder / NAME).stat().st_mtime_ns)
    keep(folder, "three")
    assert "three" == etag(folder)
    keep(folder, "")
    assert "" == etag(folder)


@pytest.mark.parametrize(
    ("expected", "change"),
    [
        ("", {"limit": 3}),
        ("", {"keep": ("ferry",)}),
        ("", {"has_text": True}),
        ("", {"topics": ("Harbour",)}),
        ("one", {"weight": 5, "line": 9, "title": "A", "every_minutes": 5}),
    ],
)
def test_a_source_that_reads_otherwise_is_read_again(folder: Path, expected: str, change: dict[str, Any]):
    """What was left out by the old rules may be wanted by the new ones; weight and pace change no item."""
    keep(folder, "one")
    assert expected == etag(folder, msgspec.structs.replace(SOURCE, **change))
    assert "" == etag(folder, days=30)


def test_without_the_list_of_what_was_imported_all_is_read(folder: Path):
    """Who starts anew by deleting it gets everything that is still in the feeds."""
    keep(folder, "one")
    (folder / ".imported").unlink()
    assert "" == etag(folder)


def test_lines_that_cannot_be_read_and_feeds_that_are_over_go(folder: Path):
    """The marks of a merge lose their lines and nothing else; a dry run writes nothing."""
    keep(folder, "one")
    text = (folder / NAME).read_text("utf-8")
    (folder / NAME).write_text(f"<<<<<<< HEAD\n{text}=======\n{{\n" + text.replace("a.example", "b.example"), "utf-8")
    assert "one" == etag(folder)
    keep(folder, "two", is_dry=True)
    assert "one" == etag(folder)
    keep(folder, "two")
    assert (folder / NAME).read_text("utf-8") == text.replace("one", "two")
