"""How much one file may ask for. Over a limit there is a diagnostic, and the other files go on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from ..setting.values import MarkdownRules

if TYPE_CHECKING:
    from ..settings import DigestSettings


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What a site allows; real archives need a small part of it.

    Attributes:
        file_bytes: Size of a file. Real ones have up to 143 kB.
        yaml_depth: Lists and maps in each other. Both libraries' parsers recurse in C: some ten thousand levels end
            the process. Real files have four.
        yaml_values: Values that aliases stand for: nine lines can stand for a milliard. Real files have some thousands.
        related: Entries of one ``related`` list. Real ones have up to 179.
        topics: Topics of one item. Each has pages, feeds and API files, which repeat all topics of their items.
        markdown: What the Markdown of its body may mean beyond what it always does; None: nothing.
    """

    file_bytes: int = 4_000_000
    yaml_depth: int = 100
    yaml_values: int = 200_000
    related: int = 2_000
    topics: int = 50
    markdown: MarkdownRules | None = None


USUAL_LIMITS: Final = Limits()


def limits_of(settings: DigestSettings) -> Limits:
    """Return the limits that a site's settings name."""
    return Limits(
        file_bytes=settings.max_file_bytes,
        yaml_depth=settings.max_yaml_depth,
        yaml_values=settings.max_yaml_values,
        related=settings.max_related,
        topics=settings.max_topics,
        markdown=settings.body_markdown,
    )
