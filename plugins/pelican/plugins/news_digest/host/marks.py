"""The pictures that a site is known by, as files of the output: its logo, and its icon in every size."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from ..errors import SettingError
from ..images.marks.mark import Mark, read_mark
from ..pages.machines.web_manifest import ManifestIcon
from ..pages.plans import FilePlan, IconPlan

if TYPE_CHECKING:
    from ..settings import DigestSettings

MAX_LOGO_BYTES: Final = 200_000
MAX_ICON_BYTES: Final = 1_000_000
# In tabs; on the home screens of Apple's phones; in launchers.
TAB_PX, TOUCH_PX, LAUNCHER_PX = 48, 180, (192, 512)
_SVG, _PNG = "image/svg+xml", "image/png"


class Published(NamedTuple):
    """A mark and the file that it becomes."""

    file: FilePlan
    mark: Mark


def read_logo(digest: DigestSettings, *, folder: str) -> tuple[Published, ...]:
    """Return the site's logo, and the one for dark pages where there is one; nothing where there is none.

    Args:
        folder: Where they go, relative to the output.

    Raises:
        SettingError: A file cannot be shown, or there is only one for dark pages.
    """
    if digest.logo_dark and not digest.logo:
        raise SettingError(["DIGEST_LOGO_DARK is the dark twin of DIGEST_LOGO, which is not set"])
    given = (("DIGEST_LOGO", digest.logo, "logo"), ("DIGEST_LOGO_DARK", digest.logo_dark, "logo-dark"))
    found = []
    for setting, path, name in given:
        if path:
            mark = read_mark(setting, path, most_bytes=MAX_LOGO_BYTES, why="every page loads it")
            found.append(Published(FilePlan(save_as=f"{folder}/site-{name}{mark.ending}", data=mark.data), mark))
    return tuple(found)


@dataclass(frozen=True, kw_only=True)
class SiteIcon:
    """The site's icon.

    Attributes:
        tab: The path of the one in tabs; ``""``: none.
        tab_type: Its media type.
        touch: The path of the one on home screens; ``""``: none.
        launcher: What the manifest names.
    """

    files: tuple[FilePlan, ...] = ()
    drawn: tuple[IconPlan, ...] = ()
    tab: str = ""
    tab_type: str = ""
    touch: str = ""
    launcher: tuple[ManifestIcon, ...] = ()


def theme_icon(names: frozenset[str], *, folder: str) -> SiteIcon:
    """Return the icon of the theme.

    Args:
        names: The theme's own files in the output; the icon is ``icon.svg`` and ``icon.png``, which has 512 pixels.
        folder: Where those are.
    """
    drawing, picture = (path if path in names else "" for path in (f"{folder}/icon.svg", f"{folder}/icon.png"))
    launcher = [_of_any_size(drawing)] if drawing else []
    if picture:
        launcher.append(ManifestIcon(src=picture, sizes="512x512", type=_PNG))
    return SiteIcon(tab=drawing, tab_type=_SVG, touch=picture, launcher=tuple(launcher))


def read_icon(path: str, *, folder: str, paper: str) -> SiteIcon:
    """Return the icon that ``DIGEST_ICON`` names: of a picture every size, of a drawing those that take one.

    Apple's home screens take pixels alone: for them a picture of the drawing's name lies beside it.

    Args:
        folder: Where it goes, relative to the output.
        paper: ``#rrggbb`` behind what can be seen through, on home screens.

    Raises:
        SettingError: The file cannot be shown, is not square or too small.
    """
    mark = _square(path)
    if mark.ending != ".svg":
        return _drawn(mark, folder=folder, paper=paper)
    save_as = f"{folder}/site-icon.svg"
    twin = str(Path(path).with_suffix(".png"))
    beside = _drawn(_square(twin), folder=folder, paper=paper) if os.path.isfile(twin) else SiteIcon()
    return SiteIcon(
        files=(FilePlan(save_as=save_as, data=mark.data),),
        drawn=beside.drawn,
        tab=save_as,
        tab_type=_SVG,
        touch=beside.touch,
        launcher=(_of_any_size(save_as), *beside.launcher),
    )


def _square(path: str) -> Mark:
    setting = "DIGEST_ICON"
    mark = read_mark(setting, path, most_bytes=MAX_ICON_BYTES, why="an icon is small")
    size = f"{mark.width_px} × {mark.height_px}"
    if mark.width_px != mark.height_px:
        raise SettingError([f"{setting}: {path} is {size}; an icon is square"])
    if mark.ending == ".svg":
        return mark
    if mark.width_px < TOUCH_PX:
        needed = f"at least {TOUCH_PX} × {TOUCH_PX} are needed, 512 × 512 are best"
        raise SettingError([f"{setting}: {path} is {size}; {needed}"])
    from ..images.marks.icon import is_whole  # noqa: PLC0415 - loads Pillow, which most sites need not

    if not is_whole(mark.data):
        raise SettingError([f"{setting}: {path} is damaged"])
    return mark


def _drawn(mark: Mark, *, folder: str, paper: str) -> SiteIcon:
    launcher_px = [side_px for side_px in LAUNCHER_PX if side_px <= mark.width_px] or [TOUCH_PX]
    names = {side_px: f"{folder}/site-icon-{side_px}.png" for side_px in (TAB_PX, TOUCH_PX, *launcher_px)}
    sized = [
        IconPlan(save_as=name, source=mark.data, side_px=side_px, ground=paper if side_px == TOUCH_PX else "")
        for side_px, name in names.items()
    ]
    ico = IconPlan(save_as="favicon.ico", source=mark.data, side_px=TAB_PX, ground="")
    return SiteIcon(
        drawn=(*sized, ico),
        tab=names[TAB_PX],
        tab_type=_PNG,
        touch=names[TOUCH_PX],
        launcher=tuple(ManifestIcon(src=names[px], sizes=f"{px}x{px}", type=_PNG) for px in launcher_px),
    )


def _of_any_size(drawing: str) -> ManifestIcon:
    return ManifestIcon(src=drawing, sizes="any", type=_SVG)
