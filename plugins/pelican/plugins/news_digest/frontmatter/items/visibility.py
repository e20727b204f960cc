"""Whether front matter lets its item be shown: what is not understood here hides it.

Every generator of this field has words for "do not show", and people bring them along. Those that mean the whole item
are understood, whatever their case and whether they are written ``is_draft`` or ``isDraft``; a value that is neither
yes nor no hides the item and is said: docs/decisions/0040-not-understood-is-not-shown.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, tzinfo
from typing import Any, Final, NamedTuple

from ...errors import nearest
from ...model import Status
from ...text.dates import parse_date
from .values import shown, text_of

_YES: Final = frozenset("true yes y on 1".split())
_NO: Final = frozenset("false no n off 0".split())
# Keys as `folded_key` returns them. What a yes hides, and how well.
_HIDES: Final = {
    **dict.fromkeys("removed isremoved deleted isdeleted trashed".split(), Status.REMOVED),
    **dict.fromkeys(
        "draft isdraft hidden ishidden hide private isprivate unlisted isunlisted unpublished headless exclude excluded"
        " ignore ignored disabled embargoed isembargoed hiddeninhomelist eleventyexcludefromcollections"
        " excludefromcollections".split(),
        Status.DRAFT,
    ),
}
# What a yes shows and a no hides.
_SHOWS: Final = {
    "published": Status.UNPUBLISHED,
    "ispublished": Status.UNPUBLISHED,
    **dict.fromkeys(
        "publish public ispublic visible isvisible listed discoverable routable".split(),
        Status.DRAFT,
    ),
}
# Words that people use for much else: here a plain yes or no decides, and any other value is somebody's own.
_MAY_HIDE: Final = frozenset(
    "unpublish nopublish donotpublish dontpublish notpublished retracted withdrawn confidential secret internal"
    " membersonly trash skip".split()
)
_MAY_SHOW: Final = frozenset("render online active enabled live approved released ready".split())
_MAY_STATE: Final = frozenset("access workflow workflowstate moderationstate stage phase".split())
# When it was taken down: whatever moment that was.
_GONE: Final = frozenset(
    "deletedat deletedon deleteddate deleteddatetime removedat removedon removeddate removeddatetime trashedat"
    " unpublishedat retractedat withdrawnat".split()
)
# Maps of keys of one's own, and of keys for what lies below (Hugo, Zola, Eleventy).
_MAPS: Final = frozenset("params extra cascade data meta metadata".split())
_PLAINEST: Final = frozenset("published removed draft hidden".split())
_STATES: Final = {
    **dict.fromkeys("published publish public live visible".split(), Status.PUBLISHED),
    "unpublished": Status.UNPUBLISHED,
    **dict.fromkeys("removed deleted trash trashed".split(), Status.REMOVED),
    **dict.fromkeys(
        "draft drafts auto-draft pending scheduled future hidden skip private unlisted idea review".split(),
        Status.DRAFT,
    ),
}
_STATE_KEYS: Final = frozenset("status visibility state poststatus publishstatus".split())
# A build does not know when it is seen: nothing appears or goes at a moment.
_UNTIL: Final = frozenset(
    "expirydate unpublishdate unpublishat unpublishon expires expiry expireson expirationdate".split()
)
_FROM: Final = frozenset(
    "publishdate publishat publishon pubdate embargo embargodate embargountil embargoeduntil scheduled scheduledfor"
    " golive".split()
)
_PASSWORDS: Final = frozenset({"password", "passwd"})
_DECIDING: Final = frozenset(
    {*_HIDES, *_SHOWS, *_STATE_KEYS, *_UNTIL, *_FROM, *_PASSWORDS, *_MAY_HIDE, *_MAY_SHOW, *_GONE, "permalink", "build"}
    - {"state"}
)
# Hugo's: whether it has a page, and stands in lists.
_BUILD_PARTS: Final = ("render", "list")
_SHOWN_BUILD: Final = frozenset({"always", *_YES})
_NEAR: Final = ("published", "removed", "draft", "hidden", "private", "unlisted")
# Jekyll's and Hexo's folder of what is not finished.
_IN_DRAFTS: Final = re.compile(r"(?:\A|/)_?drafts/", re.IGNORECASE)
_MARKS: Final = re.compile(r"[\W_]+")
_YES_OR_NO: Final = "write true or false; until then the item is not shown"


class Problem(NamedTuple):
    """A key that is not understood, or cannot be obeyed: what is wrong with it, and what to do."""

    key: str
    message: str
    hint: str


class Verdict(NamedTuple):
    """Whether an item may be shown, and everything that was not understood."""

    status: Status
    problems: tuple[Problem, ...] = ()


_SHOWN: Final = Verdict(Status.PUBLISHED)
_UNPUBLISHED: Final = Verdict(Status.UNPUBLISHED)
_RANK: Final = (Status.PUBLISHED, Status.UNPUBLISHED, Status.DRAFT, Status.REMOVED)


def folded_key(key: str) -> str:
    """Return *key* without case and marks: ``is_draft``, ``Is-Draft`` and ``isDraft`` are one key."""
    return _MARKS.sub("", key).casefold()


def decides(key: str) -> bool:
    """Whether *key* says something about whether an item is shown, so that it is understood here."""
    return folded_key(key) in _DECIDING


def yes_or_no(value: object) -> bool | None:
    """Return what *value* says, as a boolean, a number or a word in any case; None when it is neither."""
    if type(value) is bool:
        return value
    if isinstance(value, float) and value in {0.0, 1.0}:
        return bool(value)
    word = text_of(value).strip().casefold()
    return True if word in _YES else False if word in _NO else None


def visibility(
    data: Mapping[str, Any], others: Iterable[str], *, path: str = "", date: datetime | None = None, tz: tzinfo = UTC
) -> Verdict:
    """Return whether what *data* describes may be shown; of several words the one that hides most is obeyed.

    Args:
        others: Its keys that are none of the format's fields; most files have none.
        path: Where its file lies in the content folder: whatever lies in a folder ``_drafts`` or ``drafts`` is one.
        date: When the item was published; what waits until then has waited long enough. None: nobody knows.
        tz: The site's zone, for moments without one.
    """
    published, removed = data.get("published", True), data.get("removed", False)
    is_in_drafts = "rafts/" in path.lower() and _IN_DRAFTS.search(path) is not None
    if (
        not is_in_drafts and type(published) is bool and type(removed) is bool and not others
    ):  # thousands of files are just this
        return Verdict(Status.REMOVED) if removed else _SHOWN if published else _UNPUBLISHED
    status, problems = (Status.DRAFT if is_in_drafts else Status.PUBLISHED), []
    for key in dict.fromkeys(("published", "removed", *others)):
        if key in data:
            found, problem = _judged(key, data[key], date=date, tz=tz)
            status = max(status, found, key=_RANK.index)
            problems += [problem] if problem else []
    return Verdict(status, tuple(problems))


def _judged(key: str, value: object, *, date: datetime | None, tz: tzinfo) -> tuple[Status, Problem | None]:
    """Return what one key says."""
    name, is_empty = folded_key(key), value is None or value == ""
    if name in _HIDES or name in _SHOWS:
        # `draft:` with nothing behind it says nothing, as everywhere; `published:` does not say yes.
        answer = False if is_empty and name in _HIDES else yes_or_no(value)
        hidden = _HIDES.get(name) or _SHOWS[name]
        if answer is None:
            strictest = max(hidden, Status.DRAFT, key=_RANK.index)
            return strictest, Problem(key, f"{key}: {_shown(value)} is neither true nor false", _YES_OR_NO)
        return hidden if answer is (name in _HIDES) else Status.PUBLISHED, None
    if name in _STATE_KEYS:
        return _state(key, name, value)
    if is_empty:
        return Status.PUBLISHED, None
    if name in _MAPS:
        return _in_map(key, value, date=date, tz=tz)
    return _loose(name, value) or _foreign(key, name, value, date=date, tz=tz) or _misspelt(key, name, value)


def _state(key: str, name: str, value: object) -> tuple[Status, Problem | None]:
    found = _STATES.get(text_of(value).strip().casefold())
    if found is not None:
        return found, None
    if name == "state":  # of a country, more often than not
        return Status.PUBLISHED, None
    return Status.DRAFT, Problem(
        key, f"{key}: {_shown(value)} is not understood", "write published or draft; until then the item is not shown"
    )


def _loose(name: str, value: object) -> tuple[Status, Problem | None] | None:
    """Return what a key says that is often about something else; None when it is no such key."""
    if name in _GONE:
        return (Status.PUBLISHED if yes_or_no(value) is False else Status.REMOVED), None
    if name in _MAY_HIDE or name in _MAY_SHOW:
        return (Status.DRAFT if yes_or_no(value) is (name in _MAY_HIDE) else Status.PUBLISHED), None
    if name in _MAY_STATE:
        return _STATES.get(text_of(value).strip().casefold(), Status.PUBLISHED), None
    return None


def _foreign(
    key: str, name: str, value: object, *, date: datetime | None, tz: tzinfo
) -> tuple[Status, Problem | None] | None:
    """Return what a key of another generator's says that is no plain yes or no; None when it is none of them."""
    problem = None
    if name == "permalink":
        return (Status.DRAFT if yes_or_no(value) is False else Status.PUBLISHED), None
    if name == "layout":  # Hexo's
        return (Status.DRAFT if text_of(value).strip().casefold() == "draft" else Status.PUBLISHED), None
    if name == "build":
        return _built(value)
    if name in _UNTIL:
        message = f"{key}: items are not taken down at a set time"
        problem = Problem(key, message, "remove the key, or write 'removed: true' when the time comes")
    elif name in _PASSWORDS:
        problem = Problem(key, f"{key}: a page cannot be protected by a password", "remove the key to publish the item")
    elif name in _FROM:
        moment = parse_date(value, tz=tz)
        if moment is None or date is None or moment > date:
            message = f"{key}: items are not published at a set time"
            problem = Problem(key, message, "remove the key when the item may be shown; publishedDateTime is its date")
    else:
        return None
    return (Status.DRAFT if problem else Status.PUBLISHED), problem


