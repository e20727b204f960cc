"""A real archive of 4,958 items, built whole: what its numbers promise, and what its oddities must not do."""

from __future__ import annotations

import html
import re
from pathlib import Path
from urllib.parse import unquote

import feedparser
import pytest
from lxml import etree

from pelican.plugins.news_digest.frontmatter.reader import Archive, read_archive
from pelican.plugins.news_digest.model import Status
from tests.conftest import MakeOnce, Site
from tests.sites.checker import OutputChecker

pytestmark = [pytest.mark.slow, pytest.mark.corpus]

SITEURL = "https://x.example/azure"
PUBLISHED, PRESENT, TOPICS = 624, 4957, 20


@pytest.fixture(scope="module")
def built(corpus: Path, shared: MakeOnce) -> Site:
    """Return the archive as a site, built once, stopped by any error."""

    def make(folder: Path) -> None:
        site = Site(folder)
        site.settings(SITENAME="Azure", SITEURL=SITEURL, PATH=str(corpus))
        result = site.build("--fatal", "errors", env={"PYTHONHASHSEED": "1"})
        assert 0 == result.returncode, result.stdout[-3000:]
        (folder / "said.txt").write_text(result.stdout, encoding="utf-8")

    return Site(shared("azure", make))


@pytest.fixture(scope="module")
def checker(built: Site) -> OutputChecker:
    """Return who reads the whole output, once."""
    return OutputChecker(built.output, SITEURL)


@pytest.fixture(scope="module")
def archive(corpus: Path, built: Site) -> Archive:
    """Return the archive as it is read, from what the build has kept of it."""
    return read_archive(corpus, timezone="UTC", cache=built.root / "cache" / "news-digest")


def article_pages(files: frozenset[str]) -> set[str]:
    """Return the slugs that have a page."""
    return {match[1] for path in files if (match := re.fullmatch(r"news/([^/]+)/index\.html", path))}


def test_nothing_in_a_real_archive_is_an_error(built: Site):
    """Every file can be used."""
    said = (built.root / "said.txt").read_text(encoding="utf-8")
    assert " 0 errors" in " ".join(said.split())
    assert f"{PUBLISHED} of 4,958 items" in " ".join(said.split())


def test_every_published_item_has_a_page_under_its_files_name(checker: OutputChecker, archive: Archive):
    """624 pages, at the addresses that the old site had."""
    expected = {item.slug for item in archive.items if item.status is Status.PUBLISHED}
    assert PUBLISHED == len(expected)
    assert expected == article_pages(checker.files)


def test_every_topic_has_a_page_and_a_feed(checker: OutputChecker, corpus: Path):
    """All twenty, under the ids of their records."""
    ids = {path.stem for path in (corpus / "topics").iterdir()}
    assert TOPICS == len(ids)
    found = {match[1] for path in checker.files if (match := re.fullmatch(r"topics/([^/]+)/index\.html", path))}
    assert TOPICS == len(found)
    feeds = {path.split("/")[1] for path in checker.files if re.fullmatch(r"topics/[^/]+/feed\.atom\.xml", path)}
    assert feeds <= found
    assert feeds


def test_every_provider_of_a_published_item_has_a_page(checker: OutputChecker, archive: Archive):
    """With a record or without, and whether or not another file has the same link."""
    domains = {i.provider.domain for i in archive.items if i.status is Status.PUBLISHED and i.provider}
    aliases = {name.casefold(): record.domain for record in archive.providers for name in record.other_names}
    merged = {
        i.provider.domain
        for i in archive.items
        if i.status is Status.PUBLISHED and i.provider and i.provider.name.casefold() in aliases
    }
    missing = {d for d in domains if f"providers/{d}/index.html" not in checker.files}
    assert set() == missing - merged


def test_no_internal_link_or_asset_is_broken(checker: OutputChecker):
    """Every address, picture, style sheet, feed and place in a page resolves, below the site's path."""
    assert [] == checker.broken()


