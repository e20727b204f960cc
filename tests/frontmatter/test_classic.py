"""Outside the news folder both kinds of files are articles of Pelican's."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest
from markupsafe import Markup
from pelican.readers import BaseReader, HTMLReader, RstReader
from pelican.settings import read_settings

from pelican.plugins.news_digest.errors import ContentError
from pelican.plugins.news_digest.frontmatter.classic import DigestMarkdownReader, reader_classes, text_for_themes
from tests.builders import front_matter


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Keep Pelican's own warnings about a site without a name out of the report, and ours in those of other tests."""
    log = logging.getLogger("pelican")
    before = log.level
    log.setLevel(logging.CRITICAL)
    yield
    log.setLevel(before)


def read(tmp_path: Path, text: str, *, name: str = "page.md", **options: Any) -> tuple[str, dict[str, Any]]:
    """Return content and metadata of one file, as Pelican gets them."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    settings = read_settings(override={"TIMEZONE": "Europe/Vienna", "SITEURL": "https://tiny.example", **options})
    return DigestMarkdownReader(settings).read(str(path))


def test_headers_are_read_as_ever(tmp_path: Path) -> None:
    """A file with Pelican's headers is read by Pelican."""
    content, metadata = read(tmp_path, "Title: A page\nDate: 2026-05-01 08:00\nTags: a, b\n\nSome *text*.\n")
    assert content == "<p>Some <em>text</em>.</p>"
    assert (metadata["title"], [tag.name for tag in metadata["tags"]]) == ("A page", ["a", "b"])


def test_a_yaml_block_is_read(tmp_path: Path) -> None:
    """The ordinary Pelican names may stand between dashes, in any case."""
    text = (
        "---\nTitle: A page\ndate: 2026-05-01 08:00\nmodified: 2026-05-02\ntags: [a, b]\nauthor: Ada Reed\n"
        "category: notes\nsummary: Short.\nslug: a-page\nlang: en\n---\nSome *text*.\n"
    )
    content, metadata = read(tmp_path, text)
    assert content == "<p>Some <em>text</em>.</p>"
    assert (
        metadata["title"],
        metadata["slug"],
        metadata["lang"],
        metadata["summary"],
        metadata["category"].name,
        metadata["author"].name,
    ) == ("A page", "a-page", "en", "Short.", "notes", "Ada Reed")
    assert [tag.name for tag in metadata["tags"]] == ["a", "b"]
    assert metadata["date"].astimezone(UTC).isoformat() == "2026-05-01T06:00:00+00:00"


def test_tags_and_authors_may_be_one_line(tmp_path: Path) -> None:
    """Commas separate them, as in Pelican's headers."""
    _, metadata = read(tmp_path, "---\ntitle: A\ntags: a, b c\nauthors: Ada, Bo\n---\n")
    assert (
        [tag.name for tag in metadata["tags"]],
        [author.name for author in metadata["authors"]],
    ) == (["a", "b c"], ["Ada", "Bo"])


@pytest.mark.parametrize("key", ["content", "settings", "source_path", "metadata", "_content", "secured"])
def test_keys_that_would_break_an_article_are_not_handed_on(tmp_path: Path, key: str) -> None:
    """Only names that Pelican understands reach its articles."""
    assert key not in read(tmp_path, f"---\ntitle: A\n{key}: x\n---\n")[1]


@pytest.mark.parametrize("value", ["[a]", "{a: b}", "~"])
def test_values_that_are_no_text_are_left_out(tmp_path: Path, value: str) -> None:
    """A list where text belongs is no text."""
    _, metadata = read(tmp_path, f"---\ntitle: A\nslug: {value}\nsummary: {value}\ndate: {value}\n---\n")
    assert set() == {"slug", "summary", "date"} & set(metadata)


