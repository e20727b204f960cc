"""The archive as a browser reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from lxml import html

from tests.builders import front_matter

if TYPE_CHECKING:
    from tests.conftest import Site

DAYS = ("2026-05-01", "2026-05-01", "2026-04-30", "2025-05-01")


@pytest.fixture
def archive(site: Site) -> Site:
    """Return a tiny site of four items on three days."""
    for number, day in enumerate(DAYS):
        text = front_matter(
            title=f'"Headline {number}"',
            publishedDateTime=f"{day}T08:00:00Z",
            webUrl=f'"https://post.example/{number}/"',
        )
        site.write(f"news/{day}-{number}.md", text)
    result = site.build()
    assert 0 == result.returncode, result.stdout
    return site


def test_archive_reads_well(archive: Site):
    """One build, and every page of the archive says what a reader needs."""
    calendar_is_a_table(html.fromstring(archive.page("2026/05/index.html")))
    day_leads_on(html.fromstring(archive.page("2026/05/01/index.html")))
    week_has_its_days(html.fromstring(archive.page("2026/w18/index.html")))
    other_years_are_linked(html.fromstring(archive.page("on-this-day/index.html")))
    lists_lead_to_days(archive)
    no_page_has_a_style_attribute(archive)
    assert "https://tiny.example/2026/05/01/" in archive.page("sitemap-archive.xml")


def calendar_is_a_table(page: html.HtmlElement) -> None:
    """A caption, seven column heads, a link with its count for each day with items."""
    (table,) = page.xpath("//main//table")
    assert "May 2026 2 stories" == words(table.xpath("./caption")[0])
    assert ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] == table.xpath(
        ".//th[@scope='col']/abbr/@title"
    )
    (link,) = table.xpath(".//td//a")
    assert ("/2026/05/01/", "1 2 stories") == (link.get("href"), words(link))
    assert ["5"] == table.xpath(".//td/@data-step")
    assert 31 == len([cell for cell in table.xpath(".//td") if words(cell)])


def day_leads_on(page: html.HtmlElement) -> None:
    """Up to the year and month, back to the day before, across to the week."""
    assert ["Archive", "2026", "May"] == [words(a) for a in page.xpath("//nav[@class='breadcrumbs']//a")]
    assert ["/2026/04/30/"] == page.xpath("//main//a[@rel='prev']/@href")
    assert [] == page.xpath("//main//a[@rel='next']")
    assert "2 stories from 1 source Week 18 of 2026 Newsletter" == words(page.xpath("//p[@class='page-facts']")[0])
    assert ["Headline 0", "Headline 1"] == sorted(words(a) for a in page.xpath("//*[@class='story-title']/a"))
    assert 1 == len(page.xpath("//h1"))


def week_has_its_days(page: html.HtmlElement) -> None:
    """Seven days in order, those with items as links."""
    days = page.xpath("//ol[@class='periods']/li")
    assert ["Mon 27", "Tue 28", "Wed 29", "Thu 30 1 story", "Fri 1 2 stories", "Sat 2", "Sun 3"] == list(
        map(words, days)
    )


def other_years_are_linked(page: html.HtmlElement) -> None:
    """The same day of the year before stands under its date."""
    assert ["/2025/05/01/"] == page.xpath("//*[@class='day-heading']/a/@href")
    assert "1 May" in words(page.xpath("//p[@class='page-facts']")[0])


def lists_lead_to_days(archive: Site) -> None:
    """Day headings of lists are links to pages that exist, and the masthead leads to the archive."""
    page = html.fromstring(archive.page("latest/index.html"))
    for href in page.xpath("//*[@class='day-heading']/a/@href"):
        assert (archive.output / href.strip("/") / "index.html").exists()
    assert 3 == len(page.xpath("//*[@class='day-heading']/a"))
    assert page.xpath("//header[@class='masthead']//a[@href='/archive/']")
    svg = html.fromstring(archive.page("topics/harbour/index.html")).xpath("//*[@class='activity']")
    assert "3 stories from June 2025 to May 2026" == svg[0].findtext("title")


def no_page_has_a_style_attribute(archive: Site) -> None:
    """The site's security policy forbids them."""
    for path, data in archive.files().items():
        if path.endswith(".html") and path.startswith(("20", "archive/", "on-this-day/", "topics/", "providers/")):
            assert b" style=" not in data, path


def words(element: html.HtmlElement) -> str:
    """Return the text of *element* with its white space collapsed."""
    return " ".join(element.text_content().split())


def test_empty_day_in_other_years_says_so(site: Site):
    """A young archive offers the way to everything."""
    site.write("news/a.md", front_matter())
    site.write("news/b.md", front_matter(publishedDateTime="2025-01-01T08:00:00Z", webUrl='"https://post.example/b/"'))
    assert 0 == site.build().returncode
    page = html.fromstring(site.page("on-this-day/index.html"))
    assert "The archive has nothing from 1 May in other years." in words(page)
    assert page.xpath("//main//a[@href='/archive/']")
