"""``news-digest init``: a folder that is a site, ready to look at and to publish."""

from __future__ import annotations

import argparse
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import msgspec

from ..errors import counted
from ..host.build import utc_now
from ..languages import missing_words
from ..newsdesk.incoming.sources import NAME, with_sources
from ..newsdesk.incoming.write import LEDGER, LEDGER_HEAD
from ..package import __version__
from ..text.address import AddressError, clean_address
from ..text.language_tags import HINT, language_tag
from ..text.plain import clean_title
from .adopt import plan_adoption
from .command import CommandError, Exit
from .new_site import Answers, Host, site_files
from .questions import Questions
from .source import requirement
from .sources import opml_entries
from .terminal import complain, say

DESCRIPTION = (
    "Create a new site: settings for the preview and for publishing, three example items, a publishing workflow and a "
    "README. In a terminal, you are asked for anything you leave out. Existing files are never overwritten."
)
EXAMPLES = """\
news-digest init harbour                              ask for everything
news-digest init harbour --name "Harbour News" --yes  ask for nothing
news-digest init harbour --from ~/archive             with the items, topics and sources you already have
news-digest init harbour --from-opml feeds.opml       with the feeds of your feed reader
news-digest init . --host gitlab-pages                in this folder, to publish on GitLab
"""
MAX_NAMED: Final = 10
ABOUT_SOURCES: Final = """\
# Who is asked for news by `news-digest import`; `news-digest docs sources` says what else may stand here.
"""
LOCALTIME: Final = Path("/etc/localtime")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what ``init`` can be told."""
    parser.add_argument("folder", nargs="?", type=Path, help="the folder to create; an existing one keeps its files")
    parser.add_argument(
        "--from",
        dest="source",
        metavar="FOLDER",
        type=Path,
        help="copy the items of this folder instead of the examples, and its topics, sources, pictures and "
        "newsletters, where it has folders for them",
    )
    parser.add_argument(
        "--from-opml", metavar="FILE", type=Path, help="start with the feeds of this OPML file; its folders are topics"
    )
    parser.add_argument(
        "--feed", action="append", default=[], metavar="URL", help="start with this feed; can be repeated"
    )
    parser.add_argument("--name", help="the name of the site (default: the folder's name)")
    parser.add_argument("--subtitle", help="the line below the name (default: none)")
    parser.add_argument(
        "--url", help="its public URL (default: a placeholder; workflows on GitHub and GitLab set their own)"
    )
    parser.add_argument("--language", help="a language tag such as en, pt-BR or ja (default: en)")
    parser.add_argument(
        "--timezone", help="the site's time zone, which decides the day of an item (default: this machine's)"
    )
    parser.add_argument(
        "--host",
        choices=[host.value for host in Host],
        default=Host.GITHUB_PAGES.value,
        help="add a workflow for this host (default: %(default)s)",
    )
    parser.add_argument("-y", "--yes", action="store_true", help="ask nothing")


def run(args: argparse.Namespace) -> int:
    """Ask, write, and say what to do next."""
    questions = Questions(may_ask=not args.yes)
    folder = args.folder or Path(
        questions.answer(None, "Folder", check=lambda value: "" if value else "name the folder to create")
    )
    if (folder / "pelicanconf.py").exists():
        complain(f"{folder} already is a site: it has a pelicanconf.py")
        return Exit.PROBLEMS
    adopted = tuple(plan_adoption(args.source)) if args.source else ()
    if args.source and not any(each.target == "content/news" for each in adopted):
        raise CommandError(f"{args.source} contains no items: no .md files in it, in _news/ or in news/")
    feeds = tuple(_feeds(args))
    answers = msgspec.structs.replace(
        ask(args, questions, folder=folder), has_examples=not (adopted or feeds), has_feeds=bool(feeds)
    )
    files = site_files(answers, now=utc_now().replace(second=0))
    if feeds:
        files[NAME] = f"{ABOUT_SOURCES}{with_sources('', feeds)[0]}".encode()
        ledger = f"content/news/{LEDGER}"
        files[ledger] = LEDGER_HEAD.encode()
        files[".gitattributes"] = f"{ledger} merge=union\n".encode()
    kept = write_new(folder, files)
    say(f"Made {counted(len(files) - len(kept), 'file')} in {folder}{os.sep}")
    for each in adopted:
        left = write_new(folder, each.files)
        kept += left
        say(f"  {each.target}: {counted(len(each.files) - len(left), 'file')} copied")
    for path in kept[:MAX_NAMED]:
        say(f"  kept as is: {path}")
    if len(kept) > MAX_NAMED:
        say(f"  and {len(kept) - MAX_NAMED:,} more")
    if missing := missing_words(answers.language):
        say(f"  language: {missing}")
    steps = ["news-digest serve      preview the site", "news-digest new        create an item of your own"]
    if feeds:
        say(f"  {NAME}: {counted(len(feeds), 'source')}")
        steps = [
            "news-digest import     bring in what is new at the sources",
            "news-digest rank       group what reports the same, and decide what is published",
            *steps,
        ]
    if shutil.which("news-digest") is None:  # `pipx run` leaves nothing behind
        steps = ["python3 -m pip install -r requirements.txt", *steps]
    steps = steps if folder.resolve() == Path.cwd() else [f"cd {folder}", *steps]
    say("\nNow:\n" + "\n".join(f"  {step}" for step in steps) + "\nREADME.md explains how to publish the site.")
    return Exit.DONE


def _feeds(args: argparse.Namespace) -> Iterator[Mapping[str, object]]:
    """Yield the entries of ``sources.yaml`` that the command line names."""
    if args.from_opml:
        entries, _ = opml_entries(args.from_opml)
        if not entries:
            raise CommandError(f"{args.from_opml} lists no feed that can be asked")
        yield from entries
    for url in args.feed:
        try:
            yield {"feed": clean_address(url)}
        except AddressError as error:
            raise CommandError(f"--feed {url!r} is {error}; give the full https URL") from None


def ask(args: argparse.Namespace, questions: Questions, *, folder: Path) -> Answers:
    """Return what the command line and the answers say.

    Raises:
        CommandError: Something given cannot be used.
    """
    name = _name_of(folder)
    return Answers(
        name=clean_title(questions.answer(args.name, "Name of the site", default=name, check=_name_problem)),
        subtitle=clean_title(questions.answer(args.subtitle, "Line below the name")),
        url=questions.answer(args.url, "Public address", default=Answers(name="").url, check=_url_problem).rstrip("/"),
        language=language_tag(questions.answer(args.language, "Language", default="en", check=_language_problem)),
        timezone=questions.answer(args.timezone, "Time zone", default=local_zone(), check=_zone_problem),
        host=Host(args.host),
        requirement=requirement(__version__),
    )


def write_new(folder: Path, files: Mapping[str, bytes] | Mapping[str, Path]) -> list[str]:
    """Write those of *files*, bytes or files to copy, that are not there yet, and return the others.

    Raises:
        CommandError: The disk refuses; the text says where.
    """
    kept = []
    for name, given in files.items():
        path = folder / name
        try:
            data = given.read_bytes() if isinstance(given, Path) else given
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as file:
                file.write(data)
        except FileExistsError:
            kept.append(name)
        except OSError as error:
            raise CommandError(f"{error.filename or path}: {error.strerror}") from error
    return kept


def local_zone(environment: Mapping[str, str] = os.environ, localtime: Path = LOCALTIME) -> str:
    """Return the name of this machine's time zone; ``UTC`` where nobody knows it."""
    linked = localtime.resolve().as_posix().partition("zoneinfo/")[2].removeprefix("Etc/")
    candidates = (environment.get("TZ", "").lstrip(":"), linked)
    return next((name for name in candidates if name and not _zone_problem(name)), "UTC")


def _name_of(folder: Path) -> str:
    words = folder.resolve().name.replace("-", " ").replace("_", " ").split()
    return " ".join([words[0].capitalize(), *words[1:]]) if words else "News"


def _name_problem(value: str) -> str:
    return "" if clean_title(value) else "the site needs a name"


def _url_problem(value: str) -> str:
    try:
        clean_address(value)
    except AddressError as error:
        return f"{value!r} is {error}; give the full https URL"
    return ""


def _language_problem(value: str) -> str:
    return "" if language_tag(value) else f"{value!r} is not a language tag; {HINT}"


def _zone_problem(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ValueError, OSError, LookupError):
        return f"{value!r} is not a time zone; write it like Europe/London"
    return ""
