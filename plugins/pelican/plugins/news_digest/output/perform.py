"""Plans → files: what is stale is rendered, what differs is written, what is over is removed."""

from __future__ import annotations

import os
from collections import deque
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from ..frontmatter.cache import clock_ns
from ..frontmatter.files import FileState, digest_of
from ..kept import Kept
from ..pages.plans import CardPlan, PagePlan
from ..pages.views import SiteView
from .fingerprint import Fingerprinter, UnknownFilterError, framed_key, reason_of
from .manifest import Entry, Manifest, state_of
from .packing import Parcel, pack, unpack
from .render import MANY_FILES, Renderer, TemplateOptions, make_environment, templates_key
from .writer import OutputWriter, Written, remove_parts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from ..pages.plans import Plan
    from ..workers import Workers

# Below this many stale files, starting processes costs more than they save.
PARALLEL_FILES: Final = 600
# Drawing a card takes as long as rendering so many pages.
FILES_IN_A_CARD: Final = 6
CHUNK_FILES: Final = 100


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


class Outcome(msgspec.Struct, frozen=True, array_like=True):
    """What became of one plan: whether its bytes changed, and the file as it is now."""

    written: Written
    state: FileState


class Done(msgspec.Struct, frozen=True):
    """One file of the site that is up to date.

    Attributes:
        slug: Of the item whose page it is; ``""`` for any other file.
        reason: Why it was rendered, in words; ``""``: it was left alone.
        is_changed: Whether its bytes are new.
    """

    save_as: str
    slug: str
    key: bytes
    state: FileState
    reason: str = ""
    is_changed: bool = False


class Performed(msgspec.Struct, kw_only=True):
    """What a build did to the output.

    Attributes:
        page_count: How many HTML files the site has.
        rendered: The files that were rendered, each with the reason in words.
        changed: The files whose bytes are new.
        removed: The files that are over.
    """

    page_count: int = 0
    rendered: dict[str, str] = {}
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


def perform(  # noqa: PLR0913 - what a build works with
    plans: Iterable[Plan],
    *,
    setup: RenderSetup,
    manifest: Manifest,
    workers: Workers,
    trusts_keys: bool,
    on_file: Callable[[int, int, Done], None],
    kept: Kept[bytes] | None = None,
) -> Performed:
    """Bring the output up to date with *plans*.

    All plans are known before the first file is written, so that a planner that fails leaves the last site whole. Only
    a first build, which has no site to lose, writes while it plans.

    Args:
        plans: Every file of the site; two with one ``save_as`` are a bug of the planner's.
        manifest: What the last build wrote.
        workers: Render when there is much to render.
        trusts_keys: Whether a file whose key is unchanged may be left alone; False renders everything.
        on_file: Called for each plan, in order, when its file is up to date: with its number, from 1, and how many
            plans are known (in a first build: so far).
        kept: The keys of the last build's plans, by file.

    Raises:
        UnsafePathError: A plan leaves the output folder; nothing after it is written.
        OSError: The output cannot be written.
    """
    seen_ns = clock_ns()
    if manifest.was_cut_short:
        remove_parts(Path(setup.output))
    rest = iter(plans)
    head = list(islice(rest, PARALLEL_FILES + 1))
    is_much = len(head) > PARALLEL_FILES and workers.count > 1 and setup.options.is_portable
    has_site = bool(manifest.entries) or Path(setup.output, "index.html").exists()
    if is_much and trusts_keys and not has_site:
        files = _first_build(chain(head, rest), setup, manifest, workers)
    else:
        kept = kept or Kept(lasts=False)
        kept.begin()
        files = _next_build([*head, *rest], setup, manifest, workers, kept, trusts_keys=trusts_keys)
    entries: dict[str, Entry] = {}
    rendered: dict[str, str] = {}
    changed = []
    for number, (known, done) in enumerate(files, 1):
        entries[done.save_as] = Entry(done.key, done.state)
        if done.reason:
            rendered[done.save_as] = done.reason
        if done.is_changed:
            changed.append(done.save_as)
        on_file(number, known, done)
    removed = manifest.prune(entries)
    manifest.save(entries, seen_ns=seen_ns)
    page_count = sum(save_as.endswith(".html") for save_as in entries)
    return Performed(page_count=page_count, rendered=rendered, changed=tuple(changed), removed=removed)


def _first_build(
    plans: Iterable[Plan], setup: RenderSetup, manifest: Manifest, workers: Workers
) -> Iterator[tuple[int, Done]]:
    """Write while planning: yield how many files are planned so far, and each that is written."""
    prints = _fingerprinter(setup)
    sent: deque[tuple[str, str, bytes]] = deque()
    known = 0

    def chunks() -> Iterator[Chunk]:
        nonlocal known
        for batch in _batches(plans):
            parcels = tuple(map(pack, batch))
            for plan, parcel in zip(batch, parcels, strict=True):
                sent.append((plan.save_as, _slug(plan), prints.key(plan, parcel) if prints else b""))
            known += len(batch)
            manifest.announce(parcel.save_as for parcel in parcels)
            yield Chunk(setup, parcels)

    for outcomes in workers.stream(print_chunk, chunks()):
        for outcome in outcomes:
            save_as, slug, key = sent.popleft()
            yield known, _done(save_as, slug, key, outcome, "new")


