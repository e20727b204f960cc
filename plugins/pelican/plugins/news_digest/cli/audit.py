"""``news-digest audit``: whether what was built can be published."""

from __future__ import annotations

import argparse
import os
import sys
import tarfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

import msgspec

from ..audit.address import check_address
from ..audit.age import FEED, check_age, check_ahead, feed_moments, newest_of, published_time
from ..audit.documents import read_document
from ..audit.links import LinkChecker
from ..audit.names import check_names
from ..audit.pictures import find_broken_pictures, find_pointers
from ..audit.published import Published, PublishedFolder, PublishedTar
from ..audit.size import HOSTS, LARGEST, Reach, host_of, largest_files, megabytes, parts_of, reaches
from ..audit.size import check_size as size_diagnostics
from ..checks.formats import annotation, json_of
from ..disk.files import MARKDOWN, YAML
from ..disk.walking import find_files
from ..errors import Diagnostic, Severity, counted, diagnose
from ..frontmatter.reader import folders_of
from ..host.build import utc_now
from ..output.documents.bundle import style_diagnostics
from ..output.manifest import count_pages
from ..preview.problems import line_of_setting
from ..settings import read_settings
from .command import CommandError, Exit, add_format, add_output, add_settings, site_settings
from .terminal import say

DESCRIPTION = (
    "Check the built site before it is published: broken links, assets and feeds; its size against the host's limits, "
    "and how many items each host has room for; file names that hosts reject; the age of the newest item "
    "(DIGEST_MAX_AGE_DAYS); items dated in the future; and whether SITEURL is a public URL. External links are not "
    "followed."
)
EXAMPLES = """\
news-digest audit -s publishconf.py                          after `news-digest build -s publishconf.py`
news-digest audit -s publishconf.py --host cloudflare-pages  with that host's limits
news-digest audit -s publishconf.py --tar artifact.tar       after `news-digest build --tar artifact.tar`
news-digest audit -s publishconf.py --format github          as annotations in a workflow; json is for other tools
"""


class Audit(msgspec.Struct, frozen=True, kw_only=True):
    """What was found.

    Attributes:
        sizes: Path → bytes of every file.
        items: How many item files the site was built from.
        links: How many links were followed.
        newest: When the newest item was published that is not dated ahead of the clock; None when nobody knows.
        diagnostics: What is wrong; paths are relative to the output folder, but for the settings file.
    """

    sizes: dict[str, int]
    items: int
    links: int
    newest: datetime | None
    diagnostics: tuple[Diagnostic, ...]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what ``audit`` can be told."""
    add_settings(parser)
    where = parser.add_mutually_exclusive_group()
    add_output(where)
    where.add_argument("--tar", type=Path, metavar="FILE", help="a site that was built with `build --tar FILE`")
    parser.add_argument(
        "--host",
        choices=tuple(HOSTS),
        help="apply this host's limits (default: the one that SITEURL belongs to, else github-pages)",
    )
    add_format(parser, "text", "json", "github")


def run(args: argparse.Namespace) -> int:
    """Look, and return 1 when something is wrong enough not to publish."""
    given = site_settings(args.settings, output=args.output)
    digest = read_settings(given)
    site = _find_site(args.tar, Path(given["OUTPUT_PATH"]), settings=args.settings)
    siteurl = str(given["SITEURL"])
    found = audit_site(
        site,
        siteurl=siteurl,
        host=args.host or host_of(siteurl),
        items=len(find_files(Path(given["PATH"]), folders_of(digest).news, MARKDOWN)),
        max_age_days=digest.max_age_days,
        now=utc_now(),
    )
    place = line_of_setting(str(args.settings), "SITEURL")
    said = [
        *check_address(siteurl, path=str(args.settings), line=place),
        *_style(digest.style, Path(given["THEME"])),
        *_left_with_lfs(Path(given["PATH"]), (*msgspec.structs.astuple(folders_of(digest)), *given["PAGE_PATHS"])),
    ]
    found = msgspec.structs.replace(found, diagnostics=(*said, *found.diagnostics))
    is_clean = all(d.severity is not Severity.ERROR for d in found.diagnostics)
    facts = "\n".join(summary(found, now=utc_now()))
    match args.format:
        case "json":
            sys.stdout.write(json_of(found.diagnostics, is_clean=is_clean, summary=facts_of(found)))
        case "github":
            # The files are not the repository's, so they stand in the text.
            say("\n".join((*(annotation(diagnostic, str(diagnostic)) for diagnostic in found.diagnostics), facts)))
            _add_to_job_summary(found, facts)
        case _:
            say("\n".join((*map(str, found.diagnostics), facts)))
    return Exit.DONE if is_clean else Exit.PROBLEMS


def _find_site(tar: Path | None, folder: Path, *, settings: Path) -> Published:
    """Return what is to be looked at."""
    place, how = (tar, f" --tar {tar}") if tar else (folder, "")
    try:
        site: Published = PublishedTar(tar) if tar else PublishedFolder(folder)
        if any(path == "index.html" for path, _ in site.files()):
            return site
        why = ""
    except (OSError, tarfile.TarError) as error:
        why = f" ({error})"
    raise CommandError(f"there is no site in {place}{why}; build it with `news-digest build -s {settings}{how}`")


def _style(style: str, theme: Path) -> tuple[Diagnostic, ...]:
    """Return what is wrong with the site's own style sheet, by its path from here."""
    return style_diagnostics(os.path.abspath(style), theme=theme, folder=Path.cwd()) if style else ()


