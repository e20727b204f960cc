"""Sites with an item that is dated ahead: what a build makes of it, before its moment and after it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from pelican.settings import read_settings

from pelican import Pelican
from pelican.plugins.news_digest.audit.age import feed_moments
from pelican.plugins.news_digest.audit.published import PublishedFolder
from pelican.plugins.news_digest.cli import check as check_command
from pelican.plugins.news_digest.cli.audit import audit_site
from pelican.plugins.news_digest.cli.main import main
from pelican.plugins.news_digest.host import items
from pelican.plugins.news_digest.host.build import MEMORY_KEY, Memory
from tests.builders import front_matter

if TYPE_CHECKING:
    from tests.conftest import Site

BEFORE = datetime(2026, 5, 10, 12, tzinfo=UTC)
AFTER = datetime(2026, 5, 30, 12, tzinfo=UTC)
MOMENT = "2026-05-20T08:00:00Z"


@pytest.fixture(autouse=True)
def _one_process(site: Site) -> None:
    """Write the usual settings, and a week of items."""
    configure(site)
    for day in range(1, 8):
        write(site, f"i{day}", f"2026-05-0{day}T08:00:00Z")


def configure(site: Site, **values: object) -> None:
    """Write settings that a build in this process can have."""
    site.settings(
        **{"DIGEST_WORKERS": 1, "DIGEST_CARDS": "none", "DIGEST_SEARCH": False, "CACHE_PATH": "cache", **values}
    )


def write(site: Site, stem: str, date: str, **values: str) -> None:
    """Write an item; what tells it from the others follows from *stem*."""
    address = f'"https://{stem}.example/"'
    provider = f"\n  name: {stem}\n  domain: {stem}.example"
    site.write(
        f"news/{stem}.md",
        front_matter(title=f'"Story {stem}"', publishedDateTime=date, webUrl=address, provider=provider, **values),
    )


def build(
    site: Site, monkeypatch: pytest.MonkeyPatch, clock: datetime, memory: Memory | None = None, **values: object
) -> dict[str, bytes]:
    """Build in this process as if it were *clock*, and return every file of the output."""
    monkeypatch.setattr(items, "utc_now", lambda: clock)
    settings = {**read_settings(str(site.root / "pelicanconf.py")), **values}
    Pelican(settings if memory is None else {**settings, MEMORY_KEY: memory}).run()
    output = site.root / str(settings["OUTPUT_PATH"])
    return {p.relative_to(output).as_posix(): p.read_bytes() for p in sorted(output.rglob("*")) if p.is_file()}


def naming(files: dict[str, bytes], words: str) -> set[str]:
    """Return the files that hold *words*."""
    return {path for path, data in files.items() if words.encode() in data}


def test_front_page_is_of_the_week_that_is_there(site: Site, monkeypatch: pytest.MonkeyPatch):
    """The item of a year to come has its page and is in the API, and lists, feeds and days are as without it."""
    without = build(site, monkeypatch, BEFORE)
    write(site, "far", "2091-03-14T08:00:00Z")
    files = build(site, monkeypatch, BEFORE)
    assert without["index.html"] == files["index.html"]
    assert without["feeds/all.atom.xml"] == files["feeds/all.atom.xml"]
    lists = {path for path in naming(files, "Story far") if not path.startswith(("api/", "news/far/", "status/"))}
    assert set() == lists
    assert "news/far/index.html" in files
    assert not any(path.startswith("2091/") for path in files)


@pytest.mark.parametrize("keeps", [Memory, lambda: None])
def test_once_its_moment_has_passed_it_stands_everywhere(
    site: Site, monkeypatch: pytest.MonkeyPatch, keeps: type[Memory]
):
    """A build that knows the last one writes what a new one does: before the moment, after it, and back again."""
    write(site, "soon", MOMENT, topics="\n  - Soon\n  - Trams", updatedDateTime="2026-05-25T08:00:00Z")
    write(site, "edited", "2026-05-03T09:00:00Z", updatedDateTime=MOMENT)
    memory = keeps()
    for number, clock in enumerate((BEFORE, AFTER, BEFORE, datetime(2026, 5, 19, 8, tzinfo=UTC))):
        files = build(site, monkeypatch, clock, memory)
        clean = build(
            site,
            monkeypatch,
            clock,
            OUTPUT_PATH=str(site.root / f"out{number}"),
            CACHE_PATH=str(site.root / f"c{number}"),
        )
        assert clean == files
        assert (number in {1, 3}) is (b"Story soon" in files["index.html"])


def test_clock_changes_no_byte_while_nothing_is_ahead(site: Site, monkeypatch: pytest.MonkeyPatch):
    """Neither does it where the site says what time it is."""
    assert build(site, monkeypatch, BEFORE) == build(site, monkeypatch, AFTER)
    write(site, "soon", MOMENT)
    configure(site, DIGEST_NOW="2026-05-08T00:00:00Z")
    files = build(site, monkeypatch, BEFORE)
    assert files == build(site, monkeypatch, AFTER)
    assert b"Story soon" not in files["index.html"]


@pytest.mark.parametrize("values", [{}, {"DIGEST_NOW": "2026-05-08T00:00:00Z"}], ids=["clock", "said"])
def test_article_that_pelican_read_is_judged_like_an_item(
    site: Site, monkeypatch: pytest.MonkeyPatch, values: dict[str, str]
):
    """Its page is there; the front page is the week's, and its date is named by build and audit."""
    without = build(site, monkeypatch, BEFORE, **values)
    site.write("essay.md", "Title: An essay\nDate: 2031-01-01\n\nWords.\n")
    files = build(site, monkeypatch, BEFORE, **values)
    assert any(path.startswith(("essay", "an-essay")) for path in files)
    assert b"Story i7" in files["index.html"]
    assert without["index.html"] == files["index.html"]
    assert without["feeds/all.atom.xml"] == files["feeds/all.atom.xml"]
    assert b"essay.md:2" in files["status/index.html"]
    found = audit_site(
        PublishedFolder(site.output), siteurl="https://tiny.example", host="none", max_age_days=5, now=BEFORE
    )
    assert ["ND507"] == [said.code for said in found.diagnostics]
    assert datetime(2026, 5, 7, 8, tzinfo=UTC) == found.newest


