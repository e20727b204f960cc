"""Tiny whole sites, valid and invalid, built as their owners would."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import feedparser
import pytest

from tests.builders import front_matter
from tests.sites.checker import OutputChecker
from tests.sites.tiny import CLASSIC, SECRET, hrefs, text_of, tree, write_valid

if TYPE_CHECKING:
    from tests.conftest import Site

SITEURL = "https://x.example/repo"


@pytest.fixture
def valid(site: Site) -> Site:
    """Return a valid site below a path of its host, built."""
    write_valid(site)
    site.settings(SITEURL=SITEURL)
    result = site.build()
    assert 0 == result.returncode, result.stdout
    return site


def test_valid_site_has_every_kind_of_page(valid: Site):
    """Items, lists, topics, providers, own pages, feeds and what crawlers ask for are there."""
    expected = {
        "index.html", "404.html", "latest/index.html", "news/one/index.html", "news/two/index.html",
        "news/here/index.html", "topics/index.html", "topics/harbour/index.html", "topics/cafe/index.html",
        "topics/city/index.html", "providers/index.html", "providers/post.example/index.html",
        "feeds/all.atom.xml", "topics/harbour/feed.atom.xml", "sitemap.xml", "robots.txt", "images/a.png",
    }  # fmt: skip
    assert set() == expected - valid.files().keys()
    assert not [path for path in valid.files() if "hidden" in path or "gone" in path]


def test_valid_site_has_no_broken_link(valid: Site):
    """Every internal link, asset, fragment and feed resolves, below the site's path."""
    assert [] == OutputChecker(valid.output, SITEURL).broken()


def test_every_page_of_a_valid_site_can_be_reached(valid: Site):
    """No page is an orphan; 404.html is one by nature."""
    checker = OutputChecker(valid.output, SITEURL)
    assert set() == checker.pages.keys() - checker.linked() - {"404.html"}


def layout_pages(site: Site) -> list[str]:
    """Return the pages in the site's layout; a mail is a document of its own kind."""
    return [path for path in OutputChecker(site.output).pages if not path.endswith("/mail.html")]


def test_every_page_of_a_valid_site_is_whole(valid: Site):
    """One h1, a language, a title of its own, a picture's alt, and times that machines can read."""
    titles = set()
    pages = layout_pages(valid)
    for path in pages:
        root = tree(valid.page(path))
        assert 1 == len(root.xpath("//h1")), path
        assert "en" == root.get("lang"), path
        assert 1 == len(root.xpath("//main")), path
        assert [] == root.xpath("//img[not(@alt) and not(ancestor::template)]"), path
        # What Markdown makes of the owner's own pictures says no size.
        assert "imprint" in path or [] == root.xpath("//img[not(ancestor::template)][not(@width) or not(@height)]"), (
            path
        )
        assert [] == root.xpath("//time[not(@datetime) and not(ancestor::template)]"), path
        titles.add(root.findtext("head/title"))
    assert len(titles) == len(pages)


def test_no_page_repeats_an_id(valid: Site):
    """An id names one place."""
    for path in OutputChecker(valid.output).pages:
        ids = tree(valid.page(path)).xpath("//@id")
        assert len(ids) == len(set(ids)), path


def test_all_feeds_of_a_valid_site_parse(valid: Site):
    """Each feed is well-formed and has entries with ids of their own."""
    feeds = [path for path in valid.files() if path.endswith(".atom.xml")]
    assert {"feeds/all.atom.xml", "topics/city/feed.atom.xml", "providers/post.example/feed.atom.xml"} <= set(feeds) | {
        "providers/post.example/feed.atom.xml"
    }
    for path in feeds:
        feed = feedparser.parse(valid.files()[path])
        assert not feed.bozo, path
        ids = [entry.id for entry in feed.entries]
        assert len(ids) == len(set(ids)) > 0, path


def test_text_of_strangers_is_text(valid: Site):
    """A headline with a tag in it is shown as it was written, escaped once."""
    page = valid.page("news/one/index.html")
    assert "One <b> & more" == tree(page).findtext(".//h1").strip()
    assert "&amp;amp;" not in page


