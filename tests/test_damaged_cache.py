"""Nothing in the cache is trusted by its name: whatever became of its files, the site is what a clean build writes."""

from __future__ import annotations

import os
import pickle
import random
import shutil
from collections.abc import Callable
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from pelican.plugins.news_digest.cli.main import main
from pelican.plugins.news_digest.output.search.program import find_pagefind
from tests.builders import front_matter

if TYPE_CHECKING:
    from tests.conftest import Site


class Bomb:
    """Leaves a file where it is unpickled."""

    def __init__(self, trace: Path) -> None:
        self.trace = trace

    def __reduce__(self) -> tuple[Callable[..., object], tuple[str, ...]]:
        """Say what unpickling is to run."""
        return os.mkdir, (str(self.trace),)


@pytest.fixture
def pictured(site: Site) -> Site:
    """Return a site with a picture of its own that was made, and everything else that leaves something in a cache."""
    site.settings(CACHE_PATH="cache", DIGEST_WORKERS=1, DIGEST_CARDS="none", DIGEST_SEARCH=find_pagefind() is not None)
    site.write("images/a.png", "")
    Image.new("RGB", (400, 300), (10, 90, 40)).save(site.root / "content" / "images" / "a.png")
    for name in "abc":
        picture = '\n  - {url: "/images/a.png", width: 400, height: 300}' if name == "a" else ""
        site.write(f"news/{name}.md", front_matter(title=f'"Title {name}"', images=picture))
    make_pictures(site)
    assert 0 == site.build().returncode
    return site


def make_pictures(site: Site) -> None:
    """Make pictures, as a workflow does before each build."""
    with redirect_stdout(StringIO()):
        assert 0 == main(["images", "-s", str(site.root / "pelicanconf.py")])


def damage(path: Path, how: str, *, others: list[Path], trace: Path) -> None:
    """Do to the file at *path* what a disk, a hand or somebody else would."""
    data = path.read_bytes()
    chance = random.Random(how)  # noqa: S311 - noise, not a secret
    match how:
        case "cut":
            path.write_bytes(data[: len(data) // 2])
        case "empty":
            path.write_bytes(b"")
        case "noise":
            at = len(data) // 2
            path.write_bytes(data[:at] + chance.randbytes(8) + data[at + 8 :])
        case "all noise":
            path.write_bytes(chance.randbytes(len(data)))
        case "pickle":
            path.write_bytes(pickle.dumps(Bomb(trace)))
        case "another's":
            path.write_bytes(chance.choice(others).read_bytes())
        case "link":
            path.unlink()
            path.symlink_to(trace.with_name("elsewhere"))
        case "unreadable":
            path.chmod(0)


@pytest.mark.slow
@pytest.mark.parametrize("how", ["cut", "empty", "noise", "all noise", "pickle", "another's", "link", "unreadable"])
def test_damaged_cache_changes_nothing(how: str, pictured: Site):
    """All files at once, then each alone: the same site, one line for each at most, nothing run, nothing elsewhere."""
    cache, trace, elsewhere = (pictured.root / name for name in ("cache", "trace", "elsewhere"))
    elsewhere.write_text("not ours")
    expected = pictured.files()
    shutil.copytree(cache, pictured.root / "whole")
    paths = sorted(path.relative_to(cache) for path in cache.rglob("*") if path.is_file())
    assert len(paths) >= 7
    for chosen in (paths, *([path] for path in random.Random(how).sample(paths, 2))):  # noqa: S311 - a sample
        shutil.rmtree(cache)
        shutil.copytree(pictured.root / "whole", cache)
        for path in chosen:
            damage(cache / path, how, others=[pictured.root / "whole" / other for other in paths], trace=trace)
        make_pictures(pictured)
        result = pictured.build()
        assert 0 == result.returncode, result.stdout
        assert result.stdout.count("is damaged") <= len(chosen)
        assert expected == pictured.files(), chosen
        assert "is damaged" not in pictured.build().stdout
        assert not trace.exists()
        assert "not ours" == elsewhere.read_text()
