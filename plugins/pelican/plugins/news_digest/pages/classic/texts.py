"""Pelican's own articles and pages as planners take them: plain values, nothing of Pelican's."""

from __future__ import annotations

from enum import StrEnum

from ..plans import FeedFormat
from ..views.base import LinkView, View


class ClassicText(View, frozen=True, kw_only=True):
    """What an article that Pelican read says beyond what every item does.

    Attributes:
        body: HTML, links already resolved.
        save_as: Where Pelican's settings put its page.
        authors: Who wrote it, each with the page that says more (``""``: none).
        has_summary: Whether its file says how it is summed up; else that is how it begins.
        category: None for an item in the news format among Pelican's own texts.
        template: The template of the site's own that it asks for; ``""``: that of every item.
        metadata: What its file says besides, for that template.
        translations: Language (BCP 47) and address of it in each language, where there are several.
    """

    body: str = ""
    save_as: str = ""
    has_summary: bool = False
    authors: tuple[LinkView, ...] = ()
    category: LinkView | None = None
    template: str = ""
    metadata: dict[str, str] = {}
    translations: tuple[tuple[str, str], ...] = ()


class ShelfKind(StrEnum):
    """What articles stand together for."""

    AUTHOR = "author"
    CATEGORY = "category"


class Shelf(View, frozen=True, kw_only=True):
    """The articles of one author or of one category.

    Attributes:
        address, save_as: Its page, as Pelican's settings have it; ``""``: it has none.
        slugs: Its listed articles, newest first.
    """

    kind: ShelfKind
    name: str
    address: str
    save_as: str
    feeds: tuple[tuple[FeedFormat, str], ...]
    slugs: tuple[str, ...]
