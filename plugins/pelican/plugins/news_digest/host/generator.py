"""The generator: after Pelican has read everything, sees whether the site stands as it was, or has it made anew."""

from __future__ import annotations

import time
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pelican.generators import ArticlesGenerator

from pelican.plugins import signals

from ..output.folder.lock import only_one
from ..output.folder.stage import settle_output
from ..output.manifest import Manifest, count_pages
from ..running.collector import paused_collector
from .guard import output_errors, said, say
from .listening import is_anybody_told
from .neighbours import left_to_others, look_after
from .state import CONTEXT_KEY, TAR_KEY, Build, cache_folder
from .statics import files_to_copy
from .summary import sum_up
from .template_language import say_what_is_slow
from .terminal import print_line
from .unchanged import texts_key

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from .announcing import Announcer
    from .inputs import SiteInputs
    from .left import Left


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

    # Not for a site that stands as it was: it needs neither, and to load what pages are made of takes as long as to see
    # that nothing has changed.
    @cached_property
    def inputs(self) -> SiteInputs:
        """What the site is made from beside its items."""
        from .inputs import SiteInputs  # noqa: PLC0415

        return SiteInputs(self.context, self.settings, path=self.path, theme=self.theme)

    @cached_property
    def announcer(self) -> Announcer:
        """Tells other plugins of what is written."""
        from .announcing import Announcer  # noqa: PLC0415

        return Announcer(self.context, self.output_path)

    def generate_output(self, writer: object) -> None:
        """Plan, render, write. Pelican's own writer is not used: it renders with another environment."""
        del writer
        build: Build | None = self.context.get(CONTEXT_KEY)
        if build is not None and build.is_own_theme:
            pause = paused_collector(freezes=build.is_first)
            build.is_tar = bool(self.settings.get(TAR_KEY)) and not is_anybody_told()
            with output_errors(self._target(build)), self._alone(build) as lock, pause:
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
        return only_one(cache_folder(self.settings, build.settings), output=target, on_wait=tell)

    def _target(self, build: Build) -> Path:
        """Return what the site becomes: a tar, or the output folder."""
        return Path(self.settings[TAR_KEY]) if build.is_tar else self.output_path

    def _build(self, build: Build, lock: int | None) -> Manifest:
        seen_ns = time.time_ns()
        say_what_is_slow(self.context)
        cache = cache_folder(self.settings, build.settings)
        manifest = self._settled(build, cache)
        texts = texts_key(self.context)
        if build.last is not None and self._stands(build, build.last, manifest, texts=texts):
            if manifest.has_read:
                manifest.save(manifest.written, seen_ns=seen_ns)
            return manifest
        from .rebuilding import Rebuilding  # noqa: PLC0415 - see above

        rebuilding = Rebuilding(
            self.inputs,
            build=build,
            manifest=manifest,
            output=self.output_path,
            announcer=self.announcer,
            alone=partial(self._alone, build),
        )
        rebuilding.run(lock, seen_ns=seen_ns, leave=partial(build.leave, build, texts=texts))
        return manifest

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
            build.diagnostics = tuple(sorted({*build.diagnostics, *said(self.context)}))
            build.page_count = count_pages(manifest.entries)
        return stands

    def _settled(self, build: Build, cache: Path | None) -> Manifest:
        """Return what the last build wrote; what one had begun that was killed is finished, or thrown away."""
        target = self._target(build)
        if build.is_tar:
            from ..output.tar.known import TarManifest  # noqa: PLC0415 - few sites are one
            from ..output.tar.stage import settle_tar  # noqa: PLC0415

            settle_tar(target, cache=cache)
            return TarManifest(cache, tar=target)
        settle_output(target, cache=cache)
        return Manifest(cache, output=target)
