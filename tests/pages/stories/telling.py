"""Stories in one line each, for tests of their pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pelican.plugins.news_digest.model import NewsItem, StoryRecord
from pelican.plugins.news_digest.pages.items.cards import Cards
from pelican.plugins.news_digest.pages.plans import made
from pelican.plugins.news_digest.pages.stories.pages import plan_stories
from tests.builders import make_item, make_provider_ref
from tests.pages.rooms import make_room

if TYPE_CHECKING:
    from pelican.plugins.news_digest.pages.views.stories import StoryPageView


def report(slug: str, date: str, *, source: str = "post.example", story: str = "bridge", **values: Any) -> NewsItem:
    """Return a report of the story called *story*, by *source*."""
    return make_item(slug, date=date, story=story, provider=make_provider_ref(source, f"Name of {source}"), **values)


def record(story: str = "bridge", **values: Any) -> StoryRecord:
    """Return what the owner says of a story."""
    return StoryRecord(id=story, source_path=f"stories/{story}.md", **values)


def story_pages(items: Sequence[NewsItem], **values: Any) -> dict[str, StoryPageView]:
    """Return the page of each story of *items*, by its address."""
    room = make_room(items, **values)
    found: dict[str, Any] = {plan.address: made(plan) for plan in plan_stories(room, Cards(room)) if plan.address}
    return {address: plan.view for address, plan in found.items()}


def story_page(items: Sequence[NewsItem], **values: Any) -> StoryPageView:
    """Return the page of the one story of *items*."""
    (view,) = story_pages(items, **values).values()
    return view
