"""One file's text becomes one clean item, or the diagnostics that say why not; nothing else ever happens."""

from __future__ import annotations

import pytest
import yaml

from pelican.plugins.news_digest.frontmatter.items.links import RelatedPool
from pelican.plugins.news_digest.frontmatter.items.values import public_values, raw_of
from pelican.plugins.news_digest.frontmatter.yaml.plain import load_plain
from pelican.plugins.news_digest.model import ItemType, Status
from tests.builders import front_matter
from tests.frontmatter.parsing import codes, is_sound, item, parse


def test_a_faultless_file_says_nothing() -> None:
    """The text that the builder writes becomes the item it describes."""
    found = item(front_matter())
    assert (
        found.title,
        found.excerpt,
        found.url,
        found.topics,
        found.quality,
        found.heat,
    ) == ("A headline", "What happened.", "https://post.example/a/", ("Harbour",), 60, 80)
    assert (
        found.status,
        found.type,
        found.slug,
        found.address,
        found.source_path,
    ) == (Status.PUBLISHED, ItemType.ARTICLE, "x", "news/x/", "news/x.md")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("secured", '"S3CR3T=="'),
        ("secured", '["S3CR3T=="]'),
        ("related", '[{webUrl: "https://a.example/", title: a, secured: "S3CR3T=="}]'),
        ("provider", '{name: a, domain: a.example, secured: "S3CR3T=="}'),
        ("images", '[{url: "https://a.example/a.jpg", secured: "S3CR3T=="}]'),
        ("title", '{secured: "S3CR3T=="}'),
        ("mood", '{deep: [{Secured: "S3CR3T=="}]}'),
        ("SECURED", '"S3CR3T=="'),
    ],
)
def test_secured_is_kept_nowhere(key: str, value: str) -> None:
    """The encrypted value reaches neither the item, nor its raw and extra values, nor any diagnostic."""
    assert "S3CR3T" not in repr(parse(front_matter(**{key: value})))


@pytest.mark.parametrize("fault", ["title: [", 'quality: "x"', "secured: x"])
def test_secured_is_not_told_in_errors(fault: str) -> None:
    """An error in the same file does not repeat the encrypted value."""
    text = front_matter(secured='"S3CR3T=="').replace("---\n", f"---\n{fault}\n", 1)
    assert "S3CR3T" not in repr(parse(text))


def test_a_published_word_that_is_no_truth_value_does_not_publish_what_was_removed() -> None:
    """``removed: true`` in any spelling that YAML 1.2 or quotation marks allow removes."""
    for word in ("true", "True", "TRUE", '"true"', "1"):
        assert Status.REMOVED is item(front_matter(removed=word)).status


@pytest.mark.parametrize(
    ("expected", "published", "removed", "status"),
    [
        ("published", "", "", ""),
        ("published", "true", "false", ""),
        ("unpublished", "false", "", ""),
        ("removed", "true", "true", ""),
        ("removed", "false", "true", "draft"),
        ("draft", "true", "", "Draft"),
        ("draft", "true", "", "hidden"),
        ("published", "true", "", "published"),
    ],
)
def test_removed_wins_then_draft_then_unpublished(expected: str, published: str, removed: str, status: str) -> None:
    """Of all that a file says about its state the strictest holds."""
    assert expected == item(front_matter(published=published, removed=removed, status=status)).status


@pytest.mark.parametrize(
    ("expected", "locale"),
    [
        ("", ""),
        ("en", "EN"),
        ("en-US", "en-us"),
        ("en-US", "en_US"),
        ("es-419", "es-419"),
        ("zh-Hans-CN", "zh-hans-cn"),
        ("he", '" he "'),
    ],
)
def test_locales_become_language_tags(expected: str, locale: str) -> None:
    """Languages are lower case, scripts capitalized, regions upper case."""
    assert expected == item(front_matter(locale=locale)).lang


@pytest.mark.parametrize("locale", ["english", "e", "en US", '"en\\"><script>"', "en-DE-x", "[en]x"])
def test_what_is_no_language_tag_is_left_out(locale: str) -> None:
    """A tag stands in an attribute of the page, so nothing else gets there."""
    found = parse(front_matter(locale=locale))
    assert found.item is None or found.item.lang == ""
    assert found.diagnostics


def test_an_item_without_web_address_uses_the_original_one() -> None:
    """``originalUrl`` is the link out where ``webUrl`` is missing."""
    assert item(front_matter(webUrl="", originalUrl='"https://post.example/o"')).url == "https://post.example/o"


