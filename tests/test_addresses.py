"""An address, an id and a place stay with who came first: in whole sites, from build to build."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import feedparser
import pytest

from pelican.plugins.news_digest.cli.main import main
from pelican.plugins.news_digest.frontmatter.addresses import FILE, AddressBook, parse_lines, text_of
from pelican.plugins.news_digest.naming.places import Settled
from tests.builders import front_matter

if TYPE_CHECKING:
    from tests.conftest import Site


def item(title: str, **values: str) -> str:
    """Return a file whose link is its own."""
    link = f'"https://post.example/{title.replace(" ", "-")}/"'
    return front_matter(title=f'"{title}"', **{"webUrl": link, **values})


def built(site: Site, **env: str) -> str:
    """Build and return what was said."""
    done = site.build(env=env or None)
    assert 0 == done.returncode, done.stdout
    return done.stdout


def test_first_comer_keeps_address_and_id(site: Site):
    """Whatever its folder is called; the line is in a file to be committed, and a clean build gives out the same."""
    site.settings(DIGEST_SEARCH=False, DIGEST_CARDS="none", DIGEST_FEED_LINKS="page")
    site.write("news/2026/lamps.md", item("Old lamps", topics="\n  - Go"))
    assert "written down" not in built(site)
    assert not (site.root / "content" / FILE).exists()
    (known,) = feedparser.parse(site.page("feeds/all.atom.xml")).entries
    site.write("news/2025/lamps.md", item("New lamps", topics='\n  - "?Go"'))
    site.write("news/2024/LAMPS.md", item("Third lamps", topics='\n  - "Go!"'))
    assert f"{FILE}: 6 addresses are now recorded; commit it" in built(site, PYTHONHASHSEED="7")
    assert "Old lamps" in site.page("news/lamps/index.html")
    assert "<title>Tiny: Go</title>" in site.page("topics/go/feed.atom.xml")
    entries = {entry.title: entry.id for entry in feedparser.parse(site.page("feeds/all.atom.xml")).entries}
    assert (known.id, 3) == (entries["Old lamps"], len(set(entries.values())))
    assert 'data-slug="lamps"' in site.page("news/lamps/index.html")
    text = (site.root / "content" / FILE).read_text(encoding="utf-8")
    assert '"news/lamps": "news/2026/lamps.md"\n' in text
    assert '"topics/go": "go"\n' in text
    files = site.files()
    for folder in ("output", "cache", ".cache"):
        shutil.rmtree(site.root / folder, ignore_errors=True)
    assert "written down" not in built(site, PYTHONHASHSEED="8")
    assert files == site.files()
    (site.root / "content" / "news" / "2026" / "lamps.md").unlink()
    built(site)
    assert "news/lamps/index.html" not in site.files()
    assert "New lamps" in site.page("news/lamps-3/index.html")


def test_content_that_cannot_be_written_stops_nothing(
    site: Site, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    """It is said which addresses hang in the air."""

    def refuse(*_: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("pelican.plugins.news_digest.frontmatter.addresses.replace_file", refuse)
    AddressBook(site.root / "content").keep(news=Settled({"news/a.md": "a"}, {"a": "news/a.md"}))
    assert "cannot be written (Read-only file system): news/a may change" in caplog.text


def test_check_asks_for_the_file_where_it_is_needed(site: Site, capsys: pytest.CaptureFixture[str]):
    """Until a build has written it, each address that several want is named; afterwards none is."""
    site.settings(DIGEST_SEARCH=False, DIGEST_CARDS="none")
    site.write("news/a.md", item("One", topics="\n  - R and D"))
    site.write("news/b.md", item("Two", topics='\n  - "R&D"'))
    settings = ["-s", str(site.root / "pelicanconf.py")]
    main(["check", *settings, "--format", "github"])
    said = capsys.readouterr().out
    assert "topics/r-and-d: several files want it; r and d has it now" in said
    assert "topics/r-and-d-2: several files want it; r&d has it now" in said
    built(site)
    main(["check", *settings])
    assert "ND142" not in capsys.readouterr().out


def test_lines_that_are_not_understood_are_said_and_left_to_their_owner(tmp_path: Path):
    """What can be read of the file counts; nothing is written over it."""
    text = '# a comment\n\n"news/a": "news/x/a.md"\n<<<<<<< HEAD\n"news/A": "news/y/a.md"\n"x": 3\n'
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    book = AddressBook(tmp_path)
    assert {"news/a": "news/x/a.md"} == book.lines
    assert [("ND141", 4), ("ND141", 5), ("ND141", 6)] == [(found.code, found.line) for found in book.diagnostics]
    book.keep(news=Settled({"news/b.md": "b"}, {"b": "news/b.md"}))
    assert text == (tmp_path / FILE).read_text(encoding="utf-8")


def test_file_is_yaml_and_says_what_was_written():
    """In the order of names, a line each, any sign in them."""
    lines = {"topics/c": 'C "\\" # :', "news/港": "news/港/\t.md", "news/a": "news/a.md"}
    assert (lines, []) == parse_lines(text_of(lines))
    assert sorted(lines) == [line.split('"')[1] for line in text_of(lines).splitlines() if line[0] == '"']


@pytest.mark.parametrize("damage", [b"", b"\x80", b"noise" * 9])
def test_damaged_memory_of_the_last_build_knows_nothing(tmp_path: Path, damage: bytes):
    """The build is a clean one then."""
    AddressBook(tmp_path, tmp_path).keep(news=Settled({"news/a.md": "a"}, {}))
    assert {"news/a.md": "a"} == AddressBook(tmp_path, tmp_path).known("news").last()
    (tmp_path / "addresses-news.msgpack").write_bytes(damage)
    assert {} == AddressBook(tmp_path, tmp_path).known("news").last()


def test_names_that_stay_are_not_written_again(tmp_path: Path):
    """A part of a site that has changed is; the others lie where they lay."""
    book, path = AddressBook(tmp_path, tmp_path), tmp_path / "addresses-news.msgpack"
    book.keep(news=Settled({"news/a.md": "a"}, {}), topics=Settled({"lamps": "lamps"}, {}))
    before = path.stat()
    book.keep(news=Settled({"news/a.md": "a"}, {}), topics=Settled({"oil": "oil"}, {}))
    assert path.stat() == before
    assert {"oil": "oil"} == book.known("topics").last()
    book.keep(news=Settled({"news/b.md": "b"}, {}))
    assert {"news/b.md": "b"} == AddressBook(tmp_path, tmp_path).known("news").last()


def test_no_name_in_the_output_is_one_that_hosts_refuse(site: Site, capsys: pytest.CaptureFixture[str]):
    """Of items, topics, sources and mails; links lead to what they are called instead."""
    site.settings(DIGEST_SEARCH=False, DIGEST_CARDS="none", DIGEST_NEWSLETTER="none", DIGEST_MAX_AGE_DAYS=0)
    site.write("news/aux.md", item("One", webUrl='"http://[2001:db8::7]/x"', provider="", topics="\n  - con"))
    site.write(
        "news/con.x.md", item("Two", webUrl='"https://aux.example/x"', provider="", topics="\n  - LPT1\n  - PRN.")
    )
    site.write("news/stop..md", item("Three", provider='\n  name: N\n  domain: "com1.example:8080"'))
    site.write("newsletters/NUL.html", "---\ntitle: Old\npublishedDateTime: 2020-01-02T08:00:00Z\n---\n<p>x</p>\n")
    built(site)
    main(["audit", "-s", str(site.root / "pelicanconf.py")])
    said = capsys.readouterr().out
    assert "ND509" not in said
    assert "ND501" not in said
    expected = {
        "news/aux~/index.html", "news/con~.x/index.html", "news/stop/index.html", "topics/con~/index.html",
        "topics/lpt1~/index.html", "topics/prn~/index.html", "providers/2001-db8--7.ipv6-literal.net/index.html",
        "providers/aux~.example/index.html", "providers/com1~.example/index.html", "newsletter/NUL~/index.html",
    }  # fmt: skip
    assert set() == expected - site.files().keys()


@pytest.mark.parametrize(("folder", "file"), [("notes", "lamps.html"), ("pages", "pages/lamps.html")])
def test_articles_and_pages_of_pelican_keep_theirs_too(site: Site, folder: str, file: str):
    """With what readers and feeds know them by."""
    site.settings(DIGEST_SEARCH=False, DIGEST_CARDS="none")
    site.write("news/a.md", item("An item"))
    text = "Title: {}\nDate: 2026-05-02 10:00\nSlug: lamps\nSummary: Short.\n\nText.\n"
    site.write(f"{folder}/2026/b.md", text.format("Old lamps"))
    built(site)
    entries = {entry.title: entry.id for entry in feedparser.parse(site.page("feeds/all.atom.xml")).entries}
    site.write(f"{folder}/2025/b.md", text.format("New lamps"))
    built(site)
    assert "Old lamps" in site.page(file)
    assert "New lamps" in site.page(file.replace("lamps", "lamps-2"))
    later = {entry.title: entry.id for entry in feedparser.parse(site.page("feeds/all.atom.xml")).entries}
    assert entries.items() <= later.items()
    files = site.files()
    for cache in ("output", "cache", ".cache"):
        shutil.rmtree(site.root / cache, ignore_errors=True)
    built(site)
    assert files == site.files()


def test_an_item_that_comes_later_takes_no_id_of_an_article(site: Site):
    """Articles of Pelican's and items are known by one kind of id, so what a reader holds is nobody else's."""

    def ids() -> dict[str, str]:
        said = built(site)
        assert said
        return {entry.title: entry.id for entry in feedparser.parse(site.page("feeds/all.atom.xml")).entries}

    site.settings(DIGEST_SEARCH=False, DIGEST_CARDS="none")
    site.write("news/first.md", item("First"))
    site.write("blog/b.md", "Title: Lamps\nDate: 2026-03-14\n\nText.\n")
    before = ids()
    site.write("news/lamps.md", item("Others"))
    after = ids()
    for _ in range(2):
        assert before["Lamps"] == after["Lamps"] != after["Others"]
        for folder in ("output", "cache", ".cache"):  # what is written down is enough
            shutil.rmtree(site.root / folder, ignore_errors=True)
        assert after == ids()
    (site.root / "content" / "blog" / "b.md").unlink()
    assert after["Others"] == ids()["Others"]
