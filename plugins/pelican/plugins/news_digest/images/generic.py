"""Pictures that say nothing about a story: logos, share cards, the same stock photograph over and over."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final
from urllib.parse import unquote, urlsplit

# A picture on as many items as this is a logo or a share card, not the story.
GENERIC_COUNT: Final = 5
LOOK_BITS: Final = 128
# Bits that may differ between two encodings of one picture.
NEAR_BITS: Final = 7
# A picture with fewer edges than this looks like many others that are not the same.
LEAST_BITS: Final = 4
# Whole words of a file's name: "catalogo" is no logo.
_GENERIC_NAME: Final = re.compile(
    r"(?<![^\W\d_])(?:logos?|social-?share|share-?card|default-?image|placeholder|og-image)(?![^\W\d_])", re.IGNORECASE
)


def has_generic_name(url: str) -> bool:
    """Whether the file at *url* is named as logos and share cards are."""
    if "%" not in url and not _GENERIC_NAME.search(url):
        return False  # nothing to decode, and nothing to find: most addresses are not taken apart
    return bool(_GENERIC_NAME.search(_file_name(url)))


def generic_addresses(uses: Iterable[tuple[str, str]], looks: Mapping[str, bytes]) -> frozenset[str]:
    """Return the addresses of pictures that five items or more show, under one address or under several.

    Args:
        uses: Item and address of a picture that it names, once for each pair or more often.
        looks: Address → what the picture looks like, for those that were made.
    """
    items_of: dict[str, set[str]] = defaultdict(set)
    for item, address in uses:
        items_of[address].add(item)
    found = {address for address, items in items_of.items() if len(items) >= GENERIC_COUNT}
    showing: dict[bytes, set[str]] = defaultdict(set)
    for address, items in items_of.items():
        if looks.get(address):
            showing[looks[address]] |= items
    worn = {look for look, near in _near_looks(showing).items() if _count(showing[n] for n in near) >= GENERIC_COUNT}
    return frozenset(found.union(address for address in items_of if looks.get(address) in worn))


def _count(groups: Iterable[set[str]]) -> int:
    return len(set().union(*groups))


def _near_looks(looks: Iterable[bytes]) -> dict[bytes, set[bytes]]:
    """Return for each look those that are nearly the same, itself included.

    Two looks with at most seven different bits agree wholly in one of eight parts, so only those that share a part are
    compared.
    """
    numbers = {look: bits for look in looks if (bits := int.from_bytes(look)).bit_count() >= LEAST_BITS}
    parts: dict[tuple[int, int], list[bytes]] = defaultdict(list)
    for look, bits in numbers.items():
        for key in _parts_of(bits):
            parts[key].append(look)
    return {
        look: {
            other for key in _parts_of(bits) for other in parts[key] if (bits ^ numbers[other]).bit_count() <= NEAR_BITS
        }
        for look, bits in numbers.items()
    }


def _parts_of(bits: int) -> list[tuple[int, int]]:
    """Return the eight parts of a look, each with its number."""
    width = -(-LOOK_BITS // (NEAR_BITS + 1))
    return [(number, bits >> number * width & (1 << width) - 1) for number in range(NEAR_BITS + 1)]


def _file_name(url: str) -> str:
    """Return the last part of an address's path, decoded: hosts and folders say nothing about the picture."""
    try:
        return unquote(urlsplit(url).path.rpartition("/")[2])
    except ValueError:  # an address with half a bracket
        return ""
