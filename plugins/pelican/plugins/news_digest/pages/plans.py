"""What is to be written, decided and not yet done. Plans are frozen, plain and picklable."""

from __future__ import annotations

from urllib.parse import unquote

import msgspec

from .views import View


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """Base of every plan: ``save_as`` is the file to write, relative to the output folder, with ``/``."""

    save_as: str


class PagePlan(Plan, frozen=True, kw_only=True):
    """One HTML page: a template and the view that it may read."""

    template: str
    view: View
    slug: str = ""
    # A page that is served under any address (404.html) cannot link relatively.
    is_placeless: bool = False


class FeedEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of a feed. ``date`` and ``modified`` are ISO 8601 in UTC; ``html`` is safe HTML."""

    id: str
    title: str
    url: str
    via: str
    date: str
    modified: str
    author: str
    summary: str
    html: str
    categories: tuple[str, ...] = ()
    lang: str = ""
    image_url: str = ""


class FeedPlan(Plan, frozen=True, kw_only=True):
    """One Atom feed. Addresses are absolute; ``updated`` is ISO 8601 in UTC."""

    title: str
    subtitle: str
    home_url: str
    self_url: str
    id: str
    lang: str
    updated: str
    entries: tuple[FeedEntry, ...]


class FilePlan(Plan, frozen=True, kw_only=True):
    """A file whose bytes are known: a style sheet, a sitemap, robots.txt."""

    data: bytes


def page_file(address: str) -> str:
    """Return the file behind a site-relative address: ``news/a/`` → ``news/a/index.html``, ``""`` → ``index.html``."""
    path = unquote(address)
    return f"{path}index.html" if not path or path.endswith("/") else path
