"""The pictures that a site is known by, as files of the output."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from ..errors import SettingError
from ..images.marks.mark import Mark, read_mark
from ..pages.plans import FilePlan

if TYPE_CHECKING:
    from ..settings import DigestSettings

MAX_LOGO_BYTES: Final = 200_000


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
