"""Strangers' words as other people's templates may print them: whether their environment escapes or not."""

from __future__ import annotations

import re
from typing import Any, Final

import msgspec
from markupsafe import Markup, escape

from ...frontmatter.classic import text_as_html
from ...frontmatter.items.values import raw_of
from ...model import NewsItem

_ADDRESS: Final = re.compile(r"(?:https?://|/)\S*\Z")
# As browsers read it: with whatever they skip before and in it.
_SCRIPT: Final = re.compile(
    r"\A([\x00-\x20]*(?:" + "|".join(r"[\t\n\r]*".join(word) for word in ("javascript", "vbscript")) + r")[\t\n\r]*):",
    re.IGNORECASE,
)
# A browser asks for the same address, and no attribute ends before it does.
_PERCENT: Final = str.maketrans({"<": "%3C", ">": "%3E", '"': "%22", "'": "%27", "`": "%60", "\\": "%5C"})


def address_as_html(address: str) -> Markup:
    """Return *address* as it may stand in an attribute, whatever quotes that has; also after ``striptags``."""
    return escape(address.translate(_PERCENT))


def leads_nowhere(text: str) -> str:
    """Return *text*, in which no ``javascript:`` is one: themes link to what a file's ``link`` or ``image`` says."""
    return _SCRIPT.sub("\\1：", text)


class Printable:
    """A struct whose fields are read as :func:`printable_copy` has them: few are ever read."""

    __slots__ = ("_value",)

    def __init__(self, value: msgspec.Struct) -> None:
        self._value = value

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the field holds
        if name == "body":
            return Markup(self._value.body)  # type: ignore[attr-defined]  # noqa: S704 - washed when it was read
        if name == "raw" and isinstance(self._value, NewsItem):
            return printable_copy(raw_of(self._value))
        return printable_copy(getattr(self._value, name))


def printable_copy(value: Any) -> Any:  # noqa: ANN401 - whatever a file holds
    """Return *value* with every text in it, keys too, as HTML that leaves no live markup wherever it is printed.

    Stock environments do not escape, those that do leave :class:`~markupsafe.Markup` alone: so it is printed once
    escaped in both. What is no text (numbers, dates, members of an enumeration) stays what it is.

    Args:
        value: A struct of :mod:`...model`, a list, a map, or what stands in them.
    """
    kind = type(value)
    if kind is str:
        return address_as_html(value) if _ADDRESS.match(value) else text_as_html(leads_nowhere(value))
    if kind is tuple or kind is list:
        return kind(printable_copy(each) for each in value)
    if kind is dict:
        return {printable_copy(key): printable_copy(each) for key, each in value.items()}
    if isinstance(value, msgspec.Struct):
        return Printable(value)
    if kind is bytes:  # a file's values, packed: as text they might be anything
        return ""
    return value
