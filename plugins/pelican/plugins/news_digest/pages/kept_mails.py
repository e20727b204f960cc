"""Old newsletters, as they were sent: each is shown in a frame that may do nothing, and kept beside its page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from markupsafe import escape

from .dates import iso
from .newsletter_views import EditionRowView, KeptMailView
from .permanent_ids import named_id
from .plans import FeedEntry, FilePlan, PagePlan, page_file
from .site import head
from .views import LinkView

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from .newsroom import Newsroom

HOME: Final = "newsletter/"
# What begins a document, up to and with <head>: the one place where a policy holds for everything behind it.
_HEAD: Final = re.compile(
    r"""\s*(?:<!doctype[^>]*>\s*)?(?:<html(?:[^>"']|"[^"]*"|'[^']*')*>\s*)?<head(?:\s(?:[^>"']|"[^"]*"|'[^']*')*)?>""",
    re.IGNORECASE,
)
_DOCTYPE: Final = re.compile(r"\s*<!doctype[^>]*>", re.IGNORECASE)


def edition_address(stem: str) -> str:
    """Return the site-relative address of an edition's page."""
    return f"{HOME}{quote(stem)}/"


def confined(html: str, *, sender: str, images: str = "'self' data:") -> str:
    """Return an old mail with a policy in its head: no script, and no request but for *images*.

    The frame that shows it allows nothing either; the policy is for those who open the file by itself. Where the
    document does not begin as documents do, the policy stands before everything.

    Args:
        sender: What the placeholder ``{can-spam}`` stands for.
        images: Sources of pictures, as in ``img-src``.
    """
    policy = f"default-src 'none'; style-src 'unsafe-inline'; img-src {images}; base-uri 'none'; form-action 'none'"
    mark = f'<meta http-equiv="Content-Security-Policy" content="{policy}"><meta name="robots" content="noindex">'
    begin = _HEAD.match(html) or _DOCTYPE.match(html)
    at = begin.end() if begin else 0
    charset = "" if begin and begin.re is _HEAD else '<meta charset="utf-8">'
    return f"{html[:at]}{charset}{mark}{html[at:]}\n".replace("{can-spam}", str(escape(sender)))


def plan_kept_pages(room: Newsroom, *, crumb: LinkView) -> Iterator[PagePlan]:
    """Yield a page for each old mail; *crumb* leads to the list."""
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
    """Yield the old mails themselves."""
    images = "https: data: 'self'" if room.images.allows_remote else "'self' data:"
    for mail in room.mails:
        html = confined(mail.html, sender=room.choices.newsletter_address, images=images)
        yield FilePlan(save_as=page_file(f"{edition_address(mail.slug)}mail.html"), data=html.encode())


def kept_rows(room: Newsroom) -> Iterator[tuple[date, str, EditionRowView]]:
    """Yield each old mail as the list shows it, with its day and its stem."""
    for mail in room.mails:
        day = room.dates.day_of(mail.date)
        row = EditionRowView(
            kind="kept",
            heading=room.dates.long_day(day),
            iso=day.isoformat(),
            subject=mail.title,
            href=edition_address(mail.slug),
            count=0,
        )
        yield day, mail.slug, row


def kept_entries(room: Newsroom) -> Iterator[FeedEntry]:
    """Yield each old mail as the feed has it: its words, not its HTML."""
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