def test_removed_item_is_nowhere(built: Site, archive: Archive):
    """The one item that was taken down is in no page, feed or sitemap."""
    (gone,) = [item for item in archive.items if item.status is Status.REMOVED]
    pattern = re.compile("|".join(re.escape(part) for part in (gone.slug, gone.url)).encode())
    assert [] == [path for path, data in built.files().items() if pattern.search(data)]


def test_all_feeds_parse(built: Site):
    """No feed has one id twice; a reader is asked of one of each kind, for all are of one make."""
    feeds = {path: data for path, data in built.files().items() if path.endswith(".atom.xml")}
    assert len(feeds) > TOPICS
    kinds = {path.split("/")[0]: path for path in feeds}
    assert {"feeds", "topics"} <= kinds.keys()
    for path, data in feeds.items():
        ids = [entry.findtext("{*}id") for entry in etree.fromstring(data).iter("{*}entry")]
        assert 0 < len(ids) == len(set(ids)), path
    for path in kinds.values():
        feed = feedparser.parse(feeds[path])
        assert not feed.bozo, (path, feed.get("bozo_exception"))
        assert feed.entries, path


def test_all_xml_is_well_formed(built: Site):
    """Sitemaps and feeds can be parsed by a strict parser."""
    for path, data in built.files().items():
        if path.endswith(".xml"):
            etree.fromstring(data)


ODDITIES = {
    "an entity escaped twice": rb"&amp;(?:amp|#\d+|nbsp|quot|lt|gt|hellip);",
    "a typographic entity": rb"&#8217;|&hellip;|&rsquo;",
    "a percent-encoded comma": rb"(?i)Morningstar%2c",
    "a carriage return": rb"\r",
    "an invisible mark": "\u00ad|\u200b|\ufeff".encode(),
}


@pytest.mark.parametrize("pattern", ODDITIES.values(), ids=ODDITIES)
def test_no_oddity_of_the_data_reaches_a_page(built: Site, pattern: bytes):
    """What is broken in the values is mended, or left out, in everything that is read by people."""
    found = [
        (path, data[max(match.start() - 40, 0) : match.end() + 40])
        for path, data in built.files().items()
        if path.endswith(".html") and (match := re.search(pattern, data))
    ]
    assert [] == found[:5]


FEED_TEXTS = ("title", "name", "summary", "subtitle")


def test_no_oddity_of_the_data_reaches_a_feed(built: Site):
    """Titles, names and summaries in feeds are text, mended as on pages; content is HTML and may hold entities."""
    oddity = re.compile(r"&(?:amp|nbsp|#\d+|\w+);|%2[0c]|[\r\u00ad\u200b\ufeff]|  ", re.IGNORECASE)
    for path, data in built.files().items():
        if path.endswith(".atom.xml"):
            nodes = [node for tag in FEED_TEXTS for node in etree.fromstring(data).iter(f"{{*}}{tag}")]
            texts = [
                html.unescape(node.text) if node.get("type") == "html" else node.text for node in nodes if node.text
            ]
            texts += [node.get("term") for node in etree.fromstring(data).iter("{*}category")]
            assert [] == [text for text in texts if oddity.search(text)], path
            assert b"\r" not in data, path


def test_no_name_is_percent_encoded(checker: OutputChecker):
    """No text that people read holds a percent code."""
    found = []
    for path in checker.pages:
        root = etree.HTML((checker.folder / path).read_bytes())
        texts = root.xpath("//body//text()[not(ancestor::script)]")
        found += [(path, text) for text in texts if re.search(r"(?i)%2c|%20", text)]
    assert [] == found[:5]


# A template is filled by a script, and a status line when there is something to say.
EMPTY = "not(normalize-space(.)) and not(.//img) and not(ancestor::template) and not(@role='status')"


def test_no_text_is_empty(checker: OutputChecker):
    """190 items have no excerpt: none of them has an empty paragraph, and no link is without words."""
    for path in checker.pages:
        root = etree.HTML((checker.folder / path).read_bytes())
        assert [] == [etree.tostring(p) for p in root.xpath(f"//main//p[{EMPTY}]")], path
        links = root.xpath(
            "//a[@href and not(normalize-space(.)) and not(@aria-label) and not(.//img[@alt!=''])]"
            "[not(ancestor::template)]"
        )
        assert [] == [etree.tostring(link) for link in links], path


