"""Pictures of the site's own: found however they are named, measured, and never dropped in silence."""

from __future__ import annotations

from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from lxml import html

from pelican.plugins.news_digest.cli.main import main
from pelican.plugins.news_digest.errors import diagnose
from pelican.plugins.news_digest.host.summary import last_build
from pelican.plugins.news_digest.images.measure import look_at
from pelican.plugins.news_digest.images.own import OwnFiles, OwnLook
from pelican.plugins.news_digest.images.own_pictures import look_at_own, own_picture_problems
from pelican.plugins.news_digest.model import ImageRef, Status
from tests.builders import front_matter, make_item, make_provider_ref
from tests.images.drawing import draw, encode

if TYPE_CHECKING:
    from tests.conftest import Site

POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"4d" * 32 + b"\nsize 51234\n"
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0" + bytes(400)
GOOD = encode(draw(700, 400))
DRAWING = b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" %b><path d="M0 0"/></svg>'


@pytest.mark.parametrize(
    ("expected", "name", "data"),
    [
        (OwnLook(width_px=700, height_px=400), "a.jpg", GOOD),
        (OwnLook(width_px=700, height_px=400), "a.jpg", GOOD[:900]),
        (OwnLook(width_px=700, height_px=400), "a.txt", encode(draw(700, 400), "PNG")),
        (OwnLook(width_px=64, height_px=32), "a.svg", DRAWING % b'width="64" height="32px"'),
        (OwnLook(width_px=120, height_px=60), "a.svg", DRAWING % b'viewBox="0 0 120 60.2"'),
        (OwnLook(problem="damaged, or does not state its size"), "a.svg", DRAWING % b'width="50%"'),
        (OwnLook(problem="an SVG drawing, which could hold scripts"), "a.jpg", DRAWING % b""),
        (OwnLook(problem="damaged, or does not state its size"), "a.jpg", GOOD[:30]),
        (OwnLook(problem="empty"), "a.jpg", b""),
        (OwnLook(problem="a HEIC picture, which browsers do not show"), "a.jpg", HEIC),
        (OwnLook(problem="a web page"), "a.png", b"<!doctype html><title>404"),
    ],
)
def test_a_file_is_what_its_bytes_say(tmp_path: Path, expected: OwnLook, name: str, data: bytes):
    """Its size is read from it, and what browsers do not show is said in words."""
    (tmp_path / name).write_bytes(data)
    assert expected == look_at(tmp_path / name, measures=True)


def test_a_pointer_of_git_lfs_is_no_picture(tmp_path: Path):
    """What to do about it is said, too; a file that is gone meanwhile is a problem as well."""
    (tmp_path / "a.jpg").write_bytes(POINTER)
    assert "a Git LFS pointer, not the picture: `git lfs pull`" in look_at(tmp_path / "a.jpg", measures=False).problem
    assert "not to be read" in look_at(tmp_path / "b.jpg", measures=False).problem


def problems(tmp_path: Path, *urls: str, files: dict[str, bytes], **values: object) -> list[str]:
    """Return what is said of an item that names *urls*, where the site has *files*."""
    for path, data in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    item = make_item(images=tuple(ImageRef(url=url) for url in urls), **values)
    source = tmp_path / item.source_path
    source.parent.mkdir(parents=True, exist_ok=True)
    source.write_text("---\n" + "".join(f"- {url}\n" for url in urls))
    own = OwnFiles(files)
    looks = look_at_own([item], [], content=tmp_path, own=own)
    return [str(found) for found in own_picture_problems([item], own=own, looks=looks, content=tmp_path)]


