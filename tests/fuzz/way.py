"""The whole way of one file: bytes → text → values → item → catalogue → plans → pages, feeds, JSON, judged.

No disk, no process: what Hypothesis and a fuzzer can walk many times a second.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import html5lib

from pelican.plugins.news_digest.checks.look import Look
from pelican.plugins.news_digest.disk.files import decode_text, item_address
from pelican.plugins.news_digest.errors import ContentError, Diagnostic, Severity
from pelican.plugins.news_digest.frontmatter.items.convert import convert_values
from pelican.plugins.news_digest.frontmatter.items.links import RelatedPool
from pelican.plugins.news_digest.frontmatter.items.parts import read_values
from pelican.plugins.news_digest.frontmatter.opening import classic_problems
from pelican.plugins.news_digest.frontmatter.yaml.yaml12 import has_front_matter
from pelican.plugins.news_digest.model import NewsItem, Status
from pelican.plugins.news_digest.output.templates.options import TemplateOptions
from pelican.plugins.news_digest.output.templates.render import Renderer
from pelican.plugins.news_digest.pages.feeds.channels import channels, plan_feeds
from pelican.plugins.news_digest.pages.items.article import plan_articles
from pelican.plugins.news_digest.pages.items.cards import Cards
from pelican.plugins.news_digest.pages.lists.home import plan_home
from pelican.plugins.news_digest.pages.machines.api import plan_api
from pelican.plugins.news_digest.pages.plans import Plan, made
from pelican.plugins.news_digest.pages.views.base import SiteView
from tests.hostile.judge import Judge
from tests.pages.rooms import make_room

ROOT: Final = Path(__file__).resolve().parents[2]
UTC: Final = ZoneInfo("UTC")
# One of each kind: the others are made of the same parts.
WANTED: Final = ("index.html", "news/x/index.html", "feeds/all.atom.xml", "feeds/all.rss.xml", "feeds/all.json",
                 "api/news/index.json")  # fmt: skip
HARMLESS: Final = b"---\ntitle: Harmless\npublishedDateTime: 2026-05-01\nwebUrl: https://a.example/\n---\n"
SITE: Final = SiteView(
    name="Tiny", subtitle="", lang="en", dir="ltr", topics=(), pages=(), css="theme/digest.css",
    script="theme/x.js", head_script="theme/h.js", csp="default-src 'none'", generator="x",
)  # fmt: skip


def walk(data: bytes) -> NewsItem | None:
    """Walk the whole way with a file that holds *data*; return the item, or None for a file that is left out.

    Raises:
        AssertionError: Something that this project promises does not hold.
    """
    item, diagnostics = read(data)
    for diagnostic in diagnostics:
        assert str(diagnostic).isprintable(), ascii(str(diagnostic))
        assert len(str(diagnostic)) < 1000
    if item is None:
        assert any(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics)
        return None
    for plan in plans_of(item):
        complaints = list(judge().judge(plan.save_as, renderer().render(plan)))
        assert [] == complaints, (plan.save_as, complaints)
    return item


def read(data: bytes) -> tuple[NewsItem | None, tuple[Diagnostic, ...]]:
    """Return what a file that holds *data* gives, and what there is to say about it, ``check``'s part included."""
    pool = RelatedPool()
    try:
        text = decode_text(data, source_path="news/x.md")
        if not has_front_matter(text):
            classic_problems(text, source_path="news/x.md")
            return None, (_classic(),)
        values = read_values(text, source_path="news/x.md", tz=UTC, pool=pool)
    except ContentError as error:
        return None, (error.diagnostic,)
    parsed = convert_values(values, source_path="news/x.md", slug="x", address=item_address("x"), tz=UTC)
    if parsed.item is None:
        return None, parsed.diagnostics
    return parsed.item, (*parsed.diagnostics, *Look(UTC).at(parsed.item, values).notes)


def _classic() -> Diagnostic:
    """Return what is said of a file that is Pelican's to read, when Pelican cannot."""
    from pelican.plugins.news_digest.errors import diagnose

    return diagnose("ND101", "no '---' block", path="news/x.md")


def plans_of(item: NewsItem) -> Iterator[Plan]:
    """Yield the plans of a site of one item; nothing for one that nobody sees."""
    if item.status is not Status.PUBLISHED:
        return
    room = make_room([item])
    for promised in (
        plan_home(room),
        *plan_articles(room, Cards(room)),
        *plan_feeds(room, channels(room)),
        *plan_api(room),
    ):
        if promised.save_as in WANTED:
            yield made(promised)


@cache
def renderer() -> Renderer:
    """Return who renders, with the theme's templates compiled once."""
    return Renderer(TemplateOptions(paths=(str(ROOT / "theme" / "templates"),)), site=SITE, root="/", is_relative=False)


@cache
def judge() -> Judge:
    """Return who judges, having learned from a harmless item what the layout itself does."""
    item, _ = read(HARMLESS)
    assert item is not None
    scripts = set()
    for plan in plans_of(item):
        if plan.save_as.endswith(".html"):
            page = html5lib.parse(renderer().render(plan).decode(), namespaceHTMLElements=False)
            scripts |= {script.get("src", script.text or "").partition("?")[0] for script in page.iter("script")}
    return Judge(siteurl="https://tiny.example", scripts=frozenset(scripts), foreign=frozenset())


def heading(item: NewsItem) -> str:
    """Return what a reader sees as the headline of an item's page."""
    (plan,) = [plan for plan in plans_of(item) if plan.save_as == "news/x/index.html"]
    page = html5lib.parse(renderer().render(plan).decode(), namespaceHTMLElements=False)
    return " ".join("".join(page.find(".//h1").itertext()).split())


def front_matter_of(values: dict[str, object], body: str) -> bytes:
    """Return a file whose values are written as JSON, which is YAML."""
    lines = [f"{json.dumps(key)}: {json.dumps(value)}" for key, value in values.items()]
    return ("---\n" + "\n".join(lines) + f"\n---\n{body}").encode("utf-8", "replace")
