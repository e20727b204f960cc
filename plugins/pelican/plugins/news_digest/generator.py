"""The generator: after Pelican has read everything, plans the whole site, renders it and writes it."""

from __future__ import annotations

import hashlib
import logging
import os
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import msgspec
from pelican.log import console

from pelican.plugins import signals

from . import __version__, theme_path
from .build import CACHE_FOLDER, CONTEXT_KEY, Build, paused_collector
from .collisions import own_contents, settle
from .frontmatter.cache import clock_ns
from .frontmatter.files import published_files
from .guard import output_errors, said, say
from .images.card_spec import CardColours, colours_of
from .images.plan import ImageMode, ImagePlanner
from .languages import Words, load_translations
from .model import Status
from .output.bundle import bundle_css, own_css
from .output.lock import only_one
from .output.manifest import Manifest
from .output.perform import Done, RenderSetup, perform
from .output.render import TemplateOptions, make_environment
from .output.search import PagefindError, find_pagefind, remove_search_index, search_files, write_search_index
from .output.stamp import site_stamp
from .pages.dates import DateWriter, choose_locale
from .pages.everything import plan_site, without_repeats
from .pages.kept_mails import HOME as NEWSLETTER
from .pages.newsletter import has_newsletter
from .pages.newsroom import Choices, Newsroom
from .pages.own import OwnPage
from .pages.plans import FilePlan, Plan, page_file
from .pages.site import SiteProfile, content_security_policy
from .pages.status import BuildReport
from .pages.tools import SearchState, search_records
from .pages.topics import main_topics
from .pages.views import LinkView, SiteView
from .progress import phase
from .sharing import card_state, warn_of_undrawn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from contextlib import AbstractContextManager

    from jinja2 import Environment
    from pelican.contents import Content

    from .errors import Diagnostic

log = logging.getLogger(__name__)
NAV_TOPICS = 24
# What every page needs, and what only some kinds of page do.
STYLE_SHEETS = ("digest.css", "more.css")
PLACES = ("latest/", "archive/", "providers/", "feeds/", "search/", "topics/")
# What every page runs, in this order, and what only some pages do.
SCRIPTS = ("js/digest.js", "js/stories.js", "js/keys.js")
PAGE_SCRIPTS = ("js/search.js", "js/saved.js")


