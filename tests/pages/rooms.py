"""A newsroom in one line, for tests of what pages say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import msgspec

from pelican.plugins.news_digest.catalogue.build import PagesFor, build_catalogue
from pelican.plugins.news_digest.images.plan import ImageMode, ImagePlanner
from pelican.plugins.news_digest.pages.classic.texts import ClassicText
from pelican.plugins.news_digest.pages.dates import DateWriter, choose_locale
from pelican.plugins.news_digest.pages.items.cards import site_image
from pelican.plugins.news_digest.pages.newsroom import Newsroom
from pelican.plugins.news_digest.pages.site import Choices, SiteProfile

if TYPE_CHECKING:
    from pelican.plugins.news_digest.model import NewsItem

CHOICES = frozenset(Choices.__struct_fields__)
PROFILE = frozenset(SiteProfile.__struct_fields__)


def make_room(
    items: Sequence[NewsItem], *, zone: str = "UTC", bodies: dict[str, str] | None = None, **values: Any
) -> Newsroom:
    """Return the newsroom of *items*; *values* are owner's choices, the site's profile, or the catalogue's inputs."""
    tz = ZoneInfo(zone)
    choices = {name: values.pop(name) for name in CHOICES & values.keys()}
    profile = {name: values.pop(name) for name in PROFILE & values.keys()}
    profile = {"name": "Tiny", "url": "https://tiny.example", **profile}
    pages_for = PagesFor(values.pop("pages", "published"))
    local_files = frozenset(values.pop("local_files", ()))
    mails = values.pop("mails", ())
    prints = values.pop("prints", None)
    site, owner = SiteProfile(**profile), Choices(**choices)
    locale = choose_locale(site.lang)
    image = site_image(site, owner, is_rtl=locale.text_direction == "rtl")
    return Newsroom(
        build_catalogue(items, tz=tz, pages_for=pages_for, **values),
        site=msgspec.structs.replace(site, image=image),
        dates=DateWriter(tz=tz, locale=locale),
        images=ImagePlanner(items, local_files=local_files, mode=ImageMode.CACHE),
        choices=owner,
        texts={slug: ClassicText(body=body) for slug, body in (bodies or {}).items()},
        mails=mails,
        prints=prints,
    )
