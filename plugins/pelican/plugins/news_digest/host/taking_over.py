"""With our theme every page of a site is ours: what Pelican is kept from writing for that."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pelican.generators import ArticlesGenerator, Generator, PagesGenerator, StaticGenerator

from pelican.plugins import signals

from .pelicans_templates import leave_out_ours
from .state import CONTEXT_KEY
from .template_language import learn_language

if TYPE_CHECKING:
    from blinker import Signal
    from pelican.contents import Content
    from pelican.writers import Writer  # type: ignore[import-untyped]

_FEEDS = (
    "FEED_ATOM FEED_RSS FEED_ALL_ATOM FEED_ALL_RSS CATEGORY_FEED_ATOM CATEGORY_FEED_RSS AUTHOR_FEED_ATOM"
    " AUTHOR_FEED_RSS TAG_FEED_ATOM TAG_FEED_RSS TRANSLATION_FEED_ATOM TRANSLATION_FEED_RSS"
).split()
_OWN_LISTS = frozenset({"index", "tags", "categories", "authors", "archives"})


def is_own_theme(theme: str) -> bool:
    """Whether *theme* offers our templates; with any other one Pelican renders."""
    templates = Path(theme) / "templates"
    return all((templates / name).is_file() for name in ("home.html", "listing.html", "provider.html"))


def switch_off(settings: dict[str, Any]) -> None:
    """Take from Pelican's *settings* the feeds, lists and style sheets that our pages replace."""
    settings.update(dict.fromkeys(_FEEDS))
    settings["DIRECT_TEMPLATES"] = [name for name in settings["DIRECT_TEMPLATES"] if name not in _OWN_LISTS]
    if settings["THEME_STATIC_PATHS"] == ["static"]:
        settings["THEME_STATIC_PATHS"] = []


def take_over(generators: Sequence[Generator]) -> None:
    """Let Pelican write none of the pages that are ours: its static files are copied with them.

    Its lists stay whole, in its generators and in its context: other plugins read them, before us and after us, and so
    do templates of the site's own, which are still written, page by page.
    """
    for generator in generators:
        build = generator.context.get(CONTEXT_KEY)
        if build is not None and build.is_own_theme:
            if isinstance(generator, ArticlesGenerator):
                learn_language(generator)  # again: what plugins do at the last signals counts, too
                leave_out_ours(generator)
            for kind, write in _WRITES.items():
                # A generator of somebody else's that was made from one of Pelican's writes what it writes.
                if isinstance(generator, kind) and type(generator).generate_output is kind.generate_output:
                    generator.generate_output = partial(write, generator)


def _write_direct_templates(generator: ArticlesGenerator, writer: Writer) -> None:
    """Write what is left to Pelican of its articles: pages from templates of the site's own."""
    lists = (generator.translations, generator.articles, generator.hidden_translations, generator.hidden_articles)
    _announce(signals.article_generator_write_article, generator, lists)
    generator.generate_direct_templates(partial(writer.write_file, relative_urls=generator.settings["RELATIVE_URLS"]))
    generator.context[CONTEXT_KEY].written.append((signals.article_writer_finalized, generator, writer))


def _write_no_pages(generator: PagesGenerator, writer: Writer) -> None:
    """Say what will be written: all of it at once, when the whole site is known; that it is, is said then."""
    lists = (generator.translations, generator.pages, generator.hidden_translations, generator.hidden_pages)
    _announce(
        signals.page_generator_write_page, generator, (*lists, generator.draft_translations, generator.draft_pages)
    )
    generator.context[CONTEXT_KEY].written.append((signals.page_writer_finalized, generator, writer))


def _announce(signal: Signal, sender: Generator, lists: Iterable[Iterable[Content]]) -> None:
    """Tell whoever listens of each text whose page is up to date or about to be written."""
    if signal.receivers:
        for content in chain.from_iterable(lists):
            signal.send(sender, content=content)


def _copy_nothing(generator: StaticGenerator, writer: Writer) -> None:
    """Do nothing: we copy its files, and remember them."""


_WRITES: Final[dict[Any, Callable[..., None]]] = {
    ArticlesGenerator: _write_direct_templates,
    PagesGenerator: _write_no_pages,
    StaticGenerator: _copy_nothing,
}
