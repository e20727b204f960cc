"""Feeds: which there are, and what an entry says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
import pytest

from pelican.plugins.news_digest.model import Correction, ImageRef, NewsItem
from pelican.plugins.news_digest.pages.feeds.channels import channels, plan_feeds
from pelican.plugins.news_digest.pages.plans import FeedEntry, FeedPlan, made
from tests.builders import make_date, make_item, make_link, make_provider_ref, make_topic
from tests.pages.rooms import make_room


def feeds_of(items: Sequence[NewsItem], **values: Any) -> dict[str, FeedPlan]:
    """Return the feeds of a site by their files."""
    room = make_room(items, **values)
    return {plan.save_as: plan for plan in map(made, plan_feeds(room, channels(room)))}


def entry_of(item: NewsItem, *others: NewsItem, **values: Any) -> FeedEntry:
    """Return *item* as the site's feed has it."""
    feed = feeds_of([item, *others], **values)["feeds/all.atom.xml"]
    return next(entry for entry in feed.entries if entry.title == item.title)


def test_site_topics_and_busy_providers_have_feeds():
    """Every topic with items has feeds, and every provider with three items or more; the site has the most."""
    items = [make_item(f"i{n}", topics=("Trams",), provider=make_provider_ref("three.example")) for n in range(3)]
    items += [make_item(f"j{n}", provider=make_provider_ref("two.example")) for n in range(2)]
    expected = {
        "feeds/all.atom.xml", "feeds/all.rss.xml", "feeds/all.json", "feeds/daily.atom.xml", "feeds/weekly.atom.xml",
        "topics/trams/feed.atom.xml", "topics/trams/feed.json",
        "providers/three.example/feed.atom.xml", "providers/three.example/feed.json",
    }  # fmt: skip
    assert expected == set(feeds_of(items, topics=[make_topic("Trams"), make_topic("Empty")]))


@pytest.mark.parametrize(
    ("day", "stem"),
    [
        ("2026-05-01", "2026-05-01-ferry-returns"),
        ("2026-05-01", "2026-05-01"),
        ("2026", "lamps"),
        ("2026", "2026-02-30-lamps"),
        ("2026", "2026-05-011-lamps"),
        ("2026", "٢٠٢٦-٠٥-٠١-lamps"),
        ("2026", "0000-00-00-lamps"),
    ],
)
def test_id_of_an_entry_is_made_of_host_and_file(day: str, stem: str):
    """The id is a tag URI that names nothing that an editor changes; its day is the name's."""
    assert f"tag:tiny.example,{day}:news/{stem}" == entry_of(make_item(stem)).id


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Edited"},
        {"excerpt": "Edited"},
        {"url": "https://else.example/"},
        {"topics": ("Edited",)},
        {"modified": make_date("2026-06-01")},
        {"date": make_date("2026-05-02T00:02")},
        {"date": make_date("2024-02-29")},
        {"heat": 9},
    ],
    ids=str,
)
def test_id_of_an_entry_survives_editing(change: dict[str, Any]):
    """A reader does not see an entry again because somebody mended it."""
    item = make_item("a")
    assert entry_of(item).id == entry_of(msgspec.structs.replace(item, **change)).id


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/Los_Angeles"])
def test_id_of_an_entry_survives_another_time_zone(zone: str):
    """The day in an id is nobody's midnight."""
    assert "tag:tiny.example,2026:news/a" == entry_of(make_item("a", date="2026-05-01T23:30"), zone=zone).id


def test_id_of_an_entry_survives_a_move_with_the_old_authority():
    """A site that moves keeps its ids by naming its old host."""
    moved = entry_of(make_item("a"), url="https://new.example/path", authority="tiny.example")
    assert entry_of(make_item("a")).id == moved.id


def test_entries_are_newest_first_and_limited():
    """A feed holds the newest entries, as many as the owner wants."""
    items = [make_item(f"i{n}", date=f"2026-05-{n + 1:02}") for n in range(9)]
    feed = feeds_of(items, feed_size=3)["feeds/all.atom.xml"]
    assert ["Title of i8", "Title of i7", "Title of i6"] == [entry.title for entry in feed.entries]


def test_an_item_of_an_earlier_day_is_told_with_the_key_that_says_so():
    """``updatedDateTime`` brings one that came late into the site's feed, and the feed is newer for it."""
    items = [make_item(f"i{n}", date="2026-05-04") for n in range(60)]
    before = feeds_of(items, feed_size=50)["feeds/all.atom.xml"]
    silent = feeds_of([*items, make_item("late", date="2026-05-02")], feed_size=50)
    assert [entry.id for entry in before.entries] == [entry.id for entry in silent["feeds/all.atom.xml"].entries]
    late = make_item("late", date="2026-05-02", modified=make_date("2026-05-05"))
    told = feeds_of([*items, late], feed_size=50)["feeds/all.atom.xml"]
    assert "late" in told.entries[-1].id
    assert (50, True) == (len(told.entries), told.updated > before.updated)


