"""What the owner's texts ask for and the policy blocks is said; hosts that the owner names are let in, and told."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

import pytest

from pelican.plugins.news_digest.errors import Diagnostic, SettingError
from pelican.plugins.news_digest.host.blocked import Policy, blocked_in, blocked_in_template
from pelican.plugins.news_digest.settings import read_settings
from tests.builders import front_matter

if TYPE_CHECKING:
    from tests.conftest import Site

POLICY = Policy(
    "default-src 'none'; img-src 'self' data:; form-action 'self'; style-src 'self'; frame-src https://*.player.example;"
    " script-src 'self' https://a.example/x/",
    siteurl="https://tiny.example",
)


def said(found: Iterable[Diagnostic]) -> str:
    """Return what is blocked, in one line."""
    return "; ".join(diagnostic.message.removesuffix(" is blocked by the site's policy") for diagnostic in found)


@pytest.mark.parametrize(
    ("expected", "html"),
    [
        ("<iframe> of video.example (frame-src)", '<iframe src="https://video.example/1"></iframe>'),
        ("<iframe> of player.example (frame-src)", '<IFRAME SRC="https://player.example/1">'),
        ("", '<iframe src="//www.player.example/1"></iframe>'),
        ("<script> of a.example (script-src)", '<script src="https://a.example/y.js"></script>'),
        ("", '<script src="https://a.example/x/y.js"></script><script src="/own.js"></script>'),
        ("a script within the page", "<script>x()</script><script type=module>y()</script>"),
        ("a script within the page", '<script type="text/javascript">x()</script>'),
        ("", '<script type="application/json">{}</script><script type="text/x-tex">$x$</script>'),
        ("", "<pre>&lt;script&gt; onclick=x style=y &lt;img src=//far.example&gt;</pre> <!-- <script>x()</script> -->"),
        ("<img> of far.example (img-src)", '<img src="http://far.example/a.png">'),
        ("<img> of far.example (img-src)", '<img src="a.png" srcset="b.png 1x, https://far.example/c.png 2x">'),
        ("", '<img src="https://tiny.example/a.png"><img src="a.png"><img src="data:image/png;base64,AA">'),
        ("<video> of far.example (media-src)", '<video src="https://far.example/a.mp4">'),
        ("<video> of far.example (img-src)", '<video poster="//far.example/a.png"></video>'),
        ("<link> of far.example (style-src)", '<link rel="Stylesheet" href="https://far.example/a.css">'),
        ("", '<link rel="stylesheet" href="/theme/a.css"><link rel="author" href="https://far.example/">'),
        ("<form> of far.example (form-action)", '<form action="https://far.example/subscribe"></form>'),
        ("<button> of far.example (form-action)", '<form action="/s"><button formaction="https://far.example/">'),
        ("<base> of far.example (base-uri)", '<base href="https://far.example/">'),
        ("<object> of /a.swf (object-src)", '<object data="/a.swf"></object>'),
        ("a style attribute", '<p style="color: red">a</p><p STYLE=x>b</p>'),
        ("a style sheet within the page", "<style>p { color: red }</style>"),
        ("the handler onclick; the handler onerror", "<b onclick=x()>a</b><img src=a.png onerror='y()'>"),
        ("a javascript: link", '<a href=" JavaScript:x()">a</a><a href="java&#10;script:y()">b</a>'),
        ("", '<a href="https://far.example/javascript:x">a</a> <p>javascript: is a word; one = 1, style = 2</p>'),
        ("<img> of https://[bad/a.png (img-src)", '<img src="https://[bad/a.png">'),
    ],
)
def test_what_a_browser_would_block_is_found(expected: str, html: str):
    """Each once, in the order of the text."""
    assert expected == said(blocked_in("a.md", html, POLICY))


@pytest.mark.parametrize(
    ("expected", "source"),
    [
        ("<script> of stats.example (script-src)", '<script async src="https://stats.example/{{ ID }}.js"></script>'),
        ("", '<script src="{{ root }}extra/stats.js"></script><img src="https://{{ HOST }}/a.png">'),
        ("", '<script src="{{ SITEURL }}/a.js"></script> {# <script>x()</script> #} {% set a = "<style>" %}'),
        ("a script within the page", "<script>{% if a %}x(){% endif %}</script>"),
        ("a style attribute", '<p {% if a > 1 %}class="b"{% endif %} style="color: {{ colour }}">'),
    ],
)
def test_templates_are_read_as_what_they_say_themselves(expected: str, source: str):
    """What an expression makes is known when a page is rendered."""
    assert expected == said(blocked_in_template("a.html", source, "", POLICY))


def test_a_copy_of_our_template_with_changes_is_told_of_the_changes():
    """With the line of the first; what was there is ours to answer for."""
    ours = "<head>\n<script>a()</script>\n</head>"
    theirs = ours.replace("</head>", "{#\n#}\n<script>ga()</script>\n<script>more()</script></head>")
    assert [] == list(blocked_in_template("a.html", ours, ours, POLICY))
    (found,) = blocked_in_template("a.html", theirs, ours, POLICY)
    assert 5 == found.line


@pytest.mark.parametrize(
    "value",
    [
        "script-src 'unsafe-inline'",
        "script-src *",
        "script-src https:",
        "script-src http://a.example",
        "default-src https://a.example",
        "form-action https://a.example",
        "frame-src",
        "frame-src https://a.example, https://b.example",
        "img-src data:",
        {"frame-src": ["https://a.example; script-src *"]},
        {"frame-src": ['https://a.example"><script>']},
    ],
)
def test_only_hosts_can_be_added(value: object):
    """Nothing that lets a page run what stands in it, or that ours rests on."""
    with pytest.raises(SettingError, match="DIGEST_CSP"):
        read_settings({"DIGEST_CSP": value})


def policy_of(page: str) -> str:
    """Return the policy of a page."""
    found = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert found
    return found[1].replace("&#39;", "'")


def test_a_blocked_frame_is_said_with_its_file_and_can_be_let_in(site: Site):
    """Readers learn of the host; a page with a video of ours still plays."""
    site.write("pages/us.md", 'Title: Us\n\n<iframe src="https://player.example/1"></iframe>\n')
    site.write("news/a.md", front_matter())
    said = " ".join(site.build().stdout.split())
    assert "content/pages/us.md: ND133 <iframe> of player.example (frame-src) is blocked by the site's policy" in said
    assert "1 warning, " in said
    assert "Pages load nothing from other hosts." in site.page("about/index.html")
    assert "counts no visitors" in site.page("about/index.html")
    site.settings(DIGEST_CSP={"frame-src": ["https://player.example"], "script-src": "https://stats.example"})
    assert "ND133" not in site.build().stdout
    policy = policy_of(site.page("pages/us.html"))
    assert "; frame-src https://player.example https://www.youtube-nocookie.com; script-src 'self' " in policy
    assert policy.endswith("' https://stats.example")
    about = site.page("about/index.html")
    assert "which can then see your visit: player.example, stats.example." in about
    assert "Pages load nothing from other hosts." not in about
    assert "counts no visitors" not in about
    assert "not tracked" not in about


def test_templates_of_the_sites_own_are_told_with_their_line(site: Site):
    """Those of our theme that it replaces; not what Pelican renders without a policy, and no mail."""
    site.write("news/a.md", front_matter())
    for name, text in (
        ("extend/head.html", "<!-- count -->\n<script>count()</script>"),
        ("contact.html", "<script>own()</script>"),
        ("mail/more.html", '<p style="color: red">'),
    ):
        path = site.root / "templates" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    site.settings(THEME_TEMPLATES_OVERRIDES=["templates"], DIRECT_TEMPLATES=["contact"])
    words = " ".join(site.build().stdout.split())
    assert "templates/extend/head.html:2: ND133 a script within the page is blocked by the site's policy" in words
    assert "content/.." not in words
    assert 1 == words.count("ND133")
    assert "ND133" in site.page("status/index.html")
    assert "0 files changed" in site.build().stdout


def test_columns_keep_their_side_and_pictures_their_width(site: Site):
    """Both are said by a style attribute, which is blocked: pages say it by another one, and nothing is told."""
    site.write("pages/us.md", "Title: Us\n\n| a | b |\n|:--|--:|\n| 1 | 2 |\n")
    picture = ".. image:: /images/a.png\n   :width: {}\n\n"
    site.write("pages/we.rst", f"We\n##\n\n{picture.format('200px')}{picture.format('50%')}")
    site.write("news/a.md", front_matter())
    assert "ND133" not in site.build().stdout
    assert '<td align="right">2</td>' in site.page("pages/us.html")
    assert ["200", "50%"] == re.findall('<img[^>]* width="([^"]*)"', site.page("pages/we.html"))
