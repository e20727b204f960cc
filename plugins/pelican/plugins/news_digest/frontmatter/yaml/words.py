"""What PyYAML takes for a mistake and people do not, and its complaints in the words of people.

Asked only of front matter that PyYAML refuses, or would.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import yaml

# As JSON writes a character beyond 16 bits: two escapes, each of which is half of it. Escaped backslashes are none.
_PAIR: Final = re.compile(
    r"(?<!\\)((?:\\\\)*)\\(?:u|U0000)([dD][89abAB][0-9a-fA-F]{2})\\(?:u|U0000)([dD][c-fC-F][0-9a-fA-F]{2})"
)
_HALF: Final = re.compile(r"\\(?:u|U0000)[dD][89a-fA-F][0-9a-fA-F]{2}")
_JOINED: Final = re.compile(r"\\U000[0-9A-F]{5}")
_HIGH, _LOW, _PLANE = 0xD800, 0xDC00, 0x10000
# A value that begins with a quotation mark, and what could be the next entry.
_QUOTED: Final = re.compile(r"""[\s-]*(?:["']?[^\s#"'][^"']*["']?:[ \t]+)?(["'])""")
_NEXT: Final = re.compile(r"""\s*(?:-[ \t]|(?:["']?[\w][\w. -]*["']?):(?:\s|\Z))""")
QUOTE_HINT: Final = 'close it with the same mark; inside double quotes, write \\" for a quotation mark'
HALF_HINT: Final = "write the whole character, or both halves"


def join_surrogates(fm: str) -> str:
    """Return *fm* with each pair of escapes that stands for one character as one escape, as YAML has it."""
    return _PAIR.sub(lambda pair: f"{pair[1]}\\U{_whole(pair[2], pair[3]):08X}", fm)


def blind_surrogates(fm: str) -> str:
    """Return *fm* with each such pair as as many other characters: for whoever asks only where things stand."""
    return _PAIR.sub(lambda pair: pair[1] + "x" * (len(pair[0]) - len(pair[1])), fm)


def _whole(high: str, low: str) -> int:
    return _PLANE + ((int(high, 16) - _HIGH) << 10) + int(low, 16) - _LOW


def part_surrogates(value: Any, fm: str) -> Any:  # noqa: ANN401 - YAML's own types
    """Return *value* with what :func:`join_surrogates` changed outside of double quotes as *fm* has it.

    There a backslash is a backslash, and the text that was changed was meant as it stood.
    """
    if isinstance(value, str):
        return _JOINED.sub(lambda joined: _parted(joined[0], fm), value) if "\\U000" in value else value
    if isinstance(value, list):
        return [part_surrogates(entry, fm) for entry in value]
    if isinstance(value, dict):
        return {part_surrogates(key, fm): part_surrogates(entry, fm) for key, entry in value.items()}
    return value


def _parted(joined: str, fm: str) -> str:
    """Return the pair of *fm* that became *joined*; *joined* where none did."""
    pairs = (pair for pair in _PAIR.finditer(fm) if joined == f"\\U{_whole(pair[2], pair[3]):08X}")
    pair = next(pairs, None)
    return pair[0][len(pair[1]) :] if pair else joined


def in_words(error: yaml.MarkedYAMLError, fm: str) -> tuple[str, int, str]:
    """Return what is wrong with *fm* in a few words, the 1-based line, and what to do, if it is known."""
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 0
    quote = _open_quote(fm, before=line)
    if quote:
        return "a quotation mark is opened in this line and never closed", quote, QUOTE_HINT
    half = _HALF.search("".join(fm.split("\n")[line - 1 : line])) if line else None
    if half and "escape" in (error.problem or ""):
        return f"half a character: {half[0]} without its other half", line, HALF_HINT
    return error.problem or "not YAML", line, ""


def _open_quote(fm: str, *, before: int) -> int:
    """Return the line in which a value in quotes begins that goes on over the next entry, at or before the line
    *before*; 0 when none does.
    """
    lines = fm.split("\n")
    for number, line in enumerate(lines[:before] if before else lines, start=1):
        quoted = _QUOTED.match(line)
        if quoted is None:
            continue
        rest = line[quoted.end() :]
        rest = re.sub(r"\\.", "", rest) if quoted[1] == '"' else rest.replace("''", "")
        goes_on = lines[number] if number < len(lines) else ""
        if quoted[1] not in rest and (not goes_on.strip() or _NEXT.match(goes_on)):
            return number
    return 0
