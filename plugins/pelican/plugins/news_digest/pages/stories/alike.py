"""Which stories are like one another: by shared topics and rare words, as items without a story find theirs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

import msgspec

from ...disk.files import digest_of
from ..related import RelatedFinder

if TYPE_CHECKING:
    from ...catalogue.build import Catalogue
    from ...disk.sealed import Answers
    from ...model import NewsItem
    from ..told import Told

MOST: Final = 6
# A word in more headlines than these makes no two stories alike.
MOST_SHARING: Final = 40
# The date of an article that Pelican read is one of its own kind.
_ENCODER: Final = msgspec.msgpack.Encoder(enc_hook=repr)
_Topics = dict[str, list[str]]


def stories_alike(
    all_told: Sequence[Told], catalogue: Catalogue, *, answers: Answers
) -> Mapping[str, tuple[Told, ...]]:
    """Return id → the stories most like it, best first.

    Args:
        answers: What the last build has left: few edits change a headline that stands for a story.
    """
    roots = catalogue.taxonomy.roots
    topics: _Topics = {
        told.story.id: [i for i in catalogue.topic_ids.get(told.story.lead.slug, ()) if i not in roots]
        for told in all_told
    }
    shown = [(told.story.id, told.title, told.story.lead.date) for told in all_told]
    mark = digest_of(_ENCODER.encode((shown, list(topics.values()))))
    found = answers.of("alike", mark, lambda: _found(all_told, topics), dict[str, tuple[str, ...]])
    by_id = {told.story.id: told for told in all_told}
    return {story_id: tuple(by_id[other] for other in others) for story_id, others in found.items()}


def _found(all_told: Sequence[Told], topics: _Topics) -> dict[str, tuple[str, ...]]:
    standing = [_as_item(told) for told in all_told]
    found = RelatedFinder(most_postings=MOST_SHARING).find(standing, topics=topics, wanted=standing, limit=MOST)
    return {story_id: tuple(item.slug for item in items) for story_id, items in found.items()}


def _as_item(told: Told) -> NewsItem:
    """Return the report that stands for a story, under the story's own name: what of it decides is in the mark."""
    lead = told.story.lead
    return msgspec.structs.replace(
        lead, slug=told.story.id, title=told.title, excerpt="", provider=None, related=(), packed=b"", extra={}
    )
