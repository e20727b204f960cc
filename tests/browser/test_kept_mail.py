"""An old mail in the browser: no broken box, no error in the console, no request."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pelican.plugins.news_digest.pages.newsletter.confined_mail import confined

if TYPE_CHECKING:
    from .conftest import Tab

pytestmark = pytest.mark.browser

OLD = """\
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<link rel="stylesheet" href="https://x.example/a.css"><script src="https://x.example/a.js"></script>
<style>@import url(https://x.example/b.css); @font-face { font-family: F; src: url(https://x.example/f.woff) }
body { font-family: F; background: #fff url("https://x.example/b.png") }</style></head>
<body onload="go()" background="https://x.example/b.gif"><table background="https://x.example/c.gif"><tr>
<td style="background-image: url('https://x.example/d.gif')"><h1>News of the pier</h1>
<a href="https://x.example/"><img src="https://x.example/logo.png" alt="The Harbour Post" width="600" height="90"></a>
<img src="https://x.example/e.png" srcset="https://x.example/e2.png 2x" alt="Herons on a mast">
<img src="/gone.png" alt="A gone picture"><img src="cid:1"><img src="https://x.example/open.gif" width="1" height="1">
<video poster="https://x.example/f.png" src="https://x.example/f.mp4"></video>
<iframe src="https://x.example/g.html"></iframe><object data="https://x.example/h.swf"></object>
<form action="https://x.example/"><input type="image" src="https://x.example/go.png" alt="Search"></form>
</td></tr></table><script>alert(1)</script></body></html>
"""


def test_an_old_mail_has_no_broken_box_and_raises_no_error(tab: Tab):
    """Pictures that may not be had are words, tracking pixels are nothing, and the policy has nothing to refuse."""
    html = confined(OLD, sender="", picture=lambda _: "")
    tab.page.route("**/old/mail.html", lambda route: route.fulfill(body=html, content_type="text/html"))
    page = tab.open("old/mail.html")
    page.wait_for_timeout(100)
    assert ([], []) == (tab.complaints, tab.foreign)
    assert 0 == page.locator("img, input[type=image]").count()
    words = page.inner_text("body")
    for told in ("News of the pier", "The Harbour Post", "Herons on a mast", "A gone picture", "Search"):
        assert told in words