def _in_map(key: str, value: object, *, date: datetime | None, tz: tzinfo) -> tuple[Status, Problem | None]:
    """Return what the keys in a map say: those that hide clearly do so, and the plainest ones have to be clear."""
    status, problem = Status.PUBLISHED, None
    for part in value if isinstance(value, list) else [value]:
        for name, inner in part.items() if isinstance(part, dict) else ():
            found, unclear = _judged(str(name), inner, date=date, tz=tz)
            if unclear is None or folded_key(str(name)) in _PLAINEST:
                status = max(status, found, key=_RANK.index)
                problem = problem or (unclear and Problem(key, f"{key}.{unclear.message}", unclear.hint))
    return status, problem


def _built(value: object) -> tuple[Status, Problem | None] | None:
    """Return what Hugo's ``build: {render: …, list: …}`` says; another ``build`` is somebody's own."""
    if not isinstance(value, dict):
        return None
    parts = [text_of(value[part]).strip().casefold() for part in _BUILD_PARTS if part in value]
    return (Status.PUBLISHED if all(part in _SHOWN_BUILD for part in parts) else Status.DRAFT), None


def _misspelt(key: str, name: str, value: object) -> tuple[Status, Problem | None]:
    """Return what a key says that is nearly one of those above, where its value would hide the item."""
    answer = yes_or_no(value)
    if answer is None and _STATES.get(text_of(value).strip().casefold(), Status.PUBLISHED) is Status.PUBLISHED:
        return Status.PUBLISHED, None  # before names are compared, which takes its time
    meant = nearest(name, _NEAR, cutoff=0.8) if name not in _NEAR else ""
    hides = answer is False if meant == "published" else answer is True
    if not meant and _STATES.get(text_of(value).strip().casefold(), Status.PUBLISHED) is not Status.PUBLISHED:
        meant = nearest(name, ("status", "visibility"), cutoff=0.8)
        hides = bool(meant)
    if not (meant and hides):
        return Status.PUBLISHED, None
    return Status.DRAFT, Problem(
        key, f"{key}: unknown key", f"did you mean {meant}? Until this is clear the item is not shown"
    )


def _shown(value: object) -> str:
    return shown(value) if value is not None else "nothing"
