"""What a file declares of the report at the source: who may read it, what can be heard, where it is discussed."""

from __future__ import annotations

from mimetypes import guess_type
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ...model import Access, Discussion, Recording
from ...text.address import AddressError, clean_address
from ...text.plain import clean_name
from .values import in_bounds, shown, text_of

if TYPE_CHECKING:
    from collections.abc import Callable

    Report = Callable[[str, tuple[str | int, ...], str, str], None]

MAX_DISCUSSIONS: Final = 20


class Declared(NamedTuple):
    """See the attributes of :class:`~...model.NewsItem`."""

    access: Access
    audio: Recording | None
    discussions: tuple[Discussion, ...]


def read_declared(access: object, audio: object, discussions: object, report: Report) -> Declared:
    """Return what the three values declare.

    Args:
        report: Is told code, path, message and hint of each value that is not understood; it is left out.
    """
    found, problem = read_access(access)
    if problem:
        report("ND107", ("access",), f"access: {problem}", "write paid or free; value ignored")
    return Declared(found, _recording(audio, report), tuple(_discussions(discussions, report)))


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
