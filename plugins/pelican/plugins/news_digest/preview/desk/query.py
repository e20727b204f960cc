"""What an address of the desk says: which stories, and which page of them. Pure, and the way back."""

from __future__ import annotations

from datetime import timedelta
from typing import Final
from urllib.parse import parse_qs, urlencode

import msgspec

from ...newsdesk.desk.shelf import State

# The desk, below the path of the site.
PLACE: Final = "_desk/"
# Where forms go, below that.
ACT: Final = "act"
# By name of a state, and everything.
SHOWN: Final = (*(state.value for state in State), "all")
# How far back; the first is what the desk opens with.
EDITION: Final = "edition"
PERIODS: Final = (EDITION, "1", "3", "7", "30", "all")
MAX_TEXT_CHARS: Final = 200
MAX_PAGE: Final = 1_000_000


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked for.

    Attributes:
        show: One of :data:`SHOWN`.
        since: One of :data:`PERIODS`; ``""``: whatever is worth opening with.
        source: A domain; ``""``: all.
        topic: A name; ``""``: all.
        page: 1 and up.
    """

    show: str = State.WAITING
    since: str = ""
    source: str = ""
    topic: str = ""
    text: str = ""
    page: int = 1

    @property
    def state(self) -> State | None:
        """The state; None for all."""
        return None if self.show == "all" else State(self.show)

    @property
    def days(self) -> timedelta | None:
        """How far back, where that is a number of days."""
        return timedelta(days=int(self.since)) if self.since.isdigit() else None

    @property
    def is_narrow(self) -> bool:
        """Whether more is asked for than a state and a time."""
        return bool(self.source or self.topic or self.text)

    def address(self, **changes: object) -> str:
        """Return the query part of an address, with *changes*; ``""`` when nothing is asked for.

        Whoever changes what is asked for begins at the first page.
        """
        changed = msgspec.structs.replace(self, **({"page": 1} | changes))
        names = {"show": "show", "since": "since", "source": "source", "topic": "topic", "text": "q", "page": "page"}
        usual = Query()
        pairs = {
            name: str(getattr(changed, field))
            for field, name in names.items()
            if getattr(changed, field) != getattr(usual, field)
        }
        return f"?{urlencode(pairs)}" if pairs else ""


def read_query(text: str) -> Query:
    """Return what the query part of an address asks for; what is not understood is as if it were not there."""
    try:
        given = {
            name: values[-1].strip()[:MAX_TEXT_CHARS] for name, values in parse_qs(text, max_num_fields=50).items()
        }
    except ValueError:  # too many fields
        given = {}
    show, since, page = given.get("show", ""), given.get("since", ""), given.get("page", "")
    is_number = page.isascii() and page.isdigit() and len(page) < len(str(MAX_PAGE))
    return Query(
        show=show if show in SHOWN else State.WAITING,
        since=since if since in PERIODS else "",
        source=given.get("source", ""),
        topic=given.get("topic", ""),
        text=given.get("q", ""),
        page=max(int(page), 1) if is_number else 1,
    )
