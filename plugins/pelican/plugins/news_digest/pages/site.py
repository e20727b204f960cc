"""What every page of one site shares: its name and addresses, and the parts that planners work with."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import msgspec

from ..images.cards.card_spec import CardColours
from ..setting.values import USUAL_ITEM_URL, FrontPage, MutePreset
from ..text.plain import fold
from .addresses import provider_address, topic_address
from .views.base import FeedLinkView, HeadView, LinkView, ShareImageView, ShareView, TranslationView

if TYPE_CHECKING:
    from ..catalogue.build import Catalogue

FALLBACK_URL = "http://localhost:8000"
ATOM = "application/atom+xml"


class SiteProfile(msgspec.Struct, frozen=True, kw_only=True):
    """Who the site is.

    Attributes:
        url: ``SITEURL`` without a trailing slash; ``""`` for a local preview.
        lang: BCP 47.
        authority: The host in permanent feed ids.
        locale: As networks write it: ``en_GB``; ``""`` when no territory is known.
        image: What is shown beside a link to a page that has no picture of its own; None: nothing.
    """

    name: str
    subtitle: str = ""
    url: str = ""
    lang: str = "en"
    authority: str = ""
    locale: str = ""
    image: ShareImageView | None = None

    @property
    def base_url(self) -> str:
        """Where absolute addresses begin, also when the site has no address yet: feeds and sitemaps need one."""
        return self.url or FALLBACK_URL

    @property
    def root(self) -> str:
        """The path of the site on its host: ``/``, or ``/repo/`` for a project site."""
        path = urlsplit(self.url).path.strip("/")
        return f"/{path}/" if path else "/"

    @property
    def feed_authority(self) -> str:
        """The host that permanent ids are made of."""
        return self.authority or urlsplit(self.base_url).hostname or "localhost"

    def absolute(self, address: str) -> str:
        """Return the absolute address of a site-relative one."""
        return f"{self.url or FALLBACK_URL}/{address}"  # hundreds of thousands in a large site


class Choices(msgspec.Struct, frozen=True, kw_only=True):
    """What the site's owner decides about pages; see the settings of the same names."""

    page_size: int = 30
    item_url: str = USUAL_ITEM_URL
    item_url_formerly: tuple[str, ...] = (USUAL_ITEM_URL,)
    mute: tuple[MutePreset, ...] = ()
    front: FrontPage = FrontPage()
    headline_to_source: bool = False
    coverage_shown: int = 12
    coverage_limit: int = 60
    index_items: bool = True
    archived_after_days: int = 0
    related_limit: int = 5
    feed_size: int = 50
    feed_to_source: bool = True
    newsletter: str = "both"
    newsletter_days: int = 30
    newsletter_weeks: int = 26
    newsletter_mails: bool = False
    newsletter_books: bool = False
    newsletter_address: str = ""
    newsletter_unsubscribe: str = "{{unsubscribe}}"
    contact: str = ""
    hosts: tuple[str, ...] = ()
    feed_hub: str = ""
    has_api: bool = True
    robots: str = "open"
    has_data: bool = False
    embed: int = 0
    domain: str = ""
    cards: str = "all"
    card_limit: int = 500
    card_fonts: str = ""
    card_colours: CardColours = CardColours()

    @property
    def is_hidden(self) -> bool:
        """Whether no page is to be found by search engines."""
        return self.robots == "none"


def head(  # noqa: PLR0913 - what a head holds
    site: SiteProfile,
    *,
    title: str,
    address: str,
    description: str = "",
    is_indexed: bool = True,
    feeds: Sequence[FeedLinkView] = (),
    breadcrumbs: Sequence[LinkView] = (),
    schema: dict[str, Any] | None = None,
    image: ShareImageView | None = None,
    share: ShareView | None = None,
    csp_more: str = "",
    scripts: tuple[str, ...] = (),
    translations: Sequence[tuple[str, str]] = (),
) -> HeadView:
    """Return the head of the page at *address*.

    Args:
        title: The page's own title; the site's name is added unless it is the home page.
        description: What the page is about; ``""``: its title, and what the site is.
        schema: The page's schema.org object; breadcrumbs are added to it.
        image: What others show beside a link to the page; None: the site's own.
        share: What others say of it beside its title; None: nothing more.
        csp_more: What this page alone may do; see :func:`content_security_policy`.
        scripts: What this page alone runs, such as ``js/search.js``.
        translations: Language and address of every translation, this page included.
    """
    full_title = f"{title} — {site.name}" if address and title else title or site.name
    graph = [dict(schema)] if schema else []
    if len(breadcrumbs) > 1:  # one that names the page alone is no way to it
        graph.append(_breadcrumb_list(site, breadcrumbs))
    return HeadView(
        title=full_title,
        # A page that says nothing of itself is at least known by its name and by what the site is.
        description=description or ": ".join(filter(None, (full_title, site.subtitle))),
        address=address,
        canonical=site.absolute(address) if site.url else "",
        is_indexed=is_indexed,
        feeds=tuple(feeds),
        share=_shared(site, share, title=title, image=image) if site.url else None,
        json_ld=json_for_html({"@context": "https://schema.org", "@graph": graph}) if graph else "",
        csp_more=csp_more,
        scripts=scripts,
        translations=tuple(TranslationView(lang=lang, href=site.absolute(href)) for lang, href in translations)
        if site.url
        else (),
    )


