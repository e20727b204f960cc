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


class MutePresetView(View, frozen=True, kw_only=True):
    """Words that can be muted together under one name."""

    name: str
    words: tuple[str, ...]


class SavedView(BasePageView, frozen=True, kw_only=True):
    """``/saved/``: what it shows lies in the reader's browser.

    ``mute_presets`` are the words that the site's owner offers to mute together.
    """

    mute_presets: tuple[MutePresetView, ...]


class DataColumnView(View, frozen=True, kw_only=True):
    """One column of the table of items, and what it says of an item."""

    name: str
    meaning: str


class DataView(BasePageView, frozen=True, kw_only=True):
    """``/data/``. ``csv`` and ``sqlite`` are the addresses of the files."""

    csv: str
    sqlite: str
    columns: tuple[DataColumnView, ...]
