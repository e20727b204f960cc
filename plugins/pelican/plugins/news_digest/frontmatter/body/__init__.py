"""The body of an item: Markdown and what feeds leave in it → HTML that cannot act, in bounded time."""

from typing import Final

DOORS: Final = ("markdown", "anchors")
