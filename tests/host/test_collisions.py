"""Who wants an address that is taken gets a numbered one, and is told."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from pelican.plugins.news_digest.host.collisions import numbered, settle
from pelican.plugins.news_digest.naming.places import Known, Settled


class Page(SimpleNamespace):
    """What ``settle`` needs of Pelican's content: the address that is written wins over the computed one."""

    @property
    def save_as(self) -> str:
        """Return where it lies."""
        return str(getattr(self, "override_save_as", self.file))

    @property
    def url(self) -> str:
        """Return where it is found."""
        return str(getattr(self, "override_url", self.address))


def page(path: str, file: str = "pages/a.html", address: str = "") -> Any:
    """Return a page that wants to lie at *file*."""
    return Page(relative_source_path=path, file=file, address=address or file)


@pytest.mark.parametrize(
    ("expected", "address"),
    [
        ("a-2/", "a/"),
        ("x/a-2/index.html", "x/a/index.html"),
        ("x/a-2.html", "x/a.html"),
        ("a.b-2.html", "a.b.html"),
        ("a-2", "a"),
        ("index-2.html", "index.html"),
    ],
)
def test_a_number_goes_before_the_ending(expected: str, address: str):
    """Folders, files and bare names each get it where it belongs."""
    assert expected == numbered(address, 2)


def test_the_first_in_the_order_of_files_keeps_its_address():
    """However they were found; the others are told who has it, and cases do not tell files apart."""
    pages = [page("pages/c.md"), page("pages/a.md"), page("pages/b.md", "Pages/A.html")]
    said = [str(diagnostic) for diagnostic in settle(pages, taken={})]
    assert ["pages/a-3.html", "pages/a.html", "Pages/A-2.html"] == [p.save_as for p in pages]
    assert [p.save_as for p in pages] == [p.url for p in pages]
    assert [
        (
            "pages/b.md: ND112 'Pages/A.html' is taken by pages/a.md; this file gets 'Pages/A-2.html'"
            " → give one of them another slug"
        ),
        (
            "pages/c.md: ND112 'pages/a.html' is taken by pages/a.md; this file gets 'pages/a-3.html'"
            " → give one of them another slug"
        ),
    ] == said


def test_an_item_keeps_its_address():
    """A page that wants an item's file gets another one; asking twice changes nothing more."""
    taken = {"news/a/index.html": "news/a.md", "news/a-2/index.html": "news/a-2.md"}
    mine = page("pages/a.md", "news/a/index.html", "news/a/")
    assert 1 == len(list(settle([mine], taken=taken)))
    assert ("news/a-3/index.html", "news/a-3/") == (mine.save_as, mine.url)
    assert [] == list(settle([mine], taken=taken))


def test_a_page_that_was_there_first_keeps_its_address():
    """As the last build knows, and then the lines that are written down; a number stays when the first is gone."""
    first, second = Settled({}, {}), Settled({}, {})
    assert [] == list(settle([page("pages/b.md")], taken={}, outcome=first))
    pages = [page("pages/a.md"), page("pages/b.md")]
    (said,) = settle(pages, taken={}, known=Known(last=lambda: first.names), outcome=second)
    assert ["pages/a-2.html", "pages/a.html"] == [p.save_as for p in pages]
    assert ("pages/a.md", {"pages/a-2.html": "pages/a.md", "pages/a.html": "pages/b.md"}) == (said.path, second.lines)
    alone = page("pages/a.md")
    assert [] == list(settle([alone], taken={}, known=Known(second.lines)))
    assert ("pages/a-2.html", "pages/a-2.html") == (alone.save_as, alone.url)


def test_a_line_leads_a_page_nowhere_else():
    """What is written down may be anything; a page has its own address, or that with a number."""
    mine = page("pages/a.md")
    assert [] == list(settle([mine], taken={}, known=Known({"../x.html": "pages/a.md", "b.html": "pages/a.md"})))
    assert "pages/a.html" == mine.save_as


@pytest.mark.parametrize(
    ("file", "address", "mended", "found"),
    [
        ("aux.html", "aux.html", "aux~.html", "aux~.html"),
        ("blog/con/index.html", "blog/con/", "blog/con~/index.html", "blog/con~/"),
        ("a:b/stop./x.html", "a:b/stop./x.html", "a-b/stop/x.html", "a-b/stop/x.html"),
        ("LPT1.html", "LPT1.html", "LPT1~.html", "LPT1~.html"),
    ],
)
def test_names_that_disks_refuse_are_mended(file: str, address: str, mended: str, found: str):
    """An article or a page of Pelican's has no such name either, and is told."""
    own = page("pages/a.md", file, address)
    (said,) = settle([own], taken={})
    assert (mended, found) == (own.save_as, own.url)
    assert str(said).startswith(f"pages/a.md: ND113 {file!r} became {mended!r}")


def test_path_that_leads_out_stays_one():
    """Whoever writes files refuses it; mended it could be a path from the root of the disk."""
    own = page("pages/a.md", "../x/../y.html")
    assert [] == list(settle([own], taken={}))
    assert "../x/../y.html" == own.save_as
