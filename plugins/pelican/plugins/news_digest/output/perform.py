"""Plans → files: what is stale is rendered, and what differs is made ready to be put in place."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

import msgspec

from ..disk.files import FileState
from ..pages.plans import CardPlan, Plan, Promise, made
from ..pages.views.base import SiteView
from ..running.elsewhere import ElsewhereError
from .folder.writer import Outcome, Written, remove_parts
from .manifest import Entry, Manifest, Performed, count_pages
from .packing import Parcel, pack, unpack
from .place import BELONGS, Place, writer_at
from .templates.contents import templates_digest
from .templates.fingerprint import Fingerprinter, UnknownFilterError, reason_of
from .templates.options import TemplateOptions
from .templates.render import MANY_FILES, Renderer, make_environment, templates_key

if TYPE_CHECKING:
    from ..running.workers import Workers
    from .folder.stage import Stage
    from .tar.stage import TarStage

Planned = TypeVar("Planned")
# Below this many stale files, starting processes costs more than they save.
PARALLEL_FILES: Final = 600
# Drawing a card takes as long as rendering so many pages.
FILES_IN_A_CARD: Final = 6
CHUNK_FILES: Final = 100
# A copy of this process is asked for fewer: it is asked quickly, and none is to work alone at the end.
SHARED_FILES: Final = 25


class RenderSetup(msgspec.Struct, frozen=True, kw_only=True):
    """What any process needs to render and write: picklable, unless the site has filters of its own.

    Attributes:
        output: The output folder.
        root: The path of the site on its host, ``/`` or ``/repo/``.
        is_relative: Whether links are relative to the page.
    """

    options: TemplateOptions
    site: SiteView
    output: str
    root: str
    is_relative: bool


class Done(msgspec.Struct, frozen=True):
    """One file of the site that was made ready, or found to have the same bytes.

    Attributes:
        entry: What the next build will know of it.
        reason: Why it was rendered, in words.
        written: Whether its bytes are new, or the whole file.
    """

    save_as: str
    entry: Entry
    reason: str
    written: Written


def perform(
    plans: Iterable[Plan | Promise],
    *,
    setup: RenderSetup,
    manifest: Manifest,
    stage: Stage | TarStage,
    workers: Workers,
    progress: Callable[[int, int], None],
) -> Performed:
    """Make ready what *plans* say; a promise is made only where its facts are not the last build's.

    All plans are known before the first file is written, so that a planner that fails leaves the last site whole. Only
    a first build, which has no site to lose, writes while it plans.

    Args:
        plans: Every file of the site; two with one ``save_as`` are a bug of the planner's.
        manifest: What the last build wrote.
        stage: Gets the files.
        workers: Render when there is much to render.
        progress: Called for each file that is rendered, in order, when it is ready: with how many of all are, and how
            many plans there are, 0 while a first build still plans; and once before the first, with 0.

    Raises:
        UnsafePathError: A plan leaves the output folder; nothing after it is written.
        OSError: The output cannot be written.
    """
    if manifest.was_cut_short:
        remove_parts(Path(setup.output))
    rest = iter(plans)
    head = list(islice(rest, PARALLEL_FILES + 1))
    progress(0, 0 if len(head) > PARALLEL_FILES else len(head))
    is_much = len(head) > PARALLEL_FILES and workers.count > 1 and setup.options.is_portable
    done_so_far = Performed(entries={}, rendered={})
    if is_much and stage.is_first and workers.are_copies:
        files = _shared_build([*head, *rest], setup, manifest, stage, workers)
    elif is_much and stage.is_first:
        files = _first_build(chain(head, rest), setup, manifest, stage, workers)
    else:
        files = _next_build(chain(head, rest), setup, manifest, stage, workers, performed=done_so_far)
    changed = []
    for number, (total, done) in enumerate(files, 1):
        done_so_far.entries[done.save_as] = done.entry
        done_so_far.rendered[done.save_as] = done.reason
        if done.written is not Written.SAME:
            changed.append(done.save_as)
        progress(done_so_far.same_count + number, total)
    done_so_far.changed = tuple(changed)
    done_so_far.page_count = count_pages(done_so_far.entries)
    return done_so_far


def _first_build(
    plans: Iterable[Plan | Promise], setup: RenderSetup, manifest: Manifest, stage: Stage | TarStage, workers: Workers
) -> Iterator[tuple[int, Done]]:
    """Write while planning: yield how many files there are, 0 while that is not known, and each that is written."""
    prints = _fingerprinter(setup)
    place = stage.place(is_empty=manifest.was_empty, is_elsewhere=workers.is_elsewhere)
    templates = _templates_for(place, setup)
    sent: deque[_Wanted] = deque()
    total = 0

    def chunks() -> Iterator[Chunk]:
        nonlocal total
        count = 0
        for batch in _batches(plans):
            parcels = []
            for promised in batch:
                plan, parcel, key = _packed(prints, promised)
                parcels.append(parcel)
                sent.append(_Wanted(plan, key, _facts(prints, promised) if manifest.is_kept else b""))
            count += len(batch)
            manifest.announce(parcel.save_as for parcel in parcels)
            yield Chunk(setup, tuple(parcels), place, templates)
        total = count

    for outcomes in workers.stream(print_chunk, chunks()):
        for outcome in outcomes:
            want = sent.popleft()
            yield total, _done(want, stage.take(want.plan.save_as, outcome), "new")


def _shared_build(
    plans: Sequence[Plan | Promise], setup: RenderSetup, manifest: Manifest, stage: Stage | TarStage, workers: Workers
) -> Iterator[tuple[int, Done]]:
    """Make, render and write each plan in one of several copies of this process: yield how many there are, and each.

    Nothing but what the next build will know of a file travels.
    """
    prints = _fingerprinter(setup)
    place = stage.place(is_empty=manifest.was_empty)
    manifest.announce(plan.save_as for plan in plans)
    press = press_for(setup, files=len(plans))
    batches = list(_batches(plans, SHARED_FILES))

    def printed(number: int) -> list[tuple[bytes, bytes, Outcome]]:
        ready, known = [], []
        for promised in batches[number]:
            plan, parcel, key = _packed(prints, promised)
            ready.append(unpack(parcel) if parcel.content is None else plan)  # what has bytes already needs no others
            known.append((key, _facts(prints, promised) if manifest.is_kept else b""))
        return [(*each, outcome) for each, outcome in zip(known, press.print_all(ready, place), strict=True)]

    for batch, answers in zip(batches, workers.share(printed, len(batches)), strict=True):
        for plan, (key, facts, outcome) in zip(batch, answers, strict=True):
            taken = stage.take(plan.save_as, outcome)
            yield len(plans), Done(plan.save_as, Entry(key, taken.state, facts), "new", taken.written)


def _next_build(
    plans: Iterable[Plan | Promise],
    setup: RenderSetup,
    manifest: Manifest,
    stage: Stage | TarStage,
    workers: Workers,
    *,
    performed: Performed,
) -> Iterator[tuple[int, Done]]:
    """Render what is stale: yield how many files there are, and each that was rendered.

    Of a file that is as it was, nothing is held but what the last build knew of it: there may be a million.

    Args:
        performed: Gets the others first. A file to be rendered keeps its place in the order of the site there.
    """
    prints = _fingerprinter(setup)
    old, entries = manifest.entries, performed.entries
    wanted: list[_Wanted] = []
    for plan in plans:
        save_as = plan.save_as
        known, facts = old.get(save_as), _facts(prints, plan)
        want: _Wanted | None = None
        if known is None or not facts or known.facts != facts:
            want = _wanted(prints, plan, facts)
        is_known = known is not None and (want is None or bool(want.key and want.key == known.key))
        if known is not None and is_known and (state := manifest.still(save_as, known.state)) is not None:
            entries[save_as] = known if want is None and state is known.state else Entry(known.key, state, facts)
            continue
        want = want or _Wanted(made(plan), known.key if known else b"", facts)
        entries[save_as] = want.entry(_TO_COME)
        wanted.append(want)
    performed.same_count = len(entries) - len(wanted)
    if prints is not None and len(wanted) > PARALLEL_FILES and not stage.is_first:  # there is a site to lose
        prints.check_templates()
    stale = [want.plan for want in wanted]
    manifest.announce(plan.save_as for plan in stale)
    stage.expect(len(stale))
    if stale:
        place = stage.place(is_empty=manifest.was_empty, is_elsewhere=workers.is_elsewhere)
        for want, outcome in zip(wanted, _render(stale, setup, place, workers), strict=True):
            known = old.get(want.plan.save_as)
            taken = stage.take(want.plan.save_as, outcome)
            yield len(entries), _done(want, taken, reason_of(want.key, known.key if known else None))


# Of a file that is not rendered yet.
_TO_COME: Final = FileState(0, 0, 0, 0, b"")


class _Wanted(NamedTuple):
    """A file as it is to be: its plan, its key and its facts."""

    plan: Plan
    key: bytes
    facts: bytes

    def entry(self, state: FileState) -> Entry:
        """Return what the next build will know of the file, which is in *state* now."""
        return Entry(self.key, state, self.facts)


def _wanted(prints: Fingerprinter | None, promised: Plan | Promise, facts: bytes) -> _Wanted:
    """Return what is wanted of what was *promised*, which has these *facts*."""
    if prints is None:  # nobody asks for what it would be packed for
        return _Wanted(made(promised), b"", b"")
    plan, _, key = _packed(prints, promised)
    return _Wanted(plan, key, facts)


def _packed(prints: Fingerprinter | None, promised: Plan | Promise) -> tuple[Plan, Parcel, bytes]:
    """Return what was *promised*, how it is sent to another process, and its key; ``b""`` where nothing is fresh."""
    plan = made(promised)
    parcel = pack(plan)
    return plan, parcel, prints.key(plan, parcel) if prints else b""


def _facts(prints: Fingerprinter | None, promised: Plan | Promise) -> bytes:
    """Return the facts of *promised*; ``b""`` for a plan, which has none."""
    return prints.facts(promised) if prints and isinstance(promised, Promise) else b""


def _done(want: _Wanted, outcome: Outcome, reason: str) -> Done:
    return Done(want.plan.save_as, want.entry(outcome.state), reason, outcome.written)


def _fingerprinter(setup: RenderSetup) -> Fingerprinter | None:
    """Return who makes keys; None when a filter of the site's own cannot be read: nothing is fresh then."""
    root = f"{setup.root}|{setup.is_relative}"
    try:
        return Fingerprinter(make_environment(setup.options), options=setup.options, site=setup.site, root=root)
    except UnknownFilterError:
        return None


