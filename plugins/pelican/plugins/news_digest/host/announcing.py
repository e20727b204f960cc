"""What is written, announced as Pelican announces it: pages by ``content_written``, feeds by ``feed_generated`` and
``feed_written``. A page that was left alone is announced as well, without being rendered; nothing else is.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pelican.contents import Page
from pelican.utils import get_relative_path, path_to_url  # type: ignore[import-untyped]

from pelican.plugins import signals

from ..output.documents.feed import feed_of, written_feed
from ..pages.plans import FeedFormat, FeedPlan, FilePlan, Plan, Promise, made
from .listening import plugin_of
from .own_contents import own_contents, save_as_of

if TYPE_CHECKING:
    from feedgenerator import SyndicationFeed

_XML: Final = (FeedFormat.ATOM, FeedFormat.RSS)


class Announcer:
    """Tells other plugins of what one build writes."""

    def __init__(self, context: dict[str, Any], output: Path) -> None:
        self._context = context
        self._output = os.fspath(output)
        self._feeds: dict[str, SyndicationFeed] = {}
        self.hears_of_feeds = bool(signals.feed_generated.receivers or signals.feed_written.receivers)

    def shown(self, plans: Iterable[Plan | Promise]) -> Iterable[Plan | Promise]:
        """Return *plans*; whoever listens is shown each feed before it is written, and what they make of it counts."""
        return map(self._shown, plans) if self.hears_of_feeds else plans

    def _shown(self, plan: Plan | Promise) -> Plan | Promise:
        feed = made(plan) if plan.save_as.endswith(_XML) else None
        if not isinstance(feed, FeedPlan):
            return plan
        self._feeds[feed.save_as] = document = feed_of(feed)
        signals.feed_generated.send(self._context, feed=document)
        return FilePlan(save_as=feed.save_as, data=written_feed(document))

    def tell(self, names: Iterable[str]) -> dict[str, str]:
        """Tell of each page among the files *names* and of each feed, in order; all of them are in place.

        Returns:
            The pages that somebody wrote to meanwhile → the plugin that did; their bytes may be the same.
        """
        touched: dict[str, str] = {}
        receivers = tuple(signals.content_written.receivers_for(None))
        contents = self._contents() if receivers else {}
        for save_as in names:
            path = os.path.join(self._output, save_as)
            if save_as in self._feeds:
                signals.feed_written.send(path, context=self._context, feed=self._feeds[save_as])
            elif receivers and save_as.endswith(".html"):
                local = {**self._context, **self._place(save_as), **contents.get(save_as, {})}
                before = _mark(path)
                for receiver in receivers:
                    receiver(path, context=local)
                    now = _mark(path)
                    if now != before:
                        before = now
                        touched[save_as] = plugin_of(receiver)
        return touched

    def _place(self, save_as: str) -> dict[str, str]:
        if not self._context["RELATIVE_URLS"]:
            return {"output_file": save_as}
        up = path_to_url(get_relative_path(save_as))
        return {"output_file": save_as, "SITEURL": up, "localsiteurl": up}

    def _contents(self) -> Mapping[str, dict[str, Any]]:
        """Return file → the article or page that it shows, as a template of Pelican's would be given it."""
        found: dict[str, dict[str, Any]] = {}
        for content, _ in own_contents(self._context):
            found[save_as_of(content)] = {"page" if isinstance(content, Page) else "article": content}
        for listed in self._context["articles"]:
            for article in (listed, *listed.translations):
                found[save_as_of(article)] = {"article": article, "category": getattr(article, "category", None)}
        return found


def _mark(path: str) -> tuple[int, ...]:
    with suppress(OSError):
        stat = os.stat(path)
        return (stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)
    return ()
