"""What a site is made from beside its items: settings, the owner's pages, the theme's files, as planners take them."""

from __future__ import annotations

import hashlib
import logging
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from pelican.contents import Content, Page

from ..disk.walking import published_files
from ..images.cards.card_spec import CardColours, colours_of
from ..images.plan import ImageMode, ImagePlanner
from ..languages import Words, load_translations
from ..output.documents.bundle import (
    EMBED_SHEET,
    STYLE_SHEETS,
    bundle_css,
    bundle_scripts,
    own_css,
    pack_script,
    style_diagnostics,
)
from ..output.documents.older_browsers import for_older_browsers
from ..output.templates.options import TemplateOptions
from ..output.templates.render import make_environment
from ..package import __version__, theme_path
from ..pages.classic.texts import ClassicText, ShelfKind
from ..pages.dates import date_writer
from ..pages.items.cards import site_image
from ..pages.lists.topics import main_topics
from ..pages.machines.web_manifest import ADDRESS as WEB_MANIFEST
from ..pages.machines.web_manifest import paper_of, web_manifest
from ..pages.newsletter.editions import newsletter_address
from ..pages.newsroom import Newsroom
from ..pages.own.tools import SEARCH_ADDRESS, SearchState
from ..pages.plans import FilePlan, Plan
from ..pages.site import Choices, SiteProfile, content_security_policy
from ..pages.views.base import LinkView, LogoView, SiteView
from ..setting.values import front_page_of, mute_presets_of, policy_of
from ..text.address import readable_host
from ..text.alphabets import name_key
from ..text.language_tags import language_tag
from .blocked import Policy, blocked_in, blocked_in_template
from .marks import Published, SiteIcon, read_icon, read_logo, theme_icon
from .own_contents import own_contents, save_as_of
from .own_texts import OwnTexts
from .state import CONTEXT_KEY, Build, absolute
from .template_language import language_in, own_templates

if TYPE_CHECKING:
    from jinja2 import Environment

    from ..errors import Diagnostic
    from ..pages.own.pages import OwnPage
    from ..settings import DigestSettings

NAV_TOPICS = 24
PLACES = ("latest/", "archive/", "providers/", "feeds/", "search/", "topics/")
# Every page runs one script, made of these in this order; one more runs before a page is painted.
SCRIPTS = ("js/digest.js", "js/stories.js", "js/mute.js", "js/display.js", "js/keys.js")
HEAD_SCRIPT = "js/head.js"
# What only some pages run.
PAGE_SCRIPTS = ("js/search.js", "js/saved.js", "js/listen.js")
OFFLINE_SCRIPT = "js/offline.js"
# /sw.js, where DIGEST_OFFLINE is on, and where it is off: a worker that an earlier build left in browsers ends by that.
WORKERS = {True: "js/sw.js", False: "js/sw-off.js"}


log = logging.getLogger(__name__)


