"""Templates that Pelican renders (``DIRECT_TEMPLATES``, ``TEMPLATE_PAGES``) and that need what only our pages have."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, TemplateError, meta

from ..errors import READ_MORE

if TYPE_CHECKING:
    from pelican.generators import Generator

log = logging.getLogger(__name__)


def leave_out_ours(generator: Generator) -> None:
    """Take from Pelican's settings the templates that lead to one of the theme's, and say which.

    Those read ``view`` and ``site``, which Pelican does not have, and end the whole build. Any other is written.
    """
    settings, ours = generator.settings, Path(generator.theme, "templates").resolve()
    direct = {
        name: [f"{name}{ending}" for ending in settings["TEMPLATE_EXTENSIONS"]] for name in settings["DIRECT_TEMPLATES"]
    }
    refused = {name: found for name, files in direct.items() if (found := _one_of_ours(generator.env, files, ours))}
    settings["DIRECT_TEMPLATES"] = [name for name in direct if name not in refused]
    _say("DIRECT_TEMPLATES", refused)
    pages = dict(settings["TEMPLATE_PAGES"])
    refused = {}
    for source in pages:
        try:
            text = Path(generator.path, source).read_text(encoding="utf-8")
            named = _named(generator.env, text)
        except (OSError, UnicodeDecodeError, TemplateError):  # Pelican says what is wrong with it
            continue
        if found := _one_of_ours(generator.env, named, ours):
            refused[source] = found
    settings["TEMPLATE_PAGES"] = {source: to for source, to in pages.items() if source not in refused}
    _say("TEMPLATE_PAGES", refused)


def _say(setting: str, refused: dict[str, str]) -> None:
    for name, found in refused.items():
        log.warning(
            "%s: %s is left out: it uses %s of the theme, which only pages of the digest can; name it in `Template:` "
            "of a page (%s)",
            setting,
            name,
            found,
            READ_MORE.format("customise"),
        )


def _one_of_ours(env: Environment, names: Iterable[str], ours: Path) -> str:
    """Return the template below *ours* that the first of *names* that exists is or leads to; ``""``: none."""
    todo, seen = list(names), set()
    while todo:
        name = todo.pop()
        if name in seen or env.loader is None:
            continue
        seen.add(name)
        try:
            source, file, _ = env.loader.get_source(env, name)
            if file is not None and Path(file).resolve().is_relative_to(ours):
                return name
            todo += _named(env, source)
        except TemplateError:
            continue
    return ""


def _named(env: Environment, source: str) -> list[str]:
    return [name for name in meta.find_referenced_templates(env.parse(source)) if name]
