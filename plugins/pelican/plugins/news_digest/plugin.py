"""START HERE. The doors to Pelican, in the order in which a build passes through them.

============================== ==================================================================
Pelican's signal               what happens
============================== ==================================================================
initialized                    settings are checked; Pelican's own lists and feeds are switched off
generator_init                 no generator of Pelican's follows a link out of the content folder
readers_init                   Markdown files may begin with a ``---`` block
article_generator_pretaxonomy  the archive is read, the catalogue built, items become articles
static_generator_finalized     nor a link in a text
get_generators                 :class:`~.host.generator.DigestGenerator` joins
all_generators_finalized       with our theme, Pelican is left nothing to write
finalized                      what was built is summed up
============================== ==================================================================

Each hook reads Pelican's state, calls one function and stores one result.
"""

from __future__ import annotations

import gc
import logging
import os
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import msgspec
from pelican.contents import Article
from pelican.generators import StaticGenerator
from pelican.log import console

from pelican.plugins import signals

from .build import (
    CACHE_FOLDER,
    CONTEXT_KEY,
    MEMORY_KEY,
    PREVIEW_KEY,
    Build,
    Shows,
    clock_of,
    judge_dates,
    make_catalogue,
    read_content,
    seen_from_here,
    utc_now,
    with_unlisted,
    without_future,
)
from .disk.limits import limits_of
from .errors import SettingError, Severity, counted, diagnose
from .frontmatter.addresses import AddressBook
from .frontmatter.cache import has_items
from .frontmatter.classic import reader_classes
from .frontmatter.mails import read_mails
from .host.articles import ArticleMaker
from .host.collisions import settle_articles
from .host.generator import DigestGenerator
from .host.guard import NO_TRACE, copy_whole, guard, guard_links
from .host.inputs import SiteInputs
from .host.own_pictures import look_at_own, own_picture_problems
from .host.progress import phase, stand_still_without_threads
from .images.index import load_pictures
from .images.own import OwnFiles
from .images.plan import ImageMode
from .output.documents.bundle import UNREADABLE_COLOUR
from .output.templates.render import ToPrepare, prepare_templates
from .pages.everything import TEMPLATES_OF_MANY
from .running.collector import paused_collector
from .running.workers import Workers, expect_work, worker_count
from .settings import read_settings
from .text.language_tags import HINT, language_tag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pelican.generators import ArticlesGenerator, Generator
    from pelican.readers import Readers

    from pelican import Pelican

    from .errors import Diagnostic
    from .model import Status
    from .settings import DigestSettings

log = logging.getLogger(__name__)

# So many items keep several processes busy: to render them, if not to read them.
MANY_ITEMS = 1_000

_FEEDS = (
    "FEED_ATOM FEED_RSS FEED_ALL_ATOM FEED_ALL_RSS CATEGORY_FEED_ATOM CATEGORY_FEED_RSS AUTHOR_FEED_ATOM"
    " AUTHOR_FEED_RSS TAG_FEED_ATOM TAG_FEED_RSS TRANSLATION_FEED_ATOM TRANSLATION_FEED_RSS"
).split()
# What Pelican's generators write a page for, each.
_LISTS_OF_PAGES = (
    "articles translations hidden_articles hidden_translations drafts drafts_translations tags categories authors"
    " period_archives pages hidden_pages hidden_translations draft_pages draft_translations"
).split()
# What would load a template, to write no page with it.
_EMPTY_HANDED = ("generate_period_archives", "generate_tags", "generate_categories", "generate_authors")
_OWN_LISTS = frozenset({"index", "tags", "categories", "authors", "archives"})


def connect() -> None:
    """Connect every hook; calling it again changes nothing."""
    logging.getLogger("pelican").addFilter(NO_TRACE)
    signals.initialized.connect(check_settings)
    signals.generator_init.connect(guard)
    signals.static_generator_finalized.connect(guard_links)
    signals.static_generator_init.connect(copy_whole)
    signals.readers_init.connect(add_reader)
    signals.article_generator_pretaxonomy.connect(add_items)
    signals.get_generators.connect(digest_generator)
    signals.all_generators_finalized.connect(take_over)
    signals.finalized.connect(sum_up)