def test_no_secured_value_is_in_any_output(built: Site, corpus: Path):
    """Not one of 4,958 encrypted payloads leaves its file."""
    heads = set()
    for path in (corpus / "news").iterdir():
        match = re.search(r'^secured: "?([A-Za-z0-9+/]{32})', path.read_text(encoding="utf-8"), re.MULTILINE)
        heads |= {match[1].encode()} if match else set()
    assert len(heads) > 4000
    word = re.compile(rb"[A-Za-z0-9+/]{32,}={0,2}")
    for path, data in built.files().items():
        if path.endswith((".jpg", ".png")):
            continue
        assert not [found for found in word.findall(data) if found[:32] in heads], path


def test_pages_are_of_a_reasonable_size(checker: OutputChecker):
    """The largest cluster does not make the largest page: what is shown is capped."""
    sizes = {path: (checker.folder / path).stat().st_size for path in checker.pages}
    assert max(sizes.values()) < 250_000, max(sizes, key=sizes.__getitem__)


def test_addresses_keep_their_form(checker: OutputChecker):
    """No file's name needs to be encoded twice, and none differs from another only by case."""
    assert [] == [path for path in checker.files if "%" in path or path != unquote(path)]
    assert len(checker.files) == len({path.casefold() for path in checker.files})


def test_second_build_is_the_same_bytes_with_another_hash_seed(built: Site):
    """Into another folder, without a cache, with sets in another order: the same site."""
    result = built.build("-o", "again", "--ignore-cache", env={"PYTHONHASHSEED": "4711", "TZ": "Pacific/Auckland"})
    assert 0 == result.returncode, result.stdout[-3000:]
    again = Site(built.root).root / "again"
    first = built.files()
    second = {path.relative_to(again).as_posix(): path.read_bytes() for path in again.rglob("*") if path.is_file()}
    assert first.keys() == second.keys()
    assert [] == [path for path in first if first[path] != second[path]]


@pytest.fixture(scope="module")
def everything(built: Site, shared: MakeOnce) -> OutputChecker:
    """Return the site with a page for everything that is not removed; it has its own folder.

    What takes long and is looked at in the other one is left out: share cards, the search index, the JSON API.
    """

    def make(folder: Path) -> None:
        config = (built.root / "pelicanconf.py").read_text(encoding="utf-8")
        more = 'DIGEST_PAGES = "all"\nDIGEST_CARDS = "none"\nDIGEST_SEARCH = DIGEST_API = False\n'
        (folder / "all.py").write_text(config + more, encoding="utf-8")
        cache = str(built.root / "cache")
        result = Site(folder).build("-s", "all.py", "-o", "all", "--cache-path", cache)
        assert 0 == result.returncode, result.stdout[-3000:]

    return OutputChecker(shared("azure-all", make) / "all", SITEURL)


def test_archive_with_all_pages_has_every_item_that_is_not_removed(everything: OutputChecker, archive: Archive):
    """4,957 pages; the removed one has none."""
    expected = {item.slug for item in archive.items if item.status is not Status.REMOVED}
    assert PRESENT == len(expected)
    assert expected == article_pages(everything.files)


def test_archive_with_all_pages_has_no_broken_link(everything: OutputChecker):
    """Members of clusters are linked to inside the site, and all of them are there."""
    assert [] == everything.broken()


def test_archive_with_all_pages_does_not_print_all_of_related(everything: OutputChecker):
    """161,223 related entries are capped at sixty on a page."""
    counts = {}
    for slug in article_pages(everything.files):
        data = (everything.folder / f"news/{slug}/index.html").read_bytes()
        counts[slug] = data[data.find(b"<aside") : data.rfind(b"</aside>")].count(b"<li")
    assert [] == [slug for slug, count in counts.items() if count > 60]
    assert 60 == max(counts.values())
