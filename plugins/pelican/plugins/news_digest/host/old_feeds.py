"""Feeds at the addresses that a site had before: readers that ask there still hear of news."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

import msgspec

from ..pages.plans import Plan, Promise, made

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_KEY: Final = "NEWS_DIGEST_OLD_FEEDS"
_OURS: Final = {
    "FEED_ALL_ATOM": "feeds/all.atom.xml",
    "FEED_ATOM": "feeds/all.atom.xml",
    "FEED_ALL_RSS": "feeds/all.rss.xml",
    "FEED_RSS": "feeds/all.rss.xml",
}


def remember_feeds(settings: dict[str, Any]) -> None:
    """Keep in *settings* where the feed of everything was, before Pelican is told to write none."""
    wanted = {str(settings[name]): ours for name, ours in _OURS.items() if settings.get(name)}
    settings[_KEY] = tuple(sorted((old, ours) for old, ours in wanted.items() if old != ours))


def with_old_feeds(plans: Iterable[Plan | Promise], settings: Mapping[str, Any]) -> Iterator[Plan | Promise]:
    """Yield *plans*, and each feed again for every other address that readers know it by."""
    wanted: tuple[tuple[str, str], ...] = settings.get(_KEY, ())
    for plan in plans:
        yield plan
        for old, ours in wanted:
            if plan.save_as == ours:
                yield _at(plan, old)


def _at(plan: Plan | Promise, save_as: str) -> Plan | Promise:
    if isinstance(plan, Promise):
        return msgspec.structs.replace(plan, save_as=save_as, address=None, make=partial(_made_at, plan, save_as))
    return msgspec.structs.replace(plan, save_as=save_as)


def _made_at(promise: Promise, save_as: str) -> Plan:
    return msgspec.structs.replace(made(promise), save_as=save_as)
