"""``api/stories/``: what several sources report, for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..plans import FeedFormat
from ..stories.pages import story_feed_address
from .api_shapes import ApiStory, StoryList

if TYPE_CHECKING:
    from ..newsroom import Newsroom
    from ..told import Told


def story_list(room: Newsroom) -> StoryList:
    """Return every story that has a page, in the order of ids."""
    return StoryList(value=tuple(_story(room, told) for told in room.told.all))


def _story(room: Newsroom, told: Told) -> ApiStory:
    story, moments = told.story, told.moments
    return ApiStory(
        id=story.id,
        title=told.title,
        excerpt=(story.record.excerpt if story.record else "") or story.lead.excerpt,
        lead=story.lead.slug,
        page_url=room.site.absolute(told.address),
        feed_url=room.site.absolute(story_feed_address(told, FeedFormat.JSON)),
        first_date_time=room.dates.local(moments[0]) if moments else None,
        last_date_time=room.dates.local(moments[-1]) if moments else None,
        reports=told.report_count,
        sources=told.source_count,
        closed=bool(story.record and story.record.is_closed),
        formerly=story.former,
    )
