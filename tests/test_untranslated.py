"""No English among the words of another language: on no kind of page, in no feed, mail or script.

The site is in Japanese, whose letters are not ours, and every text of the theme is translated to "字". What is left in
Latin letters was written by nobody who could be asked to translate it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree, html

from pelican.plugins.news_digest.languages.catalogues import catalogue_text, words
from tests.builders import front_matter
from tests.conftest import ROOT, MakeOnce, Site

PLACE = re.compile(r"(%\(\w+\)s|\{\w+\}|%%)")
WORD = re.compile(r"[A-Za-z]{2,}")
# Names: of formats and programs, and of what the site's settings call by a name of their own.
NAMES = {"JSON", "RSS", "Atom", "OPML", "CSV", "SQLite", "JavaScript", "News", "Digest", "YouTube", "ND"}
NAMES |= {"Ctrl", "Enter", "Esc"}  # what is written on keys
ADDRESS = re.compile(
    r"(?:https?://|mailto:)?[\w.@-]+\.(?:example|com|html|json|xml|db|csv|sqlite)[\w/.?=#-]*|content/news"
)
# Attributes that somebody reads or hears; of a `data-` attribute any part may be shown by a script.
READ = {"title", "alt", "aria-label", "aria-roledescription", "placeholder", "label", "summary"}
# Kind of page → one of them. A template that is not here fails the test.
PAGES = {
    "404.html": "404.html",
    "about.html": "about/index.html",
    "archive.html": "archive/index.html",
    "article.html": "news/a/index.html",
    "data.html": "data/index.html",
    "day.html": "2026/05/01/index.html",
    "embed.html": "embed/t/index.html",
    "feeds.html": "feeds/index.html",
    "home.html": "index.html",
    "listing.html": "latest/index.html",
    "month.html": "2026/05/index.html",
    "newsletter-kept.html": "newsletter/old/index.html",
    "newsletter.html": "newsletter/2026-05-01/index.html",
    "newsletters.html": "newsletter/index.html",
    "on-this-day.html": "on-this-day/index.html",
    "page.html": "pages/imprint.html",
    "provider.html": "providers/a.example/index.html",
    "providers.html": "providers/index.html",
    "saved.html": "saved/index.html",
    "search.html": "search/index.html",
    "status.html": "status/index.html",
    "stories.html": "stories/index.html",
    "story.html": "stories/s/index.html",
    "topic.html": "topics/t/index.html",
    "topics.html": "topics/index.html",
    "week.html": "2026/w18/index.html",
    "year.html": "2026/index.html",
}


def marked(text: str) -> str:
    """Return *text* with every word made "字"; the places of values stay."""
    return "".join(part if PLACE.fullmatch(part) else WORD.sub("字", part) for part in PLACE.split(text))


def write_catalogue(path: Path) -> None:
    """Write a catalogue in which every text of the theme is marked."""
    catalogue = words()
    for message in catalogue:
        if message.id:
            message.string = (marked(message.id[1]),) if isinstance(message.id, tuple) else marked(message.id)
    catalogue.locale = "ja"
    catalogue._num_plurals, catalogue._plural_expr = 1, "0"
    path.parent.mkdir(parents=True)
    path.write_text(catalogue_text(catalogue).replace("#, fuzzy\n", "", 1), encoding="utf-8")


def make_site(folder: Path) -> None:
    """Build a site with every kind of page, whose own texts have no Latin letter."""
    site = Site(folder)
    site.settings(
        DEFAULT_LANG="ja",
        SITENAME="名",
        SITESUBTITLE="副",
        DIGEST_LANGUAGES_PATH="words",
        DIGEST_NEWSLETTER_MAILS=True,
        DIGEST_DATA=True,
        DIGEST_EMBED=3,
        DIGEST_NEWSLETTER_UNSUBSCRIBE="https://a.example/",
        DIGEST_CONTACT="mailto:us@a.example",
    )
    write_catalogue(folder / "words" / "ja.po")
    common = {"excerpt": '"文。"', "topics": "\n  - 題"}
    dates = ("2025-05-01", "2026-04-30", "2026-05-01", "2026-05-01", "2026-05-02", "2026-05-10")
    for number, day in enumerate(dates):
        name = "abcdef"[number]
        site.write(
            f"news/{name}.md",
            front_matter(
                **common,
                title=f'"見出し{number}"',
                publishedDateTime=f"{day}T08:0{number}:00Z",
                webUrl=f'"https://{name}.example/{number}/"',
                provider=f"\n  name: 紙{number}\n  domain: {name}.example",
                **({"story": "s"} if number in {1, 2, 3, 4} else {}),
                **({"corrections": '\n  - {date: 2026-05-03, text: "直"}'} if number == 2 else {}),
            ),
        )
    video = {
        "type": "video",
        "webUrl": '"https://youtu.be/dQw4w9WgXcQ"',
        "provider": "\n  name: 紙\n  domain: f.example",
    }
    site.write("news/video.md", front_matter(**common, title='"動画"', **video))
    site.write("news/broken.md", front_matter(**common, title='"壊"', publishedDateTime="never"))
    site.write("topics/t.yaml", "taxonomy: topic\n_id: t\nname: 題\nparent: u\ndescription: 説\n")
    site.write("topics/u.yaml", "taxonomy: topic\n_id: u\nname: 親\n")
    site.write("providers/a.md", "---\n_id: a.example\nname: 紙0\ndomain: a.example\notherNames: [別]\n---\n説明。\n")
    site.write("pages/imprint.md", "Title: 奥付\nSlug: imprint\nModified: 2026-05-01\n\n本文。\n")
    site.write("newsletters/old.html", '---\ntitle: "古"\nexcerpt: ""\npublishedDateTime: 2020-01-02\n---\n<p>文</p>')
    done = site.build()
    assert (folder / "output" / "index.html").is_file(), done.stdout


@pytest.fixture(scope="module")
def built(shared: MakeOnce) -> Site:
    """Return the site of these tests."""
    return Site(shared("untranslated", make_site))


def english(text: str) -> list[str]:
    """Return the words of *text* that nobody translated."""
    return [word for word in WORD.findall(ADDRESS.sub("", text)) if word not in NAMES]


def read_by_people(page: str) -> Iterator[str]:
    """Yield the texts of a page, its attributes included."""
    tree = html.document_fromstring(page)
    for node in tree.iter():
        # What a build reports is English on every site, and says so.
        is_ours = isinstance(node.tag, str) and not node.xpath("ancestor-or-self::*[@lang = 'en']")
        if not is_ours or node.tag in {"script", "style", "kbd", "code"}:
            yield (node.tail or "") if node.get("lang") or is_ours else ""
            continue
        yield node.text or ""
        yield node.tail or ""
        if node.tag == "meta" and (node.get("name") == "description" or "title" in str(node.get("property"))):
            yield node.get("content", "")
        for name, value in node.attrib.items():
            if name in READ or (name.startswith("data-") and " " in value):
                yield value


def test_every_kind_of_page_is_looked_at():
    """A new template gets its line above."""
    assert {path.name for path in (ROOT / "theme" / "templates").glob("*.html")} == {*PAGES, "base.html"}


@pytest.mark.parametrize("kind", PAGES)
def test_page_has_no_english_words_of_its_own(built: Site, kind: str):
    """Headings, links, buttons, tables, what screen readers say, and what scripts are handed to show."""
    found = {text.strip(): english(text) for text in read_by_people(built.page(PAGES[kind]))}
    assert {} == {text: left for text, left in found.items() if left}
    assert "字" in built.page(PAGES[kind])


def texts_of(value: Any) -> Iterator[str]:
    """Yield what a JSON feed shows."""
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(inner, dict | list):
            yield from texts_of(inner)
        elif key in {"title", "description", "content_text", "content_html", "summary", "name"}:
            yield re.sub(r"<[^>]*>", " ", str(inner))


def test_feeds_have_no_english_words_of_their_own(built: Site):
    """Titles, summaries and entries of feeds of all three kinds."""
    seen = 0
    for path, data in built.files().items():
        if path.endswith(".json") and b"jsonfeed.org" in data:
            texts = list(texts_of(json.loads(data)))
        elif path.endswith((".atom", ".rss", ".xml")) and (b"<feed" in data or b"<rss" in data):
            shown = ("title", "subtitle", "description", "summary", "content", "name")
            nodes = etree.fromstring(data).iter(etree.Element)
            texts = [re.sub(r"<[^>]*>", " ", node.text or "") for node in nodes if etree.QName(node).localname in shown]
        else:
            continue
        seen += 1
        assert {} == {text: english(text) for text in texts if english(text)}, path
    assert seen >= 10


def test_mails_have_no_english_words_of_their_own(built: Site):
    """HTML and plain text."""
    mails = {path: data.decode() for path, data in built.files().items() if path.startswith("newsletter/")}
    plain = [text for path, text in mails.items() if path.endswith(".txt")]
    rich = [text for path, text in mails.items() if path.endswith(".html") and "sheet" in text]
    assert plain
    assert rich
    assert [] == [left for text in plain for left in english(text)]
    assert [] == [left for page in rich for text in read_by_people(page) for left in english(text)]


# What browsers call keys, elements, headers and scripts by.
CALLED = {"Content-Security-Policy", "Han Hiragana Katakana Thai Lao Khmer Myanmar"}
CALLED |= {"IMG", "Enter", "Escape", "ArrowDown", "ArrowUp", "AltGraph", "Slash", "Key", "UTC"}


@pytest.mark.parametrize("script", sorted((ROOT / "theme" / "static" / "js").glob("*.js")), ids=lambda path: path.name)
def test_scripts_say_nothing_of_their_own(script: Path):
    """What they show stands on the page, in the site's language; a sentence begins with a capital letter."""
    code = re.sub(r"^\s*//.*$|new \w*Error\([^)]*\)", "", script.read_text(encoding="utf-8"), flags=re.MULTILINE)
    literals = re.findall(r"\"([^\"\n]*)\"|'([^'\n]*)'|`([^`]*)`", code)
    shown = [text for found in literals for text in found if re.match(r"[A-Z][a-z]|.*[a-z] [a-z]+ [a-z]", text)]
    assert [] == [text for text in shown if text not in CALLED and not re.search(r"[\[\].#$>,=]", text)]
