"""The JSON API: which files there are, and what each says."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

import msgspec
import pytest

from pelican.plugins.news_digest.model import NewsItem, Status, VideoRef
from pelican.plugins.news_digest.output.documents.json_file import render_json
from pelican.plugins.news_digest.pages.machines import api
from pelican.plugins.news_digest.pages.machines.api import SCHEMAS, plan_api
from pelican.plugins.news_digest.pages.machines.api_shapes import ClusterFile, WrittenCluster
from pelican.plugins.news_digest.pages.plans import FilePlan, JsonPlan, made
from tests.builders import make_date, make_item, make_link, make_provider_ref, make_topic
from tests.pages.rooms import make_room

PLAYER = '<iframe width="800" height="500" src="https://www.youtube.com/embed/abcdefghijk" allowfullscreen></iframe>'


def api_of(items: Sequence[NewsItem], **values: Any) -> dict[str, Any]:
    """Return the API of a site, parsed, by file."""
    found = {}
    for plan in map(made, plan_api(make_room(items, **values))):
        assert isinstance(plan, (JsonPlan, FilePlan))
        found[plan.save_as] = json.loads(render_json(plan.payload) if isinstance(plan, JsonPlan) else plan.data)
    return found


def news_of(item: NewsItem, **values: Any) -> dict[str, Any]:
    """Return *item* as the list of news has it."""
    (found,) = api_of([item], **values)["api/news/index.json"]["value"]
    return dict(found)


def test_keys_of_an_item_stand_in_the_order_that_clients_know() -> None:
    """Nothing is added to an item, not even at the end."""
    assert (
        "path title excerpt sourceUrl webUrl originalUrl featuredContent highlight heat tags images content type"
        " ampWebUrl cdnAmpWebUrl publishedDateTime updatedDateTime provider locale categories topics"
    ).split() == list(news_of(make_item()))


def test_item_repeats_what_its_file_says() -> None:
    """Text is neither decoded nor trimmed, addresses are not mended."""
    raw = {
        "title": " A &amp; B ",
        "excerpt": "one\r\ntwo",
        "webUrl": "https://a.example/PR Newswire/",
        "provider": {"name": "Morningstar%2c Inc.", "domain": "www.m.example"},
        "topics": ["azure"],
    }
    found = news_of(make_item(raw=raw, topics=("azure",)), topics=[make_topic("Azure")])
    assert {**raw, "provider": {**raw["provider"], "images": None, "publishers": None, "authors": None}} == {
        key: found[key] for key in raw
    }


def test_item_of_an_ordinary_article_has_every_key() -> None:
    """An article without such front matter is described by what the site knows of it."""
    found = news_of(make_item("a", excerpt="Short", url="", provider=None, topics=("T",), body="<p>All</p>"))
    assert ("_news/a.md", "Title of a", "Short", None, None, ["T"], "<p>All</p>", ["news"]) == tuple(
        found[key] for key in ("path", "title", "excerpt", "webUrl", "provider", "topics", "content", "categories")
    )


def test_empty_body_is_what_the_committed_files_have() -> None:
    """Every entry of the archive's own lists has a carriage return and a newline here."""
    assert "\r\n" == news_of(make_item())["content"]


def test_moments_are_in_the_sites_zone() -> None:
    """Clients find the offset of the site's clock, as ever."""
    item = make_item(date="2026-07-01T02:00", modified=make_date("2026-12-01T02:00"))
    found = news_of(item, zone="America/Los_Angeles")
    assert ("2026-06-30T19:00:00-07:00", "2026-11-30T18:00:00-08:00") == (
        found["publishedDateTime"],
        found["updatedDateTime"],
    )


@pytest.mark.parametrize(("expected", "values", "lang"), [
    ("en-us", {}, ""), ("pt", {"lang": "pt"}, ""), ("ar-eg", {}, "ar-EG"), ("en-gb", {"lang": "en-GB"}, ""),
])  # fmt: skip
def test_locale_is_the_items_or_the_sites(expected: str, values: dict[str, str], lang: str) -> None:
    """Pelican's "en" is what the archives call en-us."""
    assert expected == news_of(make_item(lang=lang), **values)["locale"]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//a.example", "", "a.html"])
def test_address_that_is_no_web_address_is_null(url: str) -> None:
    """A client may link to whatever it finds here."""
    raw = dict.fromkeys(("webUrl", "originalUrl", "ampWebUrl", "cdnAmpWebUrl"), url)
    found = news_of(make_item(raw=raw))
    assert dict.fromkeys(raw) == {key: found[key] for key in raw}


@pytest.mark.parametrize(("expected", "html"), [
    (PLAYER, PLAYER), (None, f"{PLAYER}<script>alert(1)</script>"), (None, PLAYER.replace("width", "onload")),
    (None, PLAYER.replace("allowfullscreen", 'srcdoc="x"')),
])  # fmt: skip
def test_player_is_a_plain_frame_or_null(expected: str | None, html: str) -> None:
    """A client may show the player: only the frame that the format has goes out."""
    item = make_item(raw={"featuredContent": html}, video=VideoRef(host="youtube", id="abcdefghijk"))
    assert expected == news_of(item)["featuredContent"]


