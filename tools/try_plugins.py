"""Try every other plugin of ``tests/beside/rows.py`` beside ours, and write ``docs/reference/plugins.md``.

Run it by ``make plugins``: it installs what it tries into the Python that runs it. Exit code 1: a problem was found.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.beside.matrix import judge  # noqa: E402 - found by the line above
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


def pip(*arguments: str) -> None:
    """Run pip in the Python that runs this."""
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", *arguments]
    subprocess.run(command, check=True)  # noqa: S603 - names that stand in this repository


def tried(row: Row) -> list[Verdict]:
    """Return the verdicts on *row*."""
    with tempfile.TemporaryDirectory() as folder:
        return judge(row, Path(folder))


def line_of(row: Row, verdicts: list[Verdict]) -> str:
    """Return the row of the table."""
    marks = " | ".join("✗" if verdict.problems else "✓" for verdict in verdicts)
    return f"| {row.name} {version(row.name)} | {marks} | {row.remark} |\n".replace("|  |", "| |")


def main() -> int:
    """Install, try, write; return the exit code."""
    pip("install", *(row.name for row in ROWS if not row.is_greedy))
    lines: list[str] = []
    problems: list[str] = []

    def note(row: Row, verdicts: list[Verdict]) -> None:
        lines.append(line_of(row, verdicts))
        problems.extend(f"{row.name}, {v.set_up}: {'; '.join(v.problems)}" for v in verdicts if v.problems)
        print(lines[-1], end="", flush=True)

    modest = [row for row in ROWS if not row.is_greedy]
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        for row, verdicts in zip(modest, threads.map(tried, modest), strict=True):
            note(row, verdicts)
    for row in ROWS:
        if row.is_greedy:
            pip("install", row.name)
            note(row, tried(row))
            pip("uninstall", "--yes", row.name)
    theirs = "".join(f"- {name}: {reason}\n" for name, reason in THEIRS.items())
    PAGE.write_text(HEAD + "".join(sorted(lines, key=str.casefold)) + TAIL + theirs, encoding="utf-8")
    print("\n".join(problems))
    return int(bool(problems))


if __name__ == "__main__":
    sys.exit(main())
