"""One order for the parts of a Pagefind index that have none, so that one input makes one output, byte for byte.

Pagefind 1.5 keeps filters and their values in hash maps, and Rust seeds those anew in each process. It numbers pages as
it finds their files, which each file system lists in an order of its own. Everything else that it writes is the same
each time. A file is gzip over a mark and CBOR, named after what it holds; the entry names the "meta" file, and that one
the filters and the parts of the index.

====================  ==============================================================
file                  what it holds
====================  ==============================================================
``….pf_meta``         version, pages [fragment, words], parts [from, to, name], filters [filter, name],
                      orders [name, pages], …
``….pf_filter``       filter, values [value, pages]
``….pf_index``        words [word, places, other spellings [word, places]]; a place is [page, …], its number counted
                      from that of the place before it
====================  ==============================================================
"""

from __future__ import annotations

import gzip
import hashlib
import json
import logging
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

log = logging.getLogger(__name__)

ENTRY: Final = "pagefind-entry.json"
MARK: Final = b"pagefind_dcd"
# Where these lists stand in the "meta" file, and how long the names of files are.
PAGES, PARTS, FILTERS, ORDERS = 1, 2, 3, 4
DIGITS: Final = 7
META_DIGITS: Final = 10


def in_one_order(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return *files* (name → bytes), pages numbered in the order of their fragments' names, filters and values sorted.

    An index of a form that is not known here is returned as it is: it works, and differs from build to build.
    """
    try:
        return _ordered(files)
    except ImportError:
        log.info("cbor2 is not installed: files of the search index will differ between builds")
    except (gzip.BadGzipFile, EOFError, LookupError, TypeError, ValueError) as error:
        log.info("Pagefind's index has a new form; its files will differ between builds: %s", error)
    return dict(files)


def _ordered(files: Mapping[str, bytes]) -> dict[str, bytes]:
    kept = dict(files)
    entry = json.loads(kept[ENTRY])
    for lang, facts in entry["languages"].items():
        meta = _read(kept.pop(f"pagefind.{facts['hash']}.pf_meta"))
        found = sorted(range(len(meta[PAGES])), key=meta[PAGES].__getitem__)
        number_of = {old: new for new, old in enumerate(found)}
        meta[PAGES] = [meta[PAGES][old] for old in found]
        meta[ORDERS] = [[name, [number_of[page] for page in pages]] for name, pages in sorted(meta[ORDERS])]
        filters = []
        for name, key in sorted(meta[FILTERS]):
            own_name, values = _read(kept.pop(f"filter/{key}.pf_filter"))
            ordered = sorted([value, sorted(number_of[page] for page in pages)] for value, pages in values)
            new_key, data = _packed([own_name, ordered], lang=lang, digits=DIGITS)
            kept[f"filter/{new_key}.pf_filter"] = data
            filters.append([name, new_key])
        meta[FILTERS] = filters
        for part in meta[PARTS]:
            (words,) = _read(kept.pop(f"index/{part[-1]}.pf_index"))
            part[-1], data = _packed([[_renumbered(word, number_of) for word in words]], lang=lang, digits=DIGITS)
            kept[f"index/{part[-1]}.pf_index"] = data
        facts["hash"], data = _packed(meta, lang=lang, digits=META_DIGITS)
        kept[f"pagefind.{facts['hash']}.pf_meta"] = data
    kept[ENTRY] = json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode()
    return kept


def _renumbered(word: list[Any], number_of: Mapping[int, int]) -> list[Any]:
    """Return a word of the index, or one of its other spellings, with new numbers of pages."""
    name, places, *spellings = word
    pages = accumulate(place[0] for place in places)
    moved = sorted([number_of[page], *place[1:]] for page, place in zip(pages, places, strict=True))
    before = (0, *(place[0] for place in moved))
    counted = [[page - last, *rest] for last, (page, *rest) in zip(before, moved, strict=False)]
    return [name, counted, *([_renumbered(other, number_of) for other in others] for others in spellings)]


def _read(data: bytes) -> Any:  # noqa: ANN401 - whatever CBOR holds
    import cbor2  # noqa: PLC0415 - comes with Pagefind, in the extra "search"

    plain = gzip.decompress(data)
    if not plain.startswith(MARK):
        raise ValueError(plain[: len(MARK)])
    return cbor2.loads(plain[len(MARK) :])


def _packed(value: object, *, lang: str, digits: int) -> tuple[str, bytes]:
    """Return the name and the bytes of a file that holds *value*."""
    import cbor2  # noqa: PLC0415 - see above

    plain = MARK + cbor2.dumps(value)
    return f"{lang}_{hashlib.sha256(plain).hexdigest()[:digits]}", gzip.compress(plain, mtime=0)
