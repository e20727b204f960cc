"""Colours can be read, light and dark."""

from __future__ import annotations

import pytest

from pelican.plugins.news_digest.output.palette import contrast, palette_problems
from tests.conftest import ROOT

TOKENS = (ROOT / "theme" / "static" / "css" / "tokens.css").read_text(encoding="utf-8")


def problems(css: str) -> list[str]:
    """Return what is wrong with a site's own sheet."""
    return list(palette_problems(TOKENS, css))


@pytest.mark.parametrize(
    ("expected", "one", "other"),
    [(21.0, "#000", "#fff"), (21.0, "#ffffff", "#000000"), (1.0, "#a32a17", "#a32a17"), (4.54, "#767676", "#FFF")],
)
def test_contrast_is_wcags(expected: float, one: str, other: str):
    """Known pairs give known numbers, in either order."""
    assert expected == pytest.approx(contrast(one, other), abs=0.01)


def test_themes_own_colours_pass():
    """Given again by a site, each of them is accepted: every text on every ground in both modes."""
    assert [] == problems(TOKENS.split("--picture-filter")[0])


def test_each_mode_is_looked_at():
    """A colour that is good on paper may be unreadable at night."""
    (found, *_) = problems(":root { --link: #0a4f7a }")
    assert found.startswith("--link #0a4f7a on --paper #151513 has a contrast of ")
    assert "when dark" in found


def test_ground_that_changes_is_compared_with_every_text():
    """A darker paper makes the theme's own texts unreadable, and they are named."""
    found = problems("--paper: light-dark(#777777, #151513);")
    assert {"--ink-3", "--link", "--accent"} <= {line.split()[0] for line in found}
    assert all(" on --paper #777777 " in line for line in found)


@pytest.mark.parametrize(
    "css", ["", "--side: 1rem;", "--own: tomato;", "/* --accent: #fff; */", ".a { color: #fff }", "--rule: #fff;"]
)
def test_what_is_no_text_is_not_judged(css: str):
    """Spaces, rules, comments and a site's own tokens are its own business."""
    assert [] == problems(css)
