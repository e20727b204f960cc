"""What is copied into the output as it is: static files, what is found in a theme of another make, sources of texts."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Mapping
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

log = logging.getLogger(__name__)


def files_to_copy(context: Mapping[str, Any], *, path: str, theme: str) -> dict[str, str]:
    """Return what is to be copied: place in the output → file. The later of two that want one place has it.

    Args:
        context: Pelican's, after every text was asked for its links: ``{attach}`` moves files.
    """
    return {
        **dict(_sources(context)),
        **dict(_of_theme(context, theme)),
        **{
            os.path.normpath(str(file.save_as)).replace(os.sep, "/"): os.path.join(path, str(file.source_path))
            for file in context["staticfiles"]
        },
    }


def _sources(context: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the sources of public texts, each beside its page, if ``OUTPUT_SOURCES`` wants them: none with a secret."""
    if not context["OUTPUT_SOURCES"]:
        return
    shown = (text for one in (*context["articles"], *context["pages"]) for text in (one, *one.translations))
    for text in shown:
        source = str(text.source_path)
        if "secured" in Path(source).read_text(encoding="utf-8", errors="replace").casefold():
            path = str(text.relative_source_path)
            log.warning("%s: 'secured' stands in it, so its source is not published (OUTPUT_SOURCES)", path)
        else:
            yield _place("", os.path.splitext(text.save_as)[0] + context["OUTPUT_SOURCES_EXTENSION"]), source


def _of_theme(settings: Mapping[str, Any], theme: str) -> Iterator[tuple[str, str]]:
    """Yield the files below ``THEME_STATIC_PATHS``; those of our own theme are planned and not copied."""
    ignored = settings["IGNORE_FILES"]
    target = str(settings["THEME_STATIC_DIR"])
    for name in settings["THEME_STATIC_PATHS"]:
        source = os.path.join(theme, name)
        if os.path.isfile(source):
            yield _place(target, os.path.basename(name)), source
        for base, folders, names in os.walk(source, followlinks=True):
            folders[:] = sorted(folder for folder in folders if not _is_ignored(folder, ignored))
            for found in sorted(names):
                file = os.path.join(base, found)
                if os.path.isfile(file) and not _is_ignored(found, ignored):
                    yield _place(target, os.path.relpath(file, source)), file


def _place(folder: str, name: str) -> str:
    return os.path.normpath(os.path.join(folder, name)).replace(os.sep, "/")


def _is_ignored(name: str, patterns: list[str]) -> bool:
    return any(fnmatch(name, pattern) for pattern in patterns)
