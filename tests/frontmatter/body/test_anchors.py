"""Places inside a body, and the links to them, keep their names to themselves."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from pelican.plugins.news_digest.frontmatter.body.anchors import links_from, place_name, prefix_of
from pelican.plugins.news_digest.frontmatter.body.markdown import render_body, sanitize

P = "b-0a1b2c-"
PAGE = "https://x.example/news/a/"
NOTES = "## Why {#why}\n\nSo it is.[^1] See [why](#why).\n\n[^1]: Minutes."


def arrives(text: str) -> list[str]:
    """Return the places that links of a body lead to; every one of them is there."""
    body = render_body(text, prefix=P)
    assert body.lost == ()
    tree = html.fromstring(f"<div>{body.html}</div>")
    places = [str(place) for place in tree.xpath("//@id")]
    assert len(places) == len(set(places))
    names = [str(link).removeprefix("#") for link in tree.xpath("//a/@href[starts-with(., '#')]")]
    assert set(names) <= set(places)
    return names


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (["fn:1", "why", "fnref:1"], NOTES),
        (["why-so", "why-so"], "# Why so\n\n[TOC]\n\n[x](#why-so)"),
        (["warum-nicht-über"], "## Warum nicht über\n\n[x](#warum-nicht-über)"),
        (["为什么"], "## 为什么\n\n[x](#%E4%B8%BA%E4%BB%80%E4%B9%88)"),
        (["a_20_b"], '<p id="a b">x</p>\n\n<a href="#a%20b">x</a>'),
        (["fn:n_20_1", "fn:n_20_1", "fnref:n_20_1", "fnref2:n_20_1"], "x[^n 1] y[^n 1]\n\n[^n 1]: N."),
        (["x"], "[a][b]\n\n## H {#x}\n\n[b]: #x"),
    ],
)
def test_links_inside_a_body_arrive(expected: list[str], text: str) -> None:
    """Footnotes, headings with names, tables of contents and plain links, in any script."""
    assert [P + name for name in expected] == arrives(text)


def test_a_link_to_no_place_becomes_words() -> None:
    """The words stay, the link does not, and it is told; the top of a page is always there."""
    body = render_body("[a](#no) [b](#top) [c](#)", prefix=P)
    assert (f"{P}no",) == body.lost
    assert body.html == '<p><a>a</a> <a href="#top">b</a> <a href="#">c</a></p>'


def test_only_links_that_leave_the_page_say_so() -> None:
    """``rel`` is for other pages."""
    assert 'rel="external' not in render_body("## A {#a}\n\n[a](#a)", prefix=P).html
    assert 'rel="external' in render_body("[a](https://a.example/)", prefix=P).html


def test_bodies_do_not_clash() -> None:
    """Two items with the same names have different places, and one item always the same."""
    first, second = (render_body(NOTES, prefix=prefix_of(slug)).html for slug in ("a", "b"))
    ids = re.compile(r' id="([^"]*)"')
    assert not {*ids.findall(first)} & {*ids.findall(second)}
    assert prefix_of("a") == prefix_of("a")


@given(st.text(max_size=30))
def test_no_name_is_the_pages_own(name: str) -> None:
    """Whatever a body calls its places, scripts and styles of the page call nothing so."""
    found = place_name(name, prefix=P)
    assert found is None or re.fullmatch(rf"{P}[\w.:-]+", found)
    once = sanitize(f'<p id="{name}">x</p><a href="#{name}">y</a>', prefix=P)
    assert once == sanitize(once, prefix=P)
    assert all(place.startswith(P) for place in re.findall(r' id="([^"]*)"', once))


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ('<pre><code class="language-python">x\n</code></pre>', "```python\nx\n```"),
        ('<pre><code class="language-c++">x\n</code></pre>', "```c++\nx\n```"),
        ("<pre><code>x\n</code></pre>", "``` { .story-title }\nx\n```".replace(" .story-title", "")),
        ('<p><span class="k">x</span></p>', '<p><span class="k icon masthead">x</span></p>'),
        ("<p>x</p>", '<p class="masthead" align="left">x</p>'),
        ('<div class="toc">x</div>', '<div class="toc story menu">x</div>'),
        ("<div>x</div>", '<div class="search-form" name="body">x</div>'),
        ("<p><code>x</code></p>", '<p><code class="language-&lt;b&gt;">x</code></p>'),
    ],
)
def test_only_markdowns_own_classes_stay(expected: str, text: str) -> None:
    """A class of the theme would dress a body up as a part of the page."""
    assert expected == render_body(text, prefix=P).html


def test_tables_keep_their_alignment() -> None:
    """As the dashes of the second line have it, without a ``style``."""
    found = render_body("| a | b | c |\n|:-:|--:|:--|\n| 1 | 2 | 3 |", prefix=P).html
    assert re.findall(r'<t[hd] align="(\w+)">', found) == ["center", "right", "left"] * 2


@pytest.mark.parametrize("text", ["Term\n: Sense", "*[HTML]: Hyper Text\n\nHTML"])
def test_definitions_and_abbreviations_work(text: str) -> None:
    """As Markdown Extra has them."""
    assert re.search(r"<dl>|<abbr title=", render_body(text, prefix=P).html)


def test_elsewhere_links_lead_to_the_page() -> None:
    """A feed's reader comes to the item's page; without one the words stay."""
    body = render_body(NOTES, prefix=P).html
    assert f'href="{PAGE}#{P}why"' in links_from(body, PAGE)
    assert 'href="#' not in links_from(body, PAGE)
    assert "href" not in links_from(body, "")
    assert "See <a>why</a>." in links_from(body, "")
