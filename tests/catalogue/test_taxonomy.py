"""Topics: names meet records, and stand as one tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pelican.plugins.news_digest.catalogue.taxonomy import Taxonomy, build_taxonomy
from pelican.plugins.news_digest.naming.names import name_key
from pelican.plugins.news_digest.naming.places import Known
from pelican.plugins.news_digest.text.plain import fold
from tests.builders import make_item, make_topic

if TYPE_CHECKING:
    from pelican.plugins.news_digest.model import TopicRecord


def taxonomy_of(*topics: str, records: tuple[TopicRecord, ...] = ()) -> Taxonomy:
    """Return the topics of items that carry one topic each."""
    items = [make_item(f"item-{number}", topics=(name,)) for number, name in enumerate(topics)]
    return build_taxonomy(items, records)


def test_names_meet_without_case():
    """Two spellings that differ in case are one topic."""
    taxonomy = taxonomy_of("Developer Tools", "developer tools")
    assert ["developer-tools"] == list(taxonomy.topics)


def test_names_meet_without_accents():
    """Two spellings that differ in accents are one topic."""
    taxonomy = taxonomy_of("Café", "Cafe")
    assert ["cafe"] == list(taxonomy.topics)


def test_spelling_of_the_record_wins():
    """A topic is called as its record has it, however many items spell it otherwise."""
    taxonomy = taxonomy_of("management Tools", "management Tools", records=(make_topic("Management tools"),))
    assert ["Management tools"] == [topic.name for topic in taxonomy.topics.values()]


def test_other_spelling_than_the_record_is_noted():
    """Whoever spells a topic in another way than its record hears of it, with both spellings."""
    taxonomy = taxonomy_of("HARBOUR", records=(make_topic("Harbour"),))
    (said,) = taxonomy.diagnostics
    assert ("ND202", "news/item-0.md") == (said.code, said.path)
    assert "'HARBOUR'" in said.message
    assert "'Harbour'" in said.message


def test_most_frequent_spelling_wins_without_a_record():
    """Where no record decides, the usual spelling does."""
    taxonomy = taxonomy_of("AI", "ai", "AI", "ai", "Ai", "AI")
    assert ["AI"] == [topic.name for topic in taxonomy.topics.values()]


def test_equally_frequent_spellings_take_the_first_in_the_alphabet():
    """A tie between spellings does not depend on the order of items."""
    assert ["AI"] == [topic.name for topic in taxonomy_of("ai", "AI").topics.values()]
    assert ["AI"] == [topic.name for topic in taxonomy_of("AI", "ai").topics.values()]


def test_topic_without_record_works():
    """A name that no record describes becomes a topic with an address."""
    topic = taxonomy_of("Machine Learning & You").topics["machine-learning-and-you"]
    assert ("Machine Learning & You", "", None) == (topic.name, topic.parent, topic.record)


def test_record_without_items_is_a_topic():
    """A record alone makes a topic, so that the tree is whole."""
    assert ["trams"] == list(taxonomy_of(records=(make_topic("Trams"),)).topics)


def test_id_of_the_record_is_the_address():
    """The record's id is used, not a slug of its name."""
    taxonomy = taxonomy_of("Virtual Machines", records=(make_topic("Virtual Machines", id="vm"),))
    assert ["vm"] == list(taxonomy.topics)


def test_two_topics_never_share_an_id():
    """Names that make the same slug get addresses of their own."""
    taxonomy = taxonomy_of("A-B", "A B")
    assert ["A B", "A-B"] == sorted(topic.name for topic in taxonomy.topics.values())
    assert len(set(taxonomy.topics)) == 2


def test_parents_are_found_by_name():
    """A record names its parent by name, in any spelling; the parent knows its children by their names' order."""
    records = (
        make_topic("Trams", parent="TRANSPORT"),
        make_topic("Transport", id="tr"),
        make_topic("Cycling", parent="Transport"),
    )
    taxonomy = taxonomy_of(records=records)
    assert "tr" == taxonomy.topics["trams"].parent
    assert ("cycling", "trams") == taxonomy.topics["tr"].children


def test_ancestors_come_nearest_first():
    """The way up from a topic begins with its parent."""
    records = (make_topic("C", parent="B"), make_topic("B", parent="A"), make_topic("A"))
    assert ("b", "a") == taxonomy_of(records=records).ancestors("c")


def test_circles_are_cut_and_reported():
    """Topics that are their own ancestors end the build neither way: the circle is cut where it closes."""
    records = (make_topic("A", parent="B"), make_topic("B", parent="C"), make_topic("C", parent="A"))
    taxonomy = taxonomy_of(records=records)
    assert ["ND203"] == [said.code for said in taxonomy.diagnostics]
    assert all(topic_id not in taxonomy.ancestors(topic_id) for topic_id in taxonomy.topics)


def test_topic_that_is_its_own_parent_is_reported():
    """The smallest circle is cut as well."""
    taxonomy = taxonomy_of(records=(make_topic("A", parent="a"),))
    assert "" == taxonomy.topics["a"].parent
    assert ["ND203"] == [said.code for said in taxonomy.diagnostics]


def test_unknown_parent_is_reported_with_the_nearest_name():
    """A parent that nobody knows names the record that was meant."""
    records = (make_topic("Trams", parent="Transprot", source_path="topics/trams.yaml"), make_topic("Transport"))
    taxonomy = taxonomy_of(records=records)
    (said,) = taxonomy.diagnostics
    assert ("topics/trams.yaml", 1, "ND203") == (said.path, said.line, said.code)
    assert "'Transprot'" in said.message
    assert "'Transport'" in said.hint
    assert "" == taxonomy.topics["trams"].parent