def test_article_page_leads_to_its_source(valid: Site):
    """One link out, marked as one, with the address of the file."""
    out = tree(valid.page("news/one/index.html")).xpath("//main//a[@href='https://post.example/a/']")
    assert out
    assert {"external noopener"} == {link.get("rel") for link in out}


def test_item_without_a_link_shows_its_body(valid: Site):
    """What lives here is read here."""
    page = valid.page("news/here/index.html")
    assert ["body"] == tree(page).xpath("//main//em/text()")
    assert not tree(page).xpath("//main//a[contains(@rel, 'external')]")


def test_removed_and_unpublished_items_stand_in_no_output(valid: Site):
    """Neither the page nor a list, a feed or a sitemap names them."""
    for path, data in valid.files().items():
        for trace in (b"Removed one", b"Unpublished one", b"g.example"):
            assert trace not in data, path


def test_secured_value_stands_in_no_output(valid: Site):
    """The encrypted payload never leaves its file, nor does its name."""
    for path, data in valid.files().items():
        assert not [part for part in (SECRET, *SECRET.split(";")) if part.encode() in data], path
        # The schema of the front matter describes every key, this one too.
        assert b"secured" not in data or path.startswith("api/schema/"), path


@pytest.mark.parametrize(("title", "words"), [("A classic", "here"), ("With a block", "there")])
def test_classic_article_stands_beside_items(valid: Site, title: str, words: str):
    """An article written the ordinary way has a page with its text, and a place in lists, topics and feeds."""
    (path,) = [p for p in OutputChecker(valid.output).pages if tree(valid.page(p)).findtext(".//h1").strip() == title]
    assert [words] == tree(valid.page(path)).xpath("//main//*[self::em or self::strong]/text()")
    for page in ("index.html", "latest/index.html", "topics/harbour/index.html"):
        assert title in text_of(valid.page(page)), page
    assert title in [entry.title for entry in feedparser.parse(valid.files()["feeds/all.atom.xml"]).entries]


def test_classic_article_lies_where_its_owner_says(site: Site):
    """ARTICLE_URL and ARTICLE_SAVE_AS hold for articles that Pelican reads, also when they differ."""
    site.write("notes/classic.md", CLASSIC)
    site.settings(ARTICLE_URL="notes/{slug}", ARTICLE_SAVE_AS="notes/{slug}.html")
    site.build()
    assert "notes/classic.html" in site.files()
    assert [] == [path for path in site.files() if path == "notes/classic"]


def test_own_page_is_shown_and_linked(valid: Site):
    """The owner's page has its words, its links resolved, and a place in the footer."""
    (path,) = [p for p in OutputChecker(valid.output).pages if "imprint" in p]
    assert f"{SITEURL}/classic.html" in hrefs(valid.page(path))
    address = f"/repo/{path.removesuffix('index.html')}"
    assert address in hrefs(valid.page("index.html"))


def test_own_page_in_another_language_may_be_indexed(site: Site):
    """A translation is as public as its original."""
    site.write("pages/about.md", "Title: About\nSlug: about\nLang: en\n\nText.\n")
    site.write("pages/about-de.md", "Title: Über uns\nSlug: about\nLang: de\n\nText.\n")
    site.write("news/a.md", front_matter())
    site.build()
    pages = [path for path in OutputChecker(site.output).pages if path.startswith("pages/")]
    assert 2 == len(pages)
    assert [] == [path for path in pages if tree(site.page(path)).xpath("//meta[@name='robots']")]


def test_site_without_content_is_built_without_broken_links(site: Site):
    """An empty digest is a site that can be looked at."""
    site.settings(SITEURL="")
    assert 0 == site.build().returncode
    assert "index.html" in site.files()
    assert [] == OutputChecker(site.output).broken()


def test_item_without_provider_and_topics_is_built(site: Site):
    """What is missing is left out of every page."""
    site.write("news/a.md", front_matter(provider="", topics="", excerpt="", quality="", heat=""))
    assert 0 == site.build().returncode
    assert "A headline" in text_of(site.page("news/a/index.html"))
    assert [] == OutputChecker(site.output, "https://tiny.example").broken()


