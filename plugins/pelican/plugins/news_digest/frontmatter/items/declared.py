"""What a file declares of the report at the source: who may read it, what can be heard, whether it is still there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, tzinfo
from mimetypes import guess_type
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ...model import Access, Discussion, Recording
from ...text.address import AddressError, clean_address
from ...text.dates import parse_date
from ...text.plain import clean_name
from .values import in_bounds, shown, text_of
from .visibility import yes_or_no

if TYPE_CHECKING:
    from .schema import RawItem

    Report = Callable[[str, tuple[str | int, ...], str, str], None]

MAX_DISCUSSIONS: Final = 20


class Declared(NamedTuple):
    """See the attributes of :class:`~...model.NewsItem`."""

    access: Access
    audio: Recording | None
    discussions: tuple[Discussion, ...]
    dead: datetime | bool


_NOTHING: Final = Declared(Access.UNKNOWN, None, (), dead=False)


def read_declared(raw: RawItem, report: Report, *, tz: tzinfo) -> Declared:
    """Return what the values of *raw* declare.

    Args:
        tz: The site's zone, for dates that name none.
        report: Is told code, path, message and hint of each value that is not understood; it is left out.
    """
    if raw.access is raw.dead is raw.audio is raw.discussions is None:  # most files are just this
        return _NOTHING
    found, problem = read_access(raw.access)
    if problem:
        report("ND107", ("access",), f"access: {problem}", "write paid or free; value ignored")
    dead = read_dead(raw.dead, tz=tz)
    if dead is None:
        message = f"dead: {shown(raw.dead)} is neither true, false nor a date"
        report("ND107", ("dead",), message, "write true, or the date on which the link was found dead; value ignored")
    discussions = tuple(_discussions(raw.discussions, report))
    return Declared(found, _recording(raw.audio, report), discussions, dead=dead or False)


def read_dead(value: object, *, tz: tzinfo) -> datetime | bool | None:
    """Return whether a link leads nowhere any more, or since when that is known; None: *value* says neither."""
    if isinstance(value, list | dict):
        return None
    word = text_of(value).strip()
    answer = yes_or_no(value) if word else False
    return parse_date(value, tz=tz) if answer is None else answer


def read_access(value: object) -> tuple[Access, str]:
    """Return who may read it, and what is wrong with *value*; ``""``: nothing."""
    try:
        return Access("?" if isinstance(value, list | dict) else text_of(value).strip().lower()), ""
    except ValueError:
        return Access.UNKNOWN, f"{shown(value)} is neither paid nor free"


def _address(value: object, path: tuple[str | int, ...], report: Report) -> str:
    text = text_of(value).strip()
    try:
        return clean_address(text)
    except AddressError as error:
        report("ND108", path, f"{'.'.join(map(str, path))}: {in_bounds(text)} is {error}", "give the full https URL")
        return ""


def _recording(value: object, report: Report) -> Recording | None:
    """Return the recording at an address, or that a map names with its ``type``."""
    given: dict[str, Any] = value if isinstance(value, dict) else {"url": value}
    if isinstance(given.get("url"), list | dict):
        report("ND107", ("audio",), f"audio: {shown(value)} is no URL", "value ignored; write one URL")
    if not text_of(given.get("url")).strip():
        return None
    url = _address(given.get("url"), ("audio", "url") if isinstance(value, dict) else ("audio",), report)
    mime = text_of(given.get("type")).strip().lower() or guess_type(url.partition("?")[0])[0] or "audio/mpeg"
    if not mime.startswith("audio/"):
        report("ND107", ("audio",), f"audio: {shown(mime)} is no kind of audio", "value ignored; fix its type")
        return None
    return Recording(url=url, mime=mime) if url else None


def _discussions(values: object, report: Report) -> list[Discussion]:
    found: dict[str, Discussion] = {}
    for index, value in enumerate(values if isinstance(values, list) else [values]):
        given: dict[str, Any] = value if isinstance(value, dict) else {"url": value}
        if index >= MAX_DISCUSSIONS or not text_of(given.get("url")).strip():
            continue
        url = _address(given.get("url"), ("discussions", index), report)
        if url:
            found.setdefault(url, Discussion(url=url, title=clean_name(text_of(given.get("title")))))
    return list(found.values())
