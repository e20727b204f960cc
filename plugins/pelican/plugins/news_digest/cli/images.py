"""``news-digest images``: everything about pictures that a build does not do: fetch, make, prune, report."""

from __future__ import annotations

import argparse
import logging
import math
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from ..errors import Diagnostic, DigestError, counted, diagnose
from ..frontmatter.cache import clock_ns
from ..host.build import CACHE_FOLDER, elsewhere_of
from ..host.progress import phase
from ..host.summary import forget_last_build
from ..images.ledger import DAY_S, Patience, due_addresses, note_outcome
from ..images.making.make import made_key, make_pictures, plan_jobs
from ..images.making.process import can_make_avif, encoder_versions
from ..images.making.recipe import Recipe, icon_recipe
from ..images.making.store import PictureStore
from ..images.making.wanted import Kind, Wanted, plan_wanted
from ..images.own_pictures import line_naming
from ..images.plan import ImageMode, ImagePlanner
from ..images.request import PICTURES
from ..network.client import Client
from ..network.exchange import Limits
from ..network.fetch import Fetcher, Manners
from ..network.guard import Allowed
from ..network.outcome import Ask, Outcome
from ..running.workers import Workers, worker_count
from ..settings import DigestSettings
from .command import Exit, add_content, add_settings, require_file
from .hosts import add_allow_host, agent, allowed_hosts
from .open_site import open_site
from .terminal import complain, log_to_stdout, say

if TYPE_CHECKING:
    from ..disk.files import FileState
    from ..images.pictures import MadePicture, Picture

log = logging.getLogger(__name__)
MEGABYTE = 10**6
# Of the time that a run may take: what was fetched is of no use until it is made.
FETCHING_SHARE = 2 / 3
DESCRIPTION = (
    "Fetch the pictures that items name, and resize them for the pages. The next build shows them, without any network "
    "access. Failures are reported, but never make the command fail."
)
EXAMPLES = """\
news-digest images                            before a build
news-digest images --minutes 5                stop soon; the next run continues
news-digest images --offline                  without a network: resize what is there
news-digest images --allow-host files.lan:80  also from a host in your own network
"""


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be done for one site.

    Attributes:
        content, cache: Pelican's ``PATH``, and the plugin's folder in its ``CACHE_PATH``.
        url: ``SITEURL``: who asks.
        said: What the build says of the site's own pictures that are not there.
        retries_failed: Whether hosts are asked now for what failed lately.
        minutes: How long the run may take; 0: as long as it needs.
        start_s: When the run began, on a clock that never goes back.
    """

    settings: DigestSettings
    content: Path
    cache: Path
    url: str
    wanted: tuple[Wanted, ...]
    said: tuple[Diagnostic, ...]
    is_offline: bool
    retries_failed: bool
    allowed: Allowed
    minutes: float
    start_s: float

    def until_s(self, share: float = 1.0) -> float:
        """Return when *share* of the time that the run may take is over."""
        return self.start_s + self.minutes * 60 * share if self.minutes else math.inf


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what ``images`` can be told."""
    add_content(parser)
    add_settings(parser)
    parser.add_argument("--offline", action="store_true", help="do not use the network; only resize what is there")
    parser.add_argument("--retry", action="store_true", help="retry recent failures now")
    add_allow_host(parser)
    parser.add_argument(
        "--minutes",
        type=_minutes,
        metavar="N",
        help="stop after N minutes and leave the rest for the next run (default: DIGEST_IMAGE_MINUTES); 0: no limit",
    )


def _minutes(text: str) -> float:
    """Return how many minutes *text* says, which argparse names when it is none."""
    minutes = float(text)
    if not 0 <= minutes < math.inf:
        raise ValueError
    return minutes


