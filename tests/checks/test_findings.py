"""Each oddity of a value is found where it is, and nowhere else."""

from __future__ import annotations

import pytest

from pelican.plugins.news_digest.checks.findings import (
    address_findings,
    comparable,
    excerpt_findings,
    name_findings,
    picture_findings,
    text_findings,
)


@pytest.mark.parametrize(
    ("expected", "value"),
    [
        ([], "A plain headline: 5 < 6 & so on"),
        ([], "Été — “quoted” …"),
        ([("ND601", "a carriage return, a line feed, a tab")], "a\r\nb\tc"),
        ([("ND602", "spaces at its ends")], " a"),
        ([("ND602", "spaces at its ends")], "a\u00a0"[:1] + " "),
        ([("ND602", "several spaces in a row")], "a  b"),
        ([("ND602", "spaces at its ends"), ("ND602", "several spaces in a row")], "a  b "),
        ([("ND603", "no-break spaces")], "a\u00a0b"),
        ([("ND603", "invisible marks")], "a\u200bb"),
        ([("ND604", "the entity &#8217;")], "it&#8217;s"),
        ([("ND604", "the entity &amp;")], "R&amp;D"),
        ([], "AT&T; R&D"[:4]),
        ([("ND605", "'<MSFT.O>'")], "Microsoft Corp <MSFT.O> unveiled"),
    ],
)
def test_texts(expected: list[tuple[str, str]], value: str):
    """Spaces, marks, entities and brackets are told apart; a text without any is left in peace."""
    assert expected == list(text_findings(value))


@pytest.mark.parametrize(
    ("expected", "excerpt"),
    [
        ([], "It happened."),
        ([("ND606", "empty")], " \n"),
        ([("ND607", "repeats the title, and is not shown"), ("ND608", "cut off in the middle of a word or a sentence")],
         "THE TITLE"),
        ([("ND607", "begins with the title")], "The title: and more."),
        ([("ND608", "cut off: ends with an ellipsis")], "It happ..."),
        ([("ND608", "cut off: ends with an ellipsis")], "It happ…"),
        ([("ND608", "cut off in the middle of a word or a sentence")], "It happ"),
        ([("ND608", "cut off after ','")], "It happened,"),
        ([], "“It happened.”"),
        ([], "Read #news #today!"),
    ],
)  # fmt: skip
def test_excerpts(expected: list[tuple[str, str]], excerpt: str):
    """Empty, repeating and cut-off excerpts are found."""
    assert expected == list(excerpt_findings(excerpt, "The title"))


def test_an_excerpt_under_an_empty_title_repeats_nothing():
    """Every text begins with nothing, which is no finding."""
    assert [] == list(excerpt_findings("It happened.", ""))


@pytest.mark.parametrize(
    ("expected", "name", "domain"),
    [
        ([], "The Post", "post.example"),
        ([], "100% News", "post.example"),
        ([("ND609", "'Morningstar%2c Inc.' is percent-encoded")], "Morningstar%2c Inc.", "morningstar.com"),
        ([("ND610", "'post.example' is the domain, not a name")], "post.example", "post.example"),
        ([], "", ""),
    ],
)
def test_names(expected: list[tuple[str, str]], name: str, domain: str):
    """Percent codes and domains in place of names are found; a percent sign is neither."""
    assert expected == list(name_findings(name, domain))


@pytest.mark.parametrize(
    ("expected", "address"),
    [
        ([], "https://post.example/a/?b=c&d=e"),
        (["spaces at its ends"], "https://post.example/a.jpg "),
        (["spaces"], "https://post.example/PR Newswire/1"),
        (["characters outside ASCII"], "https://post.example/“a”"),
        (["the entity &amp;"], "https://post.example/?a=b&amp;c=d"),
        ([], ""),
    ],
)
def test_addresses(expected: list[str], address: str):
    """What a build encodes or decodes is said."""
    assert [("ND611", words) for words in expected] == list(address_findings(address))


@pytest.mark.parametrize(
    ("expected", "address"),
    [
        ([], "https://post.example/a.JPG?w=100"),
        ([], "https://post.example/a.jpg%3fcropx1%3d0"),
        ([], "https://post.example/a.jpg&updated=2020&noborder"),
        ([("ND612", "http, which browsers do not load on an https page")], "http://post.example/a.png"),
        ([("ND613", "no file extension")], "https://post.example/picture/4711"),
        ([("ND613", "no file extension")], "https://post.example"),
        ([("ND613", ".gif, which may be animated: its first frame counts")], "https://post.example/a.gif"),
        ([("ND613", ".mp4, which is not a picture format")], "https://post.example/a.mp4"),
        ([], "https://[broken/a.png"),
    ],
)
def test_pictures(expected: list[tuple[str, str]], address: str):
    """What a picture's address says of it; what cannot be taken apart is for others to refuse."""
    assert expected == list(picture_findings(address))


def test_titles_are_compared_without_case_and_punctuation():
    """Two headlines that only differ in their quotes are one."""
    assert comparable("Save 95% — “Today”!") == comparable("save 95 'today'")
    assert comparable("a") != comparable("b")
