"""What templates are found and compiled with: all that a site says of them."""

from __future__ import annotations

from typing import Any

import msgspec


class TemplateOptions(msgspec.Struct, frozen=True, kw_only=True):
    """Where templates come from and what a site adds to them.

    Attributes:
        paths: Folders in the order in which they are searched: the site's own first, the theme's last.
        lang: The site's language, for the words in templates.
        languages_path: The folder of its own catalogues; ``""``: none.
        filters, globals, tests: Pelican's ``JINJA_FILTERS``, ``JINJA_GLOBALS`` and ``JINJA_TESTS``.
    """

    paths: tuple[str, ...]
    lang: str = "en"
    languages_path: str = ""
    filters: dict[str, Any] = {}
    globals: dict[str, Any] = {}
    tests: dict[str, Any] = {}

    @property
    def is_portable(self) -> bool:
        """Whether another process can use them: code of the site's own may not travel."""
        return not (self.filters or self.globals or self.tests)
