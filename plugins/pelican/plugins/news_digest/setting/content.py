"""The settings of the content: where it lies, which of it has pages, and what `news-digest rank` makes of it."""

from __future__ import annotations

from dataclasses import dataclass

from .values import declared


@dataclass(frozen=True, kw_only=True)
class ContentSettings:
    """What comes before everything that is shown."""

    pages: str = declared(
        "published",
        choices=("published", "all", "local-only"),
        help="Which items get a page: published ones; all that are not removed (an archive); or only those without an "
        "external link (lists then link straight to the sources).",
    )
    now: str = declared(
        "",
        help="The reference time for ranking, such as 2026-05-03T18:00:00Z. Empty: the time of the newest published "
        "item, so that an old archive still has a front page and every build gives the same bytes. Items dated more "
        "than a day after it (after the current time, if it is empty) appear in no list (ND131).",
    )
    news_path: str = declared("news", help="The folder with the items, below Pelican's PATH.")
    topics_path: str = declared("topics", help="The folder with the topic records, below PATH.")
    providers_path: str = declared("providers", help="The folder with the provider records, below PATH.")
    stories_path: str = declared("stories", help="The folder with the story records, below PATH.")
    rank_days: int = declared(
        14,
        minimum=1,
        help="How many days back `news-digest rank` may change files, counted from DIGEST_NOW or the newest item. "
        "`--all` changes older ones, too.",
        stale="nothing",
    )
    heat_published: int = declared(
        70,
        help="The heat that `news-digest rank` asks of an item it publishes: quality, and 20 for each other source "
        "of the story.",
        stale="nothing",
    )
    published_per_day: int = declared(
        0,
        help="For small sites: `news-digest rank` publishes this many items of each day, the hottest ones, whatever "
        "their heat. 0: DIGEST_HEAT_PUBLISHED decides.",
        stale="nothing",
    )
    quality: tuple[str, ...] = declared(
        (),
        help="What counts how much for the quality that `news-digest rank` computes, where it is not to be as usual: "
        "'picture=20', 'listicle=-15'. docs/explanation/quality.md lists the names.",
        stale="nothing",
    )
