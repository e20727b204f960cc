"""What a file may hold: the tables of ``reference/front-matter.md``, from the schema that reads it."""

from __future__ import annotations

import re
import types
from pathlib import Path
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

import msgspec

from pelican.plugins.news_digest.frontmatter.items.schema import (
    RawCorrection,
    RawCurated,
    RawImage,
    RawItem,
    RawProvider,
    RawProviderRecord,
    RawRanked,
    RawRelated,
    RawStoryRecord,
    RawTopicRecord,
)

from .markdown import attributes_of, table

RECORDS: Final[dict[str, type[msgspec.Struct]]] = {
    "item": RawItem,
    "provider": RawProvider,
    "images": RawImage,
    "related": RawRelated,
    "corrections": RawCorrection,
    "curated": RawCurated,
    "ranked": RawRanked,
    "topic": RawTopicRecord,
    "source": RawProviderRecord,
    "story": RawStoryRecord,
}
_HEADINGS: Final = {record: name for name, record in RECORDS.items()}


def front_matter_page(page: Path) -> str:
    """Return ``reference/front-matter.md`` with its tables as they are now; the text around them is people's."""
    text = page.read_text(encoding="utf-8")
    for name, record in RECORDS.items():
        pattern = re.compile(rf"(<!-- {name}: .*? -->\n).*?(?=<!-- end -->)", re.DOTALL)
        lines = "\n".join(["", *_table(record), "", ""])
        text, count = pattern.subn(lambda match, lines=lines: match[1] + lines, text)  # type: ignore[misc]
        if count != 1:
            raise SystemExit(f"{page}: no place for the table {name!r}")
    return text


def words_of(record: type[msgspec.Struct]) -> dict[str, str]:
    """Return what each field is: as its annotation says, else the docstring."""
    hints = get_type_hints(record, include_extras=True)
    said = {
        name: meta.description
        for name, hint in hints.items()
        for meta in getattr(hint, "__metadata__", ())
        if isinstance(meta, msgspec.Meta) and meta.description
    }
    return {**attributes_of(record), **said}


def _table(record: type[msgspec.Struct]) -> list[str]:
    words = words_of(record)
    hints = get_type_hints(record)
    fields = msgspec.structs.fields(record)
    if unsaid := [field.name for field in fields if field.name not in words]:
        raise SystemExit(f"frontmatter/items/schema.py: say what {record.__name__}.{unsaid[0]} is")
    rows = [(f"`{field.encode_name}`", _kind(hints[field.name]), words[field.name]) for field in fields]
    return table(("key", "value", "what it is"), rows)


def _kind(kind: Any) -> str:  # noqa: ANN401 - any annotation
    """Return a type as people say it."""
    plain = {Any: "text", int: "whole number", bool: "`true` or `false`"}
    if kind in plain:
        return plain[kind]
    if kind in _HEADINGS:
        return f"[a map](#{_HEADINGS[kind]})"
    origin, inner = get_origin(kind), get_args(kind)
    if origin in {Union, types.UnionType}:
        return _kind(next(part for part in inner if part is not type(None)))
    if origin is dict:
        return "map of texts"
    if origin is list:
        return f"list of {_kind(inner[0]).replace('a map', 'maps').replace('text', 'texts')}"
    raise TypeError(kind)
