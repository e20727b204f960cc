"""Stories of a few items, for tests of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pelican.plugins.news_digest.catalogue.build import build_catalogue
from pelican.plugins.news_digest.model import NewsItem, StoryRecord
from pelican.plugins.news_digest.naming.places import Known
from tests.builders import make_item, make_link

if TYPE_CHECKING:
    from pelican.plugins.news_digest.catalogue.stories import Stories


def stories_of(*items: NewsItem, records: tuple[StoryRecord, ...] = (), **options: Any) -> Stories:
    """Return the stories of an archive."""
    return build_catalogue(items, stories=records, **options).stories


def mutual(*slugs: str, **values: Any) -> list[NewsItem]:
    """Return items that all link to each other, each a day older than the one before."""
    return [
        make_item(
            slug,
            date=f"2026-05-{20 - at:02}",
            related=tuple(make_link(other) for other in slugs if other != slug),
            **values,
        )
        for at, slug in enumerate(slugs)
    ]


def record(name: str, **values: Any) -> StoryRecord:
    """Return a story record."""
    return StoryRecord(id=name, source_path=f"stories/{name}.md", **values)


def names(stories: Stories) -> dict[str, list[str]]:
    """Return id → slugs of the reports, oldest first."""
    return {story.id: [item.slug for item in story.members] for story in stories.by_id.values()}


def built_after(*items: NewsItem, before: Stories, records: tuple[StoryRecord, ...] = ()) -> Stories:
    """Return the stories of the next build of a site."""
    known = Known(before.settled.lines, lambda: before.settled.names)
    return stories_of(*items, records=records, known_stories=known)
