"""The pictures that a site is known by are looked at before a page shows them."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from pelican.plugins.news_digest.errors import SettingError
from pelican.plugins.news_digest.host.marks import MAX_LOGO_BYTES, read_icon, read_logo, theme_icon
from pelican.plugins.news_digest.images.marks.icon import draw_icon
from pelican.plugins.news_digest.settings import DigestSettings

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 30"><path d="M0 0h9v9z"/></svg>'


def test_logo_is_measured_whatever_it_is_made_of(tmp_path: Path):
    """A drawing says its size, a picture has it; of both the bytes are published as they are."""
    (tmp_path / "a.SVG").write_text(DRAWING, encoding="utf-8")
    Image.new("RGB", (64, 16)).save(tmp_path / "b.png")
    digest = DigestSettings(logo=str(tmp_path / "a.SVG"), logo_dark=str(tmp_path / "b.png"))
    light, dark = read_logo(digest, folder="theme")
    assert ("theme/site-logo.svg", 90, 30) == (light.file.save_as, light.mark.width_px, light.mark.height_px)
    assert ("theme/site-logo-dark.png", 64, 16) == (dark.file.save_as, dark.mark.width_px, dark.mark.height_px)
    assert (tmp_path / "b.png").read_bytes() == dark.file.data
    assert () == read_logo(DigestSettings(), folder="theme")


@pytest.mark.parametrize(
    ("expected", "name", "data"),
    [
        ("cannot be read: No such file", "gone.svg", None),
        ("is a web page", "page.svg", b"<!doctype html><p>"),
        ("is damaged, or does not state its size", "endless.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>'),
        ("is empty", "empty.png", b""),
        ("has 200 kB; every page loads it: at most 200 kB", "large.svg", DRAWING.encode() + b" " * MAX_LOGO_BYTES),
    ],
)
def test_logo_that_cannot_be_shown_is_refused(expected: str, name: str, data: bytes | None, tmp_path: Path):
    """The setting, the path and the reason are one line."""
    if data is not None:
        (tmp_path / name).write_bytes(data)
    with pytest.raises(SettingError) as raised:
        read_logo(DigestSettings(logo=str(tmp_path / name)), folder="theme")
    assert f"DIGEST_LOGO: {tmp_path / name} {expected}" in str(raised.value)


def test_dark_twin_alone_is_refused(tmp_path: Path):
    """Light pages would have none."""
    with pytest.raises(SettingError, match="DIGEST_LOGO_DARK is the dark twin of DIGEST_LOGO, which is not set"):
        read_logo(DigestSettings(logo_dark=str(tmp_path / "b.png")), folder="theme")


def picture(path: Path, *size: int) -> str:
    """Write a picture that can be seen through, with one corner that cannot, and return its path."""
    made = Image.new("RGBA", size)
    made.paste("#0a4f7a", (0, 0, size[0] // 2, size[1] // 2))
    made.save(path)
    return str(path)


def test_icon_is_drawn_in_every_size_that_is_asked_for(tmp_path: Path):
    """Tabs, home screens, launchers and those who ask for /favicon.ico; none is larger than the picture."""
    icon = read_icon(picture(tmp_path / "icon.png", 512, 512), folder="theme", paper="#fbfaf7")
    drawn = {plan.save_as: (plan.side_px, plan.ground) for plan in icon.drawn}
    assert {
        "theme/site-icon-48.png": (48, ""),
        "theme/site-icon-180.png": (180, "#fbfaf7"),
        "theme/site-icon-192.png": (192, ""),
        "theme/site-icon-512.png": (512, ""),
        "favicon.ico": (48, ""),
    } == drawn
    assert ["192x192", "512x512"] == [each.sizes for each in icon.launcher]
    small = read_icon(picture(tmp_path / "small.png", 180, 180), folder="theme", paper="#fbfaf7")
    assert ["180x180"] == [each.sizes for each in small.launcher]


def test_icon_as_drawn_is_what_its_name_says(tmp_path: Path):
    """A PNG keeps what can be seen through unless there is a ground; an ICO holds one; both are the same each time."""
    source = (tmp_path / picture(tmp_path / "icon.png", 512, 512)).read_bytes()
    png = draw_icon(source, side_px=48, ground="", as_ico=False)
    assert png == draw_icon(source, side_px=48, ground="", as_ico=False)
    with Image.open(BytesIO(png)) as drawn:
        assert ((48, 48), (10, 79, 122, 255)) == (drawn.size, drawn.getpixel((4, 4)))
        assert (0, 0) == drawn.getchannel("A").crop((30, 30, 48, 48)).getextrema()
    with Image.open(BytesIO(draw_icon(source, side_px=180, ground="#fbfaf7", as_ico=False))) as touch:
        assert ("RGB", (251, 250, 247)) == (touch.mode, touch.getpixel((170, 170)))
    with Image.open(BytesIO(draw_icon(source, side_px=48, ground="", as_ico=True))) as ico:
        assert ("ICO", (48, 48)) == (ico.format, ico.size)


def test_drawing_is_an_icon_and_a_picture_beside_it_is_for_phones(tmp_path: Path):
    """Alone it has no touch icon: no phone would show it."""
    drawing = tmp_path / "icon.svg"
    drawing.write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"/>', encoding="utf-8")
    alone = read_icon(str(drawing), folder="theme", paper="#fbfaf7")
    assert ("theme/site-icon.svg", "", ()) == (alone.tab, alone.touch, alone.drawn)
    picture(tmp_path / "icon.png", 512, 512)
    both = read_icon(str(drawing), folder="theme", paper="#fbfaf7")
    assert ("theme/site-icon.svg", "theme/site-icon-180.png") == (both.tab, both.touch)
    assert ["any", "192x192", "512x512"] == [each.sizes for each in both.launcher]


@pytest.mark.parametrize(
    ("expected", "size"),
    [
        ("is 300 × 200; an icon is square", (300, 200)),
        ("is 64 × 64; at least 180 × 180 are needed, 512 × 512 are best", (64, 64)),
    ],
)
def test_icon_that_would_be_distorted_or_blurred_is_refused(expected: str, size: tuple[int, int], tmp_path: Path):
    """The line says what is needed."""
    with pytest.raises(SettingError, match=f"DIGEST_ICON: .*icon.png {expected}"):
        read_icon(picture(tmp_path / "icon.png", *size), folder="theme", paper="#fbfaf7")


def test_icon_that_ends_early_is_refused(tmp_path: Path):
    """Its first bytes say how large it is, and the rest is not there."""
    path = tmp_path / "icon.png"
    path.write_bytes((tmp_path / picture(path, 512, 512)).read_bytes()[:400])
    with pytest.raises(SettingError, match=r"DIGEST_ICON: .*icon\.png is damaged"):
        read_icon(str(path), folder="theme", paper="#fbfaf7")


def test_theme_without_an_icon_has_none():
    """A theme that was made from an older one of ours has its drawing alone."""
    assert "" == theme_icon(frozenset(), folder="theme").tab
    old = theme_icon(frozenset({"theme/icon.svg"}), folder="theme")
    assert ("theme/icon.svg", "", 1) == (old.tab, old.touch, len(old.launcher))
