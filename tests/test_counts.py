"""How much work a build does, counted and not timed: a build that does more than it must fails here, on any machine."""

from __future__ import annotations

import builtins
import io
import os
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2
import pytest
from pelican.settings import read_settings

from pelican import Pelican
from pelican.plugins.news_digest.disk import files
from pelican.plugins.news_digest.host.summary import last_build
from pelican.plugins.news_digest.output import perform
from pelican.plugins.news_digest.output.folder.listing import LISTING
from pelican.plugins.news_digest.pages.plans import Promise, made
from tests.conftest import ROOT, Site

if TYPE_CHECKING:
    from pelican.plugins.news_digest.pages.plans import Plan

# What asks the file system something, by the name under which the libraries find it. Imports ask below these.
CALLS = [
    (os, "stat"), (os, "lstat"), (os, "scandir"), (os, "listdir"), (os, "open"), (os, "access"), (os, "readlink"),
    (os, "mkdir"), (os, "rmdir"), (os, "rename"), (os, "replace"), (os, "unlink"), (os, "remove"), (os, "utime"),
    (os, "chmod"), (os, "link"), (os, "symlink"), (io, "open"), (builtins, "open"),
]  # fmt: skip
# A page's view may hold a text that the page does not show: an earlier week's excerpts.
RENDERED_IN_VAIN = 1
# An item's neighbours and whoever links to it show its title alone.
MADE_IN_VAIN = 12
# The items that were read, what links them, the list of what was written, and what keeps two builds apart.
CACHE_FILES = 4
# A word of no other item: what to read next is chosen by shared words, and would change with them on further pages.
NEWS = "Floccinaucinihilipilification."
TEMPLATES = len([path for path in (ROOT / "theme" / "templates").rglob("*") if path.is_file()])


@dataclass(frozen=True)
class Work:
    """What one build did.

    Attributes:
        rendered: Files that were rendered.
        made: How many plans were made that were promised.
        changed: Files of the output and the caches that are new or were written again, with their sizes.
        calls: Name of a call to the file system → how often.
    """

    parsed: int
    rendered: frozenset[str]
    made: int
    changed: dict[str, int]
    compiled: int
    calls: Counter[str]

    @property
    def output_written(self) -> int:
        """How many files of the output are new."""
        return sum(path.startswith("output/") for path in self.changed)


@dataclass(frozen=True)
class Budget:
    """How many calls to the file system a build may make for each file of content, theme and output together.

    Attributes:
        same: For a build on top of one that wrote everything: times do not tell yet that a file is what it was.
        settled: For one on top of a build that left nearly everything alone.
    """

    cold: float
    same: float
    edit: float
    settled: float