def test_one_item_of_a_year_to_come_is_a_front_page(site: Site, monkeypatch: pytest.MonkeyPatch):
    """Where everything is dated ahead nothing can be told from it, and a first file with a wrong year is seen."""
    for path in (site.root / "content" / "news").iterdir():
        path.unlink()
    write(site, "first", "2027-01-01T08:00:00Z")
    files = build(site, monkeypatch, BEFORE)
    assert b"Story first" in files["index.html"]
    assert b"ND131" in files["status/index.html"]


def test_change_of_a_year_to_come_does_not_lead_the_feeds(site: Site, monkeypatch: pytest.MonkeyPatch):
    """Readers sort by it: it is left out, and told."""
    write(site, "edited", "2026-05-03T09:00:00Z", updatedDateTime="2091-01-01T00:00:00Z")
    files = build(site, monkeypatch, BEFORE)
    assert {"status/index.html"} == {p for p in naming(files, "2091-01-01") if not p.startswith("api/")}


def test_correction_of_a_year_to_come_is_left_out_until_then(site: Site, monkeypatch: pytest.MonkeyPatch):
    """It would lead the feeds until its day; it is said, and its page says nothing of it. Later it stands there."""
    both = "\n  - {date: 2026-05-20T08:00:00Z, text: Later.}\n  - {date: 2026-05-05T08:00:00Z, text: Now.}"
    write(site, "i1", "2026-05-01T08:00:00Z", corrections=both)
    before, after = build(site, monkeypatch, BEFORE), build(site, monkeypatch, AFTER)
    pages = [files["news/i1/index.html"].decode() for files in (before, after)]
    assert [(False, True), (True, True)] == [("Later." in page, "Now." in page) for page in pages]
    assert b"2026-05-20" not in before["feeds/all.atom.xml"]
    assert b"corrections: 2026-05-20" in before["status/index.html"]


