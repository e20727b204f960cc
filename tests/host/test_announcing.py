"""Other plugins hear of pages and feeds as from Pelican, and what they make of them is known as theirs."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import feedparser
import pytest

from tests.builders import front_matter

if TYPE_CHECKING:
    from tests.conftest import Site

US = "pelican.plugins.news_digest"
LISTENER = """
import json, os
from pelican import signals

heard = []

def on_page(path, context):
    shown = context.get("article") or context.get("page")
    heard.append([context["output_file"], os.path.exists(path), shown.title if shown else ""])

def on_feed(path, context, feed):
    heard.append([os.path.relpath(path, context["OUTPUT_PATH"]), os.path.exists(path), feed.feed["title"]])

def end(pelican):
    with open("heard.json", "w") as file:
        json.dump(heard, file)

def register():
    signals.content_written.connect(on_page)
    signals.feed_written.connect(on_feed)
    signals.finalized.connect(end)
"""


def with_plugin(site: Site, code: str, *, is_first: bool = False, **settings: object) -> Site:
    """Give *site* a plugin of the text *code*, and three texts."""
    (site.root / "other.py").write_text(code, encoding="utf-8")
    names = ["other", US] if is_first else [US, "other"]
    site.settings(**{"PLUGINS": names, "DIGEST_SEARCH": False, "CACHE_PATH": "cache", **settings})
    site.write("news/a.md", front_matter())
    site.write("c.md", "Title: Classic\nSlug: c\nDate: 2026-05-01\n\nText.\n")
    site.write("pages/p.md", "Title: Imprint\n\nText.\n")
    return site


def built(site: Site) -> str:
    """Build *site*, without a warning, and return what was said."""
    result = site.build("--fatal", "warnings")
    assert 0 == result.returncode, result.stdout
    return result.stdout


def states(site: Site) -> dict[str, int]:
    """Return when each file of *site* was written."""
    return {name: (site.output / name).stat().st_mtime_ns for name in site.files()}


def test_pages_and_feeds_are_announced_and_nothing_else(site: Site):
    """A page comes with its article or page; pictures, JSON and style sheets are nobody's concern."""
    with_plugin(site, LISTENER)
    built(site)
    heard = {name: title for name, is_there, title in json.loads((site.root / "heard.json").read_text()) if is_there}
    assert {"news/a/index.html": "A headline", "c.html": "Classic", "pages/imprint.html": "Imprint"}.items() <= (
        heard.items()
    )
    assert {"html", "xml"} == {name.rpartition(".")[2] for name in heard}
    pages = {name for name in site.files() if name.endswith(".html")}
    assert pages == {name for name in heard if name.endswith(".html")}
    assert all(name.endswith((".atom.xml", ".rss.xml")) for name in set(heard) - pages)
    assert "feeds/all.atom.xml" in heard


@pytest.mark.parametrize("feeds", [True, False])
def test_whoever_only_looks_costs_no_page(site: Site, feeds: bool):
    """The second build announces every page again and touches no file; after one edit it renders what that changed."""
    code = LISTENER if feeds else LISTENER.replace("    signals.feed_written.connect(on_feed)\n", "")
    with_plugin(site, code)
    built(site)
    before, heard = states(site), (site.root / "heard.json").read_text()
    said = built(site)
    assert "0 files changed" in said
    assert before == states(site)
    assert heard == (site.root / "heard.json").read_text()
    site.write("pages/p.md", "Title: Imprint\n\nAnother text.\n")
    assert "1 file changed" in built(site)


CHANGES_ONE = """
from pelican import signals

def on_page(path, context):
    if context["output_file"] == "c.html":
        with open(path, "a") as page:
            page.write("<!-- theirs -->")

def register():
    signals.content_written.connect(on_page)
"""


def test_only_pages_that_somebody_changes_are_rendered_anew(site: Site):
    """The change is made to what we wrote, once, however often the site is built; and it is said whose it is."""
    with_plugin(site, CHANGES_ONE)
    said = built(site)
    assert 1 == said.count("1 page changed by other")
    assert site.page("c.html").count("<!-- theirs -->") == 1
    before = states(site)
    assert 1 == built(site).count("1 page changed by other")
    after = states(site)
    assert {"c.html"} == {name for name in after if before[name] != after[name]}
    assert site.page("c.html").count("<!-- theirs -->") == 1