def _render(stale: Sequence[Plan], setup: RenderSetup, place: Place, workers: Workers) -> Iterator[Outcome]:
    """Yield the outcome of each stale plan, in order."""
    work = sum(FILES_IN_A_CARD if isinstance(plan, CardPlan) else 1 for plan in stale)
    if work < PARALLEL_FILES or workers.count == 1 or not setup.options.is_portable:
        return press_for(setup, files=len(stale)).print_all(stale, place)
    if workers.are_copies:
        press, batches = press_for(setup, files=len(stale)), list(_batches(stale, SHARED_FILES))
        return chain.from_iterable(workers.share(lambda n: list(press.print_all(batches[n], place)), len(batches)))
    templates = _templates_for(place, setup)
    chunks = (Chunk(setup, tuple(map(pack, batch)), place, templates) for batch in _batches(stale))
    return chain.from_iterable(workers.stream(print_chunk, chunks))


def _templates_for(place: Place, setup: RenderSetup) -> bytes:
    """Return what templates have to say where another machine may write to *place*; ``b""``: none does."""
    return templates_digest(setup.options) if place.mark else b""


def _batches(plans: Iterable[Planned], size: int = CHUNK_FILES) -> Iterator[list[Planned]]:
    rest = iter(plans)
    while batch := list(islice(rest, size)):
        yield batch


