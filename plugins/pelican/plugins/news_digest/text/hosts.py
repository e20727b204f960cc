"""Hosts as browsers read them (WHATWG URL, UTS 46 without transition): anything else is refused."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from typing import Final
from urllib.parse import unquote

import idna

# Letters that came out of the mapping, digits, and what real hosts have beside them.
_ASCII_NAME: Final = re.compile(r"-?[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?\Z")
_NUMBER: Final = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)\Z")
_PREFIX: Final = "xn--"
# What the domain name system allows, and what a folder may be called.
MAX_HOST_CHARS: Final = 253
MAX_LABEL_CHARS: Final = 63
IPV4_PARTS: Final = 4
BYTE: Final = 256


class HostError(ValueError):
    """No host of an address."""


@lru_cache(maxsize=4096)
def ascii_host(host: str) -> str:
    """Return *host* as it stands in an address: lower case, ASCII, without a dot at its end.

    What stands for the same host in a browser is the same here: ``ＰＯＳＴ。example`` is ``post.example``, ``ß`` stays
    itself (``xn--…``) and is no ``ss``, ``0x7f.1`` is ``127.0.0.1``, an IPv6 address has its brackets and is shortened.

    Args:
        host: Without a port; an IPv6 address with or without brackets.

    Raises:
        HostError: A browser would refuse it, or no name server could know it.
    """
    if ":" in host:
        try:
            # A zone (``%eth0``) is this machine's own.
            return f"[{IPv6Address('' if '%' in host else host.removeprefix('[').removesuffix(']'))}]"
        except AddressValueError as error:
            raise HostError from error
    try:
        host = unquote(host, errors="strict") if "%" in host else host
        name = host.lower() if host.isascii() else idna.uts46_remap(host, std3_rules=False, transitional=False)
        name = ".".join(_ascii_label(label) for label in name.rstrip(".").split("."))
    except (UnicodeError, IndexError, ValueError) as error:  # idna.IDNAError is a UnicodeError
        raise HostError from error
    is_name = len(name) <= MAX_HOST_CHARS and all(0 < len(label) <= MAX_LABEL_CHARS for label in name.split("."))
    if not is_name or not _ASCII_NAME.match(name):
        raise HostError
    return _ipv4(name) if _NUMBER.match(name.rpartition(".")[2]) else name


def _ascii_label(label: str) -> str:
    """Return one part of a name in ASCII."""
    if label.startswith(_PREFIX):
        _check(_decoded(label))
        return label
    if label.isascii():
        return label
    _check(label)
    return _PREFIX + label.encode("punycode").decode("ascii")


def _decoded(label: str) -> str:
    """Return what a label of ``xn--`` says; one that a browser would have written in another way is none."""
    text = label.removeprefix(_PREFIX).encode("ascii").decode("punycode")
    is_canonical = not text.isascii() and idna.uts46_remap(text, std3_rules=False, transitional=False) == text
    if not is_canonical or _PREFIX + text.encode("punycode").decode("ascii") != label:
        raise UnicodeError
    return text


def _check(label: str) -> None:
    """Refuse a mark at the beginning, joiners where no script needs them, and letters of the other direction."""
    if unicodedata.category(label[0])[0] == "M":
        raise UnicodeError
    for at, char in enumerate(label):
        if char in "\u200c\u200d" and not idna.valid_contextj(label, at):
            raise UnicodeError
    if unicodedata.bidirectional(label[0]) in {"R", "AL"}:
        idna.check_bidi(label)


def _ipv4(name: str) -> str:
    """Return a name that ends in a number as the IPv4 address that every browser takes it for."""
    parts = name.split(".")
    if len(parts) > IPV4_PARTS or not all(map(_NUMBER.match, parts)):
        raise HostError
    try:
        *first, last = [_number(part) for part in parts]
    except ValueError as error:
        raise HostError from error
    if any(part >= BYTE for part in first) or last >= BYTE ** (IPV4_PARTS + 1 - len(parts)):
        raise HostError
    return str(IPv4Address(last + sum(part * BYTE ** (3 - at) for at, part in enumerate(first))))


def _number(text: str) -> int:
    """Return a part of an IPv4 address: hexadecimal with ``0x``, octal with ``0``."""
    if text.startswith("0x"):
        return int(text[2:] or "0", 16)
    return int(text, 8 if len(text) > 1 and text[0] == "0" else 10)
