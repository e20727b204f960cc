"""``news-digest serve``: the preview, with the terminal for its voice."""

from __future__ import annotations

import argparse
import signal
import threading
import time
import webbrowser
from contextlib import suppress
from types import FrameType
from typing import Final

from ..preview.address import base_path
from ..preview.door import THIS_MACHINE, Door, allowed_name, listen_address
from ..preview.owner import Wishes
from ..preview.session import NoPortError, RestartNeeded, Session
from .command import Exit, add_content, add_output, add_settings, require_file
from .terminal import complain, say

DEFAULT_PORT: Final = 8000
DESCRIPTION = (
    "Build the site, serve it, and rebuild it whenever a file changes; open pages reload by themselves. Only this "
    "machine can reach it unless you say otherwise."
)
EXAMPLES = """\
news-digest serve                  preview the site at http://127.0.0.1:8000/
news-digest serve --open           the same, and open it in a browser; /_desk/ is for editors
news-digest serve --drafts         with drafts and unpublished items, marked as such
news-digest serve --base /repo/    below a path, as on a GitHub project page
news-digest serve --host 0.0.0.0   in a container with a published port
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what ``serve`` can be told."""
    add_content(parser)
    add_settings(parser)
    add_output(parser)
    parser.add_argument("-p", "--port", type=int, default=DEFAULT_PORT, help="first port to try (default: %(default)s)")
    parser.add_argument(
        "--base",
        type=base_path,
        default="",
        help="serve the site below this path, such as /repo/, as on GitHub Pages (default: the path of SITEURL)",
    )
    parser.add_argument(
        "--host",
        type=listen_address,
        default=THIS_MACHINE.address,
        metavar="ADDRESS",
        help="listen on this address, such as 0.0.0.0 in a container; other machines can then reach it (default: "
        "%(default)s)",
    )
    parser.add_argument(
        "--allow-host",
        type=allowed_name,
        action="append",
        default=[],
        metavar="NAME",
        help="also answer to this name, such as https://name-8000.app.github.dev; can be repeated",
    )
    parser.add_argument(
        "--poll",
        action="store_true",
        help="poll files for changes, for network disks and containers where the system reports none",
    )
    parser.add_argument("--drafts", action="store_true", help="also show drafts and unpublished items, marked as such")
    parser.add_argument("--open", action="store_true", help="open the site in a browser")


def run(args: argparse.Namespace) -> int:
    """Build, serve and build again whenever something changes, until interrupted."""
    require_file(args.settings)
    session = Session(
        Wishes(
            settings=args.settings,
            content=args.content,
            output=args.output,
            base=args.base,
            shows_drafts=args.drafts,
            door=Door(address=args.host, allowed=tuple(args.allow_host)),
            polls=args.poll,
        ),
        say=_say,
        on_first_build=lambda url: _announce(url, desk=session.desk_url, opens_browser=args.open),
    )
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        session.open(port=args.port)
        session.run()
    except NoPortError as error:
        complain(f"{error}; choose another with --port")
        return Exit.PROBLEMS
    except RestartNeeded as needed:
        _say(f"{needed.path} changed: restarting")
        session.make_room()
    except KeyboardInterrupt:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # it is being done
        with suppress(BrokenPipeError):
            print()
    session.end()
    return Exit.DONE


def _announce(url: str, *, desk: str, opens_browser: bool) -> None:
    """Say where the site is, below all that the first build had to say, and where it can be edited."""
    with suppress(BrokenPipeError):
        say(f"Serving at {url}  (Ctrl-C stops)")
        if desk:
            say(f"The desk is at {desk}")
    if opens_browser:
        threading.Thread(target=webbrowser.open, args=(url,), daemon=True).start()


def _say(line: str) -> None:
    with suppress(BrokenPipeError):  # nobody reads it any more: no reason to stop
        say(f"{time.strftime('%H:%M:%S')}  {line}")


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
