"""One picture → the files that pages ask for. In any process: the bytes depend on the source and the recipe alone."""

from __future__ import annotations

import hashlib
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import msgspec
import PIL
from PIL import Image, ImageCms, features

from ...disk.sealed import BrokenSealError, read_regular, replace_file
from ...disk.sniff import HEAD_BYTES, describe, picture_format
from ..pictures import AVIF, WEBP, MadePicture, Picture
from .look import look_of, tone_of
from .recipe import Recipe, choose_widths

MAX_PIXELS: Final = 50_000_000
MAX_RATIO: Final = 8
# What one picture may take while it is decoded and made smaller.
MAX_MEMORY_BYTES: Final = 192 * 2**20
# JPEG can be decoded at a half, a quarter or an eighth; this much more than the widest size is kept.
DRAFT_RATIO: Final = 1.5
QUALITY: Final = 75
# As near to the source as WebP is at its own, in two thirds of the bytes.
AVIF_QUALITY: Final = 52
MAX_FRAMES: Final = 120
MAX_MOTION_PIXELS: Final = 60_000_000
_ORIENTATION_TAG: Final = 0x0112
# Those that turn a picture on its side.
_SIDEWAYS: Final = frozenset({5, 6, 7, 8})
# Pillow keeps RGB in four bytes; what is converted is there twice for a while.
_BYTES_PER_PIXEL: Final = {"1": 6, "L": 2, "RGB": 4, "CMYK": 4, "YCbCr": 4}
_BYTES_OF_OTHERS: Final = 9


class PictureJob(msgspec.Struct, frozen=True, kw_only=True):
    """One picture to be made.

    Attributes:
        source: The file, as it was fetched or as the site has it.
    """

    key: str
    source: str
    recipe: Recipe
    folder: str


class RefusedError(ValueError):
    """A file that is no picture to show; the text says why, as what follows "it is"."""


def make_picture(job: PictureJob) -> MadePicture:
    """Make all files of one picture. Whatever is wrong with the source becomes words."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what decoders have to say of other people's files
            return _make(job)
    except RefusedError as error:
        problem = str(error)
    except Image.DecompressionBombError:
        problem = f"too large: more than {MAX_PIXELS // 10**6} million pixels"
    except OSError as error:
        problem = f"damaged: {error}"
    except Exception as error:  # noqa: BLE001 - a decoder raises anything at all when it is lied to
        problem = f"damaged: {type(error).__name__}: {error}"
    return MadePicture(key=job.key, problem=problem[:200], source_bytes=_size(job.source))


def memory_needed(path: str, recipe: Recipe) -> int:
    """Return about how many bytes making the picture at *path* takes; 0 for what will be refused."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with _opened(path) as image:
                return _memory_of(image, _draft_scale(image, recipe))
    except Exception:  # noqa: BLE001 - as above; making it will say what is wrong
        return 0


