"""The files of a new site, from the templates that come with the package."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from string import Template
from typing import Final
from zoneinfo import ZoneInfo

import msgspec

from ..frontmatter.items.compose import moment
from ..package import __version__, documentation_url

TEMPLATES: Final = Path(__file__).resolve().parents[1] / "new_site"
_ENDING: Final = ".in"
# An example item's template begins with how many days old it is.
_AGE: Final = re.compile(r"(\d+)-")
_ABOUT_EXAMPLES: Final = "| start with your own items | delete the examples in `content/` |\n"
INSTALLED_IMPORTS: Final = "from pelican.plugins import news_digest\n\n"
INSTALLED_PLUGIN: Final = 'PLUGINS = ["news_digest"]\nTHEME = news_digest.theme_path()'


class Host(StrEnum):
    """Who publishes the site, so whose instructions it needs."""

    GITHUB_PAGES = "github-pages"
    GITLAB_PAGES = "gitlab-pages"
    NONE = "none"


class Answers(msgspec.Struct, frozen=True, kw_only=True):
    """What a new site is called and where it is at home.

    Attributes:
        url: Its public address without a slash at the end.
        has_examples: Whether the three example items come with it.
        imports, plugin: How its settings find the plugin and the theme; the defaults are for an installed package.
    """

    name: str
    subtitle: str = ""
    url: str = "https://digest.example.org"
    language: str = "en"
    timezone: str = "UTC"
    host: Host = Host.GITHUB_PAGES
    static_paths: tuple[str, ...] = ("images", "assets")
    imports: str = INSTALLED_IMPORTS
    plugin: str = INSTALLED_PLUGIN
    has_examples: bool = True
    has_feeds: bool = False
    requirement: str = f"pelican-news-digest[fast,search]~={__version__}"


class SiteTemplate(Template):
    """A template of one file; ``@@{name}`` is a place, because ``$`` and braces mean something in workflows."""

    delimiter = "@@"
    idpattern = r"\Z\A"  # only the form in braces
    braceidpattern = r"[a-z_]+"


def site_files(answers: Answers, *, now: datetime) -> dict[str, bytes]:
    """Return path → content of every file of a new site, in order.

    Args:
        now: The moment at which the newest example was published; aware.
    """
    folders = [TEMPLATES / "site", TEMPLATES / answers.host.value]
    found = {path: text for folder in folders if folder.is_dir() for path, text in _files(folder, answers, now=now)}
    if not answers.has_examples:
        found = {path: text for path, text in found.items() if not path.startswith("content/")}
    if not answers.has_feeds:
        found = {path: text for path, text in found.items() if not path.endswith("/import.yml")}
    return dict(sorted(found.items()))


def _files(folder: Path, answers: Answers, *, now: datetime) -> Iterator[tuple[str, bytes]]:
    for source in sorted(folder.rglob("*")):
        if not source.is_file() or "__pycache__" in source.parts:
            continue
        name = source.relative_to(folder).as_posix().replace("dot-", ".")
        if not name.endswith(_ENDING):
            yield name, source.read_bytes()
            continue
        place, _, stem = name.removesuffix(_ENDING).rpartition("/")
        date = now
        if age := _AGE.match(stem):
            date = now - timedelta(days=int(age[1]))
            day = date.astimezone(ZoneInfo(answers.timezone)).date().isoformat()
            stem = f"{day}-{stem[age.end() :]}"
        path = f"{place}/{stem}" if place else stem
        text = fill(source.read_text(encoding="utf-8"), answers, {"moment": moment(date.astimezone(UTC)), "path": path})
        yield path, text.encode()


def fill(text: str, answers: Answers, more: Mapping[str, str] | None = None) -> str:
    """Return the template *text* with *answers* in their places.

    Raises:
        KeyError: It has a place that nothing is meant for: a bug of ours.
    """
    literals = ("name", "subtitle", "url", "language", "timezone", "static_paths")
    # As Python writes them, in double quotes.
    places = {name: json.dumps(getattr(answers, name), ensure_ascii=False) for name in literals}
    places |= {name: getattr(answers, name) for name in ("imports", "plugin", "requirement")}
    publishing = (TEMPLATES / "publishing" / f"{answers.host.value}.md").read_text(encoding="utf-8").rstrip()
    examples = _ABOUT_EXAMPLES if answers.has_examples else ""
    url = documentation_url()
    web = f", or [on the web]({url})" if url else ""
    places |= {"title": answers.name, "publishing": publishing, "examples": examples, "web": web, **(more or {})}
    return SiteTemplate(text).substitute(places)
