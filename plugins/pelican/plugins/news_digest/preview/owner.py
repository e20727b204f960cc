"""What the owner of the site says: settings, read again whenever their files change, and where everything lies."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import msgspec
from pelican.settings import read_settings

from ..disk.files import mark_of
from ..host.build import MEMORY_KEY, PREVIEW_KEY, Memory, Shows
from ..pages.site import SiteProfile
from .door import THIS_MACHINE, Door

PACKAGE: Final = str(Path(__file__).resolve().parents[1])
FOLDER: Final = "preview"
# Settings that name a file of the owner's that pages are made from.
OWN_FILES: Final = ("DIGEST_STYLE", "DIGEST_LOGO", "DIGEST_LOGO_DARK", "DIGEST_ICON")


class Wishes(msgspec.Struct, frozen=True, kw_only=True):
    """What the preview was asked for.

    Attributes:
        content, output: Instead of ``PATH`` and ``OUTPUT_PATH``; None keeps those.
        base: The path to serve below, such as ``/repo/``; ``""``: that of ``SITEURL``.
        shows_drafts: Whether drafts and unpublished items are shown as well.
        polls: Whether to look at files for changes, and not wait to be told.
    """

    settings: Path
    content: Path | None = None
    output: Path | None = None
    base: str = ""
    shows_drafts: bool = False
    door: Door = THIS_MACHINE
    polls: bool = False


class Layout(msgspec.Struct, frozen=True, kw_only=True):
    """Where the files of a site lie; every path is absolute.

    Attributes:
        content: Pelican's ``PATH``.
        output: The folder that is written and served.
        root: The path of the site on its host, ``/`` or ``/repo/``.
        trees: Folders whose files make the site.
        files: Single files that do: the settings, the modules that they import, a style sheet of the site's own.
        code: Folders of Python code that runs in this process, and cannot be loaded into it a second time.
        ignored: Folders that builds write to.
        patterns: Pelican's ``IGNORE_FILES``.
    """

    content: str
    output: str
    root: str
    trees: tuple[str, ...]
    files: tuple[str, ...]
    code: tuple[str, ...]
    ignored: tuple[str, ...]
    patterns: tuple[str, ...] = ()


class Owner:
    """Reads the settings and makes Pelican from them.

    Args:
        wishes: See :class:`Wishes`.
        site_url: Path → ``SITEURL`` of a preview that lives below that path.
    """

    def __init__(self, wishes: Wishes, *, site_url: Callable[[str], str]) -> None:
        self._wishes = wishes
        self._site_url = site_url
        self._path = os.path.abspath(wishes.settings)
        self._seen: dict[str, object] = {}
        self._modules: tuple[str, ...] = ()
        self._reads = 0
        self.pelican: Any = None
        self.layout: Layout | None = None

    @property
    def path(self) -> str:
        """The settings file."""
        return self._path

    @property
    def is_read(self) -> bool:
        """Whether the settings could be read the last time."""
        return bool(self._seen)

    def is_current(self) -> bool:
        """Whether the files that the settings were read from are still what they were then."""
        return bool(self._seen) and all(mark_of(path) == state for path, state in self._seen.items())

    def is_code(self, path: str) -> bool:
        """Whether *path* is Python that runs in this process, but for the settings and what they import."""
        if self.layout is None or not path.endswith(".py") or path in self.layout.files:
            return False
        return any(path == code or _lies_in(path, code) for code in self.layout.code)

    def read(self) -> None:
        """Read the settings and make Pelican anew.

        Raises:
            Exception: Whatever the settings raise, for they are code; the next call tries again.
        """
        for name in self._modules:  # what the settings import may have changed too
            sys.modules.pop(name, None)
        self._seen = {}
        before = set(sys.modules)
        seen: dict[str, object] = {self._path: mark_of(self._path)}  # before reading: a later change is read again
        # Python takes a file of one size, changed within one second, for the one that it compiled before.
        writes_bytecode, sys.dont_write_bytecode = sys.dont_write_bytecode, True
        try:
            settings = self._settings()
        finally:
            sys.dont_write_bytecode = writes_bytecode
            local = dict(_local_modules(set(sys.modules) - before, folder=os.path.dirname(self._path)))
            self._modules = tuple(sorted(local))
        seen |= {path: mark_of(path) for path in local.values()}
        settings[MEMORY_KEY] = Memory()
        self.pelican = _pelican_class(settings)(settings)
        self.layout = _layout(self.pelican, files=(self._path, *sorted(local.values())))
        self._seen = seen

    def _settings(self) -> dict[str, Any]:
        """Return the settings, changed as wished.

        Where that makes another site than ``build`` would, it is written to a folder of its own: what lies in
        ``OUTPUT_PATH`` is always what ``build`` would have written.
        """
        wishes = self._wishes
        overrides: dict[str, Any] = {}
        if wishes.content:
            overrides["PATH"] = os.path.abspath(wishes.content)
        if wishes.output:
            overrides["OUTPUT_PATH"] = os.path.abspath(wishes.output)
        settings: dict[str, Any] = read_settings(self._path, override=overrides)
        is_moved = bool(wishes.base) and wishes.base != _root(settings)
        if not is_moved and not wishes.shows_drafts:
            return settings
        if is_moved:
            overrides["SITEURL"] = self._site_url(wishes.base)
        if wishes.shows_drafts:
            overrides[PREVIEW_KEY] = Shows.EVERYTHING
        if not wishes.output:
            overrides["OUTPUT_PATH"] = os.path.join(os.path.abspath(settings["CACHE_PATH"]), FOLDER)
        return dict(read_settings(self._path, override=overrides))


def _pelican_class(settings: Mapping[str, Any]) -> Any:  # noqa: ANN401 - Pelican's, or the site's own
    named = settings["PELICAN_CLASS"]
    if not isinstance(named, str):
        return named
    module, _, name = named.rpartition(".")
    return getattr(import_module(module), name)


def _root(settings: Mapping[str, Any]) -> str:
    return SiteProfile(name="", url=str(settings["SITEURL"]).rstrip("/")).root


def _local_modules(names: Iterable[str], *, folder: str) -> Iterator[tuple[str, str]]:
    """Yield name and file of those modules that lie below *folder* and were installed nowhere."""
    for name in names:
        file = getattr(sys.modules.get(name), "__file__", None)
        if file and _lies_in(file := os.path.abspath(file), folder) and not _is_installed(file):
            yield name, file


def _layout(pelican: Any, *, files: tuple[str, ...]) -> Layout:  # noqa: ANN401 - Pelican's, or the site's own
    settings = pelican.settings
    languages = settings.get("DIGEST_LANGUAGES_PATH")
    trees = (
        pelican.path,
        *_linked_folders(pelican.path),
        pelican.theme,
        *settings["THEME_TEMPLATES_OVERRIDES"],
        *([languages] if languages else []),
    )
    own = (settings.get(name) for name in OWN_FILES)
    modules = (getattr(plugin, "__file__", None) for plugin in pelican.plugins)
    code = (PACKAGE, *settings.get("PLUGIN_PATHS", ()), *(_folder_of(file) for file in modules if file))
    return Layout(
        content=os.path.abspath(pelican.path),
        output=os.path.abspath(pelican.output_path),
        root=_root(settings),
        trees=_absolute(trees),
        files=tuple(dict.fromkeys((*files, *_absolute(filter(None, own))))),
        code=tuple(folder for folder in _absolute(code) if not _is_installed(f"{folder}{os.sep}")),
        ignored=_absolute((pelican.output_path, settings["CACHE_PATH"])),
        patterns=tuple(settings["IGNORE_FILES"]),
    )


def _linked_folders(content: str) -> Iterator[str]:
    """Yield what the folders right below *content* lead to, where they are symbolic links."""
    try:
        with os.scandir(content) as entries:
            yield from (os.path.realpath(entry.path) for entry in entries if entry.is_symlink() and entry.is_dir())
    except OSError:
        return


def _absolute(paths: Iterable[object]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(os.path.abspath(str(path)) for path in paths))


def _folder_of(file: str) -> str:
    """Return the folder of a package, or the file of a module that stands alone."""
    return os.path.dirname(file) if os.path.basename(file) == "__init__.py" else file


def _lies_in(path: str, folder: str) -> bool:
    return path.startswith(f"{folder.rstrip(os.sep)}{os.sep}")


def _is_installed(path: str) -> bool:
    """Whether *path* belongs to Python or to an installed package: nobody edits those."""
    return "site-packages" in path.split(os.sep) or _lies_in(path, os.path.abspath(sys.prefix))
