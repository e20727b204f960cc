"""``/about/`` and ``/status/``, and what a site says that has nothing, or nothing of something."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html as lxml_html

from pelican.plugins.news_digest.errors import diagnose
from pelican.plugins.news_digest.pages.own.about import contact_link, plan_about
from pelican.plugins.news_digest.pages.own.status import BuildReport, plan_status
from tests.builders import front_matter, make_item, make_link
from tests.pages.rooms import make_room

if TYPE_CHECKING:
    from tests.conftest import Site


def many(count: int) -> list[Any]:
    """Return items of heat 1, 2, 3 and so on."""
    return [make_item(f"s{n:03}", heat=n) for n in range(1, count + 1)]


def test_about_takes_its_numbers_from_the_code():
    """The formula that readers see is the one that ranks."""
    view: Any = plan_about(make_room([])).view
    assert (view.points_per_report, view.hours_per_point, view.window_days, view.band_days) == (20, 12, 7, 365)


def test_legend_says_what_the_dots_mean_here():
    """The top 5% and 25 % of forty stories, where they begin, and everybody else."""
    view: Any = plan_about(make_room(many(40))).view
    assert [(row.band, row.percent, row.lowest, row.count) for row in view.bands] == [
        (3, 5, 39, 2),
        (2, 25, 31, 8),
        (1, 0, 0, 30),
    ]


def test_small_site_has_no_legend():
    """Too few to compare: no dots, so nothing to explain."""
    view: Any = plan_about(make_room(many(3))).view
    assert view.bands == ()


@pytest.mark.parametrize(
    ("contact", "expected"),
    [
        ("desk@tiny.example", "mailto:desk@tiny.example"),
        ("https://tiny.example/write/", "https://tiny.example/write/"),
        ("a b@tiny.example?subject=x", "mailto:a%20b@tiny.example%3Fsubject%3Dx"),
        ("", None),
        ("javascript:alert(1)", None),
    ],
)
def test_contact_is_a_mail_or_a_web_address(contact: str, expected: str | None):
    """Anything else is no link."""
    link = contact_link(contact)
    assert expected == (link.href if link else None)


def report(*diagnostics: Any, private: tuple[str, ...] = ()) -> Any:
    """Return the view of ``/status/``."""
    return plan_status(
        make_room([make_item("a", heat=90, related=(make_link("b"),)), make_item("b", heat=-1)]),
        BuildReport(item_count=3, diagnostics=diagnostics, private_paths=frozenset(private)),
    ).view


def test_status_counts():
    """Items, stories, clusters: what there is, in numbers."""
    view = report()
    assert (view.item_count, view.story_count, view.page_count, view.provider_count) == (3, 2, 2, 1)
    assert view.cluster_count == 1
    assert view.now.iso == "2026-05-01T08:00:00Z"
    assert not view.head.is_indexed


def test_status_lists_errors_before_warnings_and_no_notes():
    """Notes are counted by code; lines are for what somebody should mend."""
    view = report(
        diagnose("ND120", "type: 'x'", path="news/a.md"),
        diagnose("ND107", "heat: 'x'", path="news/b.md", line=4),
        diagnose("ND104", "publishedDateTime: 'x'", path="news/z.md", line=7),
    )
    assert [(p.where, p.code) for p in view.problems] == [("news/z.md:7", "ND104"), ("news/b.md:4", "ND107")]
    assert (view.error_count, view.warning_count, view.note_count) == (1, 1, 1)
    assert [(row.code, row.count) for row in view.codes] == [("ND104", 1), ("ND107", 1), ("ND120", 1)]


def test_status_shows_fifty_and_counts_the_rest():
    """A broken archive makes no endless page."""
    view = report(*(diagnose("ND107", "x", path=f"news/{n:03}.md") for n in range(70)))
    assert (len(view.problems), view.problem_count) == (50, 70)


def test_status_names_no_file_that_is_not_public():
    """A draft's name and words are nobody's business yet; that it has a problem is counted."""
    view = report(diagnose("ND107", "secret", path="news/draft.md"), private=("news/draft.md",))
    assert view.problems == ()
    assert view.warning_count == 1


def dead_links(site: Site) -> set[str]:
    """Return the site's own addresses that its pages link to and that do not exist."""
    found = set()
    for path in sorted(site.output.rglob("*.html")):
        for link in lxml_html.fromstring(path.read_text(encoding="utf-8")).xpath("//a/@href | //link/@href"):
            if link.startswith("/"):
                target = site.output / re.split("[?#]", link)[0].lstrip("/")
                if not (target / "index.html" if link.partition("#")[0].endswith("/") else target).is_file():
                    found.add(link)
    return found


