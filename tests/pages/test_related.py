"""What else to read: links computed from rare words, topics and the provider."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pelican.plugins.news_digest.errors import DuplicateSlugError
from pelican.plugins.news_digest.pages import related as module
from pelican.plugins.news_digest.pages.related import MAX_POSTINGS, RelatedFinder, Shelf
from tests.builders import make_item, make_provider_ref

if TYPE_CHECKING:
    from pelican.plugins.news_digest.model import NewsItem


def related_to(item: NewsItem, *, among: Sequence[NewsItem], limit: int = 5, **topics: Sequence[str]) -> list[str]:
    """Return the slugs that *item* is linked to."""
    return [
        other.slug
        for other in RelatedFinder().find([item, *among], topics=topics, wanted=[item], limit=limit)[item.slug]
    ]


def item_about(slug: str, title: str, **values: Any) -> NewsItem:
    """Return an item whose words are those of *title*."""
    return make_item(slug, title=title, provider=values.pop("provider", None), **values)


OTHERS = [item_about(f"filler-{number}", f"filler{number} words{number} nobody{number}") for number in range(10)]


def test_items_that_share_rare_words_are_linked():
    """Two headlines about otters and a bridge belong together."""
    found = related_to(item_about("a", "Otters take bridge"), among=[item_about("b", "Bridge of otters"), *OTHERS])
    assert ["b"] == found


def test_rarer_words_link_more_strongly():
    """What two items share with everybody else says less than what only they share."""
    common = [item_about(f"common-{number}", f"council budget meets number{number}") for number in range(8)]
    rare = item_about("rare", "otters and viaducts")
    found = related_to(item_about("a", "council budget otters viaducts"), among=[*common, rare, *OTHERS])
    assert "rare" == found[0]


def test_words_of_the_excerpt_count():
    """An excerpt is as good as a headline."""
    item = item_about("a", "First headline", excerpt="Otters on the viaduct")
    assert ["b"] == related_to(item, among=[item_about("b", "Viaduct belongs to otters"), *OTHERS])


def test_one_shared_word_is_not_enough():
    """Two items that share a single word and no topic are strangers."""
    assert [] == related_to(item_about("a", "Otters swim"), among=[item_about("b", "Otters sleep"), *OTHERS])


def test_one_shared_word_and_a_topic_are_enough():
    """A common subject makes one word enough."""
    found = related_to(
        item_about("a", "Otters swim"), among=[item_about("b", "Otters sleep"), *OTHERS], a=["nature"], b=["nature"]
    )
    assert ["b"] == found


def test_shared_topic_ranks_higher():
    """Of two equally similar items the one with the same topic comes first, though it is older."""
    new = item_about("new", "bridge otters here", date="2026-05-01")
    old = item_about("old", "bridge otters there", date="2026-01-01")
    found = related_to(item_about("a", "otters bridge now"), among=[new, old, *OTHERS], a=["nature"], old=["nature"])
    assert ["old", "new"] == found


def test_shared_provider_ranks_higher():
    """Of two equally similar items the one of the same provider comes first, though it is older."""
    post = make_provider_ref("post.example")
    new = item_about("new", "bridge otters here", date="2026-05-01")
    old = item_about("old", "bridge otters there", date="2026-01-01", provider=post)
    assert ["old", "new"] == related_to(item_about("a", "otters bridge now", provider=post), among=[new, old, *OTHERS])


def test_ties_prefer_newer():
    """Of two equally related items the newer one is linked."""
    old = item_about("old", "bridge otters there", date="2026-01-01")
    new = item_about("new", "bridge otters here", date="2026-02-01")
    assert ["new"] == related_to(item_about("a", "otters bridge now"), among=[old, new, *OTHERS], limit=1)


def test_limit_zero_disables_linking():
    """Nobody is linked to anything."""
    assert [] == related_to(item_about("a", "otters bridge"), among=[item_about("b", "bridge otters too")], limit=0)


def test_limit_is_kept():
    """No item gets more links than it may have."""
    others = [item_about(f"o-{number}", f"otters bridge {number}{number}{number}") for number in range(8)]
    assert 3 == len(related_to(item_about("a", "otters bridge"), among=others, limit=3))


def test_item_is_not_related_to_itself_or_its_namesake():
    """A headline that says the same is no further reading."""
    namesake = item_about("b", "OTTERS take the bridge")
    assert [] == related_to(item_about("a", "Otters take the bridge"), among=[namesake, *OTHERS])


def test_word_that_everybody_uses_links_nobody():
    """Words on more items than the limit are ignored, so one item costs a bounded number of look-ups."""
    others = [item_about(f"o-{number}", f"azure cloud {number:05}") for number in range(MAX_POSTINGS + 1)]
    assert [] == related_to(item_about("a", "azure cloud"), among=others)


def test_two_items_with_one_slug_are_refused():
    """A slug names one item; two of them are a mistake of the caller."""
    with pytest.raises(DuplicateSlugError) as caught:
        RelatedFinder().find([make_item("a"), make_item("a")], topics={}, wanted=[], limit=5)
    assert "a" == caught.value.slug


def test_no_items_have_no_links():
    """An empty site does not divide by nothing."""
    assert {} == RelatedFinder().find([], topics={}, wanted=[], limit=5)


WORDS = st.lists(st.sampled_from(["otter", "bridge", "storm", "tram", "harbour", "choir"]), max_size=4).map(" ".join)


@given(titles=st.lists(WORDS, max_size=8), data=st.data())
def test_order_of_items_does_not_matter(titles: list[str], data: st.DataObject):
    """However items were read, the links are the same."""
    items = [item_about(f"i-{number}", f"{title} {number}") for number, title in enumerate(titles)]
    shuffled = data.draw(st.permutations(items))
    expected = RelatedFinder().find(items, topics={}, wanted=items, limit=3)
    assert expected == RelatedFinder().find(shuffled, topics={}, wanted=items, limit=3)


VOCABULARY = [f"word{number}" for number in range(7)]
ABOUT = st.tuples(
    st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=6, unique=True),
    st.sampled_from(["2026-05-01", "2026-05-02"]),
    st.sampled_from([(), ("t",)]),
    st.sampled_from(["listed", "wanted", "both"]),
)
SLUGS = st.sampled_from("abcdefgh")
EDITS = st.lists(st.dictionaries(SLUGS, st.none() | ABOUT, max_size=2), max_size=6)


@settings(max_examples=400, deadline=None)
@given(first=st.dictionaries(SLUGS, ABOUT, min_size=3), edits=EDITS)
def test_finder_that_is_asked_again_finds_the_same(first: dict[str, Any], edits: list[dict[str, Any]]):
    """Items change, come and go; only few words are looked at, and a word that more than three have says nothing.

    What the finder remembers is written and read in between, as for another process.
    """
    with patch.object(module, "MAX_FEATURES", 2):
        finder, archive = RelatedFinder(most_postings=3), dict(first)
        for edit in [{}, *edits]:
            archive = {slug: about for slug, about in (archive | edit).items() if about}
            items = {slug: item_about(slug, " ".join(words), date=date) for slug, (words, date, *_) in archive.items()}
            asked: dict[str, Any] = {
                "items": [items[slug] for slug, about in archive.items() if about[3] != "wanted"],
                "topics": {slug: found for slug, (_, _, found, _) in archive.items()},
                "wanted": [items[slug] for slug, about in archive.items() if about[3] != "listed"],
                "limit": 2,
            }
            assert RelatedFinder(most_postings=3).find(**asked) == finder.find(**asked)
            finder.shelf = msgspec.msgpack.decode(msgspec.msgpack.encode(finder.shelf), type=Shelf)


def test_few_edits_look_at_few_items():
    """What shares no word with an item that changed is not looked for again."""
    items = [item_about(f"i-{number}", f"shared{number // 2} own{number}") for number in range(20)]
    finder = RelatedFinder()
    finder.find(items, topics={}, wanted=items, limit=5)
    items[-1] = item_about("i-19", "shared9 other19")
    with patch.object(module._Search, "find", autospec=True, side_effect=module._Search.find) as looked:
        finder.find(items, topics={}, wanted=items, limit=5)
    assert {"i-18", "i-19"} == {call.args[1].slug for call in looked.call_args_list}
