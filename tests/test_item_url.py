"""Where items have their pages: an owner's own scheme, what it may not be, and what stands at old addresses."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pelican.plugins.news_digest.errors import SettingError
from pelican.plugins.news_digest.pages.everything import plan_site
from pelican.plugins.news_digest.pages.machines.hosting import plan_hosting
from pelican.plugins.news_digest.pages.plans import made
from pelican.plugins.news_digest.setting.values import OURS, ItemUrl, is_ours
from pelican.plugins.news_digest.settings import read_settings
from tests.builders import front_matter, make_item
from tests.pages.rooms import make_room

if TYPE_CHECKING:
    from tests.conftest import Site

DAY = date(2026, 5, 3)


@pytest.mark.parametrize(
    ("expected", "scheme"),
    [
        ("news/bridge/", "news/{slug}/"),
        ("2026/05/bridge/", "{date:%Y}/{date:%m}/{slug}/"),
        ("2026/05/03/bridge.html", "{date:%Y/%m/%d}/{slug}.html"),
        ("posts/2026-05-03-bridge/", "posts/{date:%Y-%m-%d}-{slug}/"),
        ("bridge.html", "{slug}.html"),
        ("Blog/bridge/", "Blog/{slug}/"),
    ],
)
def test_scheme_is_written_as_pelicans_are(expected: str, scheme: str):
    """Slug and date stand where the owner puts them."""
    assert scheme == read_settings({"DIGEST_ITEM_URL": scheme}).item_url
    assert expected == ItemUrl(scheme).address("bridge", DAY)


@pytest.mark.parametrize(
    ("reason", "scheme"),
    [
        ("must name {slug} once", "news/"),
        ("must name {slug} once", ""),
        ("must name {slug} once", "{slug}/{slug}/"),
        ("has {lang}; there are {slug}", "{lang}/{slug}/"),
        ("has {date:%b}; there are {slug}", "{date:%b}/{slug}/"),
        ("has {date}; there are {slug}", "{date}/{slug}/"),
        ("has {slug.__class__}; there are {slug}", "{slug.__class__}/{slug}/"),
        ("must end in / or .html", "news/{slug}"),
        ("must end in / or .html", "news/{slug}.php"),
        ("must be names with /", "/news/{slug}/"),
        ("must be names with /", "../{slug}/"),
        ("must be names with /", "a//{slug}/"),
        ("must be names with /", "a/./{slug}/"),
        ("must be names with /", "news/{slug}/?page=1/"),
        ("must be names with /", "https://a.example/{slug}/"),
        ("must be names with /", ".git/{slug}/"),
        ("must be names with /", "a b/{slug}/"),
        ("must be names with /", "{slug}}/"),
        ("is where the site has other pages (topics/)", "topics/{slug}/"),
        ("is where the site has other pages (API/)", "API/{slug}/"),
    ],
)
def test_scheme_that_is_not_safe_or_not_unique_is_refused(reason: str, scheme: str):
    """The line names it, says why, and shows one that is right."""
    for name, value in (("DIGEST_ITEM_URL", scheme), ("DIGEST_ITEM_URL_FORMERLY", [scheme])):
        with pytest.raises(SettingError) as caught:
            read_settings({name: value})
        (said,) = caught.value.problems
        assert said.startswith(f"{name}: {scheme!r} {reason}")
        assert "write it like 'news/{slug}/'" in said


@given(
    slugs=st.lists(st.from_regex(r"[a-z0-9][a-z0-9-]{0,8}", fullmatch=True), min_size=2, max_size=2, unique=True),
    days=st.tuples(st.dates(), st.dates()),
    scheme=st.sampled_from(["{slug}/", "{date:%Y}-{slug}/", "{slug}-{date:%d}.html", "{date:%d}{slug}{date:%m}/"]),
)
def test_two_slugs_never_have_one_address(slugs: list[str], days: tuple[date, date], scheme: str):
    """Whatever the days are: a slug is written once, and what stands beside it is of one length."""
    one, other = (ItemUrl(scheme).address(slug, day) for slug, day in zip(slugs, days, strict=True))
    assert one != other


def test_the_sites_own_places_are_known():
    """A page of a new kind is added to the list, or an item could stand on it."""
    items = [make_item("a", story="s", topics=("T",)), make_item("b", story="s", topics=("T",))]
    planned = {plan.save_as for plan in plan_site(make_room(items, domain="a.example", newsletter_mails=True))}
    tops = {path.partition("/")[0] for path in planned if path.endswith((".html", "/")) or "/" in path}
    assert set() == {top for top in tops if not (top.isdigit() or top == "news" or top in OURS)}
    for address in ("2026/", "2026/05/", "2026/05/03/", "2026/w18/", "About/", "404.html"):
        assert is_ours(address)
    assert not is_ours("2026/05/bridge/")


@pytest.mark.parametrize(
    ("slug", "scheme"), [("about", "{slug}/"), ("05", "{date:%Y}/{slug}/"), ("404", "{slug}.html")]
)
def test_item_keeps_the_usual_address_where_another_page_is(slug: str, scheme: str):
    """Neither takes the other's place."""
    assert f"news/{slug}/" == ItemUrl(scheme).address(slug, DAY)


