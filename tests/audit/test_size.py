"""Whether a host allows the site, and what of it is largest."""

from __future__ import annotations

import pytest

from pelican.plugins.news_digest.audit.size import HOSTS, check_size, megabytes, parts_of

MEGA = 1_000_000


def said(sizes: dict[str, int], host: str) -> list[str]:
    """Return the codes and messages about a site of *sizes*."""
    return [f"{found.code} {found.path}: {found.message} → {found.hint}" for found in check_size(sizes, host=host)]


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
    sizes = {f"news/{n}/index.html": 1 for n in range(20_001)}
    (found,) = said(sizes, "cloudflare-pages")
    assert "the site has 20,001 files; cloudflare-pages allows 20,000 → most: news/ 20,001" in found
    (found,) = said({"video.mp4": 30 * MEGA, "a": 1}, "cloudflare-pages")
    assert found.startswith("ND502 video.mp4: the file has 30.0 MB; cloudflare-pages allows 26.2 MB")


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
