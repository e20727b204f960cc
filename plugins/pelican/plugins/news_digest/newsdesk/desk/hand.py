"""The hand that changes files: what acts decide is written, one small change to each file, and can be undone."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

import msgspec

from ...disk.files import mark_of
from ...disk.sealed import replace_file
from ...errors import printable_path
from ...frontmatter.edit import edit_front_matter, plain_text
from ...frontmatter.yaml.refused import FrontMatterError
from ...frontmatter.yaml.yaml12 import load_front_matter, split_front_matter
from .acts import CannotError, Wanted, changes_of

_MEANWHILE: Final = "changed meanwhile, by somebody else or by another program"


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one file.

    Attributes:
        path: The file, relative to the content folder.
        before, after: All its bytes.
    """

    path: str
    before: bytes
    after: bytes


def do(content: Path, wanted: Iterable[Wanted]) -> tuple[Change, ...]:
    """Do what is *wanted*, all of it or nothing; return what changed, without files that say so already.

    Args:
        content: The folder that paths are relative to. The paths are those that reading it has found.

    Raises:
        CannotError: A file holds something that is not understood, is gone, changes at this moment, or cannot be
            written. Every file is as it was.
    """
    planned = [_planned(content, one) for one in wanted]
    return write(content, [(change, mark) for change, mark in planned if change.before != change.after])


def undo(content: Path, changes: Sequence[Change]) -> tuple[Change, ...]:
    """Put back what *changes* changed, all of it or nothing; return the changes that does.

    Raises:
        CannotError: A file is not what it was made any more. Every file stays as it is.
    """
    planned = []
    for change in changes:
        data, mark = read(content, change.path)
        if data != change.after:
            reason = f"{printable_path(change.path)} was {_MEANWHILE}"
            raise CannotError(reason, "it was left as it is; `git diff` shows what happened to it")
        planned.append((Change(path=change.path, before=data, after=change.before), mark))
    return write(content, planned)


def _planned(content: Path, wanted: Wanted) -> tuple[Change, object]:
    data, mark = read(content, wanted.path)
    shown = printable_path(wanted.path)
    try:
        text = data.decode()
        front = load_front_matter(split_front_matter(plain_text(text))[0])
        edited = edit_front_matter(text, changes_of(wanted.act, front, value=wanted.value))
    except CannotError as error:
        raise CannotError(f"{shown}: {error.reason}", error.hint) from None
    except UnicodeDecodeError:
        raise CannotError(f"{shown} is not UTF-8", "save it as UTF-8") from None
    except FrontMatterError as error:
        where = f":{error.line}" if error.line else ""
        raise CannotError(f"{shown}{where}: {error.problem}", error.hint) from None
    return Change(path=wanted.path, before=data, after=edited.encode()), mark


def read(content: Path, path: str) -> tuple[bytes, object]:
    """Return the bytes of a file, and what it is known again by.

    Raises:
        CannotError: It cannot be read.
    """
    try:
        mark = mark_of(content / path)
        return (content / path).read_bytes(), mark
    except OSError as error:
        raise CannotError(f"{printable_path(path)} cannot be read: {error.strerror}") from None


def write(content: Path, planned: Sequence[tuple[Change, object]]) -> tuple[Change, ...]:
    """Write what is planned, all of it or nothing, where each file still is what it was when it was read.

    Args:
        planned: Each change with what :func:`read` said of its file.

    Raises:
        CannotError: One of them is not, or cannot be written.
    """
    done: list[Change] = []
    for change, mark in planned:
        path = content / change.path
        try:
            if mark_of(path) != mark:
                reason = f"{printable_path(change.path)} was {_MEANWHILE}"
                raise CannotError(reason, "look at it again")  # noqa: TRY301 - what was written has to be taken back
            # A link to a file stays one.
            replace_file(Path(os.path.realpath(path)), change.after)
        except (OSError, CannotError) as error:
            for other in reversed(done):
                replace_file(Path(os.path.realpath(content / other.path)), other.before)
            if isinstance(error, CannotError):
                raise
            raise CannotError(f"{printable_path(change.path)} cannot be written: {error.strerror}") from None
        done.append(change)
    return tuple(done)
