"""The archive, read and made ready to be planned; and articles of Pelican's, for those who look at them."""

from __future__ import annotations

import gc
import logging
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import msgspec
from pelican.contents import Article, SkipStub

from pelican.plugins import signals

from ..disk.limits import limits_of
from ..disk.sealed import Answers
from ..errors import diagnose
from ..frontmatter.addresses import AddressBook
from ..frontmatter.mails import read_mails
from ..images.index import load_pictures
from ..images.own import OwnFiles
from ..images.own_pictures import look_at_own, own_picture_problems
from ..images.plan import ImageMode
from ..output.templates.render import compile_templates
from ..running.collector import paused_collector
from ..running.workers import Workers, worker_count
from ..settings import read_settings
from .articles import ArticleMaker, Sources
from .build import (
    clock_of,
    judge_dates,
    judge_mails,
    make_catalogue,
    read_content,
    with_unlisted,
    without_future,
)
from .collisions import settle_articles
from .inputs import SiteInputs
from .leading import lead_to_ours
from .listening import is_anybody_looking
from .progress import phase
from .shelves import Shelves, with_sources
from .state import (
    CACHE_FOLDER,
    CONTEXT_KEY,
    MEMORY_KEY,
    PREVIEW_KEY,
    Build,
    Shows,
    elsewhere_of,
    seen_from_here,
    utc_now,
)
from .stock.dress import dress
from .summary import report
from .taking_over import is_own_theme
from .template_language import language_in, learn_language
from .unchanged import Outlook

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from pelican.generators import ArticlesGenerator

    from ..errors import Diagnostic
    from ..model import NewsItem, Status

log = logging.getLogger(__name__)

_has_built = False


def add_items(generator: ArticlesGenerator) -> None:
    """Read the archive, build the catalogue, and give Pelican articles of the published items."""
    global _has_built
    is_first, _has_built = not _has_built, True
    gc.unfreeze()  # what the last build of this process has left may go
    _part_from_translations(generator)
    with paused_collector(freezes=is_first):
        _add_items(generator, is_first=is_first)


def _add_items(generator: ArticlesGenerator, *, is_first: bool) -> None:
    settings, context, now = generator.settings, generator.context, utc_now()
    digest = read_settings(settings)
    folder = Path(settings["CACHE_PATH"], CACHE_FOLDER)
    build = Build(
        settings=digest,
        is_own_theme=is_own_theme(generator.theme),
        book=AddressBook(Path(generator.path), folder if digest.cache else None),
        read=lambda build: _read(generator, build, now=now),
        pictures=load_pictures(folder, Path(generator.path)),
        memory=settings.get(MEMORY_KEY),
        answers=Answers(folder if digest.cache else None),
        is_first=is_first,
        workers=Workers(worker_count(digest.workers), elsewhere=elsewhere_of(digest)),
    )
    context[CONTEXT_KEY] = build
    learn_language(generator)
    outlook = Outlook(generator, build, now=now)
    build.listing, build.leave = outlook.listing, outlook.leave
    if outlook.last is not None:
        build.expect(outlook.last)
    else:
        build.ensure_read()
    report(build, folder=seen_from_here(generator.path), settings=settings)
    lead_to_ours(settings, build)
    _give_articles(generator, build)


