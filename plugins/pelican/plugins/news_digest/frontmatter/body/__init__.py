"""The body of an item: Markdown and what feeds leave in it → HTML that cannot act, in bounded time."""

DOORS = ("markdown", "anchors")
