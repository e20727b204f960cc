"""A build in which nothing has changed reads nothing; whatever has changed is noticed all the same."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pelican.log import LimitFilter
from pelican.settings import read_settings

from pelican import Pelican
from pelican.plugins import signals
from pelican.plugins.news_digest.disk import files
from pelican.plugins.news_digest.disk.files import Listing
from pelican.plugins.news_digest.host import items, reading
from tests.builders import front_matter
from tests.conftest import ROOT, Site

NOW = datetime(2026, 6, 1, tzinfo=UTC)


class Owner:
    """Builds one site again and again in this process, and knows whether its content was read.

    Attributes:
        now: What time it is.
        settings: Its own, beside the usual ones.
    """

    def __init__(self, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
        self.site = site
        self.now = NOW
        self.settings: dict[str, object] = {
            "DIGEST_SEARCH": False,
            "DIGEST_WORKERS": 1,
            "DIGEST_CARDS": "none",
            "THEME": str(site.root / "theme"),
            "CACHE_PATH": str(site.root / "cache"),
        }
        self._reads = 0
        read = reading.read

        def counted(*args: object, **named: object) -> None:
            self._reads += 1
            read(*args, **named)  # type: ignore[arg-type]

        monkeypatch.setattr(reading, "read", counted)
        monkeypatch.setattr(items, "utc_now", lambda: self.now)
        monkeypatch.setattr(files, "RACY_NS", 0)  # what was written a moment ago is old enough
        monkeypatch.chdir(site.root)
        shutil.copytree(ROOT / "theme", site.root / "theme")
        site.write("news/a.md", front_matter(title="A"))
        site.write("news/2026/b.md", front_matter(title="B", topics="[Harbour]"))
        site.write("pages/about.md", "Title: About\n\n[It]({filename}../news/a.md), [topic]({tag}Harbour)\n")
        site.write("images/x.txt", "picture")

    def build(self, **settings: object) -> bool:
        """Build, and return whether the content was read."""
        before = self._reads
        values = {**self.settings, **settings}
        self.site.settings(**values)
        given = read_settings(None, override=_settings(self.site.root / "pelicanconf.py"))
        Pelican(given).run()
        return self._reads > before

    def is_right(self) -> bool:
        """Whether the output is that of a clean build."""
        found = self.site.files()
        clean = {"OUTPUT_PATH": str(self.site.root / "clean"), "CACHE_PATH": str(self.site.root / "no-cache")}
        shutil.rmtree(self.site.root / "no-cache", ignore_errors=True)
        shutil.rmtree(self.site.root / "clean", ignore_errors=True)
        self.build(**clean)
        root = self.site.root / "clean"
        return found == {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def _settings(path: Path) -> dict[str, object]:
    # Python would take a file of the same size, written in the same second, for the one that it has compiled before.
    found: dict[str, object] = {}
    exec(path.read_text(encoding="utf-8"), found)  # noqa: S102 - the test's own settings
    folders = {"PATH", "OUTPUT_PATH"}
    return {n: os.path.abspath(str(v)) if n in folders else v for n, v in found.items() if n.isupper()}


@pytest.fixture
def owner(site: Site, monkeypatch: pytest.MonkeyPatch) -> Owner:
    """Return a site that was built, and that a build without a change reads nothing of."""
    owner = Owner(site, monkeypatch)
    assert owner.build()
    assert not owner.build()
    return owner


def replace_unseen(owner: Owner) -> None:
    """Put another file of the same size and time in an item's place."""
    path = owner.site.root / "content" / "news" / "a.md"
    stat = path.stat()
    path.write_text(path.read_text().replace("title: A", "title: X"))
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))


def link_out(owner: Owner) -> None:
    """Put a link among the items: what it leads to may change where nobody looks."""
    (owner.site.root / "content" / "news" / "c.md").symlink_to(owner.site.root / "content" / "news" / "a.md")


