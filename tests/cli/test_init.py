"""``news-digest init``: a site that works as it is, and nothing that was there is lost."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from pelican.plugins.news_digest.cli.init import local_zone
from pelican.plugins.news_digest.cli.main import main
from pelican.plugins.news_digest.cli.new_site import TEMPLATES, Answers, Host, fill, site_files
from pelican.plugins.news_digest.frontmatter.reader import read_archive
from tests.builders import front_matter
from tests.cli.test_new import typed
from tests.conftest import ROOT
from tests.sites.checker import OutputChecker

NOW = datetime(2026, 5, 3, 20, 30, tzinfo=UTC)
EXAMPLES = 3

REPOSITORY = Answers(
    name="The Ellery Digest",
    subtitle="Port Ellery, read from every side",
    timezone="Europe/London",
    imports="",
    plugin=(
        '# Straight from this checkout. With the package installed: PLUGINS = ["news_digest"], no PLUGIN_PATHS, and\n'
        "# `from pelican.plugins import news_digest`, THEME = news_digest.theme_path()\n"
        'PLUGIN_PATHS = ["plugins/pelican/plugins"]\n'
        'PLUGINS = ["pelican.plugins.news_digest"]\n'
        'THEME = "theme"'
    ),
    requirement="--editable .[fast,search]",
)


def made(folder: Path) -> dict[str, bytes]:
    """Return every file below *folder*."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("name", ["pelicanconf.py", "publishconf.py", "requirements.txt"])
