"""A site's content, read as a build reads it, for commands that do not write the site."""

from __future__ import annotations

from pathlib import Path

import msgspec
from pelican.generators import ArticlesGenerator

from pelican import Pelican

from ..host.build import CONTEXT_KEY, Build
from ..host.generator import DigestGenerator
from .command import site_settings


class OpenSite(msgspec.Struct, frozen=True, kw_only=True):
    """What was read, and what pages would be made with."""

    build: Build
    generator: DigestGenerator


def open_site(path: Path, *, content: Path | None = None) -> OpenSite:
    """Read the content of the site whose settings lie at *path*.

    Args:
        content: Instead of ``PATH``.

    Raises:
        CommandError: There is no such settings file, or it is no Python that runs.
        SettingError: The settings cannot be used.
    """
    settings = site_settings(path, content=content)
    pelican = Pelican(settings)
    context = {
        **settings,
        "generated_content": {},
        "static_links": set(),
        "static_content": {},
        "localsiteurl": settings["SITEURL"],
    }
    where = {
        "context": context,
        "settings": pelican.settings,
        "path": pelican.path,
        "theme": pelican.theme,
        "output_path": pelican.output_path,
    }
    ArticlesGenerator(**where).generate_context()
    build: Build = context[CONTEXT_KEY]
    build.ensure_read()
    return OpenSite(build=build, generator=DigestGenerator(**where))
