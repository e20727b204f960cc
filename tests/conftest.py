"""What all tests share: where the checkout is, a tiny site to build, and a real archive where there is one."""

from __future__ import annotations

import gc
import os
import shutil
import tarfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings as hypothesis_settings

from tests.busy import judge, reasons_missing
from tests.launcher import run_pelican

try:
    import fcntl
except ImportError:  # Windows has none: there the suite runs in one process
    fcntl = None  # type: ignore[assignment]

if TYPE_CHECKING:
    import subprocess

    from pelican.plugins.news_digest.frontmatter.reader import Archive

# How long an example takes says more about the machine than about the code.
hypothesis_settings.register_profile("any machine", parent=hypothesis_settings.default, deadline=None)
hypothesis_settings.load_profile("any machine")

# Tests write and remove a hundred thousand small files: in memory that takes half the time. What passed is removed at
# once, so it never comes near this much; where there is less of it, or another place was chosen, files go to disk.
MEMORY = Path("/dev/shm")
ROOM_BYTES = 4 << 30


def has_room(folder: Path) -> bool:
    """Whether tests may write to *folder*, which is in memory."""
    return folder.is_dir() and os.access(folder, os.W_OK | os.X_OK) and shutil.disk_usage(folder).free >= ROOM_BYTES


if "PYTEST_DEBUG_TEMPROOT" not in os.environ and "TMPDIR" not in os.environ and has_room(MEMORY):
    os.environ["PYTEST_DEBUG_TEMPROOT"] = str(MEMORY)

# Eleven thousand tests are a heap that Python's collector walks again and again. It finds as much when it looks less
# often, in a fifteenth less time.
NEW_VALUES = 50_000
gc.set_threshold(NEW_VALUES, *gc.get_threshold()[1:])

ROOT = Path(__file__).resolve().parents[1]
PLUGINS = ROOT / "plugins" / "pelican" / "plugins"
ARCHIVE = ROOT.parent / "shared" / "corpus" / "azure.tar.xz"
SEED = ROOT.parent / "shared" / "seed" / "article.md"


def unpack(archive: tarfile.TarFile, folder: Path) -> None:
    """Unpack *archive*, safely where this Python knows how (3.11.4 and newer)."""
    if hasattr(tarfile, "data_filter"):
        archive.extractall(folder, filter="data")
    else:
        archive.extractall(folder)  # noqa: S202 - an archive of our own


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let CI ask for those tests that may have failed by bad luck."""
    words = "ask once more for what failed, if all of it is marked `busy`; fail at once if not"
    parser.addoption("--busy-again", action="store_true", help=words)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Refuse a mark without a reason, and keep what ``--busy-again`` asks for."""
    if bare := reasons_missing(items):
        raise pytest.UsageError(f"marked `busy` without a reason: {', '.join(bare)}")
    if config.getoption("--busy-again") and config.cache is not None:
        marked = {item.nodeid for item in items if item.get_closest_marker("busy")}
        verdict = judge(config.cache.get("cache/lastfailed", {}), marked)
        if verdict.final:
            pytest.exit("counts at once: " + ", ".join(verdict.final), returncode=1)
        config.hook.pytest_deselected(items=[item for item in items if item.nodeid not in verdict.again])
        items[:] = [item for item in items if item.nodeid in verdict.again]


# Name and maker of a folder → where it is.
MakeOnce = Callable[[str, Callable[[Path], object]], Path]


