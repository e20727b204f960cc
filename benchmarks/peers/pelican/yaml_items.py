"""A reader for plain Pelican: the items' YAML, read with PyYAML's C loader, as Pelican's own metadata."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml
from pelican.readers import MarkdownReader
from pelican.urlwrappers import Author, Tag

from pelican.plugins import signals

if TYPE_CHECKING:
    from pelican.readers import Readers

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class ItemReader(MarkdownReader):
    """Reads a ``---`` block; what follows it is empty in these archives."""

    file_extensions = ["md"]

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        """Return body and metadata of one item."""
        with open(source_path, encoding="utf-8") as file:
            _, head, body = file.read().split("---\n", 2)
        values = yaml.load(head, _Loader)  # noqa: S506 - a safe loader
        metadata = {
            "title": values["title"],
            "slug": source_path.rsplit("/", 1)[-1].removesuffix(".md"),
            "date": self.process_metadata("date", str(values["publishedDateTime"])),
            "tags": [Tag(name, self.settings) for name in values.get("topics") or ()],
            "authors": [Author(values["provider"]["domain"], self.settings)],
            "summary": values.get("excerpt") or "",
            "item": values,
        }
        return body.strip(), metadata


def add_reader(readers: Readers) -> None:
    """Let it read every Markdown file."""
    readers.reader_classes["md"] = ItemReader


def register() -> None:
    """Connect to Pelican."""
    signals.readers_init.connect(add_reader)
