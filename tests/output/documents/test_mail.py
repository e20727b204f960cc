"""Mails: self-contained, small, valid, harmless to mail services, and readable as plain text."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import html5lib
import pytest
from lxml import etree

from pelican.plugins.news_digest import theme_path
from pelican.plugins.news_digest.model import ProviderRef
from pelican.plugins.news_digest.output.documents.mail import Mail, inert, plain, render_mail, wrapped
from pelican.plugins.news_digest.output.templates.options import TemplateOptions
from pelican.plugins.news_digest.output.templates.render import make_environment
from pelican.plugins.news_digest.pages.newsletter.editions import EditionKind, edition_of, mail_view
from tests.builders import make_date, make_item
from tests.pages.rooms import make_room

DAY = make_date("2026-05-01").date()
HOSTILE = '<script>alert(1)</script> {{ x }} {% y %} *|NAME|* [[Z]] "quoted" & 100%'


def make_mail(*items: Any, kind: EditionKind = EditionKind.DAILY, **values: Any) -> Mail:
    """Return the mail of 1 May 2026."""
    room = make_room(items, **values)
    edition = edition_of(room, DAY, kind=kind)
    assert edition is not None
    environment = make_environment(TemplateOptions(paths=(f"{theme_path()}/templates",)))
    return render_mail(environment, mail_view(room, edition))


def busy_day(count: int = 12, **values: Any) -> list[Any]:
    """Return the items of a day with more than an edition holds."""
    return [make_item(f"s{n:02}", heat=100 - n, date=f"2026-05-01T{n:02}:00", **values) for n in range(count)]


def tree(html: str) -> Any:
    """Return the document, without the names of namespaces."""
    return html5lib.HTMLParser(namespaceHTMLElements=False).parse(html)


def hrefs(html: str) -> list[str]:
    """Return where the mail's links lead."""
    return [a.get("href") for a in tree(html).iter("a")]


@pytest.mark.parametrize("title", ["A headline", HOSTILE, "القاهرة تفتح", "ß & ü <b>"])
def test_mail_is_valid_html(title: str):
    """Two strict parsers read the mail without an error."""
    html = make_mail(*busy_day(title=title, excerpt=title)).html
    html5lib.HTMLParser(strict=True).parse(html)
    etree.fromstring(html, etree.HTMLParser(recover=False))


def test_mail_asks_for_nothing():
    """There is no script, picture, font, frame or style sheet to fetch, and nothing of the sort in a style."""
    html = make_mail(*busy_day()).html
    fetched = {"script", "img", "link", "iframe", "object", "embed", "svg", "video", "audio", "form", "base"}
    assert not {element.tag for element in tree(html).iter()} & fetched
    assert not re.search(r"url\(|@import|@font-face|background=|srcset", html)


def test_mail_stays_below_the_size_at_which_clients_cut_it():
    """Even titles and excerpts without end leave the mail below 100 kB."""
    mail = make_mail(*busy_day(title="{%" * 5000, excerpt="Ω " * 9000))
    assert len(mail.html.encode()) < 100_000
    assert len(mail.text.encode()) < 100_000


def test_hostile_title_is_text():
    """A title is neither markup nor a placeholder of a mail service, in any of the three."""
    mail = make_mail(make_item(title=HOSTILE, excerpt=HOSTILE))
    document = tree(mail.html)
    assert HOSTILE in [a.text for a in document.iter("a")]
    for form in (mail.html.replace("{{unsubscribe}}", ""), mail.text.replace("{{unsubscribe}}", ""), mail.subject):
        assert not re.search(r"\{\{|\{%|\*\||\[\[", form.split("</style>")[-1])
    assert "<script" not in mail.html


def test_every_link_is_absolute():
    """A mail is read far from the site: links begin with its address, or lead to a source."""
    mail = make_mail(*busy_day(), url="https://tiny.example/digest")
    found = [href for href in hrefs(mail.html) if href != "{{unsubscribe}}"]
    assert all(href.startswith(("https://tiny.example/digest/", "https://s")) for href in found)
    assert "https://tiny.example/digest/2026/05/01/" in found
    assert "https://tiny.example/digest/archive/" in found
    assert "https://tiny.example/digest/newsletter/2026-05-01/" in found