@pytest.mark.parametrize("date", ["1000-01-02T00:00:00Z", "1969-12-31T23:00:00Z", "9989-12-30T00:00:00Z", "0001-01-01"])
@pytest.mark.parametrize("zone", ["UTC", "Pacific/Apia"])
def test_any_year_can_be_built(site: Site, monkeypatch: pytest.MonkeyPatch, date: str, zone: str):
    """What cannot be reckoned with is no date; the other items are published."""
    configure(site, TIMEZONE=zone)
    write(site, "odd", date)
    files = build(site, monkeypatch, BEFORE)
    assert b"Story i7" in files["index.html"]
    for path in (site.root / "content" / "news").glob("i*.md"):
        path.unlink()
    assert "index.html" in build(site, monkeypatch, BEFORE)


def test_audit_takes_no_year_to_come_for_news(site: Site, monkeypatch: pytest.MonkeyPatch):
    """Ten days without news are too many, whatever one of the items says."""
    write(site, "far", "2091-03-14T08:00:00Z")
    build(site, monkeypatch, BEFORE)
    found = audit_site(
        PublishedFolder(site.output),
        siteurl="https://tiny.example",
        host="none",
        max_age_days=1,
        now=datetime(2026, 5, 17, tzinfo=UTC),
    )
    assert ["ND504", "ND507"] == [said.code for said in found.diagnostics]
    assert datetime(2026, 5, 7, 8, tzinfo=UTC) == found.newest
    assert "news/far/index.html" == found.diagnostics[1].path
    moments = feed_moments((site.output / "feeds" / "all.json").read_bytes())
    assert datetime(2026, 5, 7, 8, tzinfo=UTC) == max(moments)


@pytest.fixture
def at_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let ``check`` think that it is :data:`BEFORE`."""
    monkeypatch.setattr(check_command, "utc_now", lambda: BEFORE)


@pytest.mark.usefixtures("at_before")
def test_check_names_file_and_line(site: Site, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    """It is a problem, and the same words as a build's."""
    monkeypatch.chdir(site.root)
    write(site, "far", "2091-03-14T08:00:00Z")
    assert 1 == main(["check"])
    message = "publishedDateTime: 2091-03-14T08:00:00Z is more than a day ahead of the clock"
    assert f"content/news/far.md:5: ND131 {message}" in capsys.readouterr().out
    configure(site, WITH_FUTURE_DATES=False)
    assert 0 == main(["check"])
    assert "far.md:5: publishedDateTime: a draft until 2091-03-14T08:00:00Z" in capsys.readouterr().out


def test_old_mail_of_a_year_to_come_leads_no_list(
    site: Site, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    """It is left out until its moment, and said with its line; its feed is as new as the others."""
    mail = '---\ntitle: "{}"\npublishedDateTime: {}\n---\n<p>Dear reader</p>'
    site.write("newsletters/a.html", mail.format("Mail of May", "2026-05-02"))
    without = build(site, monkeypatch, BEFORE)
    site.write("newsletters/b.html", mail.format("Mail to come", MOMENT))
    found = build(site, monkeypatch, BEFORE)
    assert set() == naming(found, "Mail to come")
    assert without["newsletter/feed.atom.xml"] == found["newsletter/feed.atom.xml"]
    assert "newsletter/b/index.html" in naming(build(site, monkeypatch, AFTER), "Mail to come")
    monkeypatch.setattr(check_command, "utc_now", lambda: BEFORE)
    assert 1 == main(["check", "--settings", str(site.root / "pelicanconf.py")])
    assert "newsletters/b.html:3: ND131 publishedDateTime" in capsys.readouterr().out


def test_check_names_an_article_of_pelicans(
    site: Site, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    """One in the news folder is judged by `check` as by a build; one that is hidden is not."""
    site.write("news/own.md", f"Title: Own\nDate: {MOMENT}\n\nText.\n")
    site.write("news/quiet.md", f"Title: Quiet\nDate: {MOMENT}\nDraft: yes\n\nText.\n")
    monkeypatch.setattr(check_command, "utc_now", lambda: BEFORE)
    assert 1 == main(["check", "--settings", str(site.root / "pelicanconf.py")])
    said = capsys.readouterr().out
    assert "news/own.md:2: ND131 Date" in said
    assert "quiet.md" not in said
