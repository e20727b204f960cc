"""``news-digest build``: Pelican with the same settings, so the same bytes."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from pelican import main as pelican_main

if TYPE_CHECKING:
    from pathlib import Path


def build_site(*, settings: Path, content: Path | None = None, output: Path | None = None, fatal: str = "") -> int:
    """Write the site once.

    Args:
        settings: Pelican's settings file.
        content, output: Instead of ``PATH`` and ``OUTPUT_PATH``; None keeps those.
        fatal: ``errors`` or ``warnings`` stop the build at the first such report; ``""`` never.

    Returns:
        0, or 1 when the build failed or had fatal reports.
    """
    if not settings.is_file():
        print(f"news-digest: there is no {settings} here; say which with -s", file=sys.stderr)
        return 1
    arguments = ["-s", str(settings)]
    arguments += [str(content)] if content else []
    arguments += ["-o", str(output)] if output else []
    arguments += ["--fatal", fatal] if fatal else []
    try:
        pelican_main(arguments)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    return 0
