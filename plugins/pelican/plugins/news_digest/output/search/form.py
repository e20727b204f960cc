"""The files of an index as Pagefind 1.5 writes them and its program in the browser reads them.

Each is gzip over a mark and CBOR, named after what it holds; the entry names the "meta" file, and that one all others.

====================  ==============================================================
file                  what it holds
====================  ==============================================================
``….pf_meta``         version, pages [fragment, words], parts [from, to, name], filters [filter, name],
                      orders [name, pages], fields of "meta"
``….pf_filter``       filter, values [value, pages]
``….pf_index``        words [word, places, other spellings [word, places]]; a place is [page, in the text, in fields],
                      its page counted from that of the place before it
``….pf_fragment``     JSON: address, text, number of words, filters, fields, headings to go to
====================  ==============================================================
"""

from __future__ import annotations

import hashlib
import json
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice, pairwise
from typing import Any, Final, NamedTuple

import msgspec

from ...disk.files import digest_of
from .markup import ORDINARY
from .parts import LISTS, OF, Part, encoded_words

VERSION: Final = "1.5."
ENTRY: Final = "pagefind-entry.json"
MARK: Final = b"pagefind_dcd"
# The fields of "meta", as Pagefind orders them: words in them are counted by their places in this list.
FIELDS: Final = ["names", "title", "words"]
# Where Pagefind parts words that are written without spaces.
BREAK: Final = "\u200b"
DIGITS: Final = 7
META_DIGITS: Final = 10
# A part of the index ends where a word begins otherwise than the one before, once it has this many bytes. So one that
# comes or goes moves the ends of few parts; and the browser, which looks for words that begin as what was typed in one
# part alone, finds all of them from three letters on. It ends sooner before a word that would make it much larger.
PART_BYTES: Final = 52_000
MOST_BYTES: Final = 70_000
BEGINNING: Final = 3
# zlib's level and strategy. The parts are most of what is packed; the highest level takes twice as long for 1 % less.
# Lists of numbers that only grow have few repeats: with its strategy for those, the "meta" file, which every search
# fetches, is 7 % smaller.
# Of single pages most are too short for more than the usual level.
USUAL: Final = (6, zlib.Z_DEFAULT_STRATEGY)
QUICK: Final = (7, zlib.Z_DEFAULT_STRATEGY)
THOROUGH: Final = (9, zlib.Z_FILTERED)
# What tells zlib that there is a gzip file around what it unpacks.
_GZIP_BITS: Final = zlib.MAX_WBITS | 16
# The head of a gzip file: without a time, and of no system.
_GZIP: Final = b"\x1f\x8b\x08\0\0\0\0\0\2\xff"


class UnknownFormError(ValueError):
    """An index has another form than the one that is known here."""


class Word(NamedTuple):
    """What Pagefind makes of what stands between two spaces.

    Attributes:
        shown: As it stands in the text of a result.
        places: For each of its places, mostly one, what it is found by there: words as in :class:`.parts.Part`, each
            with the number of parts that share its weight.
        keys: What it is found by in a field.
    """

    shown: str
    places: tuple[tuple[tuple[str, int], ...], ...]
    keys: tuple[str, ...]


class _Shown(msgspec.Struct):
    content: str


_SHOWN: Final = msgspec.json.Decoder(_Shown)


class IndexFile(NamedTuple):
    """One file of an index, which is made only if it is not in the output already.

    Attributes:
        digest: Of its bytes.
        make: Returns them.
    """

    digest: bytes
    make: Callable[[], bytes]


def file_of(data: bytes) -> IndexFile:
    """Return a file that is there."""
    return IndexFile(digest_of(data), lambda: data)


class Page(NamedTuple):
    """One page of the index to be.

    Attributes:
        order: What pages are sorted by, if they are not by how well they match.
    """

    fragment: IndexFile
    length: int
    filters: Mapping[str, Sequence[str]]
    order: tuple[str, str]


