"""An existing folder of items → where its files belong in a new site."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

# Folder of the new site → what it may be called in an archive, and which files of it belong there; "." is the archive's
# own folder. The first one that holds such files is taken.
_PLACES: Final = {
    "content/news": (("_news", "news", "content/news", "."), (".md", ".markdown")),
    "content/topics": (("_data/topics", "topics", "content/topics"), (".yaml", ".yml", ".md")),
    "content/providers": (
        ("_data/organizations", "_data/providers", "organizations", "providers", "content/providers"),
        (".yaml", ".yml", ".md"),
    ),
    "content/newsletters": (("_newsletters", "newsletters", "content/newsletters"), (".html",)),
    "content/images": (("images", "content/images"), ()),
    "content/assets": (("assets", "content/assets"), ()),
}
_EXTRA: Final = frozenset(("readme", "license", "changelog", "contributing"))


class Adopted(msgspec.Struct, frozen=True, kw_only=True):
    """Files that come along.

    Attributes:
        target: The folder of the new site.
        files: Path below the new site → the file as it is now.
    """

    target: str
    files: dict[str, Path]


def plan_adoption(folder: Path) -> Iterator[Adopted]:
    """Yield what comes along from *folder*, by the folder of the new site; nothing is copied here.

    Files whose names begin with a dot, and symbolic links, stay behind.
    """
    for target, (names, endings) in _PLACES.items():
        for name in names:
            found = dict(_files(folder / name, target, endings, is_flat=name == "."))
            if found:
                yield Adopted(target=target, files=found)
                break


def _files(folder: Path, target: str, endings: tuple[str, ...], *, is_flat: bool) -> Iterator[tuple[str, Path]]:
    if not folder.is_dir() or folder.is_symlink():
        return
    for path in sorted(folder.iterdir() if is_flat else folder.rglob("*")):
        place = path.relative_to(folder)
        if path.is_symlink() or not path.is_file() or any(part.startswith(".") for part in place.parts):
            continue
        if endings and path.suffix.lower() not in endings:
            continue
        if is_flat and path.stem.lower() in _EXTRA:
            continue
        yield f"{target}/{place.as_posix()}", path
