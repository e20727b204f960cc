"""Every ``DIGEST_*`` setting, declared once: name, type, default, help, and what a change of it makes stale."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import msgspec

from .errors import SettingError, nearest
from .setting import Setting, policy_problem, policy_text, problem_of

if TYPE_CHECKING:
    from collections.abc import Mapping

PREFIX: Final = "DIGEST_"


SETTINGS: Final = (
    Setting(
        name="DIGEST_PAGES",
        default="published",
        choices=("published", "all", "local-only"),
        help="Which items get a page: published ones; all that are not removed (an archive); or only those without an "
        "external link (lists then link straight to the sources).",
    ),
    Setting(
        name="DIGEST_NOW",
        default="",
        help="The reference time for ranking, such as 2026-05-03T18:00:00Z. Empty: the time of the newest published "
        "item, so that an old archive still has a front page and every build gives the same bytes. Items dated more "
        "than a day after it (after the current time, if it is empty) appear in no list (ND131).",
    ),
    Setting(name="DIGEST_NEWS_PATH", default="news", help="The folder with the items, below Pelican's PATH."),
    Setting(name="DIGEST_TOPICS_PATH", default="topics", help="The folder with the topic records, below PATH."),
    Setting(
        name="DIGEST_PROVIDERS_PATH", default="providers", help="The folder with the provider records, below PATH."
    ),
    Setting(
        name="DIGEST_IMAGES",
        default="cache",
        choices=("cache", "remote", "none"),
        help="Where pictures come from: the site's own files; also the hosts that items name (every reader's browser "
        "then contacts them); or nowhere.",
        stale="pages",
    ),
    Setting(
        name="DIGEST_IMAGE_AVIF",
        default=False,
        help="Whether `news-digest images` also makes each picture as AVIF: smaller files, but several times slower "
        "to create.",
        stale="pages",
    ),
    Setting(
        name="DIGEST_IMAGE_MOTION",
        default="still",
        choices=("still", "keep"),
        help="How animated pictures are shown: as their first frame, or as an animation.",
        stale="pages",
    ),
    Setting(
        name="DIGEST_IMAGE_ALLOW_HOSTS",
        default=(),
        help="Hosts with private IP addresses that `news-digest images` may contact, as HOST:PORT, such as "
        "files.lan:8080. All others are refused.",
        stale="nothing",
    ),
    Setting(
        name="DIGEST_IMAGE_MAX_MB",
        default=20,
        minimum=1,
        help="The largest picture to fetch, in megabytes.",
        stale="nothing",
    ),
    Setting(
        name="DIGEST_IMAGE_RECHECK_DAYS",
        default=30,
        help="After how many days to check whether a fetched picture has changed at its host. 0: never.",
        stale="nothing",
    ),
    Setting(
        name="DIGEST_IMAGE_MINUTES",
        default=20,
        help="How many minutes `news-digest images` may take in total. It then stops, keeps what it has and says how "
        "much is left; the next run continues there. 0: no limit.",
        stale="nothing",
    ),
    Setting(
        name="DIGEST_HEADLINE_LINKS",
        default="page",
        choices=("page", "source"),
        help="Where headlines in lists link: to the item's page on this site, or straight to the source.",
        stale="lists",
    ),
    Setting(
        name="DIGEST_PAGE_SIZE", default=30, minimum=1, help="How many items one page of a list shows.", stale="lists"
    ),
    Setting(
        name="DIGEST_RELATED_LIMIT",
        default=5,
        help="The maximum number of computed related links, for items whose file lists none. 0 turns them off.",
        stale="pages",
    ),
    Setting(
        name="DIGEST_COVERAGE_SHOWN",
        default=12,
        minimum=1,
        help="How many reports of a story its page shows before “more”.",
        stale="pages",
    ),
    Setting(
        name="DIGEST_COVERAGE_LIMIT",
        default=60,
        minimum=1,
        help="The maximum number of reports of a story that its page lists; the rest are only counted.",
        stale="pages",
    ),
    Setting(name="DIGEST_FEED_SIZE", default=50, minimum=1, help="How many entries a feed has.", stale="feeds"),
    Setting(
        name="DIGEST_FEED_LINKS",
        default="source",
        choices=("source", "page"),
        help="Where feed entries link: to the source, or to the item's page on this site.",
        stale="feeds",
    ),
    Setting(
        name="DIGEST_FEED_AUTHORITY",
        default="",
        help="The host in the permanent ids of feed entries. Empty: the host of SITEURL. Set it before the site moves "
        "to another domain; otherwise feed readers show every entry as new.",
        stale="feeds",
    ),
    Setting(
        name="DIGEST_FEED_HUB",
        default="",
        help="The URL of a WebSub hub, which every feed then names, so that feed readers are notified at once. The "
        "hub must be pinged after each deployment. Empty: none.",
        stale="feeds",
    ),
    Setting(name="DIGEST_API", default=True, help="Whether the site also publishes its content as JSON below /api/."),
    Setting(
        name="DIGEST_INDEX_ITEMS",
        default=True,
        help="Whether search engines may index the pages of items that link to a source. False marks those pages "
        "noindex, follow.",
        stale="pages",
    ),
    Setting(
        name="DIGEST_WORKERS",
        default=0,
        help="How many processes read and render. 0: one per available processor; 1: a single process. The output is "
        "the same.",
        stale="nothing",
    ),
    Setting(
        name="DIGEST_CACHE",
        default=True,
        help="Whether to cache what was read and written in Pelican's CACHE_PATH, for the next build. The output is "
        "the same.",
        stale="nothing",
    ),
    Setting(
        name="DIGEST_SEARCH",
        default=True,
        help="Whether the build creates a search index. This needs Pagefind: `pip install "
        "'pelican-news-digest[search]'`. Without an index, /search/ links to topics, sources and days instead.",
        stale="pages",
    ),
    Setting(
        name="DIGEST_NEWSLETTER",
        default="both",
        choices=("both", "daily", "weekly", "none"),
        help="Which newsletter editions the site publishes.",
        stale="pages",
    ),
    Setting(
        name="DIGEST_NEWSLETTER_MAILS",
        default=False,
        stale="pages",
        help="Whether editions are also published as emails.",
    ),
    Setting(name="DIGEST_NEWSLETTER_DAYS", default=30, help="How many daily editions get a page.", stale="pages"),
    Setting(name="DIGEST_NEWSLETTER_WEEKS", default=26, help="How many weekly editions get a page.", stale="pages"),
    Setting(
        name="DIGEST_NEWSLETTER_ADDRESS",
        default="",
        help="The sender's postal address, which many countries require. It is shown at the foot of every email.",
        stale="pages",
    ),
    Setting(
        name="DIGEST_NEWSLETTER_UNSUBSCRIBE",
        default="{{unsubscribe}}",
        help="The unsubscribe link: a URL, or the placeholder that your mail service replaces with one. Empty: no "
        "link.",
        stale="pages",
    ),
    Setting(
        name="DIGEST_NEWSLETTERS_PATH",
        default="newsletters",
        help="The folder with old newsletters (complete HTML emails with front matter), below PATH.",
    ),
    Setting(
        name="DIGEST_MAX_FILE_BYTES",
        default=4_000_000,
        minimum=1_000,
        help="The largest file that is read, in bytes; a larger one is left out (ND117). The largest in a real "
        "archive has 143 kB.",
    ),
    Setting(
        name="DIGEST_MAX_YAML_DEPTH",
        default=100,
        minimum=8,
        maximum=200,
        help="How deeply lists and maps in front matter may be nested; a file that exceeds this is left out (ND103).",
    ),
    Setting(
        name="DIGEST_MAX_YAML_VALUES",
        default=200_000,
        minimum=1_000,
        help="How many values the aliases in one file may expand to; a file that exceeds this is left out (ND103).",
    ),
    Setting(
        name="DIGEST_MAX_RELATED",
        default=2_000,
        minimum=1,
        help="How many entries of one `related` list are read; the rest are left out (ND118). The longest in a real "
        "archive has 179.",
    ),
    Setting(
        name="DIGEST_MAX_TOPICS",
        default=50,
        minimum=1,
        help="How many `topics` of one item are read; the rest are left out (ND118).",
    ),
    Setting(
        name="DIGEST_CONTACT",
        default="",
        help="Whom to contact about corrections and removals: an email address or the URL of a page. It is shown on "
        "/about/.",
        stale="pages",
    ),
    Setting(
        name="DIGEST_STYLE",
        default="",
        help="Your own style sheet: it is added to the theme's and takes precedence. Colours that it gives to the "
        "theme's tokens must be readable: text below a contrast of 4.5:1 is reported (ND512), and the theme's own "
        "colours are shown instead.",
    ),
    Setting(
        name="DIGEST_DOMAIN",
        default="",
        help="The site's own domain, such as digest.example.org, for hosts that read it from a file named CNAME, as "
        "GitHub Pages does when it publishes a branch. The workflow that `news-digest init` writes does not need it.",
        stale="nothing",
    ),
    Setting(
        name="DIGEST_MAX_AGE_DAYS",
        default=0,
        help="How many days old the newest item may be before `news-digest audit`, and with it the publishing "
        "workflow, fails, so that you notice when no news comes in any more. 0: no limit.",
        stale="nothing",
    ),
    Setting(
        name="DIGEST_CARDS",
        default="all",
        choices=("all", "lists", "home", "none"),
        help="Which pages have a share card, the picture that social networks and chats show with a link: home, days, "
        "topics, sources and items; the same without items; only the home page's card, for every page; or none. Cards "
        "are made only when SITEURL is set.",
        stale="pages",
    ),
    Setting(
        name="DIGEST_CARD_LIMIT",
        default=500,
        minimum=1,
        help="The maximum number of cards of one kind: for the newest items and days, and for the topics and sources "
        "with the most items. Other items show their picture or their topic's card, other pages the site's.",
        stale="pages",
    ),
    Setting(
        name="DIGEST_CARD_FONTS",
        default="",
        help="A folder with fonts (.ttf, .otf, .ttc) for characters that the package's own fonts lack, such as "
        "Chinese and Japanese. They are tried in the order of their names, before the system's fonts.",
        stale="pages",
    ),
    Setting(
        name="DIGEST_CSP",
        default="",
        help="Hosts that pages may load things from, beside the site itself: `frame-src https://player.example; "
        "script-src https://stats.example`, or the same as a dict. Only hosts can be added. What your own texts ask "
        "for and the policy blocks is said when the site is built (ND133); /about/ names the hosts to readers.",
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
        help="A folder with your own catalogues (<language>.po); they take precedence over the theme's texts.",
    ),
    Setting(
        name="DIGEST_LOCALE",
        default="",
        help="The locale for dates, such as en_GB or pt_BR. Empty: follows DEFAULT_LANG (en: en_GB).",
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
    csp: str


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
        value = policy_text(given[name]) if name == "DIGEST_CSP" else given[name]
        problem = problem_of(setting, value) or (policy_problem(str(value)) if name == "DIGEST_CSP" else "")
        if problem:
            problems.append(problem)
        values[name] = tuple(value) if isinstance(value, list) else value
    if problems:
        raise SettingError(problems)
    return DigestSettings(**{name.removeprefix(PREFIX).lower(): value for name, value in values.items()})
