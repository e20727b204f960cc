"""What a file without a ``---`` block may begin with, and what never becomes the text of a page."""

from __future__ import annotations

import pytest

from pelican.plugins.news_digest.frontmatter.opening import classic_problems, opening_problem, secured_line
from pelican.plugins.news_digest.frontmatter.yaml.yaml12 import has_front_matter
from tests.frontmatter.parsing import parse

KEYS = 'title: "Ropewalk to let"\ndate: 2026-03-14\ntopics:\n  - Ropes\n'
SECRET = 'secured: "KEY-77-OPEN"\n'  # noqa: S105 - none of anybody


@pytest.mark.parametrize(
    ("is_fine", "text"),
    [
        (True, "Title: A\nDate: 2026-05-01\n\nText."),
        (True, "date: 2026-05-01\nTags: a,\n    b\ntitle: A\n"),
        (True, "Title: A\nDate: 2026-05-01\nText at once."),
        (True, "Title: A\nDate: 2026-05-01\n---\nText."),
        (True, "Title: A\nDate: 2026-05-01\n\nSecured: the future of ropes. A tale."),
        (False, "Title: A\n\nDate: 2026-05-01\n"),
        (False, "Title:\nDate: 2026-05-01\n"),
        (False, "Just text: with a colon\n"),
        (False, ""),
    ],
)
def test_title_and_date_are_needed(is_fine: bool, text: str):
    """Headers end at the first line that is none."""
    assert is_fine == (not classic_problems(text, source_path="news/x.md"))


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("four dashes", "----\n{}----\nAsk."),
        ("six dashes", "------\n{}------\nAsk."),
        ("'--'", "--\n{}--\nAsk."),
        ("'+++'", "+++\n{}+++\nAsk."),
        ("';;;'", ";;;\n{};;;\nAsk."),
        ("'—'", "— — —\n{}---\nAsk."),
        ("'–––'", "–––\n{}–––\nAsk."),
        ("'———'", "———\n{}———\nAsk."),
        ("'--- yaml'", "--- yaml\n{}---\nAsk."),
        ("'---yaml'", "---yaml\n{}---\nAsk."),
        ("'- - -'", "- - -\n{}- - -\nAsk."),
        ("'~~~'", "~~~\n{}~~~\nAsk."),
        ("'```yaml'", "```yaml\n{}```\nAsk."),
        ("'<!--'", "<!--\n{}-->\nAsk."),
        ("'%YAML", "%YAML 1.2\n---\n{}---\nAsk."),
        ("'\"---\"'", '"---"\n{}---\nAsk.'),
        ("not JSON", '{{"title": "A",\n{}}}\nAsk.'),
        ("before the '---'", " ---\n{}---\nAsk."),
        ("before the '---'", "\n\n---\n{}---\nAsk."),
        ("before the '---'", "\ufeff---\n{}---\nAsk."),
        ("before the '---'", "\u200b---\n{}---\nAsk."),
        ("before the '---'", "\u00a0---\n{}---\nAsk."),
        ("before the '---'", "\t---\n{}---\nAsk."),
        ("'title:' is in the text", "Draft of Friday\n\n---\n{}---\nAsk."),
        ("YAML without a '---' line before it (line 4)", "{}---\nAsk."),
    ],
)
def test_a_block_that_is_nearly_one_is_left_out(words: str, text: str):
    """With what it keeps to itself in it or without, and in words that say what is wrong with it."""
    plain = text.format(KEYS)
    assert not has_front_matter(plain)
    assert words.replace("'—'", "'— — —'") in opening_problem(plain).replace(" - yaml", "")
    found = classic_problems(text.format(KEYS + SECRET), source_path="news/x.md")
    assert ["ND101"] == [d.code for d in found]
    assert "KEY-77" not in str(found)


@pytest.mark.parametrize(
    "line",
    [
        'secured: "KEY-77-OPEN"', "Secured: KEY-77-OPEN", "SECURED:KEY-77-OPEN", "  secured : 'KEY-77-OPEN'  # key",
        '"secured": "KEY-77-OPEN",', "- secured: KEY-77-OPEN", "secured = KEY-77-OPEN", "secured: >\n  KEY-77-OPEN",
        "> secured: KEY-77-OPEN",
    ],
)  # fmt: skip
def test_secured_in_a_text_keeps_the_file_out(line: str):
    """Below a block that ended too early, and in files of Pelican's."""
    assert 3 == secured_line(f"One.\n\n{line}\n\nTwo.")
    assert opening_problem(f"Title: A\nDate: 2026-05-01\n\n{line}\n")
    found = parse(f'---\ntitle: "A"\npublishedDateTime: 2026-05-01\n---\n{line}\n---\nText.')
    assert (None, [("ND101", 5)]) == (found.item, [(d.code, d.line) for d in found.diagnostics])


@pytest.mark.parametrize("text", ["Plain text.", "# A title\n\nText", "*Text*", "**Text** of it", "- one\n- two"])
def test_plain_markdown_may_begin_anyhow(text: str):
    """`FILENAME_METADATA` may give Pelican all that it needs."""
    assert "" == opening_problem(text)


def test_headers_that_hide_are_judged():
    """By build and check alike, with the line."""
    found = classic_problems("Title: A\nDate: 2026-05-01\nPublished: perhaps\n\nText.", source_path="news/x.md")
    assert [("ND119", 3)] == [(d.code, d.line) for d in found]
    assert () == classic_problems("Title: A\nDate: 2026-05-01\nDraft: yes\n\nText.", source_path="news/x.md")
