"""Old mails: under a policy, without what it would refuse, and otherwise letter by letter as they were sent."""

from __future__ import annotations

import pytest

from pelican.plugins.news_digest.pages.newsletter.confined_mail import confined

OURS = {"/images/a.png": "../../images/a.png"}


def shown(body: str) -> str:
    """Return what becomes of *body*, where one picture is the site's own and no host may be asked."""
    html = confined(f"<html><head></head><body>{body}</body></html>", sender="", picture=lambda url: OURS.get(url, ""))
    return html.partition("<body>")[2].rpartition("</body>")[0]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<img src="https://x.example/a.png" alt="A &lt;pier&gt;">', "A &lt;pier&gt;"),
        ("<IMG ALT='A pier' SRC=http://x.example/a.png/>", "A pier"),
        ('<img src="https://x.example/pixel.gif" width="1" height="1">', ""),
        ('<img src="&#104;ttps://x.example/a.png" alt="">', ""),
        ('<img src="cid:part1" alt="Logo">', "Logo"),
        ('<img src="//x.example/a.png" alt="Logo">', "Logo"),
        ('<img src="/gone.png" alt="Logo">', "Logo"),
        ("<img alt=Logo>", "Logo"),
        ('<a href="https://x.example/"><img src="https://x.example/a.png" alt="x > y"></a>',
         '<a href="https://x.example/">x &gt; y</a>'),
        ('<img src="/images/a.png" alt="Ours" width=5>', '<img src="../../images/a.png" alt="Ours" width=5>'),
        ('<img src="/images/a.png" srcset="https://x.example/b.png 2x">', '<img src="../../images/a.png">'),
        ('<img src="data:image/gif;base64,R0lG" alt="">', '<img src="data:image/gif;base64,R0lG" alt="">'),
        ('<input type="image" src="https://x.example/go.png" alt="Go">', "Go"),
        ('<table background="https://x.example/b.png" bgcolor="#fff"><tr><td>x', '<table bgcolor="#fff"><tr><td>x'),
        ('<td style="color: red; background: url(https://x.example/b.png) #fff">',
         '<td style="color: red; background: none #fff">'),
        ("<p style='background-image:url(\"https://x.example/b.png\")'>", '<p style="background-image:none">'),
        ('<p style="background:url(&quot;https://x.example/b.png&quot;)">', '<p style="background:none">'),
        ('<p style="background:url(data:image/gif,R0lG)">', '<p style="background:url(data:image/gif,R0lG)">'),
        ("<style>@import url('https://x.example/f.css'); p{background:url(https://x.example/b.png)}</style>",
         "<style> p{background:none}</style>"),
        ("<style>@import \"https://x.example/f.css\";@font-face{src:URL( 'f.woff' )}</style>",
         "<style>@font-face{src:none}</style>"),
        ('<link rel="stylesheet" href="https://x.example/f.css"><base href="https://x.example/">', ""),
        ('<meta http-equiv="refresh" content="0;url=https://x.example/">', ""),
        ("a<script>alert('<p>')</script>b<iframe src=x></iframe>c<video><source src=x>d</video>e", "abce"),
        ("<script>never closed <p>words</p>", "never closed <p>words</p>"),
        ('<p onclick="x()" onmouseover=y() class="k">x</p>', '<p class="k">x</p>'),
        ('<a href="https://x.example/" ping="https://x.example/p">x</a>', '<a href="https://x.example/">x</a>'),
        ('<picture><source srcset="https://x.example/a.webp"><img src="https://x.example/a.png" alt="A"></picture>',
         "<picture>A</picture>"),
        ("<svg><image href='https://x.example/a.png'/></svg>", "<svg></svg>"),
    ],
)  # fmt: skip
def test_what_the_policy_would_refuse_is_taken_out(body: str, expected: str):
    """Words stand in the place of pictures, and nothing in the place of those that say nothing."""
    assert expected == shown(body)


@pytest.mark.parametrize(
    "body",
    [
        "<p>a < b > c & d &nbsp; “e”</p>",
        "<!--[if mso]><table><tr><td><img src='https://x.example/a.png'><![endif]-->",
        "<TABLE Width=600 CellPadding='0'  ><tr ><td STYLE='color:red'>x<BR/></td></TABLE>",
        "<p title='a > b'>x</p><a href=https://x.example/?a=1&b=2>y</a>",
        "<style>p { color: red } /* <b> */</style>",
        "<p>never closed <",
        "<!-- never closed <p>",
    ],
)
def test_everything_else_is_as_it_was_sent(body: str):
    """Letter by letter: mails were made for programs that are no browsers."""
    assert body == shown(body)


def test_pictures_of_hosts_that_may_be_asked_stay():
    """Where the site shows pictures of other hosts, a mail does."""
    body = '<img src="https://x.example/a.png" alt="A">'
    assert body in confined(body, sender="", images="https:")


@pytest.mark.parametrize(
    "stray", ["<a ", "<a '", '<a "', "<!--", "<script>", "<style>", "<p style='", "<img src=x alt='"]
)
def test_a_mail_that_never_ends_takes_no_longer(stray: str):
    """A megabyte of marks that are opened and never closed is read once, not once for each of them."""
    text = stray * (1_000_000 // len(stray))
    assert confined(text + ">", sender="")
