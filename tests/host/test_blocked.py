"""What the owner's texts ask for and the policy blocks is said; hosts that the owner names are let in, and told."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from pelican.plugins.news_digest.errors import SettingError
from pelican.plugins.news_digest.host.blocked import blocked
from pelican.plugins.news_digest.settings import read_settings
from tests.builders import front_matter

if TYPE_CHECKING:
    from tests.conftest import Site

POLICY = "default-src 'none'; img-src 'self' data:; frame-src https://*.player.example; script-src 'self' https://a.example/x/"


@pytest.mark.parametrize(
    ("expected", "html"),
    [
        ("<iframe> of video.example (frame-src)", '<iframe src="https://video.example/1"></iframe>'),
        ("<iframe> of player.example (frame-src)", '<IFRAME SRC="https://player.example/1">'),
        ("", '<iframe src="//www.player.example/1"></iframe>'),
        ("<script> of a.example (script-src)", '<script src="https://a.example/y.js"></script>'),
        ("", '<script src="https://a.example/x/y.js"></script><script src="/own.js"></script>'),
        ("a script within the page", "<script>x()</script><script>y()</script>"),
        ("", '<script type="application/json">{}</script><pre>&lt;script&gt;</pre>'),
        ("<img> of far.example (img-src)", '<img src="http://far.example/a.png">'),
        ("", '<img src="https://tiny.example/a.png"><img src="a.png"><img src="data:image/png;base64,AA">'),
        ("<video> of far.example (media-src)", '<video src="https://far.example/a.mp4">'),
    ],
)
def test_what_a_browser_would_block_is_found(expected: str, html: str):
    """Each once, in the order of the text."""
    assert expected == "; ".join(blocked(html, policy=POLICY, siteurl="https://tiny.example"))


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
    assert "Pages load nothing from other hosts." in site.page("about/index.html")
    site.settings(DIGEST_CSP={"frame-src": ["https://player.example"], "script-src": "https://stats.example"})
    assert "ND133" not in site.build().stdout
    policy = policy_of(site.page("pages/us.html"))
    assert "; frame-src https://player.example https://www.youtube-nocookie.com; script-src 'self' 'sha256-" in policy
    assert policy.endswith("' https://stats.example")
    about = site.page("about/index.html")
    assert "which can then see your visit: player.example, stats.example." in about
    assert "Pages load nothing from other hosts." not in about
