"""Encoding pictures and icons, and writing them to the content folder."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

from .canvas import Canvas, Scene
from .gallery import PICTURES, Picture
from .icons import ICONS

if TYPE_CHECKING:
    from PIL import Image

JPEG_BUDGET_BYTES = 53_300
JPEG_QUALITIES_PERCENT = range(74, 55, -2)
ICON_SIZES_PX = (50, 400)


def write_all(content: Path) -> None:
    """Write all pictures and icons into the *content* folder."""
    pictures = content / "images"
    icons = content / "assets" / "images" / "organizations"
    pictures.mkdir(parents=True, exist_ok=True)
    icons.mkdir(parents=True, exist_ok=True)
    for picture in PICTURES:
        (pictures / f"{picture.name}.jpg").write_bytes(picture_file(picture))
    for domain, scene in ICONS.items():
        for size_px in ICON_SIZES_PX:
            (icons / f"{domain}-{size_px}x{size_px}.png").write_bytes(icon_file(scene, size_px))


def picture_file(picture: Picture) -> bytes:
    """Draw one illustration and return its JPEG file."""
    canvas = Canvas(*picture.scene_size, seed=picture.name)
    picture.scene(canvas)
    return jpeg_within(canvas.finished(*picture.file_size_px), JPEG_BUDGET_BYTES)


def icon_file(scene: Scene, size_px: int) -> bytes:
    """Draw one provider icon and return its PNG file."""
    icon = Canvas(100, 100, seed="icon", oversampling=8)
    scene(icon)
    buffer = io.BytesIO()
    icon.resized(size_px, size_px).quantize(64).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def jpeg_within(image: Image.Image, budget_bytes: int) -> bytes:
    """Encode *image* at the best quality that fits into *budget_bytes*.

    Raises:
        ValueError: Even the lowest quality is too large.

    """
    for quality in JPEG_QUALITIES_PERCENT:
        buffer = io.BytesIO()
        image.save(buffer, "JPEG", quality=quality, optimize=True, progressive=True, subsampling="4:2:0")
        if buffer.tell() <= budget_bytes:
            return buffer.getvalue()
    message = f"no JPEG quality fits into {budget_bytes} bytes"
    raise ValueError(message)
