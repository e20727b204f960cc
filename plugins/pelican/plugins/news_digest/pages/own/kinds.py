"""Pages of a kind of the owner's own: a plugin says which there are, a template of theirs shows them.

``docs/how-to/own-kind.md`` has an example. What is here for plugins is :data:`page_planners` and :class:`PlannedPage`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

import msgspec
from blinker import Signal

from ...errors import DigestError
from ..plans import PagePlan, page_file
from ..site import head
from ..views.base import LinkView
from ..views.own import OwnKindView

if TYPE_CHECKING:
    from ...model import NewsItem
    from ..newsroom import Newsroom

# Receivers get the catalogue (``catalogue.build.Catalogue``), and yield pages.
page_planners: Final = Signal("A catalogue, to return pages for.")
_ADDRESS: Final = re.compile(r"(?:(?!\.)[^/?#\\\s%]+/)*(?:(?!\.)[^/?#\\\s%]+(?:/|\.html))")


@dataclass(frozen=True, kw_only=True)
class PlannedPage:
    """One page of a kind of the owner's own.

    Attributes:
        address: Where it is, from the top of the site on: ``walks/pier/`` or ``walks/pier.html``.
        template: A template of the site's own.
        title: Its title, as text.
        description: What search engines show of it; ``""``: its title.
        items: Items of the catalogue that it shows; the template has them as ``view.stories``.
        data: What else it shows: texts, numbers, dates, lists and dicts of those; ``view.data`` in the template.
        is_indexed: Whether it stands in the sitemap, and search engines may show it.
    """

    address: str
    template: str
    title: str
    description: str = ""
    items: Sequence[NewsItem] = ()
    data: dict[str, Any] = field(default_factory=dict)
    is_indexed: bool = True


class PlannerError(DigestError):
    """A planner of the owner's fails, or plans what cannot be a page."""

    def __init__(self, planner: str, problem: str) -> None:
        super().__init__(f"{planner}: {problem}")
        self.planner = planner


def plan_kinds(room: Newsroom) -> Iterator[PagePlan]:
    """Yield the pages that planners of the owner's plan, in the order of their addresses.

    Raises:
        PlannerError: One fails; what a page holds depends on it, so nothing is written.
    """
    planned = [
        (page.address, name, page)
        for planner in page_planners.receivers_for(None)
        for name, page in _planned(planner, room)
    ]
    for _, name, page in sorted(planned, key=lambda each: each[:2]):
        yield _plan(room, name, page)


def _planned(planner: Callable[..., Any], room: Newsroom) -> Iterator[tuple[str, PlannedPage]]:
    name = f"{planner.__module__}.{getattr(planner, '__qualname__', repr(planner))}"
    try:
        pages = list(planner(room.catalogue))
    except Exception as error:  # a plugin may raise anything
        raise PlannerError(name, f"{type(error).__name__}: {error}") from error
    for page in pages:
        if not isinstance(page, PlannedPage):
            raise PlannerError(name, f"yields {page!r}, which is no PlannedPage")
        if not _ADDRESS.fullmatch(page.address):
            raise PlannerError(name, f"{page.address!r} is no address of a page; write it like 'walks/pier/'")
        yield name, page


def _plan(room: Newsroom, name: str, page: PlannedPage) -> PagePlan:
    try:
        msgspec.msgpack.encode(page.data)
    except TypeError as error:
        raise PlannerError(name, f"data of {page.address}: {error}") from error
    address = quote(page.address)
    crumb = LinkView(text=page.title, href=address)
    view = OwnKindView(
        head=head(
            room.site,
            title=page.title,
            address=address,
            description=page.description,
            is_indexed=page.is_indexed,
            breadcrumbs=(crumb,),
        ),
        breadcrumbs=(crumb,),
        title=page.title,
        stories=room.stories(page.items),
        data=page.data,
    )
    return PagePlan(save_as=page_file(address), template=page.template, view=view)
