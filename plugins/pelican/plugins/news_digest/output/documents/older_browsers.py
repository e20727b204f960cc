"""Style sheets for browsers that are older than what the sheets are written in (docs/reference/browsers.md).

What CSS offers no second declaration for is written differently here: a custom property takes any value, so a browser
that does not know ``light-dark()`` drops every rule that uses the token, and the words are black on black.
"""

from __future__ import annotations

import re
from typing import Final

# Both are declared by the theme's tokens.css, which says how they work.
LIGHT: Final = "--when-light"
DARK: Final = "--when-dark"
_LIGHT_DARK: Final = "light-dark("
_DECLARES: Final = re.compile(rf"{LIGHT}\s*:")


def for_older_browsers(css: str) -> str:
    """Return *css* with a plain value for each ``light-dark(a, b)``.

    A sheet that does not declare the two switches, as one of somebody else's theme, keeps its ``light-dark()``: nothing
    would choose between the two values.
    """
    if not _DECLARES.search(css):
        return css
    head, *others = css.split(_LIGHT_DARK)
    done = [head]
    for other in others:
        comma, end = _places(other)
        if end < 0:  # not ours to mend
            done += [_LIGHT_DARK, other]
            continue
        light, dark = other[:comma].strip(), other[comma + 1 : end].strip()
        done += [f"var({LIGHT},{light}) var({DARK},{dark})", other[end + 1 :]]
    return "".join(done)


def _places(arguments: str) -> tuple[int, int]:
    """Return where the comma between two arguments is, and the bracket behind them; -1 twice where they are not two."""
    depth, commas = 0, []
    for at, char in enumerate(arguments):
        if char in ";{}":
            break
        if char == "," and not depth:
            commas.append(at)
        if char == ")" and not depth:
            return (commas[0], at) if len(commas) == 1 else (-1, -1)
        depth += (char == "(") - (char == ")")
    return (-1, -1)
