"""Which picture stands beside a story: decided from addresses alone, without touching a disk or a network."""

from __future__ import annotations

import re
from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..model import ImageRef, NewsItem

# A picture on as many items as this is a logo or a share card, not the story.
GENERIC_COUNT: Final = 5
# Whole words of a file's name: "catalogo" is no logo.
_GENERIC_NAME: Final = re.compile(
    r"(?<![^\W\d_])(?:logos?|social-?share|share-?card|default-?image|placeholder|og-image)(?![^\W\d_])", re.IGNORECASE
)
_ARCHIVE_ASSET: Final = re.compile(r"https?://[^/]+\.github\.io/[^/]+(/assets/.+)")
_WIDE, _TALL = 2.2, 0.8


class ImageMode(StrEnum):
    """Where pictures may come from: files of the site (CACHE), also other hosts (REMOTE), or nowhere (NONE)."""

    CACHE = "cache"
    REMOTE = "remote"
    NONE = "none"


class PlannedImage(msgspec.Struct, frozen=True, kw_only=True):
    """A picture to show.

    Attributes:
        src: Site-relative path, or an absolute https address when *is_external*.
        width_px, height_px: As declared; never 0.
        fit: ``cover``, or ``contain`` where cropping would lose the picture (wider than 2.2:1, taller than 0.8:1).
    """

    src: str
    width_px: int
    height_px: int
    title: str
    fit: str
    is_external: bool


class ImagePlanner:
    """Chooses pictures.

    Args:
        items: The whole archive: a picture is generic when five of its items name it.
        local_files: Paths below the content folder that the site publishes, such as ``images/a.jpg``.
        mode: Where pictures may come from.
    """

    def __init__(self, items: Iterable[NewsItem], *, local_files: frozenset[str], mode: ImageMode) -> None:
        uses = Counter(url for item in items for url in {image.url for image in item.images})
        self._generic = frozenset(url for url, count in uses.items() if count >= GENERIC_COUNT)
        self._local_files = local_files
        self._mode = mode

    @property
    def allows_remote(self) -> bool:
        """Whether pages may ask other hosts for pictures."""
        return self._mode is ImageMode.REMOTE

    def picture(self, item: NewsItem) -> PlannedImage | None:
        """Return the first picture of *item* that exists, says something, and declares its size; else None."""
        if self._mode is ImageMode.NONE:
            return None
        for image in item.images:
            planned = None if self.is_generic(image) else self._plan(image)
            if planned is not None:
                return planned
        return None

    def is_generic(self, image: ImageRef) -> bool:
        """Whether *image* is a logo or a share card: on five items or more, or named so."""
        return image.url in self._generic or bool(_GENERIC_NAME.search(_file_name(image.url)))

    def icon(self, image: ImageRef | None) -> str:
        """Return the site-relative path of a provider's icon, or ``""``: icons never come from another host."""
        return self._local_path(image.url) if image else ""

    def _plan(self, image: ImageRef) -> PlannedImage | None:
        if not image.width_px or not image.height_px:
            return None
        path = self._local_path(image.url)
        if not path and (self._mode is not ImageMode.REMOTE or image.url.startswith("/")):
            return None
        ratio = image.width_px / image.height_px
        return PlannedImage(
            # A page served over https shows no http picture, so https is tried; most hosts answer there.
            src=path or re.sub(r"^http:", "https:", image.url),
            width_px=image.width_px,
            height_px=image.height_px,
            title=image.title,
            fit="contain" if ratio > _WIDE or ratio < _TALL else "cover",
            is_external=not path,
        )

    def _local_path(self, url: str) -> str:
        """Return where *url* lies on this site, or ``""``; the archives name their own files by an absolute address."""
        match = _ARCHIVE_ASSET.match(url)
        path = match[1] if match else url
        return path.lstrip("/") if path.startswith("/") and path.lstrip("/") in self._local_files else ""


def _file_name(url: str) -> str:
    """Return the last part of an address's path, decoded: hosts and folders say nothing about the picture."""
    try:
        return unquote(urlsplit(url).path.rpartition("/")[2])
    except ValueError:  # an address with half a bracket
        return ""