def test_another_original_address_is_kept_for_comparing() -> None:
    """Where both addresses differ, the second one still finds duplicates."""
    found = item(front_matter(originalUrl='"https://post.example/o"', ampWebUrl='"https://post.example/amp"'))
    assert found.alternate_urls == ("https://post.example/amp", "https://post.example/o")


def test_a_bad_address_for_comparing_is_nobodys_concern() -> None:
    """An AMP address that cannot be read is dropped without a word."""
    assert item(front_matter(ampWebUrl='"javascript:x"', cdnAmpWebUrl="[1]")).alternate_urls == ()


def test_a_video_that_lives_here_can_still_be_found_by_its_address() -> None:
    """Two files of one video are known by the host's address, though it is not the link out."""
    url = "https://youtube.com/watch?v=dQw4w9WgXcQ"
    found = item(front_matter(type="video", webUrl="", originalUrl=f'"{url}"'))
    assert ("", (url,)) == (found.url, found.alternate_urls)


@pytest.mark.parametrize(
    ("url", "raw"),
    [
        ("/images/a.jpg", "images/a.jpg"),
        ("/images/a.jpg", "/images/a.jpg"),
        ("/images/a.jpg", "./images/a.jpg"),
        ("/images/a.jpg", "../../images/a.jpg"),
        ("/images/a.jpg", "/images/./old/../a.jpg"),
        ("/images/a.jpg", r"images\\a.jpg"),
        ("/images/grey seal.jpg", "images/grey seal.jpg"),
        ("/images/gr%C3%A5.jpg?v=2", "/images/gr%C3%A5.jpg?v=2"),
        ("/seal.jpg", "seal.jpg"),
        ("https://cdn.example/a.jpg", "//cdn.example/a.jpg"),
        ("http://cdn.example/a.jpg", "http://cdn.example/a.jpg"),
        ("https://cdn.example/a%20b.jpg", " https://cdn.example/a b.jpg "),
    ],
)
def test_pictures_have_absolute_addresses_or_paths(url: str, raw: str) -> None:
    """A path is made to begin at the root of the site."""
    assert [url] == [image.url for image in item(front_matter(images=f'[{{url: "{raw}"}}]')).images]


@pytest.mark.parametrize(
    "raw",
    [
        "javascript:x/y",
        "data:image/png;base64,AA/",
        "images/../../b.jpg",
        "/a/../../b.jpg",
        "/\\\\evil.example/a.jpg",
        "file:///a/b",
    ],
)
def test_pictures_that_nobody_should_ask_for_are_left_out(raw: str) -> None:
    """Each of them is reported and no other value is touched."""
    found = parse(front_matter(images=f'[{{url: "{raw}"}}]'))
    assert found.item is not None
    assert (found.item.images, [diagnostic.code for diagnostic in found.diagnostics]) == ((), ["ND108"])


def test_a_path_of_a_picture_has_no_control_characters() -> None:
    """A tab between two slashes would lead a browser to another host."""
    found = parse(front_matter(images=r'[{url: "/\t/evil.example/a.jpg"}]')).item
    assert found is not None
    assert [image.url for image in found.images if not image.url.isprintable()] == []


def test_equal_related_entries_are_one_object() -> None:
    """A cluster that is repeated in every member's file is kept once."""
    pool = RelatedPool()
    text = front_matter(related='\n  - title: a\n    webUrl: "https://a.example/"')
    first, second = (parse(text, pool=pool).item for _ in range(2))
    assert first is not None
    assert second is not None
    assert first.related[0] is second.related[0]


def test_related_entries_that_only_look_equal_are_two() -> None:
    """A headline that is a number and one that is a truth value are told apart."""
    pool = RelatedPool()
    texts = [front_matter(related=f'[{{title: {word}, webUrl: "https://a.example/"}}]') for word in ("1", "true")]
    found = [parse(text, pool=pool).item for text in texts]
    assert [one.related[0].title for one in found if one is not None] == ["1", "true"]


@pytest.mark.parametrize("key", ["title", "excerpt", "provider", "topics", "webUrl"])
def test_a_related_entry_survives_lists_where_text_belongs(key: str) -> None:
    """An odd value inside an entry costs that value, or the entry, and nothing else."""
    entry = {"title": "a", "webUrl": "https://a.example/", key: ["x"]}
    found = parse(front_matter(related=yaml.safe_dump([entry], default_flow_style=True, width=1000).strip()))
    assert found.item is not None
    assert is_sound(found)


def test_a_related_entry_without_title_and_provider_shows_its_host() -> None:
    """There is always something to read and somebody who published it."""
    link = item(front_matter(related='[{webUrl: "https://www.a.example/x"}]')).related[0]
    assert link.provider is not None
    assert (link.title, link.provider.name, link.provider.domain) == ("a.example", "a.example", "a.example")