def read_words(files: Mapping[str, bytes], words: Sequence[str]) -> dict[str, Word]:
    """Return what each of *words* is, from an index that Pagefind made of them: one page, its text and title both them.

    Raises:
        UnknownFormError: It is not an index as they are known here.
    """
    import cbor2  # noqa: PLC0415 - comes with the extra "search"

    try:
        return dict(zip(words, _read_words(files), strict=True))
    except (zlib.error, LookupError, TypeError, ValueError, msgspec.MsgspecError, cbor2.CBORDecodeError) as error:
        raise UnknownFormError(str(error)) from error


def _read_words(files: Mapping[str, bytes]) -> Iterator[Word]:
    entry = json.loads(files[ENTRY])
    [facts] = entry["languages"].values()
    version, [(page, length)], parts, _, _, fields = _read(files[f"pagefind.{facts['hash']}.pf_meta"])
    if not entry["version"].startswith(VERSION) or version != entry["version"] or fields != ["title"]:
        raise UnknownFormError(version)
    shown = _SHOWN.decode(_unpacked(files[f"fragment/{page}.pf_fragment"])).content.split(" ")
    in_text: list[list[tuple[str, int]]] = [[] for _ in range(length)]
    in_title: list[list[str]] = [[] for _ in shown]
    for key, places in _places(_read(files[f"index/{name}.pf_index"]) for *_, name in parts):
        for _, text, title in places:
            for weight, at in _weighed(text):
                in_text[at].append((key, weight))
            for _, at in _weighed(title):
                in_title[at].append(key)
    found = map(_shared, in_text)
    for text, keys in zip(shown, in_title, strict=True):
        count = len(text.strip(BREAK).split(BREAK))
        yield Word(text, tuple(islice(found, count)), tuple(keys))
    if next(found, None) is not None:
        raise UnknownFormError(version)


def _places(parts: Iterable[Sequence[Any]]) -> Iterator[tuple[str, Sequence[Any]]]:
    """Yield each word of the *parts* of an index, and each of its spellings, with its places."""
    for (words,) in parts:
        for word, places, spellings in words:
            yield word, places
            for spelling, its_places in spellings:
                yield f"{word}{OF}{spelling}", its_places