def test_second_record_of_one_name_is_reported():
    """Of two records that describe one topic the first is kept."""
    records = (make_topic("Trams", description="first"), make_topic("TRAMS", id="trams-2", description="second"))
    taxonomy = taxonomy_of(records=records)
    assert ["first"] == [topic.description for topic in taxonomy.topics.values()]
    assert ["ND201"] == [said.code for said in taxonomy.diagnostics]


def test_topics_with_children_and_no_parent_are_roots():
    """The site's root topic is the one that stands above others."""
    records = (make_topic("Azure"), make_topic("Databases", parent="Azure"), make_topic("Alone"))
    assert {"azure"} == taxonomy_of(records=records).roots


def test_topic_that_most_items_carry_is_the_root_where_no_record_says():
    """Without parents, what stands on more than half of the items is the subject of the whole site."""
    items = [make_item(slug, topics=("Everything", slug)) for slug in "abc"]
    assert {"everything"} == build_taxonomy(items, ()).roots


def test_only_topic_is_no_root():
    """A single topic says something, because nothing else does."""
    assert frozenset() == taxonomy_of("Harbour", "Harbour").roots


def test_primary_topic_is_the_first_that_is_no_root():
    """A story's kicker is what says most about it."""
    records = (make_topic("Azure"), make_topic("Databases", parent="Azure"), make_topic("Security"))
    taxonomy = taxonomy_of(records=records)
    assert "databases" == taxonomy.primary(("azure", "databases", "security"))


def test_primary_topic_of_an_item_with_only_the_root_is_the_root():
    """An item about nothing in particular still has a kicker."""
    taxonomy = taxonomy_of(records=(make_topic("Azure"), make_topic("Databases", parent="Azure")))
    assert "azure" == taxonomy.primary(("azure",))


def test_item_without_topics_has_no_primary_topic():
    """No topic is not an error."""
    assert "" == taxonomy_of().primary(())


def test_ids_of_an_item_keep_its_order_without_repeats():
    """Topics stand in the file's order, and two spellings of one count once."""
    item = make_item(topics=("Zebra", "apple", "ZEBRA"))
    assert ("zebra", "apple") == build_taxonomy([item], ()).ids_of([item])[item.slug]


@pytest.mark.parametrize(
    ("first", "later"), [("Go", "?Go"), ("C++", "C plus plus"), ("R&D", "R and D"), ("A b", "A-b"), ("!", "?")]
)
def test_topic_that_came_first_keeps_its_id(first: str, later: str):
    """Another one that asks for the same gets a number, whichever stands first in the alphabet."""
    before = taxonomy_of(first)
    after = build_taxonomy(
        [make_item("a", topics=(first,)), make_item("b", topics=(later,))], (), Known(last=lambda: before.settled.names)
    )
    assert before.ids[fold(first)] == after.ids[fold(first)]
    assert f"{before.ids[fold(first)]}-2" == after.ids[fold(later)]
    (said,) = after.diagnostics
    assert ("ND205", "news/b.md") == (said.code, said.path)


def test_record_that_comes_later_takes_no_id_away():
    """A file of that name describes another topic: it gets a number, the topic in use keeps its place."""
    before = taxonomy_of("Go")
    known = Known(last=lambda: before.settled.names)
    after = build_taxonomy([make_item("a", topics=("Go",))], (make_topic("Golang", id="go"),), known)
    assert {"go": "go", "golang": "go-2"} == after.ids


def test_place_of_a_topic_that_nobody_carries_now_is_kept():
    """As long as a line says whose it is."""
    known = Known({"go": "Go", "go-2": "?Go"})
    assert {"go!": "go-3", "?go": "go-2"} == build_taxonomy([make_item("a", topics=("Go!", "?Go"))], (), known).ids


@pytest.mark.parametrize(("topic_id", "name"), [("con~", "Con"), ("aux~", "AUX"), ("com1~", "COM1"), ("nul~", "?nul")])
def test_name_that_disks_refuse_is_no_folder(topic_id: str, name: str):
    """The folder is called otherwise, and a note says which topic it is."""
    taxonomy = taxonomy_of(name)
    assert [topic_id] == list(taxonomy.topics)
    assert [("ND204", "news/item-0.md")] == [(said.code, said.path) for said in taxonomy.diagnostics]


TOPICS = st.sampled_from(
    ["Go", "?Go", "go!", "Go 2", "C", "C+", "C++", "C#", "c plus", "Con", "con.", "Page", "Feed", "港"]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(TOPICS, max_size=6), min_size=2, max_size=6))
def test_no_topic_moves_because_another_comes_or_goes(builds: list[list[str]]):
    """Topics that stay have the ids that they had, each its own; a clean build gives out the same."""
    lines: dict[str, str] = {}
    before: dict[str, str] = {}
    for topics in builds:
        items = [make_item(f"item-{number}", topics=(name,)) for number, name in enumerate(topics)]
        taxonomy = build_taxonomy(items, (), Known(lines, before.copy))
        assert len(taxonomy.ids) == len({name_key(topic_id) for topic_id in taxonomy.ids.values()})
        assert {name: before[name] for name in taxonomy.ids if name in before}.items() <= taxonomy.ids.items()
        lines |= taxonomy.settled.lines
        assert taxonomy.ids == build_taxonomy(items[::-1], (), Known(lines)).ids
        before = taxonomy.settled.names
