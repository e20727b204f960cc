"""Colours: whether words in a site's own can be read on its grounds, light and dark."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from ...errors import nearest

GROUNDS: Final = ("paper", "surface", "sunk")
TEXTS: Final = (
    "ink", "ink-2", "ink-3", "link", "visited", "accent", "heat-1", "heat-2", "heat-3", "ok",
)  # fmt: skip
FIELD: Final = "field"
_JUDGED: Final = frozenset({*GROUNDS, *TEXTS, FIELD})
# WCAG 2.2, 1.4.3: text; 1.4.11: what shows where something is.
LEAST_FOR_TEXT: Final = 4.5
LEAST_FOR_FIELDS: Final = 3.0
_MODES: Final = ("light", "dark")
_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
_TOKEN: Final = re.compile(r"(?<![\w-])--([a-zA-Z][\w-]*)\s*:\s*([^;}]+)")
_USE: Final = re.compile(r"var\(\s*--([\w-]+)")
# How much alike two names are when one is meant to be the other.
_ALIKE: Final = 0.85
_PAIR: Final = re.compile(r"light-dark\(\s*(#[0-9a-fA-F]{3,8})\s*,\s*(#[0-9a-fA-F]{3,8})\s*\)\Z")
_HEX: Final = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})\Z")

Colours = tuple[str, str]


class PaletteProblem(NamedTuple):
    """One thing that is wrong with a site's own colours.

    Attributes:
        line: Of the site's sheet: where the colour stands that causes it.
        text: What is wrong, in one sentence.
        is_misspelt: Whether it is only a name that does nothing; otherwise words cannot be read, or nobody knows.
    """

    line: int
    text: str
    is_misspelt: bool = False


class _Token(NamedTuple):
    name: str
    value: str
    line: int


def palette_problems(theme_css: str, own_css: str) -> Iterator[PaletteProblem]:
    """Yield what is wrong with the colours that *own_css* gives to the theme's tokens, by line; each thing once.

    Args:
        own_css: The site's own sheet; where it is silent the theme's colours hold.
    """
    yield from sorted({*_odd_values(own_css), *_unreadable(theme_css, own_css), *_misspelt(theme_css, own_css)})


def without_colours(own_css: str) -> str:
    """Return a site's sheet without what it gives to the theme's colours, so that the theme's own hold: all or none."""
    blank = _blanked(own_css)
    for match in reversed(list(_TOKEN.finditer(blank))):
        if match[1] in _JUDGED:
            own_css = own_css[: match.start()] + own_css[match.end() :].removeprefix(";")
    return own_css


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours such as ``#a32a17``, from 1 to 21, as WCAG 2 defines it."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _odd_values(own_css: str) -> Iterator[PaletteProblem]:
    for name, value, line in _tokens(own_css):
        if name in _JUDGED and _colours(value) is None:
            advice = "write #rrggbb, or light-dark(#rrggbb, #rrggbb)"
            yield PaletteProblem(line, f"--{name}: {value} is not a colour that can be checked; {advice}")


class _Pair(NamedTuple):
    """A text on a ground: how well it can be read, and how well it would have to be."""

    contrast: float
    least: float
    mode: str
    name: str
    text: str
    ground: str
    paper: str

    def __str__(self) -> str:
        return f"--{self.name} {self.text} on --{self.ground} {self.paper}"


def _unreadable(theme_css: str, own_css: str) -> Iterator[PaletteProblem]:
    """Yield one problem for each of the site's colours that makes words unreadable: a text's own, or a ground."""
    theme, own = _palette(theme_css), _palette(own_css)
    colours = {name: colours for name, (colours, _) in {**theme, **own}.items()}
    blamed: dict[str, list[_Pair]] = {}
    for pair in _pairs(colours):
        if pair.contrast < pair.least and {pair.name, pair.ground} & own.keys():
            blamed.setdefault(pair.name if pair.name in own else pair.ground, []).append(pair)
    for name, pairs in blamed.items():
        worst, line = min(pairs), own[name][1]
        numbers = f"has a contrast of {worst.contrast:.1f} in {worst.mode} mode; {worst.least} is needed"
        if name == worst.name:
            yield PaletteProblem(line, f"{worst} {numbers}")
            continue
        others = sorted({pair.name for pair in pairs})
        is_one_for_both = len({pair.mode for pair in pairs}) == 1 and len(set(own[name][0])) == 1
        advice = f"; write light-dark(#rrggbb, #rrggbb), or give --{others[0]} and the like colours that fit it"
        what = f"--{name} {worst.paper} makes colours of the theme unreadable: --{', --'.join(others)}"
        yield PaletteProblem(line, f"{what}. The worst: {worst} {numbers}{advice if is_one_for_both else ''}")


def _pairs(colours: Mapping[str, Colours]) -> Iterator[_Pair]:
    for name in filter(colours.__contains__, (*TEXTS, FIELD)):
        least = LEAST_FOR_FIELDS if name == FIELD else LEAST_FOR_TEXT
        for ground in filter(colours.__contains__, GROUNDS):
            for mode, text, paper in zip(_MODES, colours[name], colours[ground], strict=True):
                yield _Pair(contrast(text, paper), least, mode, name, text, ground, paper)


def _misspelt(theme_css: str, own_css: str) -> Iterator[PaletteProblem]:
    """Yield names that nothing reads, neither the theme nor the sheet itself, and that look like one of the theme's."""
    names = {token.name for token in _tokens(theme_css)}
    used = set(_USE.findall(_blanked(own_css)))
    for name, _, line in _tokens(own_css):
        if name not in names | used and (like := nearest(name.lower(), names, cutoff=_ALIKE)):
            text = f"--{name} is not a name that the theme knows; did you mean --{like}?"
            yield PaletteProblem(line, text, is_misspelt=True)


def _palette(css: str) -> dict[str, tuple[Colours, int]]:
    """Return name → colours and line. The last one counts, but a plain colour beside a pair is for old browsers."""
    found: dict[str, tuple[Colours, int]] = {}
    pairs: set[str] = set()
    for name, value, line in _tokens(css):
        colours = _colours(value)
        is_pair = value.startswith("light-dark")
        if name in _JUDGED and colours is not None and (is_pair or name not in pairs):
            found[name] = (colours, line)
            pairs |= {name} if is_pair else set()
    return found


def _tokens(css: str) -> Iterator[_Token]:
    blank = _blanked(css)
    for match in _TOKEN.finditer(blank):
        yield _Token(match[1], match[2].strip(), blank.count("\n", 0, match.start()) + 1)


def _blanked(css: str) -> str:
    """Return *css* with spaces in the place of its comments: what stands in it keeps its place."""
    return _COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), css)


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