def is_own_theme(theme: str) -> bool:
    """Whether *theme* offers our templates; with any other one Pelican renders."""
    templates = Path(theme) / "templates"
    return all((templates / name).is_file() for name in ("home.html", "listing.html", "provider.html"))


def check_settings(pelican: Pelican) -> None:
    """Check the site's settings, and keep Pelican out of the folders and addresses that are ours."""
    stand_still_without_threads()
    settings = pelican.settings
    digest = read_settings(settings)
    lang = language_tag(str(settings["DEFAULT_LANG"]))
    if not lang:
        raise SettingError([f"DEFAULT_LANG: {settings['DEFAULT_LANG']!r} is no language tag; {HINT}"])
    settings["DEFAULT_LANG"] = lang.lower()  # Pelican compares in lower case
    settings.setdefault("TIMEZONE", "UTC")  # as Pelican's own default, which it does not write down
    settings["CACHE_PATH"] = os.path.abspath(settings["CACHE_PATH"])
    ours = [digest.news_path, digest.topics_path, digest.providers_path, digest.newsletters_path]
    for key in ("ARTICLE_EXCLUDES", "PAGE_EXCLUDES"):
        settings[key] = [*settings[key], *(path for path in ours if path not in settings[key])]
    # Pelican's translation pass is quadratic, and takes items in another language for translations of each other.
    settings["ARTICLE_TRANSLATION_ID"] = None
    _expect_work(digest, content=Path(pelican.path), cache=Path(settings["CACHE_PATH"], CACHE_FOLDER))
    if is_own_theme(pelican.theme):
        settings.update(dict.fromkeys(_FEEDS))
        settings["DIRECT_TEMPLATES"] = [name for name in settings["DIRECT_TEMPLATES"] if name not in _OWN_LISTS]
        if settings["THEME_STATIC_PATHS"] == ["static"]:
            settings["THEME_STATIC_PATHS"] = []


def _expect_work(digest: DigestSettings, *, content: Path, cache: Path) -> None:
    """Let other processes load what they need, while Pelican sets up, where many files are read for the first time."""
    if not (digest.cache and has_items(cache)):
        with suppress(OSError):
            if len(os.listdir(content / digest.news_path)) > MANY_ITEMS:
                expect_work(worker_count(digest.workers))


def add_reader(readers: Readers) -> None:
    """Let Pelican read ``---`` blocks, in every Markdown file that is left to it, and leave out what is hidden."""
    readers.reader_classes.update(reader_classes(readers.reader_classes))


def add_items(generator: ArticlesGenerator) -> None:
    """Read the archive, build the catalogue, and give Pelican one light article for each published item."""
    global _has_built
    is_first, _has_built = not _has_built, True
    gc.unfreeze()  # what the last build of this process has left may go
    with paused_collector(freezes=is_first):
        _add_items(generator, is_first=is_first)


_has_built = False


