"""Which pictures are still to be made, and making them over processes within a bound of memory."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import closing
from typing import TYPE_CHECKING, Final

from .elsewhere import make_pictures_elsewhere
from .process import PictureJob, make_picture, memory_needed

if TYPE_CHECKING:
    from ...running.workers import Workers
    from ..pictures import MadePicture
    from .recipe import Recipe
    from .wanted import Kind

# What all processes together may take for pixels; one picture alone takes at most as much.
MEMORY_BYTES: Final = 192 * 2**20


def made_key(digest: str, recipe: Recipe) -> str:
    """Return what is known of a source with *digest* once it was made after *recipe*."""
    return f"{digest}-{recipe.key()}"


def plan_jobs(
    sources: Iterable[tuple[str, str, Kind]],
    *,
    recipes: Mapping[Kind, Recipe],
    folder: str,
    has_made: Callable[[str], bool],
) -> tuple[PictureJob, ...]:
    """Return what is to be made, each once, in order.

    Args:
        sources: Path, digest and kind of each picture.
        has_made: Whether there is nothing to do for a key.
    """
    jobs: dict[str, PictureJob] = {}
    for path, digest, kind in sources:
        key = made_key(digest, recipes[kind])
        if key not in jobs and not has_made(key):
            jobs[key] = PictureJob(key=key, source=path, recipe=recipes[kind], folder=folder)
    return tuple(jobs.values())


def make_pictures(
    jobs: Iterable[PictureJob],
    *,
    workers: Workers,
    on_made: Callable[[MadePicture], None],
    is_over: Callable[[], bool] = lambda: False,
) -> None:
    """Make pictures, and tell *on_made* of each.

    Those that are so large that several at once would take too much memory are made one by one, at the end.

    Args:
        is_over: Whether the rest is left for another time; asked before each.
    """
    small: list[PictureJob] = []
    large: list[PictureJob] = []
    for job in jobs:
        is_large = memory_needed(job.source, job.recipe) > MEMORY_BYTES // workers.count
        (large if is_large else small).append(job)
    if not is_over():
        with closing(_made(small, workers)) as answers:
            for made in answers:
                on_made(made)
                if is_over():
                    break
    workers.close()  # idle, they would still hold what they took
    for job in large:
        if is_over():
            break
        on_made(make_picture(job))


def _made(jobs: Sequence[PictureJob], workers: Workers) -> Generator[MadePicture]:
    if workers.is_elsewhere:
        yield from make_pictures_elsewhere(jobs, workers)
    else:
        yield from workers.map(make_picture, jobs)
