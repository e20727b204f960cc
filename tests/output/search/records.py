"""What can be found, in one line each."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

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