def many_sources(count: int) -> str:
    """Return ``related`` with one older report by each of *count* sources."""
    return "".join(
        f"\n  - title: Report {n}\n    webUrl: https://s{n}.example/r\n    publishedDateTime: 2026-01-01T08:00:00Z"
        f"\n    quality: {90 - n}\n    provider: {{name: Source {n}, domain: s{n}.example}}"
        for n in range(count)
    )


def test_rest_of_the_coverage_leads_to_a_place_that_exists(site: Site):
    """The link "+2" leads to the reports, also when all of them are older than the story."""
    site.write("news/a.md", front_matter(related=many_sources(6)))
    site.build()
    assert [] == OutputChecker(site.output, "https://tiny.example").broken()


def test_rest_of_the_coverage_does_not_lead_home_where_there_is_no_page(site: Site):
    """On a site without article pages "+2" is no link to the front page."""
    site.write("news/a.md", front_matter(related=many_sources(6)))
    site.settings(DIGEST_PAGES="local-only")
    site.build()
    links = tree(site.page("index.html")).xpath("//main//a[starts-with(normalize-space(.), '+')]/@href")
    assert "/" not in links


def test_later_reports_have_a_heading_of_their_own(site: Site):
    """Reports after the week are neither called earlier nor computed."""
    later = "\n  - title: Much later\n    webUrl: https://l.example/r\n    publishedDateTime: 2026-07-01T08:00:00Z"
    site.write("news/a.md", front_matter(related=later))
    site.build()
    (section,) = tree(site.page("news/a/index.html")).xpath("//section[.//a[@href='https://l.example/r']]")
    heading = section.xpath("string(.//*[self::h2 or self::h3][1])").strip()
    assert heading
    assert heading not in {"Related", "Coverage", "Earlier on this story"}


def use_stock_theme(site: Site) -> None:
    """Write settings that name no theme, so that Pelican takes its own."""
    site.settings()
    config = site.root / "pelicanconf.py"
    kept = [line for line in config.read_text(encoding="utf-8").splitlines() if not line.startswith("THEME")]
    config.write_text("\n".join(kept) + "\n", encoding="utf-8")


def test_stock_theme_has_topics_as_tags_and_the_provider_as_author(site: Site):
    """With Pelican's own theme the items are articles like any other."""
    write_valid(site)
    use_stock_theme(site)
    result = site.build()
    assert 0 == result.returncode, result.stdout
    page = site.page("news/one/index.html")
    assert "The Post" in tree(page).xpath("//a[contains(@href, 'author')]/text()")
    assert "Harbour" in tree(page).xpath("//a[contains(@href, 'tag')]/text()")
    assert "tag/harbour.html" in site.files()
    assert [path for path in site.files() if path.startswith("author/")]


def test_stock_theme_shows_text_of_strangers_as_text(site: Site):
    """A headline, an excerpt, a topic and a name cannot bring markup into a theme that escapes nothing."""
    nasty = "<script>alert(1)</script>"
    site.write(
        "news/a.md",
        front_matter(
            title=f'"Title {nasty}"',
            excerpt=f'"Excerpt {nasty}"',
            topics=f'\n  - "Topic {nasty}"',
            provider=f'\n  name: "Name {nasty}"\n  domain: post.example',
        ),
    )
    use_stock_theme(site)
    assert 0 == site.build().returncode
    pages = [path for path in site.files() if path.endswith(".html")]
    assert [] == [path for path in pages if "alert(1)" in "".join(tree(site.page(path)).xpath("//script/text()"))]


