"""Serve the feeds of three days on this machine: ``python tools/demo_feeds``, or ``make demo-feeds``.

Enter goes on to the next day. ``/sources.yaml`` is the file that names all feeds.
"""

from __future__ import annotations

import argparse
import sys
import threading
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
if not __package__:  # run as a folder: Python then looks for modules inside it, not for the package
    sys.path.insert(0, str(ROOT))

from tools.demo_feeds.server import serve  # noqa: E402  only now can it be found
from tools.demo_feeds.town import DAYS  # noqa: E402


def main() -> None:
    """Serve, and go through the days."""
    parser = argparse.ArgumentParser(prog="python tools/demo_feeds", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--port", type=int, default=8765, help="where to listen (default: %(default)s)")
    parser.add_argument("--day", type=int, choices=range(1, DAYS + 1), default=1, help="with which day to begin")
    parser.add_argument(
        "--today", type=date.fromisoformat, default=datetime.now(UTC).date(), help="the third day (default: today)"
    )
    args = parser.parse_args()
    server = serve(port=args.port, day=args.day, today=args.today)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"Twelve feeds of Port Ellery at {server.base}; {server.base}sources.yaml names them all.")
    with suppress(KeyboardInterrupt):
        while True:
            print(f"It is day {server.day} of {DAYS}." + (" Enter: the next day." if server.day < DAYS else ""))
            if not sys.stdin.readline():  # nobody is there to press Enter
                threading.Event().wait()
            server.day = min(server.day + 1, DAYS)


if __name__ == "__main__":
    main()
