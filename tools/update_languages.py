"""Bring the catalogues in ``languages/`` up to date with the words in templates and planners.

Run as ``python tools/update_languages.py``: ``messages.pot`` is written anew, to begin a language with; in every other
catalogue new words come in untranslated, old ones go. A test fails while a word is missing from one of them.
"""

from __future__ import annotations

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir

from pelican.plugins.news_digest.languages import FOLDER
from pelican.plugins.news_digest.languages.catalogues import (
    TEMPLATE,
    catalogue_text,
    progress_of,
    read_catalogue,
    update,
)

ROOT = Path(__file__).resolve().parents[1]
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "say": (1,), "say_many": (1, 2), "later": (1,)}
SOURCES = {
    ROOT / "theme" / "templates": [("**.html", "jinja2"), ("**.txt", "jinja2")],
    # What stands on a terminal is for the site's owner, and English.
    ROOT / "plugins" / "pelican" / "plugins" / "news_digest": [
        ("cli/**.py", "ignore"),
        ("preview/desk/templates/**.html", "jinja2"),
        ("**.py", "python"),
    ],
}
OPTIONS = {"**.html": {"trimmed": "true"}, "**.txt": {"trimmed": "true"}}


def source_words() -> Catalog:
    """Return every word that templates and planners say."""
    catalogue = Catalog()
    for folder, methods in SOURCES.items():
        for _, _, message, _, _ in extract_from_dir(folder, methods, OPTIONS, KEYWORDS):
            catalogue.add(message)
    return catalogue


def main() -> None:
    """Update every catalogue."""
    words = source_words()
    TEMPLATE.write_text(catalogue_text(words), encoding="utf-8")
    for path in sorted(FOLDER.glob("*.po")):
        catalogue = read_catalogue(path)
        update(catalogue, words, path=path)
        path.write_text(catalogue_text(catalogue), encoding="utf-8")
        print(f"{path.relative_to(ROOT)}: {len(progress_of(catalogue, words, path=path).missing)} to translate")


if __name__ == "__main__":
    main()
