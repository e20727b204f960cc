"""Fonts of the system, under the names that systems keep them: for letters that no font of the package has."""

from __future__ import annotations

import os
import re
from functools import lru_cache
from pathlib import Path
from typing import Final

from .typeface import Face, face_at, faces_in, own_faces

FOLDERS: Final = (
    "/usr/share/fonts/opentype/noto",
    "/usr/share/fonts/truetype/noto",
    "/usr/share/fonts/noto",
    "/usr/share/fonts/noto-cjk",
    "/usr/share/fonts/google-noto-serif-cjk-fonts",
    "/usr/share/fonts/google-noto-sans-cjk-fonts",
    "/usr/share/fonts/opentype/ipaexfont-mincho",
    "/usr/share/fonts/opentype/source-han-serif",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "~/.fonts",
    "/System/Library/Fonts",
    "/System/Library/Fonts/Supplemental",
    "/Library/Fonts",
    "C:/Windows/Fonts",
)
# For each way of writing: files, and the number of the face in them. Those in the theme's manner come first.
_NOTO_CJK: Final = (
    "NotoSerifCJK-Bold.ttc",
    "NotoSansCJK-Bold.ttc",
    "NotoSerifCJK-Regular.ttc",
    "NotoSansCJK-Regular.ttc",
)
_JAPANESE: Final = (
    *((name, 0) for name in _NOTO_CJK),
    ("NotoSerifJP-Bold.otf", 0),
    ("ipaexm.ttf", 0),
    ("ヒラギノ明朝 ProN.ttc", 0),
    ("yumindb.ttf", 0),
    ("YuGothB.ttc", 0),
)
_KOREAN: Final = (
    *((name, 1) for name in _NOTO_CJK),
    ("NotoSerifKR-Bold.otf", 0),
    ("AppleSDGothicNeo.ttc", 0),
    ("malgunbd.ttf", 0),
)
_SIMPLIFIED: Final = (
    *((name, 2) for name in _NOTO_CJK),
    ("NotoSerifSC-Bold.otf", 0),
    ("Songti.ttc", 0),
    ("msyhbd.ttc", 0),
)
_TRADITIONAL: Final = (
    *((name, 3) for name in _NOTO_CJK),
    ("NotoSerifTC-Bold.otf", 0),
    ("Songti.ttc", 0),
    ("msjhbd.ttc", 0),
)
_EAST: Final = {"ja": _JAPANESE, "ko": _KOREAN, "zh-hans": _SIMPLIFIED, "zh-hant": _TRADITIONAL}
_TRADITIONAL_TAGS: Final = frozenset({"hant", "tw", "hk", "mo"})
_KANA: Final = re.compile("[\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f]")
_HANGUL: Final = re.compile("[\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff]")
# What Noto calls its fonts of one script, and where the script lies.
_SCRIPTS: Final = (
    ("Armenian", 0x530, 0x58F),
    ("Arabic", 0x600, 0x8FF),
    ("Devanagari", 0x900, 0x97F),
    ("Bengali", 0x980, 0x9FF),
    ("Gurmukhi", 0xA00, 0xA7F),
    ("Gujarati", 0xA80, 0xAFF),
    ("Tamil", 0xB80, 0xBFF),
    ("Telugu", 0xC00, 0xC7F),
    ("Kannada", 0xC80, 0xCFF),
    ("Malayalam", 0xD00, 0xD7F),
    ("Sinhala", 0xD80, 0xDFF),
    ("Thai", 0xE00, 0xE7F),
    ("Lao", 0xE80, 0xEFF),
    ("Tibetan", 0xF00, 0xFFF),
    ("Myanmar", 0x1000, 0x109F),
    ("Georgian", 0x10A0, 0x10FF),
    ("Ethiopic", 0x1200, 0x139F),
    ("Khmer", 0x1780, 0x17FF),
)


def eastern_language(text: str, lang: str) -> str:
    """Return whose forms the ideographs of *text* have: ``ja``, ``ko``, ``zh-hans`` or ``zh-hant``.

    Kana and Hangul say it; else the text's language *lang* does. An unknown one gets the forms most people read.
    """
    if text.isascii():
        return "zh-hans"  # it has none
    if _KANA.search(text):
        return "ja"
    if _HANGUL.search(text):
        return "ko"
    language, *others = lang.lower().replace("_", "-").split("-")
    if language in {"ja", "ko"}:
        return language
    return "zh-hant" if _TRADITIONAL_TAGS.intersection(others) else "zh-hans"


def system_faces(character: str, eastern: str) -> tuple[Face, ...]:
    """Return the faces of the system that are made for the script of *character*, the best first.

    There are none for what a font of the package has: that is drawn from the package's on every machine.

    Args:
        eastern: See :func:`eastern_language`.
    """
    if any(face.has(character) for face in own_faces()):
        return ()
    code = ord(character)
    for script, first, last in _SCRIPTS:
        if first <= code <= last:
            return _found(tuple((f"Noto{kind}{script}-{weight}.ttf", 0) for kind, weight in _MANNERS))
    return _found(_EAST[eastern]) if code >= _EAST_BEGINS else ()


_MANNERS: Final = (("Serif", "Bold"), ("Sans", "Bold"), ("Serif", "Regular"), ("Sans", "Regular"))
_EAST_BEGINS: Final = 0x1100


@lru_cache(maxsize=64)
def _found(names: tuple[tuple[str, int], ...]) -> tuple[Face, ...]:
    folders = [Path(folder).expanduser() for folder in FOLDERS]
    paths = ((folder / name, index) for name, index in names for folder in folders)
    return tuple(face_at(str(path), index) for path, index in paths if path.is_file())


def forget_faces() -> None:
    """Look for fonts again."""
    for cached in (_found, faces_in, face_at):
        cached.cache_clear()


def fonts_state(own: str) -> tuple[tuple[str, int, int], ...]:
    """Return which fonts there are beside the package's, as far as this module would use any: path, size and time.

    Args:
        own: The site's own folder; ``""``: none.
    """
    names = {name for faces in _EAST.values() for name, _ in faces}
    names |= {f"Noto{kind}{script}-{weight}.ttf" for script, _, _ in _SCRIPTS for kind, weight in _MANNERS}
    found = []
    for folder in (*FOLDERS, *([own] if own else [])):
        try:
            with os.scandir(Path(folder).expanduser()) as entries:
                wanted = [entry for entry in entries if folder == own or entry.name in names]
                found += [(entry.path, entry.stat()) for entry in wanted if entry.is_file()]
        except OSError:
            continue
    return tuple(sorted((path, stat.st_size, stat.st_mtime_ns) for path, stat in found))
