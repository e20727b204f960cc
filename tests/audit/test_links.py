"""Which links of a site lead nowhere: each said once, wherever it stands."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from pelican.plugins.news_digest.audit.documents import Document
from pelican.plugins.news_digest.audit.links import LinkChecker
from pelican.plugins.news_digest.errors import Diagnostic, Severity

FILES = ("index.html", "404.html", "a/index.html", "a/b/index.html", "theme/x.css", "caf%é/index.html")


def check_links(documents: dict[str, Document], files: Iterable[str], *, siteurl: str = "") -> tuple[Diagnostic, ...]:
    """Return what is said about *documents*, each under its path."""
    checker = LinkChecker(files, siteurl=siteurl)
    for path in sorted(documents):
        checker.add(path, documents[path])
    return checker.diagnostics()


def said(path: str, *links: str, siteurl: str = "https://x.example/repo", ids: frozenset[str] = frozenset()):
    """Return what is said about one file with *links*."""
    documents = {"a/b/index.html": Document(links=(), ids=frozenset({"part"})), path: Document(links=links, ids=ids)}
    return [f"{found.path}: {found.message}" for found in check_links(documents, FILES, siteurl=siteurl)]


@pytest.mark.parametrize(
    "link",
    [
        "../", "../a/b/", "b/", "./", "", "../theme/x.css?v=1", "../caf%25%C3%A9/", "#", "#top", "b/#part", "#here",
        "https://x.example/repo/", "https://x.example/repo/a/", "/repo/a/", "https://x.example/repo/a/b/#part",
        "https://other.example/gone", "mailto:a@b.example", "//other.example/", "javascript:void(0)", "data:,x",
    ],
)  # fmt: skip
def test_links_that_lead_somewhere_or_out(link: str):
    """Whatever way a link is written, it is followed as a browser does; links out are nobody's business here."""
    assert [] == said("a/index.html", link, ids=frozenset({"here"}))


@pytest.mark.parametrize(
    ("expected", "link"),
    [
        ("gone/: there is no such file", "../gone/"),
        ("a/gone.png: there is no such file", "gone.png"),
        ("a/b: is a folder; a slash is missing", "b"),
        ("gone: there is no such file", "https://x.example/repo/gone"),
        ("/a/: outside /repo/, where the site lives", "/a/"),
        ("/: outside /repo/, where the site lives", "../../"),
        ("a/b/index.html#other: a/b/index.html has no element with the id 'other'", "b/#other"),
        ("a/index.html#away: a/index.html has no element with the id 'away'", "#away"),
    ],
)
def test_links_that_lead_nowhere(expected: str, link: str):
    """The address, why, and the page; a link that forgets the path the site lives below is one."""
    assert [f"a/index.html: {expected}"] == said("a/index.html", link)


def test_one_line_for_one_mistake_on_many_pages():
    """A broken link of the masthead is one report that says how often it stands there."""
    documents = {f"a/{n}/index.html": Document(links=("../../gone/",)) for n in range(5)}
    (found,) = check_links(documents, [*documents, *FILES])
    assert "a/0/index.html" == found.path
    assert "gone/: there is no such file; it is on 4 more pages" == found.message


def test_not_found_page_works_under_any_address():
    """A relative link in 404.html would lead elsewhere each time."""
    assert [] == said("404.html", "/repo/a/", "https://x.example/repo/a/")
    assert ["404.html: no/such/page/a/: there is no such file"] == said("404.html", "a/")


@pytest.mark.parametrize("link", ["{{ unsubscribe_url }}", "*|UNSUB|*", "%unsubscribe_url%", "[[UNSUB]]", "${unsub}"])
def test_placeholder_of_a_mail_is_no_link(link: str):
    """What the sender fills in is left alone, in mails only."""
    assert [] == said("newsletter/2026-05-03/mail.html", link)
    assert ["a/index.html: a/%7B%7Bx%7D%7D: there is no such file"] == said("a/index.html", "%7B%7Bx%7D%7D")


def test_site_at_the_root_of_nowhere():
    """Without SITEURL relative links are followed all the same."""
    assert ["a/index.html: gone/: there is no such file"] == said("a/index.html", "../gone/", "../a/b/", siteurl="")


def test_placeholder_that_nobody_set_is_told_once():
    """As long as the setting has its default, the link of every published mail leads nowhere."""
    document = Document(links=("{{unsubscribe}}",))
    mails = {f"newsletter/2026-05-0{day}/mail.html": document for day in (1, 2, 3)}
    (found,) = check_links(mails, mails, siteurl="https://x.example/")
    assert ("ND515", Severity.WARNING, "newsletter/2026-05-01/mail.html") == (found.code, found.severity, found.path)
    assert "still {{unsubscribe}}, and so do 2 more" in found.message
    assert "DIGEST_NEWSLETTER_UNSUBSCRIBE" in found.hint