def test_a_news_file_becomes_an_article(tmp_path: Path) -> None:
    """The news format gives Pelican's metadata, and the item itself as ``digest``."""
    text = front_matter(updatedDateTime="2026-05-02T08:00:00Z", locale="en-us") + "# Head\n\nText.\n"
    content, metadata = read(tmp_path, text, name="ferry.md")
    assert content == "<h2>Head</h2>\n<p>Text.</p>"
    assert (
        metadata["slug"],
        metadata["title"],
        metadata["summary"],
        metadata["status"],
    ) == ("ferry", "A headline", "What happened.", "published")
    assert (
        metadata["category"].name,
        metadata["author"].name,
        [tag.name for tag in metadata["tags"]],
    ) == ("news", "The Post", ["Harbour"])
    assert (metadata["digest"].url, metadata["digest"].lang) == ("https://post.example/a/", "en-US")
    assert metadata["date"] < metadata["modified"]


def test_the_locale_is_the_language_of_the_article(tmp_path: Path) -> None:
    """``locale`` is Pelican's ``lang``."""
    assert read(tmp_path, front_matter(locale="en-us"))[1].get("lang") == "en-US"


def test_the_locale_of_the_site_makes_no_other_language(tmp_path: Path) -> None:
    """Pelican gives what is in another language than the site's another address."""
    metadata = read(tmp_path, front_matter(locale="en-us"), DEFAULT_LANG="en-US")[1]
    assert "lang" not in metadata


def test_an_article_lies_where_pages_link_to(tmp_path: Path) -> None:
    """The item's address is the article's, in Pelican's own output, too."""
    metadata = read(tmp_path, front_matter(locale="de"), name="größe.md")[1]
    address = metadata["digest"].address
    assert (address, address, "news/größe/index.html") == (
        "news/gr%C3%B6%C3%9Fe/",
        metadata["url"],
        metadata["save_as"],
    )


@pytest.mark.parametrize("key", ["author", "category"])
def test_names_of_a_news_file_are_no_markup(tmp_path: Path, key: str) -> None:
    """Themes print names as HTML and feeds as text: nothing in one can be a tag, and an ampersand is no entity."""
    bad = '"Salt & <script>alert(1)</script> &amp;lt;b>"'
    metadata = read(tmp_path, front_matter(provider=f"{{name: {bad}}}", category=bad, topics=f"[{bad}]"))[1]
    for name in (metadata[key].name, metadata["tags"][0].name):
        assert name == "Salt & ‹script›alert(1)‹/script› ＆lt;b›"


@pytest.mark.parametrize("key", ["title", "summary"])
def test_text_of_a_news_file_is_escaped_for_pelican(tmp_path: Path, key: str) -> None:
    """Themes print titles and summaries as HTML, so a stranger's angle bracket must not be markup."""
    bad = '"<img src=x onerror=alert(1)> &lt;script&gt;alert(1)&lt;/script&gt; grew"'
    metadata = read(tmp_path, front_matter(title=bad, excerpt=bad))[1]
    for printed in (metadata[key], Markup(metadata[key]).striptags()):  # noqa: S704 - as themes do
        assert "<script" not in printed
        assert "<img" not in printed


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("Say “no” to ‹b›", 'Say "no" to <b>'),
        ("“Ferries” — “boats”", '"Ferries" — "boats"'),
        ("It’s O’Neill’s ‘own’", "It's O'Neill's 'own'"),
        ("6” pipe & ‘80s", "6\" pipe & '80s"),
        ("5 ‹ 6 & 7 › 6", "5 < 6 & 7 > 6"),
        ("“(“a”)”", '"("a")"'),
        ("plain", "plain"),
        ("", ""),
    ],
)
def test_marks_that_html_knows_become_those_that_it_does_not(expected: str, text: str) -> None:
    """What stock themes print reads as it was written, and means nothing wherever it is printed."""
    assert expected == text_for_themes(text)


@pytest.mark.parametrize(
    ("expected", "changes"),
    [
        ("published", {}),
        ("hidden", {"published": "false"}),
        ("skip", {"status": "draft"}),
        ("skip", {"removed": "true"}),
    ],
)
def test_status_is_one_of_pelicans(tmp_path: Path, expected: str, changes: dict[str, str]) -> None:
    """Removed items and drafts are skipped: Pelican would write a draft to the address that it has later on."""
    assert expected == read(tmp_path, front_matter(**changes))[1]["status"]


