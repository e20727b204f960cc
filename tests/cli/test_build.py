"""``news-digest build --tar``: the same site as one file, and nothing beside it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from pelican import signals
from pelican.plugins.news_digest.cli.command import Exit
from pelican.plugins.news_digest.cli.main import main
from tests.builders import front_matter
from tests.conftest import PLUGINS, ROOT, Site, unpack

PLUGIN = """
from pelican import signals

def sign(path, context):
    with open(path, "a", encoding="utf-8") as page:
        page.write("<!-- signed -->")

def register():
    signals.content_written.connect(sign)
"""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    """Return a small site with everything that ends in an output folder: pages, pictures, cards, files, a template."""
    site = Site(tmp_path / "site")
    site.root.mkdir()
    write_settings(site)
    for name in "abc":
        site.write(f"news/{name}.md", front_matter(title=f'"Item {name}"', webUrl=f'"https://{name}.example/"'))
    site.write("assets/nothing.txt", "")
    site.write("assets/über uns.txt", "a name that is not ASCII")
    site.write(f"assets/{'long-' * 40}name.txt", "a name that is too long for a plain header")
    site.write("assets/.well-known/security.txt", "Contact: x")
    shutil.copy(ROOT / "docs" / "images" / "month.png", site.root / "content" / "assets" / "month.png")
    (site.root / "templates").mkdir()
    (site.root / "templates" / "robots.txt").write_text("User-agent: *\n")
    monkeypatch.chdir(site.root)
    return site


def write_settings(site: Site, **more: object) -> None:
    """Write settings with which Pelican writes a file of its own, too."""
    pages = {"TEMPLATE_PAGES": {"robots.txt": "robots.txt"}, "THEME_TEMPLATES_OVERRIDES": ["templates"]}
    site.settings(**{"DIGEST_CARDS": "all", "DIGEST_SEARCH": False, "CACHE_PATH": "cache", **pages, **more})


def build(*arguments: str) -> None:
    """Run ``news-digest build``."""
    assert 0 == main(["build", *arguments])


def files_in(tar: Path) -> dict[str, bytes]:
    """Return the files that a host finds in *tar*."""
    with tarfile.open(tar) as archive:
        found = [(member.name.removeprefix("./"), archive.extractfile(member)) for member in archive]
        return {name: file.read() for name, file in found if file is not None}


def clean(site: Site, **settings: object) -> dict[str, bytes]:
    """Return the files of a build into a folder that knows of no earlier one."""
    write_settings(site, CACHE_PATH="no-cache", **settings)
    build("--changed", "changed.json")
    found = site.files()
    listed = json.loads((site.root / "changed.json").read_bytes())
    assert sorted(found) == [line["path"] for line in listed["new"]]
    shutil.rmtree(site.output)
    shutil.rmtree("no-cache")
    write_settings(site, **settings)
    return found


def test_a_tar_holds_what_a_folder_would(site: Site, tmp_path: Path):
    """Everything, in one order, with times, owners and modes that say nothing of the machine; no folder is left."""
    build("--tar", "site.tar")
    assert not site.output.exists()
    expected = clean(site)
    assert {"robots.txt", "assets/.well-known/security.txt", "assets/month.png"} <= expected.keys()
    assert any(name.endswith(".png") and name.startswith("cards/") for name in expected), sorted(expected)
    with tarfile.open("site.tar") as archive:
        members = archive.getmembers()
        unpack(archive, tmp_path / "unpacked" / "output")
    assert expected == Site(tmp_path / "unpacked").files() == files_in(site.root / "site.tar")
    names = [member.name for member in members if member.isfile()]
    assert names == sorted(names)
    assert {(0, 0, 0, "", "")} == {(m.mtime, m.uid, m.gid, m.uname, m.gname) for m in members}
    assert {(True, 0o644), (False, 0o755)} == {(m.isfile(), m.mode) for m in members}
    assert subprocess.run(["tar", "-tf", "site.tar"], check=True, capture_output=True).stderr == b""


def test_changes_reach_a_tar_that_is_there(site: Site, capsys: pytest.CaptureFixture[str]):
    """As a clean build would have it, byte for byte: an edit, a file of each kind that comes, differs or goes.

    Nothing is written where only times are others.
    """
    build("--tar", "site.tar")
    site.write("news/a.md", front_matter(title='"Another title"', webUrl='"https://a.example/"'))
    site.write("news/d.md", front_matter(title='"A new one"', webUrl='"https://d.example/"'))
    (site.root / "content" / "news" / "b.md").unlink()
    (site.root / "content" / "assets" / "month.png").unlink()
    site.write("assets/nothing.txt", "something")
    (site.root / "templates" / "robots.txt").write_text("User-agent: some\n")
    build("--tar", "site.tar")
    once = (site.root / "site.tar").read_bytes()
    build("--tar", "clean.tar", "--fresh")
    assert once == (site.root / "clean.tar").read_bytes()
    assert clean(site) == files_in(site.root / "site.tar")
    capsys.readouterr()
    os.utime("site.tar", (1, 1))
    os.utime(site.root / "content" / "assets" / "nothing.txt", (1, 1))
    build("--tar", "site.tar")
    assert "0 files changed, 0 removed" in capsys.readouterr().out
    # Pelican writes no file of its own any more, so ours has the place.
    write_settings(site, TEMPLATE_PAGES={})
    build("--tar", "site.tar")
    assert clean(site, TEMPLATE_PAGES={}) == files_in(site.root / "site.tar")


def test_a_tar_that_is_not_what_was_written_is_made_again(site: Site, caplog: pytest.LogCaptureFixture):
    """All of it, and it is said; so it is without a cache, where nothing is known of the last one."""
    build("--tar", "site.tar")
    whole = (site.root / "site.tar").read_bytes()
    (site.root / "site.tar").write_bytes(whole.replace(b"Item a", b"Item x"))
    build("--tar", "site.tar")
    assert whole == (site.root / "site.tar").read_bytes()
    assert "site.tar is not what the last build wrote; all of it is made again" in caplog.text
    write_settings(site, DIGEST_CACHE=False)
    (site.root / "site.tar").unlink()
    build("--tar", "site.tar")
    assert whole == (site.root / "site.tar").read_bytes()


def test_what_others_do_to_pages_is_in_the_tar(site: Site):
    """With a plugin that writes to pages there is a folder after all, of our own; the tar holds what stands there."""
    (site.root / "signing.py").write_text(PLUGIN)
    more = {"PLUGIN_PATHS": [str(PLUGINS), "."], "PLUGINS": ["pelican.plugins.news_digest", "signing"]}
    write_settings(site, **more)
    for arguments in (["-o", "clean"], ["--tar", "site.tar"], ["--tar", "site.tar"]):
        # In a process of its own: a plugin stays connected.
        command = [sys.executable, "-m", "pelican.plugins.news_digest", "build", *arguments]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        assert ("packed from a folder" in done.stdout) == ("--tar" in arguments)
    (site.root / "clean").rename(site.output)
    assert site.files() == files_in(site.root / "site.tar")
    assert site.page("index.html").endswith("<!-- signed -->")


def test_a_list_of_changes_is_not_published(site: Site, capsys: pytest.CaptureFixture[str]):
    """It is said before anything is built."""
    assert 2 == main(["build", "--changed", "output/changed.json"])
    assert 2 == main(["build", "-o", "elsewhere", "--changed", "templates/../elsewhere/changed.json"])
    assert 2 == capsys.readouterr().err.count("would be published")


def test_a_folder_is_no_tar(site: Site, capsys: pytest.CaptureFixture[str]):
    """It is said before anything is built."""
    assert 2 == main(["build", "--tar", "templates"])
    assert "is a folder; name the tar itself" in capsys.readouterr().err


INTERRUPT = """
from pelican import signals

def stop(*_, **__):
    raise KeyboardInterrupt

def register():
    signals.{signal}.connect(stop)
"""


@pytest.mark.parametrize("signal", ["initialized", "all_generators_finalized", "content_written"])
@pytest.mark.parametrize("place", [(), ("--tar", "site.tar")])
def test_a_build_that_was_interrupted_is_none(
    site: Site, capsys: pytest.CaptureFixture[str], signal: str, place: tuple[str, ...]
):
    """Pelican ends well after Ctrl-C; what follows in a script would publish half a site, or the last one again."""
    (site.root / "impatient.py").write_text(INTERRUPT.format(signal=signal), encoding="utf-8")
    write_settings(
        site, PLUGINS=["pelican.plugins.news_digest", "impatient"], PLUGIN_PATHS=[str(PLUGINS), str(site.root)]
    )
    try:
        assert Exit.INTERRUPTED == main(["build", *place, "--changed", "changed.json"])
    finally:  # no later build of this process is to hear of it
        getattr(signals, signal).disconnect(sys.modules.pop("impatient").stop)
    assert not (site.root / "changed.json").exists()
    assert not (site.root / "site.tar").exists()
    assert "interrupted" in capsys.readouterr().err