def test_pelican_and_news_digest_write_the_same_bytes(valid: Site):
    """Our command is a thin face over Pelican."""
    result = subprocess.run(
        [sys.executable, "-m", "pelican.plugins.news_digest", "build", "-o", "second"],
        cwd=valid.root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert 0 == result.returncode, result.stdout + result.stderr
    second = {
        p.relative_to(valid.root / "second").as_posix(): p for p in (valid.root / "second").rglob("*") if p.is_file()
    }
    assert valid.files() == {path: file.read_bytes() for path, file in second.items()}


def test_relative_addresses_work_from_a_folder_on_a_disk(site: Site):
    """With RELATIVE_URLS no page depends on where the site lies, but for 404.html, which is served anywhere."""
    write_valid(site)
    site.settings(SITEURL="", RELATIVE_URLS=True)
    site.build()
    checker = OutputChecker(site.output)
    assert [] == checker.broken()
    pages = {path: page for path, page in checker.pages.items() if path != "404.html"}
    assert [] == [(path, link) for path, page in pages.items() for link in page.links if link.startswith("/")]


def test_two_builds_are_the_same_bytes_whatever_the_hash_seed(valid: Site):
    """Nothing depends on the order of a set, on the clock, or on what lay in the folder before."""
    first = valid.files()
    for seed in ("1", "2"):
        assert 0 == valid.build("-o", f"again-{seed}", env={"PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo"}).returncode
        folder = valid.root / f"again-{seed}"
        again = {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
        assert first.keys() == again.keys()
        assert [] == [path for path in first if first[path] != again[path]]


def test_second_build_leaves_our_files_alone(valid: Site):
    """What did not change keeps its time."""
    ours = [path for path in valid.files() if path.endswith((".html", ".xml", ".css", ".txt"))]
    before = {path: (valid.output / path).stat().st_mtime_ns for path in ours}
    result = valid.build()
    assert before == {path: (valid.output / path).stat().st_mtime_ns for path in ours}
    assert " 0 files changed" in result.stdout


def test_headlines_lead_out_where_the_owner_wants_it(site: Site):
    """DIGEST_HEADLINE_LINKS reaches the pages."""
    site.write("news/a.md", front_matter())
    site.settings(DIGEST_HEADLINE_LINKS="source")
    site.build()
    (link,) = tree(site.page("latest/index.html")).xpath("//main//a[normalize-space(.)='A headline']")
    assert "https://post.example/a/" == link.get("href")


def test_local_only_site_has_pages_for_its_own_items_only(site: Site):
    """DIGEST_PAGES = "local-only" is what the old site did."""
    write_valid(site)
    site.settings(DIGEST_PAGES="local-only")
    site.build()
    assert {"news/here/index.html"} == {path for path in site.files() if path.startswith("news/")}
    assert [] == OutputChecker(site.output, "https://tiny.example").broken()


def test_future_item_waits_where_pelican_says_so(site: Site):
    """WITH_FUTURE_DATES = False holds back what is dated ahead."""
    site.write("news/a.md", front_matter())
    site.write("news/ahead.md", front_matter(webUrl="https://f.example/", publishedDateTime="2999-01-01T00:00:00Z"))
    site.settings(WITH_FUTURE_DATES=False)
    site.build()
    assert {"news/a/index.html"} == {path for path in site.files() if path.startswith("news/")}


def test_owners_template_stands_before_the_themes(site: Site):
    """THEME_TEMPLATES_OVERRIDES and the theme's empty extension points work."""
    own = site.root / "own" / "extend"
    own.mkdir(parents=True)
    (own / "footer.html").write_text("<p>Kind regards</p>", encoding="utf-8")
    site.write("news/a.md", front_matter())
    site.settings(THEME_TEMPLATES_OVERRIDES=["own"])
    site.build()
    assert "Kind regards" in tree(site.page("index.html")).xpath("//footer//p/text()")


def test_language_of_the_site_is_that_of_its_pages(site: Site):
    """A right-to-left site is one, and an item in another language says so."""
    site.write("news/a.md", front_matter(locale="en-us"))
    site.settings(DEFAULT_LANG="he", TIMEZONE="Asia/Jerusalem")
    site.build()
    root = tree(site.page("news/a/index.html"))
    assert ("he", "rtl") == (root.get("lang"), root.get("dir"))
    assert "en-US" == root.find(".//h1").get("lang")
