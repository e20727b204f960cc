"""Who may see the desk, and whose forms it obeys: this machine's own browser, on a page of the desk. Pure."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from http import HTTPStatus
from ipaddress import ip_address
from typing import Final
from urllib.parse import parse_qs

import msgspec

from ...text.address import parts_of

MAX_FORM_BYTES: Final = 1 << 16
MAX_FIELDS: Final = 20
FORM: Final = "application/x-www-form-urlencoded"
_OWN_NAMES: Final = frozenset({"127.0.0.1", "localhost", "[::1]"})
# What a browser says of a page that is shown in a tab, and of a form that the desk itself sends; old ones say nothing.
_DOCUMENT: Final = ("document",)
_SAME_ORIGIN: Final = ("same-origin",)
# What a proxy or a tunnel adds: then whoever asks is somewhere else, whatever name stands in Host.
_CARRIED: Final = ("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip")


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A request, as far as it says who makes it.

    Attributes:
        listens_at: The IP address that the preview listens at.
        headers: By name in lower case, each as often as it was sent.
    """

    listens_at: str
    peer: str
    headers: Mapping[str, tuple[str, ...]]

    def one(self, name: str) -> str:
        """Return the value of a header that was sent once; ``""`` for none, and for several."""
        values = self.headers.get(name, ())
        return values[0].strip() if len(values) == 1 else ""


class Refused(msgspec.Struct, frozen=True):
    """Why a request is not obeyed: the status, and one sentence each for what is wrong and what to do."""

    status: HTTPStatus
    reason: str
    hint: str = ""


def refusal_to_show(asked: Asked) -> Refused | None:
    """Return why the desk does not answer at all; None: it does.

    The desk has no password, so it is for the one who sits at this machine.
    """
    if not (_is_loopback(asked.listens_at) and _is_loopback(asked.peer)):
        hint = "start it without --host, and reach it by a tunnel: ssh -L 8000:127.0.0.1:8000 name@machine"
        return Refused(HTTPStatus.FORBIDDEN, "The desk is for this machine alone.", hint)
    host = asked.one("host")
    if _name_of(host) not in _OWN_NAMES:
        hint = "open it as 127.0.0.1 or localhost"
        return Refused(HTTPStatus.MISDIRECTED_REQUEST, "The desk does not answer to this name.", hint)
    if any(name in asked.headers for name in _CARRIED):
        return Refused(HTTPStatus.FORBIDDEN, "The desk does not answer through a proxy.", "use an ssh tunnel instead")
    # The site behind the desk has the same origin: what runs on its pages is not to read the token out of one of ours.
    if asked.headers.get("sec-fetch-dest", _DOCUMENT) != _DOCUMENT:
        return Refused(HTTPStatus.FORBIDDEN, "The desk is a page of its own, and no part of another.")
    return None


def refusal_to_act(asked: Asked, *, form: Mapping[str, str], token: str) -> Refused | None:
    """Return why a form is not obeyed; None: it is one of the desk's own pages that sends it."""
    if (refused := refusal_to_show(asked)) is not None:
        return refused
    came_from = asked.one("origin") or _origin_of(asked.one("referer"))
    if came_from != f"http://{asked.one('host')}".lower():
        return Refused(HTTPStatus.FORBIDDEN, "This form was not sent from the desk.", "open the desk and use its own")
    if asked.headers.get("sec-fetch-site", _SAME_ORIGIN) != _SAME_ORIGIN:
        return Refused(HTTPStatus.FORBIDDEN, "This form was sent by another site.")
    if not form.get("token"):
        return Refused(HTTPStatus.FORBIDDEN, "This form has no token.", "open the desk and use its own")
    if not hmac.compare_digest(form["token"].encode("utf-8", "replace"), token.encode()):
        hint = "the preview was started anew since then; open the desk again"
        return Refused(HTTPStatus.FORBIDDEN, "This page of the desk is too old.", hint)
    return None


def refusal_of_body(asked: Asked) -> Refused | None:
    """Return why the body of a request is not read; None: it is a form of a reasonable length."""
    if "transfer-encoding" in asked.headers:
        return Refused(HTTPStatus.LENGTH_REQUIRED, "A form says how long it is.")
    if asked.one("content-type").partition(";")[0].strip().lower() != FORM:
        return Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "The desk takes plain forms.")
    length = asked.one("content-length")
    if not (length.isascii() and length.isdigit()):
        return Refused(HTTPStatus.LENGTH_REQUIRED, "A form says how long it is.")
    if len(length) > len(str(MAX_FORM_BYTES)) or int(length) > MAX_FORM_BYTES:
        return Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "The form is too long.")
    return None


def read_form(body: bytes) -> dict[str, str]:
    """Return what a form holds: one value for each name, and none for a name that stands there twice."""
    try:
        found = parse_qs(body.decode(), keep_blank_values=True, max_num_fields=MAX_FIELDS)
    except ValueError:  # too many, or not UTF-8
        return {}
    return {name: values[0].replace("\r\n", "\n") for name, values in found.items() if len(values) == 1}


def _is_loopback(address: str) -> bool:
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None)
    return (mapped or found).is_loopback


def _name_of(host: str) -> str:
    """Return the name in a ``Host`` header, in lower case; ``""`` when its port is none."""
    name, colon, port = host.rpartition(":")
    if not colon or host.endswith("]"):
        return host.lower()
    return name.lower() if port.isascii() and port.isdigit() else ""


def _origin_of(referer: str) -> str:
    parts = parts_of(referer)
    return f"{parts.scheme}://{parts.netloc}".lower() if parts.scheme and parts.netloc else ""
