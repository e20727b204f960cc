"""Who gets which name in an address, where several want one: docs/decisions/0037.

Who came first keeps it. That cannot be seen in the files, so what was given out is written down
(:mod:`..frontmatter.addresses`), a line each. Names that nobody else wants are not: they follow from the files.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import count
from typing import Final, NamedTuple

import msgspec

from .names import name_key


class Settled(msgspec.Struct, frozen=True):
    """Names that were given out.

    Attributes:
        names: Owner → the name, each one once on every disk.
        lines: Name → owner, of those that have to be written down: somebody else wants them, or wanted them once.
    """

    names: dict[str, str] = {}
    lines: dict[str, str] = {}


class Known(NamedTuple):
    """Who has which name in one part of a site so far.

    Attributes:
        lines: Name → owner, as they are written down.
        last: Returns owner → name, as the last build gave them out; asked only where several want one name.
    """

    lines: Mapping[str, str] = {}
    last: Callable[[], Mapping[str, str]] = dict


NOTHING: Final = Known()


def settle(wants: Mapping[str, str], known: Known = NOTHING, *, reserved: frozenset[str] = frozenset()) -> Settled:
    """Give each owner its name; the result does not depend on anything but the arguments.

    A name that is written down stays with its owner. Of the others that want one, those keep it that the last build
    gave it to, then the first in the order of *wants*; the rest get numbers. Nobody's own name is given away as
    somebody else's number.

    Args:
        wants: Owner → the name that it asks for.
        reserved: Names that nobody gets, as :func:`.names.name_key` has them.
    """
    keys = set(map(name_key, wants.values()))
    if len(keys) == len(wants) and not known.lines and reserved.isdisjoint(keys):  # as in most archives
        return Settled(dict(wants), {})
    claims: dict[str, list[str]] = {}
    for owner, wanted in wants.items():
        claims.setdefault(name_key(wanted), []).append(owner)
    table = _Table(wants, reserved)
    for name, owner in sorted(known.lines.items()):
        table.give(owner, name)
    contested = [owner for owners in claims.values() if len(owners) > 1 for owner in owners]
    if not table.names.keys() >= set(contested):
        last = known.last()
        for owner in contested:
            table.give(owner, last.get(owner, ""))
    for owner, wanted in wants.items():
        table.give(owner, wanted)
    for owner, wanted in wants.items():
        numbered = (f"{wanted}-{number}" for number in count(2))
        while owner not in table.names:
            name = next(numbered)
            if name_key(name) not in claims:
                table.give(owner, name)
    names = {owner: table.names[owner] for owner in wants}
    return Settled(names, _to_write(wants, names, claims, known))


class _Table:
    """Names while they are given out: each one once, on every disk."""

    def __init__(self, wants: Mapping[str, str], reserved: frozenset[str]) -> None:
        self.names: dict[str, str] = {}
        self._wants = wants
        self._taken = set(reserved)

    def give(self, owner: str, name: str) -> None:
        """Give *name* to *owner*, unless one of them has got one, or it is not among those that it may have."""
        key = name_key(name)
        wanted = self._wants.get(owner)
        if wanted is not None and owner not in self.names and key not in self._taken and _is_of(name, wanted):
            self.names[owner] = name
            self._taken.add(key)


def _is_of(name: str, wanted: str) -> bool:
    """Whether *name* is *wanted* or that with a number: what is kept somewhere may be anything."""
    number = name.removeprefix(f"{wanted}-")
    return name == wanted or (number != name and number.isascii() and number.isdecimal())


def _to_write(
    wants: Mapping[str, str], names: Mapping[str, str], claims: Mapping[str, Sequence[str]], known: Known
) -> dict[str, str]:
    """Return the lines of those who share a name with another one here, or with one that has a line."""
    written = {name_key(name): owner for name, owner in known.lines.items()}
    lines = {}
    for owner, name in names.items():
        is_shared = len(claims[name_key(wants[owner])]) > 1 or name != wants[owner]
        if is_shared or written.get(name_key(name), owner) != owner:
            lines[name] = owner
    return lines