@pytest.mark.parametrize(
    "images",
    [
        '[{url: "https://a.example/a.jpg", width: 640, height: 400}]',
        '[{url: "https://a.example/a.jpg", width: 1.0, height: true}]',
        '[{height: 400, url: "https://a.example/a.jpg", width: 640, title: "T"}]',
        "[]",
    ],
)
@pytest.mark.parametrize(
    "values",
    [
        {},
        {"title": '" A &amp; b "', "excerpt": "[x]", "category": "7", "type": "Video"},
        {"topics": "[1, Trams, trams]", "provider": "\n  domain: www.a.example\n  name: A%20b"},
        {"provider": "\n  name: A\n  domain: a.example", "excerpt": '"Words."', "category": "news", "type": "article"},
    ],
)
def test_what_is_packed_is_what_the_file_says(values: dict[str, str], images: str) -> None:
    """Whether or not an item says it in the same words: each value has the type and the form that it has there."""
    data = load_plain(front_matter(**values, images=images).split("---")[1])
    item = parse(front_matter(**values, images=images)).item
    assert repr(sorted(public_values(data).items())) == repr(sorted(raw_of(item).items()))


def test_raw_values_are_those_of_the_file() -> None:
    """What existing clients read is repeated as it stands: not decoded and not trimmed."""
    found = item(front_matter(title='" Salt &amp; sea "', excerpt='"a&nbsp;b"', locale="en-us"))
    assert (raw_of(found)["title"], raw_of(found)["excerpt"]) == (" Salt &amp; sea ", "a&nbsp;b")
    assert set() == {"locale", "related", "quality", "secured"} & set(raw_of(found))


def test_numbers_that_no_format_holds_become_text() -> None:
    """A number of more than 64 bits inside an unknown key is kept as text."""
    found = parse(front_matter(mood=f"{{depth: [{2**64}]}}")).item
    assert found is not None
    assert {"mood": {"depth": [str(2**64)]}} == found.extra


@pytest.mark.parametrize(
    ("expected", "changes"),
    [
        (["ND105"], {"title": ""}),
        (["ND105"], {"title": "[]"}),
        (["ND104"], {"publishedDateTime": ""}),
        (["ND104"], {"publishedDateTime": "[]"}),
        (["ND107"], {"heat": "hot"}),
        (["ND108"], {"webUrl": "mailto:ada@post.example"}),
        (["ND109"], {"updatedDateTime": "soon"}),
        (["ND110"], {"locale": "english"}),
        (["ND111"], {"featuredContent": "x"}),
        (["ND120"], {"type": "podcast"}),
        (["ND121"], {"mood": "calm"}),
        (["ND122"], {"title": '"cafÃ©"'}),
        (["ND123"], {"slug": "y"}),
        (["ND107", "ND121"], {"heat": "hot", "mood": "calm"}),
    ],
)
def test_each_fault_has_its_code(expected: list[str], changes: dict[str, str]) -> None:
    """One fault is one diagnostic."""
    assert expected == codes(front_matter(**changes))


@pytest.mark.parametrize("value", [".inf", "1e400", "99999999999999999999", "-99999999999"])
def test_numbers_out_of_all_bounds_are_left_out(value: str) -> None:
    """A heat that no ranking can use is reported and follows from the quality instead."""
    found = parse(front_matter(heat=value))
    assert found.item is not None
    assert ([diagnostic.code for diagnostic in found.diagnostics], found.item.heat) == (["ND107"], 60)


def test_the_seed_article_works_unchanged(seed: str) -> None:
    """The article that the format comes from is read without a word of complaint."""
    found = item(seed)
    assert found.title
    assert found.url.startswith("https://")
    assert found.related
    assert found.provider is not None
    assert Status.PUBLISHED is found.status


@pytest.mark.parametrize(
    ("expected", "said", "hide"),
    [
        (Status.PUBLISHED, [], "false"),
        (Status.PUBLISHED, [], "no"),
        (Status.DRAFT, [], "true"),
        (Status.DRAFT, [], "Yes"),
        (Status.DRAFT, ["ND119"], "perhaps"),
        (Status.DRAFT, ["ND119"], "[true]"),
    ],
)
def test_what_a_person_hid_is_shown_nowhere(expected: Status, said: list[str], hide: str) -> None:
    """Not among the reports of its story either; what is neither yes nor no hides, and is said."""
    text = front_matter(curated=f"{{hide: {hide}}}")
    assert (expected, said) == (parse(text).item.status, codes(text))


def test_what_was_removed_stays_removed() -> None:
    """Hiding what is gone does not bring it back as a draft."""
    assert Status.REMOVED is item(front_matter(removed="true", curated="{hide: true}")).status
