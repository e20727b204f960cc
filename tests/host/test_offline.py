"""What a site publishes for readers without a network, with the setting and without it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.builders import front_matter

if TYPE_CHECKING:
    from tests.conftest import Site


def test_a_worker_is_offered_only_where_it_is_asked_for(site: Site):
    """Without the setting no page names a script for it, and /sw.js ends a worker that an earlier build left."""
    site.write("news/a.md", front_matter())
    site.settings(DIGEST_SEARCH=False)
    assert 0 == site.build().returncode
    without = site.files()
    assert b"registration.unregister()" in without["sw.js"]
    assert [] == [path for path, data in without.items() if path.endswith(".html") and b"offline" in data]
    assert not {"theme/js/offline.js", "theme/js/sw.js", "theme/js/sw-off.js"} & without.keys()
    site.settings(DIGEST_SEARCH=False, DIGEST_OFFLINE=True)
    assert 0 == site.build().returncode
    assert "unregister" not in site.page("sw.js")
    assert 'src="/theme/js/offline.js?v=' in site.page("news/a/index.html")
    site.settings(DIGEST_SEARCH=False)
    assert 0 == site.build().returncode
    assert without == site.files()


def test_a_worker_of_the_owner_is_published_instead(site: Site):
    """There can be one of them at the root."""
    site.write("news/a.md", front_matter())
    site.write("assets/mine.js", "// mine\n")
    site.settings(EXTRA_PATH_METADATA={"assets/mine.js": {"path": "sw.js"}}, DIGEST_SEARCH=False)
    assert 0 == site.build().returncode
    assert "// mine\n" == site.page("sw.js")
