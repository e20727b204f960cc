"""Whether a host allows the site, and what of it is largest."""

from __future__ import annotations

import pytest

from pelican.plugins.news_digest.audit.size import HOSTS, check_size, host_of, megabytes, parts_of, reaches

MEGA = 1_000_000


def said(sizes: dict[str, int], host: str, *, items: int = 0) -> list[str]:
    """Return the codes and messages about a site of *sizes*."""
    found = check_size(sizes, host=host, items=items)
    return [f"{diagnostic.code} {diagnostic.path}: {diagnostic.message} → {diagnostic.hint}" for diagnostic in found]


def pages(count: int, *, size: int = 1) -> dict[str, int]:
    """Return so many pages of items, each in a folder of its own."""
    return {f"news/{number}/index.html": size for number in range(count)}


def test_site_that_is_too_large_for_github_says_what_is_largest():
    """The limit, the size, and where to begin."""
    sizes = {"news/a/index.html": 300 * MEGA, "news/b/index.html": 200 * MEGA, "images/a.jpg": 600 * MEGA}
    expected = (
        "ND502 output: the site has 1.1 GB; github-pages allows 1.0 GB → largest: images/ 600.0 MB, news/ 500.0 MB"
    )
    assert [expected] == said(sizes, "github-pages")


def test_site_that_is_nearly_too_large_is_a_warning():
    """At 80 per cent there is time to do something."""
    assert [] == said({"a": 800 * MEGA}, "github-pages")
    (found,) = said({"a": 801 * MEGA}, "github-pages")
    assert found.startswith("ND503 output: the site has 801.0 MB")
    assert [] == said({"a": 8000 * MEGA}, "none")


def test_number_and_size_of_files_have_limits_elsewhere():
    """Cloudflare counts files, and looks at each."""
    (found,) = said(pages(20_001), "cloudflare-pages")
    assert "the site has 20,001 files; cloudflare-pages allows 20,000 files → most: news/ 20,001" in found
    assert [] == said(pages(20_001), "cloudflare-pages-paid")
    (found,) = said({"video.mp4": 30 * MEGA, "a": 1}, "cloudflare-pages")
    assert found.startswith("ND502 video.mp4: the file has 30.0 MB; cloudflare-pages allows 26.2 MB")


def test_folders_count_where_a_host_counts_them():
    """GitLab counts entries, and each page has a folder; the folder "news" is one more."""
    assert [] == said(pages(79_999), "gitlab-pages")
    (found,) = said(pages(80_000), "gitlab-pages")
    assert "ND503 output: the site has 160,001 files and folders; gitlab-pages allows 200,000 files" in found


def test_one_folder_may_be_too_full():
    """Netlify counts the files of each folder, not those below it."""
    assert [] == said(pages(60_000), "netlify")
    (found,) = said({f"api/clusters/{n}.json": 1 for n in range(54_001)}, "netlify")
    assert "ND502 output: the site has 54,001 files in one folder; netlify allows 54,000 files in one folder" in found
    assert found.endswith("→ it is api/clusters")


def test_room_is_reckoned_from_what_an_item_takes():
    """What each site has once is taken off first; the smallest comes first, with the limit that it is by."""
    sizes = {**pages(2_000, size=50_000), "theme/main.css": 100_000_000}
    found = [(reach.items, reach.host, reach.limit) for reach in reaches(sizes, items=1_000)]
    assert [
        (9_000, "github-pages", "1.0 GB"),
        (9_000, "gitlab-pages", "1.0 GB"),
        (9_900, "cloudflare-pages", "20,000 files"),
        (49_000, "cloudflare-pages-paid", "100,000 files"),
    ] == found


def test_room_is_said_where_it_ends():
    """Who is near a limit, or over it, reads for how many items there is room."""
    (found,) = said(pages(18_000), "cloudflare-pages", items=9_000)
    assert found.endswith("; cloudflare-pages has room for about 10,000 items, and there are 9,000")
    (found,) = said(pages(24_000), "cloudflare-pages", items=12_000)
    assert found.endswith("; cloudflare-pages has room for about 10,000 items, and there are 12,000")
    assert "room" not in said(pages(18_000), "cloudflare-pages", items=100)[0]


def test_room_never_ends_below_nothing():
    """What a site has once may fill a host by itself."""
    sizes = {**pages(1_000), "theme/film.mp4": 2_000 * MEGA}
    assert 0 == reaches(sizes, items=1_000)[0].items


@pytest.mark.parametrize(
    ("host", "siteurl"),
    [
        ("github-pages", "https://name.github.io/repo"),
        ("gitlab-pages", "https://group.gitlab.io"),
        ("cloudflare-pages", "https://harbour.pages.dev/"),
        ("netlify", "https://harbour.netlify.app"),
        ("github-pages", "https://digest.example.org"),
        ("github-pages", "https://netlify.app.example.org"),
        ("github-pages", "https://[netlify.app"),
        ("github-pages", ""),
    ],
)
def test_host_is_known_by_its_address(host: str, siteurl: str):
    """A domain of one's own tells nothing."""
    assert host == host_of(siteurl)


def test_every_host_is_known():
    """An unknown one is a bug, not a site without limits."""
    with pytest.raises(KeyError):
        list(check_size({}, host="mars"))
    assert all(name == name.lower() for name in HOSTS)


def test_parts_are_folders_and_files_at_the_top():
    """Largest first; of equal ones the first in the alphabet."""
    found = parts_of({"b/x": 2, "b/y/z": 3, "a": 5, "c": 1})
    assert [("a", 5, 1), ("b/", 5, 2), ("c", 1, 1)] == [(part.path, part.bytes, part.files) for part in found]


@pytest.mark.parametrize(
    ("expected", "size"), [("0 B", 0), ("999 B", 999), ("1.0 kB", 1000), ("1.5 MB", 1_500_000), ("1.0 GB", 10**9)]
)
def test_sizes_are_readable(expected: str, size: int):
    """As the hosts write them: in thousands."""
    assert expected == megabytes(size)
