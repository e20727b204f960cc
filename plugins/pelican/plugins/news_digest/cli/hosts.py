"""Which hosts a command may ask, and as whom: what ``images``, ``import`` and ``sources`` share."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from ..errors import SettingError
from ..network.guard import Allowed, is_host_and_port
from ..package import __version__


def add_allow_host(parser: argparse.ArgumentParser) -> None:
    """Declare ``--allow-host``."""
    parser.add_argument(
        "--allow-host",
        action="append",
        default=[],
        metavar="HOST:PORT",
        help="allow this host although its IP address is private; can be repeated",
    )


def allowed_hosts(hosts: Sequence[str], *, named_by: str) -> Allowed:
    """Return which hosts may be asked: all public ones, and *hosts*.

    Args:
        named_by: The setting or the option that lists them.

    Raises:
        SettingError: One of them is not ``HOST:PORT``.
    """
    wrong = [f"{host!r} is not HOST:PORT, such as files.lan:8080" for host in hosts if not is_host_and_port(host)]
    if wrong:
        raise SettingError(wrong)
    return Allowed(hosts, named_by=named_by)


def agent(url: object) -> str:
    """Return who asks: the software, and the site's address."""
    return f"NewsDigest/{__version__}" + (f" (+{url})" if url else "")
