"""What the templates of the reader's tools may read: search, and what was saved."""

from __future__ import annotations

from .base import BasePageView, View


class ChoiceView(View, frozen=True, kw_only=True):
    """One value of a filter: ``value`` stands in the address of a search, ``href`` is the page of the same items."""

    value: str
    text: str
    href: str
    count: int
    depth: int


class SearchView(BasePageView, frozen=True, kw_only=True):
    """``/search/``. ``state`` is ``ready``, ``missing`` (Pagefind is not installed) or ``off`` (DIGEST_SEARCH)."""

    state: str
    topics: tuple[ChoiceView, ...]
    sources: tuple[ChoiceView, ...]
    years: tuple[str, ...]
    kinds: tuple[str, ...]


class SavedView(BasePageView, frozen=True, kw_only=True):
    """``/saved/``: what it shows lies in the reader's browser."""


class DataColumnView(View, frozen=True, kw_only=True):
    """One column of the table of items, and what it says of an item."""

    name: str
    meaning: str


class DataView(BasePageView, frozen=True, kw_only=True):
    """``/data/``. ``csv`` and ``sqlite`` are the addresses of the files."""

    csv: str
    sqlite: str
    columns: tuple[DataColumnView, ...]