def test_player_of_an_unknown_host_is_null() -> None:
    """What the site does not play it does not pass on."""
    assert news_of(make_item(raw={"featuredContent": PLAYER.replace("youtube", "evil")}))["featuredContent"] is None


def test_malformed_pictures_do_no_harm() -> None:
    """A list of wrong things is no list of pictures."""
    images = ["x", {"url": "javascript:1", "width": "9", "height": 8, "isCached": "yes", "title": 5}]
    expected = {"url": None, "width": None, "height": 8, "title": "5", "attribution": None, "isCached": False}
    assert [expected] == news_of(make_item(raw={"images": images}))["images"]


def test_only_published_items_are_listed_whichever_have_pages() -> None:
    """An archive with a page for everything has the same API."""
    items = [make_item("a"), make_item("b", status=Status.UNPUBLISHED), make_item("c", status=Status.REMOVED)]
    files = api_of(items, pages="all")
    assert ["_news/a.md"] == [item["path"] for item in files["api/news/index.json"]["value"]]
    assert files["api/news/index.json"] == api_of(items)["api/news/index.json"]


def test_two_reports_with_one_link_are_both_listed() -> None:
    """The API repeats the archive; only pages leave repeats out."""
    items = [make_item("a", url="https://x.example/"), make_item("b", url="https://x.example/")]
    assert 2 == len(api_of(items)["api/news/index.json"]["value"])


@pytest.mark.parametrize(("expected", "count"), [([0], 0), ([1], 1), ([25], 25), ([25, 1], 26), ([25, 25], 50)])
def test_news_is_cut_into_pages_of_25(expected: list[int], count: int) -> None:
    """The newest page is page 1; the last one names no next."""
    files = api_of([make_item(f"i{n:02}") for n in range(count)])
    pages = [files[f"api/news/page/{number}/index.json"] for number in range(1, len(expected) + 1)]
    assert expected == [len(page["value"]) for page in pages]
    assert [*range(2, len(expected) + 1), None] == [page["nextPage"] for page in pages]
    assert f"api/news/page/{len(expected) + 1}/index.json" not in files


def test_list_of_a_topic_holds_what_names_it() -> None:
    """A topic's list has thirty a page, and not what only a narrower topic carries."""
    records = [make_topic("Transport"), make_topic("Trams", parent="Transport")]
    items = [make_item(f"i{n:02}", topics=("Trams",)) for n in range(31)]
    files = api_of(items, topics=records)
    assert [30, 1] == [len(files[f"api/news/trams/page/{number}/index.json"]["value"]) for number in (1, 2)]
    assert [] == files["api/news/transport/index.json"]["value"]


def test_topics_stand_in_the_order_of_their_files() -> None:
    """A topic says its parent's name, and where its news is; absent keys are absent."""
    records = [
        make_topic("Trams", parent="Transport", source_path="topics/2.yaml", services={"news": "https://o.example/"}),
        make_topic("Transport", source_path="topics/1.yaml", short_name="Move", images=("https://x.example/a.jpg",)),
    ]
    files = api_of([make_item(topics=("Zoo",))], topics=records)
    assert [
        {
            "name": "Transport",
            "shortname": "Move",
            "id": "transport",
            "images": ["https://x.example/a.jpg"],
            "services": [{"name": "news", "endpoint": "https://tiny.example/api/news/transport/"}],
        },
        {
            "name": "Trams",
            "shortname": "Trams",
            "id": "trams",
            "parent": "Transport",
            "services": [{"name": "news", "endpoint": "https://o.example/"}],
        },
        {
            "name": "Zoo",
            "shortname": "Zoo",
            "id": "zoo",
            "services": [{"name": "news", "endpoint": "https://tiny.example/api/news/zoo/"}],
        },
    ] == files["api/topics/index.json"]["value"]


def test_providers_say_how_much_and_since_when() -> None:
    """A provider with a feed names it."""
    items = [make_item(f"i{n}", date=f"2026-05-0{n + 1}") for n in range(3)]
    items.append(make_item("b", date="2026-05-02", provider=make_provider_ref("b.example", "B")))
    first, second = api_of(items)["api/providers/index.json"]["value"]
    assert ("b.example", 1, None) == (first["domain"], first["items"], first["feedUrl"])
    assert ("2026-05-01T00:00:00+00:00", "2026-05-03T00:00:00+00:00") == (
        second["firstDateTime"],
        second["lastDateTime"],
    )
    assert "https://tiny.example/providers/post.example/feed.atom.xml" == second["feedUrl"]


