"""Where items come into a build: read, unless nothing has changed, and given to Pelican as articles."""

from __future__ import annotations

import gc
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ..disk.sealed import Answers
from ..frontmatter.addresses import AddressBook
from ..images.index import load_pictures
from ..running.collector import paused_collector
from ..running.workers import Workers, worker_count
from ..settings import read_settings
from .articles import Sources
from .leading import lead_to_ours
from .state import CACHE_FOLDER, CONTEXT_KEY, MEMORY_KEY, Build, elsewhere_of, seen_from_here, utc_now
from .summary import report
from .taking_over import is_own_theme
from .template_language import learn_language
from .unchanged import Outlook

if TYPE_CHECKING:
    from pelican.generators import ArticlesGenerator

    from .reading import Articles

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

    # What reads is loaded when something is read: to load it takes longer than to see that nothing has changed.
    def read_all(build: Build) -> None:
        from .reading import read  # noqa: PLC0415

        read(generator, build, now=now)

    build = Build(
        settings=digest,
        is_own_theme=is_own_theme(generator.theme),
        book=AddressBook(Path(generator.path), folder if digest.cache else None),
        read=read_all,
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


def _give_articles(generator: ArticlesGenerator, build: Build) -> None:
    """Give Pelican what there is of each item's file, or will be when a text leads to it."""

    @cache
    def articles() -> Articles:
        from .reading import Articles  # noqa: PLC0415 - see above

        return Articles(generator, build)

    known = dict(generator.context["generated_content"])
    if build.is_read:
        known |= articles().give()
    # Links in texts lead to what was made of a file, and no file of these is copied as it is.
    generator.context["generated_content"] = Sources(known, find=lambda path: articles().find(path))


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
