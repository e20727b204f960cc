"""Other Pythons than the one that runs the tests: with every dependency, and this package installed in them or not."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

from tests.conftest import ROOT, MakeOnce


def make_python(folder: Path, *, hook: str = "") -> Path:
    """Return a Python in *folder* with every dependency; *hook* is the line of an editable install's ``.pth`` file."""
    venv.create(folder, with_pip=False, symlinks=True)
    python = folder / "bin" / "python"
    target = Path(run(python, "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder).strip())
    for source in {Path(sysconfig.get_path(kind)) for kind in ("purelib", "platlib")}:
        for entry in source.iterdir():
            # No hook of an install is read, and what an install of this package left behind is not seen.
            if (
                entry.suffix != ".pth"
                and entry.name not in {"pelican", "__pycache__"}
                and "news_digest" not in entry.name
            ):
                (target / entry.name).symlink_to(entry)
        link_all(source / "pelican", target / "pelican", without={"plugins"})
        link_all(source / "pelican" / "plugins", target / "pelican" / "plugins", without={"news_digest"})
    if hook:
        (target / "_editable.pth").write_text(f"{hook}\n", encoding="utf-8")
    return python


def link_all(source: Path, target: Path, *, without: set[str]) -> None:
    """Link the entries of one folder into another."""
    target.mkdir()
    for entry in source.iterdir():
        if entry.name not in {*without, "__pycache__"}:
            (target / entry.name).symlink_to(entry)


def run(python: Path | str, code: str, *arguments: str, cwd: Path, **env: str) -> str:
    """Return what *code* prints in a process that knows nothing of this one's paths."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COV_", "COVERAGE"))}
    result = subprocess.run(
        [str(python), "-c", code, *arguments],
        cwd=cwd,
        env={**kept, "COLUMNS": "300", **env},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert 0 == result.returncode, result.stdout
    return result.stdout


def hatch(target: str, folder: Path) -> None:
    """Build a distribution of the checkout into *folder*, without a network."""
    result = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(folder)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert 0 == result.returncode, result.stdout


def wheel_of(shared: MakeOnce) -> Path:
    """Return the wheel of the checkout, built once for all processes of the suite."""
    (found,) = shared("wheel", lambda folder: hatch("wheel", folder)).glob("*.whl")
    return found


def pip_install(wheel: Path, option: str, where: Path) -> None:
    """Install *wheel* alone, without a network: ``--target`` a folder, or for another ``--python``."""
    # What pip is told about itself comes before the command, what it is told to do behind.
    before, behind = ((option, str(where)), ()) if option == "--python" else ((), (option, str(where)))
    options = ("--quiet", "--no-deps", "--no-index", "--disable-pip-version-check", "--no-compile")
    command = [sys.executable, "-m", "pip", *before, "install", *options, *behind, str(wheel)]
    subprocess.run(command, check=True)
