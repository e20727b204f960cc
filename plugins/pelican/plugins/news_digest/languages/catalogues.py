"""Catalogues as files to translate: begun, brought up to date, and looked through for what is missing."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Final

import msgspec
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, read_po, write_po

from . import FOLDER, catalogue_files
from .compiled import fits, locale_of

TEMPLATE: Final = FOLDER / "messages.pot"
# Places of names, which may be written in another script than the text, and the marks that keep a name apart.
_NAME: Final = re.compile(r"(?<!\u2068)(%\((?:name|names|site|topic|feed|subject|hosts|generator)\)s)")
_APART: Final = "\u2068\\1\u2069"
# Who, when and with what: says nothing about the words, and would change with every run.
_NOISE: Final = re.compile(r'^"(?:Project|Report|POT|PO-Rev|Last|Language-Team|Generated)[^"]*"\n', re.MULTILINE)


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """How far a catalogue is; texts are named as they are in English.

    Attributes:
        unfit: The line and the text of each translation that cannot be used.
        unknown: What is not said any more.
    """

    missing: tuple[str, ...]
    unfit: tuple[tuple[int, str], ...]
    unknown: tuple[str, ...]


def words() -> Catalog:
    """Return every text of the package, to be translated."""
    return read_catalogue(TEMPLATE)


def read_catalogue(path: Path) -> Catalog:
    """Return the catalogue at *path*.

    Raises:
        ValueError: It cannot be read; the text names the line where that is known.
    """
    try:
        with path.open("rb") as file:
            return read_po(file, locale=locale_of(path), abort_invalid=True)
    except PoFileError as error:
        raise ValueError(f"{path}:{error.lineno + 1}: {error}") from error
    except (ValueError, LookupError) as error:
        raise ValueError(f"{path}: {error}") from error


def is_partial(path: Path) -> bool:
    """Whether the catalogue at *path* needs no more than what it says otherwise: its language has words without it."""
    others = [other for other in catalogue_files(path.stem, str(path.parent)) if other != path]
    return bool(others) or path.stem.lower().replace("-", "_").partition("_")[0] == "en"


def new_catalogue(path: Path, texts: Catalog) -> Catalog:
    """Return a catalogue to be written to *path*, with what is to be translated of *texts*."""
    catalogue = Catalog(
        locale=locale_of(path) or path.stem,
        header_comment="# Translations for a site made with News Digest.",
        fuzzy=False,
    )
    update(catalogue, texts, path=path)
    return catalogue


def update(catalogue: Catalog, texts: Catalog, *, path: Path) -> None:
    """Give the catalogue at *path* what is new in *texts*; what is no longer said there becomes obsolete.

    In a language that runs from right to left, names are kept apart from the text around them.
    """
    known = {message.id for message in catalogue}
    catalogue.update(texts, no_fuzzy_matching=True, update_header_comment=False)
    if is_partial(path):
        for message in [message for message in catalogue if message.id and message.id not in known]:
            catalogue.delete(message.id)
    locale = locale_of(path)
    if locale and locale.text_direction == "rtl":
        for message in catalogue:
            said = message.string
            message.string = _apart(said) if isinstance(said, str) else tuple(map(_apart, said or ()))


def _apart(text: str) -> str:
    """Return *text* with its names kept apart: in Latin letters one would take the punctuation beside it along."""
    return _NAME.sub(_APART, text)


def progress_of(catalogue: Catalog, texts: Catalog, *, path: Path) -> Progress:
    """Return how far the catalogue at *path* is with *texts*."""
    wanted = {message.id for message in texts if message.id}
    found = {message.id: message for message in catalogue if message.id}
    untouched = [message.id for message in found.values() if message.fuzzy or not _is_translated(message)]
    absent = [] if is_partial(path) else [message.id for message in texts if message.id and message.id not in found]
    return Progress(
        missing=tuple(_english(text) for text in (*untouched, *absent)),
        unfit=tuple((message.lineno or 0, _english(message.id)) for message in found.values() if not fits(message)),
        unknown=tuple(_english(text) for text in found if text not in wanted),
    )


def catalogue_text(catalogue: Catalog, *, keeps_obsolete: bool = False) -> str:
    """Return *catalogue* as a file has it, in an order that does not depend on where texts are used."""
    out = io.BytesIO()
    write_po(out, catalogue, width=0, no_location=True, sort_output=True, ignore_obsolete=not keeps_obsolete)
    return _NOISE.sub("", out.getvalue().decode())


def _is_translated(message: Message) -> bool:
    said = message.string or ""
    return bool(said) and all((said,) if isinstance(said, str) else tuple(said))


def _english(text: str | tuple[str, ...] | list[str]) -> str:
    return text if isinstance(text, str) else str(text[0])
