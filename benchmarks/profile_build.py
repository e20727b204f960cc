"""``make profile``: where the time of a cold build and of one without a change goes, in one process."""

from __future__ import annotations

import argparse
import os
import pstats
import shutil
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

from archive import facts_of, write_archive
from peer import Peer
from run import RESULTS, SEED

# The first that is part of a file's path names the group.
GROUPS = (
    *(
        (f"/news_digest/{name}", f"news_digest/{name.strip('/').removesuffix('.py')}")
        for name in ("frontmatter/", "catalogue/", "pages/", "output/", "images/", "host/articles.py")
    ),
    ("/news_digest/", "news_digest, the rest"),
    ("/theme/templates/", "templates"),
    ("<template>", "templates"),
    ("/pelican/", "pelican"),
    ("/jinja2/", "jinja2"),
    ("/markupsafe/", "jinja2"),
    ("/msgspec/", "msgspec"),
    ("importlib", "imports"),
    ("/site-packages/", "other packages"),
    ("/lib/python", "Python's library"),
)
OTHER = "other"
# Seconds in which a file counts as too young to be trusted by the next build.
YOUNG = 2.5


def main() -> None:
    """Profile two builds and print both tables for each."""
    parser = argparse.ArgumentParser(description="Show where the time of a build goes.")
    parser.add_argument("--set", default="10k", dest="name", help="as for run.py (default: %(default)s)")
    parser.add_argument("--top", type=int, default=25, help="how many functions (default: %(default)s)")
    parser.add_argument("--work", type=Path, default=RESULTS / "profile", help="where the site is")
    args = parser.parse_args()
    folder = args.work.resolve() / args.name
    shutil.rmtree(folder, ignore_errors=True)
    write_archive(args.name, folder / "items", seed=SEED)
    site = Peer("us", folder / "us")
    site.prepare(folder / "items", facts_of(folder / "items"))
    with (site.folder / "pelicanconf.py").open("a", encoding="utf-8") as file:
        file.write("DIGEST_WORKERS = 1\n")
    time.sleep(YOUNG)
    for title in ("Cold", "No change"):
        found = profile(site.folder, folder / "build.prof")
        print(f"## {title}: {args.name}, one process\n")
        print(by_group(found))
        print(by_function(found, top=args.top))
    shutil.rmtree(folder)


def profile(site: Path, file: Path) -> Any:  # noqa: ANN401 - pstats keeps its numbers in attributes that it does not declare
    """Build *site* under cProfile and return what it counted."""
    command = [sys.executable, "-m", "cProfile", "-o", str(file), "-m", "pelican", "--quiet", "-s", "pelicanconf.py"]
    subprocess.run(command, cwd=site, check=True, stdout=subprocess.DEVNULL, env={**os.environ})
    return pstats.Stats(str(file))


def by_group(found: Any) -> str:  # noqa: ANN401 - as above
    """Return a table of own time by part of the program; what is built into Python counts where it is called."""
    times: dict[str, float] = defaultdict(float)
    for (path, _, _), (_, _, own, _, callers) in found.stats.items():
        if path == "~" and callers:
            for (caller, _, _), (_, _, part, _) in callers.items():
                times[group_of(caller)] += part
        else:
            times[group_of(path)] += own
    rows = sorted(times.items(), key=lambda pair: -pair[1])
    lines = ["| part | own time | share |", "|---|--:|--:|"]
    lines += [f"| {name} | {spent:.2f} s | {spent / found.total_tt:.0%} |" for name, spent in rows]
    return "\n".join([*lines, f"| all | {found.total_tt:.2f} s | |", ""])


def by_function(found: Any, *, top: int) -> str:  # noqa: ANN401 - as above
    """Return a table of the functions with the most own time."""
    rows = sorted(found.stats.items(), key=lambda pair: -pair[1][2])[:top]
    lines = ["| function | calls | own time | with what it calls |", "|---|--:|--:|--:|"]
    for (path, line, name), (_, calls, own, whole, _) in rows:
        place = name if path == "~" else f"{'/'.join(Path(path).parts[-2:])}:{line} {name}"
        lines.append(f"| `{place}` | {calls:,} | {own:.2f} s | {whole:.2f} s |")
    return "\n".join([*lines, ""])


def group_of(path: str) -> str:
    """Return the part of the program that the file at *path* belongs to."""
    path = path.replace(os.sep, "/")
    return next((group for part, group in GROUPS if part in path), OTHER)


if __name__ == "__main__":
    main()