def test_a_file_without_provider_has_no_author(tmp_path: Path) -> None:
    """Nobody is made up, and what is not said is not in the metadata."""
    assert set() == {"author", "modified"} & set(read(tmp_path, front_matter(provider="", webUrl=""))[1])


def test_a_news_file_with_an_error_is_refused(tmp_path: Path) -> None:
    """Pelican gets the diagnostic as an exception and leaves the file out."""
    with pytest.raises(ContentError, match=r"page\.md:5: ND104 publishedDateTime: \"soon\" is not a date"):
        read(tmp_path, front_matter(publishedDateTime="soon"))


@pytest.mark.parametrize(
    ("expected", "text"),
    [(r"page\.md:3: ", "---\ntitle: [\n---\n"), (r"page\.md:1: the front matter has no", "---\na: b\n")],
)
def test_a_block_that_cannot_be_read_is_refused(tmp_path: Path, expected: str, text: str) -> None:
    """The exception names the file and the line."""
    with pytest.raises(ValueError, match=expected):
        read(tmp_path, text)


def test_a_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    """The diagnostic names the line."""
    (tmp_path / "page.md").write_bytes(b"---\ntitle: \xff\n---\n")
    with pytest.raises(ContentError, match=r"page\.md:2: ND102 not UTF-8"):
        DigestMarkdownReader(read_settings(override={"TIMEZONE": "UTC"})).read(str(tmp_path / "page.md"))


@pytest.mark.parametrize(
    ("headers", "is_clear"),
    [
        ("Draft:\n    true", True),
        ("Params: x\nHidden: 1", True),
        ("Draft: false\nDraft: true", False),
        ("Published:", False),
        ("Status: published\n    draft", False),
    ],
)
def test_no_value_of_a_header_is_overlooked(tmp_path: Path, headers: str, *, is_clear: bool) -> None:
    """A value in the next line, a second one and none at all hide what they would hide in the same line."""
    text = f"Title: A page\nDate: 2026-05-01\n{headers}\n\nText.\n"
    if is_clear:
        assert "skip" == read(tmp_path, text)[1]["status"]
        return
    with pytest.raises(ContentError) as caught:
        read(tmp_path, text)
    assert "ND119" == caught.value.diagnostic.code


@pytest.mark.parametrize(
    "line", ["Draft : true", "published : no", "  hidden : yes", "status = draft", "- draft: true"]
)
def test_a_header_that_is_nearly_one_is_no_text(tmp_path: Path, line: str) -> None:
    """Markdown ends the headers at such a line, so that what it says would be printed and not done."""
    with pytest.raises(ContentError) as caught:
        read(tmp_path, f"Title: A page\nDate: 2026-05-01\n{line}\n\nText.\n")
    assert "ND101" == caught.value.diagnostic.code
    assert "skip" != read(tmp_path, "Title: A page\nDate: 2026-05-01\nIt was late: ten.\n")[1].get("status")


@pytest.mark.parametrize(
    ("said", "status"), [("draft: true", "skip"), ("hidden: yes", "skip"), ("published: no", "skip")]
)
def test_an_item_among_the_pages_is_hidden_whole(tmp_path: Path, said: str, status: str) -> None:
    """Pelican would write a page of it without a link to it, where everybody can guess that it is."""
    (tmp_path / "pages").mkdir()
    text = f'---\ntitle: "A page"\npublishedDateTime: 2026-05-01\nwebUrl: "https://a.example/b"\n{said}\n---\n'
    assert status == read(tmp_path, text, name="pages/a.md", PATH=str(tmp_path))[1]["status"]


@pytest.mark.parametrize("folder", ["_drafts", "drafts", "_Drafts", "deep/_drafts/2026"])
def test_folders_of_drafts(tmp_path: Path, folder: str) -> None:
    """What lies in one of Jekyll's is a draft, however it is written; a folder above the content says nothing."""
    content = tmp_path / "drafts"
    (content / folder).mkdir(parents=True)
    (content / "blog").mkdir()
    texts = (
        "Title: A page\nDate: 2026-05-01\n\nText.\n",
        "---\ntitle: A page\ndate: 2026-05-01\n---\nText.\n",
        front_matter(title="A page", publishedDateTime="2026-05-01", webUrl="https://a.example/b"),
    )
    for text in texts:
        assert "skip" == read(content, text, name=f"{folder}/a.md", PATH=str(content))[1]["status"]
        assert "skip" != read(content, text, name="blog/a.md", PATH=str(content))[1].get("status")


