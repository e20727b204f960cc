"""Items that report the same are found, in any language; what is kept of them changes nothing."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pelican.plugins.news_digest.newsdesk.stories import grouping
from pelican.plugins.news_digest.newsdesk.stories.grouping import group_sources
from pelican.plugins.news_digest.newsdesk.stories.reports import Source, words_to_compare

ROWS = json.loads(Path(__file__).with_name("reports.json").read_text(encoding="utf-8"))
SOURCES = [
    Source(
        key=f"{row['lang']}-{number}",
        second=int(datetime.fromisoformat(row["at"]).replace(tzinfo=UTC).timestamp()),
        title=row["title"],
        excerpt=row["excerpt"],
        lang=row["lang"],
    )
    for number, row in enumerate(ROWS)
]
STORIES = {source.key: row["story"] for source, row in zip(SOURCES, ROWS, strict=True)}


def wanted(sources: list[Source]) -> set[frozenset[str]]:
    """Return the groups that a person would make."""
    keys: dict[str, set[str]] = {}
    for source in sources:
        keys.setdefault(STORIES[source.key], set()).add(source.key)
    return {frozenset(group) for group in keys.values() if len(group) > 1}


def groups(sources: list[Source], **options: object) -> set[frozenset[str]]:
    """Return the groups that are found."""
    return {frozenset(group) for group in group_sources(sources, **options).groups}  # type: ignore[arg-type]


@pytest.mark.parametrize("lang", ["en", "de", "ru", "ar", "ja"])
def test_reports_of_one_story_are_grouped(lang: str):
    """In each language those that report the same are one group, and nothing else is with them."""
    sources = [source for source in SOURCES if source.lang == lang]
    assert wanted(sources) == groups(sources)


def test_languages_do_not_disturb_each_other():
    """All of them together give the same groups."""
    assert wanted(SOURCES) == groups(SOURCES)


@settings(max_examples=10, deadline=None)
@given(st.permutations(SOURCES))
def test_order_makes_no_difference(sources: list[Source]):
    """Groups are the same, and in the same order, however the items come."""
    assert group_sources(SOURCES) == group_sources(sources)


def test_what_a_week_apart_sounds_alike_is_another_story():
    """The same words months later are no report of the same."""
    again = [
        msgspec.convert(source._replace(key=f"later-{source.key}", second=source.second + 60 * 86_400), Source)
        for source in SOURCES
    ]
    found = groups([*SOURCES, *again])
    assert {group for group in found if not any(key.startswith("later") for key in group)} == wanted(SOURCES)
    assert len(found) == 2 * len(wanted(SOURCES))


def test_the_same_link_is_the_same_story():
    """Two reports that lead to one address are one story, whatever they say."""
    one, other = SOURCES[5]._replace(links=("a.example/x",)), SOURCES[6]._replace(links=("a.example/x",))
    assert {frozenset((one.key, other.key))} == groups([one, other])


def test_a_picture_that_few_have_is_evidence_and_a_logo_is_none():
    """The same picture joins what is somewhat alike; one that everybody has joins nothing."""
    texts = ["Council talks on harbour budget go on", "Budget: harbour and council at odds over money"]
    pair = [Source(key=str(n), second=n * 3600, title=text, lang="en") for n, text in enumerate(texts)]
    rest = [source for source in SOURCES if source.lang == "en"]
    with_picture = [source._replace(pictures=("https://a.example/p.jpg",)) for source in pair]
    first = msgspec.convert(SOURCES[0].second, int)
    moved = [source._replace(second=first + source.second) for source in with_picture]
    assert frozenset("01") in groups([*rest, *moved])
    logo = [source._replace(pictures=("https://a.example/p.jpg",)) for source in rest]
    assert wanted(rest) == groups(logo)


def test_a_story_keeps_its_name_and_grows():
    """A report that has a story stays there, alike or not; who reports the same joins."""
    assert {"en-0", "en-1", "en-2"} in groups(SOURCES, given={"en-0": "night-ferry"})
    apart = groups(SOURCES, given={"en-0": "night-ferry", "en-1": "ferry-vote"})
    assert not any({"en-0", "en-1"} <= group for group in apart)
    assert frozenset(("en-5", "en-6")) in groups(SOURCES, given={"en-5": "mixed", "en-6": "mixed"})


@settings(max_examples=20, deadline=None)
@given(st.data())
def test_what_is_kept_changes_nothing(data: st.DataObject):
    """After any additions, removals and edits the groups are those of a first run, and so is what is kept."""
    spread = [
        source._replace(key=f"{source.key}-{week}", second=source.second + week * 4 * 86_400)
        for week in range(4)
        for source in SOURCES[:7]
    ]
    before = data.draw(st.lists(st.sampled_from(spread), unique=True))
    after = data.draw(st.lists(st.sampled_from(spread), unique=True))
    if after and data.draw(st.booleans()):
        after[0] = after[0]._replace(title="Night ferry to Tern Island")
    kept = group_sources(before).kept
    assert group_sources(after) == group_sources(after, known=kept)


def test_only_days_near_a_change_are_looked_at_again():
    """What was found of other days is the very same object."""
    days = [
        source._replace(key=f"{source.key}-{day}", second=source.second + day * 86_400)
        for day in range(0, 100, 10)
        for source in SOURCES[:7]
    ]
    kept = group_sources(days).kept
    new = days[0]._replace(key="new", second=max(source.second for source in days) + 60)
    again = group_sources([*days, new], known=kept).kept.days
    same = [day for day in kept.days if again[day] is kept.days[day]]
    assert len(kept.days) - 4 <= len(same) < len(kept.days)


def test_texts_of_days_that_are_the_same_are_not_read_again(monkeypatch: pytest.MonkeyPatch):
    """Of the newest days their words are kept: those alone are taken from text that came, or are older."""
    days = [
        source._replace(key=f"{source.key}-{day}", second=source.second + day * 86_400)
        for day in range(6)
        for source in SOURCES[:7]
    ]
    monkeypatch.setattr(grouping, "KEPT_REPORTS", 35)
    found = group_sources(days)
    old = {source.key for source in days if source.second // 86_400 not in found.kept.words}
    assert 0 < len(old) < len(days)
    read: set[str] = set()

    def words(source: Source) -> str:
        read.add(source.key)
        return words_to_compare(source)

    monkeypatch.setattr(grouping, "words_to_compare", words)
    new = days[0]._replace(key="new", second=max(source.second for source in days) + 86_400)
    again = group_sources([*days, new], known=found.kept)
    assert {"new", *old} == read
    assert again.groups == group_sources([*days, new]).groups


def test_nothing_is_no_story():
    """Without items there are no groups; items without words are alone."""
    assert [] == group_sources([]).groups
    moment = int((datetime(2026, 5, 4, tzinfo=UTC) - timedelta(0)).timestamp())
    assert [] == group_sources([Source(key=str(n), second=moment, title="…") for n in range(3)]).groups
