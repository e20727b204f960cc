"""``/topics/`` and ``/topics/<id>/``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from heapq import nsmallest
from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

from ...catalogue.clusters import without_shown
from ...catalogue.ranking import by_heat
from ..addresses import topic_address
from ..plans import PagePlan, Promise
from ..site import feed_link, head
from ..views.base import LinkView, ShareImageView, TimeView
from ..views.story import ActivityView, TopicIndexView, TopicNodeView, TopicView
from .listings import Leaf, leaf_head, paginate, promise_leaf, span_of

if TYPE_CHECKING:
    from ...model import NewsItem
    from ..items.cards import Cards
    from ..newsroom import Newsroom

TOPIC: Final = "topic.html"
HOTTEST: Final = 3
NEIGHBOURS: Final = 6


def topic_feed_address(topic_id: str) -> str:
    """Return where a topic's Atom feed lies."""
    return f"{topic_address(topic_id)}feed.atom.xml"


def topic_nodes(room: Newsroom, parent: str = "") -> tuple[TopicNodeView, ...]:
    """Return the topics below *parent* (``""``: the whole tree), each with what is below it, by name."""
    taxonomy, by_topic = room.catalogue.taxonomy, room.catalogue.by_topic
    nodes: list[TopicNodeView] = []
    for topic in taxonomy.below(parent):
        items = by_topic[topic.id]
        nodes.append(
            TopicNodeView(
                name=topic.name,
                href=topic_address(topic.id),
                count=len(items),
                last=room.dates.time(items[0].date) if items else None,
                children=topic_nodes(room, topic.id),
                activity=room.months.of_topic(topic.id),
            )
        )
    return tuple(nodes)


def main_topics(room: Newsroom) -> tuple[TopicNodeView, ...]:
    """Return the topics to choose from, fullest first.

    A topic that most items carry is the subject of the whole site and no choice: what is below it stands for it.
    """
    nodes: list[TopicNodeView] = []
    for node in topic_nodes(room):
        is_subject = node.children and 2 * node.count > len(room.catalogue.listed)
        nodes += node.children if is_subject else [node]
    return tuple(sorted((node for node in nodes if node.count), key=lambda node: (-node.count, node.name)))


def topic_counts(room: Newsroom, items: Iterable[NewsItem], *, limit: int) -> tuple[LinkView, ...]:
    """Return the topics of *items*, fullest first, with how many of *items* carry each; not the site's own subject."""
    catalogue = room.catalogue
    carried = Counter(chain.from_iterable([catalogue.topic_ids[item.slug] for item in items]))
    usual = sorted(carried.keys() - catalogue.taxonomy.roots, key=lambda topic_id: (-carried[topic_id], topic_id))
    return tuple(room.topic_link(topic_id, carried[topic_id]) for topic_id in usual[:limit])


def lanes_of(room: Newsroom, items: Iterable[NewsItem]) -> list[tuple[str, list[NewsItem]]]:
    """Return *items* under the ids of their primary topics, fullest first; those without a topic (``""``) last."""
    catalogue = room.catalogue
    lanes: dict[str, list[NewsItem]] = {}
    for item in items:
        lanes.setdefault(catalogue.taxonomy.primary(catalogue.topic_ids[item.slug]), []).append(item)
    return sorted(lanes.items(), key=lambda lane: (not lane[0], -len(lane[1]), lane[0]))


def plan_topics(room: Newsroom, cards: Cards) -> Iterator[PagePlan | Promise]:
    """Yield the index of topics, then each topic's pages: the hottest three, then newest first."""
    index = LinkView(text=room.say("Topics"), href="topics/")
    nodes = topic_nodes(room)
    yield PagePlan(
        save_as="topics/index.html",
        template="topics.html",
        view=TopicIndexView(
            head=head(room.site, title=room.say("Topics"), address="topics/", breadcrumbs=(index,)),
            breadcrumbs=(index,),
            topics=nodes,
            topic_count=len(room.catalogue.taxonomy.topics),
        ),
    )
    for topic_id in room.catalogue.taxonomy.topics:
        yield from _plan_topic(room, cards, topic_id, index=index)


