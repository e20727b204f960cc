"""``news-digest images`` makes what the next build shows; without it a build shows files as they are."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

from lxml import html

from tests.builders import front_matter
from tests.images.drawing import draw, encode, pattern

if TYPE_CHECKING:
    from tests.conftest import Site


def run(site: Site, *arguments: str, expected: int = 0) -> str:
    """Run the command as its owner would, and return what it said."""
    done = subprocess.run(
        [sys.executable, "-m", "pelican.plugins.news_digest", "images", *arguments],
        cwd=site.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert expected == done.returncode, done.stdout
    return done.stdout


def write_item(site: Site, stem: str, url: str, **values: str) -> None:
    """Write an item with one picture."""
    images = f'\n  - {{url: "{url}", width: 1600, height: 900, title: "A pier"}}'
    site.write(f"news/{stem}.md", front_matter(images=images, **values))


def own_picture(site: Site, name: str, data: bytes) -> None:
    """Put a picture among the site's own."""
    path = site.root / "content" / "images" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def picture_of(site: Site, stem: str) -> html.HtmlElement | None:
    """Return the picture on an item's page."""
    found = html.fromstring(site.page(f"news/{stem}/index.html")).xpath("//img[@class='figure-picture']")
    return found[0] if found else None


def test_the_sites_own_pictures_are_made(site: Site):
    """A build after the command shows several sizes; the files are there, and a browser knows the ratio before."""
    site.settings(DIGEST_SEARCH=False, DIGEST_WORKERS=1)
    own_picture(site, "pier.jpg", encode(draw(1600, 900)))
    write_item(site, "pier", "/images/pier.jpg")
    site.build()
    plain = picture_of(site, "pier")
    assert plain is not None
    assert ("/images/pier.jpg", None) == (plain.get("src"), plain.get("srcset"))
    assert "Making: 1 pictures" in run(site)
    site.build()
    shown = picture_of(site, "pier")
    assert shown is not None
    assert ("1600", "900", "A pier", "high") == tuple(map(shown.get, ("width", "height", "alt", "fetchpriority")))
    assert ["320w", "640w", "960w", "1280w"] == re.findall(r"\d+w", shown.get("srcset", ""))
    assert re.fullmatch(r"[0-7]-[0-7]-[0-7]", shown.get("data-tone", ""))
    names = [part.split()[0] for part in shown.get("srcset", "").split(",")]
    assert all((site.output / name.removeprefix("/")).is_file() for name in (*names, shown.get("src", "")))


def test_nothing_is_made_twice(site: Site):
    """A second run makes no picture, and a second build writes none."""
    site.settings(DIGEST_SEARCH=False, DIGEST_WORKERS=1)
    own_picture(site, "pier.jpg", encode(draw(1600, 900)))
    write_item(site, "pier", "/images/pier.jpg")
    run(site)
    site.build()
    first = {path: path.stat().st_mtime_ns for path in (site.output / "pictures").iterdir()}
    assert "Making" not in run(site)
    site.build()
    assert first == {path: path.stat().st_mtime_ns for path in (site.output / "pictures").iterdir()}
    assert 4 == len(first)


def test_a_changed_picture_is_made_anew(site: Site):
    """Until the command runs again, the new file is shown as it is; never the old picture."""
    site.settings(DIGEST_SEARCH=False, DIGEST_WORKERS=1)
    own_picture(site, "pier.jpg", encode(pattern(1, 1600, 900)))
    write_item(site, "pier", "/images/pier.jpg")
    run(site)
    site.build()
    first = picture_of(site, "pier")
    own_picture(site, "pier.jpg", encode(pattern(2, 1600, 900)))
    site.build()
    between = picture_of(site, "pier")
    assert "Making: 1 pictures" in run(site)
    site.build()
    after = picture_of(site, "pier")
    assert first is not None
    assert after is not None
    assert between is not None
    assert (None, "/images/pier.jpg") == (between.get("srcset"), between.get("src"))
    assert first.get("srcset") != after.get("srcset")
    assert 4 == len(list((site.output / "pictures").iterdir()))


def test_what_is_no_picture_is_said(site: Site):
    """A file that cannot be used is named with the item that names it, and stops nothing."""
    site.settings(DIGEST_SEARCH=False, DIGEST_WORKERS=1)
    own_picture(site, "pier.jpg", b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    own_picture(site, "good.jpg", encode(draw(700, 400)))
    write_item(site, "pier", "/images/pier.jpg")
    write_item(site, "good", "/images/good.jpg")
    said = run(site)
    assert "news/pier.md" in said
    assert "ND302" in said
    assert "images/pier.jpg → is an SVG drawing, which could hold scripts" in said
    site.build()
    good = picture_of(site, "good")
    assert good is not None
    assert good.get("srcset")


def test_without_pictures_there_is_nothing_to_do(site: Site):
    """Where pictures come from nowhere, none are made."""
    site.settings(DIGEST_SEARCH=False, DIGEST_WORKERS=1, DIGEST_IMAGES="none")
    own_picture(site, "pier.jpg", encode(draw(700, 400)))
    write_item(site, "pier", "/images/pier.jpg")
    assert "Making" not in run(site)
    site.build()
    assert picture_of(site, "pier") is None


def test_settings_that_are_not_there(site: Site):
    """A missing settings file is said in one line."""
    assert "there is no none.py here" in run(site, "-s", "none.py", expected=1)


def test_a_fresh_build_keeps_pictures(site: Site):
    """``build --fresh`` forgets what builds made; pictures are not theirs."""
    site.settings(DIGEST_SEARCH=False, DIGEST_WORKERS=1)
    own_picture(site, "pier.jpg", encode(draw(700, 400)))
    write_item(site, "pier", "/images/pier.jpg")
    run(site)
    subprocess.run([sys.executable, "-m", "pelican.plugins.news_digest", "build", "--fresh"], cwd=site.root, check=True)
    shown = picture_of(site, "pier")
    assert shown is not None
    assert shown.get("srcset")