def test_day_has_its_stories_by_score_and_names_its_neighbours() -> None:
    """The hottest comes first; the days beside it are those that have items."""
    items = [
        make_item("a", date="2026-05-01"),
        make_item("b", date="2026-05-04T08:00", heat=10),
        make_item("c", date="2026-05-04T09:00", heat=900),
        make_item("d", date="2026-05-09"),
    ]
    day = api_of(items)["api/days/2026-05-04.json"]
    assert ("2026-05-01", "2026-05-09", 2) == (day["previous"], day["next"], day["count"])
    assert ["_news/c.md", "_news/b.md"] == [item["path"] for item in day["value"]]


def test_day_is_that_of_the_sites_zone() -> None:
    """An item of the small hours in London is one of yesterday in San Francisco."""
    files = api_of([make_item(date="2026-05-02T03:00")], zone="America/Los_Angeles")
    assert "api/days/2026-05-01.json" in files


def test_cluster_names_who_else_reported() -> None:
    """A member with a page names it; an item that is alone has no file."""
    items = [
        make_item("a", related=(make_link("b"), make_link("far"))),
        make_item("b", related=(make_link("a"),), quality=9),
        make_item("c"),
    ]
    files = api_of(items)
    assert {"api/clusters/a.json", "api/clusters/b.json"} == {name for name in files if "clusters" in name}
    inside, outside = files["api/clusters/a.json"]["value"]
    assert ("b", "https://tiny.example/news/b/") == (inside["slug"], inside["pageUrl"])
    assert (None, None, "https://far.example/story/") == (outside["slug"], outside["pageUrl"], outside["webUrl"])


def test_status_counts_and_never_looks_at_the_clock() -> None:
    """The moment is that of the newest item."""
    status = api_of([make_item("a", related=(make_link("b"),)), make_item("b")])["api/status.json"]
    assert "2026-05-01T08:00:00+00:00" == status["referenceDateTime"] == status["newestDateTime"]
    assert {"news": 2, "pages": 2, "clusters": 1, "stories": 0, "days": 1, "topics": 0, "providers": 1} == status[
        "counts"
    ]


def test_every_shape_has_a_schema() -> None:
    """A schema names itself and where it lies."""
    files = api_of([make_item()])
    for name in SCHEMAS:
        assert f"https://tiny.example/api/schema/{name}.json" == files[f"api/schema/{name}.json"]["$id"]


def test_every_file_is_what_its_shape_declares() -> None:
    """Each file can be read back into the struct that its schema is made of."""
    items = [make_item("a", topics=("T",), related=(make_link("b"),)), make_item("b")]
    for plan in map(made, plan_api(make_room(items))):
        if isinstance(plan, JsonPlan):
            shape = ClusterFile if isinstance(plan.payload, WrittenCluster) else type(plan.payload)
            read = msgspec.json.decode(render_json(plan.payload), type=shape)
            assert msgspec.json.encode(read) == msgspec.json.encode(plan.payload)


def test_a_report_is_the_same_in_every_file_of_its_story(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is encoded once, and again where too many were since: nobody can tell from the files."""
    links = tuple(make_link(slug) for slug in "abcd")
    items = [make_item(slug, related=links) for slug in "abcd"]
    files = api_of(items)
    found = [report for slug in "abcd" for report in files[f"api/clusters/{slug}.json"]["value"]]
    assert {"a": 3, "b": 3, "c": 3, "d": 3} == Counter(report["slug"] for report in found)
    assert 4 == len({msgspec.json.encode(report) for report in found})
    monkeypatch.setattr(api, "KEPT_REPORTS", 1)
    assert files == api_of(items)


def test_owner_may_want_no_api() -> None:
    """DIGEST_API = False leaves nothing below api/."""
    assert {} == api_of([make_item()], has_api=False)


def test_title_edited_leaves_the_address() -> None:
    """An item's path, its cluster's file and its day's stay what they were."""
    item = make_item("a", related=(make_link("b"),))
    edited = msgspec.structs.replace(item, title="Edited", packed=msgspec.msgpack.encode((0, {"title": "Edited"})))
    before, after = api_of([item, make_item("b")]), api_of([edited, make_item("b")])
    assert before.keys() == after.keys()
    assert [i["path"] for i in before["api/news/index.json"]["value"]] == [
        i["path"] for i in after["api/news/index.json"]["value"]
    ]


def test_stories_are_listed_with_where_their_reports_are() -> None:
    """How much there is, its page, its feed; and whose cluster says who reported it."""
    items = [
        make_item("a", date="2026-05-01", story="bridge", related=(make_link("x", date="2026-05-03"),)),
        make_item("b", date="2026-05-02", story="bridge", heat=9, excerpt="What."),
    ]
    files = api_of(items)
    (listed,) = files["api/stories/index.json"]["value"]
    assert ("bridge", "What.", "b", 3, 1, False) == tuple(
        listed[key] for key in ("id", "excerpt", "lead", "reports", "sources", "closed")
    )
    assert "https://tiny.example/stories/bridge/feed.json" == listed["feedUrl"]
    assert f"api/clusters/{listed['lead']}.json" in files