def size_of(path: str) -> tuple[int, int]:
    """Return width and height of the picture at *path*, turned upright; 0 for what is damaged."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with _opened(path) as image:
                return _upright(image)
    except Exception:  # noqa: BLE001 - as above
        return 0, 0


def encoder_versions() -> str:
    """Return what the bytes of made files depend on beside the code: another version may encode otherwise."""
    names = ("webp", "avif", "littlecms2", "libjpeg_turbo")
    return ";".join([f"Pillow {PIL.__version__}", *(f"{name} {features.version(name)}" for name in names)])


def can_make_avif() -> bool:
    """Whether this Pillow knows AVIF."""
    return bool(features.check("avif"))


def _make(job: PictureJob) -> MadePicture:
    recipe = job.recipe
    with _opened(job.source) as image:
        orientation = _orientation(image)
        width, height = _upright(image)
        _check_size(image, recipe)
        widths = choose_widths(width, recipe.widths)
        if recipe.keeps_motion and orientation == 1 and _moves(image):
            largest, encoded = _make_motion(image, widths, recipe)
        else:
            largest = _still(image, (widths[-1], _height(widths[-1], width, height)), orientation, recipe)
            encoded = list(_encoded(largest, widths, recipe))
    digest = hashlib.blake2b(digest_size=8)
    for _, data in encoded:
        digest.update(data)
    is_opaque = largest.mode == "RGB"
    picture = Picture(
        stem=digest.hexdigest(),
        width_px=width,
        height_px=height,
        widths=widths,
        has_avif=any(ending == AVIF for (_, ending), _ in encoded),
        tone=tone_of(largest) if is_opaque else "",
        look=look_of(largest),
    )
    for (size, ending), data in encoded:
        write_made(os.path.join(job.folder, picture.file(size, ending)), data)
    return MadePicture(
        key=job.key,
        picture=picture,
        source_bytes=_size(job.source),
        made_bytes=sum(len(data) for _, data in encoded),
    )


@contextmanager
def _opened(path: str) -> Iterator[Image.Image]:
    """Open the picture at *path* as what its first bytes say it is; only its header is read."""
    with open(path, "rb") as file:
        head = file.read(HEAD_BYTES)
        file.seek(0)
        form = picture_format(head)
        if not form:
            raise RefusedError(describe(head))
        with Image.open(file, formats=(form,)) as image:
            yield image


def _check_size(image: Image.Image, recipe: Recipe) -> None:
    """Refuse what is too large to be decoded, or too small or too narrow to be shown.

    Only the header was read until here: a bomb costs nothing.
    """
    width, height = image.size
    size = f"{width} × {height} pixels"
    if width * height > MAX_PIXELS or _memory_of(image, _draft_scale(image, recipe)) > MAX_MEMORY_BYTES:
        raise RefusedError(f"too large: {size}")
    if min(width, height) < recipe.least_px:
        raise RefusedError(f"too small: {size}")
    if max(width, height) > MAX_RATIO * min(width, height):
        raise RefusedError(f"too narrow to be shown: {size}")


def _upright(image: Image.Image) -> tuple[int, int]:
    """Return width and height of *image* as it is seen."""
    width, height = image.size
    return (height, width) if _orientation(image) in _SIDEWAYS else (width, height)


def _memory_of(image: Image.Image, scale: int) -> int:
    width, height = image.size
    if image.format in {"JPEG", "MPO"}:
        decoded = (width // scale) * (height // scale) * _BYTES_PER_PIXEL.get(image.mode, _BYTES_OF_OTHERS)
        return decoded + (_coefficient_bytes(image) if image.info.get("progressive") else 0)
    has_key = "transparency" in image.info
    per_pixel = _BYTES_OF_OTHERS if has_key else _BYTES_PER_PIXEL.get(image.mode, _BYTES_OF_OTHERS)
    return width * height * per_pixel


def _coefficient_bytes(image: Image.Image) -> int:
    """Return what a progressive JPEG takes until its last scan: all of its coefficients, two bytes each."""
    shares: list[int] = [across * down for _, across, down, _ in getattr(image, "layer", ())] or [1]
    return 2 * image.size[0] * image.size[1] * sum(shares) // max(shares)


def _draft_scale(image: Image.Image, recipe: Recipe) -> int:
    """Return by how much a JPEG may be made smaller while it is decoded: 1, 2, 4 or 8."""
    if image.format not in {"JPEG", "MPO"}:
        return 1
    wanted = int(recipe.widths[-1] * DRAFT_RATIO)
    across = image.size[1] if _orientation(image) in _SIDEWAYS else image.size[0]
    return max(scale for scale in (1, 2, 4, 8) if scale == 1 or across // scale >= wanted)


def _orientation(image: Image.Image) -> int:
    """Return how the camera was held; 1, upright, where that cannot be read."""
    try:
        value = image.getexif().get(_ORIENTATION_TAG, 1)
    except Exception:  # noqa: BLE001 - damaged metadata is no damaged picture
        return 1
    return value if isinstance(value, int) else 1


def _height(width_px: int, of_width: int, of_height: int) -> int:
    return max(1, round(width_px * of_height / of_width))


def _still(image: Image.Image, size: tuple[int, int], orientation: int, recipe: Recipe) -> Image.Image:
    """Return the first frame at *size*, upright, in sRGB, without anything but its pixels."""
    scale = _draft_scale(image, recipe)
    if scale > 1:
        image.draft(None, (image.size[0] // scale, image.size[1] // scale))
    image.load()
    frame = _with_channels(image)
    stored = size[::-1] if orientation in _SIDEWAYS else size
    if frame.size != stored:
        frame = frame.resize(stored, Image.Resampling.LANCZOS, reducing_gap=3.0)
    return _bare(_to_srgb(_turned(frame, orientation), image.info.get("icc_profile")))


def _with_channels(image: Image.Image) -> Image.Image:
    """Return *image* with channels that can be averaged: no palette, no colour that means "nothing", no 16 bits."""
    if image.mode.startswith("I;16") or image.mode == "I":
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if image.mode == "F":
        return image.convert("L")
    if image.mode in {"P", "PA", "LA", "La", "RGBa", "RGBX"} or "transparency" in image.info:
        has_alpha = "transparency" in image.info or image.mode in {"PA", "LA", "La", "RGBa"}
        return image.convert("RGBA" if has_alpha else "RGB")
    if image.mode == "1":
        return image.convert("L")
    return image


def _turned(image: Image.Image, orientation: int) -> Image.Image:
    ways = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_270,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_90,
    }
    return image.transpose(ways[orientation]) if orientation in ways else image


def _to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Return *image* in sRGB, as RGB, or as RGBA where something can be seen through."""
    alpha = image.getchannel("A") if image.mode == "RGBA" else None
    if alpha is not None:
        least, most = alpha.getextrema()
        if most == 0:
            raise RefusedError("wholly transparent")
        if least == 255:  # noqa: PLR2004 - opaque
            alpha = None
        image = image.convert("RGB")
    colours = _through_profile(image, profile) if profile else None
    if colours is None:
        colours = image.convert("RGB")
    if alpha is not None:
        colours.putalpha(alpha)
    return colours