def test_placeholder_of_the_mail_service_is_left_alone():
    """What the service is to replace stands in both forms, exactly as the owner wrote it."""
    mail = make_mail(make_item(), newsletter_unsubscribe="*|UNSUB|*", newsletter_address="1 Quay & Son, Port Ellery")
    assert 'href="*|UNSUB|*"' in mail.html
    assert "\n*|UNSUB|*\n" in mail.text
    assert "1 Quay &amp; Son, Port Ellery" in mail.html
    assert "1 Quay & Son, Port Ellery" in mail.text


def test_no_placeholder_means_no_link():
    """An owner who empties the setting gets no link to unsubscribe."""
    mail = make_mail(make_item(), newsletter_unsubscribe="")
    assert "Unsubscribe" not in mail.html + mail.text


def test_mail_has_dark_colours_for_those_who_ask():
    """Dark mode is announced and styled, not left to the client's guess."""
    html = make_mail(make_item()).html
    assert '<meta name="color-scheme" content="light dark">' in html
    assert "prefers-color-scheme: dark" in html
    assert '<meta name="robots" content="noindex">' in html


def test_mail_is_600_pixels_wide():
    """The sheet has the width that mail clients are made for."""
    assert "max-width:600px" in make_mail(make_item()).html


def test_plain_text_fits_into_78_columns():
    """Only words that are longer are, and addresses; they stand alone on their line, uncut."""
    provider = ProviderRef(domain="p.example", name="A name of a source that is far longer than any such name " * 2)
    titles = ["A long headline about harbours, ferries and well-tempered bridges " * 3, "鐵" * 70, "x" * 200]
    items = [make_item(f"s{n}", title=title, excerpt=title, provider=provider) for n, title in enumerate(titles)]
    for line in make_mail(*items).text.splitlines():
        columns = sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line)
        assert columns <= 78 or re.fullmatch(r" *(?:[\d.]+ )?(?:https?://\S+|x+…?|x+\.{3})", line), line


def test_plain_text_holds_what_the_html_holds():
    """Every story of the mail is in its twin, with the same address, unescaped."""
    mail = make_mail(*busy_day(excerpt="Fish & chips"))
    for number in range(2, 12):
        assert f"Title of s{number:02}" in mail.text
        assert f"https://tiny.example/news/s{number:02}/" in mail.text
    assert "Title of s01" not in mail.text + mail.html
    assert "Fish & chips" in mail.text


def test_same_edition_gives_the_same_bytes():
    """Two runs over the same items in another order are equal, byte for byte."""
    items = busy_day()
    assert make_mail(*items) == make_mail(*reversed(items))


def test_right_to_left_site_reads_from_the_right():
    """Language and direction of the site are those of the mail, and of what a client keeps when it takes the body."""
    html = make_mail(make_item(), lang="ar").html
    assert '<html lang="ar" dir="rtl">' in html
    assert 'align="right"' in html
    (only,) = (element for element in tree(html).find("body") if isinstance(element.tag, str))
    assert ("div", "ar", "rtl") == (only.tag, only.get("lang"), only.get("dir"))


@pytest.mark.parametrize(
    ("site", "item", "expected"),
    [
        ("en", "ar", ("rtl", "ar")),
        ("en", "he-IL", ("rtl", "he-IL")),
        ("en", "az-Arab", ("rtl", "az-Arab")),
        ("en", "fr-CA", ("ltr", "fr-CA")),
        ("ar", "en", ("ltr", "en")),
        ("en", "tlh", ("auto", "tlh")),
        ("en", "en-GB", ("auto", None)),
    ],
)
def test_words_of_another_language_say_how_they_run(site: str, item: str, expected: tuple[str, str | None]):
    """Headline and excerpt have the direction of their language, for clients that cannot guess it."""
    document = tree(make_mail(*busy_day(4, lang=item, excerpt="Words."), lang=site).html)
    told = {(e.get("dir"), e.get("lang")) for e in document.iter() if e.tag in {"h2", "h3"} or e.text == "Words."}
    assert {expected} == told


