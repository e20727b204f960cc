"""Stories as pages tell them: every report that is known, each source counted once, under one name and address."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from ..text.address import readable_host
from .addresses import STORIES, story_address

if TYPE_CHECKING:
    from ..catalogue.build import Catalogue
    from ..images.plan import ImagePlanner, PlannedImage
    from ..model import Member, NewsItem, Story


class Told:
    """A story that has a page.

    Most builds ask for its marks alone, so the reports are put together when somebody asks for them.

    Args:
        catalogue: All of the build.

    Attributes:
        title, lang: Those of its record, else of its leading report.
        address: Site-relative.
        report_count, source_count: How many reports there are, and of how many sources.
        moments: When its reports came, in order.
        mark: What a list says of it: its address, and how many reports from how many sources.
    """

    def __init__(self, story: Story, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        record, lead = story.record, story.lead
        has_title = bool(record and record.title)
        self.story = story
        self.title = record.title if record and record.title else lead.title
        self.lang = "" if has_title else lead.lang
        self.address = story_address(story.id)
        ahead = catalogue.ahead
        # What is dated ahead of the clock is no report yet; nothing else would make a story of nothing.
        due = tuple(item for item in story.members if item.slug not in ahead) if ahead else ()
        self.due = due or story.members
        self.elsewhere = catalogue.clusters.elsewhere(self.due)
        reports = self.reports if self.elsewhere else self.due
        self.report_count = len(reports)
        self.source_count = len({*map(self._who, reports)} - {""})
        self.moments: tuple[datetime, ...] = tuple(report.date for report in reports if report.date)
        self.mark = (self.address, self.report_count, self.source_count)

    @cached_property
    def reports(self) -> tuple[Member, ...]:
        """Oldest first, those without a date last: the archive's own, and what their ``related`` lists name, too."""
        reports = tuple(map(self._catalogue.clusters.member, self.due))
        return tuple(sorted((*reports, *self.elsewhere), key=_oldest_first)) if self.elsewhere else reports

    @cached_property
    def sources(self) -> tuple[str, ...]:
        """What tells the sources of the reports apart, one each; ``""``: nobody says who it was."""
        return tuple(map(self._who, self.reports))

    def _who(self, report: Member | NewsItem) -> str:
        ref = report.provider
        if ref is None:
            return readable_host(report.url)
        # Without aliases, as most sites are, nothing is called for each report.
        return (self._catalogue.domain_of(ref) if self._catalogue.aliases else ref.domain) or ref.name


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

    def of(self, slug: str) -> Told | None:
        """Return the story that an item reports; None: it reports none that has a page."""
        return self._of_slug.get(slug)

    @cached_property
    def all(self) -> tuple[Told, ...]:
        """Every story with a page, in the order of ids."""
        return tuple(Told(story, self._catalogue) for story in self._catalogue.stories.paged)

    @cached_property
    def by_id(self) -> dict[str, Told]:
        """Id → the story."""
        return {told.story.id: told for told in self.all}

    @cached_property
    def _of_slug(self) -> dict[str, Told]:
        slugs_of = self._catalogue.stories.slugs_of
        return {slug: told for told in self.all for slug in slugs_of(told.story)}

    @property
    def address(self) -> str:
        """The list of all stories; ``""``: there is none."""
        return STORIES if self._catalogue.stories.paged else ""


def _oldest_first(report: Member) -> tuple[bool, float, str, str]:
    return (report.date is None, report.date.timestamp() if report.date else 0, report.slug, report.url)
