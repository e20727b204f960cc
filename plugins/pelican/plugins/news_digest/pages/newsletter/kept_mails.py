"""Old newsletters, as they were sent: each is shown in a frame that may do nothing, and kept beside its page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import quote

from ...images.plan import is_remote
from ...model import ImageRef
from ..addresses import edition_address, named_id
from ..dates import iso
from ..plans import FeedEntry, FilePlan, PagePlan, page_file
from ..site import head
from ..views.base import LinkView
from ..views.newsletter import EditionRowView, KeptMailView
from .confined_mail import confined

if TYPE_CHECKING:
    from ..newsroom import Newsroom


def plan_kept_pages(room: Newsroom, *, crumb: LinkView) -> Iterator[PagePlan]:
    """Yield a page for each old email; *crumb* leads to the list."""
    for mail in room.mails:
        address = edition_address(mail.slug)
        time = room.dates.time(mail.date)
        breadcrumbs = (crumb, LinkView(text=time.day, href=address))
        yield PagePlan(
            save_as=page_file(address),
            template="newsletter-kept.html",
            view=KeptMailView(
                head=head(
                    room.site,
                    title=mail.title,
                    address=address,
                    description=mail.excerpt,
                    breadcrumbs=breadcrumbs,
                    csp_more="; frame-src 'self'",
                ),
                breadcrumbs=breadcrumbs,
                title=mail.title,
                excerpt=mail.excerpt,
                time=time,
                mail=f"{address}mail.html",
            ),
        )


def plan_kept_files(room: Newsroom) -> Iterator[FilePlan]:
    """Yield the old emails themselves."""
    images = "https: data: 'self'" if room.images.allows_remote else "'self' data:"
    for mail in room.mails:
        html = confined(
            mail.html, sender=room.choices.newsletter_address, images=images, picture=partial(_picture, room)
        )
        yield FilePlan(save_as=page_file(f"{edition_address(mail.slug)}mail.html"), data=html.encode())


def _picture(room: Newsroom, address: str) -> str:
    """Return where an email's picture is shown from: a file of the site's own, or its host if hosts may be asked."""
    found = room.images.address(ImageRef(url=address))
    if is_remote(found):
        return re.sub("^http:", "https:", found) if room.images.allows_remote else ""
    # Beside its page, two folders below the site.
    return f"../../{quote(found)}" if found else ""


def kept_rows(room: Newsroom) -> Iterator[tuple[date, str, EditionRowView]]:
    """Yield each old email as the list shows it, with its day and its stem."""
    for mail in room.mails:
        day = room.dates.day_of(mail.date)
        row = EditionRowView(
            kind="kept",
            heading=room.dates.long_day(day),
            iso=day.isoformat(),
            subject=mail.title,
            others=mail.excerpt,
            href=edition_address(mail.slug),
            count=0,
        )
        yield day, mail.slug, row


def kept_entries(room: Newsroom) -> Iterator[FeedEntry]:
    """Yield each old email as the feed has it: its words, not its HTML."""
    for mail in room.mails:
        yield FeedEntry(
            id=named_id("newsletter", mail.slug, authority=room.site.feed_authority),
            title=mail.title,
            url=room.site.absolute(edition_address(mail.slug)),
            via="",
            date=iso(mail.date),
            modified=iso(mail.date),
            author=room.site.name,
            summary=mail.excerpt,
            html="",
        )