class Counting:
    """Builds a site in this process and counts.

    Args:
        monkeypatch: Puts counters before what is counted, for one test.
    """

    def __init__(self, site: Site, budget: Budget, monkeypatch: pytest.MonkeyPatch) -> None:
        self.site = site
        self.budget = budget
        self._calls: Counter[str] = Counter()
        self._compiled = self._made = 0
        for owner, name in CALLS:
            monkeypatch.setattr(owner, name, self._counted(name, getattr(owner, name)))
        compile_template = jinja2.Environment.compile

        def compile_and_count(*args: Any, **options: Any) -> Any:
            self._compiled += 1
            return compile_template(*args, **options)

        monkeypatch.setattr(jinja2.Environment, "compile", compile_and_count)

        def make_and_count(plan: Plan | Promise) -> Plan:
            self._made += isinstance(plan, Promise)
            return made(plan)

        monkeypatch.setattr(perform, "made", make_and_count)
        # A file counts as known the moment after it was written: tests do not wait until it is two seconds old.
        monkeypatch.setattr(files, "RACY_NS", 0)

    def build(self) -> Work:
        """Build once and return what was done."""
        before = dict(self._files())
        self._compiled = self._made = 0
        settings = read_settings(str(self.site.root / "pelicanconf.py"))
        self._calls.clear()
        Pelican(settings).run()
        calls = Counter(self._calls)
        build = last_build()
        assert build is not None
        changed = {path: state[0] for path, state in self._files() if before.get(path) != state}
        rendered = frozenset(build.performed.rendered)
        parsed = build.archive.parsed_count if build.is_read else 0
        return Work(parsed, rendered, self._made, changed, self._compiled, calls)

    def item_count(self) -> int:
        """Return how many items the content folder has."""
        return sum(1 for _ in (self.site.root / "content" / "news").rglob("*.md"))

    def output_count(self) -> int:
        """Return how many files the output has."""
        return sum(path.startswith("output/") for path, _ in self._files())

    def calls_a_file(self, work: Work) -> float:
        """Return how many calls *work* made for each file of content, theme and output together."""
        sources = (self.site.root / "content", ROOT / "theme")
        count = self.output_count() + sum(path.is_file() for folder in sources for path in folder.rglob("*"))
        return work.calls.total() / count

    def own_output(self) -> Iterator[str]:
        """Yield the files of the output that were neither copied nor list the others."""
        for path, _ in self._files():
            if path.startswith("output/") and not self._is_copy(path) and path != f"output/{LISTING}":
                yield path.removeprefix("output/")

    def without_copies(self, work: Work) -> dict[str, int]:
        """Return what *work* wrote, but for what Pelican copies."""
        return {path: size for path, size in work.changed.items() if not self._is_copy(path)}

    def _is_copy(self, path: str) -> bool:
        name = path.removeprefix("output/")
        return name != path and (self.site.root / "content" / name).is_file()

    def _counted(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def count(*args: Any, **options: Any) -> Any:
            self._calls[name] += 1
            return function(*args, **options)

        return count

    def _files(self) -> Iterator[tuple[str, tuple[int, int, int]]]:
        for folder in ("output", "cache"):
            for path in sorted((self.site.root / folder).rglob("*")):
                if path.is_file():
                    stat = path.stat()
                    yield (
                        path.relative_to(self.site.root).as_posix(),
                        (stat.st_size, stat.st_mtime_ns, stat.st_ino),
                    )


@pytest.fixture
def demonstration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Counting:
    """Return the site of this repository, in a folder of its own."""
    shutil.copytree(ROOT / "content", tmp_path / "content")
    site = Site(tmp_path)
    site.settings(CACHE_PATH="cache", DIGEST_WORKERS=1, DIGEST_SEARCH=False, TIMEZONE="Europe/London")
    return Counting(site, Budget(cold=10, same=6, edit=7, settled=5), monkeypatch)


@pytest.fixture
def real(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Counting:
    """Return the site of a real archive, in a folder of its own."""
    shutil.copytree(corpus, tmp_path / "content")
    site = Site(tmp_path)
    site.settings(CACHE_PATH="cache", DIGEST_WORKERS=1, DIGEST_SEARCH=False)
    return Counting(site, Budget(cold=6, same=3, edit=3, settled=2), monkeypatch)


def edit(counting: Counting) -> None:
    """Say something new in the excerpt of the newest published item."""
    news = counting.site.root / "content" / "news"
    texts = {path: path.read_text(encoding="utf-8") for path in sorted(news.rglob("*.md"))}
    path = [p for p, text in texts.items() if "\npublished: true" in text and "\nremoved: true" not in text][-1]
    path.write_text(re.sub(r'^excerpt: "', f'excerpt: "{NEWS} ', texts[path], count=1, flags=re.MULTILINE))


def check_cold(work: Work, counting: Counting) -> None:
    """Everything is read once, rendered once and written once; every template is compiled at most once."""
    assert counting.item_count() == work.parsed
    assert counting.output_count() == work.output_written
    assert set(counting.own_output()) == work.rendered
    assert TEMPLATES >= work.compiled
    assert counting.budget.cold >= counting.calls_a_file(work)


def check_no_change(work: Work, counting: Counting, *, most: float) -> None:
    """Nothing is parsed or rendered, nothing written but what Pelican copies each time.

    The list of written files may be noted anew: now their times tell what their bytes had to tell this time.
    """
    assert 0 == work.parsed
    assert frozenset() == work.rendered
    assert [] == [path for path in counting.without_copies(work) if not path.startswith("cache/news-digest/output-")]
    assert 0 == work.made
    assert 0 == work.compiled
    assert most >= counting.calls_a_file(work)


def check_edit(work: Work, counting: Counting) -> None:
    """One file is read; what is rendered differs, and differs because it shows the edited item."""
    assert 1 == work.parsed
    changed = counting.without_copies(work)
    caches = {path for path in changed if path.startswith("cache/")}
    output = {path.removeprefix("output/") for path in changed if path not in caches}
    assert 0 < len(output)
    assert len(caches) <= CACHE_FILES
    assert output <= work.rendered
    assert len(work.rendered - output) <= RENDERED_IN_VAIN
    assert work.made <= len(work.rendered) + MADE_IN_VAIN
    assert [] == [path for path in sorted(output) if NEWS not in counting.site.page(path)]
    assert TEMPLATES >= work.compiled
    assert counting.budget.edit >= counting.calls_a_file(work)


def check_all(counting: Counting) -> None:
    """Build four times; the last build knows all files but a few by their times, the second all but none."""
    check_cold(counting.build(), counting)
    check_no_change(counting.build(), counting, most=counting.budget.same)
    edit(counting)
    check_edit(counting.build(), counting)
    check_no_change(counting.build(), counting, most=counting.budget.settled)


def test_demonstration(demonstration: Counting):
    """The first build does everything once, the second nothing, the third what one edit asks for."""
    check_all(demonstration)


@pytest.mark.slow
@pytest.mark.corpus
def test_real_archive(real: Counting):
    """The same of an archive of 4,958 items."""
    check_all(real)
