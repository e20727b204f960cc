"""The archive, read and made ready to be planned; and articles of Pelican's, for those who look at them."""

from __future__ import annotations

import gc
import logging
import time
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import msgspec
from pelican.contents import Article, SkipStub

from pelican.plugins import signals

from ..disk.limits import limits_of
from ..errors import diagnose
from ..frontmatter.addresses import AddressBook
from ..frontmatter.mails import read_mails
from ..images.index import load_pictures
from ..images.own import OwnFiles
from ..images.own_pictures import look_at_own, own_picture_problems
from ..images.plan import ImageMode
from ..running.collector import paused_collector
from ..running.workers import Workers, worker_count
from ..settings import read_settings
from .articles import ArticleMaker, Sources
from .build import (
    CACHE_FOLDER,
    CONTEXT_KEY,
    MEMORY_KEY,
    PREVIEW_KEY,
    Build,
    Shows,
    clock_of,
    elsewhere_of,
    judge_dates,
    judge_mails,
    make_catalogue,
    read_content,
    seen_from_here,
    utc_now,
    with_unlisted,
    without_future,
)
from .collisions import settle_articles
from .inputs import SiteInputs
from .leading import lead_to_ours
from .listening import is_anybody_looking
from .progress import phase
from .shelves import Shelves, with_sources
from .stock.dress import dress
from .summary import report
from .taking_over import is_own_theme
from .template_language import language_in, learn_language

if TYPE_CHECKING:
    from collections.abc import Sequence

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
    settings, context = generator.settings, generator.context
    started = time.monotonic()
    digest = read_settings(settings)
    timezone = settings["TIMEZONE"]
    now = utc_now()
    clock = clock_of(digest, timezone=timezone, now=now)
    workers = Workers(worker_count(digest.workers), elsewhere=elsewhere_of(digest))
    memory = settings.get(MEMORY_KEY)
    cache = Path(settings["CACHE_PATH"], CACHE_FOLDER) if digest.cache else None
    book = AddressBook(Path(generator.path), cache)
    with phase("Reading", "file") as progress:
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
    extra = with_sources(classic, archive) if is_own_theme(generator.theme) else tuple(item for item, _ in classic)
    archive, extra = judge_dates(archive, extra=extra, content=Path(generator.path), clock=clock)
    catalogue = make_catalogue(
        archive,
        extra=extra,
        settings=digest,
        timezone=timezone,
        clock=clock,
        memory=memory,
        cache=cache,
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
    inputs = SiteInputs(context, settings, path=Path(generator.path), theme=Path(generator.theme))
    pictures = load_pictures(Path(settings["CACHE_PATH"], CACHE_FOLDER), inputs.path)
    own = OwnFiles(inputs.local_files())
    looks = look_at_own(
        archive.items, archive.providers, archive.stories, content=inputs.path, own=own, pictures=pictures
    )
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
        shelves=Shelves(settings, classic if is_own_theme(generator.theme) else (), catalogue),
        unlisted=unlisted,
        book=book,
        memory=memory,
        is_first=is_first,
        workers=workers,
        started=started,
    )
    context[CONTEXT_KEY] = build
    lead_to_ours(settings, build)
    learn_language(generator)
    build.diagnostics = tuple(sorted((*build.diagnostics, *inputs.style_diagnostics())))
    report(build, folder=seen_from_here(generator.path), settings=settings)
    _give_articles(generator, build, inputs)


def _give_articles(generator: ArticlesGenerator, build: Build, inputs: SiteInputs) -> None:
    """Give Pelican an article for each item where somebody looks at them; else those that it has read itself."""
    settings, context, published = generator.settings, generator.context, build.catalogue.published
    maker = ArticleMaker(settings, context, sender=generator)

    def article(item: NewsItem) -> Article:
        return build.classic.get(item.slug) or maker.article(item, build.catalogue)

    if language_in(context).uses_article or is_anybody_looking(settings, is_own_theme=build.is_own_theme):
        articles = {item.source_path: article(item) for item in published}
    else:  # making one costs what planning its page does
        articles = {item.source_path: build.classic[item.slug] for item in published if item.slug in build.classic}
    if not build.is_own_theme:
        dress(list(articles.values()), build, inputs)
    generator.articles = list(articles.values())
    generator.hidden_articles = [a for a in generator.hidden_articles if not hasattr(a, "digest")]
    # What was made of which file: links in texts lead there, and no file is copied as it is.
    sources = dict.fromkeys(item.source_path for item in build.archive.items)
    by_path = {item.source_path: item for item in published}
    context["generated_content"] = Sources(
        {**context["generated_content"], **sources, **by_path, **articles}, make=article
    )


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
