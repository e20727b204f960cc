"""Mails as text: lines that fit, and words that no mail service takes for one of its own placeholders."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from typing import TYPE_CHECKING, Final

import msgspec
from markupsafe import Markup, escape

if TYPE_CHECKING:
    from jinja2 import Environment

    from ..pages.newsletter_views import MailView

COLUMNS: Final = 76
HTML_TEMPLATE: Final = "mail/newsletter.html"
TEXT_TEMPLATE: Final = "mail/newsletter.txt"
# What begins or ends a placeholder somewhere: {{ x }}, {% x %}, *|X|*, %recipient.x%, [[X]], ${x}.
_REFERENCES: Final = {ord(mark): f"&#{ord(mark)};" for mark in "{}|%[]$"}
_PLACEHOLDER: Final = re.compile(r"([{*\[%$])(?=[{|\[%#])|([}|\]%#])(?=[}*\]%])")


class Mail(msgspec.Struct, frozen=True, kw_only=True):
    """One mail, ready for a mail service: its subject and both of its bodies."""

    subject: str
    html: str
    text: str


def render_mail(environment: Environment, view: MailView) -> Mail:
    """Return *view* as a mail. The bodies are the ones that the site publishes, byte for byte."""
    html, text = (f"{environment.get_template(name).render(view=view)}\n" for name in (HTML_TEMPLATE, TEXT_TEMPLATE))
    return Mail(subject=plain(view.edition.subject), html=html, text=text)


def inert(value: object) -> Markup:
    """Return *value* escaped for HTML, braces and the like as references: readers see them, mail services do not."""
    return Markup(str(escape(value)).translate(_REFERENCES))  # noqa: S704 - escaped in the same breath


def wrapped(value: object, first: str = "", rest: str = "") -> str:
    """Return *value* in lines of at most 76 columns, placeholders of mail services broken by a space.

    Args:
        first, rest: What stands before the first line, and before the others.
    """
    width = COLUMNS - max(len(first), len(rest))
    lines: list[str] = []
    for line in textwrap.wrap(plain(value), width, break_on_hyphens=False):
        lines += [line] if line.isascii() else _narrowed(line, width)
    return "\n".join(f"{rest if number else first}{line}" for number, line in enumerate(lines))


def plain(value: object) -> str:
    """Return *value* in one line, placeholders of mail services broken by a space."""
    return _PLACEHOLDER.sub(r"\1\2 ", " ".join(str(value).split()))


def _narrowed(line: str, width: int) -> list[str]:
    """Cut a line that wide characters (two columns each) make too long."""
    found, used = [""], 0
    for char in line:
        columns = 2 if unicodedata.east_asian_width(char) in "WF" else 1
        if used + columns > width:
            found.append("")
            used = 0
        found[-1] += char
        used += columns
    return found