def _shared(site: SiteProfile, share: ShareView | None, *, title: str, image: ShareImageView | None) -> ShareView:
    return msgspec.structs.replace(
        share or ShareView(title=""), title=title or site.name, locale=site.locale, image=image or site.image
    )


def _breadcrumb_list(site: SiteProfile, links: Sequence[LinkView]) -> dict[str, Any]:
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": link.text, "item": site.absolute(link.href)}
            for position, link in enumerate(links, 1)
        ],
    }


_MARKS_IN_SCRIPT: Final = tuple((mark.encode(), f"\\u{ord(mark):04x}".encode()) for mark in "<>&\u2028\u2029")


def json_for_html(data: object) -> str:
    """Return *data* as JSON that can stand inside ``<script>``: no ``<``, ``>`` or ``&``, no line separators."""
    text = msgspec.json.encode(data)
    for mark, written in _MARKS_IN_SCRIPT:
        text = text.replace(mark, written)
    return text.decode()


PLAYER_ORIGIN: Final = "https://www.youtube-nocookie.com"


def content_security_policy(
    *, allows_remote_images: bool, more: Mapping[str, Sequence[str]] = MappingProxyType({})
) -> str:
    """Return a policy under which a page can load nothing but the site's own files.

    It ends in ``script-src``, so that a page can add a source to that, or a directive after a semicolon.

    Args:
        more: Directive → hosts that the owner adds.
    """
    images = "'self' data:" + (" https:" if allows_remote_images else "")
    sources = {
        "default-src": "'none'",
        "style-src": "'self'",
        "img-src": images,
        "connect-src": "'self'",
        "manifest-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'self'",
    }
    script = "'self'"
    for name, hosts in more.items():
        added = " ".join(hosts)
        if name == "script-src":
            script = f"{script} {added}"
        elif name == "frame-src":  # browsers take the first of two: so the one that pages of videos add is in it
            sources[name] = f"{added} {PLAYER_ORIGIN}"
        else:
            sources[name] = f"{sources[name]} {added}" if name in sources else f"'self' {added}"
    return "".join(f"{name} {found}; " for name, found in sources.items()) + f"script-src {script}"


_CODE: Final = re.compile(r'class="(?:highlight|codehilite|admonition)\b')


def has_code(html: str) -> bool:
    """Whether *html* has code by its kinds of words, or admonitions: what a style sheet of its own is for."""
    return 'class="' in html and _CODE.search(html) is not None


def feed_link(title: str, address: str) -> FeedLinkView:
    """Return an Atom feed as a page offers it."""
    return FeedLinkView(title=title, href=address, mime=ATOM)


def topic_called(catalogue: Catalogue, name: str, *, otherwise: str) -> str:
    """Return the address of the topic that *name* or its id says, if it has items; else *otherwise*."""
    topic_id = catalogue.taxonomy.ids.get(fold(name), name)
    return topic_address(topic_id) if catalogue.by_topic.get(topic_id) else otherwise


def source_called(catalogue: Catalogue, name: str, *, otherwise: str) -> str:
    """Return the address of the source that *name* or its domain says, if it has items; else *otherwise*."""
    wanted = fold(name)
    called = (domain for domain, provider in catalogue.providers.items() if fold(provider.name) == wanted)
    domain = next((domain for domain in called if catalogue.by_provider.get(domain)), name)
    return provider_address(domain) if catalogue.by_provider.get(domain) else otherwise
