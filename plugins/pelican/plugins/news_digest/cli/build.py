"""``news-digest build``: Pelican with the same settings, so the same bytes."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from pelican import main as pelican_main

from ..host.build import CACHE_FOLDER
from ..host.summary import last_build
from ..images.index import FOLDER as PICTURES
from ..output.manifest import forget
from .command import add_content, add_output, add_settings, site_settings
from .terminal import log_to_stdout, say

if TYPE_CHECKING:
    import argparse

DESCRIPTION = "Build the site, byte for byte as `pelican` would. Files that did not change are left alone."
EXAMPLES = """\
news-digest build                       build the site in output/
news-digest build -s publishconf.py     the same, with the settings for publishing
news-digest build --fatal errors        fail if a file cannot be used
news-digest build --explain             say why each file was rendered
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what ``build`` can be told."""
    add_content(parser)
    add_settings(parser)
    add_output(parser)
    parser.add_argument(
        "--fatal",
        choices=("errors", "warnings"),
        default="",
        help="fail with exit code 1 on content errors or warnings",
    )
    parser.add_argument("--explain", action="store_true", help="say why each file was rendered")
    parser.add_argument("--fresh", action="store_true", help="ignore the caches of earlier builds")


def run(args: argparse.Namespace) -> int:
    """Write the site once; return 1 when the build failed or had fatal reports, 2 when the settings are broken."""
    given = site_settings(args.settings)
    if args.fresh:
        _forget(Path(given["CACHE_PATH"], CACHE_FOLDER))
    log_to_stdout()
    arguments = ["-s", str(args.settings)]
    arguments += [str(args.content)] if args.content else []
    arguments += ["-o", str(args.output)] if args.output else []
    arguments += ["--fatal", args.fatal] if args.fatal else []
    try:
        pelican_main(arguments)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    if args.explain and (build := last_build()) is not None:
        for save_as, reason in build.performed.rendered.items():
            say(f"{save_as}: {reason}")
    return 0


def _forget(cache: Path) -> None:
    """Forget what was read and what is fresh; not what is ours to remove, nor pictures, which no build makes."""
    forget(cache)
    for path in cache.glob("*"):
        if path.name == PICTURES or path.name.startswith("output-"):
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