def _next_build(
    plans: Sequence[Plan],
    setup: RenderSetup,
    manifest: Manifest,
    workers: Workers,
    kept_keys: Kept[bytes],
    *,
    trusts_keys: bool,
) -> Iterator[tuple[int, Done]]:
    """Render what is stale: yield how many files there are, and each that is up to date."""
    prints = _fingerprinter(setup)
    keys = {plan.save_as: _kept_key(prints, plan, kept_keys) for plan in plans}
    old_keys = {save_as: entry.key for save_as, entry in manifest.entries.items()} if trusts_keys else {}
    kept: dict[str, FileState] = {}
    for save_as, key in keys.items():
        if key and old_keys.get(save_as) == key and (state := manifest.intact(save_as)) is not None:
            kept[save_as] = state
    stale = [plan for plan in plans if plan.save_as not in kept]
    if prints is not None and len(stale) > PARALLEL_FILES:
        prints.check_templates()
    manifest.announce(plan.save_as for plan in stale)
    outcomes = _render(stale, setup, workers)
    for plan in plans:
        save_as, key = plan.save_as, keys[plan.save_as]
        if save_as in kept:
            yield len(plans), Done(save_as, _slug(plan), key, kept[save_as])
        else:
            reason = reason_of(key, old_keys, save_as)
            yield len(plans), _done(save_as, _slug(plan), key, next(outcomes), reason)


def _done(save_as: str, slug: str, key: bytes, outcome: Outcome, reason: str) -> Done:
    return Done(save_as, slug, key, outcome.state, reason, outcome.written is not Written.SAME)


def _slug(plan: Plan) -> str:
    return plan.slug if isinstance(plan, PagePlan) else ""


def _fingerprinter(setup: RenderSetup) -> Fingerprinter | None:
    """Return who makes keys; None when a filter of the site's own cannot be read: nothing is fresh then."""
    root = f"{setup.root}|{setup.is_relative}"
    try:
        return Fingerprinter(make_environment(setup.options), options=setup.options, site=setup.site, root=root)
    except UnknownFilterError:
        return None


def _kept_key(prints: Fingerprinter | None, plan: Plan, kept: Kept[bytes]) -> bytes:
    """Return the key of *plan*; that of the last build's, when it is the same plan."""
    if prints is None:
        return b""
    frame = prints.frame(plan)
    return kept.of(plan.save_as, (frame, plan), lambda: framed_key(frame, pack(plan)))


def _render(stale: Sequence[Plan], setup: RenderSetup, workers: Workers) -> Iterator[Outcome]:
    """Yield the outcome of each stale plan, in order."""
    work = sum(FILES_IN_A_CARD if isinstance(plan, CardPlan) else 1 for plan in stale)
    if work < PARALLEL_FILES or workers.count == 1 or not setup.options.is_portable:
        return press_for(setup, files=len(stale)).print_all(stale)
    chunks = (Chunk(setup, tuple(map(pack, batch))) for batch in _batches(stale))
    return chain.from_iterable(workers.stream(print_chunk, chunks))


def _batches(plans: Iterable[Plan]) -> Iterator[list[Plan]]:
    rest = iter(plans)
    while batch := list(islice(rest, CHUNK_FILES)):
        yield batch


class Chunk(msgspec.Struct, frozen=True):
    """Plans for one process."""

    setup: RenderSetup
    parcels: tuple[Parcel, ...]


class Press:
    """Renders and writes, in any process."""

    def __init__(self, setup: RenderSetup, *, files: int) -> None:
        self._renderer = Renderer(
            setup.options, site=setup.site, root=setup.root, is_relative=setup.is_relative, files=files
        )
        self._output = setup.output
        self._writer = OutputWriter(Path(setup.output))

    def print_all(self, plans: Iterable[Plan]) -> Iterator[Outcome]:
        """Yield the outcome of each of *plans*, in order.

        They are rendered before the first of them is written, so that a template which fails half-way leaves the site
        as it was: some hundred at once, for they have to be held in memory.
        """
        rest = iter(plans)
        while group := list(islice(rest, PARALLEL_FILES)):
            for plan, data in zip(group, [self._renderer.render(plan) for plan in group], strict=True):
                written = self._writer.write(plan.save_as, data)
                yield Outcome(written, state_of(os.path.join(self._output, plan.save_as), digest_of(data)))


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
    """Render and write the plans of *chunk*; a process keeps its templates compiled for the next one."""
    return list(press_for(chunk.setup, files=PARALLEL_FILES).print_all(map(unpack, chunk.parcels)))
