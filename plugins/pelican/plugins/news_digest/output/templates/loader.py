"""Where templates come from: the site's own folders, then the theme's; each text is read once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from jinja2 import BaseLoader, ChoiceLoader, Environment, FileSystemLoader, PrefixLoader

# A site's template of the same name extends the theme's as "!theme/article.html", as in Pelican.
OWN: Final = "!theme"


class ReadOnce(BaseLoader):
    """Reads templates as *loader* does, each of them once: all that asks for one in a build is told the same."""

    def __init__(self, loader: BaseLoader) -> None:
        self._loader = loader
        self._read: dict[str, tuple[str, str | None, Callable[[], bool] | None]] = {}

    def get_source(self, environment: Environment, template: str) -> tuple[str, str | None, Callable[[], bool] | None]:
        """Return the text of *template*, its file, and what tells whether that is still so.

        Raises:
            jinja2.TemplateNotFound: There is none.
        """
        found = self._read.get(template)
        if found is None:
            found = self._read[template] = self._loader.get_source(environment, template)
        return found

    def list_templates(self) -> list[str]:
        """Return the names of all templates, sorted."""
        return self._loader.list_templates()


def make_loader(paths: Sequence[str]) -> ReadOnce:
    """Return who reads the templates in *paths*: the site's own folders first, the theme's last."""
    own = FileSystemLoader(list(paths[-1:]))
    return ReadOnce(ChoiceLoader([FileSystemLoader(list(paths)), PrefixLoader({OWN: own})]))


def source_of(environment: Environment, name: str) -> tuple[str, str | None]:
    """Return the text of the template *name*, and its file.

    Raises:
        jinja2.TemplateNotFound: There is none.
        LookupError: *environment* loads no templates.
    """
    if environment.loader is None:
        raise LookupError(name)
    return environment.loader.get_source(environment, name)[:2]
