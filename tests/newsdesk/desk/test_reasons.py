"""Why a story is where it is: line by line, and only where ranking says so."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from pelican.plugins.news_digest.model import Curated
from pelican.plugins.news_digest.newsdesk.desk.reasons import Reasons
from pelican.plugins.news_digest.newsdesk.desk.shelf import make_shelf
from pelican.plugins.news_digest.newsdesk.ranking.quality import points_of
from tests.builders import make_date, make_item, make_provider_ref

FEED = "https://radio.example/feed.xml"


@dataclass(frozen=True)
class Said:
    """What a site says of quality."""

    quality: tuple[str, ...] = ()
    weights: dict[str, int] = field(default_factory=dict)

    def of(self, **values: Any) -> tuple[str, ...]:
        """Return the lines for an item, which leads a story of two."""
        lead = make_item("a", story="s", title="A headline of some length", **values)
        other = make_item("b", story="s", date="2026-05-01T09:00", provider=make_provider_ref("other.example"))
        group = make_shelf([lead, other], now=make_date("2026-05-03")).group_of("a")
        return Reasons(points=points_of(self.quality), weights=self.weights).of(group)


def test_the_lines_are_those_of_ranking():
    """They sum up to the quality that is shown."""
    found = Said().of(quality=65, heat=85)
    assert ("+50 every item", "+10 a headline of good length", "+5 the first report of its story") == found


def test_what_a_site_changes_counts():
    """Its own points, and the weight of the feed."""
    found = Said(quality=("start=40",), weights={FEED: -7}).of(quality=48, heat=85, imported_from=FEED)
    assert "+40 every item" in found
    assert "−7 the weight of its source" in found


@pytest.mark.parametrize("values", [{"quality": 12}, {"quality": 65, "curated": Curated(quality=65)}])
def test_what_somebody_said_needs_no_sum(values: dict[str, Any]):
    """A quality that a file or a person says has no lines."""
    assert () == Said().of(heat=90, **values)


def test_a_source_of_headlines_alone_is_told():
    """What ranking adds because the source has nothing else is a line of the sum."""
    assert "+15 no excerpt, as with everything of its source" in Said().of(quality=80, imported_from=FEED)
