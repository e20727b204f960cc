"""With our theme every page of a site is ours: what is taken from Pelican for that, and given back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from pelican.generators import StaticGenerator

from ..build import CONTEXT_KEY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pelican.generators import Generator

    from ..build import Build

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
    """Leave Pelican nothing to write: every page is ours, and its static files are copied with them.

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


def give_back(build: Build) -> None:
    """Give Pelican its lists back, for its own summary."""
    for generator, name, found in build.taken_over:
        setattr(generator, name, found)
