"""The search index: what has changed is read, and joined with what is known of everything else.

No page of the site is read but one small document for each record. So what is found does not depend on templates,
nothing that an earlier build left behind can be found, and the index is known to be current without rendering or
reading a page. See docs/decisions/0097-pagefind-is-asked-for-words.md.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from ...code import code_key
from ...disk.files import digest_of, mark_of
from .document import Document, search_document
from .form import ENTRY, IndexFile, Packer, Page, file_of, index_files
from .kept import KeptIndex, KeptRun, Member, Run
from .parts import Part, joined
from .program import PagefindError, ask_for_words
from .words import Reading, Vocabulary

if TYPE_CHECKING:
    from ...pages.own.tools import Findable

    Progress = Callable[[int, int], None]
    # Name → digest, and the bytes unless the output has them.
    PlainFiles = dict[str, tuple[bytes, bytes | None]]

FOLDER: Final = "pagefind"
# What has no date is older than everything.
UNDATED: Final = "0000"
# Pagefind is asked for the words of so many documents at once.
BATCH: Final = 2000
# So many steps of other work come before the first document.
BEFORE: Final = 800
# So many neighbours, about, are kept in one file, their words joined: an edit joins and writes one such run anew.
RUN_PAGES: Final = 512
CHANGED: Final = "somebody changed the cached index during the build"
NEEDS_CBOR: Final = "cbor2 is not installed; pip install 'pelican-news-digest[search]'"
_PART: Final = msgspec.msgpack.Decoder(Part)


class SearchIndex:
    """The index of *findables*, whose documents can be read while something else is done.

    Pages are numbered from the oldest, so that one that is added last changes no number. The files depend on what can
    be found alone: not on what is kept, nor on the order of *findables*.

    Args:
        lang: The site's language.
        tool: See :func:`.program.find_pagefind`.
        cache: A folder for us alone: it keeps the index, so that the next one is made from what has changed. None keeps
            nothing.

    Attributes:
        is_handed_over: Whether somebody has the files already.
    """

    def __init__(self, findables: Iterable[Findable], *, lang: str, tool: Path, cache: Path | None) -> None:
        self._findables = findables
        self._lang = lang
        self._tool = tool
        self._cache = cache
        self._steps = self._make()
        self._files: dict[str, IndexFile] = {}
        self._error: PagefindError | None = None
        self.is_handed_over = False

    def beside(self, progress: Progress, *, hand_over: Callable[[Mapping[str, IndexFile]], None]) -> Progress:
        """Return *progress* of other work, which does a step of this one whenever it is told of the other.

        The first steps are left alone: somebody looks for the first page.

        Args:
            hand_over: Gets the files as the last step, if it comes to that; see :attr:`is_handed_over`.
        """

        def tell(done: int, total: int) -> None:
            progress(done, total)
            if done > BEFORE and self._error is None and not self.is_handed_over:
                try:
                    self.is_handed_over = next(self._steps, None) is None
                except PagefindError as error:
                    self._error = error
                if self.is_handed_over:
                    hand_over(self._files)

        return tell

    def files(self, progress: Progress = lambda *_: None) -> dict[str, IndexFile]:
        """Return the files of the index, by their place in the output.

        Args:
            progress: Called with how many members are known, and how many there are.

        Raises:
            PagefindError: There is no index.
        """
        if self._error:
            raise self._error
        for known in self._steps:
            progress(known, len(self._ordered))
        progress(len(self._ordered), len(self._ordered))
        return self._files

    def plain(self, holds: Callable[[str, bytes], bool]) -> PlainFiles:
        """Return the files of the index as another process can send them: see :meth:`of_plain`.

        Args:
            holds: Whether a file of this name and digest is in the output already: its bytes are not made.

        Raises:
            PagefindError: There is no index.
        """
        files = self.files().items()
        return {name: (file.digest, None if holds(name, file.digest) else file.make()) for name, file in files}

    def of_plain(self, plain: PlainFiles) -> dict[str, IndexFile]:
        """Return the files that a copy of this index made; what it left out and somebody wants is made here."""

        def make(name: str, data: bytes | None) -> bytes:
            return self.files()[name].make() if data is None else data

        return {name: IndexFile(digest, partial(make, name, data)) for name, (digest, data) in plain.items()}

    @cached_property
    def _ordered(self) -> list[Findable]:
        return sorted(self._findables, key=lambda each: (each.since, each.address))

    @cached_property
    def _last(self) -> KeptIndex:
        made_with = (code_key(), self._lang, str(self._tool), mark_of(self._tool), zlib.ZLIB_RUNTIME_VERSION)
        return KeptIndex(self._cache, stamp=digest_of(repr(made_with).encode()))

    @cached_property
    def _reader(self) -> _Reader:
        if find_spec("cbor2") is None:
            raise PagefindError(NEEDS_CBOR)
        return _Reader(self._last, Vocabulary(partial(ask_for_words, lang=self._lang, tool=self._tool)))

    def _make(self) -> Iterator[int]:
        """Make the index step by step; yield how many members are known.

        Only the files themselves are left for later: those that the output has are not made.
        """
        for number, findable in enumerate(self._ordered):
            if self._reader.look_at(findable) >= BATCH:
                yield from (number for _ in self._reader.read())
            yield number
        yield from (len(self._ordered) for _ in self._reader.read())
        found = [(each.address, self._reader.members[each.address]) for each in self._ordered]
        keys, words = [], []
        for members in _runs(found):
            key, run = self._run(dict(members))
            keys.append(key)
            words.append(run.words)
            yield len(self._ordered)
        self._files = self._joined(found, keys, words)

    def _joined(
        self, found: Sequence[tuple[str, Member]], keys: Sequence[bytes], words: Sequence[bytes]
    ) -> dict[str, IndexFile]:
        """Return the files of the index of the members *found*, and keep it; see :class:`.kept.Head` for the *keys*."""
        last, reader = self._last, self._reader
        pages = [
            Page(
                IndexFile(each.fragment, partial(self._fragment, address)),
                each.length,
                each.filters,
                (each.date or UNDATED, address),
            )
            for address, each in found
            if each.fragment
        ]
        if not pages:
            return {}
        packer = Packer(last.head.packed)
        files = index_files(pages, joined(map(_PART.decode, words)), entry=reader.program[ENTRY], packer=packer)
        last.keep(reader.program, keys, packer.packed)
        program = {name: file_of(data) for name, data in reader.program.items()}
        return {f"{FOLDER}/{name}": file for name, file in {**program, **files}.items()}

    def _run(self, members: dict[str, Member]) -> tuple[bytes, Run]:
        """Return the run of *members*, and what it is kept by: the last index's, or a new one."""
        run = Run(members, b"")
        known = self._known_runs.get(run.documents)
        if known is not None and self._last.runs[known].members == members:
            return known, self._last.runs[known]
        readings = {address: self._reading(address) for address in members}
        self._reader.fresh.update(readings)  # the file that they were in goes
        words = self._last.runs[known].words if known is not None else _joined_words(readings.values())
        kept = KeptRun(members, words, readings)
        return self._last.keep_run(kept), Run(members, words)

    @cached_property
    def _known_runs(self) -> dict[bytes, bytes]:
        """A digest of a run's documents → what it is kept by."""
        return {run.documents: key for key, run in self._last.runs.items()}

    def _reading(self, address: str) -> Reading:
        fresh = self._reader.fresh.get(address)
        try:
            return self._last.reading(address) if fresh is None else fresh
        except KeyError:
            raise PagefindError(CHANGED) from None

    def _fragment(self, address: str) -> bytes:
        return self._reading(address).fragment


