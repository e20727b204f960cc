"""``news-digest images`` makes what the next build shows; without it a build shows files as they are."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from lxml import html
from pelican.settings import read_settings

from pelican import Pelican
from pelican.plugins.news_digest.cli.main import main
from pelican.plugins.news_digest.images.making.process import can_make_avif
from tests.builders import front_matter
from tests.images.drawing import draw, encode, pattern
from tests.network.host import Host

if TYPE_CHECKING:
    from tests.conftest import Site


def run(site: Site, *arguments: str, expected: int = 0) -> str:
    """Run the command, and return what it said."""
    settings = () if "-s" in arguments else ("-s", str(site.root / "pelicanconf.py"))
    with redirect_stdout(StringIO()) as said, redirect_stderr(said):
        assert expected == main(["images", *settings, *arguments]), said.getvalue()
    return said.getvalue()


def build(site: Site) -> None:
    """Build the site, in this process."""
    with redirect_stdout(StringIO()):
        Pelican(read_settings(str(site.root / "pelicanconf.py"))).run()


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
    found = html.fromstring(site.page(f"news/{stem}/index.html")).xpath("//img[starts-with(@class, 'figure-picture')]")
    return found[0] if found else None


def test_the_sites_own_pictures_are_made(site: Site):
    """A build after the command shows several sizes; the files are there, and a browser knows the ratio before."""
    site.settings(CACHE_PATH="cache", DIGEST_SEARCH=False, DIGEST_WORKERS=1)
    own_picture(site, "pier.jpg", encode(draw(1600, 900)))
    write_item(site, "pier", "/images/pier.jpg")
    build(site)
    plain = picture_of(site, "pier")
    assert plain is not None
    assert ("/images/pier.jpg", None) == (plain.get("src"), plain.get("srcset"))
    assert "Making: 1 picture" in run(site)
    build(site)
    shown = picture_of(site, "pier")
    assert shown is not None
    assert ("1600", "900", "A pier", "high") == tuple(map(shown.get, ("width", "height", "alt", "fetchpriority")))
    assert ["320w", "640w", "960w", "1280w"] == re.findall(r"\d+w", shown.get("srcset", ""))
    assert re.fullmatch(r"[0-7]-[0-7]-[0-7]", shown.get("data-tone", ""))
    names = [part.split()[0] for part in shown.get("srcset", "").split(",")]
    assert all((site.output / name.removeprefix("/")).is_file() for name in (*names, shown.get("src", "")))


def test_nothing_is_made_twice(site: Site):
    """A second run makes no picture, and a second build writes none."""
    site.settings(CACHE_PATH="cache", DIGEST_SEARCH=False, DIGEST_WORKERS=1)
    own_picture(site, "pier.jpg", encode(draw(1600, 900)))
    write_item(site, "pier", "/images/pier.jpg")
    run(site)
    build(site)
    first = {path: path.stat().st_mtime_ns for path in (site.output / "pictures").iterdir()}
    assert "Making" not in run(site)
    build(site)
    assert first == {path: path.stat().st_mtime_ns for path in (site.output / "pictures").iterdir()}
    assert 4 == len(first)


def test_a_changed_picture_is_made_anew(site: Site):
    """Until the command runs again, the new file is shown as it is; never the old picture."""
    site.settings(CACHE_PATH="cache", DIGEST_SEARCH=False, DIGEST_WORKERS=1)
    own_picture(site, "pier.jpg", encode(pattern(1, 1600, 900)))
    write_item(site, "pier", "/images/pier.jpg")
    run(site)
    build(site)
    first = picture_of(site, "pier")
    own_picture(site, "pier.jpg", encode(pattern(2, 1600, 900)))
    build(site)
    between = picture_of(site, "pier")
    assert "Making: 1 picture" in run(site)
    build(site)
    after = picture_of(site, "pier")
    assert first is not None
    assert after is not None
    assert between is not None
    assert (None, "/images/pier.jpg") == (between.get("srcset"), between.get("src"))
    assert first.get("srcset") != after.get("srcset")
    assert 4 == len(list((site.output / "pictures").iterdir()))


def test_what_is_no_picture_is_said(site: Site):
    """A file that cannot be used is named with the item that names it, and stops nothing."""
    site.settings(CACHE_PATH="cache", DIGEST_SEARCH=False, DIGEST_WORKERS=1)
    own_picture(site, "pier.jpg", b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    own_picture(site, "good.jpg", encode(draw(700, 400)))
    write_item(site, "pier", "/images/pier.jpg")
    write_item(site, "good", "/images/good.jpg")
    said = run(site)
    assert "news/pier.md" in said
    assert "ND302" in said
    assert "images/pier.jpg → is an SVG drawing, which could hold scripts" in said
    build(site)
    good = picture_of(site, "good")
    assert good is not None
    assert good.get("srcset")


def test_without_pictures_there_is_nothing_to_do(site: Site):
    """Where pictures come from nowhere, none are made."""
    site.settings(CACHE_PATH="cache", DIGEST_SEARCH=False, DIGEST_WORKERS=1, DIGEST_IMAGES="none")
    own_picture(site, "pier.jpg", encode(draw(700, 400)))
    write_item(site, "pier", "/images/pier.jpg")
    assert "Making" not in run(site)
    build(site)
    assert picture_of(site, "pier") is None


def test_settings_that_are_not_there(site: Site):
    """A missing settings file is said in one line."""
    assert "there is no none.py here" in run(site, "-s", "none.py", expected=2)


def test_a_fresh_build_keeps_pictures(site: Site):
    """``build --fresh`` forgets what builds made; pictures are not theirs."""
    site.settings(CACHE_PATH="cache", DIGEST_SEARCH=False, DIGEST_WORKERS=1)
    own_picture(site, "pier.jpg", encode(draw(700, 400)))
    write_item(site, "pier", "/images/pier.jpg")
    run(site)
    with redirect_stdout(StringIO()):
        assert 0 == main(["build", "--fresh", "-s", str(site.root / "pelicanconf.py")])
    shown = picture_of(site, "pier")
    assert shown is not None
    assert shown.get("srcset")


@pytest.fixture
def host() -> Iterator[Host]:
    """Start a host for pictures."""
    started = Host({f"/good/{n}.jpg": encode(pattern(n)) for n in range(9)})
    yield started
    started.close()


def fetching(site: Site, host: Host | None, **values: object) -> None:
    """Write settings under which *host* may be asked."""
    allowed = [host.name] if host else []
    site.settings(CACHE_PATH="cache", DIGEST_SEARCH=False, DIGEST_WORKERS=1, DIGEST_IMAGE_ALLOW_HOSTS=allowed, **values)


def test_pictures_of_other_hosts_become_the_sites_own(site: Site, host: Host):
    """They are fetched once and shown from here; a build asks nobody."""
    fetching(site, host)
    write_item(site, "pier", host.url("/good/1.jpg"))
    build(site)
    assert picture_of(site, "pier") is None
    assert "Fetching: 1 picture" in run(site)
    assert "Fetching" not in run(site)
    assert ["/good/1.jpg"] == host.seen.paths
    build(site)
    shown = picture_of(site, "pier")
    assert shown is not None
    assert ("400", "300") == (shown.get("width"), shown.get("height"))
    assert host.name not in site.page("news/pier/index.html").replace("post.example", "")
    assert ["/good/1.jpg"] == host.seen.paths


def test_what_cannot_be_fetched_is_said(site: Site, host: Host):
    """With the file and the line that name it, and when it is asked for again; the rest goes on."""
    fetching(site, host)
    for kind in ("good", "gone", "page", "cut-off", "svg"):
        write_item(site, kind, host.url(f"/{kind}/1.jpg"))
    said = run(site)
    assert "5 pictures, 0.0 MB, 4 failed" in said
    where = f"images: {host.url('/gone/1.jpg')} → the host answered 404 → retried after"
    assert re.search(rf"^news/gone\.md:\d+: ND301 {re.escape(where)}", said, re.MULTILINE)
    assert "→ is a web page" in said
    assert "→ is an SVG drawing" in said
    assert "→ the answer was cut off" in said
    asked = len(host.seen.paths)
    assert "ND301" in run(site)
    assert asked == len(host.seen.paths)
    run(site, "--retry")
    assert asked < len(host.seen.paths)
    build(site)
    assert [False, True] == [picture_of(site, kind) is None for kind in ("good", "gone")]


def test_private_hosts_are_asked_when_they_are_named(site: Site, host: Host):
    """By the setting, or on the command line; not otherwise, and no nonsense is taken for a name."""
    fetching(site, None)
    write_item(site, "pier", host.url("/good/1.jpg"))
    assert "has a private address" in run(site)
    assert [] == host.seen.paths
    assert "'nonsense' is not HOST:PORT" in run(site, "--allow-host", "nonsense", expected=2)
    run(site, "--retry", "--allow-host", host.name)
    assert ["/good/1.jpg"] == host.seen.paths


def test_offline_nothing_is_lost(site: Site, host: Host, caplog: pytest.LogCaptureFixture):
    """What was fetched stays, what was not is missing, and a host that is gone spoils neither."""
    fetching(site, host, DIGEST_IMAGE_RECHECK_DAYS=1)
    write_item(site, "pier", host.url("/good/1.jpg"))
    run(site)
    write_item(site, "mole", host.url("/good/2.jpg"))
    assert "Fetching" not in run(site, "--offline")
    host.close()
    said = run(site)
    assert "no host can be reached" in caplog.text
    assert "ND301" not in said
    build(site)
    assert [False, True] == [picture_of(site, stem) is None for stem in ("pier", "mole")]


@pytest.mark.busy("another process is waited for")
def test_a_killed_run_goes_on_where_it_was(site: Site, host: Host):
    """Each answer is noted as it comes: what was fetched before is not asked for again."""
    fetching(site, host)
    for number in range(1, 5):
        write_item(site, f"p{number}", host.url(f"/good/{number}.jpg" if number < 4 else "/silent/4.jpg"))
    process = subprocess.Popen(
        [sys.executable, "-m", "pelican.plugins.news_digest", "images"],
        cwd=site.root,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    ledger = site.root / "cache" / "news-digest" / "images" / "ledger.jsonl"
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and (not ledger.exists() or ledger.read_bytes().count(b'"source"') < 3):
        time.sleep(0.02)
    process.kill()
    process.wait()
    (site.root / "content" / "news" / "p4.md").unlink()
    assert "Making: 3 pictures" in run(site)
    assert 3 == sum(path.startswith("/good/") for path in host.seen.paths)


@pytest.mark.busy("pictures come within two seconds")
def test_the_run_ends_when_its_time_is_up(site: Site, host: Host):
    """It keeps what came, says what is left and fails nothing; the next run goes on, and asks for the rest only."""
    fetching(site, host)
    for number in range(1, 4):
        write_item(site, f"p{number}", host.url(f"/good/{number}.jpg"))
    write_item(site, "slow", host.url("/silent/4.jpg"))
    said = run(site, "--minutes", "0.05")
    assert "The time is up (DIGEST_IMAGE_MINUTES). Left for the next run: 1 picture to be fetched, 0 to be made" in said
    assert "Making: 3 pictures" in said
    build(site)
    assert [False, False, False] == [picture_of(site, f"p{number}") is None for number in range(1, 4)]
    write_item(site, "slow", host.url("/good/4.jpg"))
    asked = len(host.seen.paths)
    assert "The time is up" not in run(site)
    assert ["/good/4.jpg"] == host.seen.paths[asked:]


def test_what_was_shown_stays_when_there_is_no_time_to_make_it_anew(site: Site, host: Host):
    """After a change of how pictures are made, or of their host's picture, the old ones stand until the turn comes."""
    fetching(site, host, DIGEST_IMAGE_MOTION="still")
    own_picture(site, "pier.jpg", encode(draw(700, 400)))
    write_item(site, "pier", "/images/pier.jpg")
    write_item(site, "mole", host.url("/good/1.jpg"))
    run(site)
    build(site)
    before = {stem: picture_of(site, stem).get("srcset") for stem in ("pier", "mole")}  # type: ignore[union-attr]
    fetching(site, host, DIGEST_IMAGE_MOTION="keep")
    for _ in range(2):
        assert "0 pictures to be fetched, 2 to be made" in run(site, "--minutes", "0.000001")
        build(site)
        after = {stem: picture_of(site, stem).get("srcset") for stem in ("pier", "mole")}  # type: ignore[union-attr]
        assert before == after
    assert "Making: 2 pictures" in run(site)


