"""What every page has: links, moments, its head, the site around it. All views are frozen plain data, nothing else.

A page is a pure function of its templates and one view. Addresses inside views are site-relative (``news/a/``)
unless ``is_external`` says otherwise; templates put ``root`` before them. Words belong to templates (they are
translated there); views carry data and dates already written out in the site's language.
"""

from __future__ import annotations

import msgspec


class View(msgspec.Struct, frozen=True, kw_only=True, cache_hash=True):
    """Base of every view."""


class LinkView(View, frozen=True, kw_only=True):
    """A link with a text, and a count where one belongs beside it (None: no count)."""

    text: str
    href: str
    is_external: bool = False
    count: int | None = None


class TimeView(View, frozen=True, kw_only=True):
    """A moment: ``iso`` for machines (UTC), ``text`` with day and time, ``day`` and ``clock`` alone."""

    iso: str
    text: str
    day: str
    clock: str


class PaginationView(View, frozen=True, kw_only=True):
    """Newer and older page of a numbered list; ``""`` where there is none. ``number`` 0 is the newest page."""

    number: int
    newer: str
    older: str


class FeedLinkView(View, frozen=True, kw_only=True):
    """A feed that a page offers in its head and at its foot."""

    title: str
    href: str
    mime: str


class ShareImageView(View, frozen=True, kw_only=True):
    """The picture that others show beside a link to a page.

    Attributes:
        url: Its absolute address.
        alt: What it says.
    """

    url: str
    alt: str
    width_px: int
    height_px: int


class ShareView(View, frozen=True, kw_only=True):
    """What a page says of itself to those who share it, in Open Graph's words. ``""`` is left out.

    Attributes:
        title: The page's own title, without the site's name.
        type: ``website`` or ``article``.
        locale: Such as ``en_GB``.
        image: What is shown beside the link; None: nothing.
        published: When the item was published, in ISO 8601.
        modified: When it was changed, in ISO 8601.
        section: The name of its topic.
    """

    title: str
    type: str = "website"
    locale: str = ""
    image: ShareImageView | None = None
    published: str = ""
    modified: str = ""
    section: str = ""


class TranslationView(View, frozen=True, kw_only=True):
    """The same text in the language ``lang`` (BCP 47), this one included; ``href`` is an absolute address."""

    lang: str
    href: str


class HeadView(View, frozen=True, kw_only=True):
    """What stands in ``<head>``: plain values, absolute addresses only where ``canonical`` says so.

    ``share`` is None on a site without an address: nobody can share a page of it.
    ``csp_more`` goes on where the site's policy ends, which is in ``script-src``. ``scripts`` are what this page
    alone runs: names in ``site.page_scripts``. ``translations`` name every language of a text that has several.
    """

    title: str
    description: str
    address: str
    canonical: str
    is_indexed: bool = True
    feeds: tuple[FeedLinkView, ...] = ()
    share: ShareView | None = None
    json_ld: str = ""
    csp_more: str = ""
    scripts: tuple[str, ...] = ()
    translations: tuple[TranslationView, ...] = ()


class BasePageView(View, frozen=True, kw_only=True):
    """Base of the views that whole pages are made from; ``breadcrumbs`` lead down to the page, or to what holds it."""

    head: HeadView
    breadcrumbs: tuple[LinkView, ...]


class LogoView(View, frozen=True, kw_only=True):
    """A picture in the masthead: site-relative address, size of the file in pixels."""

    href: str
    width_px: int
    height_px: int


class SiteView(View, frozen=True, kw_only=True):
    """What every page shares. Small on purpose: a change here makes every page stale.

    ``css``, ``script`` and ``head_script`` are site-relative; the last runs before a page is painted. ``pages`` are
    the site's own pages for the footer; ``menu`` is what the owner adds to the masthead's places; ``links`` and
    ``social`` lead elsewhere, the latter to the site's own places there. ``page_scripts``: name → site-relative
    address of what only some pages run; ``css_more``: what only some kinds of page are styled with, ``css_texts``:
    only some texts, ``css_stories``: stories, ``css_embed``: pages inside those of other sites. ``places``: the
    addresses that the masthead may mark as the current one. ``newsletter``, ``search`` and ``stories`` are ``""``
    where there is none. ``icon`` (``icon_type``: its media type) stands in tabs, ``touch_icon`` on home screens, as
    ``web_manifest`` says; ``paper`` and ``paper_dark`` are the grounds of pages. ``logo`` is shown in place of the
    name (None), ``logo_dark`` on dark pages (None: the same). ``is_hidden``: search engines are to list no page.
    ``offline`` is the script that has saved stories kept; ``""``: not offered.
    ``fediverse_creator``: the account that Mastodon names as the author; ``""``: none.
    """

    name: str
    subtitle: str
    lang: str
    dir: str
    topics: tuple[LinkView, ...]
    pages: tuple[LinkView, ...]
    css: str
    script: str
    head_script: str
    csp: str
    generator: str
    places: tuple[str, ...] = ()
    css_more: str = ""
    css_stories: str = ""
    css_texts: str = ""
    css_embed: str = ""
    icon: str = ""
    icon_type: str = ""
    touch_icon: str = ""
    web_manifest: str = ""
    offline: str = ""
    paper: str = ""
    paper_dark: str = ""
    newsletter: str = ""
    search: str = ""
    stories: str = ""
    is_hidden: bool = False
    fediverse_creator: str = ""
    page_scripts: dict[str, str] = {}
    menu: tuple[LinkView, ...] = ()
    links: tuple[LinkView, ...] = ()
    social: tuple[LinkView, ...] = ()
    logo: LogoView | None = None
    logo_dark: LogoView | None = None
