"""A body is Markdown that becomes HTML, and the HTML cannot act."""

from __future__ import annotations

import re
import time

import html5lib
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import html

from pelican.plugins.news_digest.frontmatter.body import markdown as body
from pelican.plugins.news_digest.frontmatter.body.markdown import (
    BodyError,
    has_deep_lists,
    read_embed,
    render_body,
    sanitize,
    video_of,
    without_remote_pictures,
)
from pelican.plugins.news_digest.model import VideoRef

PREFIX = "b-0a1b2c-"


def rendered(text: str) -> str:
    """Return the HTML of a body whose places begin with :data:`PREFIX`."""
    return render_body(text, prefix=PREFIX).html


def sanitized(text: str) -> str:
    """Return what is left of *text*."""
    return sanitize(text, prefix=PREFIX)


SAFE_SCHEMES = ("http:", "https:", "mailto:")
pieces = st.sampled_from(
    [
        "<script>x()</script>",
        "<a href='javascript:x()'>a</a>",
        "[a](JaVaScript:x)",
        "[a](data:text/html,x)",
        "![i](x 'y\"onerror=z')",
        "<img src=x onerror=x()>",
        "<svg onload=x()>",
        "<iframe src=//e.example>",
        "<style>p{}</style>",
        "<p style='x:y' onclick=x>",
        "<form action=/x><input>",
        "<math><mtext></form>",
        "<!-- c -->",
        "# Head",
        "<h1 id=x>",
        "`code`",
        "&lt;script&gt;",
        "\n\n",
        "> ",
        "* ",
        "<",
        '"',
        "<noscript><p title='</noscript><script>x</script>'>",
        "{: onclick=x }",
        "{: #x .y }",
        "[^1]",
        "\n[^1]: x",
        "[TOC]",
        "[a](#x)",
        "```x\n",
        "\x02",
        "&#x6a;avascript:",
    ]
)


@settings(max_examples=100, deadline=None)
@given(st.lists(pieces, max_size=8).map("".join) | st.text(max_size=60))
def test_no_body_can_act(text: str) -> None:
    """Whatever stands in a body, no element, attribute or address that acts is left."""
    tree = html.fragment_fromstring(rendered(text), create_parent="div")
    for element in tree.iterdescendants():
        assert element.tag not in {"script", "style", "iframe", "form", "input", "svg", "object", "embed", "h1", "base"}
        for name, value in element.attrib.items():
            assert not name.startswith("on")
            assert name not in {"style", "srcdoc", "formaction"}
            assert name != "id" or value.startswith(PREFIX)
            assert name != "class" or value.startswith(("footnote", "language-", "toc"))
            if name in {"href", "src", "cite"} and ":" in value.split("/", 1)[0].split("#", 1)[0]:
                assert value.lower().startswith(SAFE_SCHEMES)


@settings(max_examples=100, deadline=None)
@given(st.lists(pieces, max_size=8).map("".join))
def test_sanitizing_twice_changes_nothing(text: str) -> None:
    """What is clean stays as it is."""
    once = sanitized(text)
    assert once == sanitized(once)


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("", ""),
        ("", " \n\t"),
        ("<p>A <strong>b</strong>.</p>", "A **b**."),
        ("<h2>A</h2>", "# A"),
        ("<h2>A</h2>", "<h1 class='x'>A</h1>"),
        ("<h2>A</h2>", "## A"),
        ("<p>a</p>", "a<script>alert(1)</script>"),
        ("<p>a</p>", "a<style>p {}</style>"),
        ("<p>a</p>", "a<iframe src='https://e.example'></iframe>"),
        ('<p><img src="x"></p>', "<p><img src='x' onerror='alert(1)'></p>"),
        ("<p>a</p>", "<p style='color: red' onclick='x()' class='y'>a</p>"),
        ('<p><a rel="external noopener">a</a></p>', "[a](javascript:alert(1))"),
        ('<p><a rel="external noopener">a</a></p>', "<p><a href='vbscript:x'>a</a></p>"),
        ("<p><img></p>", "<p><img src='data:image/svg+xml,x'></p>"),
        ('<p><a href="https://a.example/" rel="external noopener">a</a></p>', "[a](https://a.example/)"),
        ('<p><a href="mailto:ada@a.example" rel="external noopener">a</a></p>', "[a](mailto:ada@a.example)"),
        ("<p>a</p>", "a<!-- secret -->"),
    ],
)
def test_bodies_are_rendered_and_cleaned(expected: str, text: str) -> None:
    """Markdown works, headings begin at two, and what acts is gone with its content."""
    assert expected == rendered(text).strip()


