"""The archive in numbers is counted, not guessed."""

from __future__ import annotations

from pathlib import Path

from tests.builders import front_matter
from tests.checks.archives import report_of


def test_numbers(tmp_path: Path):
    """Statuses, dates, keys, related entries, pictures, sources and topics of a small archive."""
    related = "\n  - title: B\n    webUrl: https://post.example/b\n  - title: C\n    webUrl: https://c.example/"
    back = "\n  - title: A\n    webUrl: https://post.example/a/"
    files = {
        "news/a.md": front_matter(related=related, images="\n  - url: https://post.example/1.jpg\n    title: One"),
        "news/b.md": front_matter(
            webUrl="https://post.example/b", related=back, published="false", publishedDateTime="2026-04-01T00:00:00Z"
        ),
        "news/c.md": front_matter(
            webUrl="https://x.example/", removed="true", publishedDateTime="2020-01-01T08:00:00Z"
        ),
        "news/d.md": front_matter(webUrl="https://y.example/", provider="", locale="ar", topics="\n  - Sea"),
        "topics/harbour.yaml": "name: Harbour\n",
        "providers/post.example.md": "---\ndomain: post.example\n---\n",
    }
    found = report_of(tmp_path, files).summary
    assert {"published": 2, "removed": 1, "unpublished": 1} == found.statuses
    assert {"": 3, "ar": 1} == found.languages
    assert ("2026-04-01", "2026-05-01") == (found.first and f"{found.first:%F}", found.last and f"{found.last:%F}")
    assert (4, 3) == (found.keys["title"], found.keys["provider"])
    assert (2, 3, 2, 2, 2) == (
        found.related.files, found.related.entries, found.related.most, found.related.in_archive, found.related.mutual
    )  # fmt: skip
    assert (1, 0, 1, 1) == (
        found.pictures.items, found.pictures.items_with_several, found.pictures.titles, found.pictures.published_without
    )  # fmt: skip
    assert (2, 1, 1, 3, (("post.example", 3), ("y.example", 1))) == (
        found.providers.domains, found.providers.records, found.providers.records_in_use,
        found.providers.items_with_record, found.providers.leading,
    )  # fmt: skip
    assert ({"Harbour": 2, "Sea": 1}, ("Sea",)) == (found.topics, found.topics_without_record)
    assert (1, 1) == (found.midnight, found.active_days)
    assert () == found.bands


def test_bands_appear_when_there_is_enough_to_rank(tmp_path: Path):
    """Each band has its threshold and its items; together they are all listed items."""
    files = {
        f"news/{n}.md": front_matter(webUrl=f"https://post.example/{n}", heat=str(n), quality=str(n)) for n in range(40)
    }
    bands = report_of(tmp_path, files).summary.bands
    assert [(3, 38, 2), (2, 30, 8), (1, 0, 30)] == [(band.band, band.lowest_heat, band.items) for band in bands]