class SiteInputs:
    """Reads Pelican's settings and context; decides nothing.

    Args:
        context: Pelican's, with the :class:`~.build.Build` in it when a method is called.
    """

    def __init__(self, context: dict[str, Any], settings: dict[str, Any], *, path: Path, theme: Path) -> None:
        self.context = context
        self.settings = settings
        self.path = path
        self.theme = theme

    @property
    def lang(self) -> str:
        """The site's language as BCP 47 writes it; Pelican keeps it in lower case."""
        given = str(self.settings["DEFAULT_LANG"])
        return language_tag(given) or given

    def newsroom(self, build: Build, texts: Mapping[str, ClassicText] | None = None) -> Newsroom:
        """Return everything that pages and emails are made from."""
        digest = build.settings
        dates = date_writer(self.settings["TIMEZONE"], self.lang, digest.locale)
        choices = self._choices(digest)
        site = SiteProfile(
            name=str(self.settings["SITENAME"]),
            subtitle=str(self.settings.get("SITESUBTITLE") or ""),
            url=str(self.settings["SITEURL"]).rstrip("/"),
            lang=self.lang,
            authority=digest.feed_authority,
        )
        image = site_image(site, choices, is_rtl=dates.locale.text_direction == "rtl")
        return Newsroom(
            build.catalogue,
            site=msgspec.structs.replace(site, image=image),
            dates=dates,
            images=ImagePlanner(
                build.archive.items,
                local_files=build.own_files,
                mode=ImageMode(digest.images),
                pictures=build.pictures,
                looks=build.own_looks,
            ),
            choices=choices,
            texts=texts or {},
            shelves=build.shelves.shelves if texts else (),
            mails=build.mails.mails,
            prints=build.archive.prints,
            reading=build.archive.reading,
            memory=build.memory.room if build.memory else None,
            answers=build.answers,
            words=Words(load_translations(self.lang, absolute(digest.languages_path))),
        )

    def _choices(self, digest: DigestSettings) -> Choices:
        """Return what the site's owner decides about pages."""
        return msgspec.structs.replace(
            msgspec.convert(digest, Choices, from_attributes=True),  # settings of the same names
            front=front_page_of(digest.front_page),
            mute=mute_presets_of(digest.mute_presets),
            headline_to_source=digest.headline_links == "source",
            feed_to_source=digest.feed_links == "source",
            hosts=tuple(sorted({readable_host(h) for hosts in policy_of(digest.csp).values() for h in hosts})),
            has_api=digest.api,
            has_data=digest.data,
            card_fonts=absolute(digest.card_fonts),
            card_colours=self._card_colours(),
        )

    def site_view(
        self, room: Newsroom, own_pages: Iterable[OwnPage], assets: Iterable[FilePlan], *, search: SearchState
    ) -> SiteView:
        """Return what every page may read."""
        nodes = sorted(main_topics(room)[:NAV_TOPICS], key=lambda node: name_key(node.name, room.site.lang))
        icon = self.icon
        known = [(a.save_as, a.data) for a in (*assets, *icon.files)]
        known += [(a.save_as, a.source) for a in icon.drawn]
        versions = {save_as: f"{save_as}?v={hashlib.sha256(data).hexdigest()[:8]}" for save_as, data in known}
        theme = self.settings["THEME_STATIC_DIR"]
        menu = tuple(menu_links(self.settings, "MENUITEMS"))
        logos = (
            LogoView(href=versions[file.save_as], width_px=mark.width_px, height_px=mark.height_px)
            for file, mark in self.logo
        )
        return SiteView(
            name=room.site.name,
            subtitle=room.site.subtitle,
            lang=room.site.lang,
            dir=room.dates.locale.text_direction,
            topics=tuple(LinkView(text=node.name, href=node.href) for node in nodes),
            pages=tuple(self._footer_pages(room, own_pages)),
            menu=menu,
            links=tuple(menu_links(self.settings, "LINKS")),
            social=tuple(menu_links(self.settings, "SOCIAL")),
            places=("", *PLACES, *(node.href for node in nodes), *(link.href for link in menu)),
            css=versions[f"{theme}/digest.css"],
            css_more=versions[f"{theme}/more.css"],
            css_stories=versions.get(f"{theme}/stories.css", ""),
            css_texts=versions.get(f"{theme}/texts.css", ""),
            css_embed=versions.get(f"{theme}/{EMBED_SHEET}", ""),
            script=versions.get(f"{theme}/{SCRIPTS[0]}", ""),
            head_script=versions.get(f"{theme}/{HEAD_SCRIPT}", ""),
            csp=self.policy,
            generator=f"News Digest {__version__}",
            newsletter=newsletter_address(room),
            search=SEARCH_ADDRESS if search is SearchState.READY else "",
            stories=room.told.address,
            is_hidden=room.choices.is_hidden,
            fediverse_creator=self.context[CONTEXT_KEY].settings.fediverse_creator,
            icon=versions.get(icon.tab, ""),
            icon_type=icon.tab_type,
            touch_icon=versions.get(icon.touch, ""),
            web_manifest=WEB_MANIFEST,
            offline=versions.get(f"{theme}/{OFFLINE_SCRIPT}", ""),
            paper=self.paper[0],
            paper_dark=self.paper[1],
            logo=next(logos, None),
            logo_dark=next(logos, None),
            page_scripts={name: versions[path] for name in PAGE_SCRIPTS if (path := f"{theme}/{name}") in versions},
        )

    @cached_property
    def policy(self) -> str:
        """What pages may load, as browsers read it."""
        digest = self.context[CONTEXT_KEY].settings
        return content_security_policy(allows_remote_images=digest.images == "remote", more=policy_of(digest.csp))

    def blocked(self, build: Build) -> Iterator[Diagnostic]:
        """Yield what the owner's own texts and templates ask for and the policy blocks."""
        policy = Policy(self.policy, siteurl=str(self.settings["SITEURL"]))
        contents = [content for content, _ in own_contents(self.context)]
        for content in (*contents, *build.classic.values()):
            html = self.texts.body_of(content)
            path = str(content.relative_source_path).replace(os.sep, "/")
            yield from blocked_in(path, html, policy)
        # Those that Pelican renders, and emails, have no policy.
        elsewhere = {f"{name}.html" for name in self.settings["DIRECT_TEMPLATES"]} | {*self.settings["TEMPLATE_PAGES"]}
        for file, name, text, ours in own_templates(self._template_folders):
            if name.endswith(".html") and not name.startswith("mail/") and name not in elsewhere:
                path = os.path.relpath(file, self.path).replace(os.sep, "/")
                yield from blocked_in_template(path, text, ours, policy)

    def _footer_pages(self, room: Newsroom, own_pages: Iterable[OwnPage]) -> Iterator[LinkView]:
        if self.settings["DISPLAY_PAGES_ON_MENU"]:
            yield from _footer_links(own_pages, lang=self.lang)
        if self.settings["DISPLAY_CATEGORIES_ON_MENU"]:
            shelves = (shelf for shelf in room.shelves if shelf.kind is ShelfKind.CATEGORY and shelf.address)
            yield from (LinkView(text=shelf.name, href=shelf.address) for shelf in shelves)

    @cached_property
    def texts(self) -> OwnTexts:
        """The owner's own articles and pages."""
        return OwnTexts(self.context, self.settings, templates=self._template_folders)

    @property
    def _template_folders(self) -> tuple[str, ...]:
        return (*map(str, self.settings["THEME_TEMPLATES_OVERRIDES"]), str(self.theme / "templates"))

    def _card_colours(self) -> CardColours:
        """Return the colours of the theme and of the site's own sheet; ours for a theme that is not made like ours."""
        sheet = self.theme / "static" / "css" / STYLE_SHEETS[0]
        return colours_of(self.assets[0].data.decode()) if sheet.is_file() else CardColours()

    def environment(self) -> Environment:
        """Return the environment that templates of pages and emails are rendered in."""
        options = self.template_options()
        # With a stock theme the emails are still ours.
        return make_environment(msgspec.structs.replace(options, paths=(*options.paths, f"{theme_path()}/templates")))

    def template_options(self) -> TemplateOptions:
        """Return where templates come from, and what the site adds to their language."""
        settings, language = self.settings, language_in(self.context)
        articles = self._articles() if language.uses_article else None
        return TemplateOptions(
            paths=self._template_folders,
            lang=self.lang,
            languages_path=absolute(self.context[CONTEXT_KEY].settings.languages_path),
            filters={**language.filters, **settings["JINJA_FILTERS"]},
            globals={**language.globals, **settings["JINJA_GLOBALS"]},
            tests={**language.tests, **settings["JINJA_TESTS"]},
            extensions=language.extensions,
            attributes=language.attributes,
            rules=language.rules,
            code=language.code,
            unknown=language.unknown,
            articles=articles,
        )

    def _articles(self) -> dict[str, Content]:
        """Return Pelican's articles, by slug and, where several have one slug or are in no list, by file."""
        build: Build = self.context[CONTEXT_KEY]
        unlisted = {save_as_of(each): each for each, _ in own_contents(self.context) if not isinstance(each, Page)}
        return {**{str(a.slug): a for a in self.context.get("articles", ())}, **build.classic, **unlisted}

    @cached_property
    def assets(self) -> tuple[FilePlan, ...]:
        """The theme's own files: the style sheets as one, everything else as it is."""
        return tuple(self._assets())

    @cached_property
    def logo(self) -> tuple[Published, ...]:
        """The site's logo, and the one for dark pages."""
        return read_logo(self.context[CONTEXT_KEY].settings, folder=str(self.settings["THEME_STATIC_DIR"]))

    @cached_property
    def icon(self) -> SiteIcon:
        """The site's icon: the owner's, or the theme's."""
        folder, own = str(self.settings["THEME_STATIC_DIR"]), self.context[CONTEXT_KEY].settings.icon
        if own:
            return read_icon(own, folder=folder, paper=self.paper[0])
        return theme_icon(frozenset(a.save_as for a in self.assets), folder=folder)

    @cached_property
    def paper(self) -> tuple[str, str]:
        """The ground of light and of dark pages."""
        return paper_of(self.assets[0].data.decode())

    def identity(self, room: Newsroom) -> Iterator[Plan]:
        """Yield the icon's files, the manifest that names them, and what readers' browsers keep pages with."""
        yield from (*self.icon.files, *self.icon.drawn)
        direction = room.dates.locale.text_direction
        yield web_manifest(room.site, direction=direction, paper=self.paper[0], icons=self.icon.launcher)
        # At the root: a worker answers for nothing above the folder that it lies in. No theme has to have it.
        worker = Path(theme_path()) / "static" / WORKERS[self.context[CONTEXT_KEY].settings.offline]
        yield FilePlan(save_as="sw.js", data=pack_script(worker.read_text(encoding="utf-8")).encode())

    def _assets(self) -> Iterator[FilePlan]:
        static = self.theme / "static"
        folder = self.settings["THEME_STATIC_DIR"]
        own = self.context[CONTEXT_KEY].settings.style
        # These are in the one script, at the root, or not asked for.
        left = {*SCRIPTS, *WORKERS.values()}
        if not self.context[CONTEXT_KEY].settings.offline:
            left.add(OFFLINE_SCRIPT)
        sheets = (*STYLE_SHEETS, EMBED_SHEET) if self.context[CONTEXT_KEY].settings.embed else STYLE_SHEETS
        for name in sheets:
            if name not in STYLE_SHEETS[:2] and not (static / "css" / name).is_file():
                continue  # a theme that was made from an older one of ours
            css = bundle_css(static / "css" / name)
            if own and name in (STYLE_SHEETS[0], EMBED_SHEET):
                css += own_css(Path(absolute(own)), theme_css=css)
            yield FilePlan(save_as=f"{folder}/{name}", data=for_older_browsers(css).encode())
        if script := bundle_scripts(static, SCRIPTS):
            yield FilePlan(save_as=f"{folder}/{SCRIPTS[0]}", data=script.encode())
        for path in sorted(static.rglob("*")):
            name = path.relative_to(static).as_posix()
            if path.is_file() and not name.startswith("css/") and name not in left:
                data = path.read_bytes()
                if name in (HEAD_SCRIPT, *PAGE_SCRIPTS, OFFLINE_SCRIPT):
                    data = pack_script(data.decode()).encode()
                yield FilePlan(save_as=f"{folder}/{name}", data=data)
        yield from (file for file, _ in self.logo)

    def style_diagnostics(self) -> tuple[Diagnostic, ...]:
        """Return what is wrong with the site's own style sheet, its path relative to the content folder."""
        own = self.context[CONTEXT_KEY].settings.style
        return style_diagnostics(absolute(own), theme=self.theme, folder=self.path) if own else ()

    def local_files(self) -> frozenset[str]:
        """Return the files that pages may name, such as pictures."""
        return frozenset(published_files(self.path, self.settings["STATIC_PATHS"]))


def _footer_links(pages: Iterable[OwnPage], *, lang: str) -> Iterator[LinkView]:
    """Yield the owner's public pages, without their translations."""
    for page in pages:
        if page.is_listed and page.item is None and page.lang in {"", lang}:
            yield LinkView(text=page.title, href=page.address)


def menu_links(settings: Mapping[str, Any], name: str) -> Iterator[LinkView]:
    """Yield what a setting such as ``LINKS`` names: a text and an address each, as Pelican's themes have it.

    An address of this site begins with ``/``; of another kind than http, https and mailto none is followed.
    """
    for entry in settings.get(name) or ():
        if isinstance(entry, str) or len(entry) < len(("text", "address")):
            log.warning('%s: %r is no entry; write ("Forum", "https://forum.example/")', name, entry)
            continue
        text, address = str(entry[0]), str(entry[1])
        if re.match(r"(?:https?://|mailto:)", address):
            yield LinkView(text=text, href=address, is_external=True)
        elif re.match(r"/?[^/:#][^:]*\Z", address):
            yield LinkView(text=text, href=address.removeprefix("/"))
        else:
            log.warning("%s: %r is no address that a menu can lead to", text, address)
