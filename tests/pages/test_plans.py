"""Plans: frozen, and with a file behind each address."""

from __future__ import annotations

import pickle
from itertools import pairwise

import pytest

from pelican.plugins.news_digest.pages.everything import plan_site
from pelican.plugins.news_digest.pages.own.pages import OwnPage
from pelican.plugins.news_digest.pages.plans import made, page_file
from tests.builders import make_item, make_link, make_topic
from tests.pages.rooms import make_room


@pytest.mark.parametrize(
    ("expected", "address"),
    [
        ("index.html", ""),
        ("news/a/index.html", "news/a/"),
        ("about.html", "about.html"),
        ("topics/café/index.html", "topics/caf%C3%A9/"),
    ],
)
def test_file_behind_an_address(expected: str, address: str):
    """An address that ends in a slash is a folder's index; its file has the name that a server looks for."""
    assert expected == page_file(address)


def site_plans(order: int = 1):
    """Return every plan of a small site, its items read in one order or the other."""
    items = [make_item(f"i{n:02}", topics=("Trams", "Food"), related=(make_link("i03"),), heat=n) for n in range(70)]
    own = OwnPage(title="About", address="about/", save_as="about/index.html", content="<p>Us</p>")
    return tuple(
        map(made, plan_site(make_room(items[::order], topics=[make_topic("Trams")], page_size=10), own_pages=[own]))
    )


def test_no_two_plans_want_one_file():
    """Every file is planned once."""
    paths = [plan.save_as for plan in site_plans()]
    assert len(paths) == len(set(paths))


def test_plans_do_not_depend_on_the_order_of_the_content():
    """Whatever order files were read in, the site is the same, in the same order."""
    assert site_plans() == site_plans(-1)


def test_items_and_lists_are_planned_in_turn():
    """No list has to wait until every item is planned: a first build renders while it plans."""
    pages = [plan for plan in site_plans() if plan.save_as.endswith("/index.html")]
    items = [place for place, plan in enumerate(pages) if plan.save_as.startswith("news/i")]
    between = [b - a for a, b in pairwise(items)]
    assert 70 == len(items)
    assert 10 < between.count(2)


def test_plans_can_be_sent_to_another_process():
    """A plan survives pickling, so pages can be rendered in parallel."""
    plans = site_plans()
    assert plans == pickle.loads(pickle.dumps(plans))  # noqa: S301 - our own bytes


def test_site_has_every_kind_of_page():
    """Front page, river, indexes, own pages, dead ends, and what crawlers ask for."""
    expected = {
        "index.html", "404.html", "latest/index.html", "topics/index.html", "topics/trams/index.html",
        "providers/index.html", "providers/post.example/index.html", "about/index.html", "news/i00/index.html",
        "feeds/all.atom.xml", "sitemap.xml", "robots.txt",
    }  # fmt: skip
    assert expected <= {plan.save_as for plan in site_plans()}
