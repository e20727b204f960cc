"""``/embed/<id>/``: the newest stories of a topic, to be shown inside pages of other sites."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

import msgspec

from ..addresses import topic_address
from ..promises import promise_page
from ..views.story import EmbedView

if TYPE_CHECKING:
    from ...model import NewsItem
    from ..newsroom import Newsroom
    from ..plans import Promise

TEMPLATE: Final = "embed.html"


def plan_embeds(room: Newsroom) -> Iterator[Promise]:
    """Yield a page for each topic with stories; none where DIGEST_EMBED is 0. Search engines list none of them."""
    if not room.choices.embed:
        return
    for topic_id, items in room.catalogue.by_topic.items():
        if items:
            address = f"embed/{topic_address(topic_id).removeprefix('topics/')}"
            shown = items[: room.choices.embed]
            view = partial(_view, room, topic_id, shown)
            promise = promise_page(room, address, shown, len(items), template=TEMPLATE, view=view)
            yield msgspec.structs.replace(promise, address=None)


def _view(room: Newsroom, topic_id: str, items: Sequence[NewsItem]) -> EmbedView:
    address = topic_address(topic_id)
    return EmbedView(
        topic=room.topic_link(topic_id, len(room.catalogue.by_topic[topic_id])),
        canonical=room.site.absolute(address) if room.site.url else "",
        stories=room.stories(items),
    )