def text_of(site: Site, path: str) -> str:
    """Return what a page says between its masthead and its footer."""
    found: Any = lxml_html.fromstring(site.page(path))
    return " ".join(found.xpath("string(//main)").split())


def test_site_without_items_says_what_to_do_next(site: Site):
    """No 1970, no zero stories from zero sources, no dead link: where the first file goes."""
    said = site.build()
    assert said.returncode == 0, said.stdout
    home = text_of(site, "index.html")
    assert "content/news" in home
    assert "1970" not in home
    assert not re.search(r"\b0 (stories|sources)", home)
    assert "found no items" in text_of(site, "status/index.html")
    assert "No edition yet" in text_of(site, "newsletter/index.html")
    assert "1970" not in "".join(text_of(site, path) for path in site.files() if path.endswith("index.html"))
    assert dead_links(site) == set()


def test_topic_without_items_says_since_when_and_shows_its_parent(site: Site):
    """A record alone makes a page, and the page is honest."""
    site.write("topics/harbour.yaml", "name: Harbour\n")
    site.write("topics/pilots.yaml", "name: Pilots\nparent: Harbour\n")
    site.write("news/2026-05-01-a.md", front_matter())
    said = site.build()
    assert said.returncode == 0, said.stdout
    page = text_of(site, "topics/pilots/index.html")
    assert "No stories yet" in page
    assert "since 1 May 2026" in page
    assert "part of Harbour" in page
    assert dead_links(site) == set()


def test_item_without_provider_needs_none(site: Site):
    """No source, no source's page, no gap in a sentence."""
    site.write("news/2026-05-01-a.md", front_matter(provider=""))
    said = site.build()
    assert said.returncode == 0, said.stdout
    assert "None" not in text_of(site, "index.html") + text_of(site, "newsletter/2026-05-01/index.html")
    assert dead_links(site) == set()


def test_report_of_a_broken_archive_is_escaped(site: Site):
    """What a file says wrongly is shown as text."""
    site.write("news/2026-05-01-a.md", front_matter(publishedDateTime='"<script>alert(1)</script>"'))
    site.write("news/2026-05-01-b.md", front_matter())
    site.build()
    page = site.page("status/index.html")
    assert "<script>alert" not in page
    assert "news/2026-05-01-a.md" in text_of(site, "status/index.html")
    assert 'content="noindex' in page


def test_own_page_keeps_its_address(site: Site):
    """Where the owner explains the site at /about/, ours gives way and the footer names it once."""
    site.write("pages/about.md", "Title: Who we are\nURL: about/\nSave_as: about/index.html\n\nWe are few.\n")
    site.write("news/2026-05-01-a.md", front_matter())
    site.build()
    assert "We are few." in text_of(site, "about/index.html")
    assert site.page("index.html").count('href="/about/"') == 1


def test_dead_end_offers_search_and_archive(site: Site):
    """Whoever comes to a page that is not there can look for it."""
    site.write("news/2026-05-01-a.md", front_matter())
    site.build()
    page: Any = lxml_html.fromstring(site.page("404.html"))
    assert {"/", "/search/", "/archive/"} <= set(page.xpath("//main//a/@href"))