class Chunk(msgspec.Struct, frozen=True):
    """Plans for one process, where it writes, and what its templates have to say; ``b""``: they are those of here."""

    setup: RenderSetup
    parcels: tuple[Parcel, ...]
    place: Place
    templates: bytes = b""


class Press:
    """Renders and writes, in any process."""

    def __init__(self, setup: RenderSetup, *, files: int) -> None:
        self._renderer = Renderer(
            setup.options, site=setup.site, root=setup.root, is_relative=setup.is_relative, files=files
        )
        self._output = setup.output

    def print_all(self, plans: Iterable[Plan], place: Place = BELONGS) -> Iterator[Outcome]:
        """Yield the outcome of each of *plans*, in order."""
        with writer_at(place, output=self._output) as writer:
            for plan in plans:
                yield writer.put(plan.save_as, self._renderer.render(plan))


_presses: dict[tuple[bytes, bool], Press] = {}


def press_for(setup: RenderSetup, *, files: int) -> Press:
    """Return the press of *setup*: this process's last one while nothing about it changed, templates compiled.

    Code of a site's own cannot be compared, and gets a new press each time.

    Args:
        files: How many it is to print at least.
    """
    if not setup.options.is_portable:
        return Press(setup, files=files)
    key = templates_key(setup.options, setup)
    is_large = files >= MANY_FILES or (key, True) in _presses
    if (key, is_large) not in _presses:
        _presses.clear()
        _presses[key, is_large] = Press(setup, files=files)
    return _presses[key, is_large]


def print_chunk(chunk: Chunk) -> list[Outcome]:
    """Render and write the plans of *chunk*; a process keeps its templates compiled for the next one.

    Raises:
        ElsewhereError: Templates here are not those of the machine that asks.
    """
    if chunk.templates and templates_digest(chunk.setup.options) != chunk.templates:
        msg = "templates or words differ there"
        raise ElsewhereError(msg)
    press = press_for(chunk.setup, files=PARALLEL_FILES)
    return list(press.print_all(map(unpack, chunk.parcels), chunk.place))