@pytest.mark.parametrize(
    ("expected", "url"),
    [
        ("there is no /images/sleepr.jpg → did you mean /images/sleeper.jpg?", "/images/sleepr.jpg"),
        ("there is no /sleeper.jpg → did you mean /images/sleeper.jpg?", "/sleeper.jpg"),
        ("there is no /pictures/sleeper.jpeg → did you mean /images/sleeper.jpg?", "/pictures/sleeper.jpeg"),
        ("there is no /images/xyz.webp → move it into one of the folders in STATIC_PATHS", "/images/xyz.webp"),
        ("images/pointer.jpg is a Git LFS pointer, not the picture: `git lfs pull`", "/images/pointer.jpg"),
        ("images/empty.jpg is empty", "/images/empty.jpg"),
    ],
)
def test_a_picture_that_cannot_be_shown_is_a_warning_with_its_line(tmp_path: Path, expected: str, url: str):
    """It says what is wrong, and what was probably meant."""
    files = {"images/sleeper.jpg": GOOD, "images/pointer.jpg": POINTER, "images/empty.jpg": b""}
    (said,) = problems(tmp_path, "/images/sleeper.jpg", url, files=files)
    assert expected in said
    assert f".md:3: {'ND303' if 'there is no' in expected else 'ND302'} images.1.url: " in said


def test_what_was_meant_is_found_among_thousands():
    """Whether the name begins or ends wrongly, or stands in another folder; few names are compared."""
    own = OwnFiles(
        [*(f"images/{year}/img-{number:04}.jpg" for year in (2025, 2026) for number in range(4000)), "a/Quay.JPG"]
    )
    assert "images/2026/img-0815.jpg" == own.nearest("/images/2026/img-0815.jpeg")
    assert "images/2025/img-0815.jpg" == own.nearest("/images/2025/imgg-0815.jpg")
    assert "a/Quay.JPG" == own.nearest("/images/quai.jpg")
    assert "" == own.nearest("/images/entirely-other-words.png")


def test_what_nobody_sees_or_is_elsewhere_is_no_problem(tmp_path: Path):
    """Other hosts' pictures are another matter; a removed item shows none."""
    assert [] == problems(tmp_path, "https://cdn.example/a.jpg", files={})
    assert [] == problems(tmp_path, "/images/a.jpg", files={}, status=Status.REMOVED)


def test_a_sources_icon_is_looked_at_as_well(tmp_path: Path):
    """An icon that is missing is a warning, though a letter stands in its place."""
    provider = make_provider_ref(icon=ImageRef(url="/images/icon.png"))
    (said,) = problems(tmp_path, files={}, provider=provider)
    assert "provider.images: there is no /images/icon.png" in said


def run(*arguments: str, site: Site) -> tuple[int, str]:
    """Run a command, and return its answer and what it said."""
    with redirect_stdout(StringIO()) as said, redirect_stderr(said):
        code = main([*arguments, "-s", str(site.root / "pelicanconf.py")])
    return code, said.getvalue()


def written(site: Site, stem: str, url: str) -> None:
    """Write an item whose picture has no size."""
    site.write(f"news/{stem}.md", front_matter(images=f'\n  - {{url: "{url}", title: "A pier"}}'))


def picture_of(site: Site, stem: str) -> tuple[str, str, str] | None:
    """Return address and size of the picture on an item's page."""
    found = html.fromstring(site.page(f"news/{stem}/index.html")).xpath("//img[starts-with(@class, 'figure-picture')]")
    return tuple(found[0].get(key) for key in ("src", "width", "height")) if found else None  # type: ignore[return-value]


def put(site: Site, path: str, data: bytes) -> None:
    """Put a file among the site's own."""
    target = site.root / "content" / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)


def said_by_the_build() -> list[str]:
    """Return which of a few words the last build has said; Pelican logs the same line only once in a process."""
    last = last_build()
    said = " ".join(map(str, last.diagnostics)) if last else ""
    return [word for word in ("ND303", "Git LFS", "is empty") if word in said]


