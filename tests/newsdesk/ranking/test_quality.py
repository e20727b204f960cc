"""Quality is a sum that anybody can follow."""

from __future__ import annotations

from typing import Any

import pytest

from pelican.plugins.news_digest.errors import SettingError
from pelican.plugins.news_digest.model import ImageRef
from pelican.plugins.news_digest.newsdesk.ranking.quality import points_of, quality_parts, terse_sources, total
from tests.builders import make_item

USUAL = points_of(())
GOOD = "Night ferry to run from June"


def quality(**values: Any) -> int:
    """Return the quality of an item that is unremarkable but for *values*."""
    return total(quality_parts(make_item(**{"title": GOOD, **values}), points=USUAL))


@pytest.mark.parametrize(
    ("more", "values"),
    [
        (15, {"excerpt": "The harbour board has approved it, with a boat each hour until dawn."}),
        (0, {"excerpt": "Read more"}),
        (15, {"excerpt": "港湾委員会は夜間フェリーを承認した。夜明けまで毎時一便が出る見込みだ。"}),
        (10, {"images": (ImageRef(url="/images/a.jpg"),)}),
        (5, {"body": "<p>Text</p>"}),
        (-10, {"title": "Ferry"}),
        (0, {"title": "夜間フェリー、六月から運航"}),
        (-10, {"title": "Ferry " * 30}),
        (-15, {"title": "NIGHT FERRY TO RUN FROM JUNE"}),
        (-15, {"title": "Night ferry to run from June!!"}),
        (0, {"title": "NATO and EU agree on USB-C in Port Ellery"}),
        (0, {"title": "10 ferries that changed the world"}),
        (0, {"title": "Ночной паром начнёт ходить в июне"}),
    ],
)
def test_what_counts(more: int, values: dict[str, Any]):
    """Each thing counts as much as the documentation says, in every script."""
    assert 60 + more == quality(**values)


def test_settings_change_what_counts():
    """A site may count what is off by default, or count it more."""
    points = points_of(["listicle=-20", "picture: 30", "start 40"])
    assert 30 == total(quality_parts(make_item(title="10 ferries that changed the world"), points=points))


def test_the_sum_has_bounds():
    """No weight lifts an item above 100 or below 0."""
    item = make_item(title=GOOD)
    assert 100 == total(quality_parts(item, points=USUAL | {"start": 90}, weight=50))
    assert 0 == total(quality_parts(item, points=USUAL | {"start": 0}, weight=-50))


@pytest.mark.parametrize(
    ("text", "said"),
    [("pictures=20", "did you mean picture"), ("xyz=1", "it is one of start"), ("picture", "'picture'")],
)
def test_what_counts_for_nothing_is_said(text: str, said: str):
    """A name that does not exist, and one without a number, stop the command."""
    with pytest.raises(SettingError, match=said):
        points_of([text])


def test_what_no_item_of_a_source_has_is_missed_by_none():
    """A feed of headlines alone has its items published; one that forgot an excerpt once has not."""
    terse = [make_item(f"t{n}", title=GOOD, excerpt="Comments", imported_from="https://t.example/") for n in range(9)]
    rich = [make_item(f"r{n}", title=GOOD, excerpt="A" * 80, imported_from="https://r.example/") for n in range(9)]
    bare = make_item("bare", title=GOOD, imported_from="https://r.example/")
    own = make_item("own", title=GOOD)
    assert frozenset(["https://t.example/"]) == terse_sources([*terse, *rich, bare, own])
    assert 75 == total(quality_parts(terse[0], points=USUAL, is_terse=True))
    assert 75 == total(quality_parts(rich[0], points=USUAL, is_terse=True))
    assert 60 == total(quality_parts(terse[0], points=points_of(["headlines=0"]), is_terse=True))
