"""The site's language: catalogues of its words (``*.po`` beside this file), for templates and planners alike.

English is what is written in the source. A site adds or overrides texts with catalogues of its own:
docs/how-to/languages.md.
"""

from __future__ import annotations

import io
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

FOLDER = Path(__file__).resolve().parent


def catalogue_files(lang: str, own: str = "") -> tuple[Path, ...]:
    """Return the catalogues for *lang*, the one that wins first.

    Args:
        lang: A language tag such as ``ar`` or ``ja-JP``: the region's catalogue, then the language's.
        own: A folder with the site's own catalogues; ``""``: none.
    """
    tag = lang.replace("-", "_")
    language, _, region = tag.partition("_")
    names = [f"{language.lower()}_{region.upper()}.po"] if region else []
    names.append(f"{language.lower()}.po")
    folders = [Path(own)] if own else []
    return tuple(path for folder in (*folders, FOLDER) for name in names if (path := folder / name).is_file())


def load_translations(lang: str, own: str = "") -> NullTranslations:
    """Return the texts of *lang*; see :func:`catalogue_files`. Unknown languages and texts stay English."""
    files = catalogue_files(lang, own)
    first: NullTranslations = NullTranslations()
    for path in reversed(files):
        translations = _read(path, path.stat().st_mtime_ns)
        translations.add_fallback(first)
        first = translations
    return first


@lru_cache(maxsize=8)
def _compiled(path: Path, _mtime_ns: int) -> bytes:
    with path.open("rb") as file:
        catalogue = read_po(file, locale=path.stem)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    return compiled.getvalue()


def _read(path: Path, mtime_ns: int) -> GNUTranslations:
    return GNUTranslations(io.BytesIO(_compiled(path, mtime_ns)))


class Words:
    """Says what planners have to say, in the site's language.

    Args:
        translations: See :func:`load_translations`; None says it in English.
    """

    def __init__(self, translations: NullTranslations | None = None) -> None:
        self._translations = translations or NullTranslations()

    def say(self, text: str, **values: object) -> str:
        """Return *text* in the site's language, with *values* in the places of ``%(name)s``."""
        said = self._translations.gettext(text)
        return said % values if values else said