def test_repositorys_own_settings_are_those_of_a_new_site(name: str):
    """What a newcomer gets is what we use: one text for both, apart from names and where the plugin is."""
    template = (TEMPLATES / "site" / f"{name}.in").read_text(encoding="utf-8")
    assert fill(template, REPOSITORY) == (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("path", [".github/workflows/publish.yml", ".github/dependabot.yml"])
def test_repositorys_own_workflow_is_that_of_a_new_site(path: str):
    """Byte for byte: who uses the repository as a template publishes in the same way."""
    assert (ROOT / path).read_bytes() == site_files(Answers(name="Any"), now=NOW)[path]


@pytest.mark.parametrize("host", Host)
def test_files_of_a_new_site(host: Host):
    """Settings, three items, a README and what the host needs; nothing is left unfilled."""
    files = site_files(Answers(name="Harbour", host=host), now=NOW)
    expected = {"pelicanconf.py", "publishconf.py", "requirements.txt", "README.md", ".gitignore"}
    assert expected <= files.keys()
    assert EXAMPLES == sum(path.startswith("content/news/") for path in files)
    assert (host is Host.GITHUB_PAGES) == (".github/workflows/publish.yml" in files)
    assert (host is Host.GITLAB_PAGES) == (".gitlab-ci.yml" in files)
    assert [] == [path for path, data in files.items() if b"@@{" in data or "dot-" in path or path.endswith(".in")]


def test_every_word_survives_as_it_is():
    """Quotes and braces in a name mean nothing to Python."""
    name = 'He said "no" {name} \\ $x @@{url} 港'
    config = site_files(Answers(name=name, subtitle="it's"), now=NOW)["pelicanconf.py"].decode()
    values: dict[str, object] = {}
    exec(config.replace("from pelican.plugins import news_digest", "").partition("PLUGINS")[0], values)  # noqa: S102
    assert (name, "it's", ["images", "assets"]) == (values["SITENAME"], values["SITESUBTITLE"], values["STATIC_PATHS"])


def test_examples_are_dated_from_today_in_the_sites_zone(tmp_path: Path):
    """The front page of a new site is of today; names and dates agree, and there is nothing to mend."""
    for path, data in site_files(Answers(name="Far", timezone="Pacific/Auckland"), now=NOW).items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    archive = read_archive(tmp_path / "content", timezone="Pacific/Auckland")
    assert () == archive.diagnostics
    assert ["2026-05-02", "2026-05-03", "2026-05-04"] == sorted(item.slug[:10] for item in archive.items)
    assert NOW == max(item.date for item in archive.items)
    assert any(item.related and item.images for item in archive.items)
    assert any(not item.url and item.body for item in archive.items)


def test_new_site_builds_without_a_warning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Straight after init both settings files give a whole site; no link in it is broken."""
    monkeypatch.chdir(tmp_path)
    assert 0 == main(["init", "harbour", "--name", "Harbour", "--url", "https://x.example/repo/", "--yes"])
    folder = tmp_path / "harbour"
    for settings, siteurl in (("pelicanconf.py", ""), ("publishconf.py", "https://x.example/repo")):
        command = [sys.executable, "-m", "pelican.plugins.news_digest", "build", "-s", settings, "--fatal", "warnings"]
        said = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        assert 0 == said.returncode, said.stdout + said.stderr
        assert "WARNING" not in said.stdout + said.stderr
        checker = OutputChecker(folder / "output", siteurl)
        assert [] == checker.broken()
        home = (folder / "output" / "index.html").read_text(encoding="utf-8")
        assert "First power from the Saltmarsh wind farm" in home
        assert "<title>Harbour" in home


def test_nothing_is_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """Files that are there stay, and are named; the others are added."""
    (tmp_path / "README.md").write_text("mine", encoding="utf-8")
    (tmp_path / ".gitignore").symlink_to(tmp_path / "elsewhere")
    assert 0 == main(["init", str(tmp_path), "--yes"])
    said = capsys.readouterr().out
    assert "mine" == (tmp_path / "README.md").read_text(encoding="utf-8")
    assert not (tmp_path / "elsewhere").exists()
    assert "kept as is: README.md" in said
    assert "kept as is: .gitignore" in said
    assert (tmp_path / "pelicanconf.py").is_file()


def test_site_is_not_made_twice(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """A folder that already is a site is left alone."""
    assert 0 == main(["init", str(tmp_path), "--yes"])
    before = made(tmp_path)
    capsys.readouterr()
    assert 1 == main(["init", str(tmp_path), "--name", "Other", "--yes"])
    assert "already is a site" in capsys.readouterr().err
    assert before == made(tmp_path)


@pytest.mark.parametrize(
    ("expected", "arguments"),
    [
        ("'Mars' is not a time zone; write it like Europe/London", ["--timezone", "Mars"]),
        ("'../../etc/passwd' is not a time zone", ["--timezone", "../../etc/passwd"]),
        ("'klingon!' is not a language tag; write it like en", ["--language", "klingon!"]),
        ("give the full https URL", ["--url", "harbour"]),
        ("the site needs a name", ["--name", " "]),
    ],
)
def test_answer_that_cannot_be_used_is_said(
    expected: str, arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    """Before anything is written, with exit code 2."""
    assert 2 == main(["init", str(tmp_path / "new"), "--yes", *arguments])
    assert expected in capsys.readouterr().err
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(("lang", "said"), [("eo", 1), ("ja", 0), ("en-AU", 0)])
def test_language_without_words_is_said_at_once(
    lang: str, said: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    """And not only when a page is English between foreign dates."""
    assert 0 == main(["init", str(tmp_path / "new"), "--yes", "--language", lang])
    assert said == capsys.readouterr().out.count("news-digest languages new eo")


def test_folder_that_cannot_be_written_to_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """A file where the folder should be is no crash."""
    (tmp_path / "taken").write_text("", encoding="utf-8")
    assert 2 == main(["init", str(tmp_path / "taken"), "--yes"])
    assert f"news-digest: {tmp_path / 'taken'}" in capsys.readouterr().err


def test_terminal_is_asked(tmp_path: Path):
    """Name, subtitle, address, language and zone; what is wrong is asked for again, and Enter takes the default."""
    answers = ["", "News from the quay", "https://news.example", "", "Mars", "Europe/Lisbon"]
    code, screen = typed(answers, "init", "old-harbour", cwd=tmp_path)
    assert 0 == code, screen
    for words in ("Name of the site [Old harbour]", "'Mars' is not a time zone", "cd old-harbour", "news-digest serve"):
        assert words in screen
    config = (tmp_path / "old-harbour" / "pelicanconf.py").read_text(encoding="utf-8")
    for line in ('SITENAME = "Old harbour"', 'SITESUBTITLE = "News from the quay"', 'TIMEZONE = "Europe/Lisbon"'):
        assert line in config
    assert '"https://news.example"' in (tmp_path / "old-harbour" / "publishconf.py").read_text(encoding="utf-8")


def test_end_of_the_answers_writes_nothing(tmp_path: Path):
    """Ctrl-D in the middle leaves no half of a site."""
    code, screen = typed(["Name", "\x04"], "init", "new", cwd=tmp_path)
    assert 2 == code, screen
    assert "nothing was written" in screen
    assert not (tmp_path / "new").exists()


def test_zone_is_this_machines(tmp_path: Path):
    """TZ wins over the machine's own; what is no zone is UTC."""
    zone = tmp_path / "zoneinfo" / "Europe" / "Lisbon"
    zone.parent.mkdir(parents=True)
    zone.write_bytes(b"")
    link = tmp_path / "localtime"
    link.symlink_to(zone)
    assert "Europe/Lisbon" == local_zone({}, link)
    assert "Asia/Tokyo" == local_zone({"TZ": ":Asia/Tokyo"}, link)
    assert "Europe/Lisbon" == local_zone({"TZ": "XYZ-3"}, link)
    assert "UTC" == local_zone({}, tmp_path / "nothing")


def test_gitlabs_instructions_are_yaml_with_our_commands():
    """The file parses, and checks, builds and looks at what was built, in this order."""
    text = site_files(Answers(name="Any", host=Host.GITLAB_PAGES), now=NOW)[".gitlab-ci.yml"]
    jobs = yaml.safe_load(text)
    for job in ("pages", "review"):
        lines = json.dumps(jobs[job]["script"])
        places = [lines.index(f"news-digest {command} ") for command in ("check", "build", "audit")]
        assert sorted(places) == places


def archive(folder: Path) -> Path:
    """Write an archive in the layout that its owners have, with what should stay behind."""
    for path, text in {
        "_news/2026-05-01-a.md": front_matter(title='"Mine"', topics="\n  - trams"),
        "_news/old/b.md": front_matter(title='"Older"', publishedDateTime="2026-04-30T08:00:00Z"),
        "_news/.draft.md": "no",
        "_data/topics/trams.yaml": "taxonomy: topic\n_id: trams\nname: Trams\n",
        "_data/organizations/post.example.md": "---\n_id: post.example\nname: The Post\ndomain: post.example\n---\n",
        "assets/images/a.png": "png",
        "_config.yml": "title: Old",
        "README.md": "no",
    }.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    (folder / "_news" / "link.md").symlink_to(folder / "README.md")
    return folder


def test_items_that_somebody_has_come_along(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    """--from copies items, topics, sources and pictures in place of the examples; the site builds."""
    source = archive(tmp_path / "archive")
    before = made(source)
    monkeypatch.chdir(tmp_path)
    assert 0 == main(["init", "site", "--from", str(source), "--yes"])
    said = capsys.readouterr().out
    for line in ("news: 2 files", "topics: 1 file", "providers: 1 file", "assets: 1 file"):
        assert f"content/{line} copied" in said
    assert before == made(source)
    assert "examples" not in (tmp_path / "site" / "README.md").read_text(encoding="utf-8")
    content = {path.removeprefix("content/") for path in made(tmp_path / "site") if path.startswith("content/")}
    expected = {"news/2026-05-01-a.md", "news/old/b.md", "topics/trams.yaml", "providers/post.example.md"}
    assert {*expected, "assets/images/a.png"} == content
    command = [sys.executable, "-m", "pelican.plugins.news_digest", "build", "--fatal", "warnings"]
    built = subprocess.run(command, cwd=tmp_path / "site", capture_output=True, text=True, check=False)
    assert 0 == built.returncode, built.stdout + built.stderr
    home = (tmp_path / "site" / "output" / "index.html").read_text(encoding="utf-8")
    assert "Mine" in home
    assert "The Post" in home


def test_plain_folder_of_items_is_enough(tmp_path: Path):
    """Files beside each other are items; a README is none."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "a.md").write_text(front_matter(), encoding="utf-8")
    (tmp_path / "mine" / "README.md").write_text("# Mine", encoding="utf-8")
    assert 0 == main(["init", str(tmp_path / "site"), "--from", str(tmp_path / "mine"), "--yes"])
    assert ["a.md"] == [path.name for path in (tmp_path / "site" / "content" / "news").iterdir()]


def test_files_that_are_there_are_kept_and_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """Items copied once are not copied over; ten are named, the others counted."""
    (tmp_path / "mine").mkdir()
    for number in range(12):
        (tmp_path / "mine" / f"{number:02}.md").write_text(front_matter(), encoding="utf-8")
    assert 0 == main(["init", str(tmp_path / "site"), "--from", str(tmp_path / "mine"), "--yes"])
    (tmp_path / "site" / "pelicanconf.py").unlink()
    (tmp_path / "site" / "content" / "news" / "00.md").write_text("changed", encoding="utf-8")
    capsys.readouterr()
    assert 0 == main(["init", str(tmp_path / "site"), "--from", str(tmp_path / "mine"), "--yes"])
    said = capsys.readouterr().out
    assert "content/news: 0 files copied" in said
    assert 10 == said.count("kept as is: ")
    assert "changed" == (tmp_path / "site" / "content" / "news" / "00.md").read_text(encoding="utf-8")


def test_folder_without_items_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """Nothing is made of nothing."""
    (tmp_path / "empty").mkdir()
    assert 2 == main(["init", str(tmp_path / "site"), "--from", str(tmp_path / "empty"), "--yes"])
    assert "contains no items" in capsys.readouterr().err
    assert not (tmp_path / "site").exists()
