"""Removed means gone: what was copied goes with its file, and what the owner put into the output stays."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest

from pelican.plugins.news_digest.output.folder.listing import LISTING
from tests.builders import front_matter

if TYPE_CHECKING:
    from tests.conftest import Site

QUICK = {"DIGEST_SEARCH": False, "DIGEST_NEWSLETTER": "none", "DIGEST_WORKERS": 1, "DIGEST_CARDS": "none"}


@pytest.fixture
def plain(site: Site) -> Site:
    """Return a built site with two pictures, and two files that its owner put into the output."""
    site.settings(**QUICK)
    site.write("news/a.md", front_matter())
    site.write("images/a.png", "a picture")
    site.write("images/deep/b.png", "another one")
    build(site)
    (site.output / "CNAME").write_text("digest.example")
    (site.output / "images" / "own.png").write_text("by hand")
    return site


def build(site: Site, *arguments: str) -> None:
    """Build, and expect no trouble; what the owner put there stays."""
    owners = [path for path in (site.output / "CNAME", site.output / "images" / "own.png") if path.exists()]
    result = site.build(*arguments)
    assert 0 == result.returncode, result.stdout
    assert [] == [path for path in owners if not path.exists()]


def clean(site: Site) -> set[str]:
    """Return what a build without a past writes."""
    assert 0 == site.build("-o", "clean", "-e", "DIGEST_CACHE=false").returncode
    found = {path.relative_to(site.root / "clean").as_posix() for path in (site.root / "clean").rglob("*")}
    shutil.rmtree(site.root / "clean")
    return found


def names(site: Site) -> set[str]:
    """Return what lies in the output, folders too, but for the owner's own."""
    found = {path.relative_to(site.output).as_posix() for path in site.output.rglob("*")}
    return (
        found - {"CNAME", "images/own.png"} - ({"images"} if not (site.root / "content" / "images").exists() else set())
    )


@pytest.mark.parametrize("lost", ["", "cache", "manifest", "output", "stamp"])
def test_deleted_picture_is_gone(lost: str, plain: Site):
    """With its folder; also where the cache was lost, or the output was, as in a workflow that restores only one."""
    cache = plain.root / "cache" / "news-digest"
    if lost == "cache":
        shutil.rmtree(cache)
    elif lost == "output":
        shutil.rmtree(plain.output)
    elif lost == "manifest":
        for path in cache.glob("output-*.msgpack"):
            path.write_bytes(path.read_bytes()[::-1])
    elif lost == "stamp":
        (plain.output / LISTING).unlink()
    shutil.rmtree(plain.root / "content" / "images" / "deep")
    build(plain)
    assert not (plain.output / "images" / "deep").exists()
    assert (plain.output / "images" / "a.png").exists()
    assert clean(plain) == names(plain)


def test_deleted_picture_is_gone_from_half_a_site(plain: Site):
    """Where the cache and the front page are lost, the list in the output still says what was ours."""
    shutil.rmtree(plain.root / "cache" / "news-digest")
    (plain.output / "index.html").unlink()
    (plain.root / "content" / "images" / "a.png").unlink()
    build(plain)
    assert clean(plain) == names(plain)


def test_deleted_picture_is_gone_after_a_fresh_build(plain: Site):
    """What is forgotten is what was read, not what is ours to remove."""
    (plain.root / "content" / "images" / "a.png").unlink()
    for path in (plain.root / "cache" / "news-digest").glob("items*"):
        path.unlink()
    build(plain)
    assert not (plain.output / "images" / "a.png").exists()


