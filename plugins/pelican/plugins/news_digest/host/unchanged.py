"""A build in which nothing has changed is known by how the files lie there: none of them is read.

Only for speed: it saves half of such a build (``python benchmarks/without.py unchanged``). Without this module
the archive is read and joined, and then found to be the last build's by :mod:`..output.stamp`.

What is compared is all that decides about a site, before it is read: its files by path, inode, size and times, its
settings, and the program. Where anything else has a say, such as another plugin, the calendar or an article of
Pelican's, nothing is left for the next build, and that one reads.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec
from blinker import Signal

from pelican.plugins import signals

from ..code import code_key
from ..disk.files import Listing, digest_of, mark_of
from ..disk.sealed import name_for, read_packed, write_sealed
from ..frontmatter.addresses import FILE
from ..output.search.program import find_pagefind
from ..package import theme_path
from ..pages.own.kinds import page_planners
from .left import Left
from .listening import is_anybody_looking, listeners
from .own_contents import own_contents
from .sharing import card_state
from .state import CACHE_FOLDER, MEMORY_KEY, TAR_KEY, Build, absolute
from .template_language import OwnLanguage, language_in

if TYPE_CHECKING:
    from pelican.generators import ArticlesGenerator

    from ..errors import Diagnostic
    from ..settings import DigestSettings

# Reports of dates ahead of the clock: tomorrow there may be none.
_OF_THE_DAY: Final = frozenset({"ND131", "ND132"})
_ARTICLES: Final = ("articles", "translations", "hidden_articles", "hidden_translations", "drafts")
# How Python writes what has no words of its own: where it lies in memory.
_SOMEWHERE: Final = " at 0x"
KIND: Final = "what a build left"


_DECODER: Final = msgspec.msgpack.Decoder(Left)


class Outlook:
    """What can be seen of a site before it is read.

    Attributes:
        listing: Its files.
        last: What the last build has left, if it saw the same; None: the content is to be read.

    Args:
        generator: Pelican's of articles, which has found its own.
        build: Of which nothing was read but its pictures.
    """

    def __init__(self, generator: ArticlesGenerator, build: Build, *, now: datetime) -> None:
        settings = generator.settings
        output = name_for(os.path.realpath(generator.output_path))
        self._file = Path(settings["CACHE_PATH"], CACHE_FOLDER, f"unchanged-{output}.msgpack")
        self._settings = settings
        self._now = now
        self.listing = Listing(time.time_ns())
        for path in _paths(generator, build.settings):
            self.listing.add(path)
        given = sorted((name, repr(value)) for name, value in settings.items() if name != MEMORY_KEY)
        tool = find_pagefind() if build.settings.search else None
        seen = repr((given, _tools(settings, build.settings, tool), os.getcwd()))
        # A program that is missing is said in each build.
        has_tools = tool is not None or not build.settings.search
        self._is_all = has_tools and self.listing.is_settled and _SOMEWHERE not in seen and _is_all(generator, build)
        self._key = digest_of(
            code_key() + self.listing.key() + build.pictures.stamp() + seen.encode("utf-8", "surrogatepass")
        )
        self.last = self._recall() if self._is_all else None

    def _recall(self) -> Left | None:
        left = read_packed(self._file, _DECODER.decode, kind=KIND, what="what the last build left")
        is_same = left is not None and left.key == self._key and left.seconds <= self._now.timestamp()
        return left if is_same else None

    def leave(self, build: Build, *, texts: bytes, stamp: bytes, said: tuple[Diagnostic, ...]) -> None:
        """Leave word for the next build, where all that *build* is made from can be seen without reading it.

        Args:
            texts: Of what Pelican has read: see :func:`texts_key`.
            stamp: Of the site that stands now; ``b""``: nobody can say.
            said: What was reported beside what is wrong with the content.
        """
        if not stamp or not self._is_all or not _is_of_any_day(build, now=self._now, settings=self._settings):
            return
        apart = frozenset(said)
        left = Left(
            key=self._key,
            texts=texts,
            stamp=stamp,
            seconds=self._now.timestamp(),
            item_count=build.item_count,
            published_count=build.published_count,
            reported=tuple(diagnostic for diagnostic in build.diagnostics if diagnostic not in apart),
            said=said,
        )
        with suppress(OSError):  # then the next build reads
            write_sealed(self._file, msgspec.msgpack.encode(left), kind=KIND)


def _paths(generator: ArticlesGenerator, digest: DigestSettings) -> Iterator[str]:
    """Yield where everything lies that a site is made from and that is not part of this package."""
    settings, content = generator.settings, str(generator.path)
    yield os.path.join(content, FILE)
    ours = (digest.news_path, digest.topics_path, digest.providers_path, digest.stories_path, digest.newsletters_path)
    for folder in dict.fromkeys((*ours, *settings["STATIC_PATHS"])):
        if folder in ours or os.path.join(content, folder) != content:
            yield f"{content}{os.sep}{folder}"
    yield from dict.fromkeys((*map(str, settings["THEME_TEMPLATES_OVERRIDES"]), str(generator.theme), theme_path()))
    marks = (digest.style, digest.logo, digest.logo_dark, digest.icon)
    # A drawing has a picture beside it, for screens that take none.
    yield from {path: "" for mark in marks if mark for path in (mark, os.path.splitext(mark)[0] + ".png")}
    yield from (folder for folder in (digest.languages_path, digest.card_fonts) if folder)


def _tools(settings: Mapping[str, Any], digest: DigestSettings, tool: Path | None) -> object:
    """Return what programs and libraries outside of ours make of a site; *tool* is Pagefind's."""
    is_wanted = bool(settings["SITEURL"]) and digest.cards != "none"
    return tool and (str(tool), mark_of(tool)), card_state(fonts=absolute(digest.card_fonts), is_wanted=is_wanted)


