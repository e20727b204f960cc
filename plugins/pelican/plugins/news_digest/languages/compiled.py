"""Catalogues as people write them, made into what gettext reads."""

from __future__ import annotations

import io
import logging
import re
from functools import lru_cache
from gettext import GNUTranslations
from pathlib import Path
from typing import Final

from babel.core import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

log = logging.getLogger(__name__)
_PLACE: Final = re.compile(r"%\(\w+\)s|%%")


@lru_cache(maxsize=8)
def compiled(path: Path, _mtime_ns: int) -> bytes:
    """Return the catalogue in a file; an empty one, with a word in the log, when it cannot be read."""
    try:
        catalogue = _checked(path)
        GNUTranslations(io.BytesIO(_binary(catalogue)))
    except (ValueError, LookupError, PoFileError) as error:
        line = f":{error.lineno + 1}" if isinstance(error, PoFileError) else ""
        log.error("%s%s: the catalogue is not used: %s", path, line, error)  # noqa: TRY400 - the file's fault, not ours
        catalogue = Catalog()
    return _binary(catalogue)


def _checked(path: Path) -> Catalog:
    """Return the catalogue in a file, without the texts that do not fit."""
    with path.open("rb") as file:
        catalogue = read_po(file, locale=locale_of(path), abort_invalid=True)
    for message in [message for message in catalogue if message.id and not fits(message)]:
        text = message.id if isinstance(message.id, str) else message.id[0]
        log.warning('%s:%s: not used, because its placeholders differ from those of "%s"', path, message.lineno, text)
        catalogue.delete(message.id)
    return catalogue


def locale_of(path: Path) -> Locale | None:
    """Return the locale that gives the plural forms to a catalogue that does not name its own."""
    try:
        return Locale.parse(path.stem.replace("-", "_"))
    except (ValueError, UnknownLocaleError):
        return None


def fits(message: Message) -> bool:
    """Return whether values can be put into the text: a place that nothing fills would stop the build."""
    texts, said = ((text,) if isinstance(text, str) else tuple(text) for text in (message.id, message.string or ""))
    places = {place for text in texts for place in _PLACE.findall(text)} | {"%%"}
    # A text that no value is put into may hold a plain sign.
    may_hold_sign = any("%" in _PLACE.sub("", text) for text in texts)
    return all(
        places.issuperset(_PLACE.findall(text)) and (may_hold_sign or "%" not in _PLACE.sub("", text)) for text in said
    )


def _binary(catalogue: Catalog) -> bytes:
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()
