"""Emails as text: lines that fit, and words that no email service takes for one of its own placeholders."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import msgspec
from markupsafe import Markup, escape

from .mail_lines import COLUMNS, folded, wrapped_lines

if TYPE_CHECKING:
    from jinja2 import Environment

    from ...pages.views.newsletter import MailView

HTML_TEMPLATE: Final = "mail/newsletter.html"
TEXT_TEMPLATE: Final = "mail/newsletter.txt"
# What begins or ends a placeholder somewhere: {{ x }}, {% x %}, *|X|*, %recipient.x%, [[X]], ${x}.
_REFERENCES: Final = {ord(mark): f"&#{ord(mark)};" for mark in "{}|%[]$"}
_PLACEHOLDER: Final = re.compile(r"([{*\[%$])(?=[{|\[%#])|([}|\]%#])(?=[}*\]%])")


class Mail(msgspec.Struct, frozen=True, kw_only=True):
    """One email, ready for an email service: its subject and both of its bodies."""

    subject: str
    html: str
    text: str


def render_mail(environment: Environment, view: MailView) -> Mail:
    """Return *view* as a mail. The bodies are the ones that a site may publish, byte for byte."""
    html, text = (
        mail_body(name, environment.get_template(name).render(view=view)) for name in (HTML_TEMPLATE, TEXT_TEMPLATE)
    )
    return Mail(subject=plain(view.edition.subject), html=html, text=text)


def mail_body(template: str, filled: str) -> str:
    """Return what *template* was filled with as the body of an email, in lines that an email may have."""
    return f"{folded(filled) if template.endswith('.html') else filled}\n"


def inert(value: object) -> Markup:
    """Return *value* escaped for HTML, braces and the like as references: readers see them, email services do not."""
    return Markup(str(escape(value)).translate(_REFERENCES))  # noqa: S704 - escaped in the same breath


def wrapped(value: object, first: str = "", rest: str = "") -> str:
    """Return *value* in lines of at most 76 columns, placeholders of email services broken by a space.

    No word is cut, so a line that is one long word may be wider.

    Args:
        first, rest: What stands before the first line, and before the others.
    """
    lines = wrapped_lines(plain(value), COLUMNS - max(len(first), len(rest)))
    return "\n".join(f"{rest if number else first}{line}" for number, line in enumerate(lines))


def plain(value: object) -> str:
    """Return *value* in one line, placeholders of email services broken by a space."""
    return _PLACEHOLDER.sub(r"\1\2 ", " ".join(str(value).split()))
