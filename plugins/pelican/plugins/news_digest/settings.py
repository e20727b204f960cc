"""Every ``DIGEST_*`` setting, declared once: name, type, default, help, and what a change of it makes stale."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Final

from .errors import SettingError, nearest
from .setting.content import ContentSettings
from .setting.values import USUAL_ITEM_URL, MarkdownRules, Setting, checked, declared, markdown_rules

PREFIX: Final = "DIGEST_"


@dataclass(frozen=True, kw_only=True)
class DigestSettings(ContentSettings):
    """The settings of one site, checked. Each attribute declares one: ``page_size`` is ``DIGEST_PAGE_SIZE``."""

    images: str = declared(
        "cache",
        choices=("cache", "remote", "none"),
        help="Where pictures come from: the site's own files; also the hosts that items name (every reader's browser "
        "then contacts them); or nowhere.",
        stale="pages",
    )
    image_avif: bool = declared(
        default=False,
        help="Whether `news-digest images` also makes each picture as AVIF: smaller files, but several times slower "
        "to create.",
        stale="pages",
    )
    image_motion: str = declared(
        "still",
        choices=("still", "keep"),
        help="How animated pictures are shown: as their first frame, or as an animation.",
        stale="pages",
    )
    image_allow_hosts: tuple[str, ...] = declared(
        (),
        help="Hosts with private IP addresses that `news-digest images` may contact, as HOST:PORT, such as "
        "files.lan:8080. All others are refused.",
        stale="nothing",
    )
    image_max_mb: int = declared(20, minimum=1, help="The largest picture to fetch, in megabytes.", stale="nothing")
    image_recheck_days: int = declared(
        30,
        help="After how many days to check whether a fetched picture has changed at its host. 0: never.",
        stale="nothing",
    )
    image_minutes: int = declared(
        20,
        help="How many minutes `news-digest images` may take in total. It then stops, keeps what it has and says how "
        "much is left; the next run continues there. 0: no limit.",
        stale="nothing",
    )
    import_days: int = declared(
        14,
        minimum=1,
        help="How many days back `news-digest import` goes: what is older is left out, so that a feed that is added "
        "late does not fill the front page.",
        stale="nothing",
    )
    headline_links: str = declared(
        "page",
        choices=("page", "source"),
        help="Where headlines in lists link: to the item's page on this site, or straight to the source.",
        stale="lists",
    )
    item_url: str = declared(
        USUAL_ITEM_URL,
        help="Where items have their pages, in Pelican's words: '{date:%Y}/{date:%m}/{slug}/', '{slug}.html'. The "
        "day is that of the site's TIMEZONE. An item whose date is corrected moves with it, so {slug} alone is safest. "
        "Ids in feeds stay the same.",
    )
    item_url_formerly: tuple[str, ...] = declared(
        (USUAL_ITEM_URL,),
        help="What DIGEST_ITEM_URL was before. Pages at those addresses lead on to the new ones, and lines in "
        "_redirects do, for hosts that read it. []: none, for a site that begins with its scheme.",
    )
    front_page: tuple[str, ...] = declared(
        (),
        help="How many stories the front page shows, if not as many as usual: {'stories': 5} is five in all, "
        "{'top': 4, 'latest': 0} changes parts. docs/reference/pages.md lists the parts. Everything else is at "
        "/latest/, DIGEST_PAGE_SIZE to a page.",
        stale="lists",
    )
    mute_presets: tuple[str, ...] = declared(
        (),
        help="Words that readers may mute together, on /saved/: {'Sport': ['football', 'tennis']}, or "
        "['Sport=football, tennis']. Nothing is muted before a reader asks for it.",
        stale="pages",
    )
    archived_after_days: int = declared(
        0,
        help="How many days old an item is when its page also offers the copy of its report at the Internet Archive. "
        "The age is counted from the build's reference time. 0: only where front matter says `dead`.",
        stale="pages",
    )
    offline: bool = declared(
        default=False,
        help="Whether stories that a reader saves can be read without a network. With the first one a service worker "
        "is registered, which keeps them, /saved/ and the front page in that browser: docs/how-to/offline.md.",
    )
    page_size: int = declared(30, minimum=1, help="How many items one page of a list shows.", stale="lists")
    related_limit: int = declared(
        5,
        help="The maximum number of computed related links, for items whose file lists none. 0 turns them off.",
        stale="pages",
    )
    coverage_shown: int = declared(
        12, minimum=1, help="How many reports of a story its page shows before “more”.", stale="pages"
    )
    coverage_limit: int = declared(
        60,
        minimum=1,
        help="The maximum number of reports of a story that its page lists; the rest are only counted.",
        stale="pages",
    )
    story_reports: int = declared(2, minimum=2, help="How many reports a story needs to have a page.")
    feed_size: int = declared(50, minimum=1, help="How many entries a feed has.", stale="feeds")
    feed_links: str = declared(
        "source",
        choices=("source", "page"),
        help="Where feed entries link: to the source, or to the item's page on this site.",
        stale="feeds",
    )
    feed_authority: str = declared(
        "",
        help="The host in the permanent ids of feed entries. Empty: the host of SITEURL. Set it before the site moves "
        "to another domain; otherwise feed readers show every entry as new.",
        stale="feeds",
    )
    feed_hub: str = declared(
        "",
        help="The URL of a WebSub hub, which every feed then names, so that feed readers are notified at once. "
        "`news-digest ping` tells it after each deployment which feeds changed. Empty: none.",
        stale="feeds",
    )
    fediverse_creator: str = declared(
        "",
        help="Who is named as the author where Mastodon shows a link to the site: an account such as "
        "`@news@social.example`, which has to name the site in turn. Accounts that belong to the site are named in "
        "`SOCIAL`. Empty: nobody.",
        stale="pages",
    )
    robots: str = declared(
        "open",
        choices=("open", "no-training", "none"),
        help="What programs may do with the site, as robots.txt tells them: everything; everything but train models "
        "(their crawlers are refused by name); or nothing, and every page is noindex. Programs are free to ignore it. "
        "Lighthouse knows no line `Content-Signal`, which `no-training` writes, and calls it an error.",
        stale="pages",
    )
    data: bool = declared(
        default=False,
        help="Whether the site offers its published items as data/items.csv and data/items.sqlite, with a page that "
        "explains them.",
    )
    embed: int = declared(
        0,
        help="How many of its newest stories the page of a topic shows that other sites can put into theirs, at "
        "`/embed/<topic>/`. 0: there are no such pages.",
    )
    api: bool = declared(default=True, help="Whether the site also publishes its content as JSON below /api/.")
    index_items: bool = declared(
        default=True,
        help="Whether search engines may index the pages of items that link to a source. False marks those pages "
        "noindex, follow.",
        stale="pages",
    )
    workers: int = declared(
        0,
        help="How many processes read and render. 0: one per available processor; 1: a single process. The output is "
        "the same.",
        stale="nothing",
    )
    executor: str = declared(
        "",
        help='Who does the work of those processes instead, such as `"machines:start"`: a module and a function in it '
        "that returns a `concurrent.futures.Executor`, which may reach other machines. `DIGEST_WORKERS` says how many "
        "jobs it does at once. The output is the same.",
        stale="nothing",
    )
    cache: bool = declared(
        default=True,
        help="Whether to cache what was read and written in Pelican's CACHE_PATH, for the next build. The output is "
        "the same.",
        stale="nothing",
    )
    search: bool = declared(
        default=True,
        help="Whether the build creates a search index. This needs Pagefind: `pip install "
        "'pelican-news-digest[search]'`. Without an index, /search/ links to topics, sources and days instead.",
        stale="pages",
    )
    newsletter: str = declared(
        "both",
        choices=("both", "daily", "weekly", "none"),
        help="Which newsletter editions the site publishes.",
        stale="pages",
    )
    newsletter_mails: bool = declared(
        default=False, stale="pages", help="Whether editions are also published as emails."
    )
    newsletter_books: bool = declared(
        default=False,
        stale="pages",
        help="Whether each weekly edition can also be downloaded as a book (EPUB) with all stories of the week.",
    )
    newsletter_days: int = declared(30, help="How many daily editions get a page.", stale="pages")
    newsletter_weeks: int = declared(26, help="How many weekly editions get a page.", stale="pages")
    newsletter_address: str = declared(
        "",
        help="The sender's postal address, which many countries require. It is shown at the foot of every email.",
        stale="pages",
    )
    newsletter_unsubscribe: str = declared(
        "{{unsubscribe}}",
        help="The unsubscribe link: a URL, or the placeholder that your mail service replaces with one. Empty: no "
        "link.",
        stale="pages",
    )
    newsletters_path: str = declared(
        "newsletters", help="The folder with old newsletters (complete HTML emails with front matter), below PATH."
    )
    max_file_bytes: int = declared(
        4_000_000,
        minimum=1_000,
        help="The largest file that is read, in bytes; a larger one is left out (ND117). The largest in a real "
        "archive has 143 kB.",
    )
    max_yaml_depth: int = declared(
        100,
        minimum=8,
        maximum=200,
        help="How deeply lists and maps in front matter may be nested; a file that exceeds this is left out (ND103).",
    )
    max_yaml_values: int = declared(
        200_000,
        minimum=1_000,
        help="How many values the aliases in one file may expand to; a file that exceeds this is left out (ND103).",
    )
    max_related: int = declared(
        2_000,
        minimum=1,
        help="How many entries of one `related` list are read; the rest are left out (ND118). The longest in a real "
        "archive has 179.",
    )
    max_topics: int = declared(
        50, minimum=1, help="How many `topics` of one item are read; the rest are left out (ND118)."
    )
    contact: str = declared(
        "",
        help="Whom to contact about corrections and removals: an email address or the URL of a page. It is shown on "
        "/about/.",
        stale="pages",
    )
    style: str = declared(
        "",
        help="Your own style sheet: it is added to the theme's and takes precedence. Colours that it gives to the "
        "theme's tokens must be readable: text below a contrast of 4.5:1 is reported (ND512), and the theme's own "
        "colours are shown instead.",
    )
    logo: str = declared(
        "",
        help="A picture that the masthead shows in place of the site's name: a file beside pelicanconf.py or below it, "
        "SVG or with pixels. It is shown 32 pixels high, 40 on wide screens; a picture with pixels should be twice as "
        "high, for sharp screens.",
    )
    logo_dark: str = declared("", help="The same for dark pages, if DIGEST_LOGO cannot be seen there.")
    icon: str = declared(
        "",
        help="The site's icon, a file beside pelicanconf.py or below it: a square picture of 512 × 512 pixels (180 at "
        "least), or a square SVG drawing. Browsers, phones and launchers get it in the sizes that they ask for. Phones "
        "do not take drawings: a picture of the same name beside it (icon.png) is for them. Empty: the theme's.",
    )
    domain: str = declared(
        "",
        help="The site's own domain, such as digest.example.org, for hosts that read it from a file named CNAME, as "
        "GitHub Pages does when it publishes a branch. The workflow that `news-digest init` writes does not need it.",
        stale="nothing",
    )
    max_age_days: int = declared(
        0,
        help="How many days old the newest item may be before `news-digest audit`, and with it the publishing "
        "workflow, fails, so that you notice when no news comes in any more. 0: no limit.",
        stale="nothing",
    )
    cards: str = declared(
        "all",
        choices=("all", "lists", "home", "none"),
        help="Which pages have a share card, the picture that social networks and chats show with a link: home, days, "
        "topics, sources and items; the same without items; only the home page's card, for every page; or none. Cards "
        "are made only when SITEURL is set.",
        stale="pages",
    )
    card_limit: int = declared(
        500,
        minimum=1,
        help="The maximum number of cards of one kind: for the newest items and days, and for the topics and sources "
        "with the most items. Other items show their picture or their topic's card, other pages the site's.",
        stale="pages",
    )
    card_fonts: str = declared(
        "",
        help="A folder with fonts (.ttf, .otf, .ttc) for characters that the package's own fonts lack, such as "
        "Chinese and Japanese. They are tried in the order of their names, before the system's fonts.",
        stale="pages",
    )
    csp: str = declared(
        "",
        help="Hosts that pages may load things from, beside the site itself: `frame-src https://player.example; "
        "script-src https://stats.example`, or the same as a dict. Only hosts can be added. What your own texts ask "
        "for and the policy blocks is said when the site is built (ND133); /about/ names the hosts to readers.",
        stale="pages",
    )
    stock_content: str = declared(
        "whole",
        choices=("whole", "no-picture", "text"),
        help="What `article.content` holds with a theme that is not News Digest's: picture, text, the way out and who "
        "else reported; the same without the picture, for a theme that shows it above the text; or only text and way "
        "out, for one that shows the rest itself.",
        stale="pages",
    )
    markdown: bool = declared(
        default=False,
        help="Whether the extensions of Pelican's `MARKDOWN` also apply to the bodies of items: highlighted code, "
        "admonitions, includes, math. What they make is washed like every body, and only files of the content folder "
        "can be included (ND152).",
    )
    languages_path: str = declared(
        "", help="A folder with your own catalogues (<language>.po); they take precedence over the theme's texts."
    )
    locale: str = declared(
        "", help="The locale for dates, such as en_GB or pt_BR. Empty: follows DEFAULT_LANG (en: en_GB)."
    )

    # No setting of its own: what `markdown` asks for.
    body_markdown: MarkdownRules | None = None


SETTINGS: Final = tuple(
    Setting(name=f"{PREFIX}{field.name.upper()}", **field.metadata)
    for field in fields(DigestSettings)
    if field.metadata
)
_BY_NAME: Final = {setting.name: setting for setting in SETTINGS}


def read_settings(given: Mapping[str, Any]) -> DigestSettings:
    """Return the checked settings.

    Args:
        given: Pelican's settings; only names that start with ``DIGEST_`` are looked at, and ``MARKDOWN`` where one of
            them asks for it.

    Raises:
        SettingError: Names that do not exist (with the nearest that does) and values that are not allowed, all at
            once.
    """
    problems = []
    values: dict[str, Any] = {}
    for name in sorted(key for key in given if key.startswith(PREFIX)):
        setting = _BY_NAME.get(name)
        if setting is None:
            near = nearest(name, _BY_NAME)
            problems.append(f"{name} is not a setting" + (f"; did you mean {near}?" if near else ""))
            continue
        values[name.removeprefix(PREFIX).lower()], problem = checked(setting, given[name])
        problems += [problem] if problem else []
    if problems:
        raise SettingError(problems)
    settings = DigestSettings(**values)
    if not settings.markdown:
        return settings
    ours = (settings.news_path, settings.topics_path, settings.providers_path, settings.stories_path)
    closed = (*ours, settings.newsletters_path)
    rules = markdown_rules(given, closed=closed)
    here: dict[str, Any] = {} if rules.is_portable else {"workers": 1, "executor": ""}
    return replace(settings, body_markdown=rules, **here)