@pytest.mark.parametrize("minutes", ["soon", "-1", "nan", "inf"])
def test_minutes_are_a_number(minutes: str):
    """What is none is refused before anything is done."""
    with pytest.raises(SystemExit) as stopped, redirect_stderr(StringIO()) as said:
        main(["images", f"--minutes={minutes}"])
    assert 2 == stopped.value.code
    assert "--minutes" in said.getvalue()


def test_what_nobody_needs_goes(site: Site, host: Host):
    """With an item go its picture's files, those fetched and those made."""
    fetching(site, host)
    write_item(site, "pier", host.url("/good/1.jpg"))
    write_item(site, "mole", host.url("/good/2.jpg"))
    run(site)
    (site.root / "content" / "news" / "mole.md").unlink()
    assert "Removed: 3 files" in run(site)
    folder = site.root / "cache" / "news-digest" / "images"
    assert [1, 2] == [sum(p.is_file() for p in (folder / part).rglob("*")) for part in ("sources", "made")]


def test_pictures_that_look_alike_are_not_shown(site: Site, host: Host):
    """Five addresses of one picture are a share card, and stay one in the next run, too."""
    host.pictures.update({f"/good/card-{n}.jpg": encode(pattern(7, 400 + n, 300), quality=70 + n) for n in range(5)})
    fetching(site, host)
    for number in range(5):
        write_item(site, f"card-{number}", host.url(f"/good/card-{number}.jpg"))
    write_item(site, "pier", host.url("/good/1.jpg"))
    for _ in range(2):
        run(site)
        build(site)
        assert [True, False] == [picture_of(site, stem) is None for stem in ("card-3", "pier")]
        assert 2 == len(list((site.output / "pictures").iterdir()))
    assert 6 == len(host.seen.paths)


