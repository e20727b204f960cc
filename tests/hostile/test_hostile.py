"""Nearly three hundred hostile articles, built as one site; every file of the output is taken apart and judged.

Each case is two files in ``cases/``: the article, and what has to become of it. To add one, put two more beside them.

- ``what``: one sentence;
- ``page``: false when the file must be left out; ``listed``: false when no list or feed has it;
- ``title``, ``excerpt``: what a reader sees, exactly; ``says``: what else the page has to show as text;
- ``link``: where the page's button leads; null for an item that lives here;
- ``codes``: all warnings and errors about the file; ``codes_any``: some of those there may be;
- ``never``: what no file of the output may hold; ``name``, ``slug``: the file's name, and the address that follows.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import feedparser
import html5lib
import pytest
import yaml

from pelican.plugins.news_digest.frontmatter.reader import read_archive
from tests.builders import front_matter
from tests.conftest import ROOT, Site
from tests.hostile.judge import Judge

pytestmark = pytest.mark.slow

FOLDER = ROOT / "tests" / "hostile" / "cases"
CASES = sorted(FOLDER.glob("*.yaml"))
SITEURL = "https://tiny.example"
MAIL = (
    "---\ntitle: An old mail\npublishedDateTime: 2026-05-01\n---\n"
    "<html><body><script>alert(1)</script>Words</body></html>"
)


@cache
def expectation(path: Path) -> dict[str, Any]:
    """Return what has to become of a case."""
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def name_of(path: Path) -> str:
    """Return the name of a case's file in the site."""
    return str(expectation(path).get("name", f"{path.stem}.md"))


EXTENSIONS = "extra admonition codehilite toc attr_list md_in_html nl2br wikilinks legacy_attrs legacy_em meta".split()
MORE_MARKDOWN = {"DIGEST_MARKDOWN": True, "MARKDOWN": {"extension_configs": {name: {} for name in EXTENSIONS}}}


@pytest.fixture(scope="module", params=[{}, MORE_MARKDOWN], ids=["plain", "more-markdown"])
def built(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Site:
    """Return the site that holds every case, built once, by one command; and with all that Markdown brings along."""
    site = Site(tmp_path_factory.mktemp("hostile"))
    for path in CASES:
        target = site.root / "content" / "news" / name_of(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.with_suffix(".md").read_bytes())
    site.write("newsletters/2026-05-01-mail.html", MAIL)
    site.settings(DIGEST_FEED_SIZE=1000, DIGEST_WORKERS=1, SITEURL=SITEURL, **request.param)
    result = site.build()
    (site.root / "said.txt").write_text(result.stdout, encoding="utf-8")
    assert 0 == result.returncode, result.stdout[-3000:]
    return site


@pytest.fixture(scope="module")
def diagnostics(built: Site) -> dict[str, list[str]]:
    """Return the codes of all warnings and errors, by the name of the file."""
    found: dict[str, list[str]] = {}
    archive = read_archive(built.root / "content", timezone="UTC")
    for diagnostic in archive.diagnostics:
        found.setdefault(diagnostic.path.removeprefix("news/"), []).append(diagnostic.code)
    for path in archive.classic_paths:
        found.setdefault(path.removeprefix("news/"), []).append("ND101")
    return found


def page_of(path: Path) -> str:
    """Return the file of a case's page."""
    return f"news/{expectation(path).get('slug', path.stem)}/index.html"


def text_of(element: Any) -> str:
    """Return the text below an element, in one line."""
    return " ".join("".join(element.itertext()).split())


@cache
def parsed(text: str) -> Any:
    """Return a page as a browser has it."""
    return html5lib.parse(text, namespaceHTMLElements=False)


@pytest.fixture(scope="module")
def written(built: Site) -> dict[str, bytes]:
    """Return every file of the output, by its path."""
    return built.files()


def test_there_are_enough_cases():
    """At least two hundred articles, each with its expectation and the other way round."""
    assert len(CASES) >= 200
    assert {path.stem for path in CASES} == {path.stem for path in FOLDER.glob("*.md")}


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path, written: dict[str, bytes], diagnostics: dict[str, list[str]]):
    """The article became what stands beside it."""
    expected = expectation(path)
    codes = [code for code in diagnostics.get(name_of(path), []) if code not in {"ND113", "ND112"}]
    if "codes" in expected:
        assert sorted(expected["codes"]) == sorted(set(codes) - ({"ND121"} - set(expected["codes"]))), expected["what"]
    assert set(expected.get("codes_any", ())) <= set(codes)
    if expected.get("page") is False:
        assert page_of(path) not in written
        return
    root = parsed(written[page_of(path)].decode())
    main = root.find(".//main")
    assert expected["title"] == text_of(root.find(".//h1")), expected["what"]
    if "excerpt" in expected:
        shown = [text_of(p) for p in main.iter("p")]
        assert (expected["excerpt"] in shown) if expected["excerpt"] else ("" not in shown)
    words = text_of(main)
    assert [] == [text for text in expected.get("says", ()) if " ".join(text.split()) not in words]
    if "link" in expected:
        buttons = (a.get("href", "") for a in main.iter("a") if "button" in a.get("class", ""))
        out = {href for href in buttons if href.startswith("http") and not href.startswith(SITEURL)}
        assert ({expected["link"]} if expected["link"] else set()) == out
    for never in expected.get("never", ()):
        assert [] == [name for name, data in written.items() if never.encode() in data]


