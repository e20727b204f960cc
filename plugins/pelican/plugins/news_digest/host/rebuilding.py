"""A site that is not what it was: planned, rendered where it is stale, and put in place."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from functools import cache, partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ..disk.files import mark_of
from ..model import Status
from ..naming.names import name_key
from ..naming.places import Settled
from ..output.folder.stage import Stage
from ..output.manifest import Manifest, Performed, count_pages, is_below
from ..output.perform import RenderSetup, perform
from ..output.publish import Release
from ..output.search.index import SearchIndex
from ..output.search.program import PagefindError, find_pagefind
from ..output.stamp import site_stamp
from ..output.templates.mistakes import template_errors
from ..pages.everything import plan_site, without_repeats
from ..pages.items.cards import Cards
from ..pages.own.kinds import page_planners
from ..pages.own.status import BuildReport
from ..pages.own.tools import SearchState, findables
from ..pages.plans import page_file
from .collisions import settle
from .guard import output_errors, said, say
from .neighbours import left_to_others, say_whose, without_copied, without_theirs
from .old_feeds import old_feeds, with_old_feeds
from .own_contents import own_contents, save_as_of
from .progress import phase
from .sharing import card_state, warn_of_undrawn
from .state import MEMORY_KEY, TAR_KEY, absolute, cache_folder
from .statics import files_to_copy
from .terminal import print_line

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from ..errors import Diagnostic
    from ..output.search.index import PlainFiles
    from ..output.tar.stage import TarStage
    from ..pages.newsroom import Newsroom
    from ..pages.own.pages import OwnPage
    from ..pages.plans import Plan, Promise
    from .announcing import Announcer
    from .inputs import SiteInputs
    from .state import Build

log = logging.getLogger(__name__)
# From so many files on, a search index takes longer than a copy of this process.
LARGE_INDEX: Final = 1000


class Rebuilding:
    """Makes the site of one build.

    Args:
        inputs: What the site is made from beside its items.
        build: The build, whose content may be unread so far.
        manifest: What the last build wrote.
        output: The output folder.
        announcer: Tells other plugins.
        alone: Keeps other builds out, for what is done later.
    """

    def __init__(
        self,
        inputs: SiteInputs,
        *,
        build: Build,
        manifest: Manifest,
        output: Path,
        announcer: Announcer,
        alone: Callable[[], AbstractContextManager[int | None]],
    ) -> None:
        self._inputs = inputs
        self._context, self._settings = inputs.context, inputs.settings
        self._build = build
        self._manifest = manifest
        self._output = output
        self._cache = cache_folder(inputs.settings, build.settings)
        self._announcer = announcer
        self._alone = alone

    def run(self, lock: int | None, *, seen_ns: int, leave: Callable[..., None]) -> None:
        """Read, plan the site, unless it is known that it is as it was, and put in place what has changed.

        Args:
            lock: What keeps other builds out.
            seen_ns: When the output was looked at.
            leave: Takes what the next build should know.
        """
        with template_errors(self._inputs.template_options().paths):
            self._build.ensure_read()
            self._run(lock, seen_ns=seen_ns, leave=leave)

    def _run(self, lock: int | None, *, seen_ns: int, leave: Callable[..., None]) -> None:
        inputs, build, manifest = self._inputs, self._build, self._manifest
        self._settle_pages()
        own_pages, articles = inputs.texts.pages, inputs.texts.articles
        say(self._context, chain(inputs.texts.problems, inputs.blocked(build)))
        build.diagnostics = tuple(sorted({*build.diagnostics, *self._said()}))
        tool = find_pagefind() if build.settings.search else None
        files = [(a.save_as, a.data) for a in inputs.assets]
        tools = (tool and (str(tool), mark_of(tool)), self._card_state())
        stamp = self._stamp([own_pages, articles, files, inputs.icon, *tools])
        with self._stage(lock) as stage:
            beside = self._output if build.is_tar else None
            release = Release(self._output, stage=stage, manifest=manifest, seen_ns=seen_ns, beside=beside)
            copies = files_to_copy(self._context, path=str(inputs.path), theme=str(inputs.theme))
            release.copy(copies, links=bool(self._settings["STATIC_CREATE_LINKS"]))
            theirs = left_to_others(self._output, manifest, since_ns=build.since_ns)
            is_same = manifest.written.theirs.keys() <= theirs.keys() and not manifest.entries.keys() & theirs.keys()
            if is_same and not self._announcer.hears_of_feeds and release.is_current(stamp):
                build.page_count = count_pages(manifest.entries)
                release.confirm()
                say_whose(manifest.written.theirs)
                leave(stamp=stamp, said=self._said())
                return
            room = inputs.newsroom(build, articles)
            repeated: list[str] = []
            search = _search_state(build, tool)
            cards = Cards(room)
            report = self._report()
            planned: Iterable[Plan | Promise] = plan_site(
                room, cards=cards, own_pages=own_pages, search=search, report=report
            )
            feeds = old_feeds(self._settings, build.classic.values(), build.catalogue)
            planned = with_old_feeds(planned, feeds, absolute=room.site.absolute)
            left: dict[str, str] = {}
            # What the owner has copied to a place, or another plugin writes, stands there, whoever else wants it.
            planned = without_copied(planned, copies)
            planned = self._announcer.shown(without_theirs(planned, theirs, left=left))
            # A site within another one may have its theme there (../theme): that site writes it.
            assets = chain(inputs.assets, inputs.identity(room))
            ours = (a for a in assets if a.save_as not in copies and is_below(a.save_as))
            plans = without_repeats(chain(planned, ours), repeated=repeated)
            index = self._index(room, own_pages, tool)
            setup = self._setup(room, own_pages, search)
            with self._ahead(index, stage) as ahead:
                performed = self._perform(plans, setup, stage, None if ahead else index, release)
                release.leave(left)
                say_whose(left)
                is_whole = build.later is None and self._add_index(index, release, ahead)
            known = stamp if is_whole else b""
            build.performed = release.publish(performed, stamp=known)
            leave(stamp=known, said=self._said())
        build.page_count = performed.page_count
        warn_of_undrawn(cards.plans())
        for save_as in repeated:
            log.warning("two pages want %s; your own is kept, otherwise the first one", save_as)
        if build.later is not None:
            build.later.append(partial(self._search_later, index, stamp))

    def _stage(self, lock: int | None) -> Stage | TarStage:
        """Return where the files of this build are made ready."""
        if self._build.is_tar:
            from ..output.tar.known import TarManifest  # noqa: PLC0415 - few sites are one
            from ..output.tar.stage import TarStage  # noqa: PLC0415

            assert isinstance(self._manifest, TarManifest)  # noqa: S101 - as the generator made it
            return TarStage(Path(self._settings[TAR_KEY]), cache=self._cache, last=self._manifest.states())
        return Stage(self._output, cache=self._cache, is_first=not self._manifest.has_site, lock=lock)

    def _setup(self, room: Newsroom, own_pages: tuple[OwnPage, ...], search: SearchState) -> RenderSetup:
        return RenderSetup(
            options=self._inputs.template_options(),
            site=self._inputs.site_view(room, own_pages, self._inputs.assets, search=search),
            output=str(self._output),
            root=room.site.root,
            is_relative=bool(self._settings["RELATIVE_URLS"]),
        )

    def _search_later(self, index: SearchIndex | None, stamp: bytes) -> None:
        """Make the search index of a site whose pages stand already, unless it is another site by now."""
        seen_ns = time.time_ns()
        with output_errors(self._output), self._alone() as lock:
            if not self._manifest.is_latest():
                return
            with Stage(self._output, cache=self._cache, is_first=False, lock=lock) as stage:
                release = Release(self._output, stage=stage, manifest=self._manifest, seen_ns=seen_ns)
                if self._add_index(index, release):
                    release.add_index(stamp)

    def _stamp(self, inputs: list[object]) -> bytes:
        """Return the stamp of the whole site: see :mod:`..output.stamp`."""
        if page_planners.receivers:  # nothing tells what these read
            return b""
        build = self._build
        published = [(item.slug, item.status) for item in build.catalogue.published]
        return site_stamp(
            settings={name: value for name, value in self._settings.items() if name != MEMORY_KEY},
            options=self._inputs.template_options(),
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

    def _card_state(self) -> object:
        digest = self._build.settings
        return card_state(
            fonts=absolute(digest.card_fonts), is_wanted=bool(self._settings["SITEURL"]) and digest.cards != "none"
        )

    def _said(self) -> tuple[Diagnostic, ...]:
        return said(self._context)

    def _report(self) -> BuildReport:
        build = self._build
        hidden = (item.source_path for item in build.archive.items if item.status is not Status.PUBLISHED)
        return BuildReport(
            item_count=len(build.archive.items) + len(build.classic),
            diagnostics=build.diagnostics,
            private_paths=frozenset(hidden),
        )

    def _index(self, room: Newsroom, own_pages: tuple[OwnPage, ...], tool: Path | None) -> SearchIndex | None:
        """Return the search index to be; None without Pagefind: then ``/search/`` leads to the lists."""
        if tool is None:
            return None
        kept = self._cache / "search" if self._cache else None
        return SearchIndex(findables(room, own_pages), lang=room.site.lang, tool=tool, cache=kept)

    def _ahead(
        self, index: SearchIndex | None, stage: Stage | TarStage
    ) -> AbstractContextManager[Callable[[], PlainFiles] | None]:
        """Have a copy of this process make the index, where pages are made by this one alone and the index is large."""
        is_large = len(self._manifest.written.others) > LARGE_INDEX
        if index is None or self._build.later is not None or stage.is_first or not is_large:
            return nullcontext()
        return self._build.workers.ahead(partial(index.plain, self._manifest.holds))

    def _add_index(
        self, index: SearchIndex | None, release: Release, ahead: Callable[[], PlainFiles] | None = None
    ) -> bool:
        """Make the search index ready, and return whether it is what it should be.

        Args:
            ahead: Returns what another process has made of it; None: none has.
        """
        if index is None:
            release.index({})
            return True
        if index.is_handed_over:
            return True
        with phase("Searching", "page") as progress:
            try:
                release.index(index.of_plain(ahead()) if ahead else index.files(progress))
            except PagefindError as error:
                log.warning("Pagefind created no search index; /search/ will find nothing: %s", error.said)
                release.index({})
                return False
        return True

    def _perform(
        self,
        plans: Iterable[Plan | Promise],
        setup: RenderSetup,
        stage: Stage | TarStage,
        index: SearchIndex | None,
        release: Release,
    ) -> Performed:
        """Render what is stale, and make it ready; *index* is made beside it, unless it is another time's concern."""
        with phase("Writing", "file") as told:
            is_now = index is not None and self._build.later is None
            progress = index.beside(told, hand_over=release.index) if index and is_now else told
            return perform(
                plans,
                setup=setup,
                manifest=self._manifest,
                stage=stage,
                workers=self._build.workers,
                progress=progress,
            )

    def _settle_pages(self) -> None:
        """Give each of the owner's pages a file of its own."""
        build = self._build
        taken = {name_key(page_file(item.address)): item.source_path for item in build.catalogue.published}
        taken |= {name_key(save_as_of(a)): str(a.relative_source_path) for a in build.classic.values()}
        pages = [page for page, _ in own_contents(self._context)]
        outcome = Settled({}, {})
        say(self._context, settle(pages, taken=taken, known=build.book.known("pages"), outcome=outcome))
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
