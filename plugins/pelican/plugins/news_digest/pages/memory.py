"""What was made of single items for one build, and serves in the next one where nothing about them changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..catalogue.related import RelatedFinder
from ..kept import Kept

if TYPE_CHECKING:
    from collections.abc import Callable

    from .api_shapes import ApiNews
    from .newsletter_views import EditionView
    from .plans import FeedEntry, PagePlan
    from .views import MemberView, SourceView, StoryView


class RoomMemory:
    """What newsrooms make of single items, from build to build.

    Args:
        pages: Where to keep whole pages of items, days and weeks; None keeps none: they are large, and only a process
            that stays will want them again.
    """

    def __init__(self, pages: Kept[PagePlan] | None = None) -> None:
        lasts = pages is not None
        self.stories: Kept[StoryView] = Kept(lasts=lasts)
        self.members: Kept[MemberView] = Kept(lasts=lasts)
        self.sources: Kept[SourceView] = Kept(lasts=lasts)
        self.entries: Kept[FeedEntry] = Kept(lasts=lasts)
        self.editions: Kept[EditionView] = Kept(lasts=lasts)
        self.api: Kept[ApiNews] = Kept(lasts=lasts)
        self.pages = pages
        self.related = RelatedFinder()
        self._frame: object = None

    def begin(self, frame: object) -> None:
        """Begin a build; everything is forgotten when *frame*, which all of it depends on, is another."""
        is_same = self._frame == frame
        self._frame = frame
        pages = () if self.pages is None else (self.pages,)
        for kept in (self.stories, self.members, self.sources, self.entries, self.editions, self.api, *pages):
            if is_same:
                kept.begin()
            else:
                kept.forget()

    def page(self, name: object, facts: Callable[[], object], make: Callable[[], PagePlan]) -> PagePlan:
        """Return the page called *name*, as it was kept if its *facts* are equal, else as *make* returns it."""
        return make() if self.pages is None else self.pages.of(name, facts(), make)
