"""The checker of links finds what it is there to find."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sites.checker import OutputChecker


def problems(folder: Path, markup: str, *, siteurl: str = "", name: str = "a/index.html") -> list[str]:
    """Return what is wrong with a site of one page beside ``b.html``, which has one place, and a feed."""
    for path, text in ((name, f"<!doctype html><body>{markup}"), ("b.html", "<p id=here>")):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return [problem.partition(": ")[2] for problem in OutputChecker(folder, siteurl).broken()]


@pytest.mark.parametrize(
    "markup",
    [
        '<a href="/b.html">',
        '<a href="../b.html#here">',
        '<a href="./">',
        '<a href="https://else.example/gone">',
        '<a href="mailto:a@b.example">',
        '<p id=x><a href="#x">',
        '<a href="/a/?q=1">',
        '<img srcset="/b.html 1x, ../b.html 2x">',
    ],
)
def test_good_link_is_no_problem(tmp_path: Path, markup: str):
    """What leads somewhere, or out, is left alone."""
    assert [] == problems(tmp_path, markup)


@pytest.mark.parametrize(
    ("expected", "markup"),
    [
        ("/gone.html → no such file", '<a href="/gone.html">'),
        ("/gone.css → no such file", '<link rel=stylesheet href="/gone.css">'),
        ("/gone.jpg → no such file", '<img src="/gone.jpg">'),
        ("/gone.jpg → no such file", '<img srcset="/b.html 1x, /gone.jpg 2x">'),
        ("../b.html#gone → no such place: #gone", '<a href="../b.html#gone">'),
        ("#gone → no such place on this page", '<a href="#gone">'),
        ("/a → no such file", '<a href="/a">'),
    ],
)
def test_bad_link_is_a_problem(tmp_path: Path, expected: str, markup: str):
    """Links, assets and places that do not exist are named."""
    assert [expected] == problems(tmp_path, markup)


def test_link_that_leaves_the_sites_path_is_a_problem(tmp_path: Path):
    """A site below /repo/ must not link to its host's root."""
    siteurl = "https://x.example/repo"
    markup = '<a href="/b.html"><a href="/repo/b.html"><a href="https://x.example/repo/gone">'
    assert ["/b.html → outside /repo/", "https://x.example/repo/gone → no such file"] == problems(
        tmp_path, markup, siteurl=siteurl
    )


def test_relative_link_of_a_page_without_a_place_is_a_problem(tmp_path: Path):
    """404.html is shown anywhere, so its relative links lead anywhere."""
    assert ["b.html → no such file"] == problems(tmp_path, '<a href="b.html">', name="404.html")


def test_feed_and_sitemap_are_read_as_well(tmp_path: Path):
    """An entry that leads nowhere on this site is named."""
    (tmp_path / "s.xml").write_text("<urlset><url><loc>https://x.example/gone/</loc></url></urlset>", encoding="utf-8")
    assert ["https://x.example/gone/ → no such file"] == problems(tmp_path, "", siteurl="https://x.example")