def _read(generator: ArticlesGenerator, build: Build, *, now: datetime) -> None:
    """Read all of the content, and note in *build* what it says."""
    settings, context = generator.settings, generator.context
    digest, book, memory = build.settings, build.book, build.memory
    timezone = settings["TIMEZONE"]
    clock = clock_of(digest, timezone=timezone, now=now)
    with phase("Reading", "file") as progress:
        archive = read_content(
            digest,
            content=Path(generator.path),
            timezone=timezone,
            cache=Path(settings["CACHE_PATH"]) if digest.cache else None,
            workers=build.workers,
            progress=progress,
            memory=memory,
            known=book.known("news"),
            articles=book.slugs_of_articles(),
            listing=build.listing,
        )
    build.listing.states.clear()  # they are known, and many
    inputs = SiteInputs(context, settings, path=Path(generator.path), theme=Path(generator.theme))
    _compile_meanwhile(build, inputs)
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
    extra = with_sources(classic, archive) if is_own_theme(generator.theme) else tuple(item for item, _ in classic)
    archive, extra = judge_dates(archive, extra=extra, content=Path(generator.path), clock=clock)
    catalogue = make_catalogue(
        archive,
        extra=extra,
        settings=digest,
        timezone=timezone,
        clock=clock,
        memory=memory,
        answers=build.answers,
        known_topics=book.known("topics"),
        known_stories=book.known("stories"),
    )
    mails = read_mails(
        Path(generator.path),
        folder=digest.newsletters_path,
        tz=ZoneInfo(timezone),
        limits=limits_of(digest),
        known=book.known("newsletter"),
    )
    mails = judge_mails(mails, content=Path(generator.path), clock=clock)
    # Where drafts are shown one of them may have named a story, which nobody is to know.
    stories = {} if unlisted else {"stories": catalogue.stories.settled}
    book.keep(news=archive.settled, topics=catalogue.taxonomy.settled, newsletter=mails.settled, **stories)
    own = OwnFiles(inputs.local_files())
    looks = look_at_own(
        archive.items, archive.providers, archive.stories, content=inputs.path, own=own, pictures=build.pictures
    )
    if digest.images != ImageMode.NONE:
        problems = [*own_picture_problems(archive.items, own=own, looks=looks, content=inputs.path)]
        archive = msgspec.structs.replace(archive, diagnostics=tuple(sorted((*archive.diagnostics, *problems))))
    build.archive, build.catalogue, build.mails, build.unlisted = archive, catalogue, mails, unlisted
    build.own_files, build.own_looks = own.files, looks
    build.classic = {item.slug: article for item, article in classic}
    build.shelves = Shelves(settings, classic if build.is_own_theme else (), catalogue)
    build.item_count, build.published_count = len(archive.items), len(catalogue.published)
    said = (*archive.diagnostics, *catalogue.diagnostics, *mails.diagnostics, *inputs.style_diagnostics())
    build.diagnostics = tuple(sorted(said))


def _compile_meanwhile(build: Build, inputs: SiteInputs) -> None:
    """Let a process that has read its part compile the templates while the catalogue is made here."""
    if build.is_own_theme and not language_in(inputs.context).uses_article:
        options = inputs.template_options()
        if options.is_portable and options.is_as_ours:
            build.workers.prepare(compile_templates, options)


def _give_articles(generator: ArticlesGenerator, build: Build) -> None:
    """Give Pelican an article for each item where somebody looks at them; else those that it has read itself."""
    settings, context = generator.settings, generator.context
    maker = ArticleMaker(settings, context, sender=generator)

    def article(item: NewsItem) -> Article:
        return build.classic.get(item.slug) or maker.article(item, build.catalogue)

    @cache
    def published() -> dict[str, NewsItem]:
        build.ensure_read()
        return {item.source_path: item for item in build.catalogue.published}

    def find(path: str) -> Article | None:
        item = published().get(path)
        return article(item) if item else None

    known = dict(context["generated_content"])
    if build.is_read:
        # Making one costs what planning its page does.
        is_seen = language_in(context).uses_article or is_anybody_looking(settings, is_own_theme=build.is_own_theme)
        items = published().items()
        articles = {path: article(item) for path, item in items if is_seen or item.slug in build.classic}
        if not build.is_own_theme:
            inputs = SiteInputs(context, settings, path=Path(generator.path), theme=Path(generator.theme))
            dress(list(articles.values()), build, inputs)
        generator.articles = list(articles.values())
        generator.hidden_articles = [a for a in generator.hidden_articles if not hasattr(a, "digest")]
        known |= {**dict.fromkeys(item.source_path for item in build.archive.items), **articles}
    # Links in texts lead to what was made of a file, and no file of these is copied as it is.
    context["generated_content"] = Sources(known, find=find)


def _part_from_translations(generator: ArticlesGenerator) -> None:
    """Take no item for a translation of another one, and give translations one order: Pelican's is that of a set."""
    own = [article for article in generator.translations if not hasattr(article, "digest")]
    generator.articles.extend(article for article in generator.translations if hasattr(article, "digest"))
    generator.translations = own
    for article in (*generator.articles, *own, *generator.hidden_articles, *generator.hidden_translations):
        listed = [other for other in article.translations if not hasattr(other, "digest")]
        article.translations = (
            [] if hasattr(article, "digest") else sorted(listed, key=lambda a: (a.lang, str(a.relative_source_path)))
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
        if isinstance(article, SkipStub):  # what its file hides
            continue
        # Asked before Pelican's own check, which logs an error of its own.
        if not all(hasattr(article, name) for name in Article.mandatory_properties):
            message = "Pelican cannot read its headers"
            problems.append(diagnose("ND101", message, path=path, line=1, hint="look at Title: and Date:"))
        elif article is not None and article.status == "published" and article.is_valid():
            generator.articles.append(article)
            generator.add_source_path(article)
            generator.add_static_links(article)
    return problems