@dataclass(frozen=True)
class Site:
    """A site in a folder of its own; built in a process of its own, as its owner would."""

    root: Path

    @property
    def output(self) -> Path:
        """Where the site is written."""
        return self.root / "output"

    def write(self, path: str, text: str) -> Path:
        """Write one file below ``content/``."""
        target = self.root / "content" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="")
        return target

    def follow(self, files: Iterable[tuple[str, str]]) -> None:
        """Add each text to the end of its file, below the site's folder, as the reader of a how-to does."""
        for path, text in files:
            target = self.root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("a", encoding="utf-8") as file:
                file.write(text)

    def settings(self, **values: object) -> None:
        """Write ``pelicanconf.py`` with our theme and plugin, and *values*."""
        defaults: dict[str, object] = {
            "SITENAME": "Tiny",
            "SITEURL": "https://tiny.example",
            "TIMEZONE": "UTC",
            "DEFAULT_LANG": "en",
            "LOCALE": ["C.UTF-8", "en_US.UTF-8", "C"],  # Pelican warns of a LANG that a machine names and does not have
            "PATH": "content",
            "OUTPUT_PATH": "output",
            "STATIC_PATHS": ["images", "assets"],
            "PLUGIN_PATHS": [str(PLUGINS)],
            "PLUGINS": ["pelican.plugins.news_digest"],
            "THEME": str(ROOT / "theme"),
            "FEED_ALL_ATOM": None,
            "CATEGORY_FEED_ATOM": None,
            "TRANSLATION_FEED_ATOM": None,
            "AUTHOR_FEED_ATOM": None,
            "AUTHOR_FEED_RSS": None,
        }
        lines = [f"{name} = {value!r}" for name, value in {**defaults, **values}.items()]
        (self.root / "pelicanconf.py").write_text("\n".join(lines) + "\n", encoding="utf-8")

    def build(self, *arguments: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        """Run ``pelican`` once and return what it said, standard error included."""
        if not (self.root / "pelicanconf.py").exists():
            self.settings()
        return run_pelican(*arguments, folder=self.root, plugins=PLUGINS, env=env)

    def files(self) -> dict[str, bytes]:
        """Return every file of the output, by its path."""
        found = sorted(path for path in self.output.rglob("*") if path.is_file())
        return {path.relative_to(self.output).as_posix(): path.read_bytes() for path in found}

    def page(self, path: str) -> str:
        """Return one file of the output as text."""
        return (self.output / path).read_text(encoding="utf-8")


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Return an empty site."""
    (tmp_path / "content").mkdir()
    return Site(tmp_path)


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> MakeOnce:
    """Return what makes a folder once for all processes that share the suite: who comes later waits for it."""
    base = tmp_path_factory.getbasetemp()
    base = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def make_once(name: str, make: Callable[[Path], object]) -> Path:
        folder, done = base / name, base / f"{name}.done"
        with (base / f"{name}.lock").open("w") as lock:
            if fcntl is not None:
                fcntl.flock(lock, fcntl.LOCK_EX)
            if not done.exists():
                folder.mkdir(exist_ok=True)
                make(folder)
                done.touch()
        return folder

    return make_once


@pytest.fixture(scope="session")
def corpus(shared: MakeOnce) -> Path:
    """Return the content folder of a real archive of 4,958 items, to be read only; skip where there is none."""
    if not ARCHIVE.exists():
        pytest.skip(f"no real archive at {ARCHIVE.relative_to(ROOT.parent)}: this test needs one")

    def make(folder: Path) -> None:
        with tarfile.open(ARCHIVE) as archive:
            unpack(archive, folder)
        content = folder / "content"
        content.mkdir()
        (folder / "_news").rename(content / "news")
        (folder / "_data" / "topics").rename(content / "topics")
        (folder / "_data" / "organizations").rename(content / "providers")
        if (folder / "assets").exists():
            shutil.copytree(folder / "assets", content / "assets")

    return shared("corpus", make) / "content"


@pytest.fixture(scope="session")
def archive(corpus: Path, shared: MakeOnce) -> Archive:
    """Return what the real archive says, read from its files once for all processes."""
    from pelican.plugins.news_digest.frontmatter.reader import read_archive

    def read(cache: Path) -> Archive:
        return read_archive(corpus, timezone="UTC", cache=cache)

    return read(shared("archive", read))


@pytest.fixture
def seed() -> str:
    """Return the text of the article that the format comes from; skip where it is not at hand."""
    if not SEED.exists():
        pytest.skip(f"no seed article at {SEED.relative_to(ROOT.parent)}: this test needs it")
    return SEED.read_text(encoding="utf-8")
