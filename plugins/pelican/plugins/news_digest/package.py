"""This package itself: its version, and where its theme lies. Anything may import it; it imports nothing of ours."""

from __future__ import annotations

from pathlib import Path

__version__ = "0.1.0"


def theme_path() -> str:
    """Return the folder of the theme, for ``THEME`` in ``pelicanconf.py``: in the wheel, or beside the source tree."""
    here = Path(__file__).resolve().parent
    packaged = here / "theme"
    return str(packaged if packaged.is_dir() else here.parents[3] / "theme")
