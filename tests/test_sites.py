"""Tiny whole sites, valid and invalid, built as their owners would."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import feedparser
import pytest
from lxml import html

from tests.builders import front_matter
from tests.sites.checker import OutputChecker

if TYPE_CHECKING:
    from tests.conftest import Site

SITEURL = "https://x.example/repo"
SECRET = "c2VjcmV0cGF5bG9hZA==;aXZpdml2"  # noqa: S105 - what must not be seen in any output
CLASSIC = (
    "Title: A classic\nDate: 2026-05-02 10:00\nTags: Harbour, Notes\nSlug: classic\n"
    "Summary: In my own words.\n\nText *here*.\n"
)
PAGE = (
    "Title: Imprint\nSlug: imprint\n\nSee [the note]({filename}/notes/classic.md) and ![it]({static}/images/a.png).\n"
)
YAML_CLASSIC = (
    "---\ntitle: With a block\ndate: 2026-05-02T11:00:00Z\ntags: [Harbour]\nsummary: Short.\n---\nText **there**.\n"
)
PNG = b"\x89PNG\r\n\x1a\n"


def tree(page: str) -> html.HtmlElement:
    """Return a page as a browser has it."""
    return html.fromstring(page)


def hrefs(page: str) -> list[str]:
    """Return where a page's links lead."""
    return [str(found) for found in tree(page).xpath("//a/@href")]


def text_of(page: str) -> str:
    """Return what stands in a page's main part."""
    return " ".join(" ".join(tree(page).xpath("//main//text()")).split())


def write_valid(site: Site) -> None:
    """Write a site that holds one of everything."""
    related = (
        '\n  - title: "Other words"\n    webUrl: https://two.example/b\n    provider: {name: Two, domain: two.example}'
    )
    site.write("news/one.md", front_matter(title='"One <b> & more"', related=related, secured=f'"{SECRET}"'))
    site.write(
        "news/two.md", front_matter(title='"Two"', webUrl="https://two.example/b", topics="\n  - harbour\n  - Café")
    )
    site.write("news/here.md", front_matter(title='"Lives here"', webUrl="") + "\nA *body*.\n")
    site.write(
        "news/hidden.md", front_matter(title='"Unpublished one"', webUrl="https://h.example/", published="false")
    )
    site.write("news/gone.md", front_matter(title='"Removed one"', webUrl="https://g.example/", removed="true"))
    site.write("topics/harbour.yaml", "taxonomy: topic\n_id: harbour\nname: Harbour\nparent: City\n")
    site.write("topics/city.yaml", "taxonomy: topic\n_id: city\nname: City\n")
    site.write("providers/post.example.md", "---\n_id: post.example\nname: The Post\ndomain: post.example\n---\n")
    site.write("notes/classic.md", CLASSIC)
    site.write("notes/block.md", YAML_CLASSIC)
    site.write("pages/imprint.md", PAGE)
    (site.root / "content" / "images").mkdir()
    (site.root / "content" / "images" / "a.png").write_bytes(PNG)


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


INVALID = {
    "news/no-date.md": (front_matter(publishedDateTime=""), "ND104"),
    "news/bad-date.md": (front_matter(publishedDateTime="soon"), "ND104"),
    "news/no-title.md": (front_matter(title='""'), "ND105"),
    "news/not-yaml.md": ("---\ntitle: [a\n---\n", "ND103"),
    "news/twice.md": (front_matter().replace("type: article", "type: article\ntype: video"), "ND106"),
    "news/never-closed.md": ("---\ntitle: a\n", "ND101"),
}


def write_invalid(site: Site) -> None:
    """Write a site of which only one item can be used."""
    site.write("news/good.md", front_matter(title='"The good one"'))
    for path, (text, _) in INVALID.items():
        site.write(path, text)
    (site.root / "content/news/latin.md").write_bytes(front_matter().replace("A headline", "Café").encode("latin-1"))


def test_bad_files_are_reported_and_the_others_built(site: Site):
    """Each bad file is named with its line and a code; the build goes on and ends well."""
    write_invalid(site)
    result = site.build()
    assert 0 == result.returncode
    assert "The good one" in text_of(site.page("news/good/index.html"))
    for path, code in (*((path, code) for path, (_, code) in INVALID.items()), ("news/latin.md", "ND102")):
        (line,) = [line for line in result.stdout.splitlines() if f"{path}:" in line]
        assert f": {code} " in line
        assert line.split(f"{path}:")[1].split(":")[0].isdigit(), line


