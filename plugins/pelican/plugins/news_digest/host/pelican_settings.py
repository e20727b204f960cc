"""Pelican's settings with our theme: which apply, which are replaced by ours, and which have no effect."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

from pelican.settings import DEFAULT_CONFIG

from .terminal import print_line


class Holds(StrEnum):
    """What becomes of a setting."""

    AS_EVER = "holds"
    OTHERWISE = "holds in part"
    NOT = "not used"


def _all(holds: Holds, words: str, names: str) -> dict[str, tuple[Holds, str]]:
    return dict.fromkeys(names.split(), (holds, words))


_EVER, _PART, _NOT = Holds.AS_EVER, Holds.OTHERWISE, Holds.NOT
# Name → what becomes of it, and in which words; a test holds it against Pelican's own list.
PELICAN_SETTINGS: Final[dict[str, tuple[Holds, str]]] = {
    **_all(
        _EVER,
        "",
        "PATH ARTICLE_PATHS PAGE_PATHS THEME OUTPUT_PATH STATIC_PATHS STATIC_EXCLUDES STATIC_EXCLUDE_SOURCES"
        " THEME_STATIC_DIR SITEURL SITENAME SITESUBTITLE TIMEZONE DOCUTILS_SETTINGS WITH_FUTURE_DATES ARTICLE_URL"
        " ARTICLE_SAVE_AS ARTICLE_LANG_URL ARTICLE_LANG_SAVE_AS DRAFT_URL DRAFT_SAVE_AS DRAFT_LANG_URL"
        " DRAFT_LANG_SAVE_AS PAGE_URL PAGE_SAVE_AS PAGE_LANG_URL PAGE_LANG_SAVE_AS DRAFT_PAGE_URL"
        " DRAFT_PAGE_SAVE_AS DRAFT_PAGE_LANG_URL DRAFT_PAGE_LANG_SAVE_AS STATIC_URL STATIC_SAVE_AS"
        " STATIC_CREATE_LINKS RELATIVE_URLS PAGE_TRANSLATION_ID THEME_TEMPLATES_OVERRIDES PELICAN_CLASS"
        " JINJA_FILTERS JINJA_GLOBALS JINJA_TESTS LOG_FILTER DEFAULT_METADATA FILENAME_METADATA PATH_METADATA"
        " EXTRA_PATH_METADATA ARTICLE_PERMALINK_STRUCTURE PLUGIN_PATHS PLUGINS PYGMENTS_RST_OPTIONS"
        " TEMPLATE_EXTENSIONS IGNORE_FILES INTRASITE_LINK_REGEX CACHE_PATH CACHE_CONTENT CONTENT_CACHING_LAYER"
        " GZIP_CACHE CHECK_MODIFIED_METHOD LOAD_CONTENT_CACHE FORMATTED_FIELDS PORT BIND DELETE_OUTPUT_DIRECTORY"
        " OUTPUT_RETENTION SLUGIFY_SOURCE SLUGIFY_USE_UNICODE SLUGIFY_PRESERVE_CASE SLUG_REGEX_SUBSTITUTIONS"
        " LOCALE SUMMARY_END_SUFFIX SUMMARY_MAX_PARAGRAPHS MENUITEMS LINKS SOCIAL DISPLAY_PAGES_ON_MENU"
        " DISPLAY_CATEGORIES_ON_MENU AUTHOR",
    ),
    **_all(_PART, "for Pelican's own articles and pages, not for items", "READERS"),
    **_all(_PART, "files that hold `secured` are left out", "OUTPUT_SOURCES OUTPUT_SOURCES_EXTENSION"),
    **_all(_PART, "for Pelican's own articles and pages; for items with DIGEST_MARKDOWN", "MARKDOWN"),
    **_all(_PART, "for Pelican's own articles and pages, not for items", "PAGE_ORDER_BY"),
    **_all(_PART, "the folders of items, topics, sources and newsletters are added", "ARTICLE_EXCLUDES PAGE_EXCLUDES"),
    **_all(_PART, "for classic articles that say no summary; left at 50, it is 40 words", "SUMMARY_MAX_LENGTH"),
    **_all(_PART, "the feed of everything lies there, too", "FEED_ATOM FEED_RSS FEED_ALL_ATOM FEED_ALL_RSS"),
    **_all(
        _PART,
        "`index`, `tags`, `categories`, `authors` and `archives` are ours; what uses the theme's is left out",
        "DIRECT_TEMPLATES",
    ),
    **_all(_PART, "what uses the theme's templates is left out", "TEMPLATE_PAGES"),
    **_all(_PART, "for templates of your own", "PAGINATED_TEMPLATES DEFAULT_PAGINATION DEFAULT_ORPHANS"),
    **_all(_PART, "for templates of your own", "PAGINATION_PATTERNS NEWEST_FIRST_ARCHIVES REVERSE_CATEGORY_ORDER"),
    **_all(_PART, "for templates of your own", "DEFAULT_DATE_FORMAT DATE_FORMATS ARTICLE_ORDER_BY"),
    **_all(_PART, "a tag of BCP 47; the theme speaks it", "DEFAULT_LANG"),
    **_all(_PART, "folders other than `static` are copied as they are", "THEME_STATIC_PATHS"),
    **_all(_PART, "extensions and options that leave our templates readable", "JINJA_ENVIRONMENT"),
    **_all(_PART, "for classic articles", "DEFAULT_CATEGORY USE_FOLDER_AS_CATEGORY"),
    **_all(
        _PART,
        "of classic articles; the name of a source leads to that source's page instead",
        "AUTHOR_URL AUTHOR_SAVE_AS",
    ),
    **_all(_PART, "of classic articles; links to others lead to topics of that name", "CATEGORY_URL CATEGORY_SAVE_AS"),
    **_all(_PART, "the feed of the topic lies there, too", "TAG_FEED_ATOM TAG_FEED_RSS"),
    **_all(_PART, "of classic articles", "CATEGORY_FEED_ATOM CATEGORY_FEED_RSS AUTHOR_FEED_ATOM AUTHOR_FEED_RSS"),
    **_all(_PART, "for classic texts", "TYPOGRIFY TYPOGRIFY_IGNORE_TAGS TYPOGRIFY_OMIT_FILTERS TYPOGRIFY_DASHES"),
    **_all(_PART, "links such as `{tag}NAME` lead to topics instead", "TAG_URL"),
    **_all(_NOT, "items have no translations", "ARTICLE_TRANSLATION_ID"),
    **_all(_NOT, "topics are at `topics/<id>/`", "TAG_SAVE_AS TAGS_SAVE_AS TAGS_URL"),
    **_all(_NOT, "no page lists all categories; the foot of each page does", "CATEGORIES_SAVE_AS"),
    **_all(_NOT, "sources are at `providers/<domain>/`; no page lists all authors", "AUTHORS_SAVE_AS"),
    **_all(_NOT, "the front page is at the top of the site", "INDEX_SAVE_AS"),
    **_all(_NOT, "the archive is at `archive/`", "ARCHIVES_SAVE_AS"),
    **_all(_NOT, "years are at `2026/`", "YEAR_ARCHIVE_URL YEAR_ARCHIVE_SAVE_AS"),
    **_all(_NOT, "months are at `2026/05/`", "MONTH_ARCHIVE_URL MONTH_ARCHIVE_SAVE_AS"),
    **_all(_NOT, "days are at `2026/05/03/`", "DAY_ARCHIVE_URL DAY_ARCHIVE_SAVE_AS"),
    **_all(_NOT, "items have no translations", "TRANSLATION_FEED_ATOM TRANSLATION_FEED_RSS"),
    **_all(_NOT, "see DIGEST_FEED_SIZE", "FEED_MAX_ITEMS"),
    **_all(_NOT, "feeds hold what DIGEST_FEED_LINKS and the items say", "RSS_FEED_SUMMARY_ONLY FEED_APPEND_REF"),
    **_all(_NOT, "files are compared by what is in them", "STATIC_CHECK_IF_MODIFIED"),
    **_all(_NOT, "see DIGEST_STYLE", "CSS_FILE"),
}


def unused(settings: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the settings that a site has set, to something other than Pelican's default, and that nobody reads."""
    return tuple(
        name
        for name, (holds, _) in sorted(PELICAN_SETTINGS.items())
        if holds is _NOT and settings.get(name) and settings[name] != DEFAULT_CONFIG.get(name)
    )


def say_unused(settings: Mapping[str, Any]) -> None:
    """Name them, once."""
    if names := unused(settings):
        print_line(f"Not used with this theme: {', '.join(names)}; see docs/reference/pelican-settings.md")
