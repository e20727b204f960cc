"""Pelican's own articles and pages as planners take them: HTML, who wrote it, and the template that it asks for."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from markupsafe import escape
from pelican.contents import Content, Page

from ..errors import Diagnostic, diagnose
from ..frontmatter.body.anchors import prefix_of
from ..frontmatter.body.markdown import sanitize
from ..frontmatter.classic import TAKEN
from ..package import theme_path
from ..pages.classic.texts import ClassicText
from ..pages.own.pages import OwnPage
from ..text.language_tags import language_tag
from .articles import item_of_article, plain_date
from .own_contents import own_contents, save_as_of
from .state import CONTEXT_KEY, Build

# So many lines at the head of a file are looked through for its template.
_HEAD_LINES: Final = 60
# What Markdown writes for columns and reStructuredText for pictures is a style attribute, which the policy blocks.
# Others say the same.
_WIDE: Final = re.compile(r'(<img\b[^>]*?) style="width: (\d+%|\d+(?=px))(?:px)?;?"')
_ALIGNED: Final = re.compile(r'(<t[dh]) style="text-align: (left|right|center);">')
_PLAIN: Final = (str, int, float, bool)


class OwnTexts:
    """Reads what Pelican made of the owner's files.

    Attributes:
        problems: What there is to say about the templates that they ask for.

    Args:
        context: Pelican's, with the build in it.
        templates: The folders of templates, the theme's last.
    """

    def __init__(self, context: dict[str, Any], settings: dict[str, Any], *, templates: Sequence[str]) -> None:
        self._context = context
        self._settings = settings
        self._folders = templates
        self.problems: list[Diagnostic] = []

    @cached_property
    def pages(self) -> tuple[OwnPage, ...]:
        """The owner's pages and unlisted articles; reading ``content`` resolves their links, ``{attach}`` too."""
        return tuple(self._page(content, is_listed=is_listed) for content, is_listed in own_contents(self._context))

    @cached_property
    def articles(self) -> dict[str, ClassicText]:
        """Slug → what else is known of an article that stands in lists."""
        build: Build = self._context[CONTEXT_KEY]
        return {slug: self._text(article, self.body_of(article)) for slug, article in build.classic.items()}

    def _page(self, content: Content, *, is_listed: bool) -> OwnPage:
        return OwnPage(
            title=str(content.title),
            address=str(content.url),
            save_as=save_as_of(content),
            content=self.html_of(content),
            lang=language_tag(str(content.lang)) or str(content.lang),
            description=str(content.metadata.get("description", "")),
            modified=plain_date(content.modified) if hasattr(content, "modified") else None,
            is_listed=is_listed,
            item=None if isinstance(content, Page) else item_of_article(content),
            text=self._text(content, ""),
        )

    def _text(self, content: Content, body: str) -> ClassicText:
        build: Build = self._context[CONTEXT_KEY]
        is_item = hasattr(content, "digest")
        is_written = not is_item and not isinstance(content, Page)
        template = self._template(content)
        others = _translations_of(content)
        return ClassicText(
            body=body,
            save_as=save_as_of(content),
            has_summary=is_item or bool(content.metadata.get("summary")),
            authors=build.shelves.authors_of(content) if is_written else (),
            category=build.shelves.category_of(content) if is_written else None,
            template=template,
            metadata=_metadata(content) if template else {},
            translations=tuple((_tag(each), str(each.url)) for each in (content, *others)) if others else (),
        )

    def _template(self, content: Content) -> str:
        """Return the template of the site's own that *content* asks for; ``""`` for the ordinary one.

        One that there is not, and one of ours that shows something else, is said.
        """
        name, ordinary = str(content.template), content.default_template
        if name == ordinary:
            return ""
        if ours := [each for each in self._names(name) if Path(theme_path(), "templates", each).is_file()]:
            self._say(content, f"template: {name!r} is {ours[0]} of the theme, which shows something else")
            return ""
        if there := [each for each in self._names(name) if self._is_there(each)]:
            return there[0]
        self._say(content, f"template: there is no {name!r}")
        return ""

    def _is_there(self, template: str) -> bool:
        parts = template.split("/")
        return ".." not in parts and any(Path(folder, *filter(None, parts)).is_file() for folder in self._folders)

    def _names(self, name: str) -> list[str]:
        return [f"{name}{ending}" for ending in self._settings["TEMPLATE_EXTENSIONS"]]

    def _say(self, content: Content, message: str) -> None:
        path = str(content.relative_source_path).replace(os.sep, "/")
        hint = "the ordinary template is used; name a file of THEME_TEMPLATES_OVERRIDES or of your theme"
        line = _line_of_template(Path(str(content.source_path)))
        self.problems.append(diagnose("ND151", message, path=path, line=line, hint=hint))

    def body_of(self, article: Content) -> str:
        """Return the body of one of Pelican's articles; what lies among the items is washed as theirs are."""
        html = self.html_of(article)
        news = self._context[CONTEXT_KEY].settings.news_path
        is_among_items = str(article.relative_source_path).replace(os.sep, "/").startswith(f"{news}/")
        return sanitize(html, prefix=prefix_of(str(article.slug))) if is_among_items else html

    def html_of(self, content: Content) -> str:
        """Return the HTML that Pelican made, links resolved: for pages at other addresses relative ones differ."""
        if self._settings["RELATIVE_URLS"]:
            self._context["localsiteurl"] = "/".join([".."] * save_as_of(content).count("/")) or "."
        html = str(content.content)
        if "style=" in html:
            html = _WIDE.sub(r'\1 width="\2"', _ALIGNED.sub(r'\1 align="\2">', html))
        return html + self._links_to_translations(content)

    def _links_to_translations(self, content: Content) -> str:
        """Return links to the translations of an article or page, each named in its own language."""
        root = str(self._context["localsiteurl"])
        links = []
        for other in _translations_of(content):
            lang = _tag(other)
            href, name = escape(f"{root}/{other.url}"), escape(_own_name(lang))
            links.append(f'<a rel="alternate" hreflang="{lang}" lang="{lang}" href="{href}">{name}</a>')
        return f"<p>{' · '.join(links)}</p>" if links else ""


def _translations_of(content: Content) -> list[Content]:
    """Return an article or page in other languages; what has its slug by chance is none."""
    return [other for other in content.translations if other.lang != content.lang]


def _tag(content: Content) -> str:
    return language_tag(str(content.lang)) or "und"


def _own_name(lang: str) -> str:
    """Return what a language calls itself, else its tag."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - only for sites with translations

    try:
        return Locale.parse(lang, sep="-").get_display_name() or lang
    except (UnknownLocaleError, ValueError):
        return lang


def _metadata(content: Content) -> dict[str, str]:
    """Return what the file of *content* says in texts and numbers; a list of them as one text."""
    found = {}
    for name, value in sorted(content.metadata.items()):
        values = value if isinstance(value, list) else [value]
        if name not in TAKEN and all(type(each) in _PLAIN for each in values):
            found[name] = ", ".join(map(str, values))
    return found


def _line_of_template(path: Path) -> int:
    """Return the 1-based line in which the file *path* names its template; 0 when none does."""
    try:
        with path.open(encoding="utf-8", errors="replace") as lines:
            named = re.compile(r"\W*(?:meta\s+name=\W?)?template\b", re.IGNORECASE)
            return next((n for n, line in zip(range(1, _HEAD_LINES), lines, strict=False) if named.match(line)), 0)
    except OSError:  # gone meanwhile
        return 0
