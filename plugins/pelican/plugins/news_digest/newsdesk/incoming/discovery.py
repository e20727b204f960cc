"""The feed of a page: what it names itself, else where feeds usually lie."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urljoin

from ...network.outcome import Ask
from .entries import address_of
from .feeds import FeedCache, fetch
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


class Finder:
    """Finds feeds."""

    def __init__(self, cache: FeedCache, *, allowed: Allowed, agent: str, clock: Callable[[], float]) -> None:
        self._cache = cache
        self._allowed, self._agent, self._clock = allowed, agent, clock

    def find(self, url: str) -> Found:
        """Return the feed at *url*, or that of the page there.

        Raises:
            NoFeedError: There is none.
        """
        outcome = self._fetch(url)
        if outcome.problem:
            raise NoFeedError(outcome.problem)
        found = self._read(url, outcome)
        if found is not None:
            return found
        try:
            page = facts_of(outcome, self._cache)
        except NoPageError as error:
            raise NoFeedError(str(error)) from None
        for candidate in list(dict.fromkeys(_candidates(page)))[:_MAX_TRIES]:
            answer = self._fetch(candidate)
            found = None if answer.problem else self._read(candidate, answer)
            if found is not None:
                return found
        raise NoFeedError("neither is a feed nor names one")

    def _fetch(self, url: str) -> Outcome:
        return next(fetch([Ask(url=url)], self._cache, allowed=self._allowed, agent=self._agent, clock=self._clock))

    def _read(self, url: str, outcome: Outcome) -> Found | None:
        path = str(self._cache.path(outcome.source))
        question = Question(path=path, url=outcome.found_at, content_type=outcome.content_type)
        with Parsers(self._cache.parsed, count=1) as parsers:
            parsers.begin(question, outcome.source)
        answered = load(self._cache.parsed, key_of(question, outcome.source))
        feed = answered.feed if answered else None
        return Found(outcome.moved_to or url, feed.title) if feed else None


def _candidates(page: PageFacts) -> Iterator[str]:
    """Yield the addresses at which the feed of a page may lie, the likeliest first."""
    yield from page.feeds
    for path in _USUAL:
        if address := address_of(urljoin(page.url, path)):
            yield address
