"""Editions of the newsletter: what is in them, which ones there are, where they lie."""

from __future__ import annotations

from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from pelican.plugins.news_digest.errors import ContentError
from pelican.plugins.news_digest.frontmatter.mails import KeptMail, parse_mail, read_mails
from pelican.plugins.news_digest.pages.archive.almanac import Almanac
from pelican.plugins.news_digest.pages.archive.days import plan_days
from pelican.plugins.news_digest.pages.everything import plan_site
from pelican.plugins.news_digest.pages.items.cards import Cards
from pelican.plugins.news_digest.pages.newsletter.confined_mail import confined
from pelican.plugins.news_digest.pages.newsletter.editions import (
    Edition,
    EditionKind,
    Editions,
    edition_of,
    mail_view,
    plan_newsletter_files,
    plan_newsletter_pages,
)
from pelican.plugins.news_digest.pages.plans import FeedPlan, FilePlan, made
from tests.builders import make_date, make_item, make_link
from tests.pages.rooms import make_room

if TYPE_CHECKING:
    from pelican.plugins.news_digest.model import NewsItem
    from tests.conftest import Site

FRIDAY = make_date("2026-05-01").date()
UTC_ZONE = ZoneInfo("UTC")
POLICY = "default-src 'none'"


def edition(*items: NewsItem, kind: EditionKind = EditionKind.DAILY, **values: Any) -> Edition:
    """Return the edition of 1 May 2026."""
    found = edition_of(make_room(items, **values), FRIDAY, kind=kind)
    assert found is not None
    return found


def days(count: int) -> list[NewsItem]:
    """Return one item on each of the first days of May."""
    return [make_item(f"d{n:02}", date=f"2026-05-{n:02}") for n in range(1, count + 1)]


def kept(slug: str = "old", *, date: str = "2020-01-02", html: str = "<p>Hello</p>") -> KeptMail:
    """Return an old mail."""
    return KeptMail(
        slug=slug,
        source_path=f"newsletters/{slug}.html",
        title="An old mail",
        excerpt="",
        date=make_date(date),
        html=html,
    )


def stems(*items: NewsItem, **values: Any) -> list[str]:
    """Return the stems of the editions that have a page, newest first."""
    return [found.stem for found in Editions(make_room(items, **values)).latest]


def test_edition_holds_three_stories_and_seven_lines():
    """Ten stories are told, all are counted."""
    items = [make_item(f"s{n:02}", heat=100 * n) for n in range(12)]
    found = edition(*items)
    assert [item.slug for item in found.must_read] == ["s11", "s10", "s09"]
    assert [item.slug for item in found.also] == [f"s{n:02}" for n in range(8, 1, -1)]
    assert found.story_count == 12


def test_each_story_is_told_once():
    """Reports on the same event count as one story, its sources each."""
    lead = make_item("a", heat=90, related=(make_link("b"),))
    member = make_item("b", heat=80, related=(make_link("a"),))
    found = edition(lead, member)
    assert [item.slug for item in found.must_read] == ["a"]
    assert found.story_count == 1


def test_subject_is_the_top_headline_and_the_preheader_the_next_two():
    """What an inbox shows are three headlines, each once."""
    room = make_room([make_item(slug, heat=heat) for slug, heat in (("a", 90), ("b", 80), ("c", 70), ("d", 60))])
    found = edition_of(room, FRIDAY, kind=EditionKind.DAILY)
    assert found is not None
    view = mail_view(room, found).edition
    assert view.subject == "Title of a"
    assert view.preheader == "Title of b · Title of c"


def test_preheader_of_a_single_story_is_its_excerpt():
    """With nothing else to announce, the story is announced further."""
    room = make_room([make_item(excerpt="What happened.")])
    found = edition_of(room, FRIDAY, kind=EditionKind.DAILY)
    assert found is not None
    assert mail_view(room, found).edition.preheader == "What happened."


def test_weekly_edition_is_an_iso_week():
    """Monday to Sunday; the year is the week's, not the day's."""
    found = edition_of(
        make_room([make_item(date="2027-01-01")]), make_date("2027-01-03").date(), kind=EditionKind.WEEKLY
    )
    assert found is not None
    assert found.stem == "2026-w53"
    assert (found.first.isoformat(), found.last.isoformat()) == ("2026-12-28", "2027-01-03")


def test_day_without_items_has_no_edition():
    """There is nothing to send."""
    assert edition_of(make_room([]), FRIDAY, kind=EditionKind.DAILY) is None


def test_day_is_that_of_the_sites_zone():
    """An item of late evening in UTC is in the next day's edition further east."""
    assert stems(make_item(date="2026-05-01T23:30"), zone="Europe/Berlin") == ["2026-w18", "2026-05-02"]


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ("both", ["2026-w18", "2026-05-02", "2026-05-01"]),
        ("daily", ["2026-05-02", "2026-05-01"]),
        ("weekly", ["2026-w18"]),
        ("none", []),
    ],
)
def test_owner_chooses_the_kinds(choice: str, expected: list[str]):
    """Both kinds, one of them, or none."""
    assert stems(*days(2), newsletter=choice) == expected