def search_files(output: Path) -> tuple[str, ...]:
    """Return the files of the index in *output*, relative to it."""
    found: list[str] = []
    for folder, _, names in os.walk(os.path.join(output, FOLDER)):
        place = os.path.relpath(folder, output).replace(os.sep, "/")
        found += [f"{place}/{name}" for name in names]
    return tuple(found)


class _Reader:
    """Knows what the index has of each member: from the last one, or by reading its document."""

    def __init__(self, last: KeptIndex, vocabulary: Vocabulary) -> None:
        self._last = last
        self._vocabulary = vocabulary
        self._waiting: dict[str, Document] = {}
        self.members: dict[str, Member] = {}
        # What was read this time, or of a run that is kept no longer.
        self.fresh: dict[str, Reading] = {}

    @property
    def program(self) -> dict[str, bytes]:
        """The files of the program for the browser, and the entry of an index."""
        return self._vocabulary.program or self._last.head.program

    def look_at(self, findable: Findable) -> int:
        """See to it that *findable* is known, after :meth:`read` at the latest; return how many documents wait."""
        known = self._last.members.get(findable.address)
        if known is not None and findable.facts and known.facts == findable.facts:
            self.members[findable.address] = known
            return len(self._waiting)
        record = findable.make()
        document = search_document(record)
        digest = digest_of(msgspec.msgpack.encode(document))
        is_read = known is not None and known.document == digest
        read = (known.fragment, known.length) if known is not None and is_read else (b"", 0)
        self.members[findable.address] = Member(findable.facts, digest, record.filters, record.date, *read)
        if not is_read:
            self._waiting[findable.address] = document
        return len(self._waiting)

    def read(self) -> Iterator[None]:
        """Read the documents that wait, one at each step.

        Raises:
            PagefindError: They cannot be read.
        """
        if self._waiting:
            self._vocabulary.learn(self._waiting.values())
        for address, document in self._waiting.items():
            self.fresh[address] = reading = self._vocabulary.reading(address, document)
            fragment = digest_of(reading.fragment) if reading.fragment else b""
            member = self.members[address]
            self.members[address] = msgspec.structs.replace(member, fragment=fragment, length=reading.length)
            yield
        self._waiting = {}


def _runs(found: Sequence[tuple[str, Member]]) -> Iterator[Sequence[tuple[str, Member]]]:
    """Yield members in runs; where one ends depends on the member that follows, so that an edit changes one run."""
    run: list[tuple[str, Member]] = []
    for address, member in found:
        if run and zlib.crc32(address.encode()) % RUN_PAGES == 0:
            yield run
            run = []
        run.append((address, member))
    yield run


def _joined_words(readings: Iterable[Reading]) -> bytes:
    """Return where the words of some pages are; what has none is no page."""
    return msgspec.msgpack.encode(joined(_PART.decode(reading.words) for reading in readings if reading.fragment))
