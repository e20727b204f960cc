"""``news-digest languages``: which languages the theme speaks, and catalogues of a site's own."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ..disk.sealed import replace_file
from ..errors import counted
from ..languages import FOLDER, catalogue_names
from ..languages.catalogues import (
    catalogue_text,
    is_partial,
    new_catalogue,
    progress_of,
    read_catalogue,
    update,
    words,
)
from ..languages.compiled import locale_of
from ..text.language_tags import HINT, language_tag
from .command import CommandError, Exit, add_settings, settings_with_content
from .terminal import complain, say

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

DESCRIPTION = (
    "List the languages of the theme's own words. Begin a catalogue of your own (new), bring yours up to date with "
    "this version (update), and see what is missing or unusable in them (check). They lie in DIGEST_LANGUAGES_PATH."
)
EXAMPLES = """\
news-digest languages               list the languages that are there
news-digest languages new sv        begin to translate everything: words/sv.po
news-digest languages new en        begin a file for the texts that you want to change
news-digest languages update        bring in what is new in this version
news-digest languages check         what is not translated, or cannot be used
"""
_ACTIONS: Final = ("list", "new", "update", "check")
USUAL_FOLDER: Final = "words"
MOST_NAMED: Final = 10


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what ``languages`` can be told."""
    parser.add_argument("action", nargs="?", choices=_ACTIONS, default="list", help="what to do (default: %(default)s)")
    parser.add_argument("language", nargs="?", default="", help="a language tag (default for new: the site's language)")
    add_settings(parser)


def run(args: argparse.Namespace) -> int:
    """Do what was asked for.

    Raises:
        CommandError: The language is none, or there is no catalogue to work on.
    """
    tag = language_tag(args.language)
    if args.language and not tag:
        raise CommandError(f"{args.language!r} is not a language tag; {HINT}")
    if args.action == "list":
        return _list()
    given = settings_with_content(args.settings)
    named = str(given.get("DIGEST_LANGUAGES_PATH") or "")
    folder = Path(named) if named else args.settings.parent / USUAL_FOLDER
    if args.action == "new":
        tag = tag or language_tag(str(given["DEFAULT_LANG"]))
        code = _new(folder / f"{tag.replace('-', '_')}.po", tag)
        if not named:
            say(f'Add to {args.settings}: DIGEST_LANGUAGES_PATH = "{USUAL_FOLDER}"')
        return code
    texts, act, code = words(), _update if args.action == "update" else _check, Exit.DONE
    for path in _catalogues(folder, tag):
        try:
            code = max(code, act(path, read_catalogue(path), texts))
        except ValueError as error:
            complain(str(error))
            code = Exit.PROBLEMS
    return code


def _list() -> int:
    """Say which languages are there."""
    texts = words()
    say("en        English")
    for path in sorted(FOLDER.glob("*.po")):
        locale = locale_of(path)
        missing = len(progress_of(read_catalogue(path), texts, path=path).missing)
        more = f": {counted(missing, 'text')} still in English" if missing else ""
        say(f"{path.stem.replace('_', '-'):8}  {(locale and locale.english_name) or path.stem}{more}")
    return Exit.DONE


def _catalogues(folder: Path, tag: str) -> list[Path]:
    """Return the site's own catalogues, or the one for *tag*."""
    names = {name.lower() for name in catalogue_names(tag)} if tag else set()
    paths = [path for path in sorted(folder.glob("*.po")) if not tag or path.stem.replace("-", "_").lower() in names]
    if not paths:
        whose = f"for {tag!r} " if tag else ""
        raise CommandError(f"there is no catalogue {whose}in {folder}; begin one with `news-digest languages new`")
    return paths


def _new(path: Path, tag: str) -> int:
    """Begin a catalogue."""
    if path.exists():
        complain(f"{path} is there already; `news-digest languages update` brings it up to date")
        return Exit.PROBLEMS
    catalogue = new_catalogue(path, words())
    replace_file(path, catalogue_text(catalogue).encode())
    if is_partial(path):
        say(f"Made {path}, without texts: {tag} has its words. Add those that you want to change.")
    else:
        say(f"Made {path}: {counted(len(catalogue), 'text')} to translate.")
    return Exit.DONE


def _update(path: Path, catalogue: Catalog, texts: Catalog) -> int:
    """Bring a catalogue up to date with the texts of this version."""
    update(catalogue, texts, path=path)
    replace_file(path, catalogue_text(catalogue, keeps_obsolete=True).encode())
    say(f"{path}: {counted(len(progress_of(catalogue, texts, path=path).missing), 'text')} to translate")
    return Exit.DONE


def _check(path: Path, catalogue: Catalog, texts: Catalog) -> int:
    """Say what is missing in a catalogue or cannot be used."""
    found = progress_of(catalogue, texts, path=path)
    for line, text in found.unfit:
        say(f'{path}:{line}: not used, because its placeholders differ from those of "{text}"')
    for text in found.missing[:MOST_NAMED]:
        say(f'{path}: not translated: "{text}"')
    if len(found.missing) > MOST_NAMED:
        say(f"{path}: and {len(found.missing) - MOST_NAMED:,} more")
    for text in found.unknown:
        say(f'{path}: not a text of this version: "{text}"')
    if found.missing or found.unfit or found.unknown:
        return Exit.PROBLEMS
    say(f"{path}: complete")
    return Exit.DONE
