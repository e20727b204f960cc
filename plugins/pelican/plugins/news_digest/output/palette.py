"""Colours: whether words in a site's own can be read on its grounds, light and dark."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

GROUNDS: Final = ("paper", "surface", "sunk")
TEXTS: Final = (
    "ink", "ink-2", "ink-3", "link", "visited", "accent", "heat-1", "heat-2", "heat-3", "ok",
)  # fmt: skip
# WCAG 2.2, 1.4.3: text; 1.4.11: what shows where something is.
LEAST_FOR_TEXT: Final = 4.5
LEAST_FOR_FIELDS: Final = 3.0
_MODES: Final = ("light", "dark")
_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
_TOKEN: Final = re.compile(r"--([a-z][\w-]*)\s*:\s*([^;}]+)")
_PAIR: Final = re.compile(r"light-dark\(\s*(#[0-9a-fA-F]{3,8})\s*,\s*(#[0-9a-fA-F]{3,8})\s*\)\Z")
_HEX: Final = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})\Z")

Colours = tuple[str, str]


def palette_problems(theme_css: str, own_css: str) -> Iterator[str]:
    """Yield what is wrong with the colours that *own_css* gives to the theme's tokens, one sentence each.

    Args:
        theme_css: The sheet that declares the tokens.
        own_css: The site's own sheet; where it is silent the theme's colours hold.
    """
    tokens = {name: colours for name, value in _tokens(theme_css) if (colours := _colours(value))}
    changed = set()
    for name, value in _tokens(own_css):
        if name not in {*GROUNDS, *TEXTS, "field"}:
            continue
        colours = _colours(value)
        if colours is None:
            yield f"--{name}: {value} is no colour that can be checked; write #rrggbb, or light-dark(#rrggbb, #rrggbb)"
        else:
            tokens[name] = colours
            changed.add(name)
    yield from _unreadable(tokens, changed)


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours such as ``#a32a17``, from 1 to 21, as WCAG 2 defines it."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _unreadable(tokens: Mapping[str, Colours], changed: set[str]) -> Iterator[str]:
    for name, least in (*((name, LEAST_FOR_TEXT) for name in TEXTS), ("field", LEAST_FOR_FIELDS)):
        for ground in GROUNDS:
            if name not in tokens or ground not in tokens or not {name, ground} & changed:
                continue
            for mode, text, paper in zip(_MODES, tokens[name], tokens[ground], strict=True):
                found = contrast(text, paper)
                if found < least:
                    pair = f"--{name} {text} on --{ground} {paper}"
                    yield f"{pair} has a contrast of {found:.1f} when {mode}; {least} is needed"


def _tokens(css: str) -> Iterator[tuple[str, str]]:
    return ((name, value.strip()) for name, value in _TOKEN.findall(_COMMENT.sub("", css)))


def _colours(value: str) -> Colours | None:
    """Return *value* as light and dark; None when it is no such colour."""
    pair = _PAIR.match(value)
    if pair and all(_HEX.match(colour) for colour in pair.groups()):
        return (pair[1], pair[2])
    return (value, value) if _HEX.match(value) else None


def _luminance(colour: str) -> float:
    digits = colour[1:]
    if len(digits) == len("rgb"):
        digits = "".join(2 * digit for digit in digits)
    red, green, blue = (_linear(int(digits[at : at + 2], 16) / 255) for at in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - sRGB's own
