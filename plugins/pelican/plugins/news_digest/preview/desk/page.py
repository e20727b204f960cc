"""Pages of the desk as HTML: a view and a template, every text escaped."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from ...languages import ENGLISH, Words

if TYPE_CHECKING:
    from .values import Site

_TEMPLATES: Final = Path(__file__).resolve().parent / "templates"


def render(name: str, site: Site | None, **values: object) -> str:
    """Return the page that the template *name* makes of *values*, in the language of *site*; None: in English."""
    if site is None:
        environment = _environment(ENGLISH, "en", "ltr")
    else:
        environment = _environment(site.words, site.lang, site.dates.locale.text_direction)
    return environment.get_template(f"{name}.html").render(**values)


@lru_cache(maxsize=2)
def _environment(words: Words, lang: str, direction: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        extensions=["jinja2.ext.i18n"],
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.install_gettext_translations(words.translations, newstyle=True)  # type: ignore[attr-defined]
    environment.globals.update(lang=lang, dir=direction)
    return environment
