"""Pictures for tests, drawn here: noisy enough to be real, and known enough to be checked."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, ImageCms

RED, BLUE = (200, 30, 20), (20, 40, 200)


def draw(width: int = 1600, height: int = 900, *, mode: str = "RGB") -> Image.Image:
    """Return a picture whose left half is red and whose right half is blue, each a little uneven."""
    image = Image.linear_gradient("L").resize((width, height)).point(lambda value: value // 12)
    halves = Image.new("RGB", (width, height), BLUE)
    halves.paste(RED, (0, 0, width // 2, height))
    return Image.blend(halves, Image.merge("RGB", (image,) * 3), 0.15).convert(mode)


def pattern(seed: int, width: int = 400, height: int = 300) -> Image.Image:
    """Return a picture of blocks that looks like no other *seed*'s."""
    data = bytes((seed * 2654435761 >> n % 29) * (n + 7) % 251 for n in range(12 * 9 * 3))
    return Image.frombytes("RGB", (12, 9), data).resize((width, height), Image.Resampling.BICUBIC)


def encode(image: Image.Image, form: str = "JPEG", **options: Any) -> bytes:
    """Return *image* as a file of the format *form*."""
    out = BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def camera_jpeg(orientation: int, *, width: int = 1200, height: int = 800) -> bytes:
    """Return a photograph as a camera that was held askew writes it, with the place where it was taken."""
    image = draw(width, height)
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Maker"
    exif.get_ifd(0x8825)[1] = "N"
    return encode(image, exif=exif, icc_profile=b"", comment=b"taken at home")


def swapped_profile() -> bytes:
    """Return a colour profile in which red means blue: whoever leaves it out shows the wrong colour."""
    data = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = data.replace(b"rXYZ", b"????").replace(b"bXYZ", b"rXYZ").replace(b"????", b"bXYZ")
    return data.replace("sRGB".encode("utf-16-be"), "test".encode("utf-16-be"))


def png_bomb(width: int = 60_000, height: int = 60_000) -> bytes:
    """Return some bytes that say they are a picture of *width* × *height* pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 10_000))
        + chunk(b"IEND", b"")
    )


def open_made(folder: Path, name: str) -> Image.Image:
    """Return a made file, decoded."""
    image = Image.open(folder / name)
    image.load()
    return image


def webp_chunks(data: bytes) -> set[str]:
    """Return the kinds of chunks of a WebP file: EXIF, ICCP and XMP would be metadata."""
    found, at = set(), 12
    while at < len(data):
        found.add(data[at : at + 4].decode())
        size = struct.unpack("<I", data[at + 4 : at + 8])[0]
        at += 8 + size + size % 2
    return found
