"""A picture becomes the files that pages ask for: upright, in sRGB, bare of metadata; whatever is none is refused."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image, ImageDraw

from pelican.plugins.news_digest.images.making.process import (
    PictureJob,
    can_make_avif,
    encoder_versions,
    make_picture,
    memory_needed,
)
from pelican.plugins.news_digest.images.making.recipe import WIDTHS_PX, Recipe, choose_widths, icon_recipe
from tests.images.drawing import (
    BLUE,
    RED,
    camera_jpeg,
    draw,
    encode,
    open_made,
    png_bomb,
    swapped_profile,
    webp_chunks,
)

if TYPE_CHECKING:
    from pelican.plugins.news_digest.images.pictures import MadePicture

RECIPE = Recipe()


def make(tmp_path: Path, data: bytes, recipe: Recipe = RECIPE, *, name: str = "source") -> MadePicture:
    """Make the picture that *data* holds; its files lie in ``made/``."""
    (tmp_path / name).write_bytes(data)
    (tmp_path / "made").mkdir(exist_ok=True)
    return make_picture(PictureJob(key="k", source=str(tmp_path / name), recipe=recipe, folder=str(tmp_path / "made")))


def largest(tmp_path: Path, made: MadePicture) -> Image.Image:
    """Return the widest file of *made*, decoded."""
    assert made.picture is not None, made.problem
    return open_made(tmp_path / "made", made.picture.files()[-1])


def is_near(colour: Any, expected: tuple[int, int, int], *, by: int = 30) -> bool:
    """Whether two colours look alike."""
    return all(abs(a - b) <= by for a, b in zip(colour[:3], expected, strict=True))


def ends(image: Image.Image) -> tuple[Any, Any]:
    """Return the colours at the left and at the right end."""
    rgb = image.convert("RGB")
    middle = rgb.height // 2
    return rgb.getpixel((5, middle)), rgb.getpixel((rgb.width - 6, middle))


@pytest.mark.parametrize(
    ("expected", "width"),
    [
        ((320, 640, 960, 1280), 6202),
        ((320, 640, 960, 1280), 1280),
        ((320, 640, 960, 1279), 1279),
        ((320, 640, 960), 961),
        ((320, 640), 700),
        ((320, 640, 740), 740),
        ((320,), 320),
        ((319,), 319),
        ((256,), 256),
    ],
)
def test_no_size_enlarges(expected: tuple[int, ...], width: int):
    """A picture has the usual sizes that are not wider than itself, and its own where that is worth a file."""
    assert expected == choose_widths(width, WIDTHS_PX)
    assert max(expected) <= width


def test_every_size_is_made(tmp_path: Path):
    """The files are there, as wide as their names say and as high as the ratio asks for."""
    made = make(tmp_path, encode(draw(1600, 900)))
    assert made.picture is not None
    assert (1600, 900, (320, 640, 960, 1280)) == (made.picture.width_px, made.picture.height_px, made.picture.widths)
    sizes = [open_made(tmp_path / "made", name).size for name in made.picture.files()]
    assert [(320, 180), (640, 360), (960, 540), (1280, 720)] == sizes
    assert sorted(made.picture.files()) == sorted(path.name for path in (tmp_path / "made").iterdir())
    assert made.made_bytes == sum(path.stat().st_size for path in (tmp_path / "made").iterdir())


@pytest.mark.parametrize(
    ("orientation", "size", "first"),
    [(1, (1200, 800), RED), (2, (1200, 800), BLUE), (3, (1200, 800), BLUE), (4, (1200, 800), RED)],
)
def test_a_picture_is_upright(tmp_path: Path, orientation: int, size: tuple[int, int], first: tuple[int, int, int]):
    """However the camera was held, left is where it was."""
    made = make(tmp_path, camera_jpeg(orientation))
    assert size == (made.picture and (made.picture.width_px, made.picture.height_px))
    assert is_near(ends(largest(tmp_path, made))[0], first)


@pytest.mark.parametrize(("orientation", "top"), [(5, RED), (6, RED), (7, BLUE), (8, BLUE)])
def test_a_picture_on_its_side_is_turned(tmp_path: Path, orientation: int, top: tuple[int, int, int]):
    """A photograph taken upright is higher than wide, whatever its file says first."""
    made = make(tmp_path, camera_jpeg(orientation))
    image = largest(tmp_path, made)
    assert (800, 1200) == (made.picture and (made.picture.width_px, made.picture.height_px))
    assert (800, 1200) == image.size
    assert is_near(image.getpixel((400, 5)), top)


def test_large_photographs_are_decoded_small(tmp_path: Path):
    """A JPEG much wider than needed is decoded at a part of its size, with the same result but for noise."""
    made = make(tmp_path, encode(draw(5200, 3900), quality=80))
    assert (5200, 3900) == (made.picture and (made.picture.width_px, made.picture.height_px))
    assert (1280, 960) == largest(tmp_path, made).size
    assert memory_needed(str(tmp_path / "source"), RECIPE) < 5200 * 3900 * 4 / 3


def test_what_is_kept_whole_while_it_is_decoded_counts(tmp_path: Path):
    """A progressive JPEG takes two bytes for each of its samples; with colours at half resolution, half as many."""
    sizes = {}
    for name, options in {
        "plain": {},
        "half": {"progressive": True, "subsampling": 2},
        "full": {"progressive": True, "subsampling": 0},
    }.items():
        (tmp_path / name).write_bytes(encode(draw(4000, 2000), quality=50, **options))
        sizes[name] = memory_needed(str(tmp_path / name), RECIPE)
    assert 4000 * 2000 * 3 == sizes["half"] - sizes["plain"]
    assert 4000 * 2000 * 6 == sizes["full"] - sizes["plain"]


def test_nothing_but_pixels_is_left(tmp_path: Path):
    """Neither the place where a photograph was taken, nor its maker, nor its profile is published."""
    made = make(tmp_path, camera_jpeg(1))
    assert made.picture is not None
    for name in made.picture.files():
        data = (tmp_path / "made" / name).read_bytes()
        assert {"VP8 "} == webp_chunks(data)
        assert b"Maker" not in data


@pytest.mark.parametrize(
    ("mode", "form", "options"),
    [
        ("CMYK", "JPEG", {}),
        ("L", "JPEG", {}),
        ("P", "PNG", {}),
        ("P", "GIF", {}),
        ("RGBA", "PNG", {}),
        ("LA", "PNG", {}),
        ("1", "PNG", {}),
        ("RGB", "WEBP", {}),
        ("RGB", "BMP", {}),
        ("RGB", "JPEG", {"progressive": True}),
    ],
)
def test_every_kind_of_pixel_comes_out_right(tmp_path: Path, mode: str, form: str, options: dict[str, Any]):
    """Ink, grey, palettes, one bit: the colours that are seen stay the same, and all become RGB."""
    source = draw(800, 500)
    given = source.quantize(64) if mode == "P" else source.convert(mode)
    made = make(tmp_path, encode(given, form, **options))
    image = largest(tmp_path, made)
    assert "RGB" == image.mode
    if mode != "1":  # dots of black and white have no colour at one place
        for found, expected in zip(ends(image), ends(given.convert("RGB")), strict=True):
            assert is_near(found, expected, by=24)


def test_sixteen_bits_become_eight(tmp_path: Path):
    """A grey of half brightness is one in 16 bits as well, not white."""
    image = Image.new("I;16", (400, 300), 128 << 8)
    made = make(tmp_path, encode(image, "PNG"))
    assert is_near(largest(tmp_path, made).getpixel((200, 150)), (128, 128, 128), by=3)


def test_a_profile_is_applied(tmp_path: Path):
    """A picture in other primaries is seen as its maker saw it."""
    made = make(tmp_path, encode(Image.new("RGB", (400, 300), (250, 10, 10)), "PNG", icc_profile=swapped_profile()))
    assert is_near(largest(tmp_path, made).getpixel((200, 150)), (10, 10, 250), by=12)


def test_a_broken_profile_is_left_out(tmp_path: Path):
    """What claims to be a profile and is none spoils nothing."""
    made = make(tmp_path, encode(Image.new("RGB", (400, 300), (250, 10, 10)), "PNG", icc_profile=b"no profile" * 20))
    assert is_near(largest(tmp_path, made).getpixel((200, 150)), (250, 10, 10), by=12)


def test_what_can_be_seen_through_stays_so(tmp_path: Path):
    """Alpha is kept, without a fringe, and such a picture has no colour behind it."""
    image = Image.new("RGBA", (800, 400), (0, 0, 0, 0))
    ImageDraw.Draw(image).ellipse((200, 0, 600, 400), fill=(240, 200, 20, 255))
    made = make(tmp_path, encode(image, "PNG"))
    small = largest(tmp_path, made)
    assert ("RGBA", 0, "") == (small.mode, small.getpixel((2, 2))[3], made.picture and made.picture.tone)
    assert is_near(small.getpixel((400, 200)), (240, 200, 20))


def test_a_palette_may_be_seen_through(tmp_path: Path):
    """A transparent colour of a palette, and one of plain RGB, are alpha."""
    image = Image.new("RGB", (400, 300), (0, 255, 0))
    image.paste((255, 0, 0), (100, 50, 300, 250))
    for data in (
        encode(image, "PNG", transparency=(0, 255, 0)),
        encode(image.quantize(4), "GIF", transparency=image.quantize(4).getpixel((0, 0))),
    ):
        small = largest(tmp_path, make(tmp_path, data))
        assert ("RGBA", 0, 255) == (small.mode, small.getpixel((2, 2))[3], small.getpixel((200, 150))[3])


def gif(frames: int = 3) -> bytes:
    """Return an animation from red to blue."""
    images = [Image.new("RGB", (400, 300), colour) for colour in (RED, (90, 90, 90), BLUE)[:frames]]
    for number, image in enumerate(images):
        image.putpixel((number, 0), (255, 255, 255))
    return encode(images[0], "GIF", save_all=True, append_images=images[1:], duration=100)


def test_the_first_frame_stands_for_an_animation(tmp_path: Path):
    """Motion is left out unless the site wants it."""
    image = largest(tmp_path, make(tmp_path, gif()))
    assert 1 == getattr(image, "n_frames", 1)
    assert is_near(image.convert("RGB").getpixel((200, 150)), RED)


def test_motion_may_be_kept(tmp_path: Path):
    """With the setting, an animation stays one."""
    image = largest(tmp_path, make(tmp_path, gif(), Recipe(keeps_motion=True)))
    assert 3 == image.n_frames


@pytest.mark.skipif(not can_make_avif(), reason="this Pillow knows no AVIF")
def test_avif_beside_webp(tmp_path: Path):
    """With the setting, each size is there twice; AVIF is read, too."""
    made = make(tmp_path, encode(draw(700, 400), "AVIF"), Recipe(has_avif=True))
    assert made.picture is not None
    assert {"WEBP", "AVIF"} == {open_made(tmp_path / "made", name).format for name in made.picture.files()}
    assert ["320.webp", "640.webp", "320.avif", "640.avif"] == [n.partition("-")[2] for n in made.picture.files()]


SVG = b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
MP4 = b"\0\0\0\x20ftypisom\0\0\x02\0isomiso2avc1mp41" + b"\0" * 64
NOISE = encode(draw(1200, 800), quality=90)


@pytest.mark.parametrize(
    ("expected", "data"),
    [
        ("empty", b""),
        ("an SVG drawing, which could hold scripts", SVG),
        ("an SVG drawing, which could hold scripts", b"\xef\xbb\xbf <svg></svg>"),
        ("a web page", b"<!DOCTYPE html><title>404</title>"),
        ("a video (MP4)", MP4),
        ("a HEIC picture, which browsers do not show", b"\0\0\0\x18ftypheic" + b"\0" * 40),
        ("a PDF document", b"%PDF-1.7"),
        ("a TIFF picture, which browsers do not show", encode(draw(80, 80), "TIFF")),
        ("no picture", b"\0" * 3000),
        ("too large: more than 50 million pixels", png_bomb()),
        ("too large: 65535 × 1000 pixels", png_bomb(65_535, 1000)),
        ("too small: 1 × 1 pixels", encode(Image.new("RGB", (1, 1)), "GIF")),
        ("too narrow to be shown: 2000 × 60 pixels", encode(draw(2000, 60))),
        ("wholly transparent", encode(Image.new("RGBA", (100, 100)), "PNG")),
    ],
)
def test_what_is_no_picture_is_refused(tmp_path: Path, expected: str, data: bytes):
    """Bytes decide, not a name; nothing is written, and the reason is in words."""
    made = make(tmp_path, data, name="picture.jpg")
    assert (None, expected) == (made.picture, made.problem)
    assert [] == list((tmp_path / "made").iterdir())


@pytest.mark.parametrize(
    "data",
    [
        NOISE[: len(NOISE) // 2],
        NOISE[:300],
        encode(draw(600, 400), "PNG")[:-400],
        encode(draw(600, 400), "WEBP")[:-400],
        b"\xff\xd8\xff\xe0" + b"\0" * 200,
        b"GIF89a" + b"\xff" * 200,
        b"RIFF\xff\xff\xff\xffWEBPVP8 " + b"\xff" * 100,
        b"\x89PNG\r\n\x1a\n" + b"\xff" * 100,
        b"BM" + b"\xff" * 100,
    ],
)
def test_damaged_pictures_are_refused(tmp_path: Path, data: bytes):
    """A file that is cut off or spoiled is not shown by halves, and stops nothing."""
    made = make(tmp_path, data)
    assert made.picture is None
    assert made.problem.startswith(("damaged", "too "))
    assert [] == list((tmp_path / "made").iterdir())


def test_a_lying_name_does_not_matter(tmp_path: Path):
    """A PNG that is called a JPEG is a PNG."""
    assert make(tmp_path, encode(draw(400, 300), "PNG"), name="lie.jpg").picture is not None


def test_the_same_source_makes_the_same_bytes(tmp_path: Path):
    """Names follow from the bytes, so equal names are equal files."""
    first, second = tmp_path / "a", tmp_path / "b"
    for folder in (first, second):
        folder.mkdir()
        make(folder, NOISE)
    files = [{p.name: p.read_bytes() for p in (folder / "made").iterdir()} for folder in (first, second)]
    assert files[0] == files[1] != {}


def test_an_icon_is_one_small_file(tmp_path: Path):
    """The icon of a source is kept sharp: lossless, and not enlarged."""
    for width, expected in ((50, (50,)), (400, (96,))):
        made = make(tmp_path, encode(draw(width, width), "PNG"), icon_recipe(made_with=""))
        assert expected == (made.picture and made.picture.widths)
        assert made.picture is not None
        assert {"VP8L"} == webp_chunks((tmp_path / "made" / made.picture.files()[0]).read_bytes())


def test_a_recipe_is_known_by_all_of_it():
    """Another size, format or encoder makes another picture."""
    recipes = [Recipe(), Recipe(has_avif=True), Recipe(widths=(320,)), Recipe(made_with=encoder_versions())]
    assert 4 == len({recipe.key() for recipe in recipes})
