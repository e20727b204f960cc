"""``news-digest build``: Pelican with the same settings, so the same bytes."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import msgspec
from pelican.settings import read_settings as pelican_settings

from pelican import main as pelican_main

from ..build import CACHE_FOLDER
from ..output.manifest import forget
from ..plugin import last_build


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
    """
    if not settings.is_file():
        print(f"news-digest: there is no {settings} here; say which with -s", file=sys.stderr)
        return 1
    options = options or BuildOptions()
    if options.is_fresh:
        _forget(Path(pelican_settings(str(settings))["CACHE_PATH"], CACHE_FOLDER))
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
            print(f"{save_as}: {reason}")
    return 0


def _forget(cache: Path) -> None:
    """Forget what was read and what is fresh, but not which files are ours to remove."""
    forget(cache)
    for path in cache.glob("*"):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        elif not path.name.startswith("output-"):
            path.unlink(missing_ok=True)