def _through_profile(image: Image.Image, profile: bytes) -> Image.Image | None:
    """Return *image* in sRGB; None when its profile is sRGB, or is of no use."""
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        if (source.profile.profile_description or "").startswith("sRGB"):
            return None
        transform = ImageCms.buildTransform(
            source,
            ImageCms.createProfile("sRGB"),
            image.mode,
            "RGB",
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
        return ImageCms.applyTransform(image, transform)
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None


def _bare(image: Image.Image) -> Image.Image:
    """Return *image* without metadata: encoders write what they find beside the pixels."""
    bare = Image.frombytes(image.mode, image.size, image.tobytes())
    bare.info.clear()
    return bare


def _encoded(largest: Image.Image, widths: tuple[int, ...], recipe: Recipe) -> Iterator[tuple[tuple[int, str], bytes]]:
    """Yield width, ending and bytes of every file, the widest first."""
    image = largest
    for width in reversed(widths):
        if image.size[0] != width:
            size = (width, _height(width, *largest.size))
            image = largest.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
        for ending in (WEBP, AVIF) if recipe.has_avif else (WEBP,):
            out = BytesIO()
            image.save(out, ending.upper(), **_options(ending, recipe))
            yield (width, ending), out.getvalue()


def _options(ending: str, recipe: Recipe) -> dict[str, Any]:
    if ending == AVIF:
        return {"quality": AVIF_QUALITY, "speed": 6, "max_threads": 1}
    if recipe.is_lossless:
        return {"lossless": True, "quality": 80, "method": 4}
    return {"quality": QUALITY, "method": 4}


def _moves(image: Image.Image) -> bool:
    frames = getattr(image, "n_frames", 1)
    return 1 < frames <= MAX_FRAMES and frames * image.size[0] * image.size[1] <= MAX_MOTION_PIXELS


def _make_motion(
    image: Image.Image, widths: tuple[int, ...], recipe: Recipe
) -> tuple[Image.Image, list[tuple[tuple[int, str], bytes]]]:
    """Return the first frame of an animation, and the whole as WebP in each size."""
    size = (widths[-1], _height(widths[-1], *image.size))
    frames, durations = [], []
    for number in range(getattr(image, "n_frames", 1)):
        image.seek(number)
        frame = image.convert("RGBA").resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
        frames.append(_bare(frame))
        durations.append(int(image.info.get("duration") or 100))
    encoded = []
    for width in reversed(widths):
        smaller = [f.resize((width, _height(width, *size)), Image.Resampling.LANCZOS) for f in frames]
        out = BytesIO()
        smaller[0].save(
            out, "WEBP", save_all=True, append_images=smaller[1:], duration=durations, loop=0, **_options(WEBP, recipe)
        )
        encoded.append(((width, WEBP), out.getvalue()))
    return _to_srgb(frames[0], None), encoded


def write_made(path: str, data: bytes) -> None:
    """Put *data* in place of *path*, unless a file of that name has these bytes, as it should."""
    with suppress(OSError, BrokenSealError):
        if read_regular(path) == data:
            return
    replace_file(Path(path), data)


def _size(path: str) -> int:
    try:
        return os.path.getsize(path)
    except OSError:
        return 0
