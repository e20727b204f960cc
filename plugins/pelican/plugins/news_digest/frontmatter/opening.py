"""What a Markdown file begins with: whether it may be read as one without a ``---`` block.

Such files are Pelican's to read, and what Pelican does not take for headers it takes for text. So a block that is only
nearly one would be published, with all that it keeps to itself. Build and check ask here, and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC
from typing import Final

import msgspec

from ..errors import Diagnostic, diagnose
from ..text.dates import parse_date
from .items.schema import FIELD_NAMES, PELICAN_NAMES
from .items.visibility import decides, folded_key, visibility

BEGIN_HINT: Final = "start the file with '---', alone on its line; see `news-digest docs front-matter`"
SECURED_IN_TEXT: Final = "'secured' is in the body, where everyone could read it"
SECURED_HINT: Final = "move it between the two '---' lines"
# As Python-Markdown's extension `meta` has them, which Pelican reads headers with.
_HEADER: Final = re.compile(r" {0,3}([A-Za-z0-9_-]+):\s*(.*)\Z")
_MORE: Final = re.compile(r" {4,}(?=\S)")
_END: Final = re.compile(r"(?:-{3}|\.{3})(?:\s|\Z)")
# What nobody sees: spaces, byte-order marks, zero-width and direction marks.
_UNSEEN: Final = re.compile("[\\s\ufeff\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\x00-\x1f]*")
_DASHES: Final = "-\u00ad\u058a\u2010-\u2015\u2212\u2500\u2501\u2e3a\u2e3b\u30fc\ufe58\ufe63\uff0d\u2796\u23af"
# Lines that people and tools open a block with: dashes of every kind, `+++`, `;;;`, a fence, a comment, JSON.
_FENCE: Final = re.compile(rf"[>#/*\"'\s]*(?:[{_DASHES}]{{2,}}|([+;=~%:`<])\1+|[*_.]{{3,}}\s*\Z|<!--|%YAML)")
_DOTS: Final = re.compile(rf"[{_DASHES}](?:\s*[{_DASHES}]){{2,}}")
_KEY: Final = re.compile(r"""[\s>*-]*["']?([\w-]+)["']?\s*[:=]""")
# What goes on as YAML and not as headers do: entries of a list, keys further to the right or in quotes.
_YAML: Final = re.compile(r"""\s*-\s|\s+["']?[\w-]+["']?\s*:|["'][\w-]+["']\s*:""")
# One value behind the key, and nothing else: no sentence is written like this.
_SECURED: Final = re.compile(
    r"""^[\s>*+-]*["']?(secured)["']?\s*[:=]\s*(?:[|>][-+0-9]*|["']?[^\s"']{4,}["']?,?)?\s*(?:\#.*)?$""",
    re.IGNORECASE | re.MULTILINE,
)
_KEYS: Final = frozenset(map(folded_key, (*FIELD_NAMES, *PELICAN_NAMES)))
_LINES: Final = 60
_NO_HEADERS: Final = "neither a '---' block nor Pelican's Title: and Date: headers"


def headers_of(text: str) -> dict[str, str]:
    """Return Pelican's headers on top of *text*: key in lower case → its values, a line each, empty ones left out.

    Pelican takes the first value of several. Whoever asks whether a text is hidden has to see them all.
    """
    found: dict[str, list[str]] = {}
    values: list[str] = []
    for line in text.split("\n"):
        header = _HEADER.match(line)
        if header:
            values = found.setdefault(header[1].lower(), [])
        elif not _MORE.match(line):
            break
        values.append((header[2] if header else line).strip())
    return {key: "\n".join(filter(None, lines)) for key, lines in found.items()}


def opening_problem(text: str) -> str:
    """Return why *text*, which has no ``---`` block, must not be read as Markdown with headers; ``""`` when it may.

    Args:
        text: The whole file, as :func:`..disk.files.decode_text` returns it.
    """
    if secured_line(text):
        return SECURED_IN_TEXT
    if _HEADER.match(text.split("\n", 1)[0]):
        return _broken_headers(text)
    seen = _UNSEEN.sub("", text, count=1)
    return _fence_problem(seen.split("\n", 1)[0].rstrip()) or next(_keys_in(seen), "")


def _fence_problem(first: str) -> str:
    """Return what is wrong with *first*, the first line to be seen, where it looks like a block's; else ``""``."""
    if first.startswith("---") and first.strip("-") == "":
        if len(first) == len("---"):
            return "something comes before the '---' that starts the front matter"
        return f"starts with {_number(len(first))} dashes; front matter starts with three"
    if first.startswith("{"):
        return "starts with '{': front matter is YAML, not JSON"
    if _FENCE.match(first) or _DOTS.match(first):
        return f"starts with {first[:20]!r}; front matter starts with '---', alone on its line"
    return ""


def _keys_in(seen: str) -> Iterator[str]:
    """Yield a complaint for each of the format's keys in the first lines of *seen*."""
    for line in seen.split("\n", _LINES)[:_LINES]:
        key = _KEY.match(line)
        if key and folded_key(key[1]) in _KEYS:
            yield f"'{key[1]}:' is in the text; front matter starts with '---', alone on its line"


def secured_line(body: str) -> int:
    """Return the 1-based line of *body* that looks like the key ``secured`` with its value; 0 when none does."""
    found = _SECURED.search(body) if "secured" in body.casefold() else None
    return body.count("\n", 0, found.start(1)) + 1 if found else 0


def classic_problems(text: str, *, source_path: str) -> tuple[Diagnostic, ...]:
    """Return why Pelican cannot make an article of *text*, a file of the news folder; empty when it can."""
    problem = opening_problem(text)
    found = headers_of(text)
    if not problem and not (found.get("title") and found.get("date")):
        problem = _NO_HEADERS
    if problem:
        return (diagnose("ND101", problem, path=source_path, line=1, hint=BEGIN_HINT),)
    said = (
        diagnose("ND119", p.message, path=source_path, line=_line_of(text, p.key), hint=p.hint)
        for p in visibility(found, found, path=source_path, date=parse_date(found["date"], tz=UTC)).problems
    )
    return tuple(msgspec.structs.replace(diagnostic, is_private=True) for diagnostic in said)


def _line_of(text: str, key: str) -> int:
    return next(n for n, line in enumerate(text.split("\n"), 1) if line.lstrip().lower().startswith(f"{key}:"))


def _broken_headers(text: str) -> str:
    """Return what is wrong with headers that go on as YAML; ``""`` when nothing is."""
    for number, line in enumerate(text.split("\n"), start=1):
        if _HEADER.match(line) or _MORE.match(line):
            continue
        key = _KEY.match(line)
        is_key = _YAML.match(line) or (key and (folded_key(key[1]) in _KEYS or decides(key[1])))
        is_over = not line.strip() or _END.match(line)
        return "" if is_over or not is_key else f"YAML without a '---' line before it (line {number})"
    return ""


def _number(count: int) -> str:
    return {4: "four", 5: "five", 6: "six"}.get(count, str(count))
