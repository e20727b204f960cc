"""Pages of the desk as HTML: a view and a template, every text escaped."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

_TEMPLATES: Final = Path(__file__).resolve().parent / "templates"


def render(name: str, **values: object) -> str:
    """Return the page that the template *name* makes of *values*."""
    return _environment().get_template(f"{name}.html").render(**values)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
