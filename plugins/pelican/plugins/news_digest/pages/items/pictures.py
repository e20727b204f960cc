"""The files of pictures: every size of every picture that a page, a feed or an email may name."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING

from ...images.pictures import SITE_FOLDER, WEBP
from ..plans import PicturePlan
from ..told import picture_of
from ..views.story import PictureView

if TYPE_CHECKING:
    from ..newsroom import Newsroom


def smallest(picture: PictureView) -> PictureView:
    """Return *picture* as its smallest file alone, for lists that scripts make."""
    if not picture.widths:
        return picture
    return PictureView(
        src=f"{picture.stem}-{picture.widths[0]}.{WEBP}",
        width_px=picture.width_px,
        height_px=picture.height_px,
        alt=picture.alt,
        fit=picture.fit,
    )


def plan_pictures(room: Newsroom) -> Iterator[PicturePlan]:
    """Yield the files of the pictures of published items and of stories, and of the icons of sources, each once, by
    name.
    """
    if not room.images.pictures.pictures:
        return
    names: set[str] = set()
    of_items = (room.images.picture(item) for item in room.catalogue.published)
    for planned in chain(of_items, (picture_of(told, room.images) for told in room.told.all)):
        if planned is not None and planned.made is not None:
            names.update(planned.made.files())
    # A site may have a folder of that name itself.
    icons = room.images.pictures.usual_files().intersection(room.icons())
    names.update(icon.removeprefix(f"{SITE_FOLDER}/") for icon in icons)
    for name in sorted(names):
        yield PicturePlan(save_as=f"{SITE_FOLDER}/{name}", source=os.path.join(room.images.pictures.folder, name))
