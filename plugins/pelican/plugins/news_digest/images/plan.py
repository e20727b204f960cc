"""Which picture stands beside a story: decided from addresses alone, without touching a disk or a network."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

import msgspec

from .generic import generic_addresses, has_generic_name
from .own import OwnFiles, OwnLook
from .pictures import NO_PICTURES, Picture, PictureIndex, made_path

if TYPE_CHECKING:
    from ..model import ImageRef, NewsItem

_ARCHIVE_ASSET: Final = re.compile(r"https?://[^/]+\.github\.io/[^/]+(/assets/.+)")
_REMOTE: Final = ("https://", "http://")
_WIDE, _TALL = 2.2, 0.8
# What may stand in the path of an address as it is. A comma may, but not in a list of pictures.
_SAFE: Final = "/~!$&'()*+;=:@"
_UNSEEN: Final = OwnLook()


class ImageMode(StrEnum):
    """Where pictures may come from: files of the site (CACHE), also other hosts (REMOTE), or nowhere (NONE)."""

    CACHE = "cache"
    REMOTE = "remote"
    NONE = "none"


class PlannedImage(msgspec.Struct, frozen=True, kw_only=True):
    """A picture to show.

    Attributes:
        src: Site-relative path, or an absolute https address when *is_external*.
        width_px, height_px: Of the picture as it was made, else as declared; never 0.
        fit: ``cover``, or ``contain`` where cropping would lose the picture (wider than 2.2:1, taller than 0.8:1).
        made: The picture in several sizes, where it was made; None where the file is shown as it is.
    """

    src: str
    width_px: int
    height_px: int
    title: str
    fit: str
    is_external: bool
    made: Picture | None = None


class ImagePlanner:
    """Chooses pictures.

    Args:
        items: The whole archive: a picture is generic when five of its items show it.
        local_files: Paths below the content folder that the site publishes, such as ``images/a.jpg``.
        looks: What those files are that pictures name and that were not made; one that nobody looked at is trusted.
        mode: Where pictures may come from.
        pictures: Those that were made.
    """

    def __init__(
        self,
        items: Iterable[NewsItem],
        *,
        local_files: frozenset[str],
        mode: ImageMode,
        pictures: PictureIndex = NO_PICTURES,
        looks: Mapping[str, OwnLook] = {},
    ) -> None:
        self._local_files = local_files
        self.own = OwnFiles(local_files)
        self.looks = looks
        self.mode = mode
        self.pictures = pictures
        self._known = pictures.pictures
        self._generic = generic_addresses(
            ((item.slug, self.address(image) or image.url) for item in items for image in item.images),
            {address: picture.look for address, picture in self._known.items()},
        )

    def frame(self) -> object:
        """Return all that its choices depend on, beside the item."""
        return (self._local_files, self.looks, self.mode, self._known, self._generic)

    @property
    def allows_remote(self) -> bool:
        """Whether pages may ask other hosts for pictures."""
        return self.mode is ImageMode.REMOTE

    def picture(self, item: NewsItem) -> PlannedImage | None:
        """Return the first picture of *item* that exists, says something, and has a size; else None."""
        if self.mode is ImageMode.NONE:
            return None
        for image in item.images:
            planned = None if self.is_generic(image) else self._plan(image)
            if planned is not None:
                return planned
        return None

    def chosen(self, image: ImageRef) -> PlannedImage | None:
        """Return *image*, which somebody chose, logo or not, if it exists and has a size; else None."""
        return None if self.mode is ImageMode.NONE else self._plan(image)

    def is_generic(self, image: ImageRef) -> bool:
        """Whether *image* is a logo or a share card: on five items or more, or named so."""
        return (self.address(image) or image.url) in self._generic or has_generic_name(image.url)

    def icon(self, image: ImageRef | None) -> str:
        """Return the site-relative path of a provider's icon, or ``""``: icons never come from another host."""
        if image is None:
            return ""
        address = self.address(image)
        if not is_remote(address):
            return "" if self.look(address).problem else quote(address, safe=_SAFE)
        made = self._known.get(address)
        return made_path(made) if made else ""

    def address(self, image: ImageRef) -> str:
        """Return what *image* is known by: the path of a file of the site's own, ``""`` if that is not there, or a URL.

        The archives name their own files by an absolute address; those are files of the site's own, too.
        """
        path = own_path(image)
        local = self.own.find(path) if path else ""
        return local or (image.url if image.url.startswith(_REMOTE) else "")

    def look(self, address: str) -> OwnLook:
        """Return what is known of the file of the site's own at *address*."""
        return self.looks.get(address, _UNSEEN)

    def _plan(self, image: ImageRef) -> PlannedImage | None:
        address = self.address(image)
        made = self._known.get(address)
        if made is not None:
            return PlannedImage(
                src=made_path(made),
                width_px=made.width_px,
                height_px=made.height_px,
                title=image.title,
                fit=_fit(made.width_px, made.height_px),
                is_external=False,
                made=made,
            )
        is_external, look = is_remote(address), self.look(address)
        width_px, height_px = image.width_px, image.height_px
        if not width_px or not height_px:
            width_px, height_px = look.width_px, look.height_px
        if not address or not width_px or not height_px or look.problem or (is_external and not self.allows_remote):
            return None
        return PlannedImage(
            # A page served over https shows no http picture, so https is tried; most hosts answer there.
            src=re.sub(r"^http:", "https:", address) if is_external else quote(address, safe=_SAFE),
            width_px=width_px,
            height_px=height_px,
            title=image.title,
            fit=_fit(width_px, height_px),
            is_external=is_external,
        )


def own_path(image: ImageRef) -> str:
    """Return the path of a file of the site's own that *image* names, whether it is there or not; ``""`` for none.

    The archives name their own files by an absolute address; those are files of the site's own, too.
    """
    match = _ARCHIVE_ASSET.match(image.url)
    path = match[1] if match else image.url
    return path if path.startswith("/") else ""


def is_remote(address: str) -> bool:
    """Whether *address* leads to another host."""
    return address.startswith(_REMOTE)


def _fit(width_px: int, height_px: int) -> str:
    ratio = width_px / height_px
    return "contain" if ratio > _WIDE or ratio < _TALL else "cover"
