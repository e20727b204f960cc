"""The feed of a page: what it names itself, else where feeds usually lie."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urljoin

from .entries import address_of
from .feeds import FeedCache, fetch_one
from .parsers import Parsers, key_of, load
from .parsing import Question
from .web_page import NoPageError, PageFacts, facts_of

if TYPE_CHECKING:
    from ...network.guard import Allowed
    from ...network.outcome import Outcome

_USUAL: Final = ("/feed", "/rss.xml", "/atom.xml", "/feed.xml", "/index.xml", "/rss")
_MAX_TRIES: Final = 8


class Found(NamedTuple):
    """A feed that answered: its address, and what it calls itself."""

    feed: str
    title: str


class NoFeedError(Exception):
    """There is none to be found; the text says why."""


def find_feed(url: str, cache: FeedCache, *, allowed: Allowed, agent: str) -> Found:
    """Return the feed at *url*, or that of the page there.

    Raises:
        NoFeedError: There is none.
    """
    outcome = fetch_one(url, cache, allowed=allowed, agent=agent)
    if outcome.problem:
        raise NoFeedError(outcome.problem)
    if found := _read(url, outcome, cache):
        return found
    try:
        page = facts_of(outcome, cache)
    except NoPageError as error:
        raise NoFeedError(str(error)) from None
    for candidate in list(dict.fromkeys(_candidates(page)))[:_MAX_TRIES]:
        answer = fetch_one(candidate, cache, allowed=allowed, agent=agent)
        if not answer.problem and (found := _read(candidate, answer, cache)):
            return found
    raise NoFeedError("neither is a feed nor names one")


def _read(url: str, outcome: Outcome, cache: FeedCache) -> Found | None:
    path = str(cache.path(outcome.source))
    question = Question(path=path, url=outcome.found_at, content_type=outcome.content_type)
    with Parsers(cache.parsed, count=1) as parsers:
        parsers.begin(question, outcome.source)
    answered = load(cache.parsed, key_of(question, outcome.source))
    feed = answered.feed if answered else None
    return Found(outcome.moved_to or url, feed.title) if feed else None


def _candidates(page: PageFacts) -> Iterator[str]:
    """Yield the addresses at which the feed of a page may lie, the likeliest first."""
    yield from page.feeds
    for path in _USUAL:
        if address := address_of(urljoin(page.url, path)):
            yield address
