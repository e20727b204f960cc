"""Topic and provider records give what they can, whatever stands in them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pelican.plugins.news_digest.frontmatter.records import parse_provider, parse_topic
from pelican.plugins.news_digest.model import ImageRef, ProviderRecord, TopicRecord


def topic(text: str, *, stem: str = "harbour") -> TopicRecord:
    """Return the topic that *text* describes; it must be beyond reproach."""
    found = parse_topic(text, source_path=f"topics/{stem}.yaml", stem=stem)
    assert found.diagnostics == ()
    assert found.record is not None
    return found.record


def provider(text: str, *, stem: str = "post.example") -> ProviderRecord:
    """Return the provider that *text* describes; it must be beyond reproach."""
    found = parse_provider(text, source_path=f"providers/{stem}.md", stem=stem)
    assert found.diagnostics == ()
    assert found.record is not None
    return found.record


def test_a_topic_record_is_read_whole() -> None:
    """Every field of a topic record arrives, cleaned."""
    text = (
        "taxonomy: topic\n_id: harbour\nname: ' Old &amp; new Harbour'\nshortname: Harbour\nparent: City\n"
        "keywords: [pier, ' quay ']\nhashtags: ['#pier']\nimages: [/images/pier.jpg]\n"
        "services: {news: /api/news/harbour}\ndescription: '<b>Ships</b> &amp; more'\n"
    )
    expected = TopicRecord(
        id="harbour",
        name="Old & new Harbour",
        short_name="Harbour",
        parent="City",
        keywords=("pier", "quay"),
        hashtags=("#pier",),
        images=("/images/pier.jpg",),
        services={"news": "/api/news/harbour"},
        description="Ships & more",
        source_path="topics/harbour.yaml",
    )
    assert expected == topic(text)


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (("harbour", "harbour"), ""),
        (("harbour", "Docks"), "name: Docks"),
        (("docks", "harbour"), "_id: docks"),
        (("harbour", "2026"), "name: 2026"),
        (("old-docks", "Old Docks"), "_id: Old Docks!\nname: Old Docks"),
        (("etc-passwd", "harbour"), "_id: ../etc/passwd"),
        (("harbour", "harbour"), "name: [a]\n_id: {b: c}\nservices: [x]\nkeywords: {a: b}"),
    ],
)
def test_a_topic_is_named_by_its_file_where_it_names_itself_badly(expected: tuple[str, str], text: str) -> None:
    """The id is one segment of an address, and name and id follow from the file's name where they are missing."""
    found = topic(text)
    assert expected == (found.id, found.name)


@pytest.mark.parametrize(
    "text", ["name: Docks\n", "---\nname: Docks\n", "---\nname: Docks\n---\n", "---\nname: Docks\n---\nText."]
)
def test_a_record_may_stand_between_dashes(text: str) -> None:
    """Plain YAML, YAML with a first line of dashes, and a block in a Markdown file are the same."""
    assert topic(text).name == "Docks"


def test_one_text_is_a_list_of_one() -> None:
    """A single keyword needs no brackets."""
    assert topic("keywords: pier").keywords == ("pier",)


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (
            "topics/x.yaml:2: ND201 not YAML: mapping values are not allowed in this context → the record is left out",
            "a: 1\nb: c: d\n",
        ),
        (
            "topics/x.yaml:3: ND201 not YAML: the key 'a' appears twice → the record is left out",
            "---\na: 1\na: 2\n---\n",
        ),
    ],
)
def test_a_broken_topic_record_is_left_out(expected: str, text: str) -> None:
    """A record that is not YAML is reported at its line."""
    found = parse_topic(text, source_path="topics/x.yaml", stem="x")
    assert (None, [expected]) == (found.record, [str(diagnostic) for diagnostic in found.diagnostics])


def test_a_provider_record_is_read_whole() -> None:
    """Every field of a provider record arrives, cleaned; pictures that cannot be asked for do not."""
    text = (
        "---\ntaxonomy: organization\n_id: Post.Example\nname: The Post%2c Inc.\notherNames: [Post Daily]\n"
        "description: News &amp; views\nimages:\n  - {url: /assets/post.png, width: 50, height: 50}\n"
        "  - https://post.example/a b.png\n  - {url: 'javascript:x'}\n  - {width: 3}\n  - 7\n---\n"
    )
    expected = ProviderRecord(
        domain="post.example",
        name="The Post, Inc.",
        other_names=("Post Daily",),
        description="News & views",
        images=(
            ImageRef(url="/assets/post.png", width_px=50, height_px=50),
            ImageRef(url="https://post.example/a%20b.png"),
        ),
        source_path="providers/post.example.md",
    )
    assert expected == provider(text)


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("post.example", "---\n---\n"),
        ("daily.example", "---\n_id: daily.example\n---\n"),
        ("daily.example", "---\n_id: other.example\ndomain: https://www.Daily.example/\n---\n"),
    ],
)
def test_a_provider_is_keyed_by_its_domain(expected: str, text: str) -> None:
    """The domain is what the record says, else its id, else its file's name; no name is made up."""
    found = provider(text)
    assert (expected, "") == (found.domain, found.name)


def test_a_provider_without_a_domain_is_left_out() -> None:
    """A record that no item could belong to is reported."""
    found = parse_provider("---\nname: The Post\n---\n", source_path="providers/The Post.md", stem="The Post")
    expected = "providers/The Post.md:1: ND211 domain: missing → name the file after the domain"
    assert (None, [expected]) == (found.record, [str(diagnostic) for diagnostic in found.diagnostics])


def test_a_broken_provider_record_is_left_out() -> None:
    """A record that is not YAML is reported at its line."""
    found = parse_provider("---\nname: [\n---\n", source_path="providers/p.example.md", stem="p.example")
    assert found.record is None
    assert [diagnostic.code for diagnostic in found.diagnostics] == ["ND211"]


def test_sizes_are_numbers_above_nought() -> None:
    """What is no size is unknown."""
    images = provider(
        "---\nimages:\n  - {url: /a.png, width: -5, height: wide}\n  - {url: /b.png, width: true}\n---\n"
    ).images
    assert [(image.width_px, image.height_px) for image in images] == [(0, 0), (0, 0)]
    assert [int] * 4 == [type(size) for image in images for size in (image.width_px, image.height_px)]


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60) | st.text(st.sampled_from("ab:-[]{}&*!'\" \n#?|_idname")))
def test_no_text_raises(text: str) -> None:
    """Any text gives a record or a diagnostic, of both kinds."""
    found = (
        parse_topic(text, source_path="topics/x.yaml", stem="x"),
        parse_provider(text, source_path="providers/x.example.md", stem="x.example"),
    )
    assert [bool(parsed.record) + len(parsed.diagnostics) for parsed in found] == [1, 1]
