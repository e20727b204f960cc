"""For crawlers: ``robots.txt``, what may train on the site, and ``llms.txt``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

import msgspec

from ..feeds.page import API
from ..plans import FilePlan

if TYPE_CHECKING:
    from ..newsroom import Newsroom

# Crawlers that gather texts for models, by the names their operators document, and the two tokens that are no crawlers
# but a choice (Google-Extended, Applebot-Extended). Those that answer a person's question are not among them.
TRAINERS: Final = (
    "AI2Bot",
    "Applebot-Extended",
    "Bytespider",
    "CCBot",
    "ClaudeBot",
    "Diffbot",
    "GPTBot",
    "Google-Extended",
    "ImagesiftBot",
    "Meta-ExternalAgent",
    "Omgilibot",
    "PanguBot",
    "Timpibot",
    "anthropic-ai",
    "cohere-training-data-crawler",
)
RESERVED: Final = "no-training"
MOST_TOPICS: Final = 40
_ABOUT: Final = (
    "A digest of news: each item leads to the report at its source, and shows who else reported the story. "
    "The reports themselves are their publishers'."
)


def plan_crawlers(room: Newsroom, topics: Iterable[tuple[str, str]]) -> Iterator[FilePlan]:
    """Yield ``robots.txt``; where the owner reserves the right to train, ``.well-known/tdmrep.json``; and ``llms.txt``,
    unless nobody is to read the site.

    Args:
        topics: Name and address of the site's topics, the most important first.
    """
    robots = room.choices.robots
    yield FilePlan(save_as="robots.txt", data=_robots(room).encode())
    if robots == RESERVED:
        # W3C's TDM Reservation Protocol, https://www.w3.org/community/reports/tdmrep/CG-FINAL-tdmrep-20240510/
        reserved = msgspec.json.encode([{"location": "/", "tdm-reservation": 1}])
        yield FilePlan(save_as=".well-known/tdmrep.json", data=reserved + b"\n")
    if not room.choices.is_hidden:
        yield FilePlan(save_as="llms.txt", data=_llms(room, topics).encode())


def _robots(room: Newsroom) -> str:
    """Return ``robots.txt`` (RFC 9309); with it, what Cloudflare's ``Content-Signal`` lines say of training."""
    if room.choices.is_hidden:
        return "User-agent: *\nDisallow: /\n"
    end = f"\nSitemap: {room.site.absolute('sitemap.xml')}\n"
    if room.choices.robots != RESERVED:
        return f"User-agent: *\nAllow: /\n{end}"
    trainers = "".join(f"User-agent: {name}\n" for name in TRAINERS)
    return f"User-agent: *\nContent-Signal: search=yes, ai-train=no\nAllow: /\n\n{trainers}Disallow: /\n{end}"


def _llms(room: Newsroom, topics: Iterable[tuple[str, str]]) -> str:
    """Return ``llms.txt`` as https://llmstxt.org/ has it: what the site is, and where to find what, as Markdown."""
    site = room.site
    lines = [f"# {_plain(site.name)}", ""]
    if site.subtitle:
        lines += [f"> {_plain(site.subtitle)}", ""]
    lines += [_ABOUT, ""]
    if room.choices.robots == RESERVED:
        lines += ["The rights to train models on these pages are reserved: see robots.txt.", ""]
    if room.choices.contact:
        lines += [f"Contact: {_plain(room.choices.contact)}", ""]
    lines += ["## News", "", f"- [Front page]({site.absolute('')})", f"- [Latest]({site.absolute('latest/')})"]
    if room.told.address:
        lines.append(f"- [Stories]({site.absolute(room.told.address)}): what several sources report")
    lines += ["", "## For programs", ""]
    lines += [f"- [Feeds]({site.absolute('feeds/')})", f"- [Sitemap]({site.absolute('sitemap.xml')})"]
    if room.choices.has_api:
        lines.append(f"- [JSON API]({site.absolute(API)})")
    named = [f"- [{_plain(name)}]({site.absolute(address)})" for name, address in topics][:MOST_TOPICS]
    if named:
        lines += ["", "## Topics", "", *named]
    return "\n".join([*lines, ""])


def _plain(text: str) -> str:
    """Return *text* so that it is one line and no mark of Markdown: strangers name topics."""
    return "".join(f"\\{mark}" if mark in "\\`*_[]<>#" else mark for mark in " ".join(text.split()))
