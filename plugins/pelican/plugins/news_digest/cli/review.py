"""``news-digest review``: the acts of the desk on a terminal, one story after another, by single keys."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from ..errors import counted, from_here, printable, printable_path
from ..host.build import MEMORY_KEY, Memory, clock_of, read_as_built, utc_now
from ..newsdesk.desk.acts import Act, CannotError
from ..newsdesk.desk.hand import Change, do, undo
from ..newsdesk.desk.plan import alike, plan_act
from ..newsdesk.desk.shelf import (
    Group,
    Report,
    Shelf,
    State,
    Wish,
    chosen,
    coverage_of,
    make_shelf,
    notes_on,
    sum_in_words,
)
from ..pages.dates import DateWriter, date_writer
from ..settings import read_settings
from .command import Exit, add_content, add_settings, site_settings
from .keys import Keys, keys_of
from .terminal import complain, say

DESCRIPTION = (
    "Go through what came in, story by story, hottest first, and decide: publish, hide, pin as lead, merge, split, "
    "edit. Each decision is one small change to one file, is written at once, and can be undone. The desk of "
    "`news-digest serve` does the same in a browser."
)
EXAMPLES = """\
news-digest review                        what is waiting, of the last three days
news-digest review --days 0               all that is waiting
news-digest review --show all ferry       every story about the ferry
printf 'pjh' | news-digest review         the same keys from a pipe: publish, leave the next one, hide
"""
ALL: Final = "all"
_SHOWN: Final = (*(state.value for state in State), ALL)
_CANDIDATES: Final = 9
_REPORTS: Final = 9
_HELP: Final = """\
  j next    k back      p publish   h hide      l pin as lead, or no more
  m merge   s split off e headline  t topics    r all reports
  u undo    q quit      ? these keys"""
_ACTS: Final = {"p": Act.PUBLISH, "h": Act.HIDE}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what ``review`` can be told."""
    add_content(parser)
    add_settings(parser)
    parser.add_argument("--show", choices=_SHOWN, default=State.WAITING.value, help="which stories (default: waiting)")
    parser.add_argument(
        "--days", type=int, default=3, help="what came in within so many days; 0 for all (default: %(default)s)"
    )
    parser.add_argument("--source", default="", metavar="DOMAIN", help="only stories that this source reports")
    parser.add_argument("--topic", default="", help="only stories of this topic")
    parser.add_argument("--search", default="", metavar="WORDS", help="only stories that say all of these words")


def run(args: argparse.Namespace) -> int:
    """Go through the stories until there are none left, or until ``q``."""
    given = site_settings(args.settings, content=args.content)
    review = Review(given, wish=_wish_of(args), days=args.days, keys=keys_of(sys.stdin, echo=say))
    with suppress(KeyboardInterrupt):
        review.go_through()
    return Exit.PROBLEMS if review.has_failed else Exit.DONE


def _wish_of(args: argparse.Namespace) -> Wish:
    state = None if args.show == ALL else State(args.show)
    return Wish(state=state, source=args.source, topic=args.topic, text=args.search)