def test_only_the_latest_editions_have_a_page():
    """Two counts limit them, each for its kind."""
    assert stems(*days(20), newsletter_days=2, newsletter_weeks=1) == ["2026-w21", "2026-05-20", "2026-05-19"]


def test_no_headline_leads_two_rows_of_the_list():
    """A week leads with its name, and its headlines follow; a day leads with its first headline."""
    room = make_room(days(2))
    plans = {plan.save_as: plan for plan in map(made, plan_newsletter_pages(room, Editions(room)))}
    (month,) = plans["newsletter/index.html"].view.months
    assert [
        ("Week 18 of 2026", "Title of d02 · Title of d01"),
        ("Title of d02", ""),
        ("Title of d01", ""),
    ] == [(row.subject, row.others) for row in month.rows]


def test_without_newsletter_there_is_no_page():
    """`none` leaves nothing behind, on the front page neither."""
    room = make_room(days(2), newsletter="none")
    editions = Editions(room)
    assert [*plan_newsletter_pages(room, editions), *plan_newsletter_files(room, editions)] == []
    assert editions.newest_link() is None


def test_mails_are_no_part_of_the_site_unless_they_are_asked_for():
    """Each edition has a page, beside the list and the feed; nothing leads to a mail."""
    room = make_room(days(1))
    editions = Editions(room)
    plans = [*plan_newsletter_pages(room, editions), *plan_newsletter_files(room, editions)]
    assert [] == [plan.save_as for plan in plans if "mail" in plan.save_as]
    views: list[Any] = [
        plan.view for plan in plan_newsletter_pages(room, editions) if plan.template == "newsletter.html"
    ]
    assert [("", "")] * 2 == [(view.mail, view.text) for view in views]


def test_each_edition_may_have_a_mail_and_a_twin():
    """Three files for each, beside the list and the feed."""
    room = make_room(days(1), newsletter_mails=True)
    made_of = (room, Editions(room))
    files = {plan.save_as for plan in (*plan_newsletter_pages(*made_of), *plan_newsletter_files(*made_of))}
    editions = {
        f"newsletter/{stem}/{name}"
        for stem in ("2026-05-01", "2026-w18")
        for name in ("index.html", "mail.html", "mail.txt")
    }
    assert files == editions | {"newsletter/index.html", "newsletter/feed.atom.xml"}


def test_pages_lead_to_their_neighbours_of_the_same_kind():
    """Days lead to days; ends lead nowhere."""
    room = make_room(days(3))
    pages = {plan.save_as: plan.view for plan in plan_newsletter_pages(room, Editions(room))}
    middle: Any = pages["newsletter/2026-05-02/index.html"]
    newest: Any = pages["newsletter/2026-05-03/index.html"]
    assert middle.older.href == "newsletter/2026-05-01/"
    assert middle.newer.href == "newsletter/2026-05-03/"
    assert newest.newer is None
    assert middle.edition.period.href == "2026/05/02/"


def test_front_page_leads_to_the_newest_day():
    """The newest daily edition, named by its day: its top story stands on the front page already."""
    pages = {plan.save_as: plan for plan in map(made, plan_site(make_room(days(3))))}
    link = pages["index.html"].view.newsletter  # type: ignore[attr-defined]
    assert (link.text, link.href) == ("Sunday 3 May 2026", "newsletter/2026-05-03/")


def test_day_page_leads_to_its_edition_while_that_has_a_page():
    """Older days have none to lead to."""
    room = make_room(days(3), newsletter_days=2)
    links = [
        plan.view.newsletter
        for plan in map(made, plan_days(room, Almanac(room), cards=Cards(room), newsletter_of=Editions(room).link))
    ]
    assert [link and link.href for link in links] == ["newsletter/2026-05-03/", "newsletter/2026-05-02/", None]


def feed_of(*items: NewsItem, **values: Any) -> FeedPlan:
    """Return the newsletter's feed."""
    room = make_room(items, **values)
    return next(plan for plan in plan_newsletter_files(room, Editions(room)) if isinstance(plan, FeedPlan))


def test_feed_has_ids_that_do_not_depend_on_stories():
    """A late item changes the edition, not its identity."""
    before = {entry.id for entry in feed_of(*days(1)).entries}
    after = {entry.id for entry in feed_of(*days(1), make_item("late", date="2026-05-01T22:00", heat=999)).entries}
    assert (
        before
        == after
        == {
            "tag:tiny.example,2026-05-01:newsletter/2026-05-01",
            "tag:tiny.example,2026-05-03:newsletter/2026-w18",
        }
    )


def test_feed_links_are_absolute_and_titles_escaped():
    """An entry is read far from the site; a title is no markup."""
    html = feed_of(make_item(title="<script>x</script>")).entries[0].html
    assert "&lt;script&gt;x&lt;/script&gt;" in html
    assert 'href="https://tiny.example/news/a/"' in html


