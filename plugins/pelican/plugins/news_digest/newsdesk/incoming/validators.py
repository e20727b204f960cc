"""What feeds can be asked with whether anything changed, kept beside the items: also a machine without a cache asks so.

A line is written only when its feed brought something, or its source reads otherwise than before: an import that
brings nothing changes no file. docs/decisions/0083.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from ...disk.sealed import replace_file
from ...network.outcome import Ask
from ...package import __version__

if TYPE_CHECKING:
    from .feeds import FeedState
    from .sources import Source

NAME: Final = ".validators"
_HEAD: Final = (
    "# What `news-digest import` asks feeds with whether anything changed since they brought something; a line each.\n"
    "# Without this file it fetches all of them whenever its cache is lost.\n"
)
_PRINT_BYTES: Final = 8


class Validator(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a host gave with a feed that was read to its end.

    Attributes:
        print: A digest of how it was read: what was left out then may be wanted now.
    """

    feed: str
    print: str
    etag: str = ""
    modified: str = ""


class Validators:
    """The validators in the content folder.

    Args:
        ledger: Name of the list of what was imported: without it everything is read anew.
        days: ``DIGEST_IMPORT_DAYS``.
    """

    def __init__(self, folder: Path, *, ledger: str, days: int, is_dry: bool = False) -> None:
        self._path = folder / NAME
        self._days = days
        self._is_dry = is_dry
        self._known = {each.feed: each for each in _read(self._path)} if (folder / ledger).is_file() else {}
        self._before = dict(self._known)

    def ask_for(self, source: Source) -> Ask:
        """Return how to ask for the feed of *source*: for what changed since it was read, if it was."""
        found = self._of(source)
        return Ask(url=source.feed, etag=found.etag, modified=found.modified) if found else Ask(url=source.feed)

    def _of(self, source: Source) -> Validator | None:
        found = self._known.get(source.feed)
        return found if found is not None and found.print == self._print_of(source) else None

    def note(self, source: Source, state: FeedState, *, has_news: bool) -> None:
        """Take note of what *source* answered and was read of it."""
        if not has_news and self._of(source) is not None:
            return
        self._known.pop(source.feed, None)
        if state.etag or state.modified:
            self._known[source.feed] = Validator(
                feed=source.feed, print=self._print_of(source), etag=state.etag, modified=state.modified
            )

    def save(self, feeds: Iterable[str]) -> None:
        """Write those of *feeds* down, if one changed.

        Raises:
            OSError: The disk refuses.
        """
        if self._known != self._before and not self._is_dry:
            kept = [self._known[feed] for feed in sorted(self._known.keys() & set(feeds))]
            lines = "".join(f"{msgspec.json.encode(each).decode()}\n" for each in kept)
            replace_file(self._path, f"{_HEAD}{lines}".encode())

    def _print_of(self, source: Source) -> str:
        plain = msgspec.structs.replace(source, line=0, weight=0, title="", every_minutes=0)
        facts = msgspec.json.encode((__version__, self._days, plain))
        return blake2b(facts, digest_size=_PRINT_BYTES).hexdigest()


def _read(path: Path) -> Iterator[Validator]:
    """Yield what can be read of the file: the marks of a merge are no lines of it."""
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return
    for line in lines:
        try:
            yield msgspec.json.decode(line, type=Validator)
        except msgspec.MsgspecError:
            continue
