"""What looks like an e-mail address in a headline is still there behind Cloudflare, which would hide it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..builders import front_matter

if TYPE_CHECKING:
    from ..conftest import Site

# As https://developers.cloudflare.com/waf/tools/scrape-shield/email-address-obfuscation/ names what is left alone.
SPARED = re.compile(
    r"<!--email_off-->.*?<!--/email_off-->|<(head|script|noscript|textarea|xmp)\b.*?</\1>|<[^a!][^>]*>", re.DOTALL
)


def test_no_address_of_a_stranger_is_hidden(site: Site):
    """Titles, excerpts and bodies stand between the marks that switch the hiding off, on pages and in mails."""
    site.write(
        "news/a.md",
        front_matter(
            title='"Who owns pump@weir.example now"',
            excerpt='"Ask pump@weir.example."',
            topics='\n  - "@harbour@weir.example"',
        )
        + "Write to [us](mailto:pump@weir.example), or pump@weir.example.\n",
    )
    site.settings(DIGEST_NEWSLETTER_MAILS=True, DIGEST_CONTACT="mailto:owner@pier.example")
    assert 0 == site.build().returncode
    pages = {path: path.read_text(encoding="utf-8") for path in site.output.rglob("*.html")}
    assert sum("pump@weir.example" in html for html in pages.values()) > 5
    assert [] == [str(path) for path, html in pages.items() if re.search(r"\w@\w", SPARED.sub("", html))]
