"""``api/stories/``: what several sources report, for other programs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from ..plans import FeedFormat, JsonPlan, Promise
from ..stories.pages import story_feed_address
from .api_shapes import ApiMember, ApiStory, StoryFile, StoryList

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from ...model import Member
    from ..newsroom import Newsroom
    from ..told import Told

FOLDER: Final = "api/stories/"


def plan_story_api(room: Newsroom) -> Iterator[Promise]:
    """Yield the list of all stories that have a page, then a file for each."""
    every = room.told.all
    yield Promise(
        save_as=f"{FOLDER}index.json",
        facts=lambda: room.facts.digest(_list(room)),
        make=lambda: JsonPlan(save_as=f"{FOLDER}index.json", payload=_list(room)),
    )
    for told in every:
        save_as = f"{FOLDER}{told.story.id}.json"
        yield Promise(
            save_as=save_as,
            facts=partial(_facts, room, told),
            make=partial(_plan, room, told, save_as),
        )


def _list(room: Newsroom) -> StoryList:
    return StoryList(value=tuple(_story(room, told) for told in room.told.all))


def _facts(room: Newsroom, told: Told) -> bytes:
    return room.facts.digest(_story(room, told), _excerpt(told), told.story.former, told.reports)


def _plan(room: Newsroom, told: Told, save_as: str) -> JsonPlan:
    payload = StoryFile(
        story=_story(room, told),
        excerpt=_excerpt(told),
        formerly=told.story.former,
        value=tuple(api_member(room, report, told.reports) for report in told.reports),
    )
    return JsonPlan(save_as=save_as, payload=payload)


def _excerpt(told: Told) -> str:
    record = told.story.record
    return (record.excerpt if record else "") or told.story.lead.excerpt


def _story(room: Newsroom, told: Told) -> ApiStory:
    moments, record = told.moments, told.story.record
    return ApiStory(
        id=told.story.id,
        title=told.title,
        page_url=room.site.absolute(told.address),
        feed_url=room.site.absolute(story_feed_address(told, FeedFormat.JSON)),
        api_url=room.site.absolute(f"{FOLDER}{quote(told.story.id)}.json"),
        first_date_time=local_time(room, moments[0]) if moments else None,
        last_date_time=local_time(room, moments[-1]) if moments else None,
        reports=len(told.reports),
        sources=told.source_count,
        closed=bool(record and record.is_closed),
    )


def api_member(room: Newsroom, member: Member, among: tuple[Member, ...]) -> ApiMember:
    """Return one report of a story.

    Args:
        among: All of them: one may know what another one's source is called.
    """
    who = member.provider
    return ApiMember(
        slug=member.slug if member.has_page else None,
        title=member.title,
        web_url=member.url or None,
        page_url=room.site.absolute(member.address) if member.has_page else None,
        published_date_time=local_time(room, member.date) if member.date else None,
        provider_name=room.catalogue.source_name(who, among=among) if who else None,
        provider_domain=who.domain if who else None,
    )


def local_time(room: Newsroom, moment: datetime) -> str:
    """Return *moment* as ``2021-08-27T07:38:00-07:00``: in the site's zone, as the committed files have it."""
    return moment.astimezone(room.dates.tz).isoformat(timespec="seconds")
