"""The command line: which words it knows, and what each of them calls."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from .. import __version__
from ..pages.newsletter import EditionKind
from .build import BuildOptions, build_site
from .newsletter import write_newsletter
from .serve import DEFAULT_PORT, serve

if TYPE_CHECKING:
    from collections.abc import Sequence

EPILOG = """\
exit codes: 0 done; 1 the content has errors, or the build failed; 2 the command line cannot be understood

examples:
  news-digest build                       write the site to output/
  news-digest build -s publishconf.py     the same, as the world will see it
  news-digest newsletter -o mail/         write the newest day as mail.html and mail.txt
  news-digest serve                       build, and look at it at http://127.0.0.1:8000/
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    args = _parser().parse_args(argv)
    match args.command:
        case "build":
            options = BuildOptions(fatal=args.fatal, is_fresh=args.fresh, explains=args.explain)
            return build_site(settings=args.settings, content=args.content, output=args.output, options=options)
        case "newsletter":
            kind = EditionKind.WEEKLY if args.weekly else EditionKind.DAILY
            return write_newsletter(
                settings=args.settings, day=args.date, kind=kind, content=args.content, output=args.output
            )
        case _:
            return serve(
                settings=args.settings, content=args.content, output=args.output, port=args.port, base=args.base
            )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="news-digest",
        description="Turn a folder of news items into a static digest.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"news-digest {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    build = commands.add_parser("build", help="write the site", description="Write the site, as `pelican` would.")
    build.add_argument(
        "--fatal",
        choices=("errors", "warnings"),
        default="",
        help="stop with exit code 1 at content errors or warnings",
    )
    build.add_argument("--explain", action="store_true", help="say why each file was rendered")
    build.add_argument("--fresh", action="store_true", help="forget what earlier builds read and wrote")
    preview = commands.add_parser(
        "serve", help="build and look at it", description="Build the site and serve it on loopback."
    )
    preview.add_argument(
        "-p", "--port", type=int, default=DEFAULT_PORT, help="first port to try (default: %(default)s)"
    )
    preview.add_argument("--base", default="/", help="serve below this path, such as /repo/, as GitHub Pages would")
    for command in (build, preview):
        command.add_argument("content", nargs="?", type=Path, help="the content folder (default: PATH of the settings)")
        command.add_argument(
            "-s", "--settings", type=Path, default=Path("pelicanconf.py"), help="settings file (default: %(default)s)"
        )
        command.add_argument("-o", "--output", type=Path, help="where to write (default: OUTPUT_PATH of the settings)")
    letter = commands.add_parser(
        "newsletter",
        help="write one edition as a mail",
        description="Write mail.html and mail.txt of one day or week, and print the subject.",
    )
    letter.add_argument("content", nargs="?", type=Path, help="the content folder (default: PATH of the settings)")
    letter.add_argument(
        "--date", type=date.fromisoformat, help="the day, such as 2026-05-03 (default: the newest one with items)"
    )
    letter.add_argument("--weekly", action="store_true", help="the whole ISO week that holds that day")
    letter.add_argument(
        "-s", "--settings", type=Path, default=Path("pelicanconf.py"), help="settings file (default: %(default)s)"
    )
    letter.add_argument("-o", "--output", type=Path, help="the folder to write to (default: this one)")
    return parser
