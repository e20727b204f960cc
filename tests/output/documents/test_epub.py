"""A week as an EPUB file: well formed, whole, the same every time."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_STORED, ZipFile

import pytest
from lxml import etree
from PIL import Image

from pelican.plugins.news_digest.output.documents.epub import render_book
from pelican.plugins.news_digest.pages.newsletter.editions import Editions, plan_newsletter_files
from pelican.plugins.news_digest.pages.plans import BookPlan, FeedPlan
from tests.builders import make_item, make_link
from tests.pages.rooms import make_room

if TYPE_CHECKING:
    from pelican.plugins.news_digest.model import NewsItem

XHTML = {"x": "http://www.w3.org/1999/xhtml"}
OPF = {"o": "http://www.idpf.org/2007/opf", "d": "http://purl.org/dc/elements/1.1/"}
HOSTILE = 'A <b>& "quoted" \u0001</b><script>x</script> ]]> \ufffe'


def week(count: int = 14) -> list[NewsItem]:
    """Return items of one week of May, two a day."""
    return [make_item(f"i{n:02}", title=f"Title {n}", date=f"2026-05-{4 + n // 2:02}T10:{n:02}") for n in range(count)]


def plans_of(items: Sequence[NewsItem], **values: Any) -> list[object]:
    """Return the newsletter's files."""
    room = make_room(items, newsletter_books=True, **values)
    return list(plan_newsletter_files(room, Editions(room)))


def book_of(items: Sequence[NewsItem], **values: Any) -> bytes:
    """Return the book of the newest week."""
    return render_book(next(plan for plan in plans_of(items, **values) if isinstance(plan, BookPlan)))


def opened(data: bytes) -> dict[str, bytes]:
    """Return the files of a book."""
    with ZipFile(io.BytesIO(data)) as book:
        assert book.testzip() is None
        return {name: book.read(name) for name in book.namelist()}


def texts(files: dict[str, bytes], path: str) -> list[str]:
    """Return what the elements at *path* say, in all chapters in order."""
    chapters = [etree.fromstring(files[name]) for name in files if name.startswith("chapter-")]
    return ["".join(found.itertext()) for tree in chapters for found in tree.xpath(path, namespaces=XHTML)]


def test_nothing_is_made_unasked():
    """A site that did not choose it has no book, and daily editions have none."""
    room = make_room(week())
    assert [] == [plan for plan in plan_newsletter_files(room, Editions(room)) if isinstance(plan, BookPlan)]
    assert ["newsletter/2026-w19/2026-w19.epub"] == [
        plan.save_as for plan in plans_of(week()) if isinstance(plan, BookPlan)
    ]


def test_container_is_as_readers_ask():
    """The type comes first, bare; everything else is named by the package, and everything that is named is there."""
    data = book_of(week())
    assert b"PK\x03\x04" == data[:4]
    assert b"mimetypeapplication/epub+zip" == data[30:58]
    files = opened(data)
    package = etree.fromstring(files["book.opf"])
    named = set(package.xpath("//o:item/@href", namespaces=OPF))
    assert named == files.keys() - {"mimetype", "META-INF/container.xml", "book.opf"}
    ids = package.xpath("//o:item/@id", namespaces=OPF)
    assert set(package.xpath("//o:itemref/@idref", namespaces=OPF)) < set(ids)
    assert ["tag:tiny.example,2026-05-10:newsletter/2026-w19/book"] == package.xpath(
        "//d:identifier/text()", namespaces=OPF
    )
    assert re.fullmatch(
        r"2026-05-10T\d\d:\d\d:\d\dZ", package.xpath("string(//o:meta[@property='dcterms:modified'])", namespaces=OPF)
    )


def test_contents_lead_to_every_chapter():
    """In the order of the spine."""
    files = opened(book_of(week()))
    led = etree.fromstring(files["nav.xhtml"]).xpath("//x:nav//x:a/@href", namespaces=XHTML)
    assert led == [name for name in files if name.startswith("chapter-")]
    assert texts(files, "//x:h1")[:2] == ["Must read", "Also"]


def test_each_story_of_the_week_is_in_it_once():
    """What the edition leads with, then the others below their days."""
    titles = texts(opened(book_of(week())), "//x:h2")
    assert sorted(f"Title {n}" for n in range(14)) == sorted(titles)


def test_headlines_lead_to_the_source():
    """A book is read far from the site; who else reported the story is said, and leads to the site."""
    other = make_link(title="Other", url="https://b.example/1", date="2026-05-04T11:00")
    files = opened(book_of([make_item("a", url="https://a.example/1", date="2026-05-04T10:00", related=(other,))]))
    tree = etree.fromstring(files["chapter-1.xhtml"])
    assert ["https://a.example/1"] == tree.xpath("//x:h2/x:a/@href", namespaces=XHTML)
    assert "2 reports" in "".join(tree.itertext())


@pytest.mark.parametrize("lang", ["en", "ar", "ja"])
def test_strangers_words_are_text(lang: str):
    """Every file is well-formed XML whatever a headline holds, and runs as its language does."""
    items = [make_item("a", title=HOSTILE, excerpt=HOSTILE, url="https://a.example/?a=1&b=%22<é", date="2026-05-04")]
    files = opened(book_of(items, lang=lang, name='Tiny & "Co" <x>'))
    assert [] == texts(files, "//x:script")
    (title,) = texts(files, "//x:h2")
    assert "<script>x</script>" in title
    (href,) = etree.fromstring(files["chapter-1.xhtml"]).xpath("//x:h2/x:a/@href", namespaces=XHTML)
    assert "https://a.example/?a=1&b=%22%3C%C3%A9" == href
    direction = etree.fromstring(files["chapter-1.xhtml"]).get("dir")
    assert ("rtl" if lang == "ar" else "ltr") == direction


def test_the_same_week_gives_the_same_bytes():
    """Whatever the order, and no time and no compressor of this machine in it."""
    data = book_of(week())
    assert data == book_of(week()[::-1])
    with ZipFile(io.BytesIO(data)) as book:
        heads = {(entry.date_time, entry.compress_type, entry.create_system) for entry in book.infolist()}
    assert {((1980, 1, 1, 0, 0, 0), ZIP_STORED, 3)} == heads


def test_cover_is_drawn_like_a_card_and_taller():
    """Two to three, as covers are."""
    cover = Image.open(io.BytesIO(opened(book_of(week()))["cover.png"]))
    assert (1200, 1800) == cover.size


def test_the_feed_brings_it_along():
    """As an enclosure of the week's entry; the days have none."""
    (feed,) = (plan for plan in plans_of(week()) if isinstance(plan, FeedPlan))
    files = {entry.id.rpartition("/")[2]: entry.enclosure for entry in feed.entries}
    assert "https://tiny.example/newsletter/2026-w19/2026-w19.epub" == getattr(files["2026-w19"], "url", "")
    assert {None} == {enclosure for stem, enclosure in files.items() if "w" not in stem}
