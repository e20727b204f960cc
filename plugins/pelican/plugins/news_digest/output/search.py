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

from .search_order import ENTRY, in_one_order
from .writer import OutputWriter, Written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ..pages.tools import SearchRecord

log = logging.getLogger(__name__)

FOLDER: Final = "pagefind"
TIMEOUT_S: Final = 600
# Part of the stamp: raise it when documents of another form are to be read from the same records.
FORM: Final = 2
_TAG: Final = re.compile(r"<[^>]*>")
# Pagefind leaves out what has no value to sort by.
UNDATED: Final = "0000"
# Of what Pagefind writes, the parts that our front end asks for; its own widgets are left out.
_FOLDERS: Final = frozenset({"filter", "fragment", "index"})
_FILES: Final = frozenset({"pagefind.js", "pagefind-worker.js", ENTRY})
_ENDINGS: Final = (".pf_meta", ".pagefind")


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
    return (
        f'<!doctype html><html lang="{escape(lang)}"><head><title>{escape(record.title)}</title>'
        f"{_meta('meta', 'title', record.title)}"
        f"{_meta('meta', 'words', record.words) if record.words else ''}"
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


def write_search_index(
    records: Iterable[SearchRecord], *, lang: str, tool: Path, cache: Path | None, output: Path
) -> tuple[str, ...]:
    """Bring ``/pagefind/`` up to date with *records*, and return the names of its files that changed.

    Args:
        lang: The site's language: the index has one, so that everything can be found from one page.
        tool: See :func:`find_pagefind`.
        cache: A folder for us alone: it keeps the last index, so that nothing is done when nothing has changed. None
            keeps nothing.

    Raises:
        PagefindError: There is no index; what lay in the output is removed.
    """
    documents = [search_document(record, lang=lang) for record in records]
    if not documents:  # Pagefind takes that for a mistake
        remove_search_index(output)
        return ()
    with tempfile.TemporaryDirectory() as nowhere:
        kept = (cache or Path(nowhere, "search")) / index_stamp(documents, lang=lang, tool=tool)
        if not (kept / ENTRY).is_file():
            try:
                _run(documents, lang=lang, tool=tool, into=kept)
            except PagefindError:
                remove_search_index(output)
                raise
        return tuple(_copy(kept, output))


def remove_search_index(output: Path) -> None:
    """Remove ``/pagefind/``: an index that is not kept up to date finds what is no longer there."""
    shutil.rmtree(output / FOLDER, ignore_errors=True)


def search_files(output: Path) -> tuple[str, ...]:
    """Return the files of the index in *output*, relative to it."""
    return tuple(f"{FOLDER}/{name}" for name in _names(output / FOLDER))


def _run(documents: Sequence[str], *, lang: str, tool: Path, into: Path) -> None:
    """Run Pagefind over *documents*; what was kept before goes."""
    shutil.rmtree(into.parent, ignore_errors=True)
    into.parent.mkdir(parents=True)
    with tempfile.TemporaryDirectory(dir=into.parent) as folder:
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
        names = filter(_is_needed, _names(target))
        files = in_one_order({name: (target / name).read_bytes() for name in names})
        # Written beside its place and renamed: a killed build leaves no half of an index to be trusted.
        for name, data in files.items():
            OutputWriter(work / "kept").write(name, data)
        (work / "kept").rename(into)


def _copy(kept: Path, output: Path) -> Iterator[str]:
    """Copy the files of *kept* that a reader's browser asks for, prune the others, yield what changed."""
    writer = OutputWriter(output)
    wanted = {f"{FOLDER}/{name}" for name in _names(kept)}
    for name in sorted(wanted):
        if writer.write(name, (kept / name.removeprefix(f"{FOLDER}/")).read_bytes()) is not Written.SAME:
            yield name
    for name in _names(output / FOLDER):
        if f"{FOLDER}/{name}" not in wanted:
            os.unlink(output / FOLDER / name)
            yield f"{FOLDER}/{name}"


def _names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def _is_needed(name: str) -> bool:
    return name in _FILES or name.endswith(_ENDINGS) or name.partition("/")[0] in _FOLDERS
