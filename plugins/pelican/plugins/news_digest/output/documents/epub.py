"""A book as an EPUB 3.3 file: https://www.w3.org/TR/epub-33/."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from feedgenerator.django.utils.encoding import iri_to_uri
from markupsafe import Markup

from ...images.cards.card import draw_card
from ...text.plain import without_controls

if TYPE_CHECKING:
    from ...pages.plans import BookChapter, BookPlan, BookStory

_CONTAINER: Final = """\
<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
_STYLE: Final = """\
h1 { margin: 1em 0; }
h2 { margin: 1.5em 0 0; font-size: 1.15em; line-height: 1.25; text-align: start; }
p { margin: .4em 0 0; }
nav li { margin: .6em 0; }
a { color: inherit; }
.facts, .note { font-size: .85em; }
.note { margin-top: 3em; }
.cover { margin: 0; text-align: center; }
.cover img { max-width: 100%; max-height: 100vh; }
"""
_PAGE: Final = Markup("""\
<?xml version="1.0" encoding="UTF-8"?>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="{lang}" xml:lang="{lang}"\
 dir="{direction}">
<head><title>{title}</title><link rel="stylesheet" type="text/css" href="book.css"/></head>
<body epub:type="{kind}">
{body}</body>
</html>
""")
_PACKAGE: Final = Markup("""\
<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="{lang}"\
 dir="{direction}">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">{id}</dc:identifier>
<dc:title>{title}</dc:title>
<dc:language>{lang}</dc:language>
<dc:publisher>{publisher}</dc:publisher>
<dc:date>{modified}</dc:date>
<meta property="dcterms:modified">{modified}</meta>
</metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="style" href="book.css" media-type="text/css"/>
<item id="cover-image" href="cover.png" media-type="image/png" properties="cover-image"/>
<item id="cover" href="cover.xhtml" media-type="application/xhtml+xml"/>
{items}</manifest>
<spine page-progression-direction="{direction}">
<itemref idref="cover"/>
<itemref idref="nav"/>
{spine}</spine>
</package>
""")


def render_book(plan: BookPlan) -> bytes:
    """Return the file that *plan* describes; the same plan gives the same bytes.

    Nothing in it is compressed: what a compressor makes depends on its version, and a week is a hundred kilobytes.
    """
    names = [f"chapter-{number}" for number in range(1, len(plan.chapters) + 1)]
    files = {
        "META-INF/container.xml": _CONTAINER,
        "book.opf": _package(plan, names),
        "book.css": _STYLE,
        "cover.xhtml": _cover(plan),
        "nav.xhtml": _contents(plan, names),
    }
    for name, chapter in zip(names, plan.chapters, strict=True):
        note = plan.note if chapter is plan.chapters[-1] else ""
        files[f"{name}.xhtml"] = _chapter(plan, chapter, note)
    stream = io.BytesIO()
    with ZipFile(stream, "w", ZIP_STORED) as book:
        book.writestr(_entry("mimetype"), "application/epub+zip")  # first, as readers ask
        for path, text in files.items():
            book.writestr(_entry(path), text.encode())
        book.writestr(_entry("cover.png"), draw_card(plan.cover, fonts=plan.fonts))
    return stream.getvalue()


def _entry(path: str) -> ZipInfo:
    """Return the head of a file: of no time, and made on the same system everywhere."""
    entry = ZipInfo(path, date_time=(1980, 1, 1, 0, 0, 0))
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    return entry


def _package(plan: BookPlan, names: list[str]) -> str:
    item = Markup('<item id="{0}" href="{0}.xhtml" media-type="application/xhtml+xml"/>\n')
    return _PACKAGE.format(
        id=without_controls(plan.id),
        title=without_controls(plan.title),
        lang=plan.lang,
        direction=plan.direction,
        publisher=without_controls(plan.publisher),
        modified=plan.modified,
        items=Markup().join(item.format(name) for name in names),
        spine=Markup().join(Markup('<itemref idref="{}"/>\n').format(name) for name in names),
    )


def _page(plan: BookPlan, *, title: str, kind: str, body: Markup) -> str:
    return _PAGE.format(lang=plan.lang, direction=plan.direction, title=without_controls(title), kind=kind, body=body)


def _cover(plan: BookPlan) -> str:
    picture = Markup('<p class="cover"><img src="cover.png" alt="{}"/></p>\n').format(without_controls(plan.title))
    return _page(plan, title=plan.title, kind="cover", body=picture)


def _contents(plan: BookPlan, names: list[str]) -> str:
    line = Markup('<li><a href="{}.xhtml">{}</a></li>\n')
    titles = (without_controls(chapter.title) for chapter in plan.chapters)
    lines = (line.format(name, title) for name, title in zip(names, titles, strict=True))
    body = Markup('<nav epub:type="toc" role="doc-toc">\n<h1>{}</h1>\n<ol>\n{}</ol>\n</nav>\n').format(
        without_controls(plan.contents), Markup().join(lines)
    )
    return _page(plan, title=plan.contents, kind="frontmatter", body=body)


def _chapter(plan: BookPlan, chapter: BookChapter, note: str) -> str:
    body = Markup("<h1>{}</h1>\n").format(without_controls(chapter.title)) + Markup().join(map(_story, chapter.stories))
    if note:
        body += Markup('<p class="note">{}</p>\n').format(without_controls(note))
    return _page(plan, title=chapter.title, kind="bodymatter", body=body)


def _story(story: BookStory) -> Markup:
    tongue = Markup(' lang="{0}" xml:lang="{0}"').format(story.lang) if story.lang else Markup()
    text = Markup('<section>\n<h2{} dir="auto"><a href="{}">{}</a></h2>\n').format(
        tongue, iri_to_uri(story.url), without_controls(story.title)
    )
    if story.excerpt:
        text += Markup('<p{} dir="auto">{}</p>\n').format(tongue, without_controls(story.excerpt))
    facts = [Markup("<bdi>{}</bdi>").format(without_controls(fact)) for fact in (story.source, story.time) if fact]
    if story.coverage:
        way = Markup('<a href="{}">{}</a>') if story.coverage_url else Markup("{1}")
        facts.append(way.format(iri_to_uri(story.coverage_url), without_controls(story.coverage)))
    if facts:
        text += Markup('<p class="facts">{}</p>\n').format(Markup(" · ").join(facts))
    return text + Markup("</section>\n")
