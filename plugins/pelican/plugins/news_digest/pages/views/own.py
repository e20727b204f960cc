"""What the templates of the owner's own pages and of 404.html may read."""

from __future__ import annotations

from typing import Any

from .base import BasePageView, HeadView, TimeView, View
from .story import StoryView


class PageView(BasePageView, frozen=True, kw_only=True):
    """A page of the site's own words; ``content`` is HTML as Pelican made it from the owner's file.

    ``metadata`` holds what that file says besides, where it names a template of the site's own.
    """

    title: str
    content: str
    lang: str
    modified: TimeView | None
    has_code: bool = False
    metadata: dict[str, str] = {}


class OwnKindView(BasePageView, frozen=True, kw_only=True):
    """A page of a kind of the owner's own; ``data`` is what their plugin says of it, in texts, numbers and lists."""

    title: str
    stories: tuple[StoryView, ...]
    data: dict[str, Any]


class NotFoundView(View, frozen=True, kw_only=True):
    """``/404.html``: served under any address, so its links must be absolute from the site's root."""

    head: HeadView
    latest: tuple[StoryView, ...]
