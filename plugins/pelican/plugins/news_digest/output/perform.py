"""Plans → files: what is stale is rendered, what differs is written, what is over is removed."""

from __future__ import annotations

import os
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from ..frontmatter.cache import clock_ns
from ..frontmatter.files import FileState, digest_of
from ..pages.plans import Plan
from ..pages.views import SiteView
from .fingerprint import Fingerprinter, UnknownFilterError, reasons
from .manifest import Entry, Manifest, state_of
from .render import Renderer, TemplateOptions, make_environment
from .writer import OutputWriter, Written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from jinja2 import Environment

    from ..workers import Workers

# Below this many stale files, starting processes costs more than they save.
PARALLEL_FILES: Final = 600
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


class Performed(msgspec.Struct, kw_only=True):
    """What a build did to the output.

    Attributes:
        rendered: The files that were rendered, each with the reason in words.
        changed: The files whose bytes are new.
        removed: The files that are over.
    """

    rendered: dict[str, str] = {}
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


def perform(
    plans: Sequence[Plan],
    *,
    setup: RenderSetup,
    manifest: Manifest,
    workers: Workers,
    trusts_keys: bool,
    on_file: Callable[[int, Plan], None],
) -> Performed:
    """Bring the output up to date with *plans*.

    Args:
        plans: Every file of the site; two with one ``save_as`` are a bug of the planner's.
        manifest: What the last build wrote.
        workers: Render when there is much to render.
        trusts_keys: Whether a file whose key is unchanged may be left alone; False renders everything.
        on_file: Called for each plan, in order, when its file is up to date: with its number, from 1.

    Raises:
        UnsafePathError: A plan leaves the output folder; nothing after it is written.
        OSError: The output cannot be written.
    """
    seen_ns = clock_ns()
    environment = make_environment(setup.options)
    # Without a last build everything is stale, and the keys can be worked out while processes render.
    keys = _keys(plans, setup, environment) if manifest.entries else {}
    old_keys = {save_as: entry.key for save_as, entry in manifest.entries.items()} if keys and trusts_keys else {}
    states: dict[str, FileState] = {}
    performed = Performed()
    for plan in plans:
        key = keys.get(plan.save_as, b"")
        state = manifest.intact(plan.save_as) if key and old_keys.get(plan.save_as) == key else None
        if state is not None:
            states[plan.save_as] = state
        else:
            performed.rendered[plan.save_as] = reasons(key, old_keys, plan.save_as, is_intact=False)
    stale = [plan for plan in plans if plan.save_as not in states]
    manifest.announce(plan.save_as for plan in stale)
    outcomes = _render(stale, setup, workers)
    keys = keys or _keys(plans, setup, environment)
    changed = []
    for number, plan in enumerate(plans, 1):
        if plan.save_as not in states:
            outcome = next(outcomes)
            states[plan.save_as] = outcome.state
            if outcome.written is not Written.SAME:
                changed.append(plan.save_as)
        on_file(number, plan)
    performed.changed = tuple(changed)
    performed.removed = manifest.prune(states)
    manifest.save({path: Entry(keys.get(path, b""), state) for path, state in states.items()}, seen_ns=seen_ns)
    return performed


def _keys(plans: Sequence[Plan], setup: RenderSetup, environment: Environment) -> dict[str, bytes]:
    """Return each file's key; nothing when a filter of the site's own cannot be read."""
    root = f"{setup.root}|{setup.is_relative}"
    try:
        prints = Fingerprinter(environment, options=setup.options, site=setup.site, root=root)
    except UnknownFilterError:
        return {}
    return {plan.save_as: prints.key(plan) for plan in plans}


def _render(stale: Sequence[Plan], setup: RenderSetup, workers: Workers) -> Iterator[Outcome]:
    """Return the outcome of each stale plan, in order; with processes they are at work when this returns."""
    options = setup.options
    has_own_code = bool(options.filters or options.globals or options.tests)
    if len(stale) < PARALLEL_FILES or workers.count == 1 or has_own_code:
        return Press(setup).print_all(stale)
    chunks = [Chunk(setup, tuple(stale[at : at + CHUNK_FILES])) for at in range(0, len(stale), CHUNK_FILES)]
    return chain.from_iterable(workers.map(print_chunk, chunks))


class Chunk(msgspec.Struct, frozen=True):
    """Plans for one process."""

    setup: RenderSetup
    plans: tuple[Plan, ...]


class Press:
    """Renders and writes, in any process."""

    def __init__(self, setup: RenderSetup) -> None:
        self._renderer = Renderer(setup.options, site=setup.site, root=setup.root, is_relative=setup.is_relative)
        self._output = setup.output
        self._writer = OutputWriter(Path(setup.output))

    def print_all(self, plans: Sequence[Plan]) -> Iterator[Outcome]:
        """Yield the outcome of each of *plans*, in order."""
        for plan in plans:
            data = self._renderer.render(plan)
            written = self._writer.write(plan.save_as, data)
            yield Outcome(written, state_of(os.path.join(self._output, plan.save_as), digest_of(data)))


_presses: dict[bytes, Press] = {}


def print_chunk(chunk: Chunk) -> list[Outcome]:
    """Render and write the plans of *chunk*; a process keeps its templates compiled for the next one."""
    key = msgspec.msgpack.encode(chunk.setup, enc_hook=repr)
    if key not in _presses:
        _presses.clear()
        _presses[key] = Press(chunk.setup)
    return list(_presses[key].print_all(chunk.plans))