def test_every_headline_is_text_in_feeds(built: Site):
    """What a page shows is what a reader of feeds shows, entry by entry."""
    feed = feedparser.parse((built.output / "feeds/all.atom.xml").read_bytes(), sanitize_html=False)
    titles = {entry.id.rpartition(":")[2]: " ".join(entry.title.split()) for entry in feed.entries}
    wrong = []
    for path in CASES:
        expected = expectation(path)
        slug = expected.get("slug", path.stem)
        if expected.get("page", True) and expected.get("listed", True):
            found = titles.get(f"news/{slug}", titles.get(f"news/{quote(slug)}"))
            if found != expected["title"]:
                wrong.append((path.stem, found))
    assert [] == wrong


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Judge:
    """Return who judges the output; what the layout itself may do is learned from a site of one harmless item."""
    harmless = Site(tmp_path_factory.mktemp("harmless"))
    harmless.write("news/a.md", front_matter())
    harmless.settings(SITEURL=SITEURL)
    assert 0 == harmless.build().returncode
    scripts = set()
    for file in harmless.output.rglob("*.html"):
        for script in parsed(file.read_text(encoding="utf-8")).iter("script"):
            scripts.add(script.get("src", script.text or "").partition("?")[0])
    foreign = frozenset({"newsletter/2026-05-01-mail/mail.html"})
    return Judge(siteurl=SITEURL, scripts=frozenset(scripts), foreign=foreign)


def test_nothing_in_any_file_acts_leaves_or_breaks(judge: Judge, built: Site):
    """Every page, feed, mail, sitemap and JSON file, and each text in the search index."""
    assert [] == list(judge.complaints(built.output))[:20]


@pytest.mark.parametrize(
    "text",
    [
        "<p onclick=alert(1)>", "<script>alert(1)</script>", '<a href="javascript:alert(1)">', "<base href=x>",
        '<a href=" java\nscript:alert(1)">', "<img src=https://evil.example/>", "<iframe srcdoc=x>", "<object>",
        "<meta http-equiv=refresh content=0>", '<form action="https://evil.example/">', '<a href="https://a@b.example/">',
        "<link rel=stylesheet href=https://evil.example/x.css>", "<svg><script>alert(1)</script></svg>",
    ],
)  # fmt: skip
def test_the_judge_is_not_blind(text: str, judge: Judge):
    """Each thing that is looked for is found when it is there."""
    page = f"<!DOCTYPE html><html lang=en><head><title>x</title></head><body>{text}</body></html>"
    assert list(judge.judge("x.html", page.encode()))


def test_nothing_is_written_outside_the_output(built: Site):
    """The folder holds what it held, and nothing is called as an attacker wanted."""
    assert set() == {p.name for p in built.root.iterdir()} - {
        "content", "output", "cache", ".cache", "pelicanconf.py", "said.txt", "__pycache__",
    }  # fmt: skip
    assert [] == [path for path in built.root.parent.rglob("*pwned*") if "cases" not in path.parts]


def test_every_file_lies_where_such_files_lie(written: dict[str, bytes]):
    """No name of a topic, source or file makes a path of another form."""
    for name in written:
        assert not re.search(r"[\x00-\x1f\x7f\"'<>|\\{}]|(?:^|/)\.\.?(?:/|$)", name), name


def test_what_is_said_steers_no_terminal(built: Site):
    """Names and values in warnings are printable."""
    said = (built.root / "said.txt").read_text(encoding="utf-8")
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", said)