def _add_items(generator: ArticlesGenerator, *, is_first: bool) -> None:
    settings, context = generator.settings, generator.context
    started = time.monotonic()
    digest = read_settings(settings)
    timezone = settings["TIMEZONE"]
    now = utc_now()
    clock = clock_of(digest, timezone=timezone, now=now)
    workers = Workers(worker_count(digest.workers))
    memory = settings.get(MEMORY_KEY)
    cache = Path(settings["CACHE_PATH"], CACHE_FOLDER) if digest.cache else None
    book = AddressBook(Path(generator.path), cache)
    with phase("Reading", "item") as progress:
        archive = read_content(
            digest,
            content=Path(generator.path),
            timezone=timezone,
            cache=Path(settings["CACHE_PATH"]) if digest.cache else None,
            workers=workers,
            progress=progress,
            memory=memory,
            known=book.known("news"),
            articles=book.slugs_of_articles(),
        )
    problems = [*book.diagnostics, *_read_classic(generator, archive.classic_paths)]
    if problems:
        archive = msgspec.structs.replace(archive, diagnostics=tuple(sorted((*archive.diagnostics, *problems))))
    if not settings["WITH_FUTURE_DATES"]:
        archive = msgspec.structs.replace(archive, items=without_future(archive.items, now=now))
    unlisted: dict[str, Status] = {}
    if settings.get(PREVIEW_KEY) is Shows.EVERYTHING:
        items, unlisted = with_unlisted(archive.items)
        archive = msgspec.structs.replace(archive, items=items)
    classic = settle_articles(generator, archive.items, book)
    extra = tuple(item for item, _ in classic)
    archive, extra = judge_dates(archive, extra=extra, content=Path(generator.path), clock=clock)
    catalogue = make_catalogue(
        archive,
        extra=extra,
        settings=digest,
        timezone=timezone,
        clock=clock,
        memory=memory,
        known_topics=book.known("topics"),
    )
    mails = read_mails(
        Path(generator.path),
        folder=digest.newsletters_path,
        tz=ZoneInfo(timezone),
        limits=limits_of(digest),
        known=book.known("newsletter"),
    )
    book.keep(news=archive.settled, topics=catalogue.taxonomy.settled, newsletter=mails.settled)
    inputs = SiteInputs(context, settings, path=Path(generator.path), theme=Path(generator.theme))
    pictures = load_pictures(Path(settings["CACHE_PATH"], CACHE_FOLDER), inputs.path)
    own = OwnFiles(inputs.local_files())
    looks = look_at_own(archive.items, archive.providers, content=inputs.path, own=own, pictures=pictures)
    if digest.images != ImageMode.NONE:
        said = own_picture_problems(archive.items, own=own, looks=looks, content=inputs.path)
        archive = msgspec.structs.replace(archive, diagnostics=tuple(sorted((*archive.diagnostics, *said))))
    build = Build(
        settings=digest,
        archive=archive,
        catalogue=catalogue,
        is_own_theme=is_own_theme(generator.theme),
        mails=mails,
        pictures=pictures,
        own_files=own.files,
        own_looks=looks,
        classic={item.slug: article for item, article in classic},
        unlisted=unlisted,
        book=book,
        memory=memory,
        is_first=is_first,
        workers=workers,
        started=started,
    )
    context[CONTEXT_KEY] = build
    _prepare_to_render(build, inputs)
    build.diagnostics = tuple(sorted((*build.diagnostics, *inputs.style_diagnostics())))
    report(build, folder=seen_from_here(generator.path))
    maker = ArticleMaker(settings, context)
    articles = [build.classic.get(item.slug) or maker.article(item, catalogue) for item in catalogue.published]
    generator.articles = articles
    generator.hidden_articles = [a for a in generator.hidden_articles if not hasattr(a, "digest")]


def _prepare_to_render(build: Build, inputs: SiteInputs) -> None:
    """Have the processes that read an archive compile templates while this one gets ready to plan."""
    options = inputs.template_options()
    if build.is_own_theme and options.is_portable:
        build.workers.prepare(prepare_templates, ToPrepare(options, TEMPLATES_OF_MANY))


def digest_generator(pelican: Pelican) -> type[DigestGenerator]:
    """Return the generator that writes our pages."""
    del pelican
    return DigestGenerator


def take_over(generators: Sequence[Generator]) -> None:
    """With our theme, leave Pelican nothing to write: every page is ours, and its static files are copied with them.

    ``context["articles"]``, ``tags``, ``authors`` and ``categories`` stay, for templates and other plugins.
    """
    for generator in generators:
        build = generator.context.get(CONTEXT_KEY)
        if build is None or not build.is_own_theme:
            continue
        for name in _LISTS_OF_PAGES:
            if hasattr(generator, name):
                found = getattr(generator, name)
                build.taken_over.append((generator, name, found))
                setattr(generator, name, type(found)())
        if isinstance(generator, StaticGenerator):
            generator.generate_output = _write_nothing  # we copy its files, and remember them
        for name in _EMPTY_HANDED:
            if hasattr(generator, name):
                setattr(generator, name, _write_nothing)


