"""One picture over HTTP, from a host that may be anybody.

The address that is connected to is the one that was checked (docs/decisions/0022); time, size and redirects have
limits; nothing that a host sends is believed but its bytes.
"""

from __future__ import annotations

import hashlib
import os
import socket
import ssl
import threading
import zlib
from contextlib import suppress
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from ..disk.sniff import HEAD_BYTES, describe, picture_format
from ..text.address import AddressError, clean_address
from .deadline import Deadline, answer_within
from .exchange import Connections, Exchange, FetchError, Limits, Target, late, words_of
from .outcome import Ask, Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from urllib3.response import HTTPResponse

    from .guard import Allowed

MAX_REDIRECTS: Final = 5
MAX_ADDRESSES: Final = 3
OK, NOT_MODIFIED = 200, 304
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
# Those that may be otherwise next time, beside everything from 500 on.
_PASSING: Final = frozenset({408, 425, 429})
_SERVER_ERROR: Final = 500
_GZIP_OR_ZLIB: Final = 32 + zlib.MAX_WBITS
_ENCODINGS: Final = frozenset({"gzip", "x-gzip", "deflate"})
MAX_WAIT_S: Final = 24 * 3600


class PictureClient:
    """Asks hosts for pictures. It may be used by several threads; each keeps :class:`Connections` of its own.

    Args:
        sources: Where pictures are kept, by the digest of their bytes.
        allowed: Which hosts may be asked.
        limits: What a picture may cost.
        agent: Who asks.
        clock: Seconds, from any start; it never goes back.
        resolve: Host and port → IP addresses.
        tls: Whose certificates are believed; None: whose the system believes.
    """

    def __init__(  # noqa: PLR0913 - each is one thing of the world, and is named
        self,
        sources: Path,
        *,
        allowed: Allowed,
        limits: Limits,
        agent: str,
        clock: Callable[[], float],
        resolve: Callable[[str, int], tuple[str, ...]] | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._sources = sources
        self._allowed = allowed
        self._limits = limits
        self._agent = agent
        self._clock = clock
        self._resolve = resolve or lru_cache(maxsize=4096)(resolve_host)
        self._tls = tls or ssl.create_default_context()

    def get(self, ask: Ask, connections: Connections) -> Outcome:
        """Ask for one picture, following redirects; every host on the way is checked."""
        try:
            with Deadline(self._limits.total_s, clock=self._clock) as deadline:
                return self._follow(ask, connections, deadline)
        except FetchError as error:
            return Outcome(
                url=ask.url,
                problem=str(error),
                is_final=error.is_final,
                is_unreachable=error.is_unreachable,
                is_slow=error.is_slow,
                wait_s=error.wait_s,
            )

    def _follow(self, ask: Ask, connections: Connections, deadline: Deadline) -> Outcome:
        url = ask.url
        for _ in range(1 + MAX_REDIRECTS):
            target = Target.of(url)
            with Exchange(target, self._open(target, connections, deadline), deadline) as exchange:
                response = exchange.ask(self._headers(target, ask))
                if response.status in _REDIRECTS:
                    url = _joined(url, response.headers.get("Location", ""))
                    continue
                if response.status == NOT_MODIFIED and ask.source:
                    exchange.keep(connections)
                    return Outcome(url=ask.url, source=ask.source, etag=ask.etag, modified=ask.modified)
                if response.status != OK:
                    raise _refusal(response)
                digest, size_bytes = self._receive(exchange, response)
                exchange.keep(connections)
                return Outcome(
                    url=ask.url,
                    source=digest,
                    etag=response.headers.get("ETag", "")[:200],
                    modified=response.headers.get("Last-Modified", "")[:100],
                    size_bytes=size_bytes,
                )
        msg = f"more than {MAX_REDIRECTS} redirects"
        raise FetchError(msg, is_final=True)

    def _headers(self, target: Target, ask: Ask) -> dict[str, str]:
        headers = {
            "Host": target.netloc,
            "User-Agent": self._agent,
            "Accept": "image/avif,image/webp,image/png,image/jpeg,image/gif,image/*;q=0.5",
            "Accept-Encoding": "identity",
        }
        if ask.source and ask.etag:
            headers["If-None-Match"] = ask.etag
        if ask.source and ask.modified:
            headers["If-Modified-Since"] = ask.modified
        return headers

    def _open(self, target: Target, connections: Connections, deadline: Deadline) -> HTTPConnection:
        """Return a connection to one of the addresses of *target* that were checked."""
        kept = connections.take(target)
        if kept is not None:
            return kept
        problem = self._allowed.problem(target.host, target.port)
        if problem:
            raise FetchError(problem, is_final=True)
        try:
            patience_s = min(self._limits.read_s, deadline.left_s)
            found = answer_within(patience_s, partial(self._resolve, target.host, target.port))
        except TimeoutError:
            msg = f"the host {target.host} was not found in time"
            raise FetchError(msg, is_unreachable=True) from None
        except (OSError, UnicodeError) as error:
            msg = f"the host {target.host} is unknown: {getattr(error, 'strerror', None) or error}"
            raise FetchError(msg, is_unreachable=True) from None
        addresses = self._allowed.usable(target.host, target.port, found)
        if not addresses:
            msg = f"the host {target.host} has a private address, and DIGEST_IMAGE_ALLOW_HOSTS does not name it"
            raise FetchError(msg, is_final=True)
        failure = ""
        for address in addresses[:MAX_ADDRESSES]:
            if deadline.is_over:
                raise late(deadline)
            connection = self._connection(target, address, min(self._limits.connect_s, deadline.left_s))
            try:
                connection.connect()
            except (HTTPError, OSError, ValueError) as error:
                connection.close()
                failure = words_of(error)
            else:
                connection.timeout = self._limits.read_s
                return connection
        msg = f"the host {target.host} cannot be reached: {failure}"
        raise FetchError(msg, is_unreachable=True)

    def _connection(self, target: Target, address: str, timeout_s: float) -> HTTPConnection:
        """Return a connection to *address* itself, on which the host's name is only spoken."""
        if target.scheme == "http":
            return HTTPConnection(address, target.port, timeout=timeout_s)
        return HTTPSConnection(
            address,
            target.port,
            timeout=timeout_s,
            ssl_context=self._tls,
            server_hostname=target.host,
        )

    def _receive(self, exchange: Exchange, response: HTTPResponse) -> tuple[str, int]:
        """Keep the picture that *response* brings; return its digest, and how much came over the network."""
        limit = self._limits.max_bytes
        stated = response.headers.get("Content-Length", "")
        if stated.isdecimal() and int(stated) > limit:
            raise FetchError(_too_large(limit), is_final=True)
        part = self._sources / f"{os.getpid()}-{threading.get_ident()}.part"
        digest, received, size, head = hashlib.blake2b(digest_size=16), 0, 0, b""
        is_known = False
        try:
            with open(part, "wb") as file:
                for raw, data in _unpacked(exchange.body(), response.headers.get("Content-Encoding", ""), limit):
                    received += raw
                    size += len(data)
                    if max(size, received) > limit:
                        raise FetchError(_too_large(limit), is_final=True)
                    if not is_known:
                        head += data[:HEAD_BYTES]
                        is_known = len(head) >= HEAD_BYTES and _is_picture(head)
                    digest.update(data)
                    file.write(data)
            if not is_known:
                _is_picture(head)
            name = digest.hexdigest()
            target = self._sources / name[:2] / name
            target.parent.mkdir(exist_ok=True)
            os.replace(part, target)
        finally:
            with suppress(OSError):
                part.unlink()
        return name, received


def _unpacked(parts: Iterator[bytes], encoding: str, limit: int) -> Iterator[tuple[int, bytes]]:
    """Yield for each of *parts* its size, and its bytes unpacked; never more than *limit* and one byte at once."""
    encoding = encoding.strip().lower()
    if encoding in {"", "identity"}:
        yield from ((len(part), part) for part in parts)
        return
    if encoding not in _ENCODINGS:
        msg = f"compressed as {encoding[:20]!r}, which was not requested"
        raise FetchError(msg, is_final=True)
    unpacker = zlib.decompressobj(_GZIP_OR_ZLIB)
    try:
        for part in parts:
            yield len(part), unpacker.decompress(part, limit + 1)
            if unpacker.unconsumed_tail:  # there is more than may be
                raise FetchError(_too_large(limit), is_final=True)
    except zlib.error:
        msg = "compressed, and damaged"
        raise FetchError(msg, is_final=True) from None
    if not unpacker.eof:
        msg = "compressed, and cut off"
        raise FetchError(msg)


def _is_picture(head: bytes) -> bool:
    """Return True for the first bytes of a picture.

    Raises:
        FetchError: They are of anything else.
    """
    if not picture_format(head):
        msg = f"is {describe(head)}"
        raise FetchError(msg, is_final=True)
    return True


def resolve_host(host: str, port: int) -> tuple[str, ...]:
    """Return the IP addresses of *host*, each once, in the system's order.

    Raises:
        OSError: Nobody knows it.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(address[0]) for *_, address in found))


def _joined(url: str, location: str) -> str:
    try:
        return clean_address(urljoin(url, location)) if location else _nowhere()
    except (AddressError, ValueError) as error:
        msg = f"redirected to a URL that cannot be fetched: {error}"
        raise FetchError(msg, is_final=True) from None


def _nowhere() -> str:
    msg = "a redirect without a URL"
    raise FetchError(msg, is_final=True)


def _refusal(response: HTTPResponse) -> FetchError:
    status = response.status
    passes = status >= _SERVER_ERROR or status in _PASSING
    after = response.headers.get("Retry-After", "")
    wait_s = min(int(after), MAX_WAIT_S) if passes and after.isdecimal() else 0
    return FetchError(f"the host answered {status}", is_final=not passes, wait_s=wait_s)


def _too_large(limit: int) -> str:
    return f"larger than {limit / 2**20:g} MB"