def test_a_change_far_ahead_keeps_no_item_in_the_feed():
    """A typing error in a year is no news for ever."""
    items = [make_item(f"i{n}", date="2026-05-04") for n in range(60)]
    wrong = make_item("wrong", date="2026-05-02", modified=make_date("2091-05-02"))
    entries = feeds_of([*items, wrong], feed_size=50)["feeds/all.atom.xml"].entries
    assert not any("wrong" in entry.id for entry in entries)


def test_a_text_that_runs_the_other_way_says_so():
    """Its entry, and its line in the entry of its day; one that runs as the site does says nothing."""
    foreign = make_item("a", lang="ar", excerpt="نص.", date="2026-05-01")
    found = entry_of(foreign)
    assert '<div dir="rtl"><p>نص.</p></div>' in found.html
    day = feeds_of([foreign, make_item("b", date="2026-05-03")])["feeds/daily.atom.xml"].entries[0]
    assert '<li dir="rtl">' in day.html
    assert "dir=" not in entry_of(make_item("a", lang="fr")).html
    assert '<div dir="ltr">' in entry_of(make_item("a", lang="en", excerpt="Text."), lang="ar").html
    assert "dir=" not in entry_of(foreign, lang="ar").html


def test_feed_was_updated_when_its_newest_change_was_made():
    """An edit of an old entry moves the feed's time, not its own date."""
    items = [make_item("a", date="2026-05-01", modified=make_date("2026-05-09")), make_item("b", date="2026-05-02")]
    feed = feeds_of(items)["feeds/all.atom.xml"]
    assert "2026-05-09T00:00:00Z" == feed.updated
    assert ("2026-05-01T00:00:00Z", "2026-05-09T00:00:00Z") == (feed.entries[1].date, feed.entries[1].modified)


def test_correction_is_an_update_that_feeds_tell():
    """The entry is modified when it was corrected, and says what was put right; two corrections, the later moment."""
    found = tuple(Correction(date=make_date(f"2026-05-0{day}"), text=f"Not {day} < 9.") for day in (4, 3))
    entry = entry_of(make_item("a", date="2026-05-02", corrections=found))
    assert "2026-05-04T00:00:00Z" == entry.modified
    assert "Not 4 &lt; 9." in entry.html
    assert entry.html.index("Not 4") < entry.html.index("Not 3")


def test_entry_is_not_modified_before_it_was_published():
    """A modification that lies before the date is the date."""
    entry = entry_of(make_item("a", date="2026-05-02", modified=make_date("2026-05-01")))
    assert entry.date == entry.modified


def test_entry_leads_to_the_source_and_names_it():
    """By default an entry's link is the source's; `via` says so in any case."""
    entry = entry_of(make_item("a"))
    assert ("https://a.example/story/", "https://a.example/story/") == (entry.url, entry.via)


def test_entry_leads_to_the_page_where_the_owner_wants_it():
    """DIGEST_FEED_LINKS = "page" keeps readers on the site, and `via` still names the source."""
    entry = entry_of(make_item("a"), feed_to_source=False)
    assert ("https://tiny.example/news/a/", "https://a.example/story/") == (entry.url, entry.via)


def test_entry_of_an_item_without_a_link_leads_to_its_page():
    """What lives here is linked here, by its absolute address, below the site's path."""
    entry = entry_of(make_item("a", url=""), url="https://x.example/repo")
    assert ("https://x.example/repo/news/a/", "") == (entry.url, entry.via)


def test_entry_of_an_item_without_a_page_leads_to_the_source():
    """No entry leads nowhere."""
    assert "https://a.example/story/" == entry_of(make_item("a"), feed_to_source=False, pages="local-only").url


def test_entry_carries_topics_and_their_parents():
    """Categories are the item's topics, then what stands above them, each once."""
    records = [
        make_topic("Transport"),
        make_topic("Trams", parent="Transport"),
        make_topic("Bikes", parent="Transport"),
    ]
    entry = entry_of(make_item("a", topics=("trams", "Bikes")), topics=records)
    assert ("Trams", "Bikes", "Transport") == entry.categories


def test_author_of_an_entry_is_the_provider():
    """An entry names who wrote it; without a provider that is the site."""
    assert "The Post" == entry_of(make_item("a")).author
    assert "Tiny" == entry_of(make_item("a", provider=None)).author


def test_content_lists_who_else_covered_the_story():
    """The members of the cluster are links in the content, twelve at most."""
    item = make_item("a", excerpt="What <b> happened & why", related=tuple(make_link(f"m{n}") for n in range(20)))
    html = entry_of(item).html
    assert 12 == html.count("<li>")
    assert "What &lt;b&gt; happened &amp; why" in html


