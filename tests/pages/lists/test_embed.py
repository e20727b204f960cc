"""Pages of topics inside those of other sites."""

from __future__ import annotations

from pelican.plugins.news_digest.pages.everything import plan_site
from pelican.plugins.news_digest.pages.lists.embed import plan_embeds
from pelican.plugins.news_digest.pages.plans import Promise, made
from tests.builders import make_item, make_topic
from tests.pages.rooms import make_room

ITEMS = [make_item(f"i{day}", date=f"2026-05-0{day}T08:00", topics=("Über uns",)) for day in (1, 2, 3)]


def test_each_topic_with_stories_has_its_newest_ones():
    """As many as the owner wants, beside how many there are; the topic's page is the one to be found."""
    (promise,) = plan_embeds(make_room(ITEMS, topics=[make_topic("Empty")], embed=2))
    plan = made(promise)
    assert ("embed/uber-uns/index.html", "embed.html") == (plan.save_as, plan.template)
    assert ["i3", "i2"] == [story.slug for story in plan.view.stories]
    assert ("Über uns", "topics/uber-uns/", 3) == (
        plan.view.topic.text,
        plan.view.topic.href,
        plan.view.topic.count,
    )
    assert plan.view.canonical.endswith(f"/{plan.view.topic.href}")


def test_there_are_none_unless_the_owner_wants_them():
    """They cost a file each."""
    assert [] == [plan for plan in plan_site(make_room(ITEMS)) if plan.save_as.startswith("embed/")]


def test_they_are_not_to_be_indexed():
    """No sitemap names them."""
    assert [None] == [plan.address for plan in plan_embeds(make_room(ITEMS, embed=2)) if isinstance(plan, Promise)]
    plans = {plan.save_as: made(plan) for plan in plan_site(make_room(ITEMS, embed=2))}
    assert "embed/uber-uns/index.html" in plans
    assert not [path for path, plan in plans.items() if path.startswith("sitemap") and b"/embed/" in plan.data]


def test_a_page_is_made_anew_for_a_new_story_and_for_no_other():
    """Also if that stands below those that are shown: it counts."""
    facts = [next(plan_embeds(make_room(items, embed=2))).facts() for items in (ITEMS, ITEMS, ITEMS[1:], ITEMS[:2])]
    assert facts[0] == facts[1]
    assert 3 == len(set(facts))
