"""``news-digest import``: what is new becomes files, what people did to them stays, and nobody harms anybody else."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace

from pelican.plugins.news_digest.cli.main import main
from pelican.plugins.news_digest.frontmatter.yaml.yaml12 import load_front_matter, split_front_matter
from pelican.plugins.news_digest.newsdesk.incoming import feeds
from tests.newsdesk.incoming.feed_host import FeedHost, entry, rss

if TYPE_CHECKING:
    from tests.conftest import Site

pytestmark = [pytest.mark.busy("hosts on loopback have seconds to answer"), pytest.mark.usefixtures("reads_here")]


@pytest.fixture
def host() -> Iterator[FeedHost]:
    """Start a host of this test's own."""
    started = FeedHost()
    yield started
    started.close()


@pytest.fixture
def here(site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    """Return a site without items, in its folder."""
    site.settings(PLUGINS=[], THEME="simple", SITEURL="https://digest.example")
    (site.root / "content" / "news").mkdir(parents=True, exist_ok=True)
    monkeypatch.chdir(site.root)
    return site


@pytest.fixture
def run(here: Site, host: FeedHost, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """Return what imports from the host, whose sources are named by path or as text; no pause is long."""
    monkeypatch.setattr(feeds, "MANNERS", replace(feeds.MANNERS, pause_s=0.01, max_pause_s=0.1))

    def imported(*sources: str, options: tuple[str, ...] = ()) -> int:
        if sources:
            lines = (each if "\n" in each else f"- feed: {host.url(each)}\n" for each in sources)
            (here.root / "sources.yaml").write_text("".join(lines), encoding="utf-8")
        return main(["import", "--allow-host", host.name, *options])

    return imported


def files(site: Site) -> dict[str, str]:
    """Return name → text of every item."""
    folder = site.root / "content" / "news"
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in sorted(folder.rglob("*.md"))}


def values(text: str) -> dict[str, Any]:
    """Return the front matter of a file."""
    return load_front_matter(split_front_matter(text)[0])


def test_an_entry_becomes_a_file_of_the_format(here: Site, host: FeedHost, run: Callable[..., int]):
    """Title, excerpt, date, link and who published it; and what the next import has to know."""
    host.set("/a", rss(entry(1, text="<p>Six boats are <b>late</b>. Read more</p>"), more="<language>en-gb</language>"))
    assert 0 == run("/a")
    [(name, text)] = files(here).items()
    found = values(text)
    assert re.fullmatch(r"\d{4}-\d\d-\d\d-ferry-1-runs-late\.md", name)
    assert ("Ferry 1 runs late", "Six boats are late.") == (found["title"], found["excerpt"])
    assert ("https://harbour.example/ferry-1", "en-GB", "article") == (found["webUrl"], found["locale"], found["type"])
    assert {"name": "Harbour Radio", "domain": "harbour.example"} == found["provider"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", found["publishedDateTime"])
    assert {"source", "id", "first_seen", "print"} == found["imported"].keys()
    assert host.url("/a") == found["imported"]["source"]


def test_a_second_import_writes_nothing_and_asks_whether_anything_changed(
    here: Site, host: FeedHost, run: Callable[..., int], capsys: pytest.CaptureFixture[str]
):
    """Every request is a question that a 304 answers; not a byte of the folder changes."""
    host.set("/a", rss(entry(1), entry(2)))
    host.set("/b", rss(entry(3)))
    assert 0 == run("/a", "/b")
    before = {path: path.stat().st_mtime_ns for path in (here.root / "content").rglob("*")}
    host.asked.clear()
    capsys.readouterr()
    assert 0 == run()
    assert before == {path: path.stat().st_mtime_ns for path in (here.root / "content").rglob("*")}
    assert 2 == len(host.asked)
    assert all("If-None-Match" in headers for _, headers in host.asked)
    assert "0 new files, 0 updated. 2 sources asked: 2 unchanged (304)" in capsys.readouterr().out


def test_losing_the_cache_loses_nothing(
    here: Site, host: FeedHost, run: Callable[..., int], capsys: pytest.CaptureFixture[str]
):
    """What is there is known by the files, what was deleted by the list beside them, and hosts are asked as before."""
    host.set("/a", rss(entry(1), entry(2)))
    run("/a")
    deleted = next((here.root / "content" / "news").glob("*ferry-2*"))
    deleted.unlink()
    before = files(here)
    for _ in range(2):
        shutil.rmtree(here.root / "cache")
        host.asked.clear()
        capsys.readouterr()
        assert 0 == run()
        assert before == files(here)
        assert ["If-None-Match" in headers for _, headers in host.asked] == [True]
        assert "0 new files, 0 updated. 1 source asked: 1 unchanged (304), 0 without" in capsys.readouterr().out
    assert 0 == run()
    assert "0 without an answer" in capsys.readouterr().out
    host.set("/a", rss(entry(1), entry(2), entry(3)))
    assert 0 == run()
    assert {*before, next((here.root / "content" / "news").glob("*ferry-3*")).name} == files(here).keys()


def test_a_file_follows_its_source_except_where_a_person_wrote(here: Site, host: FeedHost, run: Callable[..., int]):
    """Of two files one has an excerpt of its owner's; both get the new headline, one the new excerpt."""
    host.set("/a", rss(entry(1), entry(2)))
    run("/a")
    edited = next((here.root / "content" / "news").glob("*ferry-1*"))
    text = edited.read_text("utf-8")
    edited.write_text(re.sub("^excerpt:.*$", "excerpt: Mine  # stays", text, flags=re.MULTILINE), encoding="utf-8")
    changed = [entry(number, title=f"Ferry {number} sails again", text="New words.") for number in (1, 2)]
    host.set("/a", rss(*changed))
    assert 0 == run()
    found = files(here)
    assert "excerpt: Mine  # stays\n" in found[edited.name]
    assert [("Ferry 1 sails again", "Mine"), ("Ferry 2 sails again", "New words.")] == [
        (data["title"], data["excerpt"]) for data in map(values, found.values())
    ]
    assert 0 == run()
    assert found == files(here)


def test_a_changed_title_without_cache_is_no_new_item(here: Site, host: FeedHost, run: Callable[..., int]):
    """Nor is a changed guid, or a link with tracking, or its AMP form."""
    host.set("/a", rss(entry(1)))
    run("/a")
    for again in (
        entry(1, title="Another headline"),
        entry(1, guid="another"),
        entry(1, guid="another", link="https://www.harbour.example/ferry-1/?utm_source=feed"),
        entry(1, guid="more", link="https://harbour.example/ferry-1/amp/"),
        entry(1, link="https://harbour.example/moved/ferry-1"),
    ):
        shutil.rmtree(here.root / "cache")
        host.set("/a", rss(again))
        run()
        assert 1 == len(files(here))


def test_one_link_in_two_feeds_is_one_item(
    here: Site, host: FeedHost, run: Callable[..., int], caplog: pytest.LogCaptureFixture
):
    """Of the source that stands first; the other one changes nothing in it."""
    host.set("/a", rss(entry(1)))
    host.set("/b", rss(entry(1, title="Also here"), title="Quay News", site="https://quay.example/"))
    run("/a", "/b")
    run()
    [text] = files(here).values()
    assert "Ferry 1 runs late" == values(text)["title"]
    assert [] == caplog.records


def test_who_is_asked_too_often_is_left_alone(here: Site, host: FeedHost, run: Callable[..., int]):
    """A feed that says for how long nobody needs to ask is not asked before; `--now` asks all the same."""
    host.set("/ttl", rss(entry(1), more="<ttl>60</ttl>"))
    host.set("/fresh", rss(entry(2)), headers={"Cache-Control": "max-age=600"})
    run("/ttl", "/fresh", "/busy/1", "/gone/1")
    host.asked.clear()
    assert 0 == run()
    assert [] == host.asked
    assert 0 == run(options=("--now",))
    assert {"/ttl", "/fresh", "/busy/1", "/gone/1"} == {path for path, _ in host.asked}


def test_one_source_that_answers_is_enough(
    here: Site, host: FeedHost, run: Callable[..., int], capsys: pytest.CaptureFixture[str]
):
    """The exit code is 1 only when none did; each that did not has a line that says why."""
    host.set("/a", rss(entry(1)))
    host.set("/page", "<!DOCTYPE html><title>Harbour</title><p>News")
    host.set("/html", "<html><body>moved</body></html>")
    host.set("/empty", "")
    bad = (
        "/missing",
        "/broken/",
        "/gone/",
        "/circle/",
        "/reset/",
        "/lying/",
        "/page",
        "/html",
        "/empty",
        "/to/file:///x",
    )
    assert 0 == run("/a", *bad)
    said = capsys.readouterr().out
    for words in (
        "the host answered 404",
        "the host answered 500",
        "it is gone for good",
        "more than 5 redirects",
        "is a web page, not a feed",
        "the answer is empty",
        "the answer was cut off",
        "redirected to a URL that cannot be fetched",
    ):
        assert words in said
    assert 1 == len(files(here))
    assert 1 == run(*bad)


def test_a_redirect_to_a_private_address_is_not_followed(here: Site, host: FeedHost, run: Callable[..., int]):
    """The host is allowed with its port, and no other one of this machine is."""
    other = FeedHost()
    other.set("/secret", rss(entry(1)))
    run(f"/to/{other.url('/secret')}", "/to/http://169.254.169.254/latest", "/to/http://[::1]:9/")
    other.close()
    assert [] == other.asked
    assert {} == files(here)


def test_what_is_old_or_unwanted_is_left_out(
    here: Site, host: FeedHost, run: Callable[..., int], capsys: pytest.CaptureFixture[str]
):
    """Fourteen days back; words that are to be kept or dropped; the newest so many. Each is counted."""
    host.set(
        "/a",
        rss(
            entry(1, hours=24 * 15),
            entry(2, title="Sponsored: a watch"),
            entry(3, title="Bridge opens", text="Cars again."),
            *(entry(number, hours=number) for number in range(4, 8)),
        ),
    )
    run(f"- feed: {host.url('/a')}\n  keep: [ferr, sponsor]\n  drop: [sponsored]\n  limit: 3\n  topics: [Harbour]\n")
    said = capsys.readouterr().out
    assert {"ferry-4", "ferry-5", "ferry-6"} == {name[11:18] for name in files(here)}
    for words in ("1 too old", "1 in drop", "1 not in keep", "1 over the limit"):
        assert words in said
    assert all(["Harbour"] == values(text)["topics"] for text in files(here).values())


def test_a_dry_run_writes_no_item(
    here: Site, host: FeedHost, run: Callable[..., int], capsys: pytest.CaptureFixture[str]
):
    """It says what would be written; the import after it writes that."""
    host.set("/a", rss(entry(1)))
    assert 0 == run("/a", options=("--dry-run",))
    assert "1 new file" in capsys.readouterr().out
    assert [] == list((here.root / "content" / "news").iterdir())
    run()
    assert 1 == len(files(here))


def test_without_sources_it_says_how_to_begin(here: Site, capsys: pytest.CaptureFixture[str]):
    """No file, an empty one, and one of nothing that can be asked."""
    assert 2 == main(["import"])
    (here.root / "sources.yaml").write_text("# nobody yet\n", encoding="utf-8")
    assert 2 == main(["import"])
    (here.root / "sources.yaml").write_text("- feed: ftp://x\n", encoding="utf-8")
    assert 2 == main(["import"])
    said = capsys.readouterr().err
    assert "there is no sources.yaml; `news-digest sources add URL` starts one" in said
    assert "sources.yaml:1: ND701 feed: not an http or https URL" in said


def test_a_host_is_asked_twice_at_once_and_no_more(here: Site, host: FeedHost, run: Callable[..., int]):
    """However many feeds it has."""
    for number in range(12):
        host.set(f"/{number}", rss(entry(number)))
    run(*(f"/{number}" for number in range(12)))
    assert 12 == len(files(here))
    assert 1 <= host.most <= 2


def test_whoever_asks_says_who_it_is(here: Site, host: FeedHost, run: Callable[..., int]):
    """The software and the site's address, what it can read; no cookie."""
    host.set("/a", rss(entry(1)), headers={"Set-Cookie": "who=you"})
    run("/a")
    run()
    for _, headers in host.asked:
        assert headers["User-Agent"].startswith("NewsDigest/")
        assert "(+https://digest.example)" in headers["User-Agent"]
        assert "Cookie" not in headers


def test_who_says_three_times_that_it_moved_has_moved(
    here: Site, host: FeedHost, run: Callable[..., int], capsys: pytest.CaptureFixture[str]
):
    """301 and 308; who is only elsewhere for now has not. Both are read all the same."""
    new = host.set("/new", rss(entry(1)))
    host.set("/old", "", status=308, headers={"Location": new}, has_validators=False)
    said = []
    for _ in range(3):
        assert 0 == run("/old", f"/to/{new}")
        said.append(capsys.readouterr().out.count(f"moved to {new}"))
    assert [0, 0, 1] == said
    assert 1 == len(files(here))


def test_a_site_without_a_content_folder_gets_one(here: Site, host: FeedHost, run: Callable[..., int]):
    """Pelican reads no settings without it, and an import is what fills it."""
    shutil.rmtree(here.root / "content")
    host.set("/a", rss(entry(1)))
    assert 0 == run("/a")
    assert 1 == len(files(here))
