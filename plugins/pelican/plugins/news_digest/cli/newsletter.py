"""``news-digest newsletter``: one edition as the two files that an email service asks for."""

from __future__ import annotations

import argparse
import sys
from contextlib import redirect_stdout
from datetime import date
from pathlib import Path

from ..errors import DigestError
from ..output.documents.mail import Mail, render_mail
from ..output.folder.writer import OutputWriter
from ..output.templates.mistakes import template_errors
from ..pages.newsletter.editions import EditionKind, edition_of, mail_view
from .command import Exit, add_content, add_settings, require_file
from .open_site import open_site
from .terminal import complain

DESCRIPTION = "Write the newsletter of one day or week as mail.html and mail.txt, and print its subject."
EXAMPLES = """\
news-digest newsletter -o mail/                    the newest day with items
news-digest newsletter --date 2026-05-03 -o mail/  that day
news-digest newsletter --weekly -o mail/           the newest ISO week
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what ``newsletter`` can be told."""
    add_content(parser)
    add_settings(parser)
    parser.add_argument(
        "--date", type=date.fromisoformat, help="the day, such as 2026-05-03 (default: the newest one with items)"
    )
    parser.add_argument("--weekly", action="store_true", help="the whole ISO week of that day")
    parser.add_argument("-o", "--output", type=Path, help="the folder to write to (default: this one)")


def run(args: argparse.Namespace) -> int:
    """Write ``mail.html`` and ``mail.txt``, and print the subject; return 1 when there is nothing to send."""
    kind = EditionKind.WEEKLY if args.weekly else EditionKind.DAILY
    require_file(args.settings)
    try:
        # What Pelican and its plugins have to say is not the subject.
        with redirect_stdout(sys.stderr):
            mail = _mail(args.settings, day=args.date, kind=kind, content=args.content)
    except DigestError as error:
        complain(str(error))
        return error.exitcode
    if mail is None:
        complain(f"no items {f'on {args.date}' if args.date else 'at all'}, so there is nothing to send")
        return Exit.PROBLEMS
    writer = OutputWriter(args.output or Path())
    writer.write("mail.html", mail.html.encode())
    writer.write("mail.txt", mail.text.encode())
    print(mail.subject)
    return Exit.DONE


def _mail(path: Path, *, day: date | None, kind: EditionKind, content: Path | None) -> Mail | None:
    """Read the content as a build does, and return the email of *day*, or of the newest day; None: it has no items."""
    site = open_site(path, content=content)
    room = site.generator.inputs.newsroom(site.build)
    day = day or next(iter(room.catalogue.days), None)
    edition = edition_of(room, day, kind=kind) if day else None
    if edition is None:
        return None
    with template_errors(site.generator.inputs.template_options().paths):
        return render_mail(site.generator.inputs.environment(), mail_view(room, edition))
