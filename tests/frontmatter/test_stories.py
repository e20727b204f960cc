"""Story records, and what an item says of its story."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pelican.plugins.news_digest.frontmatter.items.convert import Parsed, parse_item
from pelican.plugins.news_digest.frontmatter.reader import Folders, read_archive
from pelican.plugins.news_digest.frontmatter.stories import is_story_record, parse_story
from pelican.plugins.news_digest.model import ImageRef
from tests.builders import front_matter

if TYPE_CHECKING:
    from tests.conftest import Site


def item_with(story: str) -> Parsed:
    """Return what a file gives whose story is *story*, as YAML has it."""
    text = front_matter(story=story)
    return parse_item(text, source_path="news/a.md", slug="a", address="news/a/", tz=UTC)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("kittiwake-bridge-closed", "kittiwake-bridge-closed"),
        ("Kittiwake Bridge: closed!", "kittiwake-bridge-closed"),
        ('"  Été / 2026 "', "ete-2026"),
        ("2026", "2026"),
        ("新しい橋", "新しい橋"),
        ("أخبار الجسر", "أخبار-الجسر"),
        ("con", "con~"),
        ("page", "page-story"),
        ('""', ""),
        ("~", ""),
    ],
)
def test_a_name_is_folded(written: str, name: str):
    """Letters of other scripts stay legible; names that disks or the site's own pages have are mended."""
    quoted = f'"{written}"' if ": " in written else written
    parsed = item_with(quoted)
    assert (name, ()) == (parsed.item.story, parsed.diagnostics)


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("[a, b]", "a list is not a name"),
        ("{a: b}", "a map is not a name"),
        ("true", '"true" is no text'),
        ("1.50", '"1.5" is no text'),
        ('"!!"', '"!!" has neither a letter nor a digit'),
        ('"' + 70 * "新" + '"', '"' + 70 * "新" + '" is too long for an address'),
    ],
)
def test_a_name_that_is_not_understood_is_left_out(written: str, problem: str):
    """It is said, with its line; the item is as if it named no story."""
    parsed = item_with(written)
    line = front_matter(story=written).split("\n").index(f"story: {written}") + 1
    assert "" == parsed.item.story
    assert [("ND134", line, f"story: {problem}")] == [(d.code, d.line, d.message) for d in parsed.diagnostics]


RECORD = """---
title: The <b>bridge</b>
excerpt: What happened
picture: {url: /images/b.jpg, width: 60, height: 40}
pinned: yes
closed: "true"
formerly: [Old Name, other]
---

It **closed**. <script>x</script>
"""


def test_a_record_has_words_a_picture_and_former_names():
    """Its file's name is the id; the body is washed as an item's."""
    parsed = parse_story(RECORD, source_path="stories/Bridge Closed.md")
    record = parsed.record
    assert () == parsed.diagnostics
    assert ("bridge-closed", "The <b>bridge</b>", "What happened…") == (record.id, record.title, record.excerpt)
    assert ImageRef(url="/images/b.jpg", width_px=60, height_px=40) == record.picture
    assert (True, True, ("old-name", "other")) == (record.is_pinned, record.is_closed, record.formerly)
    assert "<p>It <strong>closed</strong>. </p>" == record.body.strip()


def test_what_a_record_says_wrongly_is_left_out_and_said():
    """Each with its line; the rest counts."""
    text = "---\ntitle: T\npinned: perhaps\nclosed:\npicture: 'javascript:x'\nformerly:\n  - ok\n  - [x]\n---\n"
    parsed = parse_story(text, source_path="stories/s.md")
    assert (False, False, None, ("ok",)) == (
        parsed.record.is_pinned, parsed.record.is_closed, parsed.record.picture, parsed.record.formerly
    )  # fmt: skip
    assert [("ND221", 3), ("ND221", 5), ("ND221", 8)] == sorted((d.code, d.line) for d in parsed.diagnostics)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("---\ntitle: [\n---\n", "ND221"),
        ("---\ntitle: x\ndraft: true\n---\n", None),
        ("---\ntitle: x\ndraft: perhaps\n---\n", "ND119"),
        ("---\ntitle: x\n---\n\nsecured: abcdefgh\n", "ND221"),
    ],
)
def test_a_record_that_cannot_be_shown_is_none(text: str, code: str | None):
    """Hidden, unreadable, or with what is nobody's to see."""
    parsed = parse_story(text, source_path="stories/s.md")
    assert None is parsed.record
    assert ([code] if code else []) == [d.code for d in parsed.diagnostics]