def _weighed(found: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield places as an index has them, each with what was said before it: the weight, or -1 - the field."""
    weight, at = 0, 0
    for number in found:
        if number < 0:
            weight, at = -1 - number, 0
        else:
            at += number
            yield weight, at


def _shared(found: Sequence[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    parts = sum(weight < ORDINARY for _, weight in found)
    return tuple((key, parts if weight < ORDINARY else 1) for key, weight in found)


def _read(data: bytes) -> Any:  # noqa: ANN401 - whatever CBOR holds
    import cbor2  # noqa: PLC0415 - comes with the extra "search"

    return cbor2.loads(_unpacked(data))


def _unpacked(data: bytes) -> bytes:
    plain = zlib.decompress(data, _GZIP_BITS)
    if not plain.startswith(MARK):
        raise UnknownFormError(plain[: len(MARK)])
    return plain[len(MARK) :]


class Packer:
    """Packs files, and knows those that were packed for the last index.

    Args:
        known: A digest of what a file holds → a digest of the file.
    """

    def __init__(self, known: Mapping[bytes, bytes]) -> None:
        self._known = known
        self.packed: dict[bytes, bytes] = {}

    def pack(self, value: bytes, effort: tuple[int, int] = THOROUGH) -> tuple[str, IndexFile]:
        """Return a digest of the CBOR *value*, in hexadecimal digits, and its file."""
        plain = MARK + value
        digest = hashlib.sha256(plain).digest()
        known = self._known.get(digest)
        file = IndexFile(known, lambda: _gzip(plain, *effort)) if known else file_of(_gzip(plain, *effort))
        self.packed[digest] = file.digest
        return digest.hex(), file


def fragment_file(fragment: bytes) -> bytes:
    """Return the file of a fragment."""
    return _gzip(MARK + fragment, *USUAL)


def _gzip(plain: bytes, level: int, strategy: int) -> bytes:
    deflate = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL, strategy)
    body = deflate.compress(plain) + deflate.flush()
    return _GZIP + body + struct.pack("<II", zlib.crc32(plain), len(plain) & 0xFFFFFFFF)


def index_files(pages: Sequence[Page], words: Part, *, entry: bytes, packer: Packer) -> dict[str, IndexFile]:
    """Return the files of the index of *pages*, but for the program that reads them.

    Args:
        pages: Numbered as they stand here.
        words: What is on them.
        entry: As Pagefind wrote it, for an index in the same language.
    """
    import cbor2  # noqa: PLC0415 - comes with the extra "search"

    facts = json.loads(entry)
    [(lang, of_lang)] = facts["languages"].items()
    files: dict[str, IndexFile] = {}

    def add(ending: str, packed: Sequence[tuple[str, IndexFile]], digits: int = DIGITS) -> list[str]:
        names = [f"{lang}_{name}" for name in short_names([digest for digest, _ in packed], digits=digits)]
        files.update((ending.format(name), file) for name, (_, file) in zip(names, packed, strict=True))
        return names

    fragments = [(page.fragment.digest.hex(), page.fragment) for page in pages]
    of_pages = add("fragment/{}.pf_fragment", fragments)
    ends, parts = _cut(encoded_words(words))
    of_parts = add("index/{}.pf_index", [packer.pack(part, QUICK) for part in parts])
    filters = _filters(pages)
    of_filters = add("filter/{}.pf_filter", [packer.pack(cbor2.dumps(each)) for each in filters])
    by_date = sorted(range(len(pages)), key=lambda number: pages[number].order)
    meta = [
        facts["version"],
        [[name, page.length] for name, page in zip(of_pages, pages, strict=True)],
        [[*end, name] for end, name in zip(ends, of_parts, strict=True)],
        [[name, file] for (name, _), file in zip(filters, of_filters, strict=True)],
        [["date", by_date]],
        FIELDS,
    ]
    [of_lang["hash"]] = add("pagefind.{}.pf_meta", [packer.pack(cbor2.dumps(meta))], META_DIGITS)
    of_lang["page_count"] = len(pages)
    files[ENTRY] = file_of(json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode())
    return files


def _filters(pages: Sequence[Page]) -> list[tuple[str, list[tuple[str, list[int]]]]]:
    found: dict[str, dict[str, list[int]]] = {}
    for number, page in enumerate(pages):
        for name, values in page.filters.items():
            for value in dict.fromkeys(values):
                found.setdefault(name, {}).setdefault(value, []).append(number)
    return [(name, sorted(values.items())) for name, values in sorted(found.items())]


def _cut(words: Iterable[tuple[str, bytes]]) -> tuple[list[list[str]], list[bytes]]:
    """Return the words in parts: from which word to which one each is, and what it holds."""
    bounds: list[list[str]] = []
    parts: list[bytes] = []
    inside: list[bytes] = []
    size = 0
    for word, data in words:
        may_end = size >= PART_BYTES and word[:BEGINNING] != bounds[-1][1][:BEGINNING]
        if not inside or may_end or size + len(data) > MOST_BYTES:
            if inside:
                parts.append(_part(inside))
            inside, size = [], 0
            bounds.append([word, word])
        inside.append(data)
        size += len(data)
        bounds[-1][1] = word
    if inside:
        parts.append(_part(inside))
    for before, after in pairwise(bounds):
        # As much as tells the two apart.
        length = _alike(before[1], after[0]) + 1
        before[1], after[0] = before[1][:length], after[0][:length]
    return bounds, parts


def _part(words: Sequence[bytes]) -> bytes:
    return LISTS[1] + LISTS[len(words)] + b"".join(words)


def short_names(digests: Sequence[str], *, digits: int) -> list[str]:
    """Return each digest's first *digits*, and as many more as tell it from all others."""
    known = sorted(set(digests))
    shared = [_alike(one, other) for one, other in pairwise(known)]
    lengths = {
        digest: max(digits, before + 1, after + 1)
        for digest, before, after in zip(known, [0, *shared], [*shared, 0], strict=False)  # of none, one too many
    }
    return [digest[: lengths[digest]] for digest in digests]


def _alike(one: str, other: str) -> int:
    """Return how many characters two texts, which differ, have in common at their beginnings."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