def audit_site(site: Published, *, siteurl: str, host: str, items: int = 0, max_age_days: int, now: datetime) -> Audit:
    """Return the diagnostics of *site*.

    Args:
        siteurl: ``SITEURL`` it was built with.
        host: One of :data:`HOSTS`.
        items: How many item files it was built from; 0: nobody knows.
        max_age_days: See DIGEST_MAX_AGE_DAYS.
        now: Aware.
    """
    sizes: dict[str, int] = {}
    said: list[Diagnostic] = []
    for path, size in site.files():
        if size is None:
            hint = "replace it with a copy"
            said.append(diagnose("ND505", "a symbolic link is not published", path=path, hint=hint))
        else:
            sizes[path] = size
    checker = LinkChecker(sizes, siteurl=siteurl, broken=find_broken_pictures(site, sizes))
    published: dict[str, datetime] = {}
    for path in sorted(sizes):
        data = site.read(path)
        if path.endswith(".html") and (moment := published_time(data)):
            published[path] = moment
        try:
            document = read_document(path, data)
        except ValueError as error:
            said.append(diagnose("ND506", str(error), path=path, hint="build again; if it stays, it is a bug"))
            continue
        if document is not None:
            checker.add(path, document)
    moments = feed_moments(site.read(FEED)) if FEED in sizes else ()
    said += find_pointers(site, sizes.items())
    said += [*checker.diagnostics(), *check_names(sizes), *size_diagnostics(sizes, host=host, items=items)]
    said += [*check_age(moments, max_age_days=max_age_days, now=now), *check_ahead(published, now=now)]
    newest = newest_of(moments, now=now)
    return Audit(sizes=sizes, items=items, links=checker.count, newest=newest, diagnostics=tuple(sorted(said)))


def summary(found: Audit, *, now: datetime) -> Iterator[str]:
    """Yield what is true of the site, for people."""
    pages = count_pages(found.sizes)
    total = megabytes(sum(found.sizes.values()))
    yield f"{counted(len(found.sizes), 'file')}, {total}, {counted(pages, 'page')} with {counted(found.links, 'link')}"
    parts = (f"{part.path} {megabytes(part.bytes)}" for part in parts_of(found.sizes)[:LARGEST])
    yield f"largest: {', '.join(parts)}"
    yield f"largest files: {', '.join(f'{path} {megabytes(size)}' for path, size in largest_files(found.sizes))}"
    yield from _reach_lines(reaches(found.sizes, items=found.items))
    if found.newest is not None:
        yield f"newest item: {found.newest:%Y-%m-%d %H:%M} UTC, {counted(max((now - found.newest).days, 0), 'day')} ago"
    errors = sum(d.severity is Severity.ERROR for d in found.diagnostics)
    yield f"{counted(errors, 'error')}, {counted(len(found.diagnostics) - errors, 'warning')}"


def _reach_lines(found: tuple[Reach, ...]) -> Iterator[str]:
    """Yield at how many items each host's limit comes, as a table."""
    if found:
        yield "items that a host has room for, at the present size of an item:"
    items, hosts = ([f"{r.items:,}" for r in found], [r.host for r in found])
    for count, reach in zip(items, found, strict=True):
        yield f"  {count:>{max(map(len, items))}}  {reach.host:<{max(map(len, hosts))}}  {reach.limit}"


def facts_of(found: Audit) -> dict[str, int | str | dict[str, int]]:
    """Return the same for programs; sizes are bytes, and there is no ``newest`` where nobody knows it."""
    facts: dict[str, int | str | dict[str, int]] = {
        "items": found.items,
        "files": len(found.sizes),
        "bytes": sum(found.sizes.values()),
        "pages": count_pages(found.sizes),
        "links": found.links,
        "room": {reach.host: reach.items for reach in reaches(found.sizes, items=found.items)},
    }
    return facts if found.newest is None else {**facts, "newest": f"{found.newest:%Y-%m-%dT%H:%M:%SZ}"}


def _add_to_job_summary(found: Audit, facts: str) -> None:
    """Add what was found to the page of the run, where GitHub's runner offers a file for it."""
    path = os.environ.get("GITHUB_STEP_SUMMARY")
    if path:
        lines = "\n".join((*map(str, found.diagnostics), facts))
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(f"### What was built\n\n```text\n{lines}\n```\n")


def _left_with_lfs(content: Path, folders: Iterable[str]) -> Iterator[Diagnostic]:
    """Yield an error for each text below *folders* of *content* that could not be published as a page."""
    texts = [
        (f"{folder}/{name}", size)
        for folder in folders
        for name, size in PublishedFolder(content / folder).files()
        if size is not None and name.lower().endswith((*MARKDOWN, *YAML))
    ]
    return find_pointers(PublishedFolder(content), texts, shown=f"{Path(os.path.relpath(content)).as_posix()}/")
