"""``news-digest review``: the acts of the desk by single keys, from a terminal or out of a pipe."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from pelican.plugins.news_digest.cli.main import main
from tests.builders import front_matter

if TYPE_CHECKING:
    from tests.conftest import Site


@pytest.fixture
def here(site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    """Return a site with four items, of which three wait, in its folder."""
    site.settings(PLUGINS=[], THEME="simple")
    for slug, title, heat in (("ferry", "Ferry strike", 90), ("tram", "Night tram", 60), ("boat", "Boat race", 30)):
        text = front_matter(
            title=f'"{title}"', webUrl=f'"https://{slug}.example/a/"', provider="", published="false", heat=str(heat)
        )
        site.write(f"news/{slug}.md", text)
    site.write("news/old.md", front_matter(title='"On the site"', webUrl='"https://old.example/a/"', provider=""))
    monkeypatch.chdir(site.root)
    return site


def press(monkeypatch: pytest.MonkeyPatch, keys: str, *options: str) -> int:
    """Run the command with *keys* in its input."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(keys))
    return main(["review", *options])


def text_of(here: Site, slug: str) -> str:
    """Return the file of an item."""
    return (here.root / f"content/news/{slug}.md").read_text(encoding="utf-8")


def files_of(here: Site) -> dict[str, bytes]:
    """Return the files of all items."""
    return {path.name: path.read_bytes() for path in sorted((here.root / "content").rglob("*.md"))}


def test_hottest_first_until_there_are_no_more(
    here: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    """What waits is shown one after another; the end of the keys is the end."""
    assert 0 == press(monkeypatch, "jjj")
    lines = capsys.readouterr().out.splitlines()
    assert ["Ferry strike", "Night tram", "Boat race"] == [
        lines[at + 1] for at, one in enumerate(lines) if "/3 " in one
    ]
    assert "90 = quality 60 + 30 that its file adds" in lines


def test_publish_skip_hide(here: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """Each key writes one file, and says which; line ends between keys are nothing."""
    assert 0 == press(monkeypatch, "p\nj\nh\n")
    assert "published: true" in text_of(here, "ferry")
    assert "curated" not in text_of(here, "tram")
    assert "hide: true" in text_of(here, "boat")
    said = capsys.readouterr().out
    assert "Published “Ferry strike”" in said
    assert f"wrote content{os.sep}news{os.sep}ferry.md" in said.replace("/", os.sep)


def test_undo_goes_back_to_the_story(here: Site, monkeypatch: pytest.MonkeyPatch):
    """To the byte, act by act; one undo too many says so."""
    before = files_of(here)
    assert 0 == press(monkeypatch, "phuuu")
    assert before == files_of(here)


@pytest.mark.parametrize(
    ("keys", "slug", "written"),
    [
        ("eFerries strike\n", "ferry", "title: Ferries strike"),
        ("tHarbour, Work\n", "ferry", "- Work"),
        ("l", "ferry", "pin: true"),
        ("m1\n", "ferry", "story: on-the-site"),
        ("mboat\n1\n", "boat", "story: boat-race"),
        ("m1\nks2\n", "ferry", "story: ferry-strike"),
    ],
)
def test_what_is_asked_for_is_the_rest_of_the_line(
    here: Site, monkeypatch: pytest.MonkeyPatch, keys: str, slug: str, written: str
):
    """A key that needs an answer reads a line; what is offered by number is chosen by number."""
    assert 0 == press(monkeypatch, keys, "--days", "0")
    assert written in text_of(here, slug).replace('"', "")


def test_a_merge_that_is_left_changes_nothing(here: Site, monkeypatch: pytest.MonkeyPatch):
    """An empty answer, and the end of the keys, leave everything as it is."""
    before = files_of(here)
    assert 0 == press(monkeypatch, "m\nmnothing like it\n\nm")
    assert before == files_of(here)


def test_what_cannot_be_done_is_said_and_counts(
    here: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    """The walk goes on; the exit code says that something was left."""
    path = here.root / "content/news/ferry.md"
    path.write_text(path.read_text().replace("published: false", "published: false\ncurated: always"))
    assert 1 == press(monkeypatch, "pjp")
    assert "'curated' is not a map of decisions" in capsys.readouterr().err
    assert "published: true" in text_of(here, "tram")


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (("--show", "published"), ["On the site"]),
        (("--show", "all", "--search", "night TRAM"), ["Night tram"]),
        (("--show", "all", "--source", "boat.example"), ["Boat race"]),
        (("--show", "hidden"), []),
        (("--topic", "harbour", "--show", "waiting"), ["Ferry strike", "Night tram", "Boat race"]),
    ],
)
def test_which_stories(
    here: Site,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    options: tuple[str, ...],
    found: list[str],
):
    """As at the desk: by state, words, source and topic."""
    assert 0 == press(monkeypatch, "jjjj", *options)
    lines = capsys.readouterr().out.splitlines()
    total = f"/{len(found)}  "
    assert found == [lines[at + 1] for at, line in enumerate(lines) if total in line[:6]]


def test_no_item_takes_over_the_terminal(
    here: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    """What a feed brings is shown without what terminals obey."""
    here.write("news/evil.md", front_matter(title=r'"Hot\e]0;owned\a\e[31m news"', published="false", heat="99"))
    press(monkeypatch, "jq")
    assert "\x1b" not in capsys.readouterr().out


def test_no_colour_where_none_is_wanted(here: Site):
    """Piped, or with NO_COLOR, what is said is plain."""
    done = subprocess.run(
        [sys.executable, "-m", "pelican.plugins.news_digest", "review"],
        cwd=here.root,
        env={**os.environ, "NO_COLOR": "1"},
        input="?rjq",
        capture_output=True,
        text=True,
        check=True,
    )
    assert "\x1b" not in done.stdout
    assert "m merge" in done.stdout


@pytest.mark.skipif(os.name == "nt", reason="no pseudo-terminals")
def test_on_a_terminal_a_key_needs_no_enter(here: Site):
    """One key, one act; the terminal is as it was afterwards."""
    import pty
    import termios

    ours, theirs = pty.openpty()
    before = termios.tcgetattr(theirs)
    command = [sys.executable, "-m", "pelican.plugins.news_digest", "review"]
    with subprocess.Popen(command, cwd=here.root, stdin=theirs, stdout=subprocess.PIPE, text=True) as running:
        assert "3 stories · ? for the keys\n" == running.stdout.readline()
        for key, said in (("p", "Published"), ("e", "Night tram"), ("Later tram\n", "Changed"), ("q", "")):
            os.write(ours, key.encode())
            while said and said not in running.stdout.readline():
                pass
        running.stdout.read()
    assert 0 == running.returncode
    assert "published: true" in text_of(here, "ferry")
    assert "Later tram" in text_of(here, "tram")
    assert before[3] == termios.tcgetattr(theirs)[3]
    os.close(ours)
    os.close(theirs)
