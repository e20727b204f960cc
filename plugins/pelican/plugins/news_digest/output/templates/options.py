"""What templates are found and compiled with: all that a site says of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec


class Language(msgspec.Struct, frozen=True, kw_only=True):
    """What a site's templates may say beyond ours.

    Attributes:
        filters, globals, tests: By name.
        extensions: Jinja's own by name, those of others as classes.
        attributes: What extensions of others find on the environment.
        rules: Options of ``JINJA_ENVIRONMENT`` that differ from ours.
        code: What code that is not a setting is known by.
        unknown: What nothing is known by, in words: then nothing tells whether a page is fresh.
    """

    filters: dict[str, Any] = {}
    globals: dict[str, Any] = {}
    tests: dict[str, Any] = {}
    extensions: tuple[Any, ...] = ()
    attributes: dict[str, Any] = {}
    rules: dict[str, Any] = {}
    code: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


class TemplateOptions(Language, frozen=True, kw_only=True):
    """Where templates come from and what a site adds to them.

    Attributes:
        paths: Folders in the order in which they are searched: the site's own first, the theme's last.
        lang: The site's language, for the words in templates.
        languages_path: The folder of its own catalogues; ``""``: none.
        articles: Slug or file → Pelican's article, for templates that read ``article``; None: none does.
    """

    paths: tuple[str, ...]
    lang: str = "en"
    languages_path: str = ""
    articles: Mapping[str, Any] | None = None

    @property
    def is_portable(self) -> bool:
        """Whether another process can use them: code of the site's own may not travel."""
        has_code = self.filters or self.globals or self.tests or self.rules or self.articles is not None
        return not has_code and all(isinstance(each, str) for each in self.extensions)

    @property
    def is_as_ours(self) -> bool:
        """Whether templates mean what ours do, so that they can be compiled for speed."""
        return not (self.extensions or self.rules)
