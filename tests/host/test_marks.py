"""The pictures that a site is known by are looked at before a page shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PIL import Image

from pelican.plugins.news_digest.errors import SettingError
from pelican.plugins.news_digest.host.marks import MAX_LOGO_BYTES, read_logo
from pelican.plugins.news_digest.settings import DigestSettings

if TYPE_CHECKING:
    from pathlib import Path

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
