"""``news-digest images``: everything that has to do with pictures and is no build: fetch, make, prune, report."""

from __future__ import annotations

import logging
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from ..build import CACHE_FOLDER
from ..errors import DigestError, diagnose
from ..frontmatter.cache import clock_ns
from ..images.make import made_key, make_pictures, plan_jobs
from ..images.plan import ImageMode, ImagePlanner
from ..images.process import can_make_avif, encoder_versions
from ..images.recipe import Recipe, icon_recipe, picture_recipe
from ..images.store import PictureStore
from ..images.wanted import Kind, Wanted, plan_wanted
from ..plugin import forget_last_build
from ..progress import phase
from ..settings import DigestSettings
from ..workers import Workers, worker_count
from .open_site import open_site

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..errors import Diagnostic
    from ..frontmatter.files import FileState
    from ..images.pictures import MadePicture, Picture

log = logging.getLogger(__name__)


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be done for one site.

    Attributes:
        content, cache: Pelican's ``PATH``, and the plugin's folder in its ``CACHE_PATH``.
        url: ``SITEURL``.
    """

    settings: DigestSettings
    content: Path
    cache: Path
    url: str
    wanted: tuple[Wanted, ...]


def write_images(*, settings: Path, content: Path | None = None) -> int:
    """Bring the pictures in the cache up to date with the content.

    Args:
        settings: Pelican's settings file.
        content: Instead of ``PATH``.

    Returns:
        0, whatever pictures are missing; 1 when the settings or the cache cannot be used.
    """
    if not settings.is_file():
        print(f"news-digest: there is no {settings} here; say which with -s", file=sys.stderr)
        return 1
    try:
        task = _read(settings, content)
        for problem in _perform(task):
            print(problem)
    except (DigestError, OSError) as error:
        print(f"news-digest: {error}", file=sys.stderr)
        return 1
    return 0


def _read(path: Path, content: Path | None) -> Task:
    """Read the content, and keep of it what pictures are about: the rest may be large."""
    with _quiet():
        site = open_site(path, content=content)
    build, generator = site.build, site.generator
    planner = ImagePlanner(
        build.archive.items, local_files=generator.local_files(), mode=ImageMode(build.settings.images)
    )
    items = build.catalogue.published
    icons = [provider.icon for provider in build.catalogue.providers.values() if provider.icon]
    icons += [item.provider.icon for item in items if item.provider and item.provider.icon]
    mode = ImageMode(build.settings.images)
    wanted = plan_wanted(items, icons, planner=planner, allows_fetching=mode is ImageMode.CACHE)
    build.workers.close()
    forget_last_build()
    return Task(
        settings=build.settings,
        content=generator.path,
        cache=Path(generator.settings["CACHE_PATH"], CACHE_FOLDER),
        url=str(generator.settings["SITEURL"]),
        wanted=wanted if mode is not ImageMode.NONE else (),
    )


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep back what there is to say about the content: a build says it."""
    logging.disable(logging.WARNING)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)


def _perform(task: Task) -> Iterator[Diagnostic]:
    store = PictureStore(task.cache)
    recipes = _recipes(task.settings)
    seen_ns = clock_ns()
    local = dict(_local_states(task, store))
    sources = [*_sources(task, store, local)]
    _make(task, store, recipes, sources)
    keys = {wanted.address: made_key(digest, recipes[wanted.kind]) for wanted, _, digest in sources}
    pictures = store.save_index(
        {address: key for address, key in keys.items() if address not in local},
        {address: (state, keys[address]) for address, state in local.items()},
        seen_ns=seen_ns,
    )
    yield from _problems(task, store, keys, pictures)


def _recipes(settings: DigestSettings) -> dict[Kind, Recipe]:
    if settings.image_avif and not can_make_avif():
        log.warning("DIGEST_IMAGE_AVIF: this Pillow knows no AVIF, so pictures are made as WebP only")
    made_with = encoder_versions()
    has_avif = settings.image_avif and can_make_avif()
    keeps_motion = settings.image_motion == "keep"
    return {
        Kind.PICTURE: picture_recipe(has_avif=has_avif, keeps_motion=keeps_motion, made_with=made_with),
        Kind.ICON: icon_recipe(made_with=made_with),
    }


def _local_states(task: Task, store: PictureStore) -> Iterator[tuple[str, FileState]]:
    for wanted in task.wanted:
        if not wanted.is_remote:
            try:
                yield wanted.address, store.local_state(task.content / wanted.address, wanted.address)
            except OSError as error:
                log.warning("%s cannot be read: %s", wanted.address, error.strerror)


def _sources(task: Task, store: PictureStore, local: dict[str, FileState]) -> Iterator[tuple[Wanted, str, str]]:
    """Yield what is wanted and there: with the file's path, and the digest of its bytes."""
    for wanted in task.wanted:
        if wanted.address in local:
            yield wanted, str(task.content / wanted.address), local[wanted.address].digest.hex()
        elif (answer := store.ledger.records.get(wanted.address)) and store.has_source(answer.source):
            yield wanted, str(store.source_path(answer.source)), answer.source


def _make(task: Task, store: PictureStore, recipes: dict[Kind, Recipe], sources: list[tuple[Wanted, str, str]]) -> None:
    jobs = plan_jobs(
        ((path, digest, wanted.kind) for wanted, path, digest in sources),
        recipes=recipes,
        folder=str(store.made_folder),
        has_made=store.has_made,
    )
    if not jobs:
        return
    workers = Workers(worker_count(task.settings.workers))
    count = 0
    with phase("Making", "pictures") as progress:

        def on_made(made: MadePicture) -> None:
            nonlocal count
            count += 1
            store.made.note(made)
            progress(count, len(jobs))

        make_pictures(jobs, workers=workers, on_made=on_made)
    workers.close()


def _problems(
    task: Task, store: PictureStore, keys: dict[str, str], pictures: dict[str, Picture]
) -> Iterator[Diagnostic]:
    for wanted in task.wanted:
        made = store.made.records.get(keys.get(wanted.address, ""))
        if wanted.address not in pictures and made is not None:
            message = f"images: {wanted.address} → is {made.problem}"
            yield diagnose("ND302", message, path=wanted.path or wanted.address)
