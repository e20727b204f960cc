"""No rank, order or leader moves the name of a story: of invented archives, and of a real one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pelican.plugins.news_digest.catalogue.build import PagesFor
from pelican.plugins.news_digest.catalogue.stories import find_stories
from pelican.plugins.news_digest.model import NewsItem, Status
from pelican.plugins.news_digest.text.address import link_key
from tests.builders import make_date, make_item, make_link
from tests.catalogue.storied import names, stories_of

if TYPE_CHECKING:
    from pelican.plugins.news_digest.frontmatter.reader import Archive


SLUGS = "abcdefg"
ITEMS = st.fixed_dictionaries(
    {
        "day": st.integers(1, 5),
        "heat": st.integers(-1, 3),
        "links": st.sets(st.sampled_from(SLUGS), max_size=4),
        "story": st.sampled_from(["", "", "", "x", "y", "a"]),
        "status": st.sampled_from([Status.PUBLISHED, Status.PUBLISHED, Status.UNPUBLISHED, Status.REMOVED]),
    }
)


def archive_of(drawn: dict[str, dict[str, Any]]) -> list[NewsItem]:
    """Return the items that were drawn."""
    return [
        make_item(
            slug,
            date=f"2026-05-{v['day']:02}",
            heat=v["heat"],
            related=tuple(make_link(target) for target in sorted(v["links"])),
            story=v["story"],
            status=v["status"],
        )
        for slug, v in drawn.items()
    ]


ARCHIVES = st.dictionaries(st.sampled_from(SLUGS), ITEMS, min_size=1).map(archive_of)


@given(ARCHIVES, st.randoms(use_true_random=False), st.integers(0, 5))
def test_no_order_and_no_heat_moves_a_name(items: list[NewsItem], chance: Any, heat: int):
    """Stories follow from what files say of each other and of their dates."""
    turned = [make_item(i.slug, date=f"{i.date:%Y-%m-%d}", heat=heat, related=i.related, story=i.story, status=i.status)
              for i in items]  # fmt: skip
    chance.shuffle(turned)
    assert names(stories_of(*items)) == names(stories_of(*turned))
    assert stories_of(*items).former == stories_of(*turned).former


@given(ARCHIVES)
def test_a_removed_leader_moves_no_name(items: list[NewsItem]):
    """But the one that the story is called after."""
    before = stories_of(*items)
    for story in before.by_id.values():
        without = [i if i is not story.lead else make_item(
            i.slug, date=f"{i.date:%Y-%m-%d}", related=i.related, story=i.story, status=Status.REMOVED
        ) for i in items]  # fmt: skip
        after = stories_of(*without)
        for item in items:
            was = before.of(item.slug)
            if item is not story.lead and was:
                is_called_so = was.id == story.id == story.lead.slug
                assert is_called_so or was.id == after.of(item.slug).id


@given(ARCHIVES, ITEMS)
def test_a_newer_report_moves_no_name(items: list[NewsItem], drawn: dict[str, Any]):
    """But where it brings two stories together, or an older report into one; then the oldest gives the name."""
    newer = archive_of({"z": {**drawn, "day": 9}})[0]
    linking = [make_item(i.slug, date=f"{i.date:%Y-%m-%d}", heat=i.heat, story=i.story, status=i.status,
                         related=(*i.related, make_link("z"))) for i in items]  # fmt: skip
    before, after = stories_of(*linking), stories_of(*linking, newer)
    for item in items:
        was = before.of(item.slug)
        if was is None:
            continue
        now = after.of(item.slug)
        alone = {i.slug for i in items if before.of(i.slug) is None and i.date <= was.members[0].date}
        assert was.id == now.id or now.id in before.by_id or now.id in alone


@pytest.fixture(scope="module")
def archive(archive: Archive) -> list[NewsItem]:
    """Return the items of a real archive."""
    return list(archive.items)


def ids(items: Iterable[NewsItem]) -> dict[str, str]:
    """Return slug → id of the story, without making any."""
    return find_stories(items).id_of


@pytest.mark.slow
@pytest.mark.corpus
@pytest.mark.parametrize("pages_for", [PagesFor.PUBLISHED, PagesFor.ALL])
def test_every_report_of_a_real_archive_is_in_a_story_with_a_page(archive: list[NewsItem], pages_for: PagesFor):
    """But for stories whose reports are all below the threshold, where those have no page either."""
    stories = stories_of(*archive, pages_for=pages_for)
    assert (434 if pages_for is PagesFor.PUBLISHED else 533) == len(stories.paged)
    reached = {item.slug for story in stories.paged for item in story.members}
    for story in stories.by_id.values():
        slugs = {item.slug for item in story.members}
        is_seen = pages_for is PagesFor.ALL or any(item.status is Status.PUBLISHED for item in story.members)
        assert slugs <= reached if is_seen else slugs.isdisjoint(reached)


@pytest.mark.slow
@pytest.mark.corpus
def test_no_leader_moves_a_name_of_a_real_archive(archive: list[NewsItem]):
    """Each leader in turn is removed, and deleted: the others stay in their story, but where it was its oldest report.

    Then the next oldest gives the name, which was the one that led there before.
    """
    stories = stories_of(*archive)
    before = ids(archive)
    called_so = 0
    for story in stories.by_id.values():
        near = sorted((i for i in archive if before.get(i.slug) == story.id), key=lambda i: (i.date, i.slug))
        slugs = {item.slug for item in near if item is not story.lead}
        if len(slugs) == 1:  # which is a story no more
            continue
        called_so += story.lead is near[0]
        name = near[1].slug if story.lead is near[0] else story.id
        for gone in ([], [replace(story.lead, status=Status.REMOVED)]):
            found = ids([item for item in near if item is not story.lead] + gone)
            assert {name} == {found[slug] for slug in slugs}, story.id
        if name != story.id and story.has_page:
            assert story.id == stories.former[name]
    assert 50 == called_so


@pytest.mark.slow
@pytest.mark.corpus
def test_no_newer_report_and_no_order_moves_a_name_of_a_real_archive(archive: list[NewsItem]):
    """Each story gets a newer report that its others list; then files are read the other way round."""
    before = ids(archive)
    date = max(item.date for item in archive) + timedelta(days=1)
    newer, links = [], {}
    for number, story_id in enumerate(sorted(set(before.values()))):
        link = make_link(f"newer-{number}")
        reports = [item for item in archive if before.get(item.slug) == story_id]
        related = tuple(replace(link, key=link_key(item.url)) for item in reports)
        links |= {item.slug: link for item in reports}
        newer.append(replace(make_item(f"newer-{number}", related=related), date=date))
    linking = [replace(i, related=(*i.related, links[i.slug])) if i.slug in links else i for i in archive]
    after = ids([*newer, *linking[::-1]])
    assert before.items() <= after.items()
    assert len(newer) == len(after) - len(before)
    assert before == ids(archive[::-1])


@pytest.mark.slow
@pytest.mark.corpus
def test_a_line_keeps_every_name_of_a_real_archive(archive: list[NewsItem]):
    """Where reports name their story, neither an older report moves it nor the end of its oldest."""
    before = ids(archive)
    named = [replace(item, story=before.get(item.slug, ""), related=()) for item in archive]
    oldest = {story.members[0].slug for story in stories_of(*archive).by_id.values()}
    first = make_date("2001-01-01")
    older = [
        replace(make_item(f"older-{n}", story=name), date=first) for n, name in enumerate(sorted(set(before.values())))
    ]
    after = ids([*older, *(item for item in named if item.slug not in oldest)])
    assert {slug: name for slug, name in before.items() if slug not in oldest}.items() <= after.items()