def run(args: argparse.Namespace) -> int:
    """Bring the pictures in the cache up to date with the content.

    Returns:
        0, whatever pictures are missing and also when the time was up; 1 when the cache cannot be used.
    """
    require_file(args.settings)
    log_to_stdout()
    try:
        task = _read(args, start_s=time.monotonic())
        for problem in _perform(task):
            say(str(problem))
    except (DigestError, OSError) as error:
        complain(str(error))
        return getattr(error, "exitcode", Exit.PROBLEMS)
    return Exit.DONE


def _read(args: argparse.Namespace, *, start_s: float) -> Task:
    """Read the content, and keep of it what pictures are about: the rest may be large."""
    with _quiet():
        site = open_site(args.settings, content=args.content)
    build, generator = site.build, site.generator
    hosts = (*build.settings.image_allow_hosts, *args.allow_host)
    allowed = allowed_hosts(hosts, named_by="DIGEST_IMAGE_ALLOW_HOSTS")
    mode = ImageMode(build.settings.images)
    planner = ImagePlanner(build.archive.items, local_files=build.own_files, mode=mode)
    items = build.catalogue.published
    icons = [(item.provider.icon, item.source_path) for item in items if item.provider and item.provider.icon]
    icons += [(provider.icon, "") for provider in build.catalogue.providers.values() if provider.icon]
    records = [story.record for story in build.catalogue.stories.paged if story.record]
    wanted = plan_wanted(
        items,
        icons,
        chosen=[(record.picture, record.source_path) for record in records if record.picture],
        planner=planner,
        allows_fetching=mode is ImageMode.CACHE,
    )
    build.workers.close()
    forget_last_build()
    return Task(
        settings=build.settings,
        content=generator.path,
        cache=Path(generator.settings["CACHE_PATH"], CACHE_FOLDER),
        url=str(generator.settings["SITEURL"]),
        wanted=wanted if mode is not ImageMode.NONE else (),
        said=tuple(diagnostic for diagnostic in build.diagnostics if diagnostic.code == "ND303"),
        is_offline=args.offline,
        retries_failed=args.retry,
        allowed=allowed,
        minutes=build.settings.image_minutes if args.minutes is None else args.minutes,
        start_s=start_s,
    )


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep back the diagnostics of the content: a build reports them."""
    logging.disable(logging.WARNING)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)


def _perform(task: Task) -> Iterator[Diagnostic]:
    store = PictureStore(task.cache)
    recipes = _recipes(task.settings)
    seen_ns = clock_ns()
    unfetched = 0 if task.is_offline else _fetch(task, store)
    local = dict(_local_states(task, store))
    sources = list(_sources(task, store, local))
    unmade = _make(task, store, recipes, sources)
    keys = {wanted.address: made_key(digest, recipes[wanted.kind]) for wanted, _, digest in sources}
    pictures = store.save_index(
        {address: key for address, key in keys.items() if address not in local},
        {address: (state, keys[address]) for address, state in local.items()},
        seen_ns=seen_ns,
    )
    yield from _problems(task, store, keys, pictures)
    if unfetched or unmade:
        say(
            f"The time is up (DIGEST_IMAGE_MINUTES). Left for the next run: {counted(unfetched, 'picture')} to be"
            f" fetched, {unmade:,} to be made"
        )
    removed = store.prune((wanted.address for wanted in task.wanted), keys.values(), pictures.values())
    if removed:
        say(f"Removed: {counted(len(removed), 'file')} that no page uses")


def _fetch(task: Task, store: PictureStore) -> int:
    """Ask hosts for what is missing or may have changed; everything that they say is noted at once."""
    settings = task.settings
    answers = store.ledger.records
    addresses = [wanted.address for wanted in task.wanted if wanted.is_remote]
    there = {address: store.has_source(answers[address].source) for address in addresses if address in answers}
    now_s = int(time.time())
    due = due_addresses(
        addresses,
        answers,
        has_source=there,
        now_s=now_s,
        patience=Patience(recheck_s=settings.image_recheck_days * DAY_S, retries_failed=task.retries_failed),
    )
    if not due:
        return 0
    client = Client(
        store.sources,
        wants=PICTURES,
        allowed=task.allowed,
        limits=Limits(max_bytes=settings.image_max_mb * MEGABYTE),
        agent=agent(task.url),
    )
    fetcher = Fetcher(client, manners=Manners())
    count = failed = received = 0
    held: list[Outcome] = []
    with phase("Fetching", "picture") as progress:
        for outcome in fetcher.fetch([_ask(store, address) for address in due], until_s=task.until_s(FETCHING_SHARE)):
            count += 1
            failed += bool(outcome.problem)
            received += outcome.size_bytes
            held.append(outcome)
            # Without a network, nothing is learnt of any picture.
            while held and not fetcher.is_offline:
                found = held.pop(0)
                store.ledger.note(note_outcome(answers.get(found.url), found, now_s=now_s))
            progress(count, len(due), f"{received / MEGABYTE:.1f} MB, {failed:,} failed")
    if count and fetcher.is_offline:
        log.warning("no host can be reached: pictures from other hosts stay as they were")
    return len(due) - count


def _ask(store: PictureStore, address: str) -> Ask:
    known = store.ledger.records.get(address)
    if known is None or not store.has_source(known.source):
        return Ask(url=address)
    return Ask(url=address, source=known.source, etag=known.etag, modified=known.modified)


def _recipes(settings: DigestSettings) -> dict[Kind, Recipe]:
    if settings.image_avif and not can_make_avif():
        log.warning("DIGEST_IMAGE_AVIF: this Pillow does not support AVIF, so pictures are made as WebP only")
    made_with = encoder_versions()
    has_avif = settings.image_avif and can_make_avif()
    keeps_motion = settings.image_motion == "keep"
    return {
        Kind.PICTURE: Recipe(has_avif=has_avif, keeps_motion=keeps_motion, made_with=made_with),
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


def _make(
    task: Task, store: PictureStore, recipes: dict[Kind, Recipe], sources: Sequence[tuple[Wanted, str, str]]
) -> int:
    """Make what is there and was not made yet; return how many pictures are left, because the time was up."""
    jobs = plan_jobs(
        ((path, digest, wanted.kind) for wanted, path, digest in sources),
        recipes=recipes,
        folder=str(store.made_folder),
        has_made=store.has_made,
    )
    if not jobs:
        return 0
    workers = Workers(worker_count(task.settings.workers), elsewhere=elsewhere_of(task.settings))
    count = before = after = 0
    with phase("Making", "picture") as progress:

        def on_made(made: MadePicture) -> None:
            nonlocal count, before, after
            count += 1
            before += made.source_bytes
            after += made.made_bytes
            store.made.note(made)
            progress(count, len(jobs), f"{before / MEGABYTE:.1f} MB → {after / MEGABYTE:.1f} MB")

        try:
            make_pictures(jobs, workers=workers, on_made=on_made, is_over=lambda: time.monotonic() >= task.until_s())
        finally:
            workers.close()
    return len(jobs) - count


def _problems(
    task: Task, store: PictureStore, keys: dict[str, str], pictures: dict[str, Picture]
) -> Iterator[Diagnostic]:
    """Yield what to say of each picture that is missing."""
    yield from task.said
    for wanted in task.wanted:
        if not wanted.is_remote and wanted.address.lower().endswith(".svg"):
            continue  # a drawing of the site's own is shown as it is
        path = wanted.path or wanted.address
        answer = store.ledger.records.get(wanted.address)
        made = store.made.records.get(keys.get(wanted.address, ""))
        if wanted.address not in pictures and made is not None:
            message = f"images: {wanted.address} → is {made.problem}"
            yield diagnose("ND302", message, path=path, line=line_naming(task.content / path, wanted.address))
        elif wanted.address not in pictures and answer is not None and answer.problem:
            moment = time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime(answer.retry))
            hint = f"retried after {moment}, or with --retry"
            message = f"images: {wanted.address} → {answer.problem}"
            yield diagnose(
                "ND301", message, path=path, line=line_naming(task.content / path, wanted.address), hint=hint
            )
