"""One file over HTTP, from a host that may be anybody.

The address that is connected to is the one that was checked (docs/decisions/0022); time, size and redirects have
limits; nothing that a host sends is believed but its bytes.
"""

from __future__ import annotations

import hashlib
import os
import re
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin

import brotli
import msgspec
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from ..text.address import AddressError, clean_address
from .deadline import Deadline, answer_within
from .exchange import Connections, Exchange, FetchError, Limits, Target, late, words_of
from .outcome import Ask, Outcome, Wants

if TYPE_CHECKING:
    from urllib3.response import HTTPResponse

    from .guard import Allowed

MAX_REDIRECTS: Final = 5
MAX_ADDRESSES: Final = 3
OK, NOT_MODIFIED = 200, 304
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_FOR_GOOD: Final = frozenset({301, 308})
# Those that may be otherwise next time, beside everything from 500 on.
_PASSING: Final = frozenset({408, 425, 429})
_SERVER_ERROR: Final = 500
_GOOD: Final = frozenset(range(200, 300))
# Nobody knows the host, or an address of it; a resolver that does not answer says neither.
_UNKNOWN_HOST: Final = frozenset({socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)})
_GZIP_OR_ZLIB: Final = 32 + zlib.MAX_WBITS
_ENCODINGS: Final = frozenset({"gzip", "x-gzip", "deflate"})
_BROTLI: Final = "br"
_MAX_AGE: Final = re.compile(r"(?:\A|[,\s])max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)
MAX_WAIT_S: Final = 24 * 3600


class Client:
    """Asks hosts for files. It may be used by several threads; each keeps :class:`Connections` of its own.

    Args:
        sources: Where files are kept, by the digest of their bytes.
        limits: What a file may cost.
        resolve: Host and port → IP addresses.
        tls: Whose certificates are believed; None: whose the system believes.
    """

    def __init__(  # noqa: PLR0913 - each is one thing of the world, and is named
        self,
        sources: Path,
        *,
        wants: Wants,
        allowed: Allowed,
        limits: Limits,
        agent: str,
        resolve: Callable[[str, int], tuple[str, ...]] | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._sources = sources
        self._wants = wants
        self._allowed = allowed
        self._limits = limits
        self._agent = agent
        self._resolve = resolve or lru_cache(maxsize=4096)(resolve_host)
        self._tls = tls or ssl.create_default_context()

    def get(self, ask: Ask, connections: Connections) -> Outcome:
        """Ask for one file, following redirects; every host on the way is checked."""
        started = time.monotonic()
        outcome = self._get(ask, connections)
        return msgspec.structs.replace(outcome, took_s=round(time.monotonic() - started, 1))

    def _get(self, ask: Ask, connections: Connections) -> Outcome:
        try:
            with Deadline(self._limits.total_s) as deadline:
                return self._follow(ask, connections, deadline)
        except FetchError as error:
            return msgspec.structs.replace(error.outcome, url=ask.url)

    def _follow(self, ask: Ask, connections: Connections, deadline: Deadline) -> Outcome:
        url = moved_to = ask.url
        method = "POST" if ask.form else "HEAD" if ask.is_look else "GET"
        for _ in range(1 + MAX_REDIRECTS + ask.is_look):
            target = Target.of(url)
            with self._ask(target, ask, connections, deadline, method) as exchange:
                response = exchange.response
                if response.status in _REDIRECTS and not ask.form:  # a form is for whom it was meant
                    url = _joined(url, response.headers.get("Location", ""))
                    moved_to = url if moved_to and response.status in _FOR_GOOD else ""
                    continue
                if method == "HEAD" and response.status not in _GOOD | _PASSING:
                    method = "GET"  # many hosts do not know HEAD, or answer it wrongly
                    continue
                about = Outcome(
                    url=ask.url,
                    source=ask.source,
                    etag=response.headers.get("ETag", "")[:200],
                    modified=response.headers.get("Last-Modified", "")[:100],
                    status=response.status,
                    found_at=url,
                    moved_to=moved_to if moved_to != ask.url else "",
                    content_type=response.headers.get("Content-Type", "")[:200],
                    max_age_s=_max_age_s(response),
                )
                if response.status == NOT_MODIFIED and (ask.etag or ask.modified):
                    exchange.keep(connections)
                    return msgspec.structs.replace(
                        about, etag=about.etag or ask.etag, modified=about.modified or ask.modified
                    )
                if (ask.is_look or ask.form) and response.status in _GOOD:
                    return about
                if response.status != OK:
                    raise _refusal(response)
                digest, size_bytes = self._receive(exchange, response)
                exchange.keep(connections)
                return msgspec.structs.replace(about, source=digest, size_bytes=size_bytes)
        raise FetchError(f"more than {MAX_REDIRECTS} redirects", is_final=True)

    def _ask(self, target: Target, ask: Ask, connections: Connections, deadline: Deadline, method: str) -> Exchange:
        """Return the exchange with *target*, whose answer has begun."""
        headers = self._headers(target, ask)
        kept = connections.take(target)
        if kept is not None:
            # Its host may have hung up in the very moment: that is no answer.
            try:
                return Exchange(target, kept, deadline).begin(headers, method=method, body=ask.form or None)
            except FetchError as error:
                if error.outcome.is_slow or deadline.is_over:
                    raise
        exchange = Exchange(target, self._open(target, deadline), deadline)
        return exchange.begin(headers, method=method, body=ask.form or None)

    def _headers(self, target: Target, ask: Ask) -> dict[str, str]:
        headers = {
            "Host": target.netloc,
            "User-Agent": self._agent,
            "Accept": self._wants.accept,
            "Accept-Encoding": self._wants.encodings,
        }
        if ask.form:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        if ask.etag:
            headers["If-None-Match"] = ask.etag
        if ask.modified:
            headers["If-Modified-Since"] = ask.modified
        return headers

    def _open(self, target: Target, deadline: Deadline) -> HTTPConnection:
        """Return a connection to one of the addresses of *target* that were checked."""
        problem = self._allowed.problem(target.host, target.port)
        if problem:
            raise FetchError(problem, is_final=True)
        try:
            patience_s = min(self._limits.read_s, deadline.left_s)
            found = answer_within(patience_s, partial(self._resolve, target.host, target.port))
        except TimeoutError:
            raise FetchError(f"the host {target.host} was not found in time", is_unreachable=True) from None
        except (OSError, UnicodeError) as error:
            msg = f"the host {target.host} is unknown: {getattr(error, 'strerror', None) or error}"
            is_unknown = getattr(error, "errno", None) in _UNKNOWN_HOST
            raise FetchError(msg, is_unreachable=True, is_unknown=is_unknown) from None
        addresses = self._allowed.usable(target.host, target.port, found)
        if not addresses:
            msg = f"the host {target.host} has a private address, and {self._allowed.named_by} does not name it"
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
        raise FetchError(f"the host {target.host} cannot be reached: {failure}", is_unreachable=True)

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
        """Keep the file that *response* brings; return its digest, and how much came over the network."""
        limit = self._limits.max_bytes
        stated = response.headers.get("Content-Length", "")
        if stated.isdecimal() and int(stated) > limit:
            raise FetchError(_too_large(limit), is_final=True)
        part = self._sources / f"{os.getpid()}-{threading.get_ident()}.part"
        digest, received, size, head = hashlib.blake2b(digest_size=16), 0, 0, b""
        is_known = False
        try:
            with open(part, "wb") as file:
                for raw, data in _unpacked(exchange.body(), self._encoding_of(response), limit):
                    received += raw
                    size += len(data)
                    if max(size, received) > limit:
                        raise FetchError(_too_large(limit), is_final=True)
                    if not is_known:
                        head += data[: self._wants.head_bytes]
                        is_known = len(head) >= self._wants.head_bytes
                        if is_known:
                            self._require_wanted(head)
                    digest.update(data)
                    file.write(data)
            if not is_known:
                self._require_wanted(head)
            name = digest.hexdigest()
            target = self._sources / name[:2] / name
            target.parent.mkdir(exist_ok=True)
            os.replace(part, target)
        finally:
            with suppress(OSError):
                part.unlink()
        return name, received

    def _encoding_of(self, response: HTTPResponse) -> str:
        """Return what the answer is packed with; ``""`` for nothing."""
        encoding: str = response.headers.get("Content-Encoding", "").strip().lower()
        if encoding in {"", "identity"}:
            return ""
        # Brotli where it was asked for alone: few send it unasked, and browsers would not take it either.
        if encoding not in _ENCODINGS and not (encoding == _BROTLI and _BROTLI in self._wants.encodings):
            raise FetchError(f"compressed as {encoding[:20]!r}, which was not requested", is_final=True)
        return encoding

    def _require_wanted(self, head: bytes) -> None:
        """Raise a FetchError unless what is wanted begins with *head*."""
        if problem := self._wants.problem(head):
            raise FetchError(problem, is_final=True)


class _Brotli:
    """Unpacks as zlib's own object does: never more than it is told to at once."""

    def __init__(self) -> None:
        self._inner = brotli.Decompressor()
        self.unconsumed_tail = b""

    def decompress(self, part: bytes, limit: int) -> bytes:
        data: bytes = self._inner.process(part, output_buffer_limit=limit)
        self.unconsumed_tail = b"" if self._inner.can_accept_more_data() or self.eof else b"more"
        return data

    @property
    def eof(self) -> bool:
        return bool(self._inner.is_finished())


def _unpacked(parts: Iterator[bytes], encoding: str, limit: int) -> Iterator[tuple[int, bytes]]:
    """Yield for each of *parts* its size, and its bytes unpacked; never more than *limit* and one byte at once."""
    if not encoding:
        yield from ((len(part), part) for part in parts)
        return
    unpacker = _Brotli() if encoding == _BROTLI else zlib.decompressobj(_GZIP_OR_ZLIB)
    try:
        for part in parts:
            yield len(part), unpacker.decompress(part, limit + 1)
            if unpacker.unconsumed_tail:  # there is more than may be
                raise FetchError(_too_large(limit), is_final=True)
    except (zlib.error, brotli.error):
        raise FetchError("compressed, and damaged", is_final=True) from None
    if not unpacker.eof:
        raise FetchError("compressed, and cut off")


def resolve_host(host: str, port: int) -> tuple[str, ...]:
    """Return the IP addresses of *host*, each once, in the system's order.

    Raises:
        OSError: Nobody knows it.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(address[0]) for *_, address in found))


def _joined(url: str, location: str) -> str:
    if not location:
        raise FetchError("a redirect without a URL", is_final=True)
    try:
        return clean_address(urljoin(url, location))
    except (AddressError, ValueError) as error:
        raise FetchError(f"redirected to a URL that cannot be fetched: {error}", is_final=True) from None


def _refusal(response: HTTPResponse) -> FetchError:
    status = response.status
    passes = status >= _SERVER_ERROR or status in _PASSING
    wait_s = _wait_s(response.headers.get("Retry-After", "").strip()) if passes else 0
    return FetchError(f"the host answered {status}", is_final=not passes, wait_s=wait_s, status=status)


def _wait_s(after: str) -> int:
    """Return how long *after*, a number of seconds or a date, wants us to wait; at most a day."""
    if after.isdecimal() and len(after) < len(str(2**31)):
        return min(int(after), MAX_WAIT_S)
    try:
        moment = parsedate_to_datetime(after)
        left_s = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - datetime.now(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return 0
    return max(0, min(int(left_s.total_seconds()), MAX_WAIT_S))


def _max_age_s(response: HTTPResponse) -> int:
    found = _MAX_AGE.search(response.headers.get("Cache-Control", ""))
    return min(int(found[1]), MAX_WAIT_S) if found else 0


def _too_large(limit: int) -> str:
    return f"larger than {limit / 2**20:g} MB"
