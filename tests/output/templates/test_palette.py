"""Colours can be read, light and dark."""

from __future__ import annotations

import re

import pytest

from pelican.plugins.news_digest.output.templates.palette import contrast, palette_problems, without_colours
from tests.conftest import ROOT

TOKENS = (ROOT / "theme" / "static" / "css" / "tokens.css").read_text(encoding="utf-8")


def problems(css: str) -> list[str]:
    """Return what is wrong with a site's own sheet."""
    return [problem.text for problem in palette_problems(TOKENS, css)]


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


def test_words_of_code_have_colours_of_texts():
    """Which are looked at on every ground in both modes; no colour stands in those sheets itself."""
    blocks = ROOT / "theme" / "static" / "css" / "blocks"
    css = "".join((blocks / name).read_text(encoding="utf-8") for name in ("code.css", "admonition.css"))
    named = set(re.findall(r"(?:^|[ -])(?:color|mark): ([^;]+);", css)) - {"transparent"}
    assert {"var(--visited)", "var(--heat-1)"} < named
    assert named <= {f"var(--{name})" for name in "ink ink-3 link visited accent heat-1 heat-2 mark".split()}


def test_each_mode_is_looked_at():
    """A colour that is good on paper may be unreadable at night."""
    (found, *_) = problems(":root { --link: #0a4f7a }")
    assert found.startswith("--link #0a4f7a on --")
    assert "in dark mode" in found


def test_ground_that_changes_is_compared_with_every_text():
    """A darker paper makes the theme's own texts unreadable, and they are named."""
    (found,) = problems("--paper: light-dark(#777777, #151513);")
    assert found.startswith("--paper #777777 makes colours of the theme unreadable: --accent, --field, --heat-1, ")
    assert "--ink-3, --link" in found
    assert ". The worst: --" in found
    assert " on --paper #777777 has a contrast of " in found


@pytest.mark.parametrize(
    "css", ["", "--side: 1rem;", "--own: tomato;", "/* --accent: #fff; */", ".a { color: #fff }", "--rule: #fff;"]
)
def test_what_is_no_text_is_not_judged(css: str):
    """Spaces, rules, comments and a site's own tokens are its own business."""
    assert [] == problems(css)


def test_each_problem_is_said_once_at_the_line_that_causes_it():
    """Of three grounds and two modes the worst counts; a ground of one's own is to blame for the theme's words."""
    css = "/* mine\n--accent: #fff; */\n:root {\n  --serif: x;\n  --accent: #ffee00;\n}\n"
    (found,) = palette_problems(TOKENS, css)
    assert (5, "--accent #ffee00 on --") == (found.line, found.text[:22])
    (ground,) = palette_problems(TOKENS, "\n--paper: #ffe8a0; /* made warmer */ --serif: y;")
    assert 2 == ground.line
    assert ground.text.startswith("--paper #ffe8a0 makes colours of the theme unreadable: --accent, --field, ")


def test_one_colour_for_day_and_night_gets_the_form_for_two():
    """Who wrote a light paper thinks of the day."""
    (found,) = problems("--surface: #fffefa; ")
    assert found.endswith(
        "in dark mode; 4.5 is needed; write light-dark(#rrggbb, #rrggbb), or give --accent and the like "
        "colours that fit it"
    )


def test_colour_for_old_browsers_does_not_count_beside_a_pair():
    """Whichever of the two comes first."""
    pair = "--paper: light-dark(#fbfaf7, #151513);"
    assert [] == problems(f":root {{ --paper: #777; {pair} }}")
    assert [] == problems(f":root {{ {pair} --paper: #777; }}")


MISSPELT = [
    ("acent", "accent"), ("papper", "paper"), ("surfaces", "surface"), ("Accent", "accent"), ("heat1", "heat-1"),
    ("vissited", "visited"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "meant"), MISSPELT)
def test_misspelt_name_is_noticed(name: str, meant: str):
    """It does nothing; a warning says which one may be meant."""
    (found,) = palette_problems(TOKENS, f":root {{\n--{name}: #a32a17;\n}}")
    assert (2, True) == (found.line, found.is_misspelt)  # ND513
    assert f"--{name} is not a name that the theme knows; did you mean --{meant}?" == found.text


@pytest.mark.parametrize("css", ["--acent: #fff; a { color: var(--acent) }", "--brand: #fff;", "--my-paper: #fff;"])
def test_names_of_ones_own_are_let_be(css: str):
    """What the sheet itself uses, and what looks like nothing of the theme's."""
    assert [] == problems(css)


def test_colours_are_left_out_together():
    """Half a palette would be readable by luck; every other rule stays, and so do the lines before it."""
    css = "/* --ink: 1 */ :root { --paper: #111; --serif: x; --ink: light-dark(#fff, #000) }\n.a { color: var(--ink) }"
    assert "/* --ink: 1 */ :root {  --serif: x; }\n.a { color: var(--ink) }" == without_colours(css)
