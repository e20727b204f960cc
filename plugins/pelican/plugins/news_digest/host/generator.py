"""The generator: after Pelican has read everything, plans the whole site, renders it and writes it."""

from __future__ import annotations

import logging
from functools import cache, partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pelican.generators import ArticlesGenerator

from pelican.plugins import signals

from ..disk.files import mark_of
from ..frontmatter.cache import clock_ns
from ..model import Status
from ..naming.names import name_key
from ..naming.places import Settled
from ..output.folder.lock import only_one
from ..output.folder.stage import Stage, settle_output
from ..output.manifest import Manifest, Performed, is_below
from ..output.perform import RenderSetup, count_pages, perform
from ..output.publish import Release
from ..output.search.index import SearchIndex
from ..output.search.program import PagefindError, find_pagefind
from ..output.stamp import site_stamp
from ..output.tar.known import TarManifest
from ..output.tar.stage import TarStage, settle_tar
from ..output.templates.mistakes import template_errors
from ..pages.everything import plan_site, without_repeats
from ..pages.items.cards import Cards
from ..pages.own.kinds import page_planners
from ..pages.own.status import BuildReport
from ..pages.own.tools import SearchState, findables
from ..pages.plans import Plan, Promise, page_file
from ..running.collector import paused_collector
from .announcing import Announcer, is_anybody_told
from .collisions import own_contents, settle
from .guard import output_errors, said, say
from .inputs import SiteInputs, absolute
from .neighbours import left_to_others, look_after, say_whose, without_copied, without_theirs
from .old_feeds import old_feeds, with_old_feeds
from .own_texts import save_as_of
from .progress import phase
from .sharing import card_state, warn_of_undrawn
from .state import CACHE_FOLDER, CONTEXT_KEY, MEMORY_KEY, TAR_KEY, Build
from .statics import files_to_copy
from .summary import sum_up
from .template_language import say_what_is_slow
from .terminal import print_line
from .unchanged import texts_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from contextlib import AbstractContextManager

    from ..errors import Diagnostic
    from ..pages.newsroom import Newsroom
    from ..pages.own.pages import OwnPage
    from .left import Left