@pytest.mark.parametrize(
    "text",
    [
        "Title: Classic\nDate: 2026-05-01\n\nText\n",
        "---\ntitle: x\ndate: 2026-05-01\n---\n",
        "---\ntitle: x\npublishedDateTime: 2026-05-01\n---\n",
        "---\ntitle: x\ntags: [a]\n---\n",
        "just text\n",
    ],
)
def test_articles_are_no_records(text: str):
    """Somebody may have kept articles in a folder of this name."""
    assert not is_story_record(text)


def test_an_archive_has_its_story_records(tmp_path: Path):
    """In the order of their paths; articles beside them are nobody's concern here."""
    (tmp_path / "stories").mkdir()
    (tmp_path / "stories" / "b.md").write_text("---\ntitle: B\n---\n")
    (tmp_path / "stories" / "a.md").write_text("---\ntitle: A\n---\n")
    (tmp_path / "stories" / "c.md").write_text("Title: C\nDate: 2026-05-01\n\nText\n")
    archive = read_archive(tmp_path, timezone="UTC")
    assert [("a", "A"), ("b", "B")] == [(record.id, record.title) for record in archive.stories]
    assert () == archive.diagnostics
    assert () == read_archive(tmp_path, timezone="UTC", folders=Folders(providers="stories")).stories


def test_pelicans_articles_among_the_stories_stay_pelicans(site: Site):
    """The folder may have been somebody's before; a record beside them is no article."""
    site.settings(DIGEST_SEARCH=False, DIGEST_CARDS="none")
    site.write("news/a.md", front_matter(story="bridge"))
    site.write("stories/classic.md", "Title: Classic words\nDate: 2026-04-01\nSlug: classic\n\nText\n")
    site.write("stories/yaml.md", "---\ntitle: Yaml words\ndate: 2026-04-02\nslug: yaml\n---\n\nText\n")
    site.write("stories/bridge.md", "---\ntitle: Record words\n---\n\nBody words\n")
    result = site.build()
    assert 0 == result.returncode, result.stdout
    assert (site.output / "classic.html").exists()
    assert (site.output / "yaml.html").exists()
    assert not (site.output / "bridge.html").exists()


def test_pages_in_a_folder_of_the_name_stay_pages(site: Site):
    """The owner's own pages were there first."""
    site.settings(DIGEST_SEARCH=False, DIGEST_CARDS="none", PAGE_PATHS=["stories"])
    site.write("news/a.md", front_matter())
    site.write("stories/about.md", "---\ntitle: About us\nslug: about\n---\n\nWords.\n")
    site.write("stories/plain.md", "---\ntitle: Plain\n---\n\nMore words.\n")
    result = site.build()
    assert 0 == result.returncode, result.stdout
    assert "Words." in site.page("pages/about.html")
    assert "More words." in site.page("pages/plain.html")


def test_an_article_of_pelicans_may_name_its_story(site: Site):
    """In its head, as an item in its front matter."""
    site.settings(DIGEST_SEARCH=False, DIGEST_CARDS="none", DIGEST_NEWSLETTER="none")
    site.write("news/a.md", front_matter(story="The Bridge"))
    site.write("articles/b.md", "Title: Own words\nDate: 2026-05-02\nStory: the bridge\n\nText.\n")
    result = site.build()
    assert 0 == result.returncode, result.stdout
    assert "Own words" in site.page("stories/the-bridge/index.html")
