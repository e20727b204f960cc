"""Whatever lies in the content folder: a build ends, writes nothing outside its output, and loses no page."""

from __future__ import annotations

import os
import re

import pytest

from pelican.plugins.news_digest.cli.main import main
from tests.builders import front_matter
from tests.conftest import Site
from tests.sites.checker import OutputChecker

SECRET = "what lies elsewhere is nobody's business"  # noqa: S105 - a text to look for
EXPECTED = {
    "images/circle": "ND115", "images/folder": "ND115", "images/secret.png": "ND115", "images/pipe.png": "ND116",
    "news/circle.md": "ND115", "news/folder": "ND115", "news/secret.md": "ND115", "news/pipe.md": "ND116",
    "pages/circle": "ND115", "pages/secret.md": "ND115", "pages/pipe.md": "ND116", "notes/pipe.md": "ND116",
    "news/zone/same.md": "ND112", "notes/b.md": "ND112", "pages/b.md": "ND112",
    "pages/thief.md": "ND112", "secret.txt": "ND115",
}  # fmt: skip


def write_hostile(site: Site) -> None:
    """Write files that Pelican alone would publish from elsewhere, wait for, follow in circles, or lose."""
    content = site.root / "content"
    elsewhere = site.root / "elsewhere"
    elsewhere.mkdir()
    secret = elsewhere / "secret.md"
    secret.write_text(f"Title: {SECRET}\nDate: 2026-05-01\n\n{SECRET}\n", encoding="utf-8")
    for folder in ("images", "news", "pages", "notes"):
        (content / folder).mkdir(parents=True, exist_ok=True)
        os.mkfifo(content / folder / ("pipe.png" if folder == "images" else "pipe.md"))
    for folder, name in (("images", "secret.png"), ("news", "secret.md"), ("pages", "secret.md")):
        (content / folder / name).symlink_to(secret)
    (content / "images" / "folder").symlink_to(elsewhere)
    (content / "news" / "folder").symlink_to(elsewhere)
    (content / "images" / "circle").symlink_to(".")
    (content / "pages" / "circle").symlink_to("..")
    (content / "news" / "circle.md").symlink_to("circle.md")
    site.write("images/fine.png", "fine")
    site.write("news/same.md", front_matter(title="One of two"))
    site.write("news/zone/same.md", front_matter(title="Two of two", webUrl="https://post.example/2"))
    site.write("notes/a.md", "Title: Classic one\nDate: 2026-05-02\nSlug: classic\n\nText.\n")
    site.write("notes/b.md", "Title: Classic two\nDate: 2026-05-02\nSlug: classic\n\nText.\n")
    site.write("pages/a.md", "Title: Imprint one\nSlug: imprint\n\nText.\n")
    site.write("pages/b.md", "Title: Imprint two\nSlug: imprint\nLang: en\n\nText.\n")
    site.write(
        "pages/thief.md", "Title: Thief\nSave_as: news/same/index.html\nUrl: news/same/\n\n[s]({static}/secret.txt)\n"
    )
    (content / "secret.txt").symlink_to(secret)
    site.write("pages/out.md", "Title: Out\nSave_as: ../../out.html\nUrl: ../../out.html\n\nText.\n")
    site.write("pages/template.md", "Title: Template\nTemplate: ../../../../elsewhere/secret\n\nText.\n")
    site.write(
        "news/keys.md",
        front_matter(
            title="Keys that write nothing", webUrl="https://post.example/keys", slug="../../../out",
            save_as='"../../out.html"', url='"javascript:alert(1)"', template='"../../elsewhere/secret"',
        ),
    )  # fmt: skip


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> tuple[Site, str]:
    """Return a site with hostile files, and what its build said; it ends."""
    site = Site(tmp_path_factory.mktemp("trust"))
    write_hostile(site)
    result = site.build()
    assert 0 == result.returncode, result.stdout
    return site, result.stdout


