"""From an address to a file: as GitHub Pages has it, and never out of the folder."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pelican.plugins.news_digest.preview.address import Kind, base_path, find, type_of


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a site beside a secret, with links that lead everywhere."""
    root = tmp_path_factory.mktemp("site")
    output = root / "output"
    for path in ("index.html", "news/a/index.html", "imprint.html", "topics/café/index.html", "a b.txt", ".nojekyll"):
        (output / path).parent.mkdir(parents=True, exist_ok=True)
        (output / path).write_text(path, encoding="utf-8")
    (root / "secret").mkdir()
    (root / "secret" / "index.html").write_text("secret", encoding="utf-8")
    (root / "output-2").mkdir()
    (root / "output-2" / "index.html").write_text("a neighbour", encoding="utf-8")
    (output / "out").symlink_to(root / "secret")
    (output / "out.txt").symlink_to(root / "secret" / "index.html")
    (output / "neighbour").symlink_to(root / "output-2")
    (output / "loop").symlink_to(output / "loop")
    (output / "in").symlink_to(output / "news")
    os.mkfifo(output / "pipe")
    return output


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("index.html", "/"),
        ("index.html", "/?q=1"),
        ("index.html", "/index.html"),
        ("news/a/index.html", "/news/a/"),
        ("imprint.html", "/imprint"),
        ("topics/café/index.html", "/topics/caf%C3%A9/"),
        ("a b.txt", "/a%20b.txt"),
        (".nojekyll", "/.nojekyll"),
        ("news/a/index.html", "/in/a/"),
    ],
)
def test_files_are_found_as_pages_does(folder: Path, path: str, target: str):
    """A folder is its index, ``.html`` may be left out, and a link inside the folder is followed."""
    found = find(target, folder=str(folder), base="/")
    assert Kind.FILE is found.kind
    assert folder / path == type(folder)(found.path)


HOSTILE = """
    /../secret/index.html /%2e%2e/secret/index.html /news/../../secret/index.html /..%2fsecret/index.html
    /%2e%2e%2fsecret%2findex.html /..%5csecret%5cindex.html /news/a/..%2f..%2f..%2fsecret/ //etc/passwd /%2fetc/passwd
    /out/ /out/index.html /out.txt /neighbour/ /neighbour/index.html /loop /loop/ /pipe /%00 /index.html%00.txt
    /news/a/%00/../ /./ /news/./a/ /news//a/ /news/a/index.html/ /%ff%fe /%0d%0aSet-Cookie:x /..;/secret/
    /%252e%252e/secret/     /C:/windows/ /%c0%ae%c0%ae/secret/
""".split()


@pytest.mark.parametrize("target", [*HOSTILE, "/" + "a" * 5000, "/" + "a/" * 3000])
def test_nothing_outside_the_folder_is_found(folder: Path, target: str):
    """No dots, no encoding, no link, no pipe and no length leads out, or further than "nothing"."""
    assert Kind.NOTHING is find(target, folder=str(folder), base="/").kind


WORDS = [*"./\\%~:", "%2e", "%2f", "%5c", "..", "../", "secret", "out", "news", "a", "in", "index.html"]


@given(st.lists(st.sampled_from(WORDS), max_size=12))
def test_whatever_is_found_lies_in_the_folder(folder: Path, words: list[str]):
    """Words that attack paths, in any order, lead to files of the site or to nothing."""
    found = find(f"/{''.join(words)}", folder=str(folder), base="/")
    assert Kind.FILE is not found.kind or os.path.realpath(found.path).startswith(f"{os.path.realpath(folder)}/")


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        (Kind.FILE, "/repo/"),
        (Kind.FILE, "/repo/news/a/"),
        (Kind.OUTSIDE, "/"),
        (Kind.OUTSIDE, "/repo"),
        (Kind.OUTSIDE, "/news/a/"),
        (Kind.OUTSIDE, "/repository/"),
        (Kind.OUTSIDE, "//repo/"),
        (Kind.OUTSIDE, "http://evil.example/repo/"),
        (Kind.NOTHING, "/repo/../repo/"),
        (Kind.FOLDER, "/repo/news/a"),
        (Kind.NOTHING, "/repo/out"),
    ],
)
def test_site_below_a_path_is_there_only(folder: Path, kind: Kind, target: str):
    """A link that forgets the prefix is seen to be broken, as on the real host."""
    assert kind is find(target, folder=str(folder), base="/repo/").kind


@pytest.mark.parametrize(
    ("path", "given"), [("/", ""), ("/", "/"), ("/repo/", "repo"), ("/a/b/", "//a/b"), ("/a/", "a/")]
)
def test_base_has_one_slash_at_both_ends(path: str, given: str):
    """However it is written on the command line."""
    assert path == base_path(given)


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("text/html; charset=utf-8", "index.html"),
        ("application/atom+xml; charset=utf-8", "feeds/all.atom.xml"),
        ("application/xml; charset=utf-8", "sitemap.xml"),
        ("text/javascript; charset=utf-8", "pagefind/pagefind.js"),
        ("application/wasm", "x.WASM"),
        ("image/webp", "a.b/c.d.webp"),
        ("application/octet-stream", "CNAME"),
        ("application/octet-stream", "wasm.en.pagefind"),
    ],
)
def test_types_are_those_of_the_web(kind: str, name: str):
    """They come from one table, not from the machine."""
    assert kind == type_of(name)
