"""Every ``DIGEST_*`` setting, declared once: name, type, default, help, and what a change of it makes stale."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import msgspec

from .errors import SettingError, nearest
from .setting import Setting, problem_of

if TYPE_CHECKING:
    from collections.abc import Mapping

PREFIX: Final = "DIGEST_"


SETTINGS: Final = (
    Setting(
        name="DIGEST_PAGES",
        default="published",
        choices=("published", "all", "local-only"),
        help="Which items get a page: the published ones; all that are not removed (an archive); or only those "
        "without a link out (then lists lead straight to the sources).",
    ),
    Setting(
        name="DIGEST_NOW",
        default="",
        help="The reference time of rankings, such as 2026-05-03T18:00:00Z. Empty: the newest published item's, so "
        "that an old archive has a living front page and a build repeats byte for byte. Items dated more than a day "
        "after it, or when it is empty after the clock, stand in no list (ND131).",
    ),
    Setting(name="DIGEST_NEWS_PATH", default="news", help="The folder of the items, below Pelican's PATH."),
    Setting(name="DIGEST_TOPICS_PATH", default="topics", help="The folder of the topic records, below PATH."),
    Setting(name="DIGEST_PROVIDERS_PATH", default="providers", help="The folder of the provider records, below PATH."),
    Setting(
        name="DIGEST_IMAGES",
        default="cache",
        choices=("cache", "remote", "none"),
        help="Where pictures come from: the site's own files; also the hosts that items name (every reader's browser "
        "then asks them); or nowhere.",
        stale="pages",
    ),
    Setting(
        name="DIGEST_IMAGE_AVIF",
        default=False,
        help="Whether `news-digest images` makes each picture as AVIF, too: smaller files, and some times as slow to "
        "make.",
        stale="pages",
    ),
    Setting(
        name="DIGEST_IMAGE_MOTION",
        default="still",
        choices=("still", "keep"),
        help="What becomes of an animated picture: its first frame, or an animation.",
        stale="pages",
    ),
    Setting(
        name="DIGEST_IMAGE_ALLOW_HOSTS",
        default=(),
        help="Hosts with private addresses that `news-digest images` may ask all the same, as HOST:PORT, such as "
        "files.lan:8080. Any other one is refused.",
        stale="nothing",
    ),
    Setting(
        name="DIGEST_IMAGE_MAX_MB",
        default=20,
        minimum=1,
        help="The largest picture that is fetched.",
        stale="nothing",
    ),
    Setting(
        name="DIGEST_IMAGE_RECHECK_DAYS",
        default=30,
        help="After how many days the host of a picture is asked whether it changed. 0: never.",
        stale="nothing",
    ),
    Setting(
        name="DIGEST_IMAGE_MINUTES",
        default=20,
        help="How long `news-digest images` may take in all. Then it ends, keeps what it has and says how much is "
        "left, which the next run goes on with. 0: as long as it needs.",
        stale="nothing",
    ),
    Setting(
        name="DIGEST_HEADLINE_LINKS",
        default="page",
        choices=("page", "source"),
        help="Where a headline in a list leads: to the item's page here, or straight to the source.",
        stale="lists",
    ),
    Setting(name="DIGEST_PAGE_SIZE", default=30, minimum=1, help="Items on one page of a list.", stale="lists"),
    Setting(
        name="DIGEST_RELATED_LIMIT",
        default=5,
        help="Most computed related links, for an item whose file names none. 0 switches them off.",
        stale="pages",
    ),
    Setting(
        name="DIGEST_COVERAGE_SHOWN",
        default=12,
        minimum=1,
        help="Reports of a story that its page shows at once.",
        stale="pages",
    ),
    Setting(
        name="DIGEST_COVERAGE_LIMIT",
        default=60,
        minimum=1,
        help="Reports of a story that its page lists at all; the rest is only counted.",
        stale="pages",
    ),
    Setting(name="DIGEST_FEED_SIZE", default=50, minimum=1, help="Entries in a feed.", stale="feeds"),
    Setting(
        name="DIGEST_FEED_LINKS",
        default="source",
        choices=("source", "page"),
        help="Where an entry of a feed leads: to the source, or to the item's page here.",
        stale="feeds",
    ),
    Setting(
        name="DIGEST_FEED_AUTHORITY",
        default="",
        help="The host in the permanent ids of feed entries. Empty: SITEURL's. Set it before the site moves to "
        "another domain, or every reader sees every entry again.",
        stale="feeds",
    ),
    Setting(
        name="DIGEST_FEED_HUB",
        default="",
        help="The address of a WebSub hub, which every feed then names, so that readers learn of news at once. "
        "Somebody must tell the hub after each deployment. Empty: none.",
        stale="feeds",
    ),
    Setting(name="DIGEST_API", default=True, help="Whether the site has its content as JSON below /api/ as well."),
    Setting(
        name="DIGEST_INDEX_ITEMS",
        default=True,
        help="Whether search engines may list the pages of items that link out. False marks them noindex, follow.",
        stale="pages",
    ),
    Setting(
        name="DIGEST_WORKERS",
        default=0,
        help="How many processes read and render. 0: one for each processor that may be used; 1: none beside the "
        "first. The output is the same.",
        stale="nothing",
    ),
    Setting(
        name="DIGEST_CACHE",
        default=True,
        help="Keep what was read and written for the next build, in Pelican's CACHE_PATH. The output is the same.",
        stale="nothing",
    ),
    Setting(
        name="DIGEST_SEARCH",
        default=True,
        help="Whether the build makes a search index, for which it needs Pagefind: `pip install "
        "'pelican-news-digest[search]'`. Without one, /search/ leads to topics, sources and days instead.",
        stale="pages",
    ),
    Setting(
        name="DIGEST_NEWSLETTER",
        default="both",
        choices=("both", "daily", "weekly", "none"),
        help="Which editions of the newsletter the site publishes.",
        stale="pages",
    ),
    Setting(
        name="DIGEST_NEWSLETTER_MAILS",
        default=False,
        stale="pages",
        help="Whether editions are published as mails, too.",
    ),
    Setting(name="DIGEST_NEWSLETTER_DAYS", default=30, help="How many daily editions have a page.", stale="pages"),
    Setting(name="DIGEST_NEWSLETTER_WEEKS", default=26, help="How many weekly editions have a page.", stale="pages"),
    Setting(
        name="DIGEST_NEWSLETTER_ADDRESS",
        default="",
        help="Who sends the mails: a postal address, which many countries ask for. It stands at their foot.",
        stale="pages",
    ),
    Setting(
        name="DIGEST_NEWSLETTER_UNSUBSCRIBE",
        default="{{unsubscribe}}",
        help="Where the link to unsubscribe leads: an address, or the placeholder that the mail service replaces with "
        "one. Empty: no such link.",
        stale="pages",
    ),
    Setting(
        name="DIGEST_NEWSLETTERS_PATH",
        default="newsletters",
        help="The folder of old newsletters, complete HTML mails with front matter, below PATH.",
    ),
    Setting(
        name="DIGEST_MAX_FILE_BYTES",
        default=4_000_000,
        minimum=1_000,
        help="The largest file that is read; a larger one is left out (ND117). Real archives have up to 143 kB.",
    ),
    Setting(
        name="DIGEST_MAX_YAML_DEPTH",
        default=100,
        minimum=8,
        maximum=200,
        help="How deep lists and maps of front matter may stand in each other; a deeper file is left out (ND103).",
    ),
    Setting(
        name="DIGEST_MAX_YAML_VALUES",
        default=200_000,
        minimum=1_000,
        help="How many values the aliases of one file may stand for; a file with more is left out (ND103).",
    ),
    Setting(
        name="DIGEST_MAX_RELATED",
        default=2_000,
        minimum=1,
        help="How many entries of one `related` list are read; the rest is left out (ND118). Real ones have up to 179.",
    ),
    Setting(name="DIGEST_MAX_TOPICS", default=50, minimum=1, help="The same for the `topics` of one item (ND118)."),
    Setting(
        name="DIGEST_CONTACT",
        default="",
        help="Whom to ask for a correction or a removal: a mail address, or the address of a page. It stands on "
        "/about/.",
        stale="pages",
    ),
    Setting(
        name="DIGEST_STYLE",
        default="",
        help="A style sheet of your own: it is added to the theme's, and what it says wins. Colours that it gives to "
        "the theme's tokens must be readable: below a contrast of 4.5:1 the build refuses them.",
    ),
    Setting(
        name="DIGEST_DOMAIN",
        default="",
        help="The site's own domain, such as digest.example.org, for hosts that ask for it in a file CNAME, as GitHub "
        "Pages does when it publishes a branch. The workflow that `news-digest init` writes does not need it.",
        stale="nothing",
    ),
    Setting(
        name="DIGEST_MAX_AGE_DAYS",
        default=0,
        help="How old the newest item may be before `news-digest audit`, and with it the publishing workflow, fails: "
        "so that somebody learns that nothing comes in any more. 0: any age.",
        stale="nothing",
    ),
    Setting(
        name="DIGEST_CARDS",
        default="all",
        choices=("all", "lists", "home", "none"),
        help="Which pages have a share card, the picture that networks and chats show beside a link: home, days, "
        "topics, sources and items; the same without items; only the home page's, for every page; or none. Cards are "
        "drawn only when SITEURL is set.",
        stale="pages",
    ),
    Setting(
        name="DIGEST_CARD_LIMIT",
        default=500,
        minimum=1,
        help="Most cards of one kind: those of the newest items and days and of the topics and sources with most "
        "items. Other items show their picture or their topic's card, other pages the site's.",
        stale="pages",
    ),
    Setting(
        name="DIGEST_CARD_FONTS",
        default="",
        help="A folder with fonts (.ttf, .otf, .ttc) for letters that the package's own lack, such as Chinese and "
        "Japanese ones. They are tried in the order of their names, before those of the system.",
        stale="pages",
    ),
    Setting(
        name="DIGEST_STOCK_CONTENT",
        default="whole",
        choices=("whole", "text"),
        help="What `article.content` holds with a theme that is not News Digest's: picture, text, the way out and who "
        "else reported; or only text and way out, for a theme that shows the rest itself.",
        stale="pages",
    ),
    Setting(
        name="DIGEST_LANGUAGES_PATH",
        default="",
        help="A folder with catalogues of your own (<language>.po): what they say wins over the theme's words.",
    ),
    Setting(
        name="DIGEST_LOCALE",
        default="",
        help="How dates are written, such as en_GB or pt_BR. Empty: as DEFAULT_LANG has it (en: en_GB).",
    ),
)
_BY_NAME: Final = {setting.name: setting for setting in SETTINGS}


class DigestSettings(msgspec.Struct, frozen=True, kw_only=True):
    """The settings of one site, checked. One attribute for each of :data:`SETTINGS`, in lower case."""

    pages: str
    now: str
    news_path: str
    topics_path: str
    providers_path: str
    images: str
    image_avif: bool
    image_motion: str
    image_allow_hosts: tuple[str, ...]
    image_max_mb: int
    image_recheck_days: int
    image_minutes: int
    headline_links: str
    page_size: int
    related_limit: int
    coverage_shown: int
    coverage_limit: int
    feed_size: int
    feed_links: str
    feed_authority: str
    feed_hub: str
    api: bool
    index_items: bool
    newsletter: str
    newsletter_mails: bool
    newsletter_days: int
    newsletter_weeks: int
    newsletter_address: str
    newsletter_unsubscribe: str
    newsletters_path: str
    max_file_bytes: int
    max_yaml_depth: int
    max_yaml_values: int
    max_related: int
    max_topics: int
    contact: str
    style: str
    domain: str
    max_age_days: int
    cards: str
    card_limit: int
    card_fonts: str
    search: bool
    workers: int
    cache: bool
    languages_path: str
    locale: str
    stock_content: str


def read_settings(given: Mapping[str, Any]) -> DigestSettings:
    """Return the checked settings.

    Args:
        given: Pelican's settings; only names that start with ``DIGEST_`` are looked at.

    Raises:
        SettingError: Names that do not exist (with the nearest that does) and values that are not allowed, all at
            once.
    """
    problems = []
    values: dict[str, Any] = {setting.name: setting.default for setting in SETTINGS}
    for name in sorted(key for key in given if key.startswith(PREFIX)):
        setting = _BY_NAME.get(name)
        if setting is None:
            near = nearest(name, _BY_NAME)
            problems.append(f"{name} is not a setting" + (f"; did you mean {near}?" if near else ""))
            continue
        problem = problem_of(setting, given[name])
        if problem:
            problems.append(problem)
        values[name] = tuple(given[name]) if isinstance(given[name], list) else given[name]
    if problems:
        raise SettingError(problems)
    return DigestSettings(**{name.removeprefix(PREFIX).lower(): value for name, value in values.items()})
