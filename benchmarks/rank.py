"""How long `news-digest rank --all` takes: from nothing, with nothing new, and with 200 new items.

``python benchmarks/rank.py --sizes 10000,50000`` prints seconds by the wall clock, processor seconds and the most
memory of the main process (others read, compare and write for it), then how the time from nothing grows. Items are
invented: half of the stories have up to six reports, which share their own rare words.
"""

from __future__ import annotations

import argparse
import math
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

START = datetime(2020, 1, 1, tzinfo=UTC)
ITEMS_A_DAY = 90
VOCABULARY = 20_000
NEW = 200
SETTINGS = """\
SITENAME, SITEURL, TIMEZONE = "Benchmark", "https://benchmark.example", "UTC"
PATH, OUTPUT_PATH, CACHE_PATH, STATIC_PATHS = "content", "output", "cache", []
PLUGINS = ["pelican.plugins.news_digest"]
"""


class Run(NamedTuple):
    """What one ranking took."""

    wall_s: float
    cpu_s: float
    most_mb: float


def words(chance: random.Random, count: int) -> list[str]:
    """Return *count* words, frequent ones more often: as in any language, the nth has a share of about one in n."""
    return [f"word{int(VOCABULARY ** chance.random())}" for _ in range(count)]


def reports(count: int) -> Iterator[tuple[datetime, str, str]]:
    """Yield date, headline and excerpt of *count* items."""
    chance, made = random.Random(1), 0  # noqa: S311 - repeatable, and no secret
    while made < count:
        own = [f"name{chance.randrange(10**9)}" for _ in range(6)]
        begin = START + timedelta(days=made / ITEMS_A_DAY)
        for number in range(chance.choice((1, 1, 2, 3, 4, 6)) if chance.random() < 1 / 2 else 1):
            if made == count:
                return
            title, excerpt = [*chance.sample(own, 3), *words(chance, 6)], [*chance.sample(own, 4), *words(chance, 30)]
            chance.shuffle(title)
            chance.shuffle(excerpt)
            yield begin + timedelta(hours=2 * number), " ".join(title), " ".join(excerpt)
            made += 1


def write_site(folder: Path, count: int) -> None:
    """Write a site of *count* items; another call with a larger one adds what is missing."""
    news = folder / "content" / "news"
    news.mkdir(parents=True, exist_ok=True)
    (folder / "pelicanconf.py").write_text(SETTINGS, encoding="utf-8")
    for number, (date, title, excerpt) in enumerate(reports(count)):
        path = news / f"{date.date()}-{number:06}.md"
        if not path.exists():
            path.write_text(
                f'---\ntitle: "{title}"\nexcerpt: "{excerpt}"\npublishedDateTime: {date.isoformat()}\n'
                f'webUrl: "https://source{number % 90}.example/{number}"\n---\n',
                encoding="utf-8",
            )


def rank(folder: Path) -> Run:
    """Rank the site in *folder*."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    command = [sys.executable, "-m", "pelican.plugins.news_digest", "rank", "--all"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(wall, cpu, after.ru_maxrss / 1024)


def main() -> int:
    """Measure."""
    parser = argparse.ArgumentParser(description="Measure how long ranking takes.")
    parser.add_argument("--sizes", default="10000,50000", help="numbers of items (default: %(default)s)")
    sizes = [int(size) for size in parser.parse_args().sizes.split(",")]
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    cold: dict[int, float] = {}
    for size in sizes:
        folder = Path(tempfile.mkdtemp())
        try:
            write_site(folder, size)
            for what in ("from nothing", "nothing new", f"{NEW} new"):
                if what == f"{NEW} new":
                    write_site(folder, size + NEW)
                run = rank(folder)
                cold.setdefault(size, run.wall_s)
                print(f"{size:7,} items, {what:13} {run.wall_s:6.1f} s  {run.cpu_s:6.1f} cpu s  {run.most_mb:5.0f} MB")
        finally:
            shutil.rmtree(folder)
    if len(sizes) > 1:
        first, last = sizes[0], sizes[-1]
        print(f"grows with n to the {math.log(cold[last] / cold[first]) / math.log(last / first):.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
