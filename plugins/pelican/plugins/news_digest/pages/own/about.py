"""``/about/``: how this site ranks, counts and keeps, with the numbers that the code works with."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote, urlsplit

from ...catalogue.ranking import BAND_MIN_ITEMS, BAND_SHARES, BAND_WINDOW, HOURS_PER_POINT, band_of
from ...frontmatter.items.convert import POINTS_PER_REPORT
from ...text.address import readable_host
from ..lists.home import WINDOW
from ..newsroom import COVERAGE_WINDOW, Newsroom
from ..plans import PagePlan, page_file
from ..site import head
from ..views.base import LinkView
from ..views.reports import AboutView, BandView

ADDRESS: Final = "about/"


def plan_about(room: Newsroom) -> PagePlan:
    """Return the page that explains the site."""
    crumb = LinkView(text=room.say("How this works"), href=ADDRESS)
    return PagePlan(
        save_as=page_file(ADDRESS),
        template="about.html",
        view=AboutView(
            head=head(room.site, title=room.say("How this works"), address=ADDRESS, breadcrumbs=(crumb,)),
            breadcrumbs=(crumb,),
            points_per_report=POINTS_PER_REPORT,
            hours_per_point=HOURS_PER_POINT,
            window_days=WINDOW.days,
            coverage_days=COVERAGE_WINDOW.days,
            band_days=BAND_WINDOW.days,
            band_minimum=BAND_MIN_ITEMS,
            bands=_bands(room),
            story_count=len(room.catalogue.listed),
            provider_count=len(room.catalogue.by_provider),
            since=room.since(room.catalogue.listed),
            contact=contact_link(room.choices.contact),
            has_remote_pictures=room.images.allows_remote,
            hosts=room.choices.hosts,
        ),
    )


def _bands(room: Newsroom) -> tuple[BandView, ...]:
    """Return the legend of the dots, hottest first, as the site stands; empty when the site is too small for it."""
    thresholds = room.catalogue.thresholds
    if not thresholds:
        return ()
    now = room.catalogue.now
    found = [band_of(i.heat, thresholds) for i in room.catalogue.listed if now - BAND_WINDOW <= i.date <= now]
    shares = dict(BAND_SHARES)
    return (
        *(
            BandView(band=band, percent=round(100 * shares[band]), lowest=lowest, count=found.count(band))
            for band, lowest in thresholds
        ),
        BandView(band=1, percent=0, lowest=0, count=found.count(1)),
    )


def contact_link(contact: str) -> LinkView | None:
    """Return the way to whoever answers for the site: an email or a web address; None for anything else."""
    if urlsplit(contact).scheme in {"http", "https"}:
        return LinkView(text=readable_host(contact), href=contact, is_external=True)
    if "@" in contact:
        return LinkView(text=contact, href=f"mailto:{quote(contact, safe='@+')}", is_external=True)
    return None
