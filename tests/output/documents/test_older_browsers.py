"""The theme's style sheets are for browsers of 2022: what is newer is an extra, never what makes a page readable."""

from __future__ import annotations

import re

import pytest

from pelican.plugins.news_digest.output.documents.bundle import bundle_css
from pelican.plugins.news_digest.output.documents.older_browsers import for_older_browsers
from tests.conftest import ROOT

SHEETS = ("digest.css", "more.css", "texts.css", "stories.css")
SWITCH = ":root{--when-light:initial;--when-dark: ;}"
# docs/reference/browsers.md: Safari 15.4, Firefox 102, Chrome 100. What may be used without a second thought; a word
# that is not here is either newer or has to be looked up (https://caniuse.com) and added.
PSEUDOS = {
    "root", "is", "not", "lang", "hover", "active", "focus", "visited", "empty", "focus-visible", "first-child",
    "last-child", "nth-child", "nth-last-child", "only-child", "before", "after", "target", "-webkit-details-marker",
}  # fmt: skip
FUNCTIONS = {
    "var", "calc", "min", "max", "rgb", "repeat", "minmax", "counter", "attr", "inset", "brightness", "url", "rotate",
    "translateY", "scaleX", "polygon",
}  # fmt: skip
FEATURES = {
    "min-width", "max-width", "min-height", "prefers-color-scheme", "prefers-contrast", "forced-colors",
}  # fmt: skip
UNITS = {"px", "rem", "em", "ch", "vh", "vw", "fr", "deg", "%", ""}
# Newer, and more than a comfort such as `text-wrap: balance`, which changes nothing where it is not known.
NEWER = {
    "accent-color", "anchor-name", "animation-timeline", "content-visibility", "field-sizing", "interpolate-size",
    "line-clamp", "margin-trim", "mask", "rotate", "scale", "scrollbar-gutter", "scrollbar-width", "text-box",
    "translate", "view-transition-name", "white-space-collapse", "zoom",
}  # fmt: skip
GUARDED = re.compile(r"@(?:supports|container)[^{]*\{(?:[^{}]*\{[^{}]*\})*\}")


def built(name: str) -> str:
    """Return a sheet as a site has it, without its strings."""
    css = for_older_browsers(bundle_css(ROOT / "theme" / "static" / "css" / name))
    return re.sub(r'"[^"]*"', '""', css)


def rules(css: str) -> list[tuple[str, str]]:
    """Return each selector with its declarations."""
    return [(selector.strip(), body) for selector, body in re.findall(r"([^{};]+)\{([^{}]*)\}", css)]


@pytest.mark.parametrize("name", SHEETS)
def test_only_at_rules_that_are_known(name: str):
    """An unknown at-rule is skipped with all that is in it; a container that is not asked leaves the narrow form."""
    found = set(re.findall(r"@([\w-]+)", built(name)))
    assert found <= {"layer", "media", "supports", "container"}


@pytest.mark.parametrize("name", SHEETS)
def test_only_media_features_that_are_known(name: str):
    """No ranges: Safari 16.3 skips a block that says `width >= 760px`."""
    asked = re.findall(r"@(?:media|container)([^{]*)\{", built(name))
    assert [] == [query for query in asked if re.search("[<>=]", query)]
    found = {feature for query in asked for feature in re.findall(r"\(\s*([\w-]+)", query)}
    assert found <= {*FEATURES, "min-inline-size"}


@pytest.mark.parametrize("name", SHEETS)
def test_only_functions_and_units_that_are_known(name: str):
    """`light-dark()` is written differently, `color-mix()` stands where browsers are asked for it."""
    css = GUARDED.sub("", built(name))
    bodies = " ".join(body for _, body in rules(css))
    assert set(re.findall(r"([\w-]+)\(", bodies)) <= FUNCTIONS
    assert set(re.findall(r"(?<![\w#-])-?[\d.]+([a-z]+|%)?", bodies)) <= UNITS


@pytest.mark.parametrize("name", SHEETS)
def test_only_pseudo_classes_that_are_known(name: str):
    """One selector that is not known makes a whole list no rule: what needs `:has()` has rules of its own."""
    css = GUARDED.sub("", built(name))
    assert "&" not in css
    for selector, _ in rules(css):
        new = set(re.findall(r":([a-z-]+)", selector)) - PSEUDOS
        assert new <= {"has"}, selector
        if new:
            apart = re.sub(r"\([^()]*\)", "", re.sub(r"\([^()]*\)", "", selector)).split(",")
            assert all(":has" in one for one in apart), selector


@pytest.mark.parametrize("name", SHEETS)
def test_only_properties_that_are_known(name: str):
    """Properties of the last years are comforts, or stand behind one that says nearly the same."""
    for selector, body in rules(GUARDED.sub("", built(name))):
        names = re.findall(r"(?:^|;)\s*([a-z-]+):", body)
        assert not NEWER & set(names), selector
        if "float:inline-" in body:  # Chrome 118
            assert re.search(r"float:(left|right);float:inline-", body), selector
        # A list of content with words instead of it: what holds a variable is dropped too late for a second try.
        assert not re.search(r"content:[^;]*/", body), selector


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("--a: light-dark(#fff, #000)", "--a: var(--when-light,#fff) var(--when-dark,#000)"),
        ("color:light-dark( red ,blue );", "color:var(--when-light,red) var(--when-dark,blue);"),
        (
            "--a:light-dark(rgb(1, 2, 3), var(--b, hsl(1 2% 3%)))",
            "--a:var(--when-light,rgb(1, 2, 3)) var(--when-dark,var(--b, hsl(1 2% 3%)))",
        ),
        (
            "border:1px solid light-dark(#1,#2);color:light-dark(#3,#4)",
            "border:1px solid var(--when-light,#1) var(--when-dark,#2);color:var(--when-light,#3) var(--when-dark,#4)",
        ),
        ("a: light-dark(#0); b: light-dark(#1, #2)", "a: light-dark(#0); b: var(--when-light,#1) var(--when-dark,#2)"),
        ("color: light-dark(#1, #2, #3)", "color: light-dark(#1, #2, #3)"),
        ("color: light-dark(#1, #2", "color: light-dark(#1, #2"),
        ("color: #fff", "color: #fff"),
    ],
)
def test_light_dark_is_two_switched_values(written: str, expected: str):
    """Each argument stands whole behind the switch of its mode; what cannot be read stays as it is."""
    assert f"{SWITCH}a{{{expected}}}" == for_older_browsers(f"{SWITCH}a{{{written}}}")


def test_a_theme_without_the_switch_keeps_its_function():
    """Both values at once would be no colour at all."""
    css = ":root{--paper:light-dark(#fff,#000)}"
    assert css == for_older_browsers(css)


def test_an_empty_value_keeps_its_space():
    """`--x:;` is no declaration for browsers that were current when `--x: ;` was one."""
    assert re.search(r"--when-dark: ;", built("digest.css"))


@pytest.mark.parametrize(
    ("name", "budget"), [("digest.css", 30_000), ("more.css", 10_500), ("texts.css", 3_000), ("stories.css", 4_000)]
)
def test_sheets_stay_small(name: str, budget: int):
    """The sheet that every page waits for has at most 30 kB; what only some kinds of page need is in the others."""
    css = for_older_browsers(bundle_css(ROOT / "theme" / "static" / "css" / name))
    assert len(css.encode()) <= budget
