"""The content of a build, read and judged; and articles of Pelican's, for those who look at them."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import msgspec
from pelican.contents import Article, SkipStub

from pelican.plugins import signals

from ..disk.limits import limits_of
from ..errors import Diagnostic, diagnose
from ..frontmatter.mails import read_mails
from ..images.own import OwnFiles
from ..images.own_pictures import look_at_own, own_picture_problems
from ..images.plan import ImageMode
from ..output.templates.render import compile_templates
from .articles import ArticleMaker
from .build import clock_of, judge_dates, judge_mails, make_catalogue, read_content, with_unlisted, without_future
from .collisions import settle_articles
from .inputs import SiteInputs
from .listening import is_anybody_looking
from .progress import phase
from .shelves import Shelves, with_sources
from .state import PREVIEW_KEY, Build, Shows
from .stock.dress import dress
from .taking_over import is_own_theme
from .template_language import language_in

if TYPE_CHECKING:
    from pelican.generators import ArticlesGenerator

    from ..model import NewsItem, Status

log = logging.getLogger(__name__)


def read(generator: ArticlesGenerator, build: Build, *, now: datetime) -> None:
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


class Articles:
    """What Pelican is given for the items of one build."""

    def __init__(self, generator: ArticlesGenerator, build: Build) -> None:
        self._generator = generator
        self._build = build
        self._maker = ArticleMaker(generator.settings, generator.context, sender=generator)

    @cached_property
    def _published(self) -> dict[str, NewsItem]:
        self._build.ensure_read()
        return {item.source_path: item for item in self._build.catalogue.published}

    def find(self, path: str) -> Article | None:
        """Return the article of the item whose file is *path*; None for any other file."""
        item = self._published.get(path)
        return self._article(item) if item else None

    def give(self) -> dict[str, Article | None]:
        """Give Pelican an article for each item where somebody looks at them; else those that it has read itself.

        Returns:
            What was made of the file of each item, by path; None: nothing was.
        """
        generator, build = self._generator, self._build
        settings, context = generator.settings, generator.context
        # Making one costs what planning its page does.
        is_seen = language_in(context).uses_article or is_anybody_looking(settings, is_own_theme=build.is_own_theme)
        items = self._published.items()
        articles = {path: self._article(item) for path, item in items if is_seen or item.slug in build.classic}
        if not build.is_own_theme:
            inputs = SiteInputs(context, settings, path=Path(generator.path), theme=Path(generator.theme))
            dress(list(articles.values()), build, inputs)
        generator.articles = list(articles.values())
        generator.hidden_articles = [a for a in generator.hidden_articles if not hasattr(a, "digest")]
        return {**dict.fromkeys(item.source_path for item in build.archive.items), **articles}

    def _article(self, item: NewsItem) -> Article:
        return self._build.classic.get(item.slug) or self._maker.article(item, self._build.catalogue)


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
