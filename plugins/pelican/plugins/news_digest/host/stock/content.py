"""An item's page in a theme that knows no items: picture, text, the way out, and who else reported, as one text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import quote

from markupsafe import Markup, escape

from ...frontmatter.classic import text_as_html
from ...images.pictures import usual_width
from .escaping import address_as_html

if TYPE_CHECKING:
    from ...model import NewsItem
    from ...pages.views.story import PictureView
    from .values import Report, Story


class StockContent(StrEnum):
    """How much ``article.content`` holds with a theme that is not ours: ``DIGEST_STOCK_CONTENT``."""

    WHOLE = "whole"
    NO_PICTURE = "no-picture"
    TEXT = "text"


# Sizes keep a page from jumping; many themes let a picture neither shrink nor keep its shape.
_FIGURE = Markup(
    '<figure class="digest-picture"><img src="{}" alt="{}" width="{}" height="{}" style="max-width:100%;height:auto">'
    "</figure>\n"
)
_EXCERPT = Markup("<p>{}</p>\n")
_WAY_OUT = Markup('<p class="digest-way-out"><a href="{}" rel="external noopener">{}</a></p>\n')
_COVERAGE = Markup('<section class="digest-coverage">\n<h2>{}</h2>\n<ul>\n{}</ul>\n</section>\n')
_REPORT = Markup('<li><a href="{}"{}{}>{}</a>{}</li>\n')
_EXTERNAL = Markup(' rel="external noopener"')


def stock_content(  # noqa: PLR0913 - what an item's page is made of
    item: NewsItem,
    *,
    body: str,
    story: Story,
    coverage: Sequence[Report],
    picture: PictureView | None,
    files: Mapping[str, str],
    holds: StockContent,
) -> str:
    """Return what Pelican takes for the HTML of the article's file: it resolves ``{static}`` and ``{filename}``.

    Args:
        item: The item; its text is ``body``, or else its excerpt.
        body: Washed HTML.
        picture: The picture beside it; None: none.
        files: Site-relative address → path of the source, for reports that have a page here.
        holds: Whether the picture and the coverage are in it, too. The way out always is: it is what an item is for.
    """
    text = Markup(body) if body else _EXCERPT.format(text_as_html(item.excerpt)) if item.excerpt else Markup()  # noqa: S704
    out = _WAY_OUT.format(address_as_html(item.url), story.way_out) if item.url else Markup()
    if holds is StockContent.TEXT:
        return str(text + out)
    parts = [_figure(picture) if picture and holds is StockContent.WHOLE else Markup(), text, out]
    if coverage:
        parts.append(_COVERAGE.format(story.heading, Markup().join(_report(report, files) for report in coverage)))
    # No Markup: what another plugin adds to an article's content is HTML, and must not be escaped.
    return str(Markup().join(parts))


def _figure(picture: PictureView) -> Markup:
    # Pelican knows where its settings put a file, and how to lead there from a page anywhere.
    src = address_as_html(picture.src) if picture.is_external else Markup("{static}/") + address_as_html(picture.src)
    width_px, height_px = _size(picture)
    return _FIGURE.format(src, text_as_html(picture.alt), width_px, height_px)


def _size(picture: PictureView) -> tuple[int, int]:
    """Return the size to show it in: of a picture that was made one file of several is there, and is not blown up."""
    if not picture.widths:
        return picture.width_px, picture.height_px
    width_px = usual_width(picture.widths)
    return width_px, max(round(picture.height_px * width_px / picture.width_px), 1)


def _report(report: Report, files: Mapping[str, str]) -> Markup:
    url = report.url
    if not report.is_external:
        url = escape(f"{{filename}}/{quote(files[str(url)])}") if str(url) in files else url
    lang = Markup(' lang="{}"').format(report.lang) if report.lang else Markup()
    # Words that need no translation: who, when.
    beside = Markup(", ").join(each for each in (report.source and report.source.name, report.locale_date) if each)
    return _REPORT.format(
        url,
        _EXTERNAL if report.is_external else Markup(),
        lang,
        report.title,
        Markup(" — ") + beside if beside else Markup(),
    )
