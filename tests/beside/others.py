"""The Python that other plugins are installed into.

It is one of their own: where Pelican finds a plugin installed, it loads it into every site that names no ``PLUGINS``,
those of other tests too.
"""

from __future__ import annotations

import os
import re
import tomllib
from importlib.metadata import distributions
from pathlib import Path

from tests.conftest import ROOT

OTHERS = ROOT / ".venv-plugins"


def python_of(folder: Path) -> Path:
    """Return the program in the virtual environment *folder*, wherever it is started."""
    return folder.absolute() / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def versions(folder: Path) -> dict[str, str]:
    """Return what is installed in the virtual environment *folder*, by name; nothing where there is none."""
    places = [*folder.glob("lib/python*/site-packages"), folder / "Lib" / "site-packages"]
    return {plain(found.name): found.version for found in distributions(path=list(map(str, places)))}


def kept() -> dict[str, str]:
    """Return what ``make test`` tries, by name, as pip is asked for it: the group ``beside`` of ``pyproject.toml``."""
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"]
    return {plain(wanted): wanted for wanted in groups["beside"]}


def plain(name: str) -> str:
    """Return the name of a distribution as indexes compare them, without what is asked of its version."""
    return re.sub(r"[-_.]+", "-", re.split(r"[<>=!~;\[ ]", name)[0]).lower()
