"""One request to one host and its answer, under limits: the only door to the network."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from http.client import HTTPException
from typing import TYPE_CHECKING, Any, Final, Self
from urllib.parse import urlsplit

import msgspec
from urllib3.exceptions import HTTPError, ReadTimeoutError

from .guard import USUAL_PORTS
from .outcome import Outcome

if TYPE_CHECKING:
    from urllib3.connection import HTTPConnection
    from urllib3.response import HTTPResponse

    from .deadline import Deadline

# What it says of bad headers is said in a report.
logging.getLogger("urllib3").setLevel(logging.ERROR)

CHUNK_BYTES: Final = 64 * 1024


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What one file may cost.

    Attributes:
        connect_s: Until a host accepts a connection, TLS included.
        read_s: Between two parts of an answer; also for looking a host up.
        total_s: For one file in all, redirects included, however lively its hosts drip.
        max_bytes: Of a file, also once it is unpacked.
    """

    connect_s: float = 5.0
    read_s: float = 10.0
    total_s: float = 30.0
    max_bytes: int = 20 * 2**20


class FetchError(Exception):
    """There is no file to be had.

    Attributes:
        outcome: Why, as :class:`Outcome` says it; *about* is what that has beside the problem. Its ``url`` is ``""``.
    """

    def __init__(self, problem: str, **about: Any) -> None:  # noqa: ANN401 - of the types that it has there
        super().__init__(problem)
        self.outcome = Outcome(url="", problem=problem, **about)


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """Where one request goes."""

    scheme: str
    host: str
    port: int
    netloc: str
    path: str

    @classmethod
    def of(cls, url: str) -> Target:
        """Return where *url*, a clean address, leads."""
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            parts, port = urlsplit(""), None
        if parts.scheme not in USUAL_PORTS or not parts.hostname:
            raise FetchError("not an http or https URL", is_final=True)
        return cls(
            scheme=parts.scheme,
            host=parts.hostname,
            port=port or USUAL_PORTS[parts.scheme],
            netloc=parts.netloc,
            path=(parts.path or "/") + (f"?{parts.query}" if parts.query else ""),
        )


class Connections:
    """The connection of one thread that may be used once more: to the host that it asked last."""

    def __init__(self) -> None:
        self._kept: tuple[tuple[str, str, int], HTTPConnection] | None = None

    def take(self, target: Target) -> HTTPConnection | None:
        """Return the connection to *target*, if it is still there; any other is closed."""
        kept, self._kept = self._kept, None
        if kept is None:
            return None
        key, connection = kept
        if key == (target.scheme, target.host, target.port) and connection.is_connected:
            return connection
        connection.close()
        return None

    def put(self, target: Target, connection: HTTPConnection) -> None:
        """Keep *connection* for the next file."""
        self.close()
        self._kept = ((target.scheme, target.host, target.port), connection)

    def close(self) -> None:
        """Close what is kept."""
        if self._kept is not None:
            self._kept[1].close()
            self._kept = None


class Exchange:
    """One request and its answer."""

    def __init__(self, target: Target, connection: HTTPConnection, deadline: Deadline) -> None:
        self._target = target
        self._connection = connection
        self._deadline = deadline
        self._is_kept = False
        self._response: HTTPResponse | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._deadline.watch(None)
        if not self._is_kept:
            if self._response is not None:
                self._response.close()
            self._connection.close()

    def begin(self, headers: dict[str, str], *, method: str = "GET", body: str | None = None) -> Self:
        """Send the request and wait for the answer's status and headers; nothing stays open where none come."""
        self._deadline.watch(self._connection.sock)
        try:
            self._connection.request(
                method, self._target.path, body=body, headers=headers, preload_content=False, decode_content=False
            )
            self._response = self._connection.getresponse()
        except (HTTPError, HTTPException, OSError, ValueError, AttributeError) as error:
            failure = self._failure(error)
            self.__exit__()
            raise failure from None
        if self._deadline.is_over:  # headers that were cut off look like complete ones
            self.__exit__()
            raise late(self._deadline)
        return self

    @property
    def response(self) -> HTTPResponse:
        """The answer, which has begun."""
        assert self._response is not None  # noqa: S101 - begun before
        return self._response

    def body(self) -> Iterator[bytes]:
        """Yield the answer's body in parts, as it was sent."""
        response = self.response
        try:
            # Not urllib3's own stream: it reads the size of a chunk to the end of a line, however long a host makes it.
            while part := response.read(CHUNK_BYTES, decode_content=False):
                yield part
        except (HTTPError, HTTPException, OSError, ValueError, AttributeError) as error:
            raise self._failure(error) from None
        if self._deadline.is_over:  # what ended there may have been cut off
            raise late(self._deadline)

    def keep(self, connections: Connections) -> None:
        """Let the connection be used once more, now that the answer is complete."""
        if self._connection.sock is not None and not self._deadline.is_over:
            self._is_kept = True
            connections.put(self._target, self._connection)

    def _failure(self, error: Exception) -> FetchError:
        if self._deadline.is_over:
            return late(self._deadline)
        is_slow = isinstance(error, (TimeoutError, ReadTimeoutError))
        return FetchError(f"the answer was cut off: {words_of(error)}", is_slow=is_slow)


def late(deadline: Deadline) -> FetchError:
    """Return what is to be said when the time is up."""
    return FetchError(f"the host took longer than {deadline.total_s:g} s", is_slow=True)


def words_of(error: Exception) -> str:
    """Return what *error* says, without the objects that libraries print."""
    if isinstance(error, TimeoutError):
        return "no answer in time"
    if len(error.args) > 1 and isinstance(error.args[1], Exception):  # urllib3 wraps what http.client has to say
        return words_of(error.args[1])
    text = getattr(error, "strerror", None) or str(error).rpartition(">: ")[2] or type(error).__name__
    return str(text)[:160]
