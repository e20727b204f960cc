"""Pictures of the site's own: what their files are, and what is to be said of those that cannot be shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from ..errors import Diagnostic, diagnose
from ..model import ImageRef, NewsItem, ProviderRecord, Status, StoryRecord
from .measure import look_at
from .pictures import NO_PICTURES, PictureIndex
from .plan import own_path

if TYPE_CHECKING:
    from .own import OwnFiles, OwnLook


def look_at_own(
    items: Iterable[NewsItem],
    records: Iterable[ProviderRecord],
    stories: Iterable[StoryRecord] = (),
    *,
    content: Path,
    own: OwnFiles,
    pictures: PictureIndex = NO_PICTURES,
) -> dict[str, OwnLook]:
    """Return what those of the site's own files are that *items*, *records* and *stories* name as pictures, by path.

    What was made of a file says more, so that one is not looked at; a size is read only where an item leaves it out.

    Args:
        content: Pelican's ``PATH``.
    """
    if not own.files:
        return {}
    found: dict[str, bool] = {}
    of_stories = (story.picture for story in stories if story.picture)
    shown = chain((image for item in items for image in item.images), of_stories)
    named = ((image, bool(image.width_px and image.height_px)) for image in shown)
    icons = ((icon, True) for icon in (*_icons(items), *(image for record in records for image in record.images)))
    for image, has_size in (*named, *icons):
        path = own_path(image)
        file = own.find(path) if path else ""
        if file and file not in pictures.pictures:
            found[file] = found.get(file, False) or not has_size
    return {file: look_at(content / file, measures=measures) for file, measures in sorted(found.items())}


def own_picture_problems(
    items: Iterable[NewsItem], *, own: OwnFiles, looks: Mapping[str, OwnLook], content: Path
) -> Iterator[Diagnostic]:
    """Yield a warning for each picture of the site's own that *items* name and that cannot be shown.

    Args:
        looks: What :func:`look_at_own` returned for them.
        content: Pelican's ``PATH``: the lines are looked for in the items' files.
    """
    for item in items:
        if item.status is not Status.REMOVED:
            for where, image in _named(item):
                problem = _problem(where, image, own, looks)
                if problem is not None:
                    line = line_naming(content / item.source_path, image.url)
                    yield msgspec.structs.replace(problem, path=item.source_path, line=line)


def line_naming(path: Path, address: str) -> int:
    """Return the line of the file at *path* that names *address*, or 0: values may be written in several ways."""
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return 0
    names = [re.escape(name) for name in (address, address.lstrip("/"), address.rpartition("/")[2]) if name]
    patterns = (*(rf"(?<![\w/.%+-]){name}" for name in names), *names)  # whole, then as the end of another one
    found = next((match for pattern in patterns if (match := re.search(pattern, text))), None)
    return text.count("\n", 0, found.start()) + 1 if found else 0


def _named(item: NewsItem) -> Iterator[tuple[str, ImageRef]]:
    """Yield what may be the site's own; most items have pictures of other hosts."""
    for index, image in enumerate(item.images):
        if image.url[:1] == "/":
            yield f"images.{index}.url", image
    if item.provider and item.provider.icon and item.provider.icon.url[:1] == "/":
        yield "provider.images", item.provider.icon


def _icons(items: Iterable[NewsItem]) -> Iterator[ImageRef]:
    yield from (item.provider.icon for item in items if item.provider and item.provider.icon)


def _problem(where: str, image: ImageRef, own: OwnFiles, looks: Mapping[str, OwnLook]) -> Diagnostic | None:
    file = own.find(image.url)
    if not file:
        near = own.nearest(image.url)
        hint = f"did you mean /{near}?" if near else "move it into one of the folders in STATIC_PATHS"
        return diagnose("ND303", f"{where}: there is no {image.url}", path="", hint=hint)
    if file in looks and looks[file].problem:
        return diagnose("ND302", f"{where}: {file} is {looks[file].problem}", path="")
    return None
