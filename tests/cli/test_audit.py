"""``news-digest audit``: the site as it will be published, and an exit code that can stop a workflow."""

from __future__ import annotations

import json
import random
import re
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from pelican.plugins.news_digest.audit.published import PublishedFolder
from pelican.plugins.news_digest.cli.audit import Audit, audit_site, facts_of, summary
from pelican.plugins.news_digest.cli.main import main
from pelican.plugins.news_digest.disk.files import LFS_START
from tests.builders import front_matter
from tests.conftest import Site
from tests.sites.checker import OutputChecker

SITEURL = "https://name.github.io/repo"
NOTES = "\n## Why {#why}\n\nSo it is.[^1] See [why](#why).\n\n[^1]: Minutes.\n"
NOW = datetime(2026, 5, 3, tzinfo=UTC)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return a small site, built once."""
    site = Site(tmp_path_factory.mktemp("audited"))
    site.settings(SITEURL=SITEURL, DIGEST_MAX_AGE_DAYS=0)
    site.write("news/a.md", front_matter(title='"First"'))
    site.write("news/b.md", front_matter(title='"Second"', webUrl="") + NOTES)
    site.write("pages/café.md", "Title: Café\nSlug: café\n\n[Home](/repo/) and [below](#x).\n\n<p id='x'>x</p>\n")
    assert 0 == site.build().returncode
    return site


@pytest.fixture
def site(built: Site, tmp_path: Path) -> Site:
    """Return a copy of the small site, to be broken."""
    shutil.copytree(built.root, tmp_path / "copy")
    return Site(tmp_path / "copy")


def audit(site: Site, *arguments: str) -> int:
    """Run ``news-digest audit`` on *site*."""
    return main(["audit", "-s", str(site.root / "pelicanconf.py"), *arguments])


def test_good_site_is_summed_up(site: Site, capsys: pytest.CaptureFixture[str]):
    """Exit code 0, and what there is: files, pages, links, what is largest, the newest item."""
    assert 0 == audit(site)
    said = capsys.readouterr().out
    files = site.files()
    pages = sum(name.endswith(".html") for name in files)
    assert f"{len(files)} files, " in said
    assert f" {pages} pages with " in said
    assert "newest item: 2026-05-01 08:00 UTC" in said
    assert said.endswith("0 errors, 0 warnings\n")


def test_room_is_a_table():
    """Each host on a line, the one that is full first."""
    sizes = {f"news/{number}/index.html": 30_000 for number in range(400)}
    found = Audit(sizes=sizes, items=300, links=0, newest=None, diagnostics=())
    said = list(summary(found, now=NOW))
    start = said.index("items that a host has room for, at the present size of an item:")
    assert "  15,000  cloudflare-pages       20,000 files" == said[start + 1]
    assert "  25,000  github-pages           1.0 GB" == said[start + 2]
    assert 15_000 == facts_of(found)["room"]["cloudflare-pages"]


def test_placeholder_is_not_published(site: Site, capsys: pytest.CaptureFixture[str]):
    """The address that a new site begins with stops the publishing, with the line that is to be changed."""
    conf = site.root / "pelicanconf.py"
    conf.write_text(conf.read_text("utf-8").replace(SITEURL, "https://digest.example.org"), "utf-8")
    line = next(n for n, text in enumerate(conf.read_text("utf-8").splitlines(), 1) if text.startswith("SITEURL"))
    assert 1 == audit(site)
    assert capsys.readouterr().out.startswith(f"{conf}:{line}: ND510 SITEURL 'https://digest.example.org' is a ")


def test_a_tar_is_looked_at_as_a_folder_is(site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """The same lines, for what is right and what is wrong: a page that is gone, a picture that is none, a link."""
    tar = tmp_path / "site.tar"
    for spoil in (lambda: None, lambda: spoil_site(site)):
        spoil()
        subprocess.run(["tar", "-cf", tar, "-C", site.output, "."], check=True)
        codes, said = [], []
        for arguments in ((), ("--tar", str(tar))):
            codes.append(audit(site, *arguments))
            said.append(capsys.readouterr().out)
        assert codes[0] == codes[1]
        assert said[0] == said[1]
    assert {"ND501", "ND505", "ND508"} <= set(re.findall(r"ND\d+", said[0]))


def spoil_site(site: Site) -> None:
    """Break a site in as many ways as reading it can show."""
    (site.output / "news" / "a" / "index.html").unlink()
    (site.output / "link").symlink_to(site.output)
    (site.output / "big.bin").write_bytes(LFS_START + b"v1\noid sha256:0\nsize 1\n")


@pytest.mark.parametrize("text", ["not a tar", "", None])
def test_a_tar_that_is_none_is_said(site: Site, tmp_path: Path, text: str | None, capsys: pytest.CaptureFixture[str]):
    """Whatever it is instead; a tar whose end is missing is none, either."""
    tar = tmp_path / "site.tar"
    subprocess.run(["tar", "-cf", tar, "-C", site.output, "."], check=True)
    tar.write_bytes(tar.read_bytes()[:30_000] if text is None else text.encode())
    assert 2 == audit(site, "--tar", str(tar))
    assert f"there is no site in {tar}" in capsys.readouterr().err


def test_broken_links_fail(site: Site, capsys: pytest.CaptureFixture[str]):
    """A page that is gone is named once, with a page that leads there."""
    (site.output / "news" / "a" / "index.html").unlink()
    assert 1 == audit(site)
    said = capsys.readouterr().out
    (line,) = [line for line in said.splitlines() if "ND501" in line]
    assert "ND501 news/a/: there is no such file; it is on " in line
    assert said.endswith("1 error, 0 warnings\n")


def test_workflows_get_annotations(site: Site, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    """--format github writes workflow commands, the facts for the log, and both for the page of the run."""
    (site.output / "news" / "a" / "index.html").unlink()
    page = site.root / "summary.md"
    page.write_text("before\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(page))
    assert 1 == audit(site, "--format", "github")
    said = capsys.readouterr().out
    assert said.startswith("::error title=ND501::")
    assert "\n1 error, 0 warnings\n" in said
    text = page.read_text(encoding="utf-8")
    assert text.startswith("before\n### What was built\n\n```text\n")
    assert "ND501" in text
    assert text.endswith("1 error, 0 warnings\n```\n")


def test_programs_get_json(site: Site, capsys: pytest.CaptureFixture[str]):
    """--format json has what `check` has: whether it is clean, counts, diagnostics, and the facts as numbers."""
    (site.output / "news" / "a" / "index.html").unlink()
    assert 1 == audit(site, "--format", "json")
    said = json.loads(capsys.readouterr().out)
    assert ["version", "clean", "counts", "diagnostics", "summary"] == list(said)
    assert not said["clean"]
    assert {"error": 1, "warning": 0, "note": 0} == said["counts"]
    assert "ND501" == said["diagnostics"][0]["code"]
    files = site.files()
    assert {
        "files": len(files),
        "bytes": sum(map(len, files.values())),
        "pages": sum(name.endswith(".html") for name in files),
    }.items() <= said["summary"].items()


def test_stale_site_fails_when_asked_for(site: Site, capsys: pytest.CaptureFixture[str]):
    """The setting decides; an item of a past May is older than a day."""
    config = site.root / "pelicanconf.py"
    config.write_text(config.read_text(encoding="utf-8") + "DIGEST_MAX_AGE_DAYS = 1\n", encoding="utf-8")
    assert 1 == audit(site)
    assert "ND504 the newest item is " in capsys.readouterr().out


def test_symbolic_links_and_half_files_are_said(site: Site, capsys: pytest.CaptureFixture[str]):
    """A link is not followed, and a feed that no reader can parse is an error."""
    (site.output / "elsewhere").symlink_to(site.root)
    (site.output / "feeds" / "all.atom.xml").write_text("<feed>", encoding="utf-8")
    assert 1 == audit(site)
    said = capsys.readouterr().out
    assert "elsewhere: ND505 " in said
    assert "feeds/all.atom.xml: ND506 not well-formed" in said
    assert "pelicanconf.py" not in said


def test_folder_without_a_site_is_said(site: Site, capsys: pytest.CaptureFixture[str]):
    """There is nothing to look at: exit code 2, and what to do."""
    assert 2 == audit(site, "-o", str(site.root / "empty"))
    assert "build it with `news-digest build" in capsys.readouterr().err


def test_settings_that_cannot_be_used_are_said(site: Site, capsys: pytest.CaptureFixture[str]):
    """A misspelled setting may be the one that was meant to stop a stale site."""
    config = site.root / "pelicanconf.py"
    config.write_text(config.read_text(encoding="utf-8") + "DIGEST_MAX_AGE = 1\n", encoding="utf-8")
    assert 2 == audit(site)
    assert "did you mean DIGEST_MAX_AGE_DAYS?" in capsys.readouterr().err


def broken_files(site: Site) -> tuple[set[str], set[str]]:
    """Return what is linked to and not there, as the command and the tests' own checker (which uses lxml) find it."""
    found = audit_site(PublishedFolder(site.output), siteurl=SITEURL, host="none", max_age_days=0, now=NOW)
    ours = {unquote(said.message.partition(": ")[0]) for said in found.diagnostics}
    theirs = set()
    for line in OutputChecker(site.output, SITEURL).broken():
        page, _, rest = line.partition(": ")
        target = urlsplit(urljoin(f"{SITEURL}/{page}", rest.partition(" → ")[0]))
        theirs.add(unquote(target.path).removeprefix("/repo/") or "/")
    return ours, theirs


@pytest.mark.parametrize("seed", range(6))
def test_two_readers_agree_on_what_is_broken(site: Site, seed: int):
    """Take files away at random: what the tests' own checker misses, this one misses, and nothing else."""
    assert (set(), set()) == broken_files(site)
    names = sorted(name for name in site.files() if not name.startswith(("api/", "pagefind/")))
    for name in random.Random(seed).sample(names, 4):  # noqa: S311 - no secret
        (site.output / name).unlink()
    ours, theirs = broken_files(site)
    assert theirs == ours