def test_everything_that_may_be_copied_goes(plain: Site):
    """Extra paths, linked and attached files, by name, by setting, with the text that asked for them."""
    plain.write("extra/robots.txt", "User-agent: *")
    plain.write("extra/verify.txt", "me")
    plain.write("pages/notes.md", "Title: Notes\n\n[a]({static}/docs/a.pdf) [b]({attach}b.pdf)\n")
    plain.write("docs/a.pdf", "a")
    plain.write("pages/b.pdf", "b")
    extra = {"extra/robots.txt": {"path": "robots.txt"}, "extra/verify.txt": {"path": "verify.txt"}}
    plain.settings(**QUICK, STATIC_PATHS=["images", "extra"], EXTRA_PATH_METADATA=extra)
    build(plain)
    assert "User-agent: *" == plain.page("robots.txt")
    assert {"verify.txt", "docs/a.pdf", "pages/b.pdf"} <= names(plain)
    assert clean(plain) == names(plain)
    (plain.root / "content" / "extra" / "verify.txt").unlink()
    plain.write("pages/notes.md", "Title: Notes\n\n[b]({attach}b.pdf)\n")
    build(plain)
    assert not {"verify.txt", "docs/a.pdf"} & names(plain)
    assert clean(plain) == names(plain)
    (plain.root / "content" / "pages" / "notes.md").unlink()
    plain.settings(**QUICK, STATIC_PATHS=["extra"], EXTRA_PATH_METADATA={"extra/robots.txt": {"path": "r.txt"}})
    build(plain)
    assert {"r.txt"} == {"r.txt", "pages/b.pdf", "images/a.png", "images/deep/b.png"} & names(plain)
    assert clean(plain) | {"images"} == names(plain) | {"images"}


def test_names_that_differ_in_case(plain: Site):
    """The old one goes, the new one stays."""
    images = plain.root / "content" / "images"
    (images / "a.png").rename(images / "A.png")
    build(plain)
    assert {"images/A.png"} == {"images/a.png", "images/A.png"} & names(plain)
    assert clean(plain) == names(plain)


def test_folder_becomes_a_file_and_a_folder_again(plain: Site):
    """What lay in it gives way, and what takes its place, too."""
    deep = plain.root / "content" / "images" / "deep"
    shutil.rmtree(deep)
    plain.write("images/deep", "a file now")
    build(plain)
    assert "a file now" == plain.page("images/deep")
    deep.unlink()
    plain.write("images/deep/b.png", "a folder again")
    build(plain)
    assert "a folder again" == plain.page("images/deep/b.png")
    assert clean(plain) == names(plain)


def test_file_of_the_owners_is_in_the_way(plain: Site):
    """Then nothing is touched, and it is named."""
    (plain.output / "images" / "new.png").mkdir()
    (plain.output / "images" / "new.png" / "mine.txt").write_text("mine")
    before = plain.files()
    plain.write("images/new.png", "a file")
    plain.write("news/a.md", front_matter(title='"Other words"'))
    result = plain.build()
    assert 1 == result.returncode
    assert "new.png" in result.stdout
    assert before == plain.files()


def test_copy_is_made_again_when_it_or_its_file_changed(plain: Site):
    """By its bytes, however young; one that did not change keeps its time."""
    picture, copy = plain.root / "content" / "images" / "a.png", plain.output / "images" / "a.png"
    other = (plain.output / "images" / "deep" / "b.png").stat()
    picture.write_text("a Picture")
    build(plain)
    assert "a Picture" == copy.read_text()
    copy.write_text("damaged!!")
    build(plain)
    assert "a Picture" == copy.read_text()
    copy.unlink()
    build(plain)
    assert "a Picture" == copy.read_text()
    after = (plain.output / "images" / "deep" / "b.png").stat()
    assert (other.st_mtime_ns, other.st_ino) == (after.st_mtime_ns, after.st_ino)


@pytest.mark.skipif(not hasattr(os, "link"), reason="no hard links here")
def test_links_instead_of_copies(plain: Site):
    """With STATIC_CREATE_LINKS a file of the output is the content's own, and goes with it."""
    plain.settings(**QUICK, STATIC_CREATE_LINKS=True)
    build(plain)
    picture, copy = plain.root / "content" / "images" / "a.png", plain.output / "images" / "a.png"
    assert picture.samefile(copy)
    build(plain)
    picture.unlink()
    build(plain)
    assert not copy.exists()


def test_what_the_owner_copies_stands_before_our_own(plain: Site):
    """An own robots.txt is not overwritten by turns."""
    plain.write("extra/robots.txt", "mine")
    extra = {"extra/robots.txt": {"path": "robots.txt"}}
    plain.settings(**QUICK, STATIC_PATHS=["images", "extra"], EXTRA_PATH_METADATA=extra)
    for _ in range(2):
        build(plain)
        assert "mine" == plain.page("robots.txt")
    (plain.root / "content" / "extra" / "robots.txt").unlink()
    build(plain)
    assert "mine" != plain.page("robots.txt")
