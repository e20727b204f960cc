"""Bring the catalogues in ``languages/`` up to date with the words in templates and planners.

Run as ``python tools/update_languages.py``: ``messages.pot`` is written anew, to begin a language with; in every other
catalogue new words come in untranslated, old ones go. A test fails while a word is missing from one of them.
"""

from __future__ import annotations

import io
import re
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from pelican.plugins.news_digest.languages import FOLDER

ROOT = Path(__file__).resolve().parents[1]
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "say": (1,)}
SOURCES = {
    ROOT / "theme" / "templates": [("**.html", "jinja2"), ("**.txt", "jinja2")],
    # What stands on a terminal is for the site's owner, and English.
    ROOT / "plugins" / "pelican" / "plugins" / "news_digest": [("cli/**.py", "ignore"), ("**.py", "python")],
}
OPTIONS = {"**.html": {"trimmed": "true"}, "**.txt": {"trimmed": "true"}}
# Who, when and with what: says nothing about the words, and would change with every run.
NOISE = re.compile(r'^"(?:Project|Report|POT|PO-Rev|Last|Language-Team|Generated)[^"]*"\n', re.MULTILINE)


def source_words() -> Catalog:
    """Return every word that templates and planners say."""
    catalogue = Catalog()
    for folder, methods in SOURCES.items():
        for _, _, message, _, _ in extract_from_dir(folder, methods, OPTIONS, KEYWORDS):
            catalogue.add(message)
    return catalogue


def po_text(catalogue: Catalog) -> str:
    """Return *catalogue* as it lies in the repository."""
    out = io.BytesIO()
    write_po(out, catalogue, width=0, no_location=True, sort_output=True, ignore_obsolete=True)
    return NOISE.sub("", out.getvalue().decode())


def main() -> None:
    """Update every catalogue."""
    words = source_words()
    (FOLDER / "messages.pot").write_text(po_text(words), encoding="utf-8")
    for path in sorted(FOLDER.glob("*.po")):
        with path.open("rb") as file:
            catalogue = read_po(file, locale=path.stem)
        catalogue.update(words, no_fuzzy_matching=True)
        path.write_text(po_text(catalogue), encoding="utf-8")
        missing = sum(not message.string for message in catalogue if message.id)
        print(f"{path.relative_to(ROOT)}: {missing} to translate")


if __name__ == "__main__":
    main()
