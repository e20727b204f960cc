"""Answers at ``/_desk/``: shows what there is to decide on, obeys its own forms, and keeps what can be undone."""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from itertools import count
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs, quote, urlencode, urlsplit

import msgspec

from ...errors import SettingError
from ...newsdesk.desk.acts import Act, CannotError
from ...newsdesk.desk.hand import Change, do, undo
from ...newsdesk.desk.plan import plan_act
from ..address import TOOLS
from ..answer import HTML, Answer
from .gate import Refused
from .ground import Ground, read_ground
from .page import render
from .query import PLACE, read_query
from .values import Frame, Notice
from .view import desk_view, print_of, slugs_shown, story_page

if TYPE_CHECKING:
    from ...newsdesk.desk.shelf import Shelf
    from ..board import Board
    from ..owner import Owner

UNDO: Final = "undo"
STORY: Final = "story"
# So many acts can be undone; each keeps the files that it changed, twice.
MOST_KEPT: Final = 100
# The desk shows pictures, and runs and wears its own files; it asks nobody else, and stands in nobody's frame.
POLICY: Final = (
    "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS: Final = (
    ("Content-Security-Policy", POLICY),
    ("Referrer-Policy", "same-origin"),  # so that a form says where it comes from, and links tell nobody
    ("X-Frame-Options", "DENY"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
)


class _Act(msgspec.Struct, frozen=True, kw_only=True):
    """What was done, or tried."""

    notice: Notice
    changes: tuple[Change, ...] = ()
    slug: str = ""


class Desk:
    """The desk of one preview.

    Args:
        board: Who knows how many builds there were, and which pictures the last one knew.
    """

    def __init__(self, owner: Owner, board: Board) -> None:
        self._owner = owner
        self._board = board
        self._token = secrets.token_urlsafe(24)
        self._lock = threading.RLock()
        self._known: tuple[object, Ground] | None = None
        self._numbers = count(1)
        self._done: OrderedDict[str, _Act] = OrderedDict()

    @property
    def token(self) -> str:
        """What every form of the desk holds: nobody else can know it."""
        return self._token

    def show(self, target: str, *, base: str) -> Answer:
        """Return the page at *target*, a path below ``/_desk/`` of the site at *base*, with its query."""
        parts = urlsplit(f"http://host{target}")
        place = parts.path.removeprefix(f"{base}{PLACE}")
        ground = self._ground()
        if ground is None:
            return _page(render("waiting", None, base=base, tools=f"{base}{TOOLS}"), HTTPStatus.SERVICE_UNAVAILABLE)
        given = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        if place == "":
            query = read_query(parts.query)
            frame = self._frame(ground, base, back=query.address(page=query.page), did=given.get("did", ""))
            view = desk_view(ground.shelf, query, frame=frame, site=ground.site, now=ground.now)
            return _page(render("desk", ground.site, view=view))
        group = ground.shelf.group_of(given.get("item", "")) if place == STORY else None
        if group is None:
            hint = "its item may have been renamed or removed"
            return self.refuse(Refused(HTTPStatus.NOT_FOUND, "The desk has no such page.", hint), base=base)
        back = f"{STORY}?{urlencode({'item': given['item']})}"
        frame = self._frame(ground, base, back=back, did=given.get("did", ""))
        text = given.get("q", "").strip()[:200]
        story = story_page(ground.shelf, group, text=text, frame=frame, site=ground.site)
        return _page(render("story", ground.site, view=story))

    def refuse(self, refused: Refused, *, base: str) -> Answer:
        """Return what is said instead of what was asked for."""
        said = render("refused", None, refused=refused, tools=f"{base}{TOOLS}", place=f"{base}{PLACE}")
        return _page(said, refused.status)

    def act(self, form: Mapping[str, str], *, base: str) -> Answer:
        """Do what a form of the desk says, and lead back to where it was sent from."""
        place, query = _way_back(form.get("back", ""))
        with self._lock:
            ground = self._ground(is_fresh=True)
            if ground is None:
                reason, hint = "The site's settings cannot be read.", "fix them, and send the form again"
                return self.refuse(Refused(HTTPStatus.SERVICE_UNAVAILABLE, reason, hint), base=base)
            done = self._undone(form, ground) if form.get("act") == UNDO else self._acted(form, ground)
            number = self._keep(done)
            after = self._ground(is_fresh=True) or ground
        if place == STORY and form.get("act") in {UNDO, Act.MERGE} and not done.notice.is_problem:
            place, query = "", ""  # the story that the page was about is another one now
        slug = form.get("item", "") or done.slug
        where = slug
        if not place:
            asked = read_query(query)
            before = slugs_shown(ground.shelf, asked, site=ground.site, now=ground.now)
            where = _nearest(slug, before, slugs_shown(after.shelf, asked, site=after.site, now=after.now))
        anchor = f"#s-{quote(where)}" if where else ""
        pairs = f"{query}&" if query else ""
        location = f"{base}{PLACE}{place}?{pairs}{urlencode({'did': number})}{anchor}"
        return Answer(status=HTTPStatus.SEE_OTHER, location=location, headers=_HEADERS)

    def _acted(self, form: Mapping[str, str], ground: Ground) -> _Act:
        slug, value, into = form.get("item", ""), form.get("value", ""), form.get("into", "")
        try:
            act = Act(form.get("act", ""))
            plan = plan_act(act, ground.shelf, slug, value=value, into=into, words=ground.site.words)
            _require_same(act, form, ground.shelf)
            changes = do(ground.content, plan.wanted)
        except ValueError:
            return _Act(notice=Notice(text="The desk knows no such act.", is_problem=True))
        except CannotError as error:
            return _Act(notice=_problem(error), slug=slug)
        if not changes:
            text = ground.site.words.say("Nothing to change: the file says so already.")
            return _Act(notice=Notice(text=text), slug=slug)
        return _Act(notice=Notice(text=f"{plan.said}."), changes=changes, slug=slug)

    def _undone(self, form: Mapping[str, str], ground: Ground) -> _Act:
        number = form.get("number", "")
        known = self._done.get(number)
        if known is None or not known.changes:
            reason = "This cannot be undone any more"
            return _Act(notice=_problem(CannotError(reason, "`git diff` shows what was changed")))
        try:
            undo(ground.content, known.changes)
        except CannotError as error:
            return _Act(notice=_problem(error), slug=known.slug)
        del self._done[number]
        text = ground.site.words.say("Undone: %(what)s", what=known.notice.text)
        return _Act(notice=Notice(text=text), slug=known.slug)

    def _keep(self, done: _Act) -> str:
        number = f"{next(self._numbers)}-{self._token[:6]}"
        undo_by = number if done.changes else ""
        files = tuple(change.path for change in done.changes)
        notice = msgspec.structs.replace(done.notice, undo=undo_by, files=files)
        self._done[number] = msgspec.structs.replace(done, notice=notice)
        while len(self._done) > MOST_KEPT:
            self._done.popitem(last=False)
        return number

    def _frame(self, ground: Ground, base: str, *, back: str, did: str) -> Frame:
        with self._lock:
            known = self._done.get(did)
            last = next((act.notice for act in reversed(self._done.values()) if act.changes), None)
        return Frame(
            site=ground.name,
            base=base,
            tools=f"{base}{TOOLS}",
            place=f"{base}{PLACE}",
            token=self._token,
            back=back,
            notice=known.notice if known else None,
            last=last,
        )

    def _ground(self, *, is_fresh: bool = False) -> Ground | None:
        """Return what there is; None during the first build, and while the settings cannot be read.

        Args:
            is_fresh: Whether every file is looked at again; else that is done after each build.
        """
        with self._lock:
            pelican, layout, turn = self._owner.pelican, self._owner.layout, self._board.state.turn
            if pelican is None or layout is None:
                return None
            key, before = (id(pelican), turn), self._known[1] if self._known else None
            if before is None and self._board.state.is_building:
                return None  # two that read everything would take twice as long
            if is_fresh or self._known is None or self._known[0] != key:
                try:
                    ground = read_ground(pelican.settings, layout, pictures=self._board.pictures, before=before)
                except SettingError:
                    return None
                self._known = (key, ground)
            return self._known[1]


def _page(text: str, status: HTTPStatus = HTTPStatus.OK) -> Answer:
    return Answer(status=status, kind=HTML, body=text.encode(), headers=_HEADERS)


def _problem(error: CannotError) -> Notice:
    return Notice(text=f"{error.reason}. {error.hint[:1].upper()}{error.hint[1:]}", is_problem=True)


def _require_same(act: Act, form: Mapping[str, str], shelf: Shelf) -> None:
    """Raise a CannotError unless the files that a form is about are what they were when its page was made."""
    slug, into = form.get("item", ""), form.get("into", "")
    if act is Act.MERGE:
        pairs = [(_print_of(slug, shelf), form.get("print", "")), (_print_of(into, shelf), form.get("into-print", ""))]
    else:
        pairs = [(shelf.prints.get(slug, b"").hex(), form.get("print", ""))]
    if any(not now or now != then for now, then in pairs):
        reason = "The file was changed since this page was made, so nothing was written"
        raise CannotError(reason, "this is how it is now; decide again")


def _print_of(slug: str, shelf: Shelf) -> str:
    group = shelf.group_of(slug)
    return print_of(group, shelf) if group else ""


def _way_back(text: str) -> tuple[str, str]:
    """Return the page of the desk that a form was sent from, and its query: nothing else is led to."""
    place, _, query = text.partition("?")
    if place == STORY:
        return STORY, urlencode({"item": parse_qs(query).get("item", [""])[-1]})
    asked = read_query(query)
    return "", asked.address(page=asked.page).removeprefix("?")


def _nearest(slug: str, before: Sequence[Sequence[str]], after: Sequence[Sequence[str]]) -> str:
    """Return *slug* while it is shown, else what stands where it was."""
    shown = {one for group in after for one in group}
    if slug in shown or not after:
        return slug if slug in shown else ""
    place = next((index for index, group in enumerate(before) if slug in group), 0)
    follows = (group[0] for group in before[place:] if group[0] in shown)
    return next(follows, after[min(place, len(after) - 1)][0])
