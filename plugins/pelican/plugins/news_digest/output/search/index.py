"""The search index: made with Pagefind, kept in the cache folder, and copied into the output.

Pagefind reads no page of the site but one small document for each record. So what is found does not depend on
templates, nothing that an earlier build left behind can be found, and the index is known to be current without
rendering or reading a page.
"""

from __future__ import annotations

import hashlib
import logging
import os
import re
import shutil
import subprocess
import tempfile
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from ...disk.sealed import read_packed, write_sealed
from .order import ENTRY, in_one_order
from .signs import spelled_out, spelled_out_html

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ...pages.own.tools import SearchRecord

log = logging.getLogger(__name__)

FOLDER: Final = "pagefind"
TIMEOUT_S: Final = 600
# Part of the stamp: raise it when documents of another form are to be read from the same records.
FORM: Final = 3
_TAG: Final = re.compile(r"<[^>]*>")
# Pagefind leaves out what has no value to sort by.
UNDATED: Final = "0000"
# Of what Pagefind writes, the parts that our front end asks for; its own widgets are left out.
_FOLDERS: Final = frozenset({"filter", "fragment", "index"})
_FILES: Final = frozenset({"pagefind.js", "pagefind-worker.js", ENTRY})
_ENDINGS: Final = (".pf_meta", ".pagefind")
_DECODER: Final = msgspec.msgpack.Decoder(dict[str, bytes])


class PagefindError(Exception):
    """Pagefind did not make an index.

    Attributes:
        said: What it said, or what became of it.
    """

    def __init__(self, said: str) -> None:
        super().__init__(said)
        self.said = said


def find_pagefind() -> Path | None:
    """Return Pagefind's program, from the package of that name or from ``PATH``; None where there is none."""
    try:
        # Optional (the extra "search"), and not needed by any other part.
        from pagefind.service import get_executable  # noqa: PLC0415
    except ImportError:
        found = shutil.which("pagefind")
        return Path(found) if found else None
    try:
        return get_executable()
    except FileNotFoundError:  # the package is there, its program is not
        return None


def search_document(record: SearchRecord, *, lang: str) -> str:
    """Return *record* as a page that Pagefind reads.

    The card is a filter because of all that Pagefind hands back only filters are not searched: as "meta" the words
    of file names and dates would be found. Filters lie in files of their own, and that of the cards is never fetched.
    """
    # A document without a word would be left out.
    text = record.text if any(map(str.isalnum, _TAG.sub("", record.text))) else f"<p>{escape(record.title)}</p>"
    filters = "".join(
        _meta("filter", name, value) for name, values in sorted(record.filters.items()) for value in values
    )
    card = msgspec.json.encode(record.card).decode()
    named = spelled_out(record.title)
    names = " ".join(named)
    # Beside the words that are not shown.
    also = [name for name in (*spelled_out_html(text), *spelled_out(record.words)) if name not in named]
    words = ", ".join(filter(None, (record.words, " ".join(dict.fromkeys(also)))))
    return (
        f'<!doctype html><html lang="{escape(lang)}"><head><title>{escape(record.title)}</title>'
        f"{_meta('meta', 'title', record.title)}"
        f"{_meta('meta', 'names', names) if names else ''}"
        f"{_meta('meta', 'words', words) if words else ''}"
        f"{_meta('filter', 'card', card)}{filters}"
        # No two are of one moment: those would stand in the order in which Pagefind finds them.
        f"{_meta('sort', 'date', f'{record.date or UNDATED} {record.address}')}"
        f"</head><body><main data-pagefind-body>{text}</main></body></html>"
    )


def _meta(kind: str, name: str, value: str) -> str:
    return f'<meta data-pagefind-{kind}="{name}[content]" content="{escape(value)}">'


