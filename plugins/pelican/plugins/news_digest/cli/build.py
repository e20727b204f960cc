"""``news-digest build``: Pelican with the same settings, so the same bytes."""

from __future__ import annotations

import argparse
import json
import shutil
import tarfile
import time
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pelican import main as pelican_main
from pelican.plugins import signals

from ..disk.sealed import name_for
from ..errors import counted
from ..host.build import CACHE_FOLDER, TAR_KEY
from ..host.summary import last_build
from ..images.index import FOLDER as PICTURES
from ..output.changes import write_changes
from ..output.manifest import forget
from ..output.tar.pack import pack_folder
from ..settings import read_settings
from .command import CommandError, add_content, add_output, add_settings, site_settings
from .terminal import log_to_stdout, say

DESCRIPTION = "Build the site, byte for byte as `pelican` would. Files that did not change are left alone."
EXAMPLES = """\
news-digest build                       build the site in output/
news-digest build -s publishconf.py     the same, with the settings for publishing
news-digest build --fatal errors        fail if a file cannot be used
news-digest build --tar artifact.tar    the site as one tar, without an output folder
news-digest build --changed changed.json  list what differs from what was sent, for rsync, CDNs and `ping`
news-digest build --explain             say why each file was rendered
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what ``build`` can be told."""
    add_content(parser)
    add_settings(parser)
    where = parser.add_mutually_exclusive_group()
    add_output(where)
    where.add_argument("--tar", type=Path, metavar="FILE", help="write the site to this tar, and to no output folder")
    parser.add_argument(
        "--changed", type=Path, metavar="FILE", help="write to FILE what differs from what was sent, as JSON"
    )
    parser.add_argument(
        "--fatal",
        choices=("errors", "warnings"),
        default="",
        help="fail with exit code 1 on content errors or warnings",
    )
    parser.add_argument("--explain", action="store_true", help="say why each file was rendered")
    parser.add_argument("--fresh", action="store_true", help="ignore the caches of earlier builds")


def run(args: argparse.Namespace) -> int:
    """Write the site once; return 1 when the build failed or had fatal reports, 2 when the settings are broken."""
    given = site_settings(args.settings, output=args.output)
    if args.changed:
        _require_outside(args, Path(given["OUTPUT_PATH"]))
    if args.fresh:
        _forget(Path(given["CACHE_PATH"], CACHE_FOLDER))
    log_to_stdout()
    arguments = ["-s", str(args.settings)]
    arguments += [str(args.content)] if args.content else []
    arguments += ["--fatal", args.fatal] if args.fatal else []
    try:
        seen_ns = time.time_ns()
        if args.tar:
            _build_tar(args.tar.absolute(), arguments, given)
        else:
            _run_pelican([*arguments, *(["-o", str(args.output)] if args.output else [])])
        if args.changed:
            _list_changes(args.changed, given, output=args.tar or Path(given["OUTPUT_PATH"]), seen_ns=seen_ns)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    if args.explain and (build := last_build()) is not None:
        for save_as, reason in build.performed.rendered.items():
            say(f"{save_as}: {reason}")
    return 0


def _run_pelican(arguments: list[str]) -> None:
    """Let Pelican build.

    Raises:
        KeyboardInterrupt: Ctrl-C, after which Pelican ends as if the site were there.
        SystemExit: As Pelican's.
    """
    has_ended = False

    def end(_: object) -> None:
        nonlocal has_ended
        has_ended = True

    with signals.finalized.connected_to(end):
        pelican_main(arguments)
    if not has_ended:
        raise KeyboardInterrupt


def _require_outside(args: argparse.Namespace, output: Path) -> None:
    """Raise a CommandError where the list of changes would be published."""
    if args.changed.resolve().is_relative_to(output.resolve()):
        raise CommandError(f"{args.changed} lies in the output folder and would be published; put it beside {output}")


def _list_changes(target: Path, given: dict[str, Any], *, output: Path, seen_ns: int) -> None:
    """Write what differs from what was sent."""
    cache = Path(given["CACHE_PATH"], CACHE_FOLDER) if read_settings(given).cache else None
    try:
        write_changes(output, target, cache=cache, seen_ns=seen_ns)
    except (OSError, tarfile.TarError) as error:
        raise CommandError(f"{target} cannot be written: {error}") from error


def _build_tar(tar: Path, arguments: list[str], given: dict[str, Any]) -> None:
    """Build the site into *tar*.

    Pelican and other plugins get a folder of its own to write to. Where nobody writes after us, the tar has taken from
    it what there was; else it holds the whole site, and is packed.

    Raises:
        CommandError: *tar* is a folder, or cannot be written.
        KeyboardInterrupt, SystemExit: See :func:`_run_pelican`.
    """
    if tar.is_dir():
        raise CommandError(f"{tar} is a folder; name the tar itself, such as {tar / 'artifact.tar'}")
    with ExitStack() as stack:
        if read_settings(given).cache:
            name = name_for(tar.resolve())
            folder = Path(given["CACHE_PATH"], CACHE_FOLDER, f"tar-{name}").absolute()
        else:
            folder = Path(stack.enter_context(TemporaryDirectory(prefix="news-digest-")))
        _run_pelican([*arguments, "-o", str(folder), "-e", f"{TAR_KEY}={json.dumps(str(tar))}"])
        if (build := last_build()) is not None and build.is_tar:
            return
        try:
            count = pack_folder(folder, tar)
        except OSError as error:
            raise CommandError(f"{tar} cannot be written: {error}") from error
        say(f"{counted(count, 'file')} packed from a folder, because other plugins or another theme write to the site")


def _forget(cache: Path) -> None:
    """Forget what was read and what is fresh; not what is ours to remove, nor pictures, which no build makes."""
    forget(cache)
    for path in cache.glob("*"):
        if path.name == PICTURES or path.name.startswith("output-"):
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