def test_everything_that_is_left_out_or_moved_is_named(hostile: tuple[Site, str]):
    """Each with its code; nothing else is."""
    line = re.compile(r"^\W*(?:\[[\d:]+\])?\s*WARNING\s+content/(\S+?):(?:\d+:)? (ND\d+) ", re.MULTILINE)
    found = dict(line.findall(hostile[1]))
    assert EXPECTED == {path: code for path, code in found.items() if code in {"ND112", "ND115", "ND116"}}


def test_nothing_from_elsewhere_is_published(hostile: tuple[Site, str]):
    """Neither its text nor its name is in any file."""
    site, _ = hostile
    for path, data in site.files().items():
        assert SECRET.encode() not in data, path
    assert "images/fine.png" in site.files()


def test_nothing_is_written_outside_the_output(hostile: tuple[Site, str]):
    """Front matter names no place: what is beside the output is what was there before."""
    site, _ = hostile
    known = {"content", "elsewhere", "output", "pelicanconf.py", "cache", ".cache", "__pycache__"}
    assert set() == {path.name for path in site.root.iterdir()} - known
    assert not (site.root.parent / "out.html").exists()


def test_no_page_is_lost_to_another(hostile: tuple[Site, str]):
    """Two files that want one address both have a page."""
    site, _ = hostile
    titles = {
        match[1].strip()
        for path in OutputChecker(site.output).pages
        if (match := re.search(r"<h1[^>]*>(.*?)</h1>", site.page(path), re.DOTALL))
    }
    assert set() == {
        "One of two", "Two of two", "Classic one", "Classic two", "Imprint one", "Imprint two", "Thief", "Template",
    } - titles  # fmt: skip
    assert "One of two" in site.page("news/same/index.html")


def test_links_of_the_site_are_whole(hostile: tuple[Site, str]):
    """Nothing leads to what was left out."""
    broken = OutputChecker(hostile[0].output, "https://tiny.example").broken()
    assert [] == [line for line in broken if "secret.txt" not in line]


def test_check_says_the_same(
    hostile: tuple[Site, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    """Without building; what Pelican alone knows (addresses of its own pages, links in texts) is the build's to say."""
    monkeypatch.chdir(hostile[0].root)
    assert 1 == main(["check"])
    said = dict(re.findall(r"^content/(\S+?):(?:\d+:)? (ND\d+) ", capsys.readouterr().out, re.MULTILINE))
    only_pelican = {"notes/b.md", "pages/b.md", "pages/thief.md"}
    assert {path: code for path, code in EXPECTED.items() if path not in only_pelican} == {
        path: code for path, code in said.items() if code in {"ND112", "ND115", "ND116"}
    }


@pytest.mark.parametrize(
    ("code", "settings", "values"),
    [
        ("ND117", {"DIGEST_MAX_FILE_BYTES": 1000}, {"excerpt": f'"{"long " * 300}"'}),
        ("ND103", {"DIGEST_MAX_YAML_DEPTH": 8}, {"mood": f"{'[' * 9}{']' * 9}"}),
        ("ND103", {"DIGEST_MAX_YAML_VALUES": 1000}, {"mood": f"{{a: &a [{'x,' * 99}], b: [{'*a,' * 20}]}}"}),
        (
            "ND118",
            {"DIGEST_MAX_RELATED": 1},
            {"related": "[{webUrl: https://a.example/}, {webUrl: https://b.example/}]"},
        ),
    ],
)
def test_limits_are_settings(
    code: str, settings: dict[str, object], values: dict[str, str], site: Site, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):  # fmt: skip
    """What is over a limit is said, and the other files go on; within the usual limits nothing is."""
    site.write("news/big.md", front_matter(**values))
    site.write("news/small.md", front_matter(title="Small", webUrl="https://post.example/s"))
    site.settings()
    monkeypatch.chdir(site.root)
    main(["check"])
    assert code not in capsys.readouterr().out
    site.settings(**settings)
    assert 1 == main(["check"])
    said = capsys.readouterr().out
    assert re.search(rf"^content/news/big.md:?\d*: {code} ", said, re.MULTILINE)
    assert "small.md" not in said.partition("Notes")[0]
