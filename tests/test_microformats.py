"""Pages in microformats, read by mf2py as bridges to other networks read them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import mf2py
import pytest

from tests.builders import front_matter

if TYPE_CHECKING:
    from tests.conftest import MakeOnce

URL = "https://x.example/"
OWN = "Title: A letter\nSlug: letter\nDate: 2026-05-03\nAuthor: Ada\n\nWith *words*.\n"


@pytest.fixture(scope="module")
def output(shared: MakeOnce) -> Path:
    """Return a site of two reports on one story, a text of its own and a page."""
    from tests.conftest import Site

    def make(folder: Path) -> None:
        site = Site(folder)
        site.settings(
            SITEURL="https://x.example",
            SITESUBTITLE="All of it",
            SOCIAL=[("Mastodon", "https://social.example/@tiny")],
            DIGEST_FEDIVERSE_CREATOR="@tiny@social.example",
            DIGEST_SEARCH=False,
        )
        about: dict[str, Any] = {"topics": "\n  - Trams", "excerpt": "In short."}
        named = {"story": "trams", **about}
        site.write("news/a.md", front_matter(title="First", **named))
        other = "\n  name: Tram News\n  domain: tram.example"
        site.write("news/b.md", front_matter(title="Second", webUrl="https://tram.example/b", provider=other, **named))
        site.write("news/c.md", front_matter(title="Third", webUrl="https://tram.example/c", provider=other, **about))
        site.write("letter.md", OWN)
        site.write("pages/imprint.md", "Title: Imprint\n\nText.\n")
        built = site.build()
        assert 0 == built.returncode, built.stdout

    return shared("microformats", make) / "output"


def read(output: Path, address: str) -> dict[str, Any]:
    """Return what mf2py finds on the page at a site-relative address."""
    path = output / (f"{address}index.html" if address == "" or address.endswith("/") else address)
    found: dict[str, Any] = mf2py.parse(doc=path.read_text(encoding="utf-8"), url=f"{URL}{address}")
    return found


def only(found: dict[str, Any], kind: str) -> dict[str, Any]:
    """Return the one thing of a *kind* at the top of a page."""
    (item,) = [item for item in found["items"] if kind in item["type"]]
    return dict(item)


def test_the_front_page_says_whose_site_it_is(output: Path):
    """The card's address is its own and the page's: what makes it the representative one. No other page has a card."""
    found = read(output, "")
    card = only(found, "h-card")["properties"]
    assert [[URL], [URL]] == [card["url"], card["uid"]]
    assert [["Tiny"], ["All of it"]] == [card["name"], card["note"]]
    assert card["photo"][0].startswith(f"{URL}theme/icon.png")
    assert ["https://social.example/@tiny"] == found["rels"]["me"]
    assert f"{URL}feeds/all.atom.xml" in found["rels"]["alternate"]
    assert [] == [item for item in read(output, "news/a/")["items"] if "h-card" in item["type"]]
    assert '<meta name="fediverse:creator" content="@tiny@social.example">' in (output / "index.html").read_text()


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("", None),
        ("2026/05/01/", ["Friday 1 May 2026"]),
        ("latest/", ["Latest"]),
        ("topics/trams/", ["Trams"]),
        ("providers/tram.example/", ["Tram News"]),
        ("newsletter/2026-05-01/", ["Friday 1 May 2026"]),
    ],
)
def test_lists_are_feeds_of_entries(output: Path, address: str, name: list[str] | None):
    """A program gets of each story what a reader sees of it, the way to its page, and what it is a bookmark of."""
    feed = only(read(output, address), "h-feed")
    assert name == feed["properties"].get("name")
    entries = {entry["properties"]["name"][0]: entry["properties"] for entry in feed["children"]}
    third = entries["Third"]
    assert [f"{URL}news/c/"] == third["url"]
    assert third["published"][0].startswith("2026-05-01T")
    (author,) = third["author"]
    assert ["h-card"] == author["type"]
    assert [["Tram News"], [f"{URL}providers/tram.example/"]] == [author["properties"][key] for key in ("name", "url")]
    assert ["https://tram.example/c"] == third["bookmark-of"]


def test_an_item_is_one_entry_with_all_that_is_known_of_it(output: Path):
    """Other reports are cited beside it."""
    found = read(output, "news/b/")
    entry = only(found, "h-entry")["properties"]
    assert [[f"{URL}news/b/"], ["Second"], ["In short."]] == [entry[key] for key in ("url", "name", "summary")]
    assert [["https://tram.example/b"], ["Trams"]] == [entry[key] for key in ("bookmark-of", "category")]
    assert [["First"]] == [item["properties"]["name"] for item in found["items"] if "h-cite" in item["type"]]


def test_a_text_of_the_sites_own_is_its_authors_and_no_bookmark(output: Path):
    """Its content can be taken whole."""
    entry = only(read(output, "letter.html"), "h-entry")["properties"]
    assert ["Ada"] == entry["author"][0]["properties"]["name"]
    assert "<em>words</em>" in entry["content"][0]["html"]
    assert "bookmark-of" not in entry
    assert ["Imprint"] == only(read(output, "pages/imprint.html"), "h-entry")["properties"]["name"]


def test_a_story_cites_its_reports(output: Path):
    """Each with who wrote it, and when."""
    entry = only(read(output, "stories/trams/"), "h-entry")
    assert [f"{URL}stories/trams/"] == entry["properties"]["url"]
    cited = [child["properties"] for child in entry["children"]]
    assert {"First", "Second"} == {each["name"][0] for each in cited}
    assert all(each["published"] and each["author"][0]["properties"]["name"] for each in cited)


def test_the_list_of_newsletters_is_a_feed(output: Path):
    """An edition of a day has its day; a week begins on none."""
    feed = only(read(output, "newsletter/"), "h-feed")
    days = {child["properties"]["url"][0]: child["properties"].get("published") for child in feed["children"]}
    assert ["2026-05-01"] == days[f"{URL}newsletter/2026-05-01/"]
    assert None is days[f"{URL}newsletter/2026-w18/"]