LONG_WORDS = [
    "港湾局は新しい橋の通行料を来月から引き上げると発表した。" * 20,  # no space to break a line at
    "word " * 200,
    "x" * 2000,
    "{" * 2000,  # six bytes each
    "ⴰⵣⵓⵍ" * 200,
    "e" + "\u0301" * 2000,  # one letter under a tower of marks
    "👩🏽‍🚒" * 200,
    "&<>\"'" * 100,
    "ที่ทำการท่าเรือประกาศขึ้นค่าผ่านทางสะพานใหม่" * 20,
]


@pytest.mark.parametrize("words", LONG_WORDS)
@pytest.mark.parametrize("count", [1, 4, 12])
def test_no_line_is_longer_than_a_mail_may_have(words: str, count: int):
    """RFC 5322 allows 998 bytes; what is said stays the same."""
    name = ProviderRef(domain="p.example", name=words[:200])
    titles = (words[:290], words[:5])
    items = [make_item(f"s{n}", title=titles[n % 2], excerpt=words, heat=n, provider=name) for n in range(count)]
    mail = make_mail(*items, newsletter_address=words[:200])
    assert 998 >= max(len(line.encode()) for body in (mail.html, mail.text) for line in body.split("\n"))
    html5lib.HTMLParser(strict=True).parse(mail.html)
    shown = re.sub(r"<!--.*?-->", "", mail.html, flags=re.DOTALL)
    expected = " ".join(words[:290].split())
    assert expected in {" ".join((a.text or "").split()) for a in tree(shown).iter("a")}


def test_long_addresses_stay_whole_or_are_a_click_further():
    """One that a line can hold is there as it is; one that none can hold is on the page of the day."""
    whole, endless = (f"https://s.example/{'a' * length}" for length in (800, 1500))
    items = [make_item("whole", url=whole, heat=2), make_item("endless", url=endless)]
    mail = make_mail(*items, pages="local-only")
    assert whole in hrefs(mail.html)
    assert f"   {whole}\n" in mail.text
    assert "aaaa" not in mail.text.replace(whole, "")
    assert "https://tiny.example/2026/05/01/" in hrefs(mail.html)
    assert 998 >= max(len(line.encode()) for body in (mail.html, mail.text) for line in body.split("\n"))


def test_links_in_a_line_of_words_are_underlined():
    """Nobody has to see colours to find the way out."""
    html = make_mail(*busy_day(1)).html
    links = [a for a in tree(html).iter("a") if "link" in (a.get("class") or "")]
    assert links
    assert all("text-decoration:underline" in a.get("style") for a in links)


def test_weekly_mail_leads_to_the_week():
    """A weekly mail names its week and leads to that week's page."""
    mail = make_mail(make_item(), kind=EditionKind.WEEKLY)
    assert "Week 18 of 2026" in mail.html
    assert "https://tiny.example/2026/w18/" in hrefs(mail.html)


def test_headline_leads_out_where_the_item_has_no_page():
    """With pages for own items only, the mail leads straight to the source."""
    assert "https://a.example/story/" in hrefs(make_mail(make_item(), pages="local-only").html)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ x }}", "{ { x } }"),
        ("{% if %}", "{ % if % }"),
        ("*|NAME|*", "* |NAME| *"),
        ("${x}", "$ {x}"),
        ("50% of {one}", "50% of {one}"),
        ("two\nlines", "two lines"),
    ],
)
def test_plain_breaks_placeholders_only(text: str, expected: str):
    """Braces that mean nothing stay."""
    assert expected == plain(text)


def test_inert_escapes_before_it_hides():
    """Markup is escaped, and the references that hide braces are not escaped again."""
    assert str(inert("<b> {{ & }}")) == "&lt;b&gt; &#123;&#123; &amp; &#125;&#125;"


def test_wrapped_hangs_below_its_mark():
    """The second line begins where the first one's text does."""
    first, second = wrapped("word " * 20, "- ", "  ").splitlines()
    assert first.startswith("- word")
    assert second.startswith("  word")


def test_number_of_reports_leads_to_the_story():
    """As in the lists of the site; absolute, and readable in the dark."""
    items = [make_item(slug, date=f"2026-05-01T0{n}:00", story="bridge") for n, slug in enumerate("ab", 1)]
    mail = make_mail(*items)
    assert "https://tiny.example/stories/bridge/" in hrefs(mail.html)
    assert not [line for line in mail.html.splitlines() if len(line.encode()) > 998]
