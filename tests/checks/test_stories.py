"""Names of stories that nobody else uses, that are spelled in two ways, or that may change."""

from __future__ import annotations

from pathlib import Path

from tests.builders import front_matter
from tests.checks.archives import report_of, said_of

CODES = ("ND134", "ND221", "ND222", "ND223", "ND224", "ND431", "ND432", "ND433", "ND434", "ND435", "ND436")


def item(name: str, *, lists: str = "", **values: str) -> str:
    """Return an item that lives at its own host and lists those of *lists*."""
    related = "".join(f'\n  - webUrl: "https://{other}.example/"' for other in lists)
    return front_matter(title=f'"{name}"', webUrl=f'"https://{name}.example/"', related=related, **values)


def said(folder: Path, **files: str) -> list[str]:
    """Return what there is to say about an archive, its folders' ``/`` written as ``__``."""
    found = {f"{name.replace('__', '/')}.md": text for name, text in files.items()}
    return said_of(report_of(folder, found), *CODES)


def test_a_story_of_one_report(tmp_path: Path):
    """With the name that may be meant."""
    assert [
        "news/c.md:16: ND431 story: 'brigde-closed' has one report → did you mean 'bridge-closed'?",
        "news/d.md:16: ND431 story: 'tram' has one report → a story has a page from 2 reports on",
    ] == said(
        tmp_path,
        news__a=item("a", story="bridge-closed"),
        news__b=item("b", story="bridge-closed"),
        news__c=item("c", story="brigde-closed"),
        news__d=item("d", story="tram"),
    )


def test_two_spellings_of_one_name(tmp_path: Path):
    """Said once for each but the usual one."""
    assert [
        "news/c.md:16: ND432 story: 'Bridge!' and 'bridge' are one story, 'bridge' → give one of them another name",
    ] == said(
        tmp_path,
        news__a=item("a", story="bridge"),
        news__b=item("b", story="bridge"),
        news__c=item("c", story="Bridge!"),
        news__d=item("d", story="Bridge!"),
    )


def test_a_record_that_nobody_reports(tmp_path: Path):
    """With the name that may be meant; two records of one name, and a living name among former ones, are said, too."""
    assert [
        (
            "stories/Bridge.md:1: ND223 formerly: 'tram' is a story that has reports, such as news/c.md"
            " → give them the new name"
        ),
        "stories/bridge.md:1: ND222 'bridge' already has a record: stories/Bridge.md → keep one of the two",
        "stories/bridgee.md:1: ND433 no item reports the story 'bridgee' → did you mean 'bridge'?",
        "stories/other.md:1: ND433 no item reports the story 'other' → it is shown nowhere",
    ] == said(
        tmp_path,
        news__a=item("a", story="bridge"),
        news__b=item("b", story="bridge"),
        news__c=item("c", story="tram"),
        news__d=item("d", story="tram"),
        stories__Bridge="---\ntitle: B\nformerly: [tram]\n---\n",
        stories__bridge="---\ntitle: B\n---\n",
        stories__bridgee="---\ntitle: B\n---\n",
        stories__other="---\ntitle: B\n---\n",
    )


def test_a_story_that_an_older_report_would_rename(tmp_path: Path):
    """It has no name but its oldest file's."""
    assert [
        (
            "news/b.md:17: ND434 the story is called 'b' after this file, its oldest report"
            " → an older one would rename it; `news-digest stories adopt` writes the name into every report"
        ),
    ] == said(
        tmp_path,
        news__a=item("a", lists="b"),
        news__b=item("b", lists="a", publishedDateTime="2026-01-01T08:00:00Z"),
    )


def test_a_name_on_one_side_only(tmp_path: Path):
    """Items that list each other are apart where only some of them name the story."""
    assert [
        (
            "news/a.md:18: ND435 story: news/c.md and this file list each other; only this one names it"
            " → write the same line there; until then they are apart"
        ),
    ] == said(
        tmp_path,
        news__a=item("a", lists="c", story="s"),
        news__b=item("b", story="s"),
        news__c=item("c", lists="ab"),
    )


def test_a_name_that_a_group_has_too(tmp_path: Path):
    """An address can be copied into a file: then it is one story, and that is said."""
    assert [
        (
            "news/c.md:1: ND224 story: 'a' is also the name of news/a.md and what it is related to: they are one story"
            " → give one of them another name"
        ),
    ] == said(tmp_path, news__a=item("a", lists="b"), news__b=item("b", lists="a"), news__c=item("c", story="a"))


def test_a_story_that_an_older_report_has_renamed(tmp_path: Path):
    """As a build has written it down: what would have kept the name."""
    (tmp_path / "addresses.yaml").write_text('"stories/a": "a"\n"stories/x": "nobody"\n"stories/y": "c"\n')
    found = said(
        tmp_path,
        news__a=item("a", lists="b"),
        news__b=item("b", lists="a", publishedDateTime="2026-01-01T08:00:00Z"),
        news__c=item("c", story="z"),
        news__d=item("d", story="z"),
    )
    assert [
        (
            "news/a.md:1: ND436 the story 'a' is called 'b' now, after an older report; its address leads on"
            " → a `story: a` line in its reports would have kept the name; `news-digest stories adopt` writes them"
        )
    ] == [line for line in found if "ND436" in line]
