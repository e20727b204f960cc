"""The partial that a template of any theme may include: ``{% include "news-digest/sidebar.html" %}``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import ChoiceLoader, FileSystemLoader

if TYPE_CHECKING:
    from pelican.generators import Generator

TEMPLATES = Path(__file__).resolve().parent / "templates"


def add_partials(generator: Generator) -> None:
    """Let Pelican's environments find our partials, after the site's and the theme's own."""
    env = generator.env
    env.loader = ChoiceLoader([env.loader, FileSystemLoader(TEMPLATES)])