class BesideTopic(NamedTuple):
    """What stands on a page of a topic beside its items; of all the topic's items on the newest page alone."""

    item_count: int
    since: TimeView | None
    children: tuple[LinkView, ...]
    neighbours: tuple[LinkView, ...]
    image: ShareImageView | None


def _plan_topic(room: Newsroom, cards: Cards, topic_id: str, *, index: LinkView) -> Iterator[Promise]:
    catalogue = room.catalogue
    items = catalogue.by_topic[topic_id]
    children, image = catalogue.taxonomy.topics[topic_id].children, cards.topic(topic_id)
    newest_beside = BesideTopic(
        item_count=len(items),
        since=room.since(items or catalogue.listed),
        children=tuple(room.topic_link(child, len(catalogue.by_topic[child])) for child in children),
        neighbours=_neighbours(room, topic_id),
        image=image,
    )
    older_children = tuple(map(room.topic_link, children))
    limit = HOTTEST if len(items) > HOTTEST else 0
    hottest = without_shown(by_heat(items), catalogue.clusters, shown=set(), limit=limit)
    newest = (hottest, room.months.of_topic(topic_id) if items else None)
    for leaf in paginate(items, base=topic_address(topic_id), size=room.choices.page_size):
        only_here = newest if leaf.is_newest else ([], None)
        older_beside = BesideTopic(len(leaf.items), None, older_children, (), image)
        beside = newest_beside if leaf.is_newest else older_beside
        facts = (beside, room.facts.items(only_here[0]), only_here[1])
        view = partial(_view, room, topic_id, leaf, beside, *only_here, index=index)
        yield promise_leaf(room, leaf, facts, template=TOPIC, view=view)


def _view(  # noqa: PLR0913 - what a topic's page holds
    room: Newsroom,
    topic_id: str,
    leaf: Leaf,
    beside: BesideTopic,
    hottest: Sequence[NewsItem],
    activity: ActivityView | None,
    *,
    index: LinkView,
) -> TopicView:
    catalogue = room.catalogue
    topic = catalogue.taxonomy.topics[topic_id]
    above = tuple(room.topic_link(other) for other in reversed(catalogue.taxonomy.ancestors(topic_id)))
    breadcrumbs = (index, *above, room.topic_link(topic_id))
    feeds = (feed_link(topic.name, topic_feed_address(topic_id)),) if beside.item_count else ()
    shown = {item.slug for item in hottest}
    return TopicView(
        head=leaf_head(
            room,
            leaf,
            name=topic.name,
            feeds=feeds,
            breadcrumbs=breadcrumbs,
            description=topic.description,
            image=beside.image,
        ),
        heading=topic.name,
        description=topic.description,
        count=beside.item_count,
        since=beside.since,
        breadcrumbs=breadcrumbs[:-1],
        parent=above[-1] if above else None,
        children=beside.children,
        neighbours=beside.neighbours,
        hottest=room.stories(hottest),
        groups=room.day_groups([item for item in leaf.items if item.slug not in shown]),
        pagination=leaf.pagination,
        feeds=feeds,
        activity=activity,
        span=span_of(room, leaf),
    )


def _neighbours(room: Newsroom, topic_id: str) -> tuple[LinkView, ...]:
    """Return the topics that most often stand beside this one; its own family is linked elsewhere."""
    taxonomy = room.catalogue.taxonomy
    family = {topic_id, *taxonomy.ancestors(topic_id), *taxonomy.topics[topic_id].children}
    topic_ids = room.catalogue.topic_ids
    beside = Counter(chain.from_iterable([topic_ids[item.slug] for item in room.catalogue.by_topic[topic_id]]))
    # Sets of the whole site are asked, never copied: there may be as many topics as items.
    candidates = (other for other in beside if other not in family and other not in taxonomy.roots)
    found = nsmallest(NEIGHBOURS, candidates, key=lambda other: (-beside[other], other))
    return tuple(room.topic_link(other, beside[other]) for other in found)
