"""Keys that are none of the format's name the one that was meant; values are complained of in plain words."""

from __future__ import annotations

import pytest

from pelican.plugins.news_digest.model import ItemType, VideoRef
from tests.builders import front_matter
from tests.frontmatter.parsing import parse

LEAST = {"title": "A", "publishedDateTime": "2026-05-01", "webUrl": '"https://a.example/b"'}


def said(without: str = "", **values: str) -> list[tuple[str, str]]:
    """Return code and hint of what is said of an item that lacks the key *without* and has *values*."""
    lines = {name: value for name, value in {**LEAST, **values}.items() if name != without}
    text = "".join(f"{name}: {value}\n" for name, value in lines.items())
    return [(d.code, d.hint) for d in parse(f"---\n{text}---\nText.").diagnostics]


@pytest.mark.parametrize(
    ("meant", "key"),
    [
        ("webUrl", "link"), ("webUrl", "url"), ("webUrl", "weburl"), ("webUrl", "web_url"), ("webUrl", "webURL"),
        ("webUrl", "external-url"), ("webUrl", "wbeUrl"), ("images", "image"), ("images", "cover_image"),
        ("images", "imgaes"), ("excerpt", "description"), ("excerpt", "Excerpt"), ("excerpt", "exerpt"),
        ("summary", "Summary"), ("topics", "keywords"), ("topics", "topcs"), ("tags", "Tags"), ("provider", "source"),
        ("provider", "provder"), ("title", "tilte"), ("title", "headline"), ("featuredContent", "video"),
        ("publishedDateTime", "publishedDatetime"), ("publishedDateTime", "created_at"), ("date", "Date"),
        ("updatedDateTime", "lastmod"), ("related", "realted"), ("quality", "qualty"),
    ],
)  # fmt: skip
def test_the_key_that_was_meant_is_named(meant: str, key: str):
    """Misspelt, in another case, or as neighbours of the format have it."""
    without = {"date": "publishedDateTime", "summary": "excerpt", "tags": "topics"}.get(meant, meant)
    assert ("ND124", f"did you mean {meant}?") in said(without, **{key: '"https://a.example/c"'})


@pytest.mark.parametrize(
    "key", ["mood", "link", "url", "comments", "layout", "toc", "weight", "authors", "depth", "state"]
)
def test_keys_of_ones_own_are_left_in_peace(key: str):
    """Nobody is asked about a key that looks like none, or like one that is there."""
    assert "ND124" not in [code for code, _ in said(**{key: "calm"})]


@pytest.mark.parametrize(
    ("expected", "key", "value"),
    [
        (True, "noindex", "true"), (True, "sitemap", "false"), (True, "sitemap", "{disable: true}"),
        (True, "robots", '"noindex, nofollow"'), (True, "searchHidden", "true"), (False, "robots", '"index, follow"'),
        (False, "search", "harbour"),
    ],
)  # fmt: skip
def test_what_hides_from_some_is_said_to_have_no_effect(expected: bool, key: str, value: str):
    """An item is shown to everybody or to nobody."""
    assert expected == (("ND124", "write 'draft: true' to hide it") in said(**{key: value}))


def test_keys_inside_are_named_too():
    """Of providers, pictures and related entries."""
    assert [("ND124", "did you mean name?")] == said(provider="{nmae: The Post, domain: a.example}")
    assert ("ND124", "did you mean url?") in said(images='[{src: "https://a.example/c.jpg", width: 5, height: 5}]')
    assert [("ND108", "did you mean webUrl by link?")] == said(related='[{title: A, link: "https://a.example/c"}]')
    assert [] == said(provider="{name: The Post, domain: a.example, authors: [{name: Ada}]}")


@pytest.mark.parametrize(
    ("words", "key", "value"),
    [
        ('quality: "high" is not a whole number', "quality", "high"),
        ('heat: "99999999999" is not a whole number up to 2,147,483,648', "heat", "99999999999"),
        ('heat: "1.5" is not a whole number', "heat", "1.5"),
        ('topics: "5" is not a list', "topics", "5"),
        ('provider: "The Post" is not a map of', "provider", "The Post"),
        ("images.0.width: a list is not a whole number", "images", "[{width: [5]}]"),
        ('images.0.isCached: "perhaps" is not true or false', "images", "[{isCached: perhaps}]"),
    ],
)
def test_values_are_complained_of_in_plain_words(words: str, key: str, value: str):
    """With what stands there, and what should."""
    messages = [d.message for d in parse(front_matter(**{key: value})).diagnostics if d.code == "ND107"]
    assert [True] == [message.startswith(words) for message in messages]


@pytest.mark.parametrize(
    ("expected", "values", "body"),
    [
        (["ND125"], {}, ""),
        (["ND125"], {}, "<!-- still to be written -->"),
        ([], {}, "Text."),
        ([], {"webUrl": '"https://a.example/b"'}, ""),
        ([], {"originalUrl": '"https://a.example/b"'}, ""),
        (["ND108"], {"webUrl": '"a.example/b"'}, ""),
        (["ND124"], {"link": '"https://a.example/b"'}, ""),
        ([], {"status": "draft"}, ""),
        (["ND104"], {"publishedDateTime": "soon"}, ""),
        ([], {"type": "video", "featuredContent": '"https://youtu.be/dQw4w9WgXcQ"'}, ""),
    ],
)
def test_an_item_without_link_and_text_is_said(expected: list[str], values: dict[str, str], body: str):
    """Its page would be empty; where an address was refused, that is said alone."""
    lines = {"title": "A", "publishedDateTime": "2026-05-01", **values}
    text = "".join(f"{name}: {value}\n" for name, value in lines.items())
    assert expected == sorted(d.code for d in parse(f"---\n{text}---\n{body}").diagnostics)


@pytest.mark.parametrize("key", ["webUrl", "originalUrl"])
def test_a_video_plays_from_its_address_alone(key: str):
    """`type: video` and an address of YouTube's are enough; an article that leads there has no player."""
    address = '"https://www.youtube.com/watch?v=dQw4w9WgXcQ"'
    values = {"webUrl": "", key: address}
    found = parse(front_matter(type="video", **values)).item
    assert found is not None
    assert (ItemType.VIDEO, VideoRef(host="youtube", id="dQw4w9WgXcQ")) == (found.type, found.video)
    article = parse(front_matter(**values)).item
    assert article is not None
    assert article.video is None