def test_nothing_that_an_entry_tells_can_be_html():
    """Headlines, sources, addresses, corrections and the site's name are text in an entry, and end no attribute."""
    bad = "\"'><img src=x>"
    member = make_link("m", title=bad, url=f"https://m.example/{bad}", provider=make_provider_ref(name=bad))
    corrections = (Correction(date=make_date("2026-05-03"), text=bad),)
    item = make_item("a", title=bad, excerpt=f"Told: {bad}", related=(member,), corrections=corrections)
    feeds = feeds_of([item], name=bad)
    told = [entry.html for name in ("all", "daily", "weekly") for entry in feeds[f"feeds/{name}.atom.xml"].entries]
    assert 3 == len(told)
    assert all("&#34;&#39;&gt;&lt;img" in html and "<img" not in html and bad[0] + bad[1] not in html for html in told)


def test_picture_is_an_absolute_enclosure():
    """A feed reader knows no relative addresses."""
    item = make_item("a", images=(ImageRef(url="/images/a.jpg", width_px=1200, height_px=630),))
    entry = entry_of(item, local_files=["images/a.jpg"], url="https://x.example/repo")
    assert "https://x.example/repo/images/a.jpg" == entry.image_url


def test_generic_picture_is_no_enclosure():
    """A logo is not sent to readers."""
    image = ImageRef(url="/images/logo.jpg", width_px=1200, height_px=630)
    assert "" == entry_of(make_item("a", images=(image,)), local_files=["images/logo.jpg"]).image_url


def test_body_of_an_item_is_its_content():
    """Where the text is here, the feed has the text."""
    assert "<p>All of it</p>" in entry_of(make_item("a", body="<p>All of it</p>")).html


def test_empty_site_has_no_feed_without_entries():
    """A feed without entries would not be valid Atom with a date of its own."""
    assert {} == feeds_of([])


def test_addresses_of_a_feed_are_absolute_below_the_sites_path():
    """A project site lives below a path, and its feeds say so."""
    feed = feeds_of([make_item()], url="https://x.example/repo")["feeds/all.atom.xml"]
    assert ("https://x.example/repo/", "https://x.example/repo/feeds/all.atom.xml") == (feed.home_url, feed.self_url)


def test_site_without_an_address_still_has_absolute_feeds():
    """A preview's feed can be read."""
    feed = feeds_of([make_item(url="")], url="")["feeds/all.atom.xml"]
    assert feed.self_url.startswith("http://localhost")
    assert feed.entries[0].url.startswith("http://localhost")


def test_json_feed_leads_from_page_to_page():
    """Older pages are numbered from the oldest, so their addresses and items never change; nothing is lost between."""
    items = [make_item(f"i{n}", date=f"2026-05-{n + 1:02}") for n in range(7)]
    feeds = feeds_of(items, feed_size=2)
    chain = ["feeds/all.json", "feeds/all/page/2.json", "feeds/all/page/1.json"]
    following = [f"https://tiny.example/{name}" for name in chain[1:]] + [""]
    assert [feeds[name].next_url for name in chain] == following
    assert [
        ["i6", "i5", "i4"],
        ["i3", "i2"],
        ["i1", "i0"],
    ] == [[entry.title[-2:] for entry in feeds[name].entries] for name in chain]


def test_short_json_feed_has_no_next_page():
    """What fits into one file is one file."""
    assert "" == feeds_of([make_item()])["feeds/all.json"].next_url


def hot_items(count: int = 40) -> list[NewsItem]:
    """Return items with every heat from 0 up, the later the colder; every second one is about trams."""
    topics = ((), ("Trams",))
    return [
        make_item(f"i{n:02}", date=f"2026-04-{n % 28 + 1:02}", heat=count - n, topics=topics[n % 2])
        for n in range(count)
    ]


@pytest.mark.parametrize(("count", "name"), [(2, "feeds/top-5.atom.xml"), (10, "feeds/top-25.atom.xml")])
def test_top_feeds_hold_the_sites_hottest_share(count: int, name: str):
    """Of forty items the hottest twentieth are two, the hottest quarter ten."""
    entries = feeds_of(hot_items())[name].entries
    assert sorted(entry.title for entry in entries) == [f"Title of i{n:02}" for n in range(count)]


def test_top_feeds_of_a_topic_go_by_the_heat_of_the_whole_site():
    """A topic's hottest are those that are hot on the site; a topic without any has no such feed."""
    feeds = feeds_of([*hot_items(), make_item("cold", heat=1, topics=("Moss",))])
    assert ["Title of i01"] == [entry.title for entry in feeds["topics/trams/top-5.atom.xml"].entries]
    assert not [name for name in feeds if name.startswith("topics/moss/top")]


