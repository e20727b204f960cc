"""Pages of a kind of the owner's own: planned by their plugin, shown by their template."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest

from pelican.plugins.news_digest.output.packing import pack, unpack
from pelican.plugins.news_digest.pages.everything import plan_site
from pelican.plugins.news_digest.pages.own.kinds import PlannedPage, PlannerError, page_planners, plan_kinds
from pelican.plugins.news_digest.pages.plans import PagePlan, made
from tests.builders import make_item
from tests.conftest import ROOT, Site
from tests.pages.rooms import make_room

HOW_TO = (ROOT / "docs" / "how-to" / "own-kind.md").read_text(encoding="utf-8")


def page(address: str = "walks/pier/", **values: Any) -> PlannedPage:
    """Return a planned page."""
    return PlannedPage(address=address, **{"template": "walk.html", "title": "Pier", **values})


def plans_of(planner: Callable[[Any], Any]) -> list[PagePlan]:
    """Return the plans of what *planner* returns for a site of two items."""
    with page_planners.connected_to(planner):
        return list(plan_kinds(make_room([make_item("a"), make_item("b", date="2026-05-02")])))


def test_planner_gets_the_catalogue_and_its_pages_are_planned():
    """Items become stories as the theme shows them; other data is what it was when it comes from another process."""
    data = {"km": 3.5, "on": date(2026, 5, 3), "stops": ["a", {"b": None}]}

    def walks(catalogue: Any) -> Iterator[PlannedPage]:
        yield page("walks/z-größe.html")
        yield page(items=catalogue.listed, data=data, description="To the end.", is_indexed=False)

    first, second = plans_of(walks)
    assert ("walks/pier/index.html", "walk.html") == (first.save_as, first.template)
    assert ("walks/z-größe.html", "walks/z-gr%C3%B6%C3%9Fe.html") == (second.save_as, second.view.head.address)
    view = unpack(pack(first)).view  # type: ignore[attr-defined]
    assert ["b", "a"] == [story.slug for story in view.stories]
    assert data == {**view.data, "on": date.fromisoformat(view.data["on"])}
    assert ("Pier — Tiny", "To the end.", False) == (view.head.title, view.head.description, view.head.is_indexed)


def test_pages_stand_in_the_sitemap():
    """As those of the theme do."""

    def walks(_: Any) -> list[PlannedPage]:
        return [page()]

    with page_planners.connected_to(walks):
        planned = list(map(made, plan_site(make_room([make_item("a")]))))
    (sitemap,) = (plan for plan in planned if plan.save_as == "sitemap-pages.xml")
    assert "https://tiny.example/walks/pier/" in sitemap.data.decode()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("expected", "returned"),
    [
        ("yields 'walks/', which is no PlannedPage", ["walks/"]),
        ("'/walks/' is no address of a page", [page("/walks/")]),
        ("'' is no address of a page", [page("")]),
        ("'../walks/' is no address of a page", [page("../walks/")]),
        ("'walks' is no address of a page", [page("walks")]),
        ("'walks//a/' is no address of a page", [page("walks//a/")]),
        ("data of walks/pier/: ", [page(data={"it": object()})]),
        ("TypeError: 'NoneType' object is not iterable", None),
    ],
)
def test_what_cannot_be_a_page_is_said(expected: str, returned: Any):
    """With the name of the planner."""

    def walks(_: Any) -> Any:
        return returned

    with pytest.raises(PlannerError, match=re.escape(expected)) as raised:
        plans_of(walks)
    assert raised.value.planner.endswith("walks")


def test_example_of_the_how_to_makes_a_page(site: Site):
    """Built as it stands there; a second build renders nothing, and a change of the plugin is seen."""
    site.settings()
    site.follow(re.findall(r"^\*\*`([^`]+)`\*\*\n\n```\S+\n(.*?)^```$", HOW_TO, re.MULTILINE | re.DOTALL))
    result = site.build("--fatal", "warnings")
    assert 0 == result.returncode, result.stdout
    shown = site.page("places/northmole/index.html")
    assert '<p class="note">1 in all</p>' in shown
    assert "The pier is open again" in shown
    assert "0 files changed" in site.build().stdout
    plugin = site.root / "plugins" / "places.py"
    plugin.write_text(plugin.read_text().replace("len(items)", "len(items) + 1"), encoding="utf-8")
    assert " 1 file" in site.build().stdout
    assert '<p class="note">2 in all</p>' in site.page("places/northmole/index.html")

    plugin.write_text(plugin.read_text().replace("found = {}", "found = catalogue.places"), encoding="utf-8")
    said = site.build()
    assert 0 != said.returncode
    problem = "places.places: AttributeError: 'Catalogue' object has no attribute 'places'"
    assert problem in " ".join(said.stdout.split())
    assert "2 in all" in site.page("places/northmole/index.html")

    plugin.write_text(plugin.read_text().replace("catalogue.places", "{}").replace("place.html", "gone.html"))
    said = site.build()
    assert 0 != said.returncode
    assert "there is no template called 'gone.html'" in " ".join(said.stdout.split())
    assert "Traceback" not in said.stdout
