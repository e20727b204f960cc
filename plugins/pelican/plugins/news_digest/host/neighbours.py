"""Other plugins that write to the output beside us: what they write as a whole is left to them, what they change of
ours is known as theirs, and said once in a build.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from pelican.plugins import signals

from ..errors import counted
from ..output.folder.afterwards import foreign_files, is_contested
from ..pages.plans import REDIRECTS, Plan, Promise
from .listening import listeners, plugin_of
from .terminal import print_line

if TYPE_CHECKING:
    from ..output.manifest import Manifest

SOMEBODY = "something else in this build"


def left_to_others(output: Path, manifest: Manifest, *, since_ns: int) -> dict[str, str]:
    """Return the files of the output's root that are not ours to write → who writes them.

    These are files that somebody has written since this build began (a template of the site's own, a plugin), and those
    that a plugin wrote anew after us last time, as long as it is still there.
    """
    found = {}
    with suppress(FileNotFoundError), os.scandir(output) as entries:
        young = [entry.name for entry in entries if entry.is_file() and entry.stat().st_mtime_ns >= since_ns]
        found = {name: SOMEBODY for name in young if not manifest.stands(name)}
    there = {plugin_of(receiver) for receiver in _later()}
    last = {save_as: plugin for save_as, plugin in manifest.written.theirs.items() if there & {*plugin.split(", ")}}
    return {**last, **found}


def without_theirs(
    plans: Iterable[Plan | Promise], theirs: Mapping[str, str], *, left: dict[str, str]
) -> Iterable[Plan | Promise]:
    """Return *plans* but for those of the files *theirs*; *left* gets those that there were."""

    def is_ours(plan: Plan | Promise) -> bool:
        if plan.save_as in theirs:
            left[plan.save_as] = theirs[plan.save_as]
        return plan.save_as not in theirs

    return filter(is_ours, plans) if theirs else plans


def look_after(output: Path, manifest: Manifest, *, touched: Mapping[str, str]) -> None:
    """Look what others made of a site that stands, and say whose doing it is.

    Args:
        touched: Pages that a plugin wrote to when it heard of them → the plugin.
    """
    foreign = tuple(foreign_files(output, manifest.entries))
    if not foreign:
        return
    ended = ", ".join(sorted({plugin_of(receiver) for receiver in listeners(signals.finalized)}))
    owners = {save_as: touched.get(save_as) or ended or SOMEBODY for save_as in foreign}
    pages = Counter(owners[save_as] for save_as in foreign if save_as.endswith(".html"))
    for plugin, count in sorted(pages.items()):
        text = f"{counted(count, 'page')} changed by {plugin}: each build renders them anew, and no others for it"
        print_line(text)
    theirs = {save_as: owners[save_as] for save_as in foreign if is_contested(save_as)}
    if theirs and manifest.is_latest():
        written = manifest.written
        entries = {save_as: entry for save_as, entry in written.entries.items() if save_as not in theirs}
        say_whose(theirs)
        manifest.amend(msgspec.structs.replace(written, entries=entries, theirs={**written.theirs, **theirs}))


def say_whose(theirs: Mapping[str, str]) -> None:
    """Say which files are left to whom."""
    for save_as, plugin in sorted(theirs.items()):
        text = f"{save_as} is left to {plugin}: News Digest writes none of its own"
        print_line(text)


def without_copied(plans: Iterable[Plan | Promise], copies: Collection[str]) -> Iterable[Plan | Promise]:
    """Return *plans* but for files that the owner has copied there, and say whose lines redirect readers."""

    def is_ours(plan: Plan | Promise) -> bool:
        if plan.save_as in copies and plan.save_as == REDIRECTS:  # of other files, the owner's says all that ours would
            print_line(f"{REDIRECTS} is your own: News Digest writes none, and old addresses lead on by pages alone")
        return plan.save_as not in copies

    return filter(is_ours, plans) if copies else plans


def _later() -> Iterator[Callable[..., object]]:
    yield from (*listeners(signals.finalized), *listeners(signals.content_written))