OLD = """---
title: "{% raw %}Daily: {{ everything }}{% endraw %}"
excerpt: ""
publishedDateTime: 2020-01-02T03:04:05Z
---
<!doctype html><html><head><title>t</title></head><body>{% raw %}A{% endraw %} {can-spam}</body></html>
"""


def test_marks_of_another_generator_are_removed():
    """`raw` marks were never part of the mail; braces inside them were."""
    mail = parse_mail(OLD, source_path="newsletters/old.html", slug="old", tz=UTC_ZONE)
    assert mail.title == "Daily: {{ everything }}"
    assert "raw" not in mail.html
    assert mail.html.endswith("<body>A {can-spam}</body></html>")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("<p>no front matter</p>", "ND101"),
        ("---\ntitle: [\n---\n", "ND103"),
        ("---\ntitle: A\npublishedDateTime: soon\n---\n", "ND104"),
        ("---\npublishedDateTime: 2020-01-01\n---\n", "ND105"),
    ],
)
def test_unusable_mail_says_why(text: str, code: str):
    """Each lack has its code."""
    with pytest.raises(ContentError) as caught:
        parse_mail(text, source_path="newsletters/old.html", slug="old", tz=UTC_ZONE)
    assert caught.value.diagnostic.code == code


def test_mails_are_read_newest_first_and_bad_ones_reported(tmp_path: Path):
    """One bad file stops none of the others."""
    folder = tmp_path / "newsletters"
    folder.mkdir()
    (folder / "a.html").write_text(OLD, encoding="utf-8")
    (folder / "b.html").write_text(OLD.replace("2020", "2021"), encoding="utf-8")
    (folder / "c.html").write_text("nothing", encoding="utf-8")
    found = read_mails(tmp_path, folder="newsletters", tz=UTC_ZONE)
    assert [mail.slug for mail in found.mails] == ["b", "a"]
    assert [diagnostic.code for diagnostic in found.diagnostics] == ["ND101"]


@pytest.mark.parametrize(
    "html",
    [
        "<!doctype html><html lang='en'><head><title>t</title></head><body>x</body></html>",
        "<html><body><script>x</script></body></html>",
        '<html title="><head>"><head><script>x</script></head></html>',
        "<!-- <head> --><script>x</script>",
        "<script>x</script><head></head>",
        "x",
    ],
)
def test_policy_stands_before_everything_that_could_run(html: str):
    """However the document begins, the policy is in its head and first."""
    found = confined(html, sender="")
    at = found.index(POLICY)
    assert "<script" not in found[:at]
    assert "<body" not in found[:at]
    assert "x" not in found[: found.index("<meta")].replace("<!doctype html>", "").replace('title="><head>"', "")


def test_address_stands_where_the_mail_left_room_for_it():
    """The placeholder of the old sender is filled, and escaped."""
    assert "1 Quay &amp; Son" in confined("<p>{can-spam}</p>", sender="1 Quay & Son")


def test_old_mail_is_kept_beside_its_page_and_wins_over_ours():
    """What was sent on a day is that day's edition."""
    room = make_room(days(1), mails=[kept("2026-05-01", date="2026-05-01", html="<p>as sent</p>")])
    files = {plan.save_as: plan for plan in plan_newsletter_files(room, Editions(room))}
    mail = files["newsletter/2026-05-01/mail.html"]
    assert isinstance(mail, FilePlan)
    assert b"<p>as sent</p>" in mail.data
    assert "newsletter/2026-05-01/mail.txt" not in files


def test_page_of_an_old_mail_shows_it_in_a_frame_that_may_do_nothing(site: Site):
    """The mail's own HTML is no part of the page; its file is, under a policy."""
    site.write("newsletters/2020-01-02-old.html", OLD.replace("<body>", "<body><script>alert(1)</script>"))
    said = site.build()
    assert said.returncode == 0, said.stdout
    page = site.page("newsletter/2020-01-02-old/index.html")
    assert 'src="/newsletter/2020-01-02-old/mail.html"' in page
    assert 'sandbox=""' in page
    assert "frame-src 'self'" in unescape(page)
    assert "alert(1)" not in page
    assert POLICY in site.page("newsletter/2020-01-02-old/mail.html")
    assert "Daily: {{ everything }}" in site.page("newsletter/index.html")
    assert not any(b"{% raw %}" in data for data in site.files().values())


def test_entry_of_an_old_mail_survives_a_corrected_date():
    """Its id is its file's name."""
    ids = set()
    for date in ("2020-01-02", "2020-01-03"):
        room = make_room(days(1), mails=[kept("old", date=date)])
        feed = next(
            plan for plan in plan_newsletter_files(room, Editions(room)) if plan.save_as == "newsletter/feed.atom.xml"
        )
        ids |= {entry.id for entry in feed.entries if entry.title == kept().title}  # type: ignore[attr-defined]
    assert {"tag:tiny.example,2026:newsletter/old"} == ids
