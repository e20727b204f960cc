"""What all tests share: where the checkout is, a tiny site to build, and a real archive where there is one."""

from __future__ import annotations

import tarfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.launcher import run_pelican

if TYPE_CHECKING:
    import subprocess

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

    def settings(self, **values: object) -> None:
        """Write ``pelicanconf.py`` with our theme and plugin, and *values*."""
        defaults: dict[str, object] = {
            "SITENAME": "Tiny",
            "SITEURL": "https://tiny.example",
            "TIMEZONE": "UTC",
            "DEFAULT_LANG": "en",
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


# Modules that build something large once: all of their tests belong to one of the processes that share the suite.
TOGETHER = ("browser/", "hostile/", "checks/test_corpus_counts.py", "test_corpus.py", "test_contract_api.py")


@pytest.hookimpl(tryfirst=True)  # before tests are shared out
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep tests together that stand on one large fixture."""
    for item in items:
        path = item.path.relative_to(ROOT / "tests").as_posix()
        group = next((name for name in TOGETHER if path.startswith(name)), None)
        if group is not None:
            item.add_marker(pytest.mark.xdist_group(group))


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Return an empty site."""
    (tmp_path / "content").mkdir()
    return Site(tmp_path)


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the content folder of a real archive of 4,958 items; skip where there is none."""
    if not ARCHIVE.exists():
        pytest.skip(f"no real archive at {ARCHIVE.relative_to(ROOT.parent)}: this test needs one")
    folder = tmp_path_factory.mktemp("corpus")
    with tarfile.open(ARCHIVE) as archive:
        unpack(archive, folder)
    content = folder / "content"
    content.mkdir()
    (folder / "_news").rename(content / "news")
    (folder / "_data" / "topics").rename(content / "topics")
    (folder / "_data" / "organizations").rename(content / "providers")
    return content


@pytest.fixture
def seed() -> str:
    """Return the text of the article that the format comes from; skip where it is not at hand."""
    if not SEED.exists():
        pytest.skip(f"no seed article at {SEED.relative_to(ROOT.parent)}: this test needs it")
    return SEED.read_text(encoding="utf-8")
