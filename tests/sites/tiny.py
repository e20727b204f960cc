"""A tiny site that holds one of everything, and how its pages are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import html

from tests.builders import front_matter

if TYPE_CHECKING:
    from tests.conftest import Site

SECRET = "c2VjcmV0cGF5bG9hZA==;aXZpdml2"  # noqa: S105 - what must not be seen in any output
CLASSIC = (
    "Title: A classic\nDate: 2026-05-02 10:00\nTags: Harbour, Notes\nSlug: classic\n"
    "Summary: In my own words.\n\nText *here*.\n"
)
PAGE = (
    "Title: Imprint\nSlug: imprint\n\nSee [the note]({filename}/notes/classic.md) and ![it]({static}/images/a.png).\n"
)
YAML_CLASSIC = (
    "---\ntitle: With a block\ndate: 2026-05-02T11:00:00Z\ntags: [Harbour]\nsummary: Short.\n---\nText **there**.\n"
)
PNG = b"\x89PNG\r\n\x1a\n"


def tree(page: str) -> html.HtmlElement:
    """Return a page as a browser has it."""
    return html.fromstring(page)


def hrefs(page: str) -> list[str]:
    """Return where a page's links lead."""
    return [str(found) for found in tree(page).xpath("//a/@href")]


def text_of(page: str) -> str:
    """Return what stands in a page's main part."""
    return " ".join(" ".join(tree(page).xpath("//main//text()")).split())


def write_valid(site: Site) -> None:
    """Write a site that holds one of everything."""
    related = (
        '\n  - title: "Other words"\n    webUrl: https://two.example/b\n    provider: {name: Two, domain: two.example}'
    )
    site.write("news/one.md", front_matter(title='"One <b> & more"', related=related, secured=f'"{SECRET}"'))
    site.write(
        "news/two.md", front_matter(title='"Two"', webUrl="https://two.example/b", topics="\n  - harbour\n  - Café")
    )
    site.write("news/here.md", front_matter(title='"Lives here"', webUrl="") + "\nA *body*.\n")
    site.write(
        "news/hidden.md", front_matter(title='"Unpublished one"', webUrl="https://h.example/", published="false")
    )
    site.write("news/gone.md", front_matter(title='"Removed one"', webUrl="https://g.example/", removed="true"))
    site.write("topics/harbour.yaml", "taxonomy: topic\n_id: harbour\nname: Harbour\nparent: City\n")
    site.write("topics/city.yaml", "taxonomy: topic\n_id: city\nname: City\n")
    site.write("providers/post.example.md", "---\n_id: post.example\nname: The Post\ndomain: post.example\n---\n")
    site.write("notes/classic.md", CLASSIC)
    site.write("notes/block.md", YAML_CLASSIC)
    site.write("pages/imprint.md", PAGE)
    (site.root / "content" / "images").mkdir()
    (site.root / "content" / "images" / "a.png").write_bytes(PNG)