class Review:
    """One walk through the stories.

    Args:
        days: What came in within so many days before the newest; 0 for all.

    Attributes:
        has_failed: Whether something could not be done.
    """

    def __init__(self, settings: dict[str, Any], *, wish: Wish, days: int, keys: Keys) -> None:
        self._settings = {**settings, MEMORY_KEY: Memory()}
        self._content = Path(settings["PATH"])
        self._wish = wish
        self._days = days
        self._keys = keys
        self._dates: DateWriter = date_writer(settings.get("TIMEZONE") or "UTC", "en")
        self._shelf = self._read()
        # Who is on the list stays on it, whatever becomes of it: the way back leads to what was decided.
        self._slugs = [group.lead.item.slug for group in self._found()]
        self._at = 0
        self._done: list[tuple[str, tuple[Change, ...]]] = []
        self.has_failed = False

    def _read(self) -> Shelf:
        self._now = clock_of(
            read_settings(self._settings), timezone=self._settings.get("TIMEZONE") or "UTC", now=utc_now()
        )
        archive = read_as_built(self._settings)
        return make_shelf(archive.items, now=self._now, prints=archive.prints)

    def _found(self) -> Sequence[Group]:
        groups = self._shelf.groups
        newest = max((min(group.came, self._now) for group in groups), default=None)
        since = newest - timedelta(days=self._days) if newest and self._days > 0 else None
        return chosen(chosen(groups, Wish(since=since)), self._wish)

    def go_through(self) -> None:
        """Show one story after another, and do what the keys say.

        Raises:
            KeyboardInterrupt: Ctrl-C. What was decided stays.
        """
        if not self._slugs:
            say("Nothing is waiting." if self._wish == Wish(state=State.WAITING) else "Nothing was found.")
            return
        say(f"{counted(len(self._slugs), 'story')} · ? for the keys")
        is_new = True
        while self._at < len(self._slugs):
            group = self._shelf.group_of(self._slugs[self._at])
            if group is None:  # its file is gone
                self._at, is_new = self._at + 1, True
                continue
            if is_new:
                self._show(group)
            key = self._keys.key()
            if key in {"", "q"}:
                return
            before = self._at
            is_new = self._obey(key, group) or self._at != before

    def _obey(self, key: str, group: Group) -> bool:
        """Do what *key* says; return whether the story has to be shown anew."""
        if key in {"j", "n", " ", "\n"}:
            self._at += 1
        elif key == "k":
            self._at = max(self._at - 1, 0)
        elif key == "?":
            say(_HELP)
        elif key == "r":
            for report in group.reports:
                say(f"  {self._line(report)}")
        elif key == "u":
            return self._undo()
        elif key in "phlmste":
            return self._act(key, group)
        else:
            say(f"{printable(key)!r} is no key here; ? shows them")
        return False

    def _act(self, key: str, group: Group) -> bool:
        lead = group.lead
        slug, value, into = lead.item.slug, "", ""
        act = _ACTS.get(key)
        if key == "l":
            act = Act.UNPIN if lead.is_pinned else Act.PIN
        elif key == "e":
            act, value = Act.RETITLE, self._keys.line("Headline", known=lead.item.title)
        elif key == "t":
            act, value = Act.TOPICS, self._keys.line("Topics, with commas", known=", ".join(lead.item.topics))
        elif key == "s":
            act, slug = Act.SPLIT, self._chosen_report(group)
        elif key == "m":
            act, into = Act.MERGE, self._chosen_story(group)
            if not into:
                return False
        assert act is not None  # noqa: S101 - every key that is let in has one
        try:
            plan = plan_act(act, self._shelf, slug, value=value, into=into)
            changes = do(self._content, plan.wanted)
        except CannotError as error:
            self._fail(error)
            return False
        if not changes:
            say("  nothing to change: the file says so already")
            return False
        self._done.append((plan.said, changes))
        self._tell(plan.said, changes)
        if act in {Act.PUBLISH, Act.HIDE, Act.MERGE}:  # this one is settled
            self._at += 1
        return True

    def _undo(self) -> bool:
        if not self._done:
            say("  there is nothing to undo")
            return False
        said, changes = self._done[-1]
        try:
            back = undo(self._content, changes)
        except CannotError as error:
            self._fail(error)
            return False
        self._done.pop()
        self._tell(f"Undone: {said[:1].lower()}{said[1:]}", back)
        touched = {change.path for change in back}
        slugs = [report.item.slug for group in self._shelf.groups for report in group.reports
                 if report.item.source_path in touched]  # fmt: skip
        self._at = next((at for at, slug in enumerate(self._slugs) if slug in slugs), self._at)
        return True

    def _tell(self, said: str, changes: Sequence[Change]) -> None:
        self._shelf = self._read()
        say(f"  {said}")
        for change in changes:
            say(f"  wrote {printable_path(from_here(str(self._content / change.path)))}")

    def _fail(self, error: CannotError) -> None:
        self.has_failed = True
        complain(str(error))

    def _chosen_report(self, group: Group) -> str:
        if not group.others:
            return group.lead.item.slug
        for number, report in enumerate(group.reports[:_REPORTS], 1):
            say(f"  {number} {self._line(report)}")
        answer = self._keys.line("Which one (number)", known="1")
        number = int(answer) if answer.isascii() and answer.isdigit() else 0
        return group.reports[number - 1].item.slug if 0 < number <= len(group.reports) else ""

    def _chosen_story(self, group: Group) -> str:
        """Return an item of the story that *group* is to be merged into; ``""``: none."""
        words, lang = "", self._settings.get("DEFAULT_LANG") or "en"
        others = [other for other in self._shelf.groups if other is not group and other.state is not State.HIDDEN]
        while True:
            found = alike(group, chosen(others, Wish(text=words)), lang=lang)[:_CANDIDATES]
            for number, other in enumerate(found, 1):
                say(f"  {number} {self._line(other.lead)}")
            answer = self._keys.line("Merge into (number, or words to look for; nothing to leave it)")
            if not answer:
                return ""
            if answer.isascii() and answer.isdigit() and 0 < int(answer) <= len(found):
                return found[int(answer) - 1].lead.item.slug
            words = answer

    def _show(self, group: Group) -> None:
        item = group.lead.item
        leads = "leads" if group.lead.is_pinned else ""
        states = [group.state.value, leads, *notes_on(group.lead), ", ".join(item.topics)]
        source = item.provider.name if item.provider else ""
        facts = [source, self._dates.time(item.date).text, coverage_of(group), item.url]
        lines = [
            "",
            f"{self._at + 1}/{len(self._slugs)}  {' · '.join(filter(None, states))}",
            item.title,
            *([item.excerpt] if item.excerpt else []),
            " · ".join(filter(None, facts)),
            f"{item.heat} = {sum_in_words(group)}",
        ]
        say("\n".join(map(printable, lines)))

    def _line(self, report: Report) -> str:
        item = report.item
        source = item.provider.name if item.provider else ""
        facts = (report.state.value, item.title, source, self._dates.time(item.date).text)
        return printable(" · ".join(filter(None, facts)))