def index_stamp(documents: Sequence[str], *, lang: str, tool: Path) -> str:
    """Return what an index of *documents* is known by: other words, another program or another form, another stamp."""
    program = tool.stat()
    digest = hashlib.sha256(f"{FORM} {lang} {program.st_size} {program.st_mtime_ns}".encode())
    for document in documents:
        digest.update(b"\0" + document.encode())
    return digest.hexdigest()[:32]


def make_search_index(
    records: Iterable[SearchRecord], *, lang: str, tool: Path, cache: Path | None
) -> dict[str, bytes]:
    """Return the files of an index of *records*, by their place in the output.

    Args:
        lang: The site's language: the index has one, so that everything can be found from one page.
        tool: See :func:`find_pagefind`.
        cache: A folder for us alone: it keeps the last index, so that nothing is done when nothing has changed. None
            keeps nothing.

    Raises:
        PagefindError: There is no index.
    """
    documents = [search_document(record, lang=lang) for record in records]
    if not documents:  # Pagefind takes that for a mistake
        return {}
    stamp = index_stamp(documents, lang=lang, tool=tool)
    files = _kept(cache / stamp, stamp) if cache else None
    if files is None:
        files = _run(documents, lang=lang, tool=tool, near=_folder(cache))
        if cache:
            _keep(files, cache / stamp, stamp)
    return {f"{FOLDER}/{name}": data for name, data in files.items()}


def search_files(output: Path) -> tuple[str, ...]:
    """Return the files of the index in *output*, relative to it."""
    return tuple(f"{FOLDER}/{name}" for name in _names(output / FOLDER))


def _kept(path: Path, stamp: str) -> dict[str, bytes] | None:
    """Return the index that is kept at *path*; None where there is none that can be trusted."""
    return read_packed(path, _DECODER.decode, kind=stamp, what="the cached search index")


def _keep(files: dict[str, bytes], path: Path, stamp: str) -> None:
    """Keep *files* for the next build; what was kept before goes."""
    try:
        if path.parent.is_symlink():
            path.parent.unlink()
        shutil.rmtree(path.parent, ignore_errors=True)
        write_sealed(path, msgspec.msgpack.encode(files), kind=stamp)
    except OSError as error:  # a cache that cannot be written is only a slower build
        log.info("the search index cannot be cached: %s", error)


def _folder(cache: Path | None) -> Path | None:
    """Return where work may lie: the cache, which may be on a faster disk; None: where the system has it."""
    try:
        if cache:
            cache.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return cache


def _run(documents: Sequence[str], *, lang: str, tool: Path, near: Path | None) -> dict[str, bytes]:
    """Run Pagefind over *documents*, and return the files that a reader's browser asks for."""
    with tempfile.TemporaryDirectory(dir=near) as folder:
        work = Path(folder)
        source, target = work / "pages", work / "index"
        source.mkdir()
        for document in documents:
            # Named after what it holds, so that a new item does not give every other one another address.
            name = hashlib.sha256(document.encode()).hexdigest()[:16]
            (source / f"{name}.html").write_text(document, encoding="utf-8")
        command = [tool, "--site", source, "--output-path", target, "--force-language", lang.partition("-")[0].lower()]
        # Pagefind reads settings from the folder it is in and from PAGEFIND_*: neither is the site's business.
        environment = {key: value for key, value in os.environ.items() if not key.startswith("PAGEFIND_")}
        try:
            done = subprocess.run(  # noqa: S603 - the program that find_pagefind found, and our own arguments
                [*map(str, command), "--silent"],
                cwd=work,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                errors="replace",
                timeout=TIMEOUT_S,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise PagefindError(str(error)) from error
        if done.returncode or not (target / ENTRY).is_file():
            raise PagefindError(done.stdout.strip() or f"exit code {done.returncode}")
        return in_one_order({name: (target / name).read_bytes() for name in filter(_is_needed, _names(target))})


def _names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def _is_needed(name: str) -> bool:
    return name in _FILES or name.endswith(_ENDINGS) or name.partition("/")[0] in _FOLDERS
