"""Stories as pages tell them: every report that is known, each source counted once, under one name and address."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from ..catalogue.clusters import member_of
from ..model import Member, Story
from ..text.address import readable_host
from .addresses import STORIES, story_address

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..catalogue.build import Catalogue
    from ..images.plan import ImagePlanner, PlannedImage


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """A story that has a page.

    Attributes:
        title, lang: Those of its record, else of its leading report.
        address: Site-relative.
        reports: Oldest first, those without a date last: the archive's own, and what their ``related`` lists name
            beside them.
        sources: What tells the sources of *reports* apart, one each; ``""``: nobody says who it was.
        source_count: How many sources report it.
        moments: When its reports came, in order.
    """

    story: Story
    title: str
    lang: str
    address: str
    reports: tuple[Member, ...]
    sources: tuple[str, ...]
    source_count: int
    moments: tuple[datetime, ...]

    @property
    def mark(self) -> tuple[str, int, int]:
        """What a list says of it: its address, and how many reports from how many sources."""
        return (self.address, len(self.reports), self.source_count)


def picture_of(told: Told, images: ImagePlanner) -> PlannedImage | None:
    """Return the picture that stands for a story: the one that its owner chose, else that of its leading report."""
    chosen = told.story.record.picture if told.story.record else None
    return images.chosen(chosen) if chosen else images.picture(told.story.lead)


class ToldStories:
    """All stories with a page; each is worked out once.

    Args:
        catalogue: All of the build.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._told: dict[str, Told] = {}

    def of(self, slug: str) -> Told | None:
        """Return the story that an item reports; None: it reports none that has a page."""
        story = self._catalogue.stories.page_of(slug)
        return self.told(story) if story else None

    @cached_property
    def all(self) -> tuple[Told, ...]:
        """Every story with a page, in the order of ids."""
        return tuple(self.told(story) for story in self._catalogue.stories.paged)

    @property
    def address(self) -> str:
        """The list of all stories; ``""``: there is none."""
        return STORIES if self._catalogue.stories.paged else ""

    def told(self, story: Story) -> Told:
        """Return *story*, which has a page, as pages tell it."""
        found = self._told.get(story.id)
        if found is None:
            found = self._told[story.id] = self._make(story)
        return found

    def _make(self, story: Story) -> Told:
        reports = tuple(sorted(self._reports(story), key=_oldest_first))
        sources = tuple(map(self._who, reports))
        record, lead = story.record, story.lead
        has_title = bool(record and record.title)
        return Told(
            story=story,
            title=record.title if record and record.title else lead.title,
            lang="" if has_title else lead.lang,
            address=story_address(story.id),
            reports=reports,
            sources=sources,
            source_count=len({*sources} - {""}),
            moments=tuple(report.date for report in reports if report.date),
        )

    def _reports(self, story: Story) -> Iterator[Member]:
        catalogue = self._catalogue
        # What is dated ahead of the clock is no report yet; nothing else would make a story of nothing.
        due = [item for item in story.members if item.slug not in catalogue.ahead] or list(story.members)
        yield from (member_of(item, has_page=item.slug in catalogue.paged) for item in due)
        elsewhere: dict[str, Member] = {}
        for item in due:
            for key, member in catalogue.clusters.elsewhere(item):
                elsewhere.setdefault(key, member)
        yield from elsewhere.values()

    def _who(self, report: Member) -> str:
        ref = report.provider
        return (self._catalogue.domain_of(ref) or ref.name) if ref else readable_host(report.url)


def _oldest_first(report: Member) -> tuple[bool, float, str, str]:
    return (report.date is None, report.date.timestamp() if report.date else 0, report.slug, report.url)
