"""``news-digest import FROM``: items that lie in a folder, in a file or on another site, taken over once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin

import msgspec

from ..errors import counted
from ..network.guard import Allowed
from ..newsdesk.incoming.elsewhere import ElsewhereError, api_items, bookmarks
from ..newsdesk.incoming.feeds import FeedCache, fetch_one
from ..newsdesk.incoming.identity import Known, links_of_file
from ..text.address import AddressError, clean_address
from .adopt import plan_adoption
from .command import CommandError, Exit
from .terminal import say

if TYPE_CHECKING:
    from ..newsdesk.incoming.decide import Wanted
    from ..newsdesk.incoming.write import NewsFolder

_API: Final = "api/news/"
_NEWS: Final = "content/news"
NEW: Final = "new"
THERE: Final = "there already"
DELETED: Final = "deleted here"


class From(msgspec.Struct, frozen=True, kw_only=True):
    """Where items are taken from, and what is needed for it.

    Attributes:
        place: A folder, a file, or a URL.
    """

    place: str
    cache: FeedCache
    allowed: Allowed
    agent: str
    now: datetime


def take_over(origin: From, folder: NewsFolder) -> int:
    """Write what lies at *origin* and is not here yet; say what came of it, and return the exit code.

    Raises:
        CommandError: There is nothing that items can be taken from.
    """
    known = folder.read()
    try:
        counts = Counter(_outcomes(origin, folder, known))
    except ElsewhereError as error:
        raise CommandError(f"{origin.place}: {error}") from None
    finally:
        folder.close()
    refused = sum(count for what, count in counts.items() if what not in {NEW, THERE, DELETED})
    rest = f"{counts[THERE]:,} {THERE}, {counts[DELETED]:,} {DELETED}, {refused:,} refused"
    say(f"{counted(counts[NEW], 'new file')}; {rest}")
    for what, count in counts.most_common():
        if what not in {NEW, THERE, DELETED}:
            say(f"  {count:,}: {what}")
    return Exit.DONE if counts[NEW] + counts[THERE] + counts[DELETED] else Exit.PROBLEMS


def _outcomes(origin: From, folder: NewsFolder, known: Known) -> Iterator[str]:
    path = Path(origin.place)
    if origin.place.startswith(("http://", "https://")):
        yield from _written(api_items(_reader(origin)), origin, folder, known)
    elif path.is_file():
        yield from _written(bookmarks(path.read_bytes(), now=origin.now), origin, folder, known)
    elif api := next((each for each in (path / _API, path) if (each / "index.json").is_file()), None):
        yield from _written(api_items(partial(_file, api)), origin, folder, known)
    elif files := next((each.files for each in plan_adoption(path) if each.target == _NEWS), None):
        for name, file in files.items():
            yield _copied(name.removeprefix(f"{_NEWS}/"), file, origin, folder, known)
    else:
        msg = "neither items (.md files, in it or in _news/), nor a JSON API (api/news/), nor a file of bookmarks"
        raise ElsewhereError(msg)


def _file(folder: Path, name: str) -> bytes:
    try:
        return (folder / name).read_bytes()
    except OSError as error:
        raise ElsewhereError(f"{name} cannot be read: {error.strerror}") from None


def _reader(origin: From) -> partial[bytes]:
    base = origin.place.removesuffix("index.json")
    base = base if base.endswith("/") else f"{base}/"
    return partial(_fetched, origin, base if base.endswith(f"/{_API}") else urljoin(base, _API))


def _fetched(origin: From, base: str, name: str) -> bytes:
    try:
        url = clean_address(urljoin(base, name))
    except AddressError as error:
        raise ElsewhereError(f"{name} is {error}") from None
    outcome = fetch_one(url, origin.cache, allowed=origin.allowed, agent=origin.agent)
    if outcome.problem:
        raise ElsewhereError(f"{url}: {outcome.problem}")
    return origin.cache.path(outcome.source).read_bytes()


def _written(found: Iterable[Wanted | str], origin: From, folder: NewsFolder, known: Known) -> Iterator[str]:
    for wanted in found:
        if isinstance(wanted, str):
            yield wanted
            continue
        key = wanted.links.keys[0] if wanted.links.keys else ""
        if key and known.path_of(key, wanted.links.id):
            yield THERE
        elif key and known.has_ended(key, wanted.links.id):
            yield DELETED
        else:
            written = folder.write(wanted, day=origin.now.date())
            if written.path:
                known.add(written.path, wanted.links)
            yield written.problem or (NEW if written.is_new else THERE)


def _copied(name: str, file: Path, origin: From, folder: NewsFolder, known: Known) -> str:
    try:
        data = file.read_bytes()
    except OSError as error:
        return f"cannot be read: {error.strerror}"
    links = links_of_file(data.decode("utf-8", "replace"))
    if any(known.path_of(key, "") for key in links.keys):
        return THERE
    if any(known.has_ended(key, "") for key in links.keys):
        return DELETED
    if not folder.copy(name, data, links, day=origin.now.date()):
        return THERE
    known.add(name, links)
    return NEW