def test_a_form_is_gone_and_its_words_stay() -> None:
    """Nobody can be asked for anything inside a body."""
    found = rendered("<form action='https://e.example'>Name <input name=a><button>Go</button></form>")
    assert [word for word in ("form", "input", "button", "e.example") if word in found] == []
    assert "Name" in found


def test_one_body_leaves_nothing_to_the_next() -> None:
    """Link targets and footnotes of one item are unknown to another."""
    rendered("[a][ref] and [^1]\n\n[ref]: https://a.example/\n[^1]: Note.")
    assert "https://a.example/" not in rendered("[a][ref] and [^1]")


@pytest.mark.parametrize(
    "text", ["> " * 3000 + "x", "[" * 500, "*" * 3000 + "a", "<div>" * 3000, "<![foo", "<!a [", "<?php"]
)
def test_odd_bodies_are_rendered(text: str) -> None:
    """Nesting and unfinished markup end in some HTML and not in an exception."""
    assert isinstance(rendered(text), str)


@pytest.mark.parametrize("depth", [100, 2000])
@pytest.mark.parametrize("mark", ["- ", "1. ", "*   ", "- 1. "])
def test_deep_lists_are_rendered(mark: str, depth: int) -> None:
    """A list in a list in a list ends in some HTML and not in an exception."""
    assert "<li>" in rendered(mark * depth + "a")
    assert has_deep_lists(mark * depth + "a")


def test_a_body_that_stops_the_library_is_refused_and_spoils_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the library cannot go into is an error of its own, and the next body is rendered from a clean state."""
    before = body._markdown(names_headings=False)
    with monkeypatch.context() as patch:
        patch.setattr(before, "convert", refuse)
        with pytest.raises(BodyError, match="nested too deeply"):
            rendered("a")
    assert body._markdown(names_headings=False) is not before


def refuse(_text: str) -> str:
    """Do what a library does at the end of its depth."""
    raise RecursionError


@pytest.mark.parametrize(
    "url",
    [
        "https://www.youtube.com/embed/dQw4w9WgXcQ",
        "http://youtube.com/embed/dQw4w9WgXcQ?autoplay=1",
        "//www.youtube.com/embed/dQw4w9WgXcQ",
        "https://youtube.com/watch?v=dQw4w9WgXcQ",
        "https://m.youtube.com/watch?t=3&v=dQw4w9WgXcQ&x=y",
        "https://youtu.be/dQw4w9WgXcQ?t=3",
        "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ",
        "https://www.youtube.com/shorts/dQw4w9WgXcQ",
        " https://www.youtube.com/v/dQw4w9WgXcQ ",
        "https://www.youtube.com/live/dQw4w9WgXcQ?si=a",
        "https://music.youtube.com/watch?v=dQw4w9WgXcQ&list=RD",
        "HTTPS://WWW.YouTube.com/watch?v=dQw4w9WgXcQ#t=3",
        "https://www.youtube.com/watch/dQw4w9WgXcQ",
        "https://www.youtube.com/watch/?v=dQw4w9WgXcQ",
        "https://www.youtube.com/e/dQw4w9WgXcQ",
        "https://youtube-nocookie.com/v/dQw4w9WgXcQ",
        "https://www.youtube.com:443/watch?app=desktop&v=dQw4w9WgXcQ",
    ],
)
def test_a_video_is_known_by_its_address(url: str) -> None:
    """Every form of the host's addresses leads to the same video."""
    assert VideoRef(host="youtube", id="dQw4w9WgXcQ") == video_of(url)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "dQw4w9WgXcQ",
        "https://vimeo.com/12345678",
        "https://evil.example/?https://www.youtube.com/embed/dQw4w9WgXcQ",
        "https://www.youtube.com.evil.example/embed/dQw4w9WgXcQ",
        "https://evilyoutube.com/embed/dQw4w9WgXcQ",
        "https://youtube.com@evil.example/embed/dQw4w9WgXcQ",
        "javascript://youtube.com/embed/dQw4w9WgXcQ",
        "https://www.youtube.com/embed/",
        "https://www.youtube.com/embed/a",
        "https://www.youtube.com/watch?list=PL123456",
        "https://www.youtube.com/embed/" + "a" * 21,
        "https://www.youtube.com/embed/videoseries?list=PL1234567890",
    ],
)
def test_other_addresses_show_no_video(url: str) -> None:
    """Lookalike hosts, other schemes, and addresses without the id of one video are refused."""
    assert video_of(url) is None


