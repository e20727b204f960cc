"""This package itself: its version, and where its theme lies. Anything may import it; it imports nothing of ours."""

from __future__ import annotations

from pathlib import Path

__version__ = "0.1.0"


def theme_path() -> str:
    """Return the folder of the theme, for ``THEME`` in ``pelicanconf.py``: in the wheel, or beside the source tree."""
    here = Path(__file__).resolve().parent
    packaged = here / "theme"
    return str(packaged if packaged.is_dir() else here.parents[3] / "theme")


def documentation_url() -> str:
    """Return where the documentation is on the web, as the installed package's metadata says; ``""``: it does not."""
    from importlib.metadata import PackageNotFoundError, metadata  # noqa: PLC0415 - only who reads on asks

    try:
        urls = metadata("pelican-news-digest").get_all("Project-URL") or []
    except PackageNotFoundError:  # a checkout on PLUGIN_PATHS
        return ""
    return next((url for name, _, url in (each.partition(", ") for each in urls) if name == "Documentation"), "")
