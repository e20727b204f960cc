"""What a file is, told by its first bytes: neither its name nor what its host called it counts."""

from __future__ import annotations

from typing import Final

from .files import LFS_HINT, LFS_START

# As Pillow calls them. Formats that browsers do not show are not opened at all: each decoder is a door.
PICTURES: Final = ("JPEG", "MPO", "PNG", "GIF", "WEBP", "AVIF", "BMP")
HEAD_BYTES: Final = 512
_STARTS: Final = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"BM", "BMP"),
)
_BRANDS: Final = {b"avif": "AVIF", b"avis": "AVIF"}
_ICON: Final = b"\x00\x00\x01\x00"
_OTHERS: Final = (
    (LFS_START, f"a Git LFS pointer, not the picture: {LFS_HINT}"),
    (b"%PDF", "a PDF document"),
    (b"\x1f\x8b", "gzip data"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"\x1aE\xdf\xa3", "a video (WebM)"),
    (b"II*\x00", "a TIFF picture, which browsers do not show"),
    (b"MM\x00*", "a TIFF picture, which browsers do not show"),
    (_ICON, "an icon file (ICO)"),
)


def picture_format(head: bytes) -> str:
    """Return the format of a picture that begins with *head*, as Pillow calls it; ``""`` when it is none of ours."""
    for start, name in _STARTS:
        if head.startswith(start):
            return name
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WEBP"
    return _BRANDS.get(head[8:12], "") if head[4:8] == b"ftyp" else ""


def describe(head: bytes) -> str:
    """Return in words what begins with *head* and is no picture: "an SVG drawing", "a web page"."""
    if not head:
        return "empty"
    for start, words in _OTHERS:
        if head.startswith(start):
            return words
    if head[4:8] == b"ftyp":
        is_still = head[8:11] in {b"hei", b"hev", b"mif"}
        return "a HEIC picture, which browsers do not show" if is_still else "a video (MP4)"
    if is_drawing(head):
        return "an SVG drawing, which could hold scripts"
    if _text(head).startswith((b"<!doctype html", b"<html", b"<head", b"<?xml", b"<!--", b"<body")):
        return "a web page"
    return "no picture"


def is_drawing(head: bytes) -> bool:
    """Whether *head* begins an SVG drawing."""
    text = _text(head)
    return text.startswith(b"<svg") or (text.startswith((b"<?xml", b"<!--", b"<!doctype svg")) and b"<svg" in text)


def is_icon(head: bytes) -> bool:
    """Whether *head* begins an icon file, as browsers show beside a site's name."""
    return head.startswith(_ICON)


def _text(head: bytes) -> bytes:
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
