"""Whether a site has asked for a digest: Pelican loads every installed plugin where ``PLUGINS`` is not set."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import islice
from typing import Any, Final

from pelican.plugins._utils import get_namespace_plugins  # type: ignore[import-untyped]

from ..settings import read_settings
from .taking_over import is_own_theme

# No site that has another folder comes so far.
_NEWS: Final = read_settings({}).news_path
_MARK: Final = b"---"
# Whoever has so many files, and an item in none of them, keeps no items there.
_LOOKED_AT: Final = 200


def is_asked_for(settings: Mapping[str, Any]) -> bool:
    """Whether a site with *settings* wants anything of us; else we leave no trace in it.

    It does where its theme is ours, one of our settings is set, a file in its news folder begins like an item, or it
    lists other plugins than Pelican would load unasked: then it has chosen.
    """
    if any(name.startswith("DIGEST_") for name in settings) or is_own_theme(str(settings["THEME"])):
        return True
    listed = settings.get("PLUGINS")
    if listed is not None and list(listed) != list(_loaded_unasked()):
        return True
    return any(map(_begins_like_an_item, islice(_files(os.path.join(str(settings["PATH"]), _NEWS)), _LOOKED_AT)))


@cache
def _loaded_unasked() -> tuple[str, ...]:
    return tuple(get_namespace_plugins())


def _files(folder: str) -> Iterator[str]:
    for base, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            if name.endswith(".md"):
                yield os.path.join(base, name)


def _begins_like_an_item(path: str) -> bool:
    try:
        with open(path, "rb") as file:
            return file.read(len(_MARK) + 3).removeprefix(b"\xef\xbb\xbf").startswith(_MARK)
    except OSError:
        return False