def test_builds_notice_when_a_picture_comes_changes_and_goes(site: Site):
    """Without `news-digest images`, each build shows what the file is now, and says what it cannot show."""
    site.settings(CACHE_PATH="cache", DIGEST_SEARCH=False, DIGEST_WORKERS=1)
    written(site, "seal", "../images/grey%20seal.jpg")
    written(site, "mole", "/images/mole.jpg")
    put(site, "images/mole.jpg", GOOD)
    shown = []
    for data in (None, POINTER, GOOD, encode(draw(300, 200)), b"", None):
        if data is None:
            (site.root / "content" / "images" / "grey seal.jpg").unlink(missing_ok=True)
        else:
            put(site, "images/grey seal.jpg", data)
        assert 0 == run("build", site=site)[0]
        shown.append((picture_of(site, "seal"), said_by_the_build()))
        assert ("/images/mole.jpg", "700", "400") == picture_of(site, "mole")
    address = "/images/grey%20seal.jpg"
    assert [
        (None, ["ND303"]),
        (None, ["Git LFS"]),
        ((address, "700", "400"), []),
        ((address, "300", "200"), []),
        (None, ["is empty"]),
        (None, ["ND303"]),
    ] == shown
    again = site.files()
    assert 0 == run("build", "--fresh", site=site)[0]
    assert again == site.files()


def test_check_and_images_say_it_too(site: Site):
    """In one line each, by file and line; a picture that is there is made from the same spelling."""
    site.settings(CACHE_PATH="cache", DIGEST_SEARCH=False, DIGEST_WORKERS=1)
    written(site, "seal", "/images/Grey+Seal.JPG?v=2")
    written(site, "lost", "/images/gray seal.jpg")
    put(site, "images/grey seal.jpg", GOOD)
    expected = "there is no /images/gray seal.jpg → did you mean /images/grey seal.jpg?"
    code, said = run("check", site=site)
    assert (1, 1) == (code, said.count(expected))
    assert "news/lost.md:" in said
    code, said = run("images", "--offline", site=site)
    assert (0, 1) == (code, said.count(expected))
    assert "Making: 1 picture," in said
    assert 0 == run("build", site=site)[0]
    found = picture_of(site, "seal")
    assert found is not None
    assert found[0].startswith("/pictures/")


def test_files_that_git_lfs_kept_stop_the_audit(site: Site, caplog: pytest.LogCaptureFixture):
    """A picture and an item that are pointers are not shown, each is said once, and nothing is published so."""
    site.settings(CACHE_PATH="cache", DIGEST_SEARCH=False, DIGEST_WORKERS=1, SITEURL="https://tiny.example")
    written(site, "mole", "/images/mole.jpg")
    put(site, "images/mole.jpg", POINTER)
    put(site, "news/p.md", POINTER)
    run("build", site=site)
    assert picture_of(site, "mole") is None
    assert 2 == caplog.text.count("a Git LFS pointer")
    assert not (site.output / "news" / "p" / "index.html").exists()
    code, said = run("audit", site=site)
    assert 1 == code
    assert "images/mole.jpg: ND508 a Git LFS pointer" in said
    assert "news/p.md: ND508 a Git LFS pointer" in said


def test_a_picture_in_a_text_that_is_none_stops_the_audit(site: Site):
    """Whether it is missing, empty, or something else under a picture's name; also in another size."""
    site.settings(CACHE_PATH="cache", DIGEST_SEARCH=False, DIGEST_WORKERS=1, SITEURL="https://tiny.example")
    put(site, "images/empty.jpg", b"")
    put(site, "images/page.png", b"<!doctype html><title>404")
    put(site, "images/good.jpg", GOOD)
    names = ("empty.jpg", "page.png", "good.jpg", "lost.jpg")
    pictures = "".join(f'<img src="/images/{name}" alt="">' for name in names)
    sizes = '<img src="/images/good.jpg" srcset="/images/good.jpg 1x, /images/lost-2.jpg 2x" alt="">'
    site.write("pages/own.md", f"Title: Own\n\n{pictures}{sizes}\n")
    assert 0 == run("build", site=site)[0]
    code, said = run("audit", site=site)
    assert 1 == code
    for expected in (
        "images/empty.jpg: is empty",
        "images/page.png: is a web page",
        "images/lost.jpg: there is no such file",
        "images/lost-2.jpg: there is no such file",
    ):
        assert f"ND501 {expected}" in said
    assert "images/good.jpg:" not in said


def test_the_codes_are_known():
    """Both are warnings: the item itself is shown."""
    assert {"warning"} == {diagnose(code, "", path="").severity.value for code in ("ND302", "ND303")}