def test_old_address_leads_on_by_page_and_by_line():
    """Wherever the site lies; an item that stayed where it was has no page that leads to itself."""
    items = [
        make_item("größe", date="2026-05-03T08:00", address="2026/gr%C3%B6%C3%9Fe/", title="A & B"),
        make_item("05", date="2026-05-01T08:00", address="news/05/"),
    ]
    room = make_room(items, item_url="{date:%Y}/{slug}/", url="https://tiny.example/repo")
    files = {plan.save_as: plan.data.decode() for plan in map(made, plan_hosting(room))}  # type: ignore[attr-defined]
    assert {".nojekyll", "_redirects", "news/größe/index.html"} == files.keys()
    page = files["news/größe/index.html"]
    assert '<meta http-equiv="refresh" content="0; url=../../2026/gr%C3%B6%C3%9Fe/">' in page
    assert '<link rel="canonical" href="https://tiny.example/repo/2026/gr%C3%B6%C3%9Fe/">' in page
    assert "A &amp; B" in page
    assert "/repo/news/gr%C3%B6%C3%9Fe/ /repo/2026/gr%C3%B6%C3%9Fe/ 301\n" == files["_redirects"]


def test_site_moves_as_a_whole_and_feeds_know_their_entries(site: Site):
    """Every link leads to the new addresses, ids stay, the next build has nothing to do; the owner's own lines stay."""
    site.write("news/bridge.md", front_matter(publishedDateTime="2026-04-30T23:30:00Z"))
    site.write("news/tram.md", front_matter(webUrl='"https://post.example/b/"'))
    site.write("news/about.md", front_matter(webUrl='"https://post.example/c/"'))
    site.write("notes/apart.md", front_matter(webUrl='"https://post.example/d/"', topics=""))
    values = {"TIMEZONE": "Europe/Berlin", "DIGEST_FEED_LINKS": "page", "ARTICLE_PATHS": ["notes"]}
    site.settings(**values)
    assert 0 == site.build().returncode
    ids = re.findall("<id>(.*?)</id>", site.page("feeds/all.atom.xml"))
    site.settings(**values, DIGEST_ITEM_URL="{date:%Y}/{date:%m}/{slug}/")
    result = site.build("--fatal", "warnings")
    assert 0 == result.returncode, result.stdout
    home, feed = site.page("index.html"), site.page("feeds/all.atom.xml")
    for slug in ("bridge", "tram", "apart"):  # 1:30 on the first of May in Berlin
        assert f'href="/2026/05/{slug}/"' in home
        assert f"https://tiny.example/2026/05/{slug}/" in feed
        assert "A headline" in site.page(f"2026/05/{slug}/index.html")
        assert f"url=../../2026/05/{slug}/" in site.page(f"news/{slug}/index.html")
    assert 5 == len(ids)
    assert ids == re.findall("<id>(.*?)</id>", feed)
    assert "https://tiny.example/2026/05/tram/" in site.page("sitemap-items.xml")
    assert "0 files changed" in site.build().stdout

    site.settings(
        **values,
        DIGEST_ITEM_URL="{slug}/",
        DIGEST_ITEM_URL_FORMERLY=["{date:%Y}/{date:%m}/{slug}/"],
        STATIC_PATHS=["extra"],
        EXTRA_PATH_METADATA={"extra/_redirects": {"path": "_redirects"}},
    )
    site.write("extra/_redirects", "/old /new 301\n")
    said = site.build().stdout
    assert "_redirects is your own: News Digest writes none" in " ".join(said.split())
    assert "/old /new 301\n" == site.page("_redirects")
    assert "news/about.md: ND143 about: its page is news/about/" in " ".join(said.split())
    assert "url=../../../tram/" in site.page("2026/05/tram/index.html")
    assert not (site.output / "news" / "tram").exists()
    assert "A headline" in site.page("news/about/index.html")