@pytest.mark.parametrize("said", ["draft", "published", "Removed"])
def test_other_kinds_of_files_are_hidden_too(tmp_path: Path, said: str) -> None:
    """HTML and reStructuredText are read by Pelican alone, which knows none of these words."""
    value = "no" if said == "published" else "yes"
    html = f'<html><head><title>A</title><meta name="date" content="2026-05-01"><meta name="{said}" content="{value}">'
    settings = read_settings(override={"TIMEZONE": "UTC", "PATH": str(tmp_path)})
    classes = reader_classes({"html": HTMLReader, "rst": RstReader, "static": BaseReader, "odt": None})
    assert (BaseReader, None, DigestMarkdownReader) == (classes["static"], classes["odt"], classes["md"])
    for ending, text in (("html", html + "</head><body>a</body></html>"), ("rst", f"A\n#\n\n:{said}: {value}\n\na\n")):
        (tmp_path / f"a.{ending}").write_text(text, encoding="utf-8")
        reader = classes[ending]
        assert reader is not None
        assert "skip" == reader(settings).read(str(tmp_path / f"a.{ending}"))[1]["status"]
        (tmp_path / f"a.{ending}").write_text(text.replace(value, "perhaps"), encoding="utf-8")
        with pytest.raises(ContentError):
            reader(settings).read(str(tmp_path / f"a.{ending}"))


class ShoutingReader(BaseReader):  # type: ignore[misc]
    """Reads Markdown as some other plugin does: it knows headers and no block."""

    file_extensions = ["nobody"]

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        """Return the text in capitals."""
        head, _, text = Path(source_path).read_text(encoding="utf-8").partition("\n\n")
        found = dict(line.split(": ", 1) for line in head.splitlines() if ": " in line)
        return text.upper(), {key.lower(): self.process_metadata(key.lower(), value) for key, value in found.items()}


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (("NOTE: IT IS\n", "A", None), "Title: A\n\nNote: it is\n"),
        (("NOTE: IT IS\n", "A", ["b"]), "---\ntitle: A\nmore: [b]\n---\nNote: it is\n"),
    ],
)
def test_a_block_is_read_beside_another_reader(expected: tuple[object, ...], text: str, tmp_path: Path) -> None:
    """Whatever reads Markdown still does, and the block is read by us; a draft is one."""
    path = tmp_path / "a.md"
    path.write_text(text, encoding="utf-8")
    settings = read_settings(override={"TIMEZONE": "UTC", "PATH": str(tmp_path)})
    kind = reader_classes({"md": ShoutingReader})["md"]
    assert kind is not None
    assert kind is reader_classes({"md": kind})["md"]
    assert kind.__name__ == "ShoutingReader"
    content, metadata = kind(settings).read(str(path))
    assert expected == (content, metadata["title"], metadata.get("more"))
    path.write_text(text.replace("itle: A", "itle: A\nstatus: draft"), encoding="utf-8")
    assert kind(settings).read(str(path))[1]["status"] == "draft"


def test_an_ending_without_a_reader_keeps_none() -> None:
    """``READERS = {"md": None}`` is the owner's word."""
    assert reader_classes({"md": None})["md"] is None


def test_unknown_keys_are_kept(tmp_path: Path) -> None:
    """Plugins and themes ask for them: series, image, what somebody made up."""
    _, metadata = read(tmp_path, "---\ntitle: A\nSeries: Nights\nseries_index: 2\nimage: a.jpg\nmood: [b, c]\n---\n")
    assert {"series": "Nights", "series_index": 2, "image": "a.jpg", "mood": ["b", "c"]}.items() <= metadata.items()
