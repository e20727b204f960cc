"""Where the preview listens, and under which names it answers."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

import msgspec

LOOPBACK: Final = "127.0.0.1"
_OWN_NAMES: Final = frozenset({LOOPBACK, "localhost", "[::1]"})


class Door(msgspec.Struct, frozen=True, kw_only=True):
    """Where the preview can be reached; by default from this machine only.

    Attributes:
        address: The IP address it listens at; ``0.0.0.0`` and ``::`` are all that this machine has.
        allowed: More names it answers to, as :func:`allowed_name` returns them: a host, or a scheme and a host.
    """

    address: str = LOOPBACK
    allowed: tuple[str, ...] = ()

    @property
    def is_open_to_all(self) -> bool:
        """Whether it listens at every address of this machine."""
        return ip_address(self.address).is_unspecified

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can connect to it."""
        return ip_address(self.address).is_loopback

    def knows(self, hosts: Iterable[str]) -> bool:
        """Whether the ``Host`` headers of a request name this preview: exactly one, whatever the port.

        A stranger's page can lead a name of its own to this machine, and would read what that name answers; so an
        address that everybody may connect to answers to no more names than another one.
        """
        given = list(hosts)
        if len(given) != 1:
            return False
        name, port = _split(given[0].strip())
        return name.lower() in self._names and (not port or (port.isascii() and port.isdigit()))

    def origin(self, host: str) -> str:
        """Return scheme and host of a request for *host*, its ``Host`` header: as the browser knows them."""
        host = host.strip()
        name = _split(host)[0].lower()
        is_safe = any(urlsplit(text).scheme == "https" and _name_of(text) == name for text in self.allowed)
        return f"{'https' if is_safe else 'http'}://{host}"

    def url(self, port: int) -> str:
        """Return the address to open: the first name that was allowed, else where it listens, without a path."""
        for text in self.allowed:
            return text if "://" in text else f"http://{text}" if _split(text)[1] else f"http://{text}:{port}"
        return f"http://{LOOPBACK if self.is_open_to_all else _bracketed(self.address)}:{port}"

    @property
    def _names(self) -> frozenset[str]:
        own = () if self.is_open_to_all else (_bracketed(self.address),)
        return frozenset({*_OWN_NAMES, *own, *map(_name_of, self.allowed)})


THIS_MACHINE: Final = Door()


def listen_address(text: str) -> str:
    """Return the IP address to listen at; of names only ``localhost`` is one.

    Raises:
        ValueError: *text* is none.
    """
    text = text.strip().removeprefix("[").removesuffix("]")
    return LOOPBACK if text.lower() == "localhost" else str(ip_address(text))


def allowed_name(text: str) -> str:
    """Return the name that *text* allows: ``name``, ``name:port``, or an origin such as ``https://name``.

    Raises:
        ValueError: It is none of these.
    """
    text = text.strip().lower().removesuffix("/")
    if ":" in text and "://" not in text and text.count(":") > 1 and not text.startswith("["):
        text = _bracketed(str(ip_address(text)))
    parts = urlsplit(text if "://" in text else f"http://{text}")
    _ = parts.port  # read from the text when it is asked for
    is_plain = parts.scheme in {"http", "https"} and parts.hostname and parts.username is None
    if not is_plain or parts.path or parts.query or parts.fragment or any(mark in text for mark in "*,\\ "):
        raise ValueError(text)
    return text


def _name_of(allowed: str) -> str:
    return _split(allowed.rpartition("://")[2])[0]


def _split(host: str) -> tuple[str, str]:
    """Return name and port of a ``Host`` header."""
    name, colon, port = host.rpartition(":")
    return (name, port) if colon and not host.endswith("]") else (host, "")


def _bracketed(address: str) -> str:
    return f"[{address}]" if ":" in address else address
