"""Feeds at the addresses that a site had before: readers that ask there still hear of news."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

import msgspec

from ..errors import SettingError
from ..pages.plans import FeedFormat, FeedPlan, Plan, Promise, made, page_file
from ..pages.site import topic_called
from ..text.plain import fold

if TYPE_CHECKING:
    from pelican.contents import Content, Tag

    from ..catalogue.build import Catalogue

_KEY: Final = "NEWS_DIGEST_OLD_FEEDS"
_FORMATS: Final = (FeedFormat.ATOM, FeedFormat.RSS)
_OF_ALL: Final = ("FEED", "FEED_ALL")
_OF_ONE: Final = ("TAG_FEED", "CATEGORY_FEED", "AUTHOR_FEED")


class OldFeed(msgspec.Struct, frozen=True):
    """One feed of ours, *ours*, that lies at *old*, too, in another format perhaps."""

    ours: str
    old: str
    format: FeedFormat


def remember_feeds(settings: dict[str, Any]) -> None:
    """Keep in *settings* where feeds were, before Pelican is told to write none."""
    names = (_setting(name, each) for name in (*_OF_ALL, *_OF_ONE) for each in _FORMATS)
    settings[_KEY] = {name: str(settings[name]) for name in names if settings.get(name)}


def feeds_of(kind: str, settings: Mapping[str, Any], slug: str) -> tuple[tuple[FeedFormat, str], ...]:
    """Return the addresses of the feeds of one tag, category or author.

    Args:
        kind: ``TAG``, ``CATEGORY`` or ``AUTHOR``.

    Raises:
        SettingError: The setting has a place for something else than a slug.
    """
    known: dict[str, str] = settings.get(_KEY, {})
    names = ((each, _setting(f"{kind}_FEED", each)) for each in _FORMATS)
    return tuple((each, quote(_filled(name, known[name], slug))) for each, name in names if name in known)


def old_feeds(settings: Mapping[str, Any], classic: Iterable[Content], catalogue: Catalogue) -> tuple[OldFeed, ...]:
    """Return which of our feeds lie elsewhere, too: that of everything, and those of topics that were tags."""
    known: dict[str, str] = settings.get(_KEY, {})
    found = [
        OldFeed(f"feeds/all{each}", known[name], each)
        for of_all in _OF_ALL
        for each in _FORMATS
        if (name := _setting(of_all, each)) in known
    ]
    if any(name.startswith("TAG_") for name in known):
        slugs = {fold(tag.name): str(tag.slug) for article in classic for tag in _tags(article)}
        for topic_id in catalogue.by_topic:
            name = catalogue.taxonomy.topics[topic_id].name
            if home := topic_called(catalogue, name, otherwise=""):
                ours = page_file(f"{home}feed{FeedFormat.ATOM}")
                old = feeds_of("TAG", settings, slugs.get(fold(name)) or topic_id)
                found += [OldFeed(ours, page_file(address), each) for each, address in old]
    return tuple(feed for feed in found if feed.ours != feed.old)


def _tags(article: Content) -> Iterable[Tag]:
    return (tag for tag in getattr(article, "tags", ()) if tag.slug)


def with_old_feeds(
    plans: Iterable[Plan | Promise], feeds: Iterable[OldFeed], *, absolute: Callable[[str], str]
) -> Iterable[Plan | Promise]:
    """Return *plans*, and each feed again for every other address that readers know it by.

    Args:
        absolute: Returns the whole address of one on this site.
    """
    wanted: dict[str, dict[str, OldFeed]] = {}
    for feed in feeds:
        wanted.setdefault(feed.ours, {})[feed.old] = feed

    def with_others(plan: Plan | Promise) -> Iterator[Plan | Promise]:
        yield plan
        for feed in wanted.get(plan.save_as, {}).values():
            make = partial(_at, plan, feed, url=absolute(quote(feed.old)))
            if isinstance(plan, Promise):
                yield Promise(save_as=feed.old, facts=partial(_facts, plan, feed), make=make)
            else:
                yield make()

    return chain.from_iterable(map(with_others, plans)) if wanted else plans


def _facts(promise: Promise, feed: OldFeed) -> bytes:
    return promise.facts() + feed.format.encode()


def _at(plan: Plan | Promise, feed: OldFeed, *, url: str) -> Plan:
    """Return *plan* at another address; one in another format is a feed of its own, the same is called what it is."""
    whole = made(plan)
    if isinstance(whole, FeedPlan) and whole.format is not feed.format:
        return msgspec.structs.replace(whole, save_as=feed.old, format=feed.format, self_url=url, id=url)
    return msgspec.structs.replace(whole, save_as=feed.old)


def _setting(name: str, feed_format: FeedFormat) -> str:
    """Return the setting that says where a feed lies: ``TAG_FEED_ATOM``."""
    return f"{name}_{feed_format.name}"


def _filled(name: str, pattern: str, slug: str) -> str:
    try:
        return pattern.format(slug=slug)
    except (LookupError, ValueError) as error:
        raise SettingError([f"{name}: {pattern!r} has a place for something else than {{slug}}: {error}"]) from error
