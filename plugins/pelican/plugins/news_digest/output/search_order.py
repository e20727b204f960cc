"""One order for the parts of a Pagefind index that have none, so that one input makes one output, byte for byte.

Pagefind 1.5 keeps filters and their values in hash maps, and Rust seeds those anew in each process. Everything else
that it writes is the same each time. A file is gzip over a mark and CBOR, named after what it holds; the entry names
the "meta" file, and that one the filters.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import logging
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

log = logging.getLogger(__name__)

ENTRY: Final = "pagefind-entry.json"
MARK: Final = b"pagefind_dcd"
# Where the list of filters stands in the "meta" file, and how long the names of files are.
FILTERS: Final = 3
FILTER_DIGITS: Final = 7
META_DIGITS: Final = 10


def in_one_order(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return *files* (name → bytes), the filters and their values sorted.

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
        filters = []
        for name, key in sorted(meta[FILTERS]):
            own_name, values = _read(kept.pop(f"filter/{key}.pf_filter"))
            new_key, data = _packed([own_name, sorted(values)], lang=lang, digits=FILTER_DIGITS)
            kept[f"filter/{new_key}.pf_filter"] = data
            filters.append([name, new_key])
        meta[FILTERS] = filters
        facts["hash"], data = _packed(meta, lang=lang, digits=META_DIGITS)
        kept[f"pagefind.{facts['hash']}.pf_meta"] = data
    kept[ENTRY] = json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode()
    return kept


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