@pytest.mark.parametrize(
    ("refused", "text"),
    [
        ("https://evil.example/x", "<iframe src='https://evil.example/x'></iframe>"),
        ("https://evil.example/x", '<iframe\nwidth="1"\n SRC = "https://evil.example/x">'),
        ("<object data=x>", " <object data=x> "),
        ("a" * 200, "a" * 900),
    ],
)
def test_a_refused_player_says_what_it_was(refused: str, text: str) -> None:
    """The address, or a bounded part of what stands in its place, can be reported."""
    found = read_embed(text)
    assert (None, refused) == (found.video, found.refused)


def test_only_the_id_of_a_player_is_taken() -> None:
    """Whatever else a frame carries, host and id are all that is kept."""
    found = read_embed('<p>x<iframe onload="x()" src="//www.youtube.com/embed/dQw4w9WgXcQ?autoplay=1" allow="camera">')
    assert (VideoRef(host="youtube", id="dQw4w9WgXcQ"), "") == (found.video, found.refused)
    assert VideoRef.__struct_fields__ == ("host", "id")


def test_an_address_in_another_attribute_is_not_the_players() -> None:
    """What a lazy loader keeps in data-src is not what the frame shows."""
    found = read_embed("<iframe data-src='https://youtu.be/dQw4w9WgXcQ' src='https://evil.example/x'></iframe>")
    assert (found.video, found.refused) == (None, "https://evil.example/x")


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ('<p>a <img src="/images/a.png" alt="b"> c</p>', '<p>a <img src="/images/a.png" alt="b"> c</p>'),
        ("<p>a b c</p>", '<p>a <img src="https://t.example/p.gif" alt="b"> c</p>'),
        ("<p>a  c</p>", '<p>a <img width="1" src="http://t.example/p.gif"> c</p>'),
        ("b", '<img alt="b" src="//t.example/p.gif">'),
        ("x &gt; y", '<img alt="x > y" src=" https://t.example/p.gif">'),
        ("&lt;img src=x onerror=y&gt;", '<img alt="<img src=x onerror=y>" src="https://t.example/">'),
        ("&quot;", '<img alt="&quot;" src="https://t.example/">'),
    ],
)
def test_pictures_on_other_hosts_become_words(expected: str, text: str) -> None:
    """Nobody is asked for anything when a page or a feed is read; what a picture shows in words stays, as text."""
    assert expected == without_remote_pictures(text)


@given(st.text(alphabet='<>"=/:& abhtpsimgrclonte.', max_size=80))
def test_what_the_sanitiser_writes_asks_no_other_host(text: str) -> None:
    """Whatever it was made from."""
    cleaned = without_remote_pictures(sanitized(f'<img alt="x" src="https://t.example/"><img {text}>{text}'))
    sources = html.fromstring(f"<div>{cleaned}</div>").xpath("//img/@src")
    assert [] == [source for source in sources if re.match(r"\s*(?:[a-zA-Z]+:)?[/\\]{2}", source)]


NESTS = st.sampled_from("p a b i li ul ol h2 h3 table tr td th dl dd object button form nobr marquee details".split())
TREES = st.recursive(
    st.sampled_from(["x", "", "<br>", "<hr>"]),
    lambda inner: st.tuples(NESTS, st.lists(inner, max_size=3)).map(lambda t: f"<{t[0]}>{''.join(t[1])}</{t[0]}>"),
    max_leaves=8,
)


@given(TREES | st.lists(NESTS.flatmap(lambda n: st.sampled_from([f"<{n}>", f"</{n}>", "x"])), max_size=9).map("".join))
@example("<p><object><p>x</p></object></p>")
@example('<a href="https://a.example/"><object><a href="https://b.example/">x</a></object></a>')
def test_what_is_washed_is_read_as_it_was_washed(text: str) -> None:
    """A browser reads the result for the first time: it finds nothing to mend, and washing again changes nothing."""
    washed = sanitized(text)
    assert washed == sanitized(washed)
    parser = html5lib.HTMLParser(strict=False)
    parser.parseFragment(washed)
    assert [] == [error for error in parser.errors if error[1] != "expected-closing-tag-but-got-eof"]


@pytest.mark.parametrize("text", ["<iframe " * 100_000, "<iframe src" + " " * 1_000_000, "<iframe src=" * 80_000])
def test_a_player_is_found_or_refused_at_once(text: str) -> None:
    """A megabyte of frames that never end takes no longer than one."""
    start = time.process_time()
    assert read_embed(text).video is None
    assert time.process_time() - start < 2
