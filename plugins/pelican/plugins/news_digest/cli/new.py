"""``news-digest new``: a file for one item, valid from the start."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from ..disk.files import item_address
from ..errors import Severity, nearest
from ..frontmatter.body.markdown import video_of
from ..frontmatter.items.compose import Draft, compose_item, file_stem, moment
from ..frontmatter.items.convert import parse_item
from ..host.build import CACHE_FOLDER, make_catalogue, read_as_built, utc_now
from ..newsdesk.incoming.feeds import FeedCache
from ..newsdesk.incoming.web_page import NoPageError, PageFacts, fetch_page
from ..settings import read_settings
from ..text.address import AddressError, clean_address, clean_domain, link_key, readable_host
from ..text.dates import DATE_HINT, parse_date
from ..text.plain import clean_title, fold
from .command import CommandError, Exit, add_settings, site_settings
from .hosts import add_allow_host, agent, allowed_hosts
from .questions import Questions
from .terminal import complain, remark, say

DESCRIPTION = (
    "Create a new item in the news folder. The file is named after the date and the title; topics and source are "
    "spelled as elsewhere on the site. In a terminal, you are asked for anything you leave out. Existing files are "
    "never overwritten."
)
EXAMPLES = """\
news-digest new                                        ask for everything
news-digest new "Ferry runs all night" --link https://harbour.example/ferry --topic Transport
news-digest new https://harbour.example/ferry -t Transport  what the page says of itself
news-digest new "From the editor" --link "" --topic Notes   a draft of an item hosted on this site
"""


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What the site has already, for spelling and for finding repeats.

    Attributes:
        topics: Folded name → name.
        providers: Domain → name.
        links: Key of a link → the file that has it.
    """

    topics: dict[str, str]
    providers: dict[str, str]
    links: dict[str, str]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what ``new`` can be told."""
    parser.add_argument(
        "title", nargs="?", help="the headline, as plain text; or the URL of an article, whose page then says the rest"
    )
    add_settings(parser)
    parser.add_argument("-l", "--link", help='the URL of the article; "" for an item hosted on this site')
    parser.add_argument("-t", "--topic", action="append", help="a topic; can be repeated")
    parser.add_argument("-p", "--provider", help="the source (default: the site's name for the link's host)")
    parser.add_argument("-e", "--excerpt", help="a summary in a sentence or two of plain text")
    parser.add_argument("-d", "--date", help="when it was published, such as 2026-03-02T08:00:00Z (default: now)")
    parser.add_argument("-q", "--quality", type=int, default=80, help="its quality, 0 or more (default: %(default)s)")
    add_allow_host(parser)
    parser.add_argument("--again", action="store_true", help="create it even if another item has the same link")


def run(args: argparse.Namespace) -> int:
    """Ask, write, and say what was written."""
    given = site_settings(args.settings)
    digest = read_settings(given)
    tz = ZoneInfo(given.get("TIMEZONE") or "UTC")
    known = known_of(given)
    page = page_of(args, given) if _is_url(args.title) else None
    draft = ask_for_draft(args, known, tz=tz)
    if page is not None:
        draft = with_page(draft, page)
    other = known.links.get(link_key(draft.url)) if draft.url else None
    if other and not args.again:
        complain(f"{other} already has this link; use --again to add another item")
        return Exit.PROBLEMS
    folder = Path(given["PATH"], digest.news_path)
    path = folder / f"{file_stem(draft.title, draft.date, tz=tz)}.md"
    text = checked_text(draft, path=path, tz=tz)
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        complain(f"{_shown(path)} already exists; nothing was written")
        return Exit.PROBLEMS
    say(_shown(path))
    return Exit.DONE


def _is_url(title: str | None) -> bool:
    return title is not None and title.startswith(("http://", "https://")) and not title.strip().count(" ")


def page_of(args: argparse.Namespace, given: dict[str, Any]) -> PageFacts | None:
    """Return what the page whose URL stands in the place of a headline says; *args* then says the same.

    What the command line says stays. None: the page cannot be had, which is said; everything else is asked for.

    Raises:
        CommandError: Nobody should ask for such a URL.
    """
    if problem := _link_problem(args.title):
        raise CommandError(problem)
    args.link, args.title = clean_address(args.title), None
    try:
        page = fetch_page(
            args.link,
            FeedCache(Path(given["CACHE_PATH"], CACHE_FOLDER)),
            allowed=allowed_hosts(args.allow_host, named_by="--allow-host"),
            agent=agent(given.get("SITEURL")),
        )
    except NoPageError as error:
        remark(f"{args.link}: {error}; its headline has to be typed")
        return None
    args.link = page.url
    args.title = page.title or None
    args.excerpt = args.excerpt if args.excerpt is not None else page.excerpt
    args.provider = args.provider if args.provider is not None else (page.site or None)
    args.date = args.date if args.date is not None else (moment(page.date) if page.date else None)
    return page


def with_page(draft: Draft, page: PageFacts) -> Draft:
    """Return *draft* with what nobody is asked for: picture and language of *page*, and whether it is a video."""
    picture = {key: value for key, value in msgspec.to_builtins(page.picture).items() if value} if page.picture else {}
    return msgspec.structs.replace(
        draft, locale=page.lang, images=(picture,) if picture else (), is_video=video_of(draft.url) is not None
    )


def ask_for_draft(args: argparse.Namespace, known: Known, *, tz: tzinfo, now: datetime | None = None) -> Draft:
    """Return the item as the command line and the answers have it.

    Args:
        tz: The site's zone, for a date that names none.
        now: When it is published, if nobody says; None asks the clock.

    Raises:
        CommandError: Something given cannot be used, or there is no title.
    """
    # Who gives the headline knows the other options: only what makes an item is asked for then.
    questions = Questions(may_ask=args.title is None)
    title = questions.answer(args.title, "Headline", check=_title_problem)
    url = questions.answer(args.link, "Link to the article (leave empty to host it here)", check=_link_problem)
    url = clean_address(url) if url else ""
    host = clean_domain(readable_host(url)) if url else ""
    if args.provider and not host:
        raise CommandError("--provider names the source of --link; an item without a link is your own")
    name = questions.answer(args.provider, "Source", default=known.providers.get(host, host)) if host else ""
    excerpt = questions.answer(args.excerpt, "Excerpt, in a sentence or two")
    topics = args.topic
    if topics is None:
        hint = f" (such as {', '.join(list(known.topics.values())[:5])})" if known.topics else ""
        topics = questions.answer(None, f"Topics, separated by commas{hint}").split(",")
    date = questions.answer(args.date, "Published", default="now", check=lambda value: _date_problem(value, tz))
    return Draft(
        title=title,
        excerpt=excerpt,
        date=(now or utc_now()) if date == "now" else _date(date, tz),
        url=url,
        topics=tuple(_spelled(topics, known.topics)),
        provider_name=name,
        provider_domain=host,
        quality=args.quality,
    )


def checked_text(draft: Draft, *, path: Path, tz: tzinfo) -> str:
    """Return the file's text, read back as a build would read it.

    Raises:
        CommandError: A build would have something to say about it.
    """
    text = compose_item(draft)
    parsed = parse_item(text, source_path=path.name, slug=path.stem, address=item_address(path.stem), tz=tz)
    said = [str(diagnostic) for diagnostic in parsed.diagnostics if diagnostic.severity is not Severity.NOTE]
    if said:
        raise CommandError("; ".join(said))
    return text


def known_of(given: dict[str, Any]) -> Known:
    """Return what the site with the settings *given* has; topics from the most used on."""
    digest = read_settings(given)
    timezone = given.get("TIMEZONE") or "UTC"
    archive = read_as_built(given)
    catalogue = make_catalogue(archive, extra=(), settings=digest, timezone=timezone, clock=utc_now())
    used = {topic_id: -len(items) for topic_id, items in catalogue.by_topic.items()}
    topics = sorted(catalogue.taxonomy.topics.values(), key=lambda topic: (used.get(topic.id, 0), topic.name))
    return Known(
        topics={fold(topic.name): topic.name for topic in topics},
        providers={domain: provider.name for domain, provider in catalogue.providers.items()},
        links={link_key(item.url): item.source_path for item in archive.items if item.url},
    )


def _spelled(topics: Iterable[str], known: dict[str, str]) -> Iterable[str]:
    """Yield *topics* as the site spells them; say so where one is new and looks like another."""
    for topic in filter(None, map(clean_title, topics)):
        folded = fold(topic)
        near = nearest(folded, known)
        if folded not in known and near:
            remark(f"{topic!r} is a new topic; the site already has {known[near]!r}")
        yield known.get(folded, topic)


def _title_problem(value: str) -> str:
    return "" if clean_title(value) else "the item needs a headline"


def _link_problem(value: str) -> str:
    try:
        clean_address(value) if value else ""
    except AddressError as error:
        return f"{value!r} is {error}; give the full https URL"
    return ""


def _date_problem(value: str, tz: tzinfo) -> str:
    return "" if value == "now" or parse_date(value, tz=tz) else f"{value!r} is not a date; {DATE_HINT}"


def _date(value: str, tz: tzinfo) -> datetime:
    found = parse_date(value, tz=tz)
    assert found is not None  # noqa: S101 - asked before
    return found.astimezone(UTC)


def _shown(path: Path) -> str:
    """Return *path* as it is typed from here."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)
