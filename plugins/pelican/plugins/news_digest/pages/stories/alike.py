"""Which stories are like one another: by shared topics and rare words, as items without a story find theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from ..related import RelatedFinder

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ...catalogue.build import Catalogue
    from ...model import NewsItem
    from ..told import Told

MOST: Final = 6
# A word in more headlines than these makes no two stories alike.
MOST_SHARING: Final = 40


def stories_alike(all_told: Sequence[Told], catalogue: Catalogue) -> Mapping[str, tuple[Told, ...]]:
    """Return id → the stories most like it, best first."""
    by_id = {told.story.id: told for told in all_told}
    roots = catalogue.taxonomy.roots
    standing = [_as_item(told) for told in all_told]
    topics = {
        told.story.id: [i for i in catalogue.topic_ids.get(told.story.lead.slug, ()) if i not in roots]
        for told in all_told
    }
    found = RelatedFinder(most_postings=MOST_SHARING).find(standing, topics=topics, wanted=standing, limit=MOST)
    return {story_id: tuple(by_id[item.slug] for item in items) for story_id, items in found.items()}


def _as_item(told: Told) -> NewsItem:
    """Return the report that stands for a story, under the story's own name."""
    lead = told.story.lead
    return msgspec.structs.replace(
        lead, slug=told.story.id, title=told.title, excerpt="", provider=None, related=(), packed=b"", extra={}
    )
