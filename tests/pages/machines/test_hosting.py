"""Files that hosts ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pelican.plugins.news_digest.naming.places import Known
from pelican.plugins.news_digest.pages.machines.hosting import plan_hosting
from pelican.plugins.news_digest.pages.plans import made
from tests.builders import front_matter
from tests.pages.rooms import make_room
from tests.pages.stories.telling import record, report

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


REPORTS = (report("a", "2026-05-01", title="A & <b>", heat=9), report("b", "2026-05-02"))


def files_of(**values: object) -> dict[str, str]:
    """Return what hosts ask for of a site with one story."""
    plans = map(made, plan_hosting(make_room(REPORTS, **values)))
    return {plan.save_as: plan.data.decode() for plan in plans}  # type: ignore[attr-defined]


def test_nothing_leads_on_where_nothing_has_moved():
    """A site without old names has neither pages that lead on nor a file of redirects."""
    assert {".nojekyll"} == files_of().keys()


@pytest.mark.parametrize(("url", "root"), [("https://tiny.example", "/"), ("https://tiny.example/repo", "/repo/")])
def test_old_name_of_a_story_leads_on(url: str, root: str):
    """By a page that every host serves, and by a line for hosts that read it; feeds too."""
    files = files_of(stories=[record(formerly=("old-name",))], url=url)
    page = files["stories/old-name/index.html"]
    assert '<meta http-equiv="refresh" content="0; url=../bridge/">' in page
    assert f'<link rel="canonical" href="{url}/stories/bridge/">' in page
    assert "A &amp; &lt;b&gt;" in page
    assert '<meta name="robots" content="noindex">' in page
    old, new = f"{root}stories/old-name/", f"{root}stories/bridge/"
    assert [f"{old}{name} {new}{name} 301" for name in ("", "feed.atom.xml", "feed.json")] == files[
        "_redirects"
    ].splitlines()


def test_address_of_a_story_with_one_report_left_leads_to_that():
    """For as long as it is so: a redirect that may change again, and only to what has a page."""
    known = Known({"gone": "a", "away": "nowhere"})
    plans = [made(p) for p in plan_hosting(make_room([report("a", "2026-05-01", story="")], known_stories=known))]
    files = {plan.save_as: plan.data.decode() for plan in plans}  # type: ignore[attr-defined]
    assert {".nojekyll", "_redirects", "stories/gone/index.html"} == files.keys()
    assert 'url=../../news/a/"' in files["stories/gone/index.html"]
    assert "/stories/gone/ /news/a/ 302\n" == files["_redirects"]


def test_page_that_leads_on_needs_no_address_of_the_site():
    """A preview has none; the way is relative."""
    page = files_of(stories=[record(formerly=("old",))], url="")["stories/old/index.html"]
    assert "canonical" not in page
    assert "../bridge/" in page
