"""What was made of single items for one build, and serves in the next one where nothing about them changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..catalogue.related import RelatedFinder
from ..running.kept import Kept

if TYPE_CHECKING:
    from .machines.api_shapes import ApiNews
    from .plans import FeedEntry
    from .views.newsletter import EditionView
    from .views.story import MemberView, SourceView, StoryView


class RoomMemory:
    """What newsrooms make of single items, from build to build.

    Args:
        lasts: Whether there is going to be another build in this process.
    """

    def __init__(self, *, lasts: bool = False) -> None:
        self.stories: Kept[StoryView] = Kept(lasts=lasts)
        self.members: Kept[MemberView] = Kept(lasts=lasts)
        self.sources: Kept[SourceView] = Kept(lasts=lasts)
        # The feed of everything holds each item, most of them nowhere else; an entry is some kilobytes.
        self.entries: Kept[FeedEntry] = Kept(lasts=lasts, most=5_000)
        self.editions: Kept[EditionView] = Kept(lasts=lasts)
        self.api: Kept[ApiNews] = Kept(lasts=lasts)
        self.related = RelatedFinder()
        self._frame: object = None

    def begin(self, frame: object) -> None:
        """Begin a build; everything is forgotten when *frame*, which all of it depends on, is another."""
        is_same = self._frame == frame
        self._frame = frame
        for kept in (self.stories, self.members, self.sources, self.entries, self.editions, self.api):
            if is_same:
                kept.begin()
            else:
                kept.forget()
