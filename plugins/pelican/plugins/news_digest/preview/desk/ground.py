"""What the desk stands on at one moment: the content as its files are, and the site that was built of it."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, unquote

import msgspec

from ...host.build import clock_of, read_as_built, utc_now
from ...images.pictures import SITE_FOLDER, PictureIndex
from ...languages import Words, load_translations
from ...newsdesk.desk.reasons import reasons_of
from ...newsdesk.desk.shelf import Shelf, make_shelf
from ...pages.dates import date_writer
from ...settings import read_settings
from ...text.language_tags import language_tag
from .values import Image, Site

if TYPE_CHECKING:
    from ...model import NewsItem
    from ..owner import Layout

# How many days an edition sums up, where it is not one.
_EDITION_DAYS: Final = {"none": 0, "weekly": 7}


class Ground(msgspec.Struct, frozen=True, kw_only=True):
    """What there is.

    Attributes:
        now: What time it is for the site.
        digest: Of all files: while it is the same, so is the shelf.
    """

    shelf: Shelf
    site: Site
    now: datetime
    name: str
    content: Path
    digest: bytes


def read_ground(
    settings: dict[str, Any], layout: Layout, *, pictures: PictureIndex, before: Ground | None = None
) -> Ground:
    """Look at every file of the content, and read those that changed.

    Args:
        before: What there was; where no file has changed since, its shelf is not made anew.

    Raises:
        SettingError: A setting of ours cannot be used.
    """
    digest, timezone = read_settings(settings), settings["TIMEZONE"]
    archive = read_as_built(settings)
    given = str(settings.get("DEFAULT_LANG") or "en")
    lang = language_tag(given) or given
    own = os.path.abspath(digest.languages_path) if digest.languages_path else ""
    now = clock_of(digest, timezone=timezone, now=utc_now())
    is_same = before is not None and before.digest == archive.digest
    return Ground(
        shelf=before.shelf if before and is_same else make_shelf(archive.items, now=now, prints=archive.prints),
        site=Site(
            dates=date_writer(timezone, lang, digest.locale),
            lang=lang,
            words=Words(load_translations(lang, own)),
            reasons=reasons_of(digest.quality, settings=Path(layout.files[0])),
            edition_days=_EDITION_DAYS.get(digest.newsletter, 1),
            page_of=lambda item: page_of(item, output=layout.output),
            image_of=lambda item: image_of(item, output=layout.output, pictures=pictures),
        ),
        now=now,
        name=str(settings["SITENAME"]),
        content=Path(layout.content),
        digest=archive.digest,
    )


def page_of(item: NewsItem, *, output: str) -> str:
    """Return the address of *item*'s page below the site's path, if the site in *output* has it; else ``""``."""
    file = os.path.join(output, *unquote(item.address).split("/"))
    is_there = os.path.isfile(os.path.join(file, "index.html") if item.address.endswith("/") else file)
    return item.address if is_there else ""


def image_of(item: NewsItem, *, output: str, pictures: PictureIndex) -> Image | None:
    """Return the first picture of *item* that the site in *output* has, the smallest of its sizes."""
    for ref in item.images:
        own = ref.url.lstrip("/") if "://" not in ref.url else ""
        made = pictures.pictures.get(ref.url) or pictures.pictures.get(own)
        if made is not None:
            width = made.widths[0]
            path, height = f"{SITE_FOLDER}/{made.file(width)}", round(width * made.height_px / made.width_px)
        else:
            path, width, height = unquote(own), ref.width_px, ref.height_px
        if path and width and height and os.path.isfile(os.path.join(output, *path.split("/"))):
            return Image(src=quote(path), width_px=width, height_px=height)
    return None
