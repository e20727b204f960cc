"""How hot a story is, who leads it, and what is published of it."""

from __future__ import annotations

from datetime import UTC
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from pelican.plugins.news_digest.model import Curated, NewsItem, Ranked, Status
from pelican.plugins.news_digest.newsdesk.ranking.heat import (
    Heat,
    heat_by_links,
    heat_of_one,
    heat_of_story,
    published,
)
from tests.builders import make_item, make_link, make_provider_ref

QUALITY = {"a": 60, "b": 80, "c": 80, "d": 90}


def report(slug: str, *, source: str = "", **values: Any) -> NewsItem:
    """Return a report of a source of its own, unless *source* says whose."""
    return make_item(slug, provider=make_provider_ref(f"{source or slug}.example"), **values)


def heats(*reports: NewsItem, **more: Any) -> dict[str, int]:
    """Return slug → heat."""
    return {slug: heat.heat for slug, heat in heat_of_story(reports, quality=QUALITY, **more).items()}


def test_the_best_leads_and_of_equals_the_first_name():
    """Its heat is its quality and 20 for each other source; one site has one vote."""
    assert {"a": -1, "b": 120, "c": -1} == heats(report("a"), report("b"), report("c"))
    assert {"b": 80, "c": -1} == heats(report("b", source="x"), report("c", source="x"))


@pytest.mark.parametrize(
    ("leader", "values"),
    [
        ("a", {"curated": Curated(pin=True)}),
        ("a", {"ranked": Ranked(published=True), "heat": 60}),
        ("d", {"ranked": Ranked(published=True), "heat": -1}),  # shown beside the leader by a person
        ("d", {"ranked": Ranked(published=True), "heat": 60, "status": Status.UNPUBLISHED}),
    ],
)
def test_who_is_pinned_or_leads_goes_before_who_is_better(leader: str, values: dict[str, Any]):
    """A page that is there stays; what a person pinned stands above all."""
    found = heats(report("a", **values), report("d"))
    assert [leader] == [slug for slug, heat in found.items() if heat >= 0]


def test_what_is_hidden_neither_leads_nor_counts():
    """Nor does it alone; and where everything is hidden nothing leads."""
    hidden = replace(report("d"), curated=Curated(hide=True))
    assert {"a": 60, "d": -1} == heats(report("a"), hidden)
    assert {"d": -1} == heats(hidden)
    assert (Heat(heat=-1), Heat(heat=90)) == (heat_of_one(hidden, quality=90), heat_of_one(report("d"), quality=90))


def test_reports_that_are_left_alone_count_and_may_lead():
    """Earlier ones add their sources; one beside that leads and is published leaves the others no page."""
    assert {"b": 120} == heats(report("b"), beside=[report("a")], before=[report("c"), report("x", source="b")])
    leading = report("a", ranked=Ranked(published=True), heat=60)
    assert {"b": -1} == heats(report("b"), beside=[leading])


@pytest.mark.parametrize(
    ("heat", "quality", "slug"), [(-1, 61, "b"), (80, 59, "b"), (-1, 60, "0"), (80, 60, "b"), (80, 60, "")]
)
def test_links_of_an_archive_say_who_leads(heat: int, quality: int, slug: str):
    """Who has a better one beside it follows; of equals the first name leads, also before one that is not here."""
    link = make_link("other", quality=quality)
    found = heat_by_links(report("a", related=(link,)), quality={"a": 60}, slug_of={link.key: slug} if slug else {})
    assert heat == found.heat


def test_so_many_a_day_of_the_days_of_the_site():
    """The hottest of each day where the site is, and what is pinned beside them."""
    items = [
        report("a", date="2026-05-03T22:30"),
        report("b", date="2026-05-04T10:00"),
        report("c", date="2026-05-04T11:00"),
        report("d", date="2026-05-04T12:00", curated=Curated(pin=True)),
    ]
    found = {slug: Heat(heat=heat) for slug, heat in {"a": 90, "b": 80, "c": 70, "d": 10}.items()}
    assert {"a", "b", "d"} == published(items, found, least=70, per_day=1, tz=UTC)
    assert {"a", "d"} == published(items, found, least=70, per_day=1, tz=ZoneInfo("Asia/Tokyo"))
    assert {"a", "b", "c", "d"} == published(items, found, least=70, tz=UTC)