class DigestGenerator:
    """Writes every page of a site whose theme is ours. Pelican makes one for each build.

    It is no subclass of Pelican's ``Generator``: that one would compile a second template environment with
    autoescape off.
    """

    def __init__(
        self, context: dict[str, Any], settings: dict[str, Any], path: str, theme: str, output_path: str
    ) -> None:
        self.context = context
        self.settings = settings
        self.path = Path(path)
        self.theme = Path(theme)
        self.output_path = Path(output_path)

    def generate_output(self, writer: object) -> None:
        """Plan, render, write. Pelican's own writer is not used: it renders with another environment."""
        del writer
        build: Build | None = self.context.get(CONTEXT_KEY)
        if build is not None and build.is_own_theme:
            with output_errors(self.output_path), self._alone(build), paused_collector():
                self._build(build)

    def _alone(self, build: Build) -> AbstractContextManager[None]:
        """Return what keeps other builds out of the output folder."""

        def say() -> None:
            console.print(f"Waiting for the other build that writes to {self.output_path}", highlight=False)

        return only_one(self._cache(build), output=self.output_path, on_wait=say)

    def _build(self, build: Build) -> None:
        seen_ns = clock_ns()
        self._settle_pages(build)
        own_pages = tuple(self._own_pages())
        bodies = {slug: self._content(article) for slug, article in build.classic.items()}
        assets = tuple(self._assets())
        tool = find_pagefind() if build.settings.search else None
        cache = self._cache(build)
        manifest = Manifest(cache, output=self.output_path)
        self._announce_articles()
        files = [(a.save_as, a.data) for a in assets]
        stamp = self._stamp(build, [own_pages, bodies, files, _program(tool), self._card_state(build)])
        # Whoever listens to what is written expects to hear of every file, so nothing may be skipped then.
        is_heard = bool(signals.content_written.receivers)
        if not is_heard and manifest.is_current(stamp, seen_ns=seen_ns):
            build.page_count = sum(name.endswith(".html") for name in manifest.entries)
            return
        room = self.newsroom(build, bodies)
        search = self._search_state(build, tool)
        repeated: list[str] = []
        planned = plan_site(room, own_pages=own_pages, search=search, report=self._report(build))
        plans = without_repeats(chain(planned, assets), repeated=repeated)
        setup = RenderSetup(
            options=self._template_options(),
            site=self._site_view(room, own_pages, assets),
            output=str(self.output_path),
            root=room.site.root,
            is_relative=bool(self.settings["RELATIVE_URLS"]),
        )
        self._write(plans, setup, build, manifest, is_heard=is_heard)
        warn_of_undrawn(room.cards.plans())
        for save_as in repeated:
            log.warning("two pages want %s; the one in your own words is kept, else the first", save_as)
        build.on_pages()

        def finish() -> None:
            if self._write_search(room, own_pages, build, tool):
                manifest.seal(stamp, search_files(self.output_path), seen_ns=seen_ns)

        def finish_later() -> None:
            with self._alone(build):
                if manifest.is_latest():
                    finish()

        if build.later is None:
            finish()
        else:
            build.later.append(finish_later)

    def _cache(self, build: Build) -> Path | None:
        return Path(self.settings["CACHE_PATH"], CACHE_FOLDER) if build.settings.cache else None

    def _announce_articles(self) -> None:
        """Tell other plugins of each article whose page is up to date or about to be written."""
        if signals.article_generator_write_article.receivers:
            for article in self.context["articles"]:
                signals.article_generator_write_article.send(self, content=article)

    def _stamp(self, build: Build, inputs: list[object]) -> bytes:
        """Return the stamp of the whole site: see :mod:`.output.stamp`."""
        published = [(item.slug, item.status) for item in build.catalogue.published]
        return site_stamp(
            settings=self.settings,
            options=self._template_options(),
            inputs=[
                build.archive.digest,
                build.archive.diagnostics,
                self._said(),
                build.mails,
                build.pictures.stamp(),
                published,
                *inputs,
            ],
            files=self._static_files(),
        )

    def _card_state(self, build: Build) -> object:
        digest = build.settings
        return card_state(
            fonts=_absolute(digest.card_fonts), is_wanted=bool(self.settings["SITEURL"]) and digest.cards != "none"
        )

    def _card_colours(self) -> CardColours:
        """Return the colours of the theme and of the site's own sheet; ours for a theme that is not made like ours."""
        sheet = self.theme / "static" / "css" / STYLE_SHEETS[0]
        return colours_of(next(self._assets()).data.decode()) if sheet.is_file() else CardColours()

    def _search_state(self, build: Build, tool: Path | None) -> SearchState:
        if not build.settings.search:
            return SearchState.OFF
        return SearchState.READY if tool else SearchState.MISSING

    def _said(self) -> tuple[Diagnostic, ...]:
        return said(self.context)

    def _report(self, build: Build) -> BuildReport:
        hidden = (item.source_path for item in build.archive.items if item.status in {Status.DRAFT, Status.REMOVED})
        return BuildReport(
            item_count=len(build.archive.items) + len(build.classic),
            diagnostics=tuple(sorted((*build.diagnostics, *self._said()))),
            private_paths=frozenset(hidden),
        )

    def _write_search(self, room: Newsroom, own_pages: tuple[OwnPage, ...], build: Build, tool: Path | None) -> bool:
        """Bring the search index up to date, and return whether it is what it should be.

        Without Pagefind ``/search/`` says in words what to do instead.
        """
        if tool is None:
            remove_search_index(self.output_path)
            return True
        with phase("Searching", "pages") as progress:
            records = tuple(search_records(room, own_pages))
            try:
                changed = write_search_index(
                    records,
                    lang=room.site.lang,
                    tool=tool,
                    cache=cache / "search" if (cache := self._cache(build)) else None,
                    output=self.output_path,
                )
            except PagefindError as error:
                log.warning("Pagefind made no search index; /search/ will find nothing: %s", error.said)
                return False
            progress(len(records), len(records))
        build.performed.changed += changed
        return True

    def _write(
        self, plans: Iterable[Plan], setup: RenderSetup, build: Build, manifest: Manifest, *, is_heard: bool
    ) -> None:
        """Bring the output up to date and tell other plugins, in order."""
        articles = {article.slug: article for article in self.context["articles"]}
        with phase("Writing", "files") as progress:

            def on_file(number: int, known: int, done: Done) -> None:
                progress(number, known)
                if is_heard:
                    article = articles.get(done.slug) if done.slug else None
                    context = {**self.context, "output_file": done.save_as, **({"article": article} if article else {})}
                    signals.content_written.send(str(self.output_path / done.save_as), context=context)

            performed = perform(
                plans,
                setup=setup,
                manifest=manifest,
                workers=build.workers,
                trusts_keys=not is_heard,
                on_file=on_file,
            )
        build.page_count = performed.page_count
        build.performed = performed

    def newsroom(self, build: Build, bodies: dict[str, str] | None = None) -> Newsroom:
        """Return everything that pages and mails are made from."""
        digest = build.settings
        return Newsroom(
            build.catalogue,
            site=SiteProfile(
                name=str(self.settings["SITENAME"]),
                subtitle=str(self.settings.get("SITESUBTITLE") or ""),
                url=str(self.settings["SITEURL"]).rstrip("/"),
                lang=str(self.settings["DEFAULT_LANG"]),
                authority=digest.feed_authority,
            ),
            dates=DateWriter(
                tz=ZoneInfo(self.settings["TIMEZONE"]),
                locale=choose_locale(str(self.settings["DEFAULT_LANG"]), digest.locale),
            ),
            images=ImagePlanner(
                build.archive.items,
                local_files=self.local_files(),
                mode=ImageMode(digest.images),
                pictures=build.pictures,
            ),
            choices=Choices(
                page_size=digest.page_size,
                headline_to_source=digest.headline_links == "source",
                coverage_shown=digest.coverage_shown,
                coverage_limit=digest.coverage_limit,
                index_items=digest.index_items,
                related_limit=digest.related_limit,
                feed_size=digest.feed_size,
                feed_to_source=digest.feed_links == "source",
                newsletter=digest.newsletter,
                newsletter_days=digest.newsletter_days,
                newsletter_weeks=digest.newsletter_weeks,
                newsletter_address=digest.newsletter_address,
                newsletter_unsubscribe=digest.newsletter_unsubscribe,
                contact=digest.contact,
                feed_hub=digest.feed_hub,
                has_api=digest.api,
                domain=digest.domain,
                cards=digest.cards,
                card_limit=digest.card_limit,
                card_fonts=_absolute(digest.card_fonts),
                card_colours=self._card_colours(),
            ),
            bodies=bodies or {},
            files={slug: _save_as(article) for slug, article in build.classic.items()},
            mails=build.mails.mails,
            words=Words(load_translations(str(self.settings["DEFAULT_LANG"]), _absolute(digest.languages_path))),
        )

    def _site_view(self, room: Newsroom, own_pages: Iterable[OwnPage], assets: Iterable[FilePlan]) -> SiteView:
        head_script = (self.theme / "static" / "js" / "head.js").read_text(encoding="utf-8").strip()
        nodes = sorted(main_topics(room)[:NAV_TOPICS], key=lambda node: node.name)
        versions = {a.save_as: f"{a.save_as}?v={hashlib.sha256(a.data).hexdigest()[:8]}" for a in assets}
        theme = self.settings["THEME_STATIC_DIR"]
        return SiteView(
            name=room.site.name,
            subtitle=room.site.subtitle,
            lang=room.site.lang,
            dir=room.dates.locale.text_direction,
            topics=tuple(LinkView(text=node.name, href=node.href) for node in nodes),
            pages=tuple(_footer_links(own_pages, lang=room.site.lang)),
            places=("", *PLACES, *(node.href for node in nodes)),
            css=versions[f"{theme}/digest.css"],
            css_more=versions[f"{theme}/more.css"],
            scripts=tuple(versions[path] for name in SCRIPTS if (path := f"{theme}/{name}") in versions),
            head_script=head_script,
            csp=content_security_policy(
                head_script, allows_remote_images=self.context[CONTEXT_KEY].settings.images == "remote"
            ),
            generator=f"News Digest {__version__}",
            newsletter=NEWSLETTER if has_newsletter(room) else "",
            icon=versions.get(f"{theme}/icon.svg", ""),
            page_scripts={name: versions[path] for name in PAGE_SCRIPTS if (path := f"{theme}/{name}") in versions},
        )

    def _settle_pages(self, build: Build) -> None:
        """Give each of the owner's pages a file of its own."""
        taken = {page_file(item.address).casefold(): item.source_path for item in build.catalogue.published}
        taken |= {_save_as(article).casefold(): str(article.relative_source_path) for article in build.classic.values()}
        say(self.context, settle((page for page, _ in own_contents(self.context)), taken=taken))

    def _own_pages(self) -> Iterator[OwnPage]:
        """Yield the owner's pages and unlisted articles; reading ``content`` resolves their links, ``{attach}`` too."""
        for page, is_listed in own_contents(self.context):
            yield OwnPage(
                title=str(page.title),
                address=str(page.url),
                save_as=_save_as(page),
                content=self._content(page),
                lang=str(page.lang),
                description=str(page.metadata.get("description", "")),
                modified=getattr(page, "modified", None),
                is_listed=is_listed,
            )

    def _content(self, content: Content) -> str:
        """Return the HTML that Pelican made, links resolved: for pages at other addresses relative ones differ."""
        if self.settings["RELATIVE_URLS"]:
            self.context["localsiteurl"] = "/".join([".."] * _save_as(content).count("/")) or "."
        return str(content.content)

    def environment(self) -> Environment:
        """Return the environment that templates of pages and mails are rendered in."""
        options = self._template_options()
        # With a stock theme the mails are still ours.
        return make_environment(msgspec.structs.replace(options, paths=(*options.paths, f"{theme_path()}/templates")))

    def _template_options(self) -> TemplateOptions:
        settings = self.settings
        return TemplateOptions(
            paths=(*map(str, settings["THEME_TEMPLATES_OVERRIDES"]), str(self.theme / "templates")),
            lang=str(settings["DEFAULT_LANG"]),
            languages_path=_absolute(self.context[CONTEXT_KEY].settings.languages_path),
            filters=dict(settings["JINJA_FILTERS"]),
            globals=dict(settings["JINJA_GLOBALS"]),
            tests=dict(settings["JINJA_TESTS"]),
        )

    def _assets(self) -> Iterator[FilePlan]:
        """Yield the theme's own files: the style sheets as one, everything else as it is."""
        static = self.theme / "static"
        folder = self.settings["THEME_STATIC_DIR"]
        own = self.context[CONTEXT_KEY].settings.style
        for name in STYLE_SHEETS:
            css = bundle_css(static / "css" / name)
            if own and name == STYLE_SHEETS[0]:
                css += own_css(Path(_absolute(own)), theme_css=css)
            yield FilePlan(save_as=f"{folder}/{name}", data=css.encode())
        for path in sorted(static.rglob("*")):
            name = path.relative_to(static).as_posix()
            if path.is_file() and not name.startswith("css/") and name != "js/head.js":
                yield FilePlan(save_as=f"{folder}/{name}", data=path.read_bytes())

    def local_files(self) -> frozenset[str]:
        """Return the files that pages may name, such as pictures."""
        return frozenset(self._static_files())

    def _static_files(self) -> Iterator[str]:
        """Yield the files below the content folder that Pelican copies to the same place."""
        yield from published_files(self.path, self.settings["STATIC_PATHS"])


def _save_as(content: Content) -> str:
    """Return where Pelican's settings put one of its articles or pages, with ``/``."""
    return str(content.save_as).replace(os.sep, "/")


def _footer_links(pages: Iterable[OwnPage], *, lang: str) -> Iterator[LinkView]:
    """Yield the owner's public pages, without their translations."""
    for page in pages:
        if page.is_listed and page.lang in {"", lang}:
            yield LinkView(text=page.title, href=page.address)


def _program(tool: Path | None) -> tuple[str, int, int]:
    """Return what Pagefind's program is known by."""
    if tool is None:
        return ("", 0, 0)
    stat = tool.stat()
    return (str(tool), stat.st_size, stat.st_mtime_ns)


def _absolute(path: str) -> str:
    return os.path.abspath(path) if path else ""
