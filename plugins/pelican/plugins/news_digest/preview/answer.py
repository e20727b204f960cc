"""What is sent to a browser: decided in several places, sent by :mod:`.server`."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

import msgspec

HTML: Final = "text/html; charset=utf-8"
TEXT: Final = "text/plain; charset=utf-8"


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What is sent.

    Attributes:
        body: What is sent, unless *path* names a file.
        path: The file to send, whatever its size.
        is_page: Whether the preview's script belongs into it.
    """

    status: HTTPStatus = HTTPStatus.OK
    kind: str = TEXT
    body: bytes = b""
    path: str = ""
    is_page: bool = False
    location: str = ""
    headers: tuple[tuple[str, str], ...] = ()
