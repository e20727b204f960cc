"""What can be found, in one line each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from pelican.plugins.news_digest.disk.files import digest_of
from pelican.plugins.news_digest.output.search.index import SearchIndex
from pelican.plugins.news_digest.output.search.program import find_pagefind
from pelican.plugins.news_digest.pages.own.tools import Findable, SearchCard, SearchRecord

needs_pagefind = pytest.mark.skipif(
    find_pagefind() is None, reason="Pagefind is not installed (pip install -e '.[search]')"
)


def record(address: str = "news/a/", **values: Any) -> SearchRecord:
    """Return a record; what a test does not name is unremarkable."""
    defaults: dict[str, Any] = {
        "title": f"Title of {address}",
        "text": "<p>Some words.</p>",
        "words": "The Post, Harbour",
        "filters": {"topic": ("harbour", "port")},
        "date": "2026-05-01T08:00:00Z",
        "card": SearchCard(href=address),
    }
    return SearchRecord(address=address, **{**defaults, **values})


def findable(record: SearchRecord, facts: bytes = b"") -> Findable:
    """Return *record* as it is promised, of its own date."""
    since = datetime.fromisoformat(record.date).timestamp() if record.date else 0.0
    return Findable(address=record.address, since=since, facts=facts, make=lambda: record)


def index_of(findables: Iterable[Findable], cache: Path | None = None, lang: str = "en") -> SearchIndex:
    """Return the index of *findables* to be."""
    tool = find_pagefind()
    assert tool is not None
    return SearchIndex(findables, lang=lang, tool=tool, cache=cache)


def make(findables: Iterable[Findable], cache: Path | None = None, lang: str = "en") -> dict[str, bytes]:
    """Return what is in the files of the index of *findables*."""
    return bytes_of(index_of(findables, cache, lang))


def bytes_of(index: SearchIndex) -> dict[str, bytes]:
    """Return what is in the files of *index*, which are what they are said to be."""
    files = {name: (file.digest, file.make()) for name, file in index.files().items()}
    assert all(digest == digest_of(data) for digest, data in files.values())
    return {name: data for name, (_, data) in files.items()}
