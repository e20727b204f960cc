"""Pages of the preview's own, for when the site has none to show."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from .address import TOOLS

if TYPE_CHECKING:
    from .board import State
    from .problems import Problem

_POLICY: Final = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'"


def waiting_page(state: State, *, base: str) -> bytes:
    """Return what is shown while there is no site: it is being built, or it cannot be."""
    if state.problems:
        said = f'<ol class="problems">{"".join(map(_problem, state.problems))}</ol>'
        return _page("The site cannot be built yet", said, base=base)
    if state.is_building:
        said = "<p>This page turns into the site as soon as it is built.</p>"
        return _page("The site is being built", said, base=base)
    return _page("The site has no front page", "<p>The build wrote no <code>index.html</code>.</p>", base=base)


def outside_page(*, base: str) -> bytes:
    """Return what is shown outside the site's path, where another site would be on the real host."""
    said = (
        f'<p>In this preview it is at <a href="{escape(base)}">{escape(base)}</a>. A link that led here is broken.</p>'
    )
    return _page("Not part of the site", said, base=base)


def lost_page(*, base: str) -> bytes:
    """Return what is shown for an address that does not exist, if the site has no 404.html."""
    return _page(
        "Not found", f'<p>There is no such page. <a href="{escape(base)}">Go to the front page</a></p>', base=base
    )


def _problem(problem: Problem) -> str:
    where = f"{problem.path}:{problem.line}" if problem.line else problem.path
    parts = [f'<p class="where"><code>{escape(where)}</code> <span class="name">{escape(problem.name)}</span></p>']
    parts.append(f'<p class="message" dir="auto">{escape(problem.message)}</p>')
    if problem.source:
        lines = "".join(
            f'<span{" class=here" if line.number == problem.line else ""} data-line="{line.number}">'
            f"{escape(line.text)}\n</span>"
            for line in problem.source
        )
        parts.append(f'<pre dir="auto">{lines}</pre>')
    if problem.hint:
        parts.append(f'<p class="hint">{escape(problem.hint)}</p>')
    return f"<li>{''.join(parts)}</li>"


def _page(title: str, said: str, *, base: str) -> bytes:
    return (
        '<!doctype html><html lang="en" class="placeholder"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title} — preview</title>"
        f'<link rel="stylesheet" href="{escape(base)}{TOOLS}preview.css"></head>'
        f"<body><main><h1>{title}</h1>{said}</main></body></html>\n"
    ).encode()
