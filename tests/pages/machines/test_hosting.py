"""Files that hosts ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.builders import front_matter

if TYPE_CHECKING:
    from tests.conftest import Site


def test_branch_can_be_published_as_it_is(site: Site):
    """Jekyll is told to keep off; there is no domain unless one is set, and none stays behind."""
    site.write("news/a.md", front_matter())
    site.settings(DIGEST_DOMAIN="digest.example.org")
    assert 0 == site.build().returncode
    assert (b"", b"digest.example.org\n") == (site.files()[".nojekyll"], site.files()["CNAME"])
    site.settings()
    assert 0 == site.build().returncode
    assert b"" == site.files()[".nojekyll"]
    assert "CNAME" not in site.files()
