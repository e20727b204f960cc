"""Names of stories from build to build: what was given out is written down when it would be lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.builders import front_matter

if TYPE_CHECKING:
    from tests.conftest import Site

QUICK = {"DIGEST_SEARCH": False, "DIGEST_CARDS": "none", "DIGEST_NEWSLETTER": "none", "DIGEST_WORKERS": 1}


def write(site: Site, name: str, *, day: int, lists: str = "", **values: str) -> None:
    """Write an item that lives at its own host and lists those of *lists*."""
    related = "".join(f"\n  - webUrl: https://{other}.example/" for other in lists if other != name)
    date = f"2026-05-{day:02}T08:00:00Z"
    text = front_matter(webUrl=f"https://{name}.example/", publishedDateTime=date, related=related, **values)
    site.write(f"news/{name}.md", text)


def build(site: Site, *arguments: str) -> None:
    """Build, and expect no trouble."""
    result = site.build(*arguments)
    assert 0 == result.returncode, result.stdout


def test_a_merge_keeps_the_address_of_what_it_ended(site: Site):
    """By a line that the build writes, so that a build without a past says the same."""
    site.settings(**QUICK)
    for day, name in enumerate("abcd", start=1):
        write(site, name, day=day, story="p" if name in "ab" else "q")
    build(site)
    assert not (site.root / "content" / "addresses.yaml").exists()
    for day, name in enumerate("cd", start=3):
        write(site, name, day=day, story="p")
    build(site)
    assert '"stories/q": "c"\n' in (site.root / "content" / "addresses.yaml").read_text()
    assert "../p/" in site.page("stories/q/index.html")
    built = site.files()
    build(site, "-o", "clean", "-e", "DIGEST_CACHE=false")
    assert site.page("stories/q/index.html") == (site.root / "clean" / "stories" / "q" / "index.html").read_text()
    assert built == site.files()


def test_the_name_of_a_removed_report_is_nowhere(site: Site):
    """Its story goes on under the name of the next one, and nothing leads there from the old address."""
    site.settings(**QUICK)
    for day, name in enumerate("abc", start=1):
        write(site, name, day=day, lists="abc")
    build(site)
    assert (site.output / "stories" / "a" / "index.html").exists()
    write(site, "a", day=1, lists="abc", removed="true")
    build(site)
    assert not (site.output / "stories" / "a").exists()
    assert (site.output / "stories" / "b" / "index.html").exists()
    assert not (site.root / "content" / "addresses.yaml").exists()
