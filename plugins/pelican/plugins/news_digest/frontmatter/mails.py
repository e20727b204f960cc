"""Old newsletters as they were sent (``content/newsletters/*.html``): front matter, then a complete HTML email."""

from __future__ import annotations

import re
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Final

import msgspec

from ..disk.files import read_file, settle_slugs
from ..disk.limits import USUAL_LIMITS, Limits
from ..disk.walking import find_files
from ..errors import ContentError, Diagnostic, diagnose, without_userinfo
from ..model import Status
from ..naming.places import NOTHING, Known, Settled
from ..text.dates import date_hint, parse_date
from ..text.plain import clean_excerpt, clean_title
from .items.schema import FIELD_NAMES
from .items.values import without_credentials
from .items.visibility import visibility
from .yaml.refused import FrontMatterError
from .yaml.yaml12 import has_front_matter, line_of, load_front_matter, split_front_matter

# What lies beside the folders of mails.
_RESERVED: Final = frozenset({"feed.atom.xml", "index.html"})
_ENDINGS: Final = (".html", ".htm")
# Another generator's marks for "these braces are text"; they were never part of a mail.
_RAW: Final = re.compile(r"\{%-?\s*(?:end)?raw\s*-?%\}")


class KeptMail(msgspec.Struct, frozen=True, kw_only=True):
    """An email that was sent once.

    Attributes:
        slug: The file's stem and so the last part of the address.
        html: The email itself, as somebody else's program wrote it: never to be put into a page of ours.
    """

    slug: str
    source_path: str
    title: str
    excerpt: str
    date: datetime
    html: str


class KeptMails(msgspec.Struct, frozen=True, kw_only=True):
    """All old emails, newest first, and the diagnostics of their files."""

    mails: tuple[KeptMail, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    settled: Settled = Settled()


def read_mails(
    content: Path, *, folder: str, tz: tzinfo, limits: Limits = USUAL_LIMITS, known: Known = NOTHING
) -> KeptMails:
    """Read every email below *folder*, which is relative to *content*; one that is absent is empty."""
    diagnostics: list[Diagnostic] = []
    paths = find_files(content, folder, _ENDINGS, said=diagnostics)
    settled, said = settle_slugs(paths, known, reserved=_RESERVED)
    slugs = settled.names
    diagnostics += said
    mails = []
    for path in paths:
        try:
            text, _ = read_file(content / path, source_path=path, limits=limits)
            mail = parse_mail(text, source_path=path, slug=slugs[path], tz=tz)
            mails += [mail] if mail else []
        except ContentError as error:
            diagnostics.append(error.diagnostic)
    mails.sort(key=lambda mail: (-mail.date.timestamp(), mail.slug))
    return KeptMails(mails=tuple(mails), diagnostics=tuple(diagnostics), settled=settled)


def parse_mail(text: str, *, source_path: str, slug: str, tz: tzinfo) -> KeptMail | None:
    """Return the email that *text* holds; None when it is not to be shown.

    Raises:
        ContentError: There is no front matter, it cannot be read, it lacks the title or the date, or it does not say
            clearly whether it may be shown.
    """
    if not has_front_matter(text):
        raise ContentError(diagnose("ND101", "no '---' block", path=source_path, line=1, hint="start it with '---'"))
    try:
        fm, html = split_front_matter(text)
        data = without_credentials(load_front_matter(fm))
    except FrontMatterError as error:
        raise ContentError(diagnose("ND103", error.problem, path=source_path, line=error.line)) from None
    verdict = visibility(data, [key for key in data if key not in FIELD_NAMES], path=source_path)
    for problem in verdict.problems:
        line = line_of(fm, (problem.key,))
        raise ContentError(diagnose("ND119", problem.message, path=source_path, line=line, hint=problem.hint))
    if verdict.status is not Status.PUBLISHED:
        return None
    title = clean_title(_RAW.sub("", str(data.get("title") or "")))
    if not title:
        raise ContentError(diagnose("ND105", "title: missing", path=source_path, line=1))
    date = parse_date(data.get("publishedDateTime"), tz=tz)
    if date is None:
        message = f"publishedDateTime: {data.get('publishedDateTime')!r} is not a date"
        raise ContentError(
            diagnose("ND104", message, path=source_path, line=1, hint=date_hint(data.get("publishedDateTime")))
        )
    return KeptMail(
        slug=slug,
        source_path=source_path,
        title=title,
        excerpt=clean_excerpt(_RAW.sub("", str(data.get("excerpt") or ""))),
        date=date,
        html=without_userinfo(_RAW.sub("", html)).strip(),
    )
