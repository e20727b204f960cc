"""Ranking: the score, the bands and the one total order."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pelican.plugins.news_digest.catalogue.ranking import (
    band_of,
    by_heat,
    by_score,
    heat_thresholds,
    newest_first,
    score,
)
from pelican.plugins.news_digest.model import Curated, NewsItem
from tests.builders import make_date, make_item

NOW = make_date("2026-05-01T12:00")


def aged(hours: float, heat: int, slug: str = "a") -> NewsItem:
    """Return an item that is *hours* old."""
    moment = NOW - timedelta(hours=hours)
    return make_item(slug, heat=heat, date=moment.replace(tzinfo=None).isoformat())


@pytest.mark.parametrize(
    ("expected", "heat", "hours"),
    [
        (0.0, 0, 0),
        (1.0, 1, 0),
        (10.0, 1023, 0),
        (9.0, 1023, 12),
        (-2.0, 0, 24),
        (0.0, -1, 0),
        (1.0, 0, -12),
    ],
)
def test_score_is_the_logarithm_of_heat_less_age(expected: float, heat: int, hours: int):
    """log2(1 + heat) less one point for each twelve hours; heat below zero counts as zero."""
    assert expected == score(aged(hours, heat), now=NOW)


def test_big_story_beats_a_small_one_for_about_sixty_hours():
    """A story of heat 3,694 stays above one of heat 106 for about 60 hours, then yields."""
    small = aged(0, 106, "small")
    assert ["big", "small"] == [item.slug for item in by_score([small, aged(60, 3694, "big")], now=NOW)]
    assert ["small", "big"] == [item.slug for item in by_score([small, aged(62, 3694, "big")], now=NOW)]


def test_equal_scores_prefer_the_newer_then_the_slug():
    """Ties are broken the same way in every build."""
    items = [aged(0, 0, "b"), aged(12, 1, "old"), aged(0, 0, "a")]
    assert ["a", "b", "old"] == [item.slug for item in by_score(items, now=NOW)]


def test_newest_first_breaks_ties_by_slug():
    """Two items of one moment stand in the order of their slugs."""
    items = [make_item("b"), make_item("a"), make_item("c", date="2026-05-02")]
    assert ["c", "a", "b"] == [item.slug for item in sorted(items, key=newest_first)]


def test_hottest_first_breaks_ties_by_date_then_slug():
    """Of equally hot items the newer stands first."""
    items = [
        make_item("b", heat=5),
        make_item("a", heat=5),
        make_item("n", heat=5, date="2026-05-02"),
        make_item("h", heat=6),
    ]
    assert ["h", "n", "a", "b"] == [item.slug for item in by_heat(items)]


def test_bands_are_percentiles_of_the_site():
    """The top twentieth and the top quarter get a band, on whatever scale the site's heat is."""
    for scale in (1, 35):
        items = [aged(1, heat * scale, str(heat)) for heat in range(1, 101)]
        thresholds = heat_thresholds(items, now=NOW)
        bands = [band_of(item.heat, thresholds) for item in items]
        assert (5, 20, 75) == (bands.count(3), bands.count(2), bands.count(1))


def test_fewer_than_twenty_items_have_no_bands():
    """Nineteen numbers make no percentile; twenty do."""
    items = [aged(1, heat, str(heat)) for heat in range(20)]
    assert () == heat_thresholds(items[:19], now=NOW)
    assert 2 == len(heat_thresholds(items, now=NOW))
    assert 0 == band_of(10**6, ())


def test_bands_look_at_the_trailing_year_only():
    """What is older than 365 days, or lies in the future, does not raise the bar."""
    recent = [aged(1, heat, str(heat)) for heat in range(1, 21)]
    old = [aged(24 * 365 + 1, 10**6, f"old-{number}") for number in range(50)]
    future = [aged(-1, 10**6, f"future-{number}") for number in range(50)]
    assert heat_thresholds(recent, now=NOW) == heat_thresholds([*recent, *old, *future], now=NOW)


def test_item_of_exactly_one_year_counts():
    """The window's first moment belongs to it."""
    items = [aged(24 * 365, heat, str(heat)) for heat in range(20)]
    assert () != heat_thresholds(items, now=NOW)


def test_year_of_few_items_has_no_bands_however_large_the_archive():
    """Twenty old items and nineteen recent ones make no bands."""
    items = [aged(1, 1, f"new-{number}") for number in range(19)] + [aged(24 * 400, 1, f"o-{n}") for n in range(20)]
    assert () == heat_thresholds(items, now=NOW)


def test_what_is_pinned_comes_first():
    """In every order, whatever heat and age say; of two pins the formula decides."""
    pinned = [make_item(slug, heat=heat, curated=Curated(pin=True)) for slug, heat in (("a", 1), ("b", 2))]
    items = [make_item("hot", heat=900), *pinned]
    assert ["b", "a", "hot"] == [item.slug for item in by_score(items, now=NOW)]
    assert ["b", "a", "hot"] == [item.slug for item in by_heat(items)]
