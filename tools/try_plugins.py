"""Try every other plugin of ``tests/beside/rows.py`` beside ours, and write ``docs/reference/plugins.md``.

Run it by ``make plugins``. The plugins are installed into a virtual environment of their own, which is made where it is
missing. ``--install``: install there what ``make test`` tries, and nothing else. Exit code 1: a problem was found, or
nothing could be installed.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.beside.matrix import judge  # noqa: E402 - found by the line above
from tests.beside.others import kept, plain, python_of, versions  # noqa: E402
from tests.beside.rows import ROWS, THEIRS  # noqa: E402

if TYPE_CHECKING:
    from tests.beside.matrix import Verdict
    from tests.beside.rows import Row

PAGE = ROOT / "docs" / "reference" / "plugins.md"
HEAD = """\
# Other plugins

Each plugin was built alone beside News Digest: with our theme and with `simple`, items and classic articles, and once
without us. ✓: the build ends with exit 0, the plugin's effect is seen on a classic article (and, where it can have one,
on an item), and with our theme a second build touches nothing but what the plugin writes anew.
Written by `make plugins`.

| plugin | our theme | `simple` | without us | remark |
|---|---|---|---|---|
"""
TAIL = """
Not tried, for faults of their own:

"""


class Others:
    """The virtual environment of the plugins; made where there is none."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.python = python_of(folder)
        if not self.python.exists():
            subprocess.run([sys.executable, "-m", "venv", folder], check=True)  # noqa: S603 - our own Python

    def pip(self, *arguments: str) -> bool:
        """Run pip, and return whether it succeeded; without a network it gives up soon, and says so in few words."""
        command = [str(self.python), "-m", "pip", "--disable-pip-version-check", "--quiet", *arguments]
        soon = {**os.environ, "PIP_RETRIES": "1"}  # also for the pip that gets what builds our package
        done = subprocess.run(command, env=soon, stderr=subprocess.PIPE, text=True, check=False)  # noqa: S603 - as written
        errors = [line.strip() for line in done.stderr.splitlines() if line.strip().startswith("ERROR:")]
        if done.returncode:
            print(*errors[:1], file=sys.stderr)
        return done.returncode == 0

    def install(self, wanted: Iterable[str]) -> bool:
        """Install us and *wanted*, each by itself where one cannot be had; return whether there is anything to try."""
        wanted = list(wanted)
        if not self.pip("install", "--editable", str(ROOT)):
            return False
        if self.pip("install", *wanted):
            return True
        missing = [each for each in wanted if not self.pip("install", each)]
        print(f"cannot be installed, so they are not tried: {', '.join(missing)}", file=sys.stderr)
        return len(missing) < len(wanted)

    def tried(self, row: Row) -> list[Verdict]:
        """Return the verdicts on *row*; none when it is not installed."""
        if plain(row.name) not in versions(self.folder):
            return []
        with tempfile.TemporaryDirectory() as folder:
            return judge(row, Path(folder), python=self.python)

    def line_of(self, row: Row, verdicts: list[Verdict]) -> str:
        """Return the row of the table."""
        marks = " | ".join("✗" if verdict.problems else "✓" for verdict in verdicts) or "– | – | –"
        version = versions(self.folder).get(plain(row.name), "cannot be installed")
        return f"| {row.name} {version} | {marks} | {row.remark} |\n".replace("|  |", "| |")


def try_all(others: Others) -> int:
    """Install, try, write; return the exit code."""
    others.install(row.name for row in ROWS if not row.is_greedy)
    lines: list[str] = []
    problems: list[str] = []

    def note(row: Row, verdicts: list[Verdict]) -> None:
        lines.append(others.line_of(row, verdicts))
        problems.extend(f"{row.name}, {v.set_up}: {'; '.join(v.problems)}" for v in verdicts if v.problems)
        print(lines[-1], end="", flush=True)

    modest = [row for row in ROWS if not row.is_greedy]
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        for row, verdicts in zip(modest, threads.map(others.tried, modest), strict=True):
            note(row, verdicts)
    for row in ROWS:
        if row.is_greedy:
            others.pip("install", row.name)
            note(row, others.tried(row))
            others.pip("uninstall", "--yes", row.name)
    theirs = "".join(f"- {name}: {reason}\n" for name, reason in THEIRS.items())
    PAGE.write_text(HEAD + "".join(sorted(lines, key=str.casefold)) + TAIL + theirs, encoding="utf-8")
    print("\n".join(problems))
    return int(bool(problems))


def main() -> int:
    """Do what the command line asks for; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="of the virtual environment")
    parser.add_argument("--install", action="store_true", help="only install what `make test` tries")
    given = parser.parse_args()
    others = Others(given.folder)
    return int(not others.install(kept().values())) if given.install else try_all(others)


if __name__ == "__main__":
    sys.exit(main())
