"""Promised pages: a page is made only if its items, or what else it shows, have changed.

Only for speed: see :mod:`.facts` for what it saves. Without this module every page would be made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from .plans import PagePlan, Promise, page_file

if TYPE_CHECKING:
    from ..model import NewsItem
    from .newsroom import Newsroom
    from .views.base import View


def promise_page(
    room: Newsroom,
    address: str,
    items: Iterable[NewsItem],
    *beside: object,
    template: str,
    view: Callable[[], View],
    save_as: str = "",
) -> Promise:
    """Return the page at *address*, which is to be indexed, as a promise.

    Args:
        items: What its view is made from.
        beside: What stands on it that the facts of *items* do not say: views and plain values.
        view: Makes it.
        save_as: Its file, where that does not follow from *address*.
    """
    save_as = save_as or page_file(address)
    return Promise(
        save_as=save_as,
        template=template,
        address=address,
        facts=lambda: room.facts.joined(room.facts.items(items), *beside),
        make=lambda: PagePlan(save_as=save_as, template=template, view=view()),
    )