CHANGES: dict[str, Callable[[Owner], object]] = {
    "an item of the same size and time": replace_unseen,
    "a new item": lambda o: o.site.write("news/n.md", front_matter(title="N")),
    "an item less": lambda o: (o.site.root / "content/news/2026/b.md").unlink(),
    "a link": link_out,
    "a topic record": lambda o: o.site.write("topics/harbour.yaml", "_id: harbour\nname: The harbour\n"),
    "a story record": lambda o: o.site.write("stories/bridge.md", "---\ntitle: The bridge\n---\n"),
    "an old newsletter": lambda o: o.site.write("newsletters/x.html", "---\ntitle: x\n---\n"),
    "an address": lambda o: o.site.write("addresses.yaml", '"news/a": "news/2026/b.md"\n'),
    "a page": lambda o: o.site.write("pages/about.md", "Title: Abouts\n\n[It]({filename}../news/a.md)\n"),
    "a page more": lambda o: o.site.write("pages/more.md", "Title: More\n\nWords.\n"),
    "an article": lambda o: o.site.write("blog/one.md", "Title: One\nDate: 2026-05-01\n\nWords.\n"),
    "a static file": lambda o: o.site.write("images/x.txt", "PICTURE"),
    "a static file more": lambda o: o.site.write("images/y.txt", "picture"),
    "a static file less": lambda o: (o.site.root / "content/images/x.txt").unlink(),
    "a template": lambda o: (o.site.root / "theme/templates/home.html").write_text("{{ site.name }}!"),
    "a style sheet": lambda o: (o.site.root / "theme/static/css/digest.css").write_text("a { color: #000 }"),
    "a lost page": lambda o: (o.site.output / "news/a/index.html").unlink(),
    "a lost copy": lambda o: (o.site.output / "images/x.txt").unlink(),
    "a damaged page": lambda o: (o.site.output / "index.html").write_text("damaged"),
    "a damaged page of the same size": lambda o: (o.site.output / "robots.txt").write_bytes(
        (o.site.output / "robots.txt").read_bytes().swapcase()
    ),
    "another place": lambda o: o.settings.update(SITEURL="https://other.example"),
    "another zone": lambda o: o.settings.update(TIMEZONE="Asia/Tokyo"),
    "a setting": lambda o: o.settings.update(DIGEST_PAGE_SIZE=7),
    "another name": lambda o: o.settings.update(SITENAME="Large"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_changes_is_noticed(owner: Owner, change: str):
    """The content is read, and the site is that of a clean build."""
    CHANGES[change](owner)
    assert owner.build()
    assert owner.is_right()


def test_a_page_that_leads_to_items_is_right_when_only_the_output_was_touched(owner: Owner):
    """Nothing was read when Pelican read the page; its links are resolved all the same."""
    page = owner.site.output / "pages" / "about.html"
    before = page.read_bytes()
    page.unlink()
    assert owner.build()
    assert before == page.read_bytes()
    assert b"/news/a/" in before
    assert b"/topics/harbour/" in before


def test_what_was_said_is_said_again(
    owner: Owner, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
):
    """Of the content and of pages: a build that fails on errors fails until they are mended, read or unread."""
    owner.site.write("news/bad.md", "---\ntitle: [\n---\n")
    owner.site.write("news/odd name!.md", front_matter(title="Odd"))
    owner.site.write("pages/own.md", "Title: Own\nTemplate: nowhere\n\nWords.\n")
    said = []
    for is_read in (True, False):
        LimitFilter._raised_messages.clear()  # Pelican says a warning once in a process
        caplog.clear()
        capsys.readouterr()
        assert is_read is owner.build()
        lines = sorted(record.getMessage() for record in caplog.records if record.levelname in {"WARNING", "ERROR"})
        counts = capsys.readouterr().out.partition("removed, ")[2].partition(" in ")[0]
        said.append((lines, counts))
    assert said[0] == said[1]
    assert any("bad.md" in line for line in said[0][0])
    assert any("nowhere" in line for line in said[0][0])
    assert said[0][1].startswith("2 errors, ")


@pytest.mark.parametrize("days", [-400, -1 / 24])
def test_a_clock_that_was_set_back_is_noticed(owner: Owner, days: float):
    """For it other items may lie ahead."""
    owner.now += timedelta(days=days)
    assert owner.build()
    assert owner.is_right()


def test_tomorrow_is_another_day_for_what_lies_ahead(owner: Owner):
    """An item dated ahead appears when its day has come, and nobody has to touch anything."""
    owner.site.write("news/ahead.md", front_matter(title="Ahead", publishedDateTime="2026-06-08T00:00:00Z"))
    assert owner.build()
    assert owner.build()  # until then every build looks
    owner.now += timedelta(days=30)
    assert owner.build()
    assert owner.is_right()
    assert not owner.build()


def test_an_ordinary_tomorrow_is_like_today(owner: Owner):
    """No page says what day it is."""
    owner.now += timedelta(days=400)
    assert not owner.build()
    assert owner.is_right()


def test_drafts_until_their_date_are_asked_each_time(owner: Owner):
    """Pelican's ``WITH_FUTURE_DATES = False`` makes the clock part of the site."""
    owner.settings["WITH_FUTURE_DATES"] = False
    owner.site.write("news/soon.md", front_matter(title="Soon", publishedDateTime="2026-06-01T12:00:00Z"))
    assert owner.build()
    owner.now += timedelta(hours=13)
    assert owner.build()
    assert (owner.site.output / "news/soon/index.html").exists()


def test_whoever_listens_makes_every_build_read(owner: Owner):
    """A plugin may change anything, and nothing tells what it will do this time."""

    def listener(_: object) -> None: ...

    with signals.readers_init.connected_to(listener):
        assert owner.build()
        assert owner.build()


def test_a_file_that_was_just_written_is_not_trusted(owner: Owner, monkeypatch: pytest.MonkeyPatch):
    """A change within the same tick of the clock would leave no trace in its times."""
    monkeypatch.setattr(files, "RACY_NS", 2**62)
    owner.site.write("news/n.md", front_matter(title="N"))
    assert owner.build()
    assert owner.build()


def test_a_listing_holds_what_can_be_known_by_its_times_alone(tmp_path: Path):
    """Folders are looked through; what is no plain file, or cannot be looked at, spoils it."""
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "c").write_text("c")
    listing = Listing(2**62)
    listing.add(str(tmp_path / "a"))
    listing.add(str(tmp_path / "nothing"))
    assert [str(tmp_path / "a" / "b" / "c")] == list(listing.states)
    assert listing.is_settled
    assert Listing(2**62).key() != listing.key()
    os.mkfifo(tmp_path / "a" / "pipe")
    listing.add(str(tmp_path / "a"))
    assert not listing.is_settled
