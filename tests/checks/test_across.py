"""What is odd between files is said of each of them, with its line and the others' names."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import front_matter
from tests.checks.archives import report_of, said_of


def related(*entries: str) -> str:
    """Return ``related`` with one entry for each address; its title is what stands before the bar."""
    pairs = (entry.split("|") for entry in entries)
    return "".join(f'\n  - title: "{title}"\n    webUrl: "{url}"' for title, url in pairs)


def test_one_address_in_two_files(tmp_path: Path):
    """Both files are named; tracking parameters do not tell two addresses apart."""
    files = {
        "news/a.md": front_matter(webUrl='"https://post.example/x"'),
        "news/b.md": front_matter(webUrl='"https://www.post.example/x/?utm_source=y"', title='"Another"'),
        "news/c.md": front_matter(webUrl='"https://post.example/z"', title='"One more"'),
    }
    assert [
        "news/a.md:6: ND401 webUrl: news/b.md links to the same URL → lists show the one with the most heat",
        "news/b.md:6: ND401 webUrl: news/a.md links to the same URL → lists show the one with the most heat",
    ] == said_of(report_of(tmp_path, files), "ND401")


def test_one_title_in_many_files(tmp_path: Path):
    """Three of the others are named, the rest is a number."""
    files = {f"news/{n}.md": front_matter(webUrl=f'"https://post.example/{n}"') for n in "abcdef"}
    found = said_of(report_of(tmp_path, files), "ND402")
    assert 6 == len(found)
    assert "news/a.md:3: ND402 title: news/b.md, news/c.md, news/d.md and 2 more has the same title" == found[0]


def test_items_that_live_here_share_no_address(tmp_path: Path):
    """No link is nobody's address."""
    files = {f"news/{n}.md": front_matter(webUrl="", title=f'"{n}"') for n in "ab"}
    assert [] == said_of(report_of(tmp_path, files), "ND401")


def test_related_entries(tmp_path: Path):
    """Itself, repeats and other titles are found at their lines; unknown targets are nobody's concern."""
    rows = (
        "A headline|https://post.example/a/",
        "B|https://post.example/b",
        "B|https://post.example/b",
        "Not B|https://post.example/b#top",
        "Elsewhere|https://elsewhere.example/",
    )
    files = {
        "news/a.md": front_matter(related=related(*rows)),
        "news/b.md": front_matter(webUrl='"https://post.example/b"', title='"B"'),
    }
    report = report_of(tmp_path, files)
    assert ["news/a.md:17: ND403 related: leads to the item itself → not shown"] == said_of(report, "ND403")
    assert [
        "news/a.md:21: ND404 related: 'B' is already in this list → shown once",
        "news/a.md:23: ND404 related: 'Not B' is already in this list → shown once",
    ] == said_of(report, "ND404")
    assert [
        (
            "news/a.md:23: ND405 related: 'Not B': news/b.md has a different title at this URL"
            " → the file's own title is shown"
        )
    ] == said_of(report, "ND405")


def test_related_entry_of_a_twin(tmp_path: Path):
    """Two files with one address list each other: that is their own address, and the other's title."""
    one, two = "One|https://post.example/x", "Two|https://post.example/x"
    files = {
        "news/a.md": front_matter(webUrl='"https://post.example/x"', title='"One"', related=related(two)),
        "news/b.md": front_matter(webUrl='"https://post.example/x"', title='"Two"', related=related(one)),
    }
    report = report_of(tmp_path, files)
    assert [
        "news/a.md:17: ND403 related: leads to the item itself → not shown",
        "news/b.md:17: ND403 related: leads to the item's own URL, which news/a.md has → not shown",
    ] == said_of(report, "ND403")
    assert [
        (
            "news/a.md:17: ND405 related: 'Two': news/a.md has a different title at this URL;"
            " one more file has this one → the file's own title is shown"
        )
    ] == said_of(report, "ND405")


def provider(name: str, domain: str) -> str:
    """Return ``provider`` as YAML."""
    return f"\n  name: {name}\n  domain: {domain}"