def test_only_good_items_have_pages(site: Site):
    """A file that cannot be used leaves no trace in the output."""
    write_invalid(site)
    site.build()
    assert {"news/good/index.html"} == {path for path in site.files() if path.startswith("news/")}


def test_fatal_errors_stop_the_build_after_naming_all_bad_files(site: Site):
    """With --fatal errors the exit code tells a workflow, and the whole list was printed before."""
    write_invalid(site)
    result = site.build("--fatal", "errors")
    assert 0 != result.returncode
    assert [] == [path for path in (*INVALID, "news/latin.md") if path not in result.stdout]


NEITHER = {"nothing": "", "words": "Only words, no headers.\n", "title": "Title: Without a date\n\nWords.\n"}


@pytest.mark.parametrize("text", NEITHER.values(), ids=NEITHER)
def test_file_that_is_neither_an_item_nor_an_article_is_reported_like_any_other(site: Site, text: str):
    """In the news folder a file without a block, a title or a date has a code and a line as well."""
    site.write("news/bad.md", text)
    site.write("news/good.md", front_matter())
    result = site.build()
    assert 0 == result.returncode
    assert [True] == ["news/bad.md:1: ND" in line for line in result.stdout.splitlines() if "bad.md" in line]


def test_fatal_errors_name_all_bad_files_also_beside_one_without_a_block(site: Site):
    """A file that is left to Pelican does not end the list before it began."""
    write_invalid(site)
    site.write("news/nothing.md", "")
    result = site.build("--fatal", "errors")
    assert 0 != result.returncode
    assert [] == [path for path in (*INVALID, "news/nothing.md") if path not in result.stdout]


def test_warnings_do_not_stop_a_build_for_errors(site: Site):
    """--fatal errors lets a site with warnings pass."""
    site.write("news/a.md", front_matter(updatedDateTime="soon"))
    result = site.build("--fatal", "errors")
    assert 0 == result.returncode
    assert "news/a.md" in result.stdout
    assert "ND109" in result.stdout


def test_site_that_names_no_time_zone_is_built(site: Site):
    """Pelican takes UTC where TIMEZONE is missing, and says so; the plugin does not stop it."""
    site.write("news/a.md", front_matter())
    site.settings()
    config = site.root / "pelicanconf.py"
    kept = [line for line in config.read_text(encoding="utf-8").splitlines() if not line.startswith("TIMEZONE")]
    config.write_text("\n".join(kept) + "\n", encoding="utf-8")
    result = site.build()
    assert 0 == result.returncode, result.stdout[-1000:]
    assert "news/a/index.html" in site.files()


def test_unknown_setting_is_refused_with_the_nearest_name(site: Site):
    """A mistyped setting stops the build, and says what was probably meant."""
    site.settings(DIGEST_PAGE_SIZES=20)
    result = site.build()
    assert 0 != result.returncode
    assert "DIGEST_PAGE_SIZES" in result.stdout
    assert "did you mean DIGEST_PAGE_SIZE?" in " ".join(result.stdout.split())
    assert not site.output.exists() or not site.files()


def test_all_wrong_settings_are_named_at_once(site: Site):
    """Nobody mends one setting to hear of the next."""
    site.settings(DIGEST_PAGES="publishd", DIGEST_PAGE_SIZE=0, DIGEST_INDEX_ITEMS="yes", DIGEST_NONSENSE=1)
    result = site.build()
    assert 0 != result.returncode
    for name in ("DIGEST_PAGES", "DIGEST_PAGE_SIZE", "DIGEST_INDEX_ITEMS", "DIGEST_NONSENSE"):
        assert name in result.stdout


def test_date_setting_that_is_no_date_is_refused(site: Site):
    """DIGEST_NOW is checked as well."""
    site.write("news/a.md", front_matter())
    site.settings(DIGEST_NOW="noon")
    result = site.build()
    assert 0 != result.returncode
    assert "DIGEST_NOW" in result.stdout


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
