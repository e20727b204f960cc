"""``news-digest build``: Pelican with the same settings, so the same bytes."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

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
    """Build."""
    options = BuildOptions(fatal=args.fatal, is_fresh=args.fresh, explains=args.explain)
    return build_site(settings=args.settings, content=args.content, output=args.output, options=options)


class BuildOptions(msgspec.Struct, frozen=True, kw_only=True):
    """How to build, beside what the settings say.

    Attributes:
        fatal: ``errors`` or ``warnings`` stop the build at the first such report; ``""`` never.
        is_fresh: Whether to forget what earlier builds read and wrote.
        explains: Whether to say why each file was rendered.
    """

    fatal: str = ""
    is_fresh: bool = False
    explains: bool = False


def build_site(
    *, settings: Path, content: Path | None = None, output: Path | None = None, options: BuildOptions | None = None
) -> int:
    """Write the site once.

    Args:
        settings: Pelican's settings file.
        content, output: Instead of ``PATH`` and ``OUTPUT_PATH``; None keeps those.

    Returns:
        0, or 1 when the build failed or had fatal reports.

    Raises:
        CommandError: There is no such settings file, or it is no Python that runs.
    """
    given = site_settings(settings)
    options = options or BuildOptions()
    if options.is_fresh:
        _forget(Path(given["CACHE_PATH"], CACHE_FOLDER))
    log_to_stdout()
    arguments = ["-s", str(settings)]
    arguments += [str(content)] if content else []
    arguments += ["-o", str(output)] if output else []
    arguments += ["--fatal", options.fatal] if options.fatal else []
    try:
        pelican_main(arguments)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    if options.explains and (build := last_build()) is not None:
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
