"""A site that several processes of Dask built is the one that one process builds."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile

import pytest
from PIL import Image

from tests.builders import front_matter
from tests.conftest import Site, unpack

# As `docs/how-to/machines.md` has it for one machine. The workers of a blind one
# see none of the folders that are written to, as machines that share no disk.
MACHINES = """
import os
from distributed import Client, LocalCluster

def start():
    print("started", flush=True)
    cluster = LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None)
    client = Client(cluster)
    if os.environ.get("BLIND"):
        client.run(blind)
    return client.get_executor(pure=False)

def blind():
    from pelican.plugins.news_digest.images.making import elsewhere
    from pelican.plugins.news_digest.output import place
    from pelican.plugins.news_digest.running import elsewhere as asked
    asked.sees = elsewhere.sees = place.sees = lambda mark: False
"""
ITEMS, PICTURES = 260, 12


@pytest.mark.slow
def test_dask_builds_the_same_site(site: Site):
    """Pages, cards and pictures: by workers that see the disk into a folder, and by others into a tar."""
    pytest.importorskip("distributed", reason="Dask is not installed: pip install --group machines")
    for number in range(ITEMS):
        image = f'\n  - {{url: "/images/{number}.png", width: 400, height: 300}}' if number < PICTURES else ""
        site.write(f"news/{number}.md", front_matter(title=f'"Item {number}"', webUrl="", images=image))
    (site.root / "content" / "images").mkdir()
    for number in range(PICTURES):
        Image.new("RGB", (400, 300), (number * 20, 80, 80)).save(site.root / "content" / "images" / f"{number}.png")
    (site.root / "machines.py").write_text(MACHINES)
    found = []
    for executor, tar, env in (
        ("", "", {}),
        ("machines:start", "", {}),
        ("machines:start", "site.tar", {"BLIND": "1"}),
    ):
        site.settings(DIGEST_EXECUTOR=executor, DIGEST_WORKERS=2, DIGEST_SEARCH=False, CACHE_PATH="cache")
        said = [run(site, *words, env=env) for words in (("images",), ("build", *(["--tar", tar] if tar else [])))]
        assert [bool(executor)] * 2 == ["started" in each for each in said]
        assert [] == [line for line in "".join(said).splitlines() if "done here" in line or "given up" in line]
        if tar:
            with tarfile.open(site.root / tar) as archive:
                unpack(archive, site.output)
        found.append(({p.name: p.read_bytes() for p in (site.root / "cache").rglob("*.webp")}, site.files()))
        shutil.rmtree(site.root / "cache")
        shutil.rmtree(site.output)
    assert found[0] == found[1] == found[2]
    assert len(found[0][0]) >= PICTURES


def run(site: Site, *arguments: str, env: dict[str, str]) -> str:
    """Run a command of ours, and return what it said."""
    done = subprocess.run(
        [sys.executable, "-m", "pelican.plugins.news_digest", *arguments],
        cwd=site.root,
        env={**os.environ, **env},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert 0 == done.returncode, done.stdout
    return done.stdout