def test_small_site_has_no_top_feeds():
    """Below twenty items a percentile says nothing."""
    assert not [name for name in feeds_of(hot_items(19)) if "top-" in name]


def test_feed_of_a_topic_holds_what_is_below_it():
    """Who follows transport also follows trams."""
    records = [make_topic("Transport"), make_topic("Trams", parent="Transport")]
    feeds = feeds_of([make_item("a", topics=("Trams",))], topics=records)
    assert ["Title of a"] == [entry.title for entry in feeds["topics/transport/feed.json"].entries]


def test_feed_of_a_topic_lies_where_a_server_looks_for_it():
    """The file of a name outside ASCII has that name; only its address is encoded."""
    plan = feeds_of([make_item(topics=("日本",))], topics=[make_topic("日本")])["topics/日本/feed.json"]
    assert "https://tiny.example/topics/%E6%97%A5%E6%9C%AC/feed.json" == plan.self_url


def test_day_is_one_entry_with_its_stories_by_score():
    """The id is made of the day, the link leads to its page, each story is there once."""
    items = [
        make_item("new", date="2026-05-03"),
        make_item("cold", date="2026-05-02T09:00", heat=5, excerpt="Cold <b>"),
        make_item("hot", date="2026-05-02T08:00", heat=500, related=(make_link("member"),)),
        make_item("member", date="2026-05-02T10:00", heat=4),
    ]
    (day,) = feeds_of(items)["feeds/daily.atom.xml"].entries
    assert ("tag:tiny.example,2026-05-02:days/2026-05-02", "https://tiny.example/2026/05/02/") == (day.id, day.url)
    assert ("2026-05-02T08:00:00Z", "2026-05-02T10:00:00Z") == (day.date, day.modified)
    assert "Title of hot · Title of cold" == day.summary
    assert 0 < day.html.index("Title of hot") < day.html.index("Title of cold")
    assert "Cold &lt;b&gt;" in day.html
    assert "Title of member" not in day.html


def test_day_appears_when_it_is_over():
    """Readers seldom fetch an entry twice; only a site of a single day shows it before."""
    items = [make_item("a", date="2026-05-01"), make_item("b", date="2026-05-02"), make_item("c", date="2026-05-04")]
    assert ["2026-05-02", "2026-05-01"] == [entry.id[-10:] for entry in feeds_of(items)["feeds/daily.atom.xml"].entries]
    assert 1 == len(feeds_of(items[:1])["feeds/daily.atom.xml"].entries)


def test_day_is_that_of_the_sites_zone():
    """An item of the small hours in London belongs to yesterday in San Francisco."""
    items = [make_item("a", date="2026-05-02T03:00"), make_item("b", date="2026-05-03T20:00")]
    (day,) = feeds_of(items, zone="America/Los_Angeles")["feeds/daily.atom.xml"].entries
    assert "days/2026-05-01" in day.id


def test_week_is_one_entry():
    """A week is named as ISO 8601 has it, and its id holds its Monday: the year is not always the day's."""
    items = [
        *(make_item(f"i{n}", date="2021-01-02", heat=100 - n, topics=("Trams",)) for n in range(7)),
        make_item("next", date="2021-01-04"),
    ]
    (week,) = feeds_of(items)["feeds/weekly.atom.xml"].entries
    assert ("tag:tiny.example,2020-12-28:weeks/2020-w53", "https://tiny.example/2020/w53/") == (week.id, week.url)
    assert 7 == week.html.count("<li>")
    assert week.html.index("</ol>") < week.html.index("<h3>Trams</h3>") < week.html.index("Title of i5")


@pytest.mark.parametrize("change", [{"title": "Edited"}, {"excerpt": "Edited"}], ids=["title", "excerpt"])
def test_ids_of_digests_survive_editing(change: dict[str, Any]):
    """Neither a day nor a week comes again because somebody mended a headline."""
    items = [make_item("a", date="2026-04-01"), make_item("b", date="2026-05-01")]
    edited = [msgspec.structs.replace(items[0], **change), items[1]]
    for name in ("feeds/daily.atom.xml", "feeds/weekly.atom.xml"):
        assert [e.id for e in feeds_of(items)[name].entries] == [e.id for e in feeds_of(edited)[name].entries]


def test_hub_is_named_by_every_feed():
    """Where the owner has a hub, each feed says so."""
    assert {"https://hub.example/"} == {
        plan.hub_url for plan in feeds_of([make_item()], feed_hub="https://hub.example/").values()
    }


def test_no_feed_has_two_entries_with_one_id():
    """A reader would show only one of them."""
    for plan in feeds_of(hot_items(), feed_size=7).values():
        ids = [entry.id for entry in plan.entries]
        assert len(ids) == len(set(ids))
