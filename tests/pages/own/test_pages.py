"""The owner's pages, and the dead end."""

from __future__ import annotations

from pelican.plugins.news_digest.pages.own.pages import OwnPage, plan_not_found, plan_own_pages
from tests.builders import make_date, make_item, make_link
from tests.pages.rooms import make_room


def own_page(**values: object) -> OwnPage:
    """Return a page in the owner's words."""
    return OwnPage(
        **{"title": "About", "address": "about/", "save_as": "about/index.html", "content": "<p>Us</p>", **values}
    )  # type: ignore[arg-type]


def test_page_lies_where_pelican_says():
    """Pelican's settings decide on addresses, also on those without a folder."""
    pages = [own_page(), own_page(address="pages/x.html", save_as="pages/x.html")]
    assert ["about/index.html", "pages/x.html"] == [p.save_as for p in plan_own_pages(make_room([]), pages)]


def test_page_shows_the_owners_words():
    """Title, text and last change are the owner's."""
    (plan,) = plan_own_pages(make_room([]), [own_page(modified=make_date("2026-05-01"))])
    assert ("About", "<p>Us</p>") == (plan.view.title, plan.view.content)
    assert plan.view.modified is not None
    assert "1 May 2026" == plan.view.modified.day


def test_page_in_another_language_says_so():
    """A page's language is named where it is not the site's."""
    views = [plan.view for plan in plan_own_pages(make_room([]), [own_page(lang="en"), own_page(lang="de")])]
    assert ["", "de"] == [view.lang for view in views]


def test_hidden_page_is_not_indexed():
    """What the owner does not list, search engines do not list either."""
    pages = [own_page(), own_page(is_listed=False)]
    assert [True, False] == [plan.view.head.is_indexed for plan in plan_own_pages(make_room([]), pages)]


def test_dead_end_offers_the_best_stories_and_is_not_indexed():
    """Whoever is lost finds six stories, each once, and search engines find none of it."""
    items = [make_item(f"i{n}", heat=n) for n in range(9)]
    items.append(make_item("twin", heat=1, related=(make_link("i8"),)))
    plan = plan_not_found(make_room(items))
    assert ["i8", "i7", "i6", "i5", "i4", "i3"] == [story.slug for story in plan.view.latest]
    assert not plan.view.head.is_indexed
    assert plan.is_placeless


def test_dead_end_of_an_empty_site_is_a_page():
    """Nothing to offer is no error."""
    assert () == plan_not_found(make_room([])).view.latest
