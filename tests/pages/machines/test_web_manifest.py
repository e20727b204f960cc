"""The web app manifest says who the site is, and in which colours."""

from __future__ import annotations

import json

import pytest

from pelican.plugins.news_digest.pages.machines.web_manifest import ManifestIcon, paper_of, web_manifest
from pelican.plugins.news_digest.pages.site import SiteProfile


def test_manifest_is_right_wherever_the_site_lies():
    """Every address in it is beside it."""
    site = SiteProfile(name="تجربة", subtitle="", url="https://a.example/repo", lang="ar")
    icon = ManifestIcon(src="theme/icon.svg", sizes="any", type="image/svg+xml")
    plan = web_manifest(site, direction="rtl", paper="#fbfaf7", icons=[icon])
    assert {
        "name": "تجربة",
        "lang": "ar",
        "dir": "rtl",
        "start_url": "./",
        "scope": "./",
        "display": "minimal-ui",
        "background_color": "#fbfaf7",
        "theme_color": "#fbfaf7",
        "icons": [{"src": "theme/icon.svg", "sizes": "any", "type": "image/svg+xml"}],
    } == json.loads(plan.data)


@pytest.mark.parametrize(
    ("expected", "css"),
    [
        (("#fbfaf7", "#151513"), ":root{--paper:var(--when-light,#fbfaf7) var(--when-dark,#151513);--ink:#111}"),
        (("#fff", "#000000"), "--paper: light-dark( #fff , #000000 );"),
        (("#eee", "#eee"), "--paper: light-dark(#fff, #000); --paper: #eee; --ink: #111"),
        (("#fbfaf7", "#151513"), "body { color: red }"),
        (("#fbfaf7", "#151513"), "--paper: Canvas"),
    ],
)
def test_colours_are_those_of_the_pages(expected: tuple[str, str], css: str):
    """What is declared last holds; one colour is for both; where none can be read, ours."""
    assert expected == paper_of(css)
