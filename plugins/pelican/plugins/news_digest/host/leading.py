"""Where ``{tag}``, ``{category}`` and ``{author}`` in a text lead with our theme: to topics, and to pages of ours."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import unquote

from ..pages.classic.texts import ShelfKind
from ..pages.site import topic_called

if TYPE_CHECKING:
    from .state import Build


class Leading(str):
    """A setting such as ``TAG_URL`` that Pelican fills with a name; the address is looked up."""

    __slots__ = ("_find",)
    _find: Callable[[str], str]

    def __new__(cls, text: str, find: Callable[[str], str]) -> Self:
        """Return *text*, which the site wrote, as a setting."""
        made = super().__new__(cls, text)
        made._find = find
        return made

    def format(self, *_: object, **known: object) -> str:
        """Return the address of what is called ``known["name"]``."""
        return self._find(str(known["name"]))


def lead_to_ours(settings: dict[str, Any], build: Build) -> None:
    """Let Pelican's *settings* lead to our pages, with our theme; a name that has none leads to all of its kind."""
    if not build.is_own_theme:
        return

    def topic(name: str) -> str:
        build.ensure_read()
        return topic_called(build.catalogue, unquote(name), otherwise="topics/")

    def shelf(name: str, *, kind: ShelfKind, otherwise: str) -> str:
        build.ensure_read()
        return build.shelves.address(kind, name, otherwise=otherwise)

    finders: dict[str, Callable[[str], str]] = {
        "TAG_URL": topic,
        "CATEGORY_URL": partial(shelf, kind=ShelfKind.CATEGORY, otherwise="latest/"),
        "AUTHOR_URL": partial(shelf, kind=ShelfKind.AUTHOR, otherwise="providers/"),
    }
    settings.update({name: Leading(str(settings[name]), find) for name, find in finders.items()})