def test_icons_come_from_here(site: Site, host: Host):
    """The icon of a source is fetched once and is the site's own; one that is none becomes a letter."""
    host.pictures["/good/icon.png"] = encode(draw(50, 50), "PNG")
    fetching(site, host)
    for stem, name, path in (("a", "Post", "/good/icon.png"), ("b", "Mail", "/svg/icon.svg")):
        icon = f'{{url: "{host.url(path)}", width: 50, height: 50}}'
        provider = f"\n  name: {name}\n  domain: {stem}.example\n  images:\n    - {icon}"
        site.write(f"news/{stem}.md", front_matter(provider=provider))
    run(site)
    build(site)
    found = [html.fromstring(site.page(f"news/{stem}/index.html")).xpath("//*[@class='icon']")[0] for stem in "ab"]
    assert ["img", "span"] == [icon.tag for icon in found]
    assert re.fullmatch(r"/pictures/[0-9a-f]{16}-50\.webp", found[0].get("src"))
    assert (site.output / found[0].get("src").removeprefix("/")).is_file()


def test_avif_is_offered_first(site: Site):
    """With the setting, browsers that know AVIF take it; the others have WebP, in the same sizes."""
    if not can_make_avif():
        pytest.skip("this Pillow knows no AVIF")
    site.settings(CACHE_PATH="cache", DIGEST_SEARCH=False, DIGEST_WORKERS=1, DIGEST_IMAGE_AVIF=True)
    own_picture(site, "pier.jpg", encode(draw(700, 400)))
    write_item(site, "pier", "/images/pier.jpg")
    run(site)
    build(site)
    shown = picture_of(site, "pier")
    assert shown is not None
    (source,) = shown.xpath("ancestor::picture//source")
    assert "image/avif" == source.get("type")
    assert shown.get("srcset").replace(".webp", ".avif") == source.get("srcset")
    assert shown.get("sizes") == source.get("sizes")
    assert 4 == len(list((site.output / "pictures").iterdir()))
