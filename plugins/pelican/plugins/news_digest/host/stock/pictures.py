"""Made pictures with a theme of another make: Pelican copies those that its pages name, and leads to them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from pelican.contents import Static

from ...images.pictures import SITE_FOLDER
from ..state import CONTEXT_KEY

if TYPE_CHECKING:
    from pelican.generators import StaticGenerator


def add_made_pictures(generator: StaticGenerator) -> None:
    """Add to what Pelican copies the pictures that ``news-digest images`` made and that articles name."""
    build = generator.context.get(CONTEXT_KEY)
    for src in build.stock_pictures if build is not None else ():
        file = os.path.join(build.pictures.folder, src.removeprefix(f"{SITE_FOLDER}/"))
        where = {"save_as": src, "url": src, "title": src}
        static = Static("", where, generator.settings, source_path=file, context=generator.context)
        generator.staticfiles.append(static)
        generator.context["static_content"][src] = static
