"""What an editor does at the desk: each act is seen at once, stands in one file, and can be undone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest

from pelican.plugins.news_digest.preview.board import Board
from pelican.plugins.news_digest.preview.desk import desk as desk_module
from pelican.plugins.news_digest.preview.desk import ground as ground_module
from pelican.plugins.news_digest.preview.owner import Owner, Wishes

if TYPE_CHECKING:
    from tests.conftest import Site
    from tests.preview.talking import Reply

    from .conftest import AtDesk

EVERYTHING = "?since=all&show=all"


def slugs(page: Reply) -> list[str]:
    """Return the stories of a page, in their order."""
    return re.findall(r'<article class="group" id="s-([^"]+)"', page.body)


def notice(page: Reply) -> str:
    """Return what a page says of the act before."""
    found = re.search(r'<p class="notice-text" dir="auto">(.*?)</p>', page.body)
    return found[1] if found else ""


def undo_number(page: Reply) -> str:
    """Return the number that the act is undone by."""
    return re.search(r'name="number" value="([^"]+)"', page.body)[1]


def test_what_waits_comes_first_and_hottest_first(desk: AtDesk):
    """The desk opens with what there is to decide on; published and hidden stories are one click away."""
    assert ["boats", "tram", "storm", "draft"] == slugs(desk.get())
    assert ["ferry"] == slugs(desk.get("?show=published"))
    assert ["advert"] == slugs(desk.get("?show=hidden"))
    assert ["ferry", "boats", "tram", "storm", "draft", "advert"] == slugs(desk.get("?show=all"))


def test_texts_are_texts(desk: AtDesk):
    """What a feed brings is shown as it is written, and is never markup."""
    body = desk.get("?show=all").body
    assert "Boats to stay in port &amp; wait" in body
    assert "The Ellery &lt;Digest&gt;" in body
    assert '<a href="/_desk/story?item=storm">عاصفة في الميناء</a>' in body
    assert 'lang="ar"' in body


def test_publish(desk: AtDesk):
    """The item goes on the site, leaves what waits, and the page stays where it was: at the next story."""
    reply = desk.send(desk.form("boats", "", act="publish"))
    assert "published: true" in desk.text("boats")
    assert reply.headers["location"].endswith("#s-tram")
    page = desk.get(f"?{reply.headers['location'].partition('?')[2].partition('#')[0]}")
    assert ["tram", "storm", "draft"] == slugs(page)
    assert "Published “Boats to stay in port &amp; wait”." in notice(page)
    assert "news/boats.md" in notice(page)


@pytest.mark.parametrize(
    ("act", "value", "written"),
    [
        ("hide", "", "hide: true"),
        ("pin", "", "pin: true"),
        ("retitle", "Trams run until two", "title: Trams run until two"),
        ("topics", "Trams, Night", "- Night"),
    ],
)
def test_every_act_can_be_undone(desk: AtDesk, act: str, value: str, written: str):
    """One file changes; Undo leaves no trace of it."""
    before = desk.files()
    page = desk.press(act, "tram", value=value)
    after = desk.files()
    assert ["tram.md"] == [name for name in after if after[name] != before[name]]
    assert written in desk.text("tram").replace('"', "")
    undone = desk.send(desk.form("tram", act="undo", number=undo_number(page)))
    assert 303 == undone.status
    assert before == desk.files()


def test_an_item_that_is_shown_stays_where_it_is(desk: AtDesk):
    """Where the list shows published stories as well, the page comes back to the very one."""
    reply = desk.send(desk.form("boats", EVERYTHING, act="publish"))
    assert reply.headers["location"].endswith("#s-boats")
    assert "show=all" in reply.headers["location"]


def test_a_draft_is_published(desk: AtDesk):
    """What only waited for its author is not kept back by what kept it back."""
    desk.press("publish", "draft")
    assert "status" not in desk.text("draft")


def test_there_is_one_lead(desk: AtDesk):
    """Who pins another story takes the pin from the one before; both are undone at once."""
    before = desk.files()
    first = desk.press("pin", "ferry")
    between = desk.files()
    page = desk.press("pin", "tram")
    assert "pin" not in desk.text("ferry")
    assert ["tram", "ferry"] == slugs(desk.get(EVERYTHING))[:2]
    assert "+1" in notice(page)
    desk.send(desk.form("tram", act="undo", number=undo_number(page)))
    assert between == desk.files()
    desk.send(desk.form("ferry", act="undo", number=undo_number(first)))
    assert before == desk.files()


def merge(desk: AtDesk, slug: str, into: str) -> Reply:
    """Merge *slug* on its own page, as an editor does."""
    page = desk.get(f"story?item={slug}")
    form = next(text for text in re.findall(r"<form.*?</form>", page.body, re.DOTALL) if f'value="{into}"' in text)
    fields = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form))
    return desk.send({**fields, "act": "merge"})


def test_merge_and_split(desk: AtDesk):
    """Two items become one story under one name; split off again, each has a name of its own for good."""
    reply = merge(desk, "boats", "ferry")
    assert "/_desk/?did=" in reply.headers["location"]
    names = {slug: re.search(r"^story: (.*)$", desk.text(slug), re.MULTILINE)[1] for slug in ("ferry", "boats")}
    assert {"ferry": "ferry-strike-from-monday", "boats": "ferry-strike-from-monday"} == names
    page = desk.get(EVERYTHING)
    assert ["ferry", "tram", "storm", "draft", "advert"] == slugs(page)
    assert "1 more report" in page.body
    desk.press("split", "boats")
    assert "story: boats-to-stay-in-port-and-wait" in desk.text("boats")
    assert ["ferry", "boats"] == slugs(desk.get(EVERYTHING))[:2]


def test_a_merge_is_undone_as_one(desk: AtDesk):
    """However many files it changed."""
    before = desk.files()
    reply = merge(desk, "boats", "ferry")
    number = reply.headers["location"].partition("did=")[2].partition("#")[0]
    desk.send(desk.form("tram", act="undo", number=number))
    assert before == desk.files()


def test_a_merge_with_what_changed_meanwhile_is_refused(desk: AtDesk):
    """Both stories have to be what the page showed."""
    page = desk.get("story?item=boats")
    form = next(text for text in re.findall(r"<form.*?</form>", page.body, re.DOTALL) if 'value="ferry"' in text)
    fields = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form))
    path = desk.content / "news/ferry.md"
    path.write_text(path.read_text().replace("Ferry strike", "No strike"))
    before = desk.files()
    desk.send({**fields, "act": "merge"})
    assert before == desk.files()


def test_an_edit_by_hand_is_seen_and_not_undone(desk: AtDesk):
    """The desk shows files as they are; what it did before somebody edited them is theirs to take back."""
    page = desk.press("publish", "tram")
    path = desk.content / "news/tram.md"
    path.write_text(path.read_text().replace("Trams run", "Buses run"))
    before = desk.files()
    reply = desk.send(desk.form("ferry", act="undo", number=undo_number(page)))
    said = notice(desk.get(f"?{reply.headers['location'].partition('?')[2].partition('#')[0]}"))
    assert "news/tram.md was changed meanwhile" in said
    assert before == desk.files()


def test_undo_goes_back_step_by_step(desk: AtDesk):
    """Two acts on one file are undone in their order; the first one cannot be undone before the second."""
    before = desk.files()
    first = undo_number(desk.press("publish", "tram"))
    second = undo_number(desk.press("retitle", "tram", value="Other words"))
    kept = desk.files()
    desk.send(desk.form("ferry", act="undo", number=first))
    assert kept == desk.files()
    desk.send(desk.form("ferry", act="undo", number=second))
    desk.send(desk.form("ferry", act="undo", number=first))
    assert before == desk.files()


def test_what_is_too_long_ago_cannot_be_undone(desk: AtDesk, monkeypatch: pytest.MonkeyPatch):
    """Not everything is kept for ever; git knows the rest."""
    monkeypatch.setattr(desk_module, "MOST_KEPT", 1)
    first = undo_number(desk.press("publish", "tram"))
    desk.press("publish", "boats")
    before = desk.files()
    reply = desk.send(desk.form("ferry", act="undo", number=first))
    page = desk.get(f"?{reply.headers['location'].partition('?')[2].partition('#')[0]}")
    assert "cannot be undone any more" in notice(page)
    assert before == desk.files()


def test_what_the_file_says_already_is_said(desk: AtDesk):
    """No file is written for nothing."""
    before = desk.files()
    page = desk.press("retitle", "tram", value="Trams run all night")
    desk.press("retitle", "tram", value="Trams run all night")
    assert notice(page)
    changed = desk.files()
    assert "Nothing to change" in notice(desk.press("retitle", "tram", value="Trams run all night"))
    assert changed == desk.files() != before


def test_what_cannot_be_done_says_why(desk: AtDesk):
    """The file keeps the word that only its author can take back."""
    path = desk.content / "news/tram.md"
    path.write_text(path.read_text().replace("published: false", "published: false\npassword: sesame"))
    page = desk.press("publish", "tram")
    assert "password" in notice(page)
    assert "data-problem" in page.body


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=port", ["boats"]),
        ("q=trams+NIGHT", ["tram"]),
        ("q=%D8%B9%D8%A7%D8%B5%D9%81%D8%A9", ["storm"]),
        ("topic=trams", ["tram"]),
        ("source=boats.example", ["boats"]),
        ("q=nothing", []),
        ("source=nobody.example", []),
    ],
)
def test_stories_are_found(desk: AtDesk, query: str, found: list[str]):
    """By words in any case and script, by topic, by source."""
    assert found == slugs(desk.get(f"?show=all&{query}"))


@pytest.mark.parametrize("query", ["page=99", "page=0", "page=x", "show=x", "since=x", "since=1", "q=%00", "a=1&a=2"])
def test_odd_addresses_show_something_sensible(desk: AtDesk, query: str):
    """What is not understood in an address is as if it were not there."""
    assert 200 == desk.get(f"?{query}").status


@pytest.mark.parametrize("path", ["nothing", "story", "story?item=gone", "story/?item=tram", "%2e%2e/", "a/../../"])
def test_pages_that_are_not_there_are_404(desk: AtDesk, path: str):
    """With the way back to the desk."""
    reply = desk.get(path)
    assert 404 == reply.status
    assert 'href="/_desk/"' in reply.body


def test_a_story_has_a_page(desk: AtDesk):
    """All its reports, and other stories, of which those that share words come first."""
    body = desk.get("story?item=tram").body
    assert ["tram"] == re.findall(r'<article class="group" id="s-([^"]+)"', body)
    assert "Merge into another story" in body
    assert ["ferry"] == re.findall(r'name="into" value="([^"]+)"', desk.get("story?item=tram&q=strike").body)


def test_the_way_back_keeps_what_was_looked_for(desk: AtDesk):
    """Filters and page stay after an act."""
    reply = desk.send(desk.form("tram", "?show=all&since=all&q=trams", act="hide"))
    assert {"show=all", "since=all", "q=trams"} <= {*unquote(reply.headers["location"]).partition("?")[2].split("&")}


def test_during_the_first_build_the_desk_waits(desk: AtDesk, monkeypatch: pytest.MonkeyPatch):
    """Nothing is read twice at once; the page asks again by itself."""
    monkeypatch.setattr(desk_module.Desk, "_ground", lambda *_, **__: None)
    reply = desk.get()
    assert 503 == reply.status
    assert '<meta http-equiv="refresh" content="2">' in reply.body


def test_what_did_not_change_is_not_sorted_again(desk: AtDesk, monkeypatch: pytest.MonkeyPatch):
    """Files are looked at before and after each act; stories are put together anew only when one has changed."""
    made = []
    make = ground_module.make_shelf
    monkeypatch.setattr(ground_module, "make_shelf", lambda *args, **values: made.append(1) or make(*args, **values))
    desk.get()
    desk.press("publish", "tram")
    assert 2 == len(made)


def test_what_appears_tomorrow_is_seen_today(desk: AtDesk):
    """A published item that is dated ahead stands among the published ones, and says from when on it is shown."""
    path = desk.content / "news/tram.md"
    text = path.read_text().replace("published: false", "published: true")
    path.write_text(text.replace("2026-05-01T08:00:00Z", "2126-05-01T08:00:00Z"))
    page = desk.get("?show=published&since=1")
    assert "appears on 1 May 2126, 08:00" in page.body


def test_below_a_path(newsroom: Site, monkeypatch: pytest.MonkeyPatch):
    """Of a project page the desk is below its path, and so is everything that it leads to."""
    monkeypatch.chdir(newsroom.root)
    owner = Owner(Wishes(settings=newsroom.root / "pelicanconf.py"), site_url=lambda base: base)
    owner.read()
    board = Board()
    board.tell(is_building=False)
    desk = desk_module.Desk(owner, board)
    body = desk.show("/repo/_desk/", base="/repo/").body.decode()
    assert not [
        found for found in re.findall(r'(?:href|src|action)="(/[^"]*)"', body) if not found.startswith("/repo/")
    ]
    answer = desk.act({"act": "hide", "item": "tram", "back": ""}, base="/repo/")
    assert answer.location.startswith("/repo/_desk/?did=")


@pytest.mark.parametrize(
    ("lang", "direction", "words", "said"),
    [
        ("de", "ltr", ("Redaktion", "Wartend", "Zum Aufmacher machen", "Qualität", "Ihre Themen"), "veröffentlicht"),
        ("ar", "rtl", ("مكتب التحرير", "في الانتظار", "اجعله متصدّرًا", "الجودة", "مواضيعك"), "نُشر"),
    ],
)
def test_the_desk_speaks_the_language_of_its_site(desk: AtDesk, direction: str, words: tuple[str, ...], said: str):
    """Tabs, buttons, sums, notes and what is said of an act; the texts of items stay as they are."""
    desk.press("topics", "tram", value="Trams, Night")
    page = desk.get("?since=all&show=all")
    assert f'dir="{direction}" class="desk"' in page.body
    assert [] == [word for word in words if word not in page.body]
    assert "Trams run all night" in page.body
    page = desk.press("publish", "boats")
    assert said in notice(page)
    assert [] == re.findall(
        r">\s*(?:Publish|Hide|Merge|Edit|Undo|Waiting|Published|Search|Source|Topic|All)\b", page.body
    )