def _write_nothing(write: object) -> None:
    """Stand for a step of Pelican's that has nothing to write."""


def sum_up(pelican: Pelican) -> None:
    """Give Pelican its lists back, for its own summary, and say what was built."""
    del pelican
    if _last is not None:
        for generator, name, found in _last.taken_over:
            setattr(generator, name, found)
        _last.workers.close()
        _say(_last)
        if _last.memory is None:
            # Most processes end now, and Python would look through a whole archive for garbage once more: a third of
            # the time of a build that has nothing to do.
            gc.freeze()


def last_build() -> Build | None:
    """Return the last build of this process, for the command line; None before the first."""
    return _last


def forget_last_build() -> None:
    """Let go of the last build: an archive may be large."""
    global _last  # noqa: PLW0603 - as below
    _last = None


def report(build: Build, *, folder: str) -> None:
    """Log warnings one by one and all errors as one, so that ``--fatal errors`` stops after the whole list.

    Args:
        folder: What the files' paths begin with for whoever reads this.
    """
    global _last  # noqa: PLW0603 - Pelican's last signal does not carry its context
    _last = build
    for diagnostic in build.diagnostics:
        if diagnostic.severity is Severity.WARNING:
            log.warning("%s", _placed(diagnostic, folder))
    errors = [_placed(d, folder) for d in build.diagnostics if d.severity is Severity.ERROR]
    lost = [error for error in errors if error.code != UNREADABLE_COLOUR]
    lines = [f"  {error}" for error in lost]
    if lost:
        lines.insert(
            0, f"{counted(len(lost), 'file')} could not be used and {'was' if len(lost) == 1 else 'were'} left out:"
        )
    lines += [str(error) for error in errors if error.code == UNREADABLE_COLOUR]
    if lines:
        log.error("%s", "\n".join(lines))


def _placed(diagnostic: Diagnostic, folder: str) -> Diagnostic:
    """Return *diagnostic* with its path from here; what lies beside the content folder has one that leads out of it."""
    path = os.path.normpath(f"{folder}{diagnostic.path}").replace(os.sep, "/")
    return msgspec.structs.replace(diagnostic, path=path)


_last: Build | None = None


def _say(build: Build) -> None:
    items, errors = len(build.catalogue.published), build.count(Severity.ERROR)
    warnings, notes = build.count(Severity.WARNING), build.count(Severity.NOTE)
    total = len(build.archive.items) + len(build.classic)
    spent = time.monotonic() - build.started
    console.print(
        f"News Digest: {counted(items, 'item')} of {total:,}, {counted(build.page_count, 'page')}, "
        f"{counted(len(build.performed.changed), 'file')} changed, {len(build.performed.removed):,} removed, "
        f"{counted(errors, 'error')}, {counted(warnings, 'warning')}, {counted(notes, 'note')} in {spent:.1f} s",
        highlight=False,
    )


def _read_classic(generator: ArticlesGenerator, paths: Sequence[str]) -> list[Diagnostic]:
    """Let Pelican read the files of the news folder that have no ``---`` block; return what it could not use."""
    problems = []
    for path in paths:
        article = None
        try:
            article = generator.readers.read_file(
                base_path=generator.path,
                path=path,
                content_class=Article,
                context=generator.context,
                preread_signal=signals.article_generator_preread,
                preread_sender=generator,
                context_signal=signals.article_generator_context,
                context_sender=generator,
            )
        except Exception as error:  # noqa: BLE001 - whatever a reader raises must not stop the others, as in Pelican
            log.debug("%s: %s", path, error)
        # Asked before Pelican's own check, which logs an error of its own.
        if not all(hasattr(article, name) for name in Article.mandatory_properties):
            message = "Pelican cannot read its headers"
            problems.append(diagnose("ND101", message, path=path, line=1, hint="look at Title: and Date:"))
        elif article is not None and article.status == "published" and article.is_valid():
            generator.articles.append(article)
            generator.add_source_path(article)
            generator.add_static_links(article)
    return problems