log = logging.getLogger(__name__)


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
        self.inputs = SiteInputs(context, settings, path=self.path, theme=self.theme)
        self.announcer = Announcer(context, self.output_path)

    def generate_output(self, writer: object) -> None:
        """Plan, render, write. Pelican's own writer is not used: it renders with another environment."""
        del writer
        build: Build | None = self.context.get(CONTEXT_KEY)
        if build is not None and build.is_own_theme:
            pause = paused_collector(freezes=build.is_first)
            mistakes = template_errors(self.inputs.template_options().paths)
            build.is_tar = bool(self.settings.get(TAR_KEY)) and not is_anybody_told()
            with mistakes, output_errors(self._target(build)), self._alone(build) as lock, pause:
                manifest = self._build(build, lock)
            self._announce(build, manifest)
            build.on_pages()

    def _announce(self, build: Build, manifest: Manifest) -> None:
        """Tell other plugins what stands now, and be there when they are done with it."""
        for signal, generator, writer in build.written:
            signal.send(generator, writer=writer)
            if isinstance(generator, ArticlesGenerator) and len(generator.articles) < build.published_count:
                generator.articles = range(build.published_count)  # nobody has looked; Pelican says how many there are
        if not is_anybody_told():
            return
        touched = self.announcer.tell(manifest.entries)

        def look() -> None:
            look_after(self.output_path, manifest, touched=touched)

        build.afterwards = look
        # Receivers are called as they were connected: so it comes after whoever changes pages at the very end.
        signals.finalized.disconnect(sum_up)
        signals.finalized.connect(sum_up)

    def _alone(self, build: Build) -> AbstractContextManager[int | None]:
        """Return what keeps other builds out of the output folder."""

        def tell() -> None:
            print_line(f"Waiting for another build that writes to {target}")

        target = self._target(build)
        return only_one(self._cache(build), output=target, on_wait=tell)

    def _target(self, build: Build) -> Path:
        """Return what the site becomes: a tar, or the output folder."""
        return Path(self.settings[TAR_KEY]) if build.is_tar else self.output_path

    def _build(self, build: Build, lock: int | None) -> Manifest:
        seen_ns = clock_ns()
        say_what_is_slow(self.context)
        cache = self._cache(build)
        manifest = self._settled(build, cache)
        texts = texts_key(self.context)
        if build.last is not None and self._stands(build, build.last, manifest, texts=texts):
            if manifest.has_read:
                manifest.save(manifest.written, seen_ns=seen_ns)
            return manifest
        build.ensure_read()
        left = partial(build.leave, build, texts=texts)
        self._rebuild(build, manifest, self._stage(manifest, cache, lock), seen_ns=seen_ns, leave=left)
        return manifest

    def _rebuild(
        self, build: Build, manifest: Manifest, staged: Stage | TarStage, *, seen_ns: int, leave: Callable[..., None]
    ) -> None:
        """Plan the site, unless it is known that it is as it was, and put in place what has changed.

        Args:
            leave: Takes what the next build should know.
        """
        self._settle_pages(build)
        own_pages, articles = self.inputs.texts.pages, self.inputs.texts.articles
        say(self.context, chain(self.inputs.texts.problems, self.inputs.blocked(build)))
        build.diagnostics = tuple(sorted({*build.diagnostics, *self._said()}))
        tool = find_pagefind() if build.settings.search else None
        files = [(a.save_as, a.data) for a in self.inputs.assets]
        tools = (tool and (str(tool), mark_of(tool)), self._card_state(build))
        stamp = self._stamp(build, [own_pages, articles, files, self.inputs.icon, *tools])
        with staged as stage:
            beside = self.output_path if build.is_tar else None
            release = Release(self.output_path, stage=stage, manifest=manifest, seen_ns=seen_ns, beside=beside)
            copies = files_to_copy(self.context, path=str(self.path), theme=str(self.theme))
            release.copy(copies, links=bool(self.settings["STATIC_CREATE_LINKS"]))
            theirs = left_to_others(self.output_path, manifest, since_ns=build.since_ns)
            is_same = manifest.written.theirs.keys() <= theirs.keys() and not manifest.entries.keys() & theirs.keys()
            if is_same and not self.announcer.hears_of_feeds and release.is_current(stamp):
                build.page_count = count_pages(manifest.entries)
                release.confirm()
                say_whose(manifest.written.theirs)
                leave(stamp=stamp, said=self._said())
                return
            room = self.inputs.newsroom(build, articles)
            repeated: list[str] = []
            search = _search_state(build, tool)
            cards = Cards(room)
            report = self._report(build)
            planned: Iterable[Plan | Promise] = plan_site(
                room, cards=cards, own_pages=own_pages, search=search, report=report
            )
            feeds = old_feeds(self.settings, build.classic.values(), build.catalogue)
            planned = with_old_feeds(planned, feeds, absolute=room.site.absolute)
            left: dict[str, str] = {}
            # What the owner has copied to a place, or another plugin writes, stands there, whoever else wants it.
            planned = without_copied(planned, copies)
            planned = self.announcer.shown(without_theirs(planned, theirs, left=left))
            # A site within another one may have its theme there (../theme): that site writes it.
            assets = chain(self.inputs.assets, self.inputs.identity(room))
            ours = (a for a in assets if a.save_as not in copies and is_below(a.save_as))
            plans = without_repeats(chain(planned, ours), repeated=repeated)
            index = self._index(room, own_pages, build, tool)
            setup = self._setup(room, own_pages, search)
            performed = self._perform(plans, setup, build, manifest, stage, index)
            release.leave(left)
            say_whose(left)
            is_whole = build.later is None and self._add_index(index, release)
            known = stamp if is_whole else b""
            build.performed = release.publish(performed, stamp=known)
            leave(stamp=known, said=self._said())
        build.page_count = performed.page_count
        warn_of_undrawn(cards.plans())
        for save_as in repeated:
            log.warning("two pages want %s; your own is kept, otherwise the first one", save_as)
        if build.later is not None:
            build.later.append(partial(self._search_later, index, build, manifest, stamp))

    def _stands(self, build: Build, last: Left, manifest: Manifest, *, texts: bytes) -> bool:
        """Whether the output is the site already: nothing that can be seen unread has changed, and nobody touched it.

        If so, *build* ends with what was said of it.

        Args:
            texts: Of what Pelican has read.
        """
        copies = files_to_copy(self.context, path=str(self.path), theme=str(self.theme))
        links, written = bool(self.settings["STATIC_CREATE_LINKS"]), manifest.written
        stands = (
            last.texts == texts
            and written.copies.keys() == copies.keys()
            and all(manifest.copied(save_as, source, links=links) for save_as, source in copies.items())
            and not {**written.theirs, **left_to_others(self.output_path, manifest, since_ns=build.since_ns)}
            and manifest.is_current(last.stamp)
        )
        if stands:
            say(self.context, last.said)
            build.diagnostics = tuple(sorted({*build.diagnostics, *self._said()}))
            build.page_count = count_pages(manifest.entries)
        return stands

    def _settled(self, build: Build, cache: Path | None) -> Manifest:
        """Return what the last build wrote; what one had begun that was killed is finished, or thrown away."""
        target = self._target(build)
        if build.is_tar:
            settle_tar(target, cache=cache)
            return TarManifest(cache, tar=target)
        settle_output(target, cache=cache)
        return Manifest(cache, output=target)

    def _stage(self, manifest: Manifest, cache: Path | None, lock: int | None) -> Stage | TarStage:
        """Return where the files of this build are made ready."""
        if isinstance(manifest, TarManifest):
            return TarStage(Path(self.settings[TAR_KEY]), cache=cache, last=manifest.states())
        return Stage(self.output_path, cache=cache, is_first=not manifest.has_site, lock=lock)

    def _setup(self, room: Newsroom, own_pages: tuple[OwnPage, ...], search: SearchState) -> RenderSetup:
        return RenderSetup(
            options=self.inputs.template_options(),
            site=self.inputs.site_view(room, own_pages, self.inputs.assets, search=search),
            output=str(self.output_path),
            root=room.site.root,
            is_relative=bool(self.settings["RELATIVE_URLS"]),
        )

    def _search_later(self, index: SearchIndex | None, build: Build, manifest: Manifest, stamp: bytes) -> None:
        """Make the search index of a site whose pages stand already, unless it is another site by now."""
        seen_ns = clock_ns()
        with output_errors(self.output_path), self._alone(build) as lock:
            if not manifest.is_latest():
                return
            with Stage(self.output_path, cache=self._cache(build), is_first=False, lock=lock) as stage:
                release = Release(self.output_path, stage=stage, manifest=manifest, seen_ns=seen_ns)
                if self._add_index(index, release):
                    release.add_index(stamp)

    def _cache(self, build: Build) -> Path | None:
        return Path(self.settings["CACHE_PATH"], CACHE_FOLDER) if build.settings.cache else None

    def _stamp(self, build: Build, inputs: list[object]) -> bytes:
        """Return the stamp of the whole site: see :mod:`..output.stamp`."""
        if page_planners.receivers:  # nothing tells what these read
            return b""
        published = [(item.slug, item.status) for item in build.catalogue.published]
        return site_stamp(
            settings={name: value for name, value in self.settings.items() if name != MEMORY_KEY},
            options=self.inputs.template_options(),
            inputs=[
                build.archive.digest,
                build.archive.diagnostics,
                self._said(),
                build.mails,
                build.catalogue.taxonomy.ids,
                build.pictures.stamp(),
                build.own_looks,
                published,
                sorted(build.catalogue.ahead),
                *inputs,
            ],
            files=build.own_files,
        )

    def _card_state(self, build: Build) -> object:
        digest = build.settings
        return card_state(
            fonts=absolute(digest.card_fonts), is_wanted=bool(self.settings["SITEURL"]) and digest.cards != "none"
        )

    def _said(self) -> tuple[Diagnostic, ...]:
        return said(self.context)

    def _report(self, build: Build) -> BuildReport:
        hidden = (item.source_path for item in build.archive.items if item.status is not Status.PUBLISHED)
        return BuildReport(
            item_count=len(build.archive.items) + len(build.classic),
            diagnostics=build.diagnostics,
            private_paths=frozenset(hidden),
        )

    def _index(
        self, room: Newsroom, own_pages: tuple[OwnPage, ...], build: Build, tool: Path | None
    ) -> SearchIndex | None:
        """Return the search index to be; None without Pagefind: then ``/search/`` leads to the lists."""
        if tool is None:
            return None
        cache = self._cache(build)
        return SearchIndex(
            findables(room, own_pages), lang=room.site.lang, tool=tool, cache=cache / "search" if cache else None
        )

    def _add_index(self, index: SearchIndex | None, release: Release) -> bool:
        """Make the search index ready, and return whether it is what it should be."""
        if index is None:
            release.index({})
            return True
        with phase("Searching", "page") as progress:
            try:
                release.index(index.files(progress))
            except PagefindError as error:
                log.warning("Pagefind created no search index; /search/ will find nothing: %s", error.said)
                release.index({})
                return False
        return True

    def _perform(
        self,
        plans: Iterable[Plan | Promise],
        setup: RenderSetup,
        build: Build,
        manifest: Manifest,
        stage: Stage | TarStage,
        index: SearchIndex | None,
    ) -> Performed:
        """Render what is stale, and make it ready; *index* is made beside it, unless it is another time's concern."""
        with phase("Writing", "file") as told:
            progress = index.beside(told) if index and build.later is None else told
            return perform(
                plans,
                setup=setup,
                manifest=manifest,
                stage=stage,
                workers=build.workers,
                progress=progress,
            )

    def _settle_pages(self, build: Build) -> None:
        """Give each of the owner's pages a file of its own."""
        taken = {name_key(page_file(item.address)): item.source_path for item in build.catalogue.published}
        taken |= {name_key(save_as_of(a)): str(a.relative_source_path) for a in build.classic.values()}
        pages = [page for page, _ in own_contents(self.context)]
        outcome = Settled({}, {})
        say(self.context, settle(pages, taken=taken, known=build.book.known("pages"), outcome=outcome))
        if pages:
            build.book.keep(pages=outcome)


def _search_state(build: Build, tool: Path | None) -> SearchState:
    """Return what the site has to search with; readers are offered no search that is none, the owner is told why."""
    if not build.settings.search:
        return SearchState.OFF
    if tool is None:
        _say_what_search_needs()
        return SearchState.MISSING
    return SearchState.READY


@cache
def _say_what_search_needs() -> None:
    """Say it once, however often a preview builds; not as a warning, which would stop builds that allow none."""
    print_line(
        "The site has no search: Pagefind is not installed (pip install 'pelican-news-digest[search]'; "
        "or set DIGEST_SEARCH = False to do without)"
    )
