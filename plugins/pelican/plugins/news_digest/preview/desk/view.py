"""From what there is to what a page of the desk shows. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

import msgspec

from ...disk.files import digest_of
from ...languages import later
from ...newsdesk.desk.plan import alike
from ...newsdesk.desk.shelf import (
    Group,
    Report,
    Shelf,
    State,
    Wish,
    chosen,
    counts,
    coverage_of,
    notes_on,
    sources_among,
    sum_in_words,
    topics_among,
)
from .query import EDITION, PERIODS, PLACE, SHOWN, Query
from .values import (
    Candidate,
    Choice,
    DeskView,
    Frame,
    GroupView,
    Moment,
    Option,
    ReportView,
    Site,
    StoryPage,
)

GROUPS_A_PAGE: Final = 25
REPORTS_SHOWN: Final = 8
CANDIDATES: Final = 12
MAX_OPTIONS: Final = 200
_STATE_NAMES: Final = {
    State.WAITING: later("Waiting"),
    State.PUBLISHED: later("Published"),
    State.HIDDEN: later("Hidden"),
}


def desk_view(shelf: Shelf, query: Query, *, frame: Frame, site: Site, now: datetime) -> DeskView:
    """Return the page of the desk that *query* asks for; a page beyond the last one is the last one."""
    newest, start, recent, narrow = _found(shelf, query, site=site, now=now)
    period = query.since or EDITION
    wish = Wish(source=query.source, topic=query.topic, text=query.text)
    shown = _of_state(narrow, query)
    last = max(-(-len(shown) // GROUPS_A_PAGE), 1)
    page = min(query.page, last)
    first = (page - 1) * GROUPS_A_PAGE
    return DeskView(
        frame=frame,
        query=query,
        tabs=_tabs(narrow, query, site),
        periods=tuple(
            Option(value=name, text=_period(name, site), is_chosen=name == period)
            for name in PERIODS
            if name != EDITION or site.edition_days
        ),
        sources=_options(sources_among(recent), query.source),
        topics=_options({name: name for name in topics_among(recent)}, query.topic),
        all_topics=shelf.topics[:MAX_OPTIONS],
        since=_since(period, start, site),
        edition=_edition(shelf, site, newest=newest),
        groups=tuple(group_view(group, shelf, site=site) for group in shown[first : first + GROUPS_A_PAGE]),
        first=first + 1,
        total=len(shown),
        pages=_pages(query, page=page, last=last),
        wider=None if shown else _wider(shelf, query, wish, site=site, newest=newest),
    )


def slugs_shown(shelf: Shelf, query: Query, *, site: Site, now: datetime) -> list[list[str]]:
    """Return the items on that page, story by story."""
    shown = _of_state(_found(shelf, query, site=site, now=now)[3], query)
    page = min(query.page, max(-(-len(shown) // GROUPS_A_PAGE), 1))
    groups = shown[(page - 1) * GROUPS_A_PAGE : page * GROUPS_A_PAGE]
    return [[report.item.slug for report in group.reports[: REPORTS_SHOWN + 1]] for group in groups]


def _found(
    shelf: Shelf, query: Query, *, site: Site, now: datetime
) -> tuple[datetime, datetime | None, list[Group], list[Group]]:
    """Return when the newest item came, from when on stories are shown, those stories, and the ones looked for."""
    newest = min(max((group.came for group in shelf.groups), default=now), now)
    start = _start(query.since or EDITION, site, newest=newest)
    recent = chosen(shelf.groups, Wish(since=start))
    return newest, start, recent, chosen(recent, Wish(source=query.source, topic=query.topic, text=query.text))


def _of_state(groups: Iterable[Group], query: Query) -> list[Group]:
    state = query.state
    return [group for group in groups if state is None or group.state is state]


def story_page(shelf: Shelf, group: Group, *, text: str, frame: Frame, site: Site) -> StoryPage:
    """Return the page of one story, with others to merge it into: those that *text* finds, the likest first."""
    others = [other for other in shelf.groups if other is not group and other.state is not State.HIDDEN]
    found = alike(group, chosen(others, Wish(text=text)), lang=site.lang)
    return StoryPage(
        frame=frame,
        group=group_view(group, shelf, site=site, most=len(group.others)),
        text=text,
        candidates=tuple(_candidate(other, shelf, site) for other in found[:CANDIDATES]),
        all_topics=shelf.topics[:MAX_OPTIONS],
    )


def group_view(group: Group, shelf: Shelf, *, site: Site, most: int = REPORTS_SHOWN) -> GroupView:
    """Return *group* as it is shown, with at most so many of its other reports."""
    lead = group.lead.item
    return GroupView(
        lead=_report(group.lead, shelf, site),
        prints=print_of(group, shelf),
        excerpt=lead.excerpt if lead.excerpt != lead.title else "",
        topics=", ".join(lead.topics),
        image=site.image_of(lead),
        heat=lead.heat,
        sum=sum_in_words(group, site.words),
        reasons=site.reasons.of(group, site.words),
        coverage=coverage_of(group, site.words),
        reports=tuple(_report(report, shelf, site) for report in group.others[:most]),
        more=max(len(group.others) - most, 0),
        href=f"{PLACE}story?item={lead.slug}",
    )


def print_of(group: Group, shelf: Shelf) -> str:
    """Return what all files of *group* are known by, as one word."""
    prints = sorted((report.item.slug, shelf.prints.get(report.item.slug, b"")) for report in group.reports)
    return digest_of(repr(prints).encode()).hex()


def _report(report: Report, shelf: Shelf, site: Site) -> ReportView:
    item = report.item
    name = item.provider.name if item.provider else ""
    return ReportView(
        slug=item.slug,
        print=shelf.prints.get(item.slug, b"").hex(),
        title=item.title,
        lang=item.lang,
        source=name,
        letter=next((char.upper() for char in name if char.isalnum()), ""),
        tint=sum(item.provider.domain.encode()) % 8 if item.provider else 0,
        url=item.url,
        page=site.page_of(item),
        time=_moment(item.date, site),
        state=report.state,
        state_name=site.words.say(_STATE_NAMES[report.state]),
        is_pinned=report.is_pinned,
        notes=tuple(_notes(report, site)),
    )


def _notes(report: Report, site: Site) -> Iterable[str]:
    if report.is_ahead and report.state is State.PUBLISHED:
        yield site.words.say("appears on %(time)s", time=site.dates.time(report.item.date).text)
    yield from notes_on(report, site.words)


def _candidate(group: Group, shelf: Shelf, site: Site) -> Candidate:
    item = group.lead.item
    told = [item.provider.name if item.provider else "", _moment(item.date, site).text, coverage_of(group, site.words)]
    return Candidate(
        slug=item.slug,
        print=print_of(group, shelf),
        title=item.title,
        lang=item.lang,
        told=" · ".join(filter(None, told)),
    )


def _moment(moment: datetime, site: Site) -> Moment:
    view = site.dates.time(moment)
    return Moment(view.iso, view.text)


def _start(period: str, site: Site, *, newest: datetime) -> datetime | None:
    """Return the first moment of *period*; None for all."""
    if period == "all":
        return None
    if period != EDITION:
        return newest - timedelta(days=int(period))
    local = newest.astimezone(site.dates.tz).replace(hour=0, minute=0, second=0, microsecond=0)
    return local - timedelta(days=local.weekday() if site.edition_days > 1 else 0)


def _period(name: str, site: Site) -> str:
    if name == EDITION:
        return site.words.say("since the last edition")
    if name == "all":
        return site.words.say("All")
    return site.words.say_many("the last %(num)s day", "the last %(num)s days", int(name))


def _since(period: str, start: datetime | None, site: Site) -> str:
    if start is None:
        return _period(period, site)
    if period == EDITION and site.edition_days:
        return site.words.say("since %(day)s", day=site.dates.long_day(site.dates.day_of(start)))
    return site.words.say("since %(day)s", day=site.dates.time(start).text)


def _edition(shelf: Shelf, site: Site, *, newest: datetime) -> str:
    """Return what the next edition has so far, if the site has editions."""
    if not site.edition_days:
        return ""
    groups = chosen(shelf.groups, Wish(state=State.PUBLISHED, since=_start(EDITION, site, newest=newest)))
    if not groups:
        return site.words.say("The next edition is still empty.")
    return site.words.say(
        "The next edition so far: %(stories)s %(from_sources)s.",
        stories=site.words.say_many("%(num)s story", "%(num)s stories", len(groups)),
        from_sources=site.words.say_many("from %(num)s source", "from %(num)s sources", len(sources_among(groups))),
    )


def _tabs(groups: Sequence[Group], query: Query, site: Site) -> tuple[Choice, ...]:
    found = counts(groups)
    numbers: Mapping[str, int] = {**{state.value: found[state] for state in State}, "all": len(groups)}
    names = {state.value: name for state, name in _STATE_NAMES.items()}
    return tuple(
        Choice(
            text=site.words.say(names.get(show, "All")),
            href=PLACE + query.address(show=show),
            count=f"{numbers[show]:,}",
            is_current=show == query.show,
        )
        for show in SHOWN
    )


def _options(names: Mapping[str, str], asked: str) -> tuple[Option, ...]:
    """Return the most frequent of *names* in the order of the alphabet, and always the one that is asked for."""
    kept = dict(list(names.items())[:MAX_OPTIONS])
    if asked:
        kept.setdefault(asked, names.get(asked, asked))
    ordered = sorted(kept.items(), key=lambda pair: (pair[1].casefold(), pair[0]))
    return tuple(Option(value=value, text=text, is_chosen=value == asked) for value, text in ordered)


def _pages(query: Query, *, page: int, last: int) -> tuple[Choice, ...]:
    """Return the ways to other pages: the first, the last and those beside this one."""
    if last == 1:
        return ()
    near = sorted({1, last, *range(max(page - 2, 1), min(page + 2, last) + 1)})
    return tuple(
        Choice(text=f"{number:,}", href=PLACE + query.address(page=number), is_current=number == page)
        for number in near
    )


def _wider(shelf: Shelf, query: Query, wish: Wish, *, site: Site, newest: datetime) -> Choice | None:
    """Return the next longer time in which there is something."""
    asked = PERIODS.index(query.since or EDITION)
    for name in PERIODS[asked + 1 :]:
        since = _start(name, site, newest=newest)
        found = chosen(shelf.groups, msgspec.structs.replace(wish, state=query.state, since=since))
        if found:
            return Choice(text=_period(name, site), href=PLACE + query.address(since=name), count=f"{len(found):,}")
    return None
