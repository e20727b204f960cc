"""The site's language: catalogues of its words (``*.po`` beside this file), for templates and planners alike.

English is what is written in the source. A site adds or overrides texts with catalogues of its own:
docs/how-to/languages.md.
"""

from __future__ import annotations

import io
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import Final

from babel.core import get_global

FOLDER: Final = Path(__file__).resolve().parent


def catalogue_files(lang: str, own: str = "") -> tuple[Path, ...]:
    """Return the catalogues for *lang*, the one that wins first.

    Args:
        lang: A language tag such as ``de-AT`` or ``zh-TW``; see :func:`catalogue_names`.
        own: A folder with the site's own catalogues; ``""``: none.
    """
    names = catalogue_names(lang)
    folders = [Path(own)] if own else []
    found: list[Path] = []
    for folder in (*folders, FOLDER):
        # Tags are written in several ways: zh-Hant-TW, zh_hant_tw.
        files = {path.stem.replace("-", "_").lower(): path for path in sorted(folder.glob("*.po")) if path.is_file()}
        found += [files[name.lower()] for name in names if name.lower() in files]
    return tuple(found)


def catalogue_names(lang: str) -> tuple[str, ...]:
    """Return the names that a catalogue for *lang* may have, the most exact first.

    ``de-AT`` is ``de_AT``, ``de``. A script that the tag leaves out is the usual one of that language there:
    ``zh-TW`` is ``zh_Hant_TW``, ``zh_TW``, ``zh_Hant``, ``zh``.
    """
    parts = lang.replace("-", "_").split("_")
    exact = ["_".join(parts[:length]) for length in range(len(parts), 0, -1)]
    written = (_likely("_".join(parts[:2])) or _likely(parts[0])).split("_")
    if len(written) == len(("language", "script", "region")) and (len(parts) == 1 or len(parts[1]) != len("Hant")):
        language, script, _ = written
        exact = [name for plain in exact for name in (plain.replace(language, f"{language}_{script}", 1), plain)]
        exact.sort(key=lambda name: -len(name.split("_")))
    return tuple(dict.fromkeys(exact))


def missing_words(lang: str, own: str = "") -> str:
    """Return one sentence about a language that has no catalogue, and what to do; ``""`` where there is one.

    Args:
        lang, own: See :func:`catalogue_files`.
    """
    language = lang.replace("-", "_").partition("_")[0].lower()
    if language == "en" or catalogue_files(lang, own):
        return ""
    return (
        f"there is no translation for the language {lang!r} yet, so the words of the theme stay English; "
        f"make one with `news-digest languages new {lang}`"
    )


def load_translations(lang: str, own: str = "") -> NullTranslations:
    """Return the texts of *lang*; see :func:`catalogue_files`. Unknown languages and texts stay English."""
    return _joined(tuple((path, path.stat().st_mtime_ns) for path in catalogue_files(lang, own)))


@lru_cache(maxsize=8)
def _joined(files: tuple[tuple[Path, int], ...]) -> NullTranslations:
    """Return the texts of *files*, the very same object while they do not change."""
    first: NullTranslations = NullTranslations()
    for path, mtime_ns in reversed(files):
        translations = _read(path, mtime_ns)
        translations.add_fallback(first)
        first = translations
    return first


def _likely(tag: str) -> str:
    """Return language, script and region of the language *tag*, such as ``zh_Hant_TW`` for ``zh_TW``."""
    language, _, region = tag.partition("_")
    found: str = get_global("likely_subtags").get(f"{language.lower()}_{region.upper()}".rstrip("_"), "")
    return found


def _read(path: Path, mtime_ns: int) -> GNUTranslations:
    from .compiled import compiled  # noqa: PLC0415 - what reads catalogues is much, and sites in English have none

    return GNUTranslations(io.BytesIO(compiled(path, mtime_ns)))


class Words:
    """Says what planners have to say, in the site's language.

    Args:
        translations: See :func:`load_translations`; None says it in English.
    """

    def __init__(self, translations: NullTranslations | None = None) -> None:
        self.translations = translations or NullTranslations()

    def say(self, text: str, **values: object) -> str:
        """Return *text* in the site's language, with *values* in the places of ``%(name)s``."""
        said = self.translations.gettext(text)
        return said % values if values else said

    def say_many(self, one: str, many: str, number: int, **values: object) -> str:
        """Return *one* or *many*, as *number* asks for in the site's language, with it in the place of ``%(num)s``."""
        return self.translations.ngettext(one, many, number) % {"num": number, **values}


# Of those who are given no other ones.
ENGLISH: Final = Words()


def later(text: str) -> str:
    """Return *text*, a constant that is said somewhere else: so ``tools/update_languages.py`` finds it."""
    return text