def _is_all(generator: ArticlesGenerator, build: Build) -> bool:
    """Whether nothing else has a say: no plugin of others, no template's own words, no article of Pelican's."""
    settings, digest = generator.settings, build.settings
    news = os.path.abspath(os.path.join(generator.path, digest.news_path))
    roots = [os.path.abspath(os.path.join(generator.path, root)) for root in settings["STATIC_PATHS"]]
    return (
        digest.cache
        and build.memory is None
        and not settings.get(TAR_KEY)
        and not any(getattr(generator, name) for name in _ARTICLES)
        and not is_anybody_looking(settings, is_own_theme=build.is_own_theme)
        and not any(listeners(each) for each in vars(signals).values() if isinstance(each, Signal))
        and not page_planners.receivers
        and language_in(generator.context) == OwnLanguage()
        and digest.body_markdown is None
        # Pelican asks of each static file whether it is an item, too.
        and not any(f"{news}{os.sep}".startswith(f"{root}{os.sep}") for root in roots)
    )


def _is_of_any_day(build: Build, *, now: datetime, settings: Mapping[str, Any]) -> bool:
    """Whether *build* will come out the same on another day, and each of its items is made from its file alone."""
    archive = build.archive
    return (
        len(archive.prints) == len(archive.items)
        and not archive.classic_paths
        and not build.catalogue.ahead
        and not any(diagnostic.code in _OF_THE_DAY for diagnostic in build.diagnostics)
        and (settings["WITH_FUTURE_DATES"] or all(item.date <= now for item in archive.items))
    )


def texts_key(context: dict[str, Any]) -> bytes:
    """Return a digest of the owner's pages as Pelican has read them: their links lead where they led, as all else is
    the same. A value whose text differs from run to run makes every digest another one: slow, never wrong.
    """
    digest = hashlib.sha256()
    for content, is_listed in own_contents(context):
        metadata = sorted((name, repr(value)) for name, value in content.metadata.items())
        facts = (type(content).__name__, str(content.relative_source_path), is_listed, str(content.status), metadata)
        digest.update(repr((facts, content._content)).encode("utf-8", "surrogatepass"))  # noqa: SLF001 - links as written
    return digest.digest()