def test_names_and_domains(tmp_path: Path):
    """One name on two domains and two names on one are said once each; a record's other name makes it right."""
    files = {
        "news/a.md": front_matter(provider=provider("Wire", "a.example")),
        "news/b.md": front_matter(provider=provider("Wire", "b.example"), title="B"),
        "news/c.md": front_matter(provider=provider("Other", "a.example"), title="C"),
    }
    report = report_of(tmp_path / "one", files)
    assert [
        (
            "news/a.md:1: ND406 provider.name: 'Wire' is used for 2 domains: a.example, b.example"
            " → a record with otherNames makes them one source"
        ),
        (
            "news/a.md:1: ND407 provider.domain: a.example has 2 names: 'Other', 'Wire'"
            " → each item shows its own; a record gives one name for all"
        ),
    ] == said_of(report, "ND406", "ND407")
    record = "---\ndomain: a.example\nname: The Wire\notherNames: [Wire]\n---\n"
    assert [] == said_of(report_of(tmp_path / "two", {**files, "providers/a.example.md": record}), "ND406", "ND407")


def test_generic_pictures(tmp_path: Path):
    """A picture that many items share, or that is called a logo, is named once."""
    images = "\n  - url: https://post.example/{}\n    width: 100\n    height: 50"
    files = {
        f"news/{n}.md": front_matter(images=images.format("share.png"), webUrl=f"https://post.example/{n}", title=n)
        for n in "abcde"
    }
    files["news/f.md"] = front_matter(images=images.format("our-logo.png"), title="F")
    files["news/g.md"] = front_matter(images=images.format("harbour.png"), title="G")
    assert [
        "news/a.md:1: ND408 images: https://post.example/share.png is a logo or a share card (on 5 items) → not shown",
        (
            "news/f.md:1: ND408 images: https://post.example/our-logo.png is a logo or a share card (on one item)"
            " → not shown"
        ),
    ] == said_of(report_of(tmp_path, files), "ND408")


TOPIC = "_id: {id}\nname: {id}\n"


def test_topic_records(tmp_path: Path):
    """Dead data is found: another service's address, two hashtags in one, a keyword twice, a topic of no item."""
    files = {
        "news/a.md": front_matter(topics="\n  - Harbour"),
        "topics/city.yaml": TOPIC.format(id="City"),
        "topics/harbour.yaml": TOPIC.format(id="Harbour")
        + 'parent: City\nhashtags: ["#a #b", "#c"]\nkeywords: [x, X]\n'
        "services:\n  news: https://x.example/api/news/harbour/\n  learning: https://x.example/api/news/harbour/\n",
        "topics/sea.yaml": TOPIC.format(id="Sea"),
    }
    assert [
        "topics/harbour.yaml:1: ND421 hashtags: '#a #b' contains two",
        "topics/harbour.yaml:1: ND421 keywords: 'x' appears 2 times",
        "topics/harbour.yaml:1: ND421 services.learning: leads to news: https://x.example/api/news/harbour/",
        "topics/sea.yaml:1: ND422 name: no item has the topic 'Sea', and no topic is below it",
    ] == said_of(report_of(tmp_path, files), "ND421", "ND422")


def test_provider_records(tmp_path: Path):
    """Two records of one domain, and pictures that are not there, are found."""
    record = "---\ndomain: a.example\nimages:\n  - url: /assets/a.png\n  - url: /assets/b.png\n---\n"
    files = {"providers/one.md": record, "providers/two.md": record}
    report = report_of(tmp_path, files, local_files=frozenset({"assets/a.png"}))
    absent = "ND424 images: not among the site's files: /assets/b.png"
    assert [
        f"providers/one.md:1: {absent}",
        "providers/two.md:1: ND423 domain: a.example already has a record: providers/one.md → the last one is used",
        f"providers/two.md:1: {absent}",
    ] == said_of(report, "ND423", "ND424")


@pytest.mark.parametrize("code", ["ND121", "ND120"])
def test_what_is_true_of_many_files_is_said_once(code: str, tmp_path: Path):
    """An unknown key or type is one line, however many files have it; another one is another line."""
    files = {f"news/{n}.md": front_matter(title=n, mood="good", type="podcast") for n in "abc"}
    files["news/d.md"] = front_matter(title="D", temper="bad", type="opera")
    found = said_of(report_of(tmp_path, files), code)
    assert 2 == len(found)
    assert found[0].startswith("news/a.md:")
    assert "(in 3 files)" in found[0]
    assert found[1].startswith("news/d.md:")
    assert "files)" not in found[1]