WRITES = """
import os
from pelican import signals

def write(sender):
    sender = sender if hasattr(sender, "output_path") else sender[0]
    os.makedirs(sender.output_path, exist_ok=True)
    with open(os.path.join(sender.output_path, {name!r}), "w") as file:
        file.write("theirs")

def register():
    signals.{signal}.connect(write)
"""


@pytest.mark.parametrize("signal", ["finalized", "all_generators_finalized"])
@pytest.mark.parametrize("name", ["sitemap.xml", "robots.txt"])
def test_a_file_of_the_root_that_another_plugin_writes_is_left_to_it(site: Site, name: str, signal: str):
    """Ours steps aside and says so, on each build; without the plugin ours comes back."""
    with_plugin(site, WRITES.format(name=name, signal=signal))
    for _ in range(3):
        assert f"{name} is left to" in built(site)
        assert "theirs" == site.page(name)
        other = states(site)
    built(site)
    after = states(site)
    assert {name} >= {path for path in after if other[path] != after[path]}
    site.settings(PLUGINS=[US], DIGEST_SEARCH=False, CACHE_PATH="cache")
    assert "is left to" not in built(site)
    assert "theirs" not in site.page(name)


def test_a_template_of_the_sites_own_keeps_its_place(site: Site):
    """What the owner has Pelican write at the root is not overwritten by ours."""
    (site.root / "content").joinpath("robots.tmpl").write_text("Own: {{ SITENAME }}", encoding="utf-8")
    with_plugin(site, "def register(): pass\n", TEMPLATE_PAGES={"robots.tmpl": "robots.txt"})
    for _ in range(2):
        built(site)
        assert "Own: Tiny" == site.page("robots.txt")


FILTERS = """
from pelican import signals

def leave_out(context, feed):
    feed.items = [item for item in feed.items if item["title"] != "Classic"]

def register():
    signals.feed_generated.connect(leave_out)
"""


def test_feeds_are_what_a_plugin_makes_of_them(site: Site):
    """Entries that it takes out are not written; everything else is as before."""
    with_plugin(site, "def register(): pass\n")
    built(site)
    before = site.files()
    (site.root / "other.py").write_text("def register(): pass  # so that its code is another\n", encoding="utf-8")
    with_plugin(site, FILTERS)
    built(site)
    after = site.files()
    for name in ("feeds/all.atom.xml", "feeds/all.rss.xml"):
        assert ["A headline"] == [entry.title for entry in feedparser.parse(after[name]).entries]
    changed = {name for name in before if before[name] != after[name]}
    assert {"xml"} == {name.rpartition(".")[2] for name in changed}
    (site.root / "other.py").write_text(FILTERS.replace('"Classic"', '"Nothing at all"'), encoding="utf-8")
    built(site)
    assert before == site.files()


@pytest.mark.parametrize("ending", [".gz", ".br", ".zst"])
def test_packed_files_of_what_changed_or_went_are_removed(site: Site, ending: str):
    """A host serves them first: what is packed is never of another day than what it stands for."""
    with_plugin(site, "def register(): pass\n")
    site.write("news/b.md", front_matter(title='"B"', webUrl='"https://b.example/"'))
    site.write("assets/own.txt", "own")
    site.write("assets/own.txt.gz", "packed by the owner")
    built(site)
    for name in list(site.files()):
        if not name.endswith(".gz") and not name.startswith("."):
            (site.output / f"{name}{ending}").write_bytes(gzip.compress(site.files()[name]))
    before = site.files()
    (site.root / "content/news/b.md").unlink()
    built(site)
    after = site.files()
    assert f"news/b/index.html{ending}" not in after
    assert f"pages/imprint.html{ending}" in after
    for name in before:
        if name.endswith(ending) and name in after and name != "assets/own.txt.gz":
            assert after[name.removesuffix(ending)] == before[name.removesuffix(ending)]
    assert b"packed by the owner" == after["assets/own.txt.gz"] or ending == ".gz"
