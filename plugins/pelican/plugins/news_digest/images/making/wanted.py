"""Which pictures a site needs: decided from its items and stories, before anything is asked for or made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec

from ..plan import ImagePlanner, is_remote

if TYPE_CHECKING:
    from ...model import ImageRef, NewsItem


class Kind(StrEnum):
    """What a picture is for: the story, or the source."""

    PICTURE = "picture"
    ICON = "icon"


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """A picture that a page would show.

    Attributes:
        address: A URL, or the path below the content folder of one of the site's own.
        path: The first file that names it, for reports; ``""`` for one that no item names.
    """

    address: str
    kind: Kind
    path: str = ""

    @property
    def is_remote(self) -> bool:
        """Whether it must be fetched."""
        return is_remote(self.address)


def plan_wanted(
    items: Iterable[NewsItem],
    icons: Iterable[tuple[ImageRef, str]],
    *,
    chosen: Iterable[tuple[ImageRef, str]] = (),
    planner: ImagePlanner,
    allows_fetching: bool,
) -> tuple[Wanted, ...]:
    """Return what is wanted, each address once, pictures of stories first, then of the newest items.

    Pictures that are known to be generic are not. What they look like must not count here: it is only known of pictures
    that are wanted.

    Args:
        items: Those that have a page, newest first.
        icons: Of their providers, each with the file that names it (``""``: a record).
        chosen: What the owner chose for a story, each with the file that names it; shown whatever it is.
        planner: Of the whole archive, without made pictures.
        allows_fetching: Whether pictures of other hosts are wanted at all.
    """
    found: dict[str, Wanted] = {}
    own = (Wanted(address=planner.address(image), kind=Kind.PICTURE, path=path) for image, path in chosen)
    for wanted in (*own, *_pictures(items, planner), *_icons(icons, planner)):
        if wanted.address and (allows_fetching or not wanted.is_remote):
            found.setdefault(wanted.address, wanted)
    return tuple(found.values())


def _pictures(items: Iterable[NewsItem], planner: ImagePlanner) -> Iterator[Wanted]:
    for item in items:
        for image in item.images:
            if not planner.is_generic(image):
                yield Wanted(address=planner.address(image), kind=Kind.PICTURE, path=item.source_path)


def _icons(icons: Iterable[tuple[ImageRef, str]], planner: ImagePlanner) -> Iterator[Wanted]:
    """Yield the icons of other hosts; the site's own are small already, and shown as they are."""
    for icon, path in icons:
        address = planner.address(icon)
        if is_remote(address):
            yield Wanted(address=address, kind=Kind.ICON, path=path)
