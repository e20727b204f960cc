"""JSON as files: two spaces deep, characters as themselves, no newline at the end, as the committed API has it."""

from __future__ import annotations

import msgspec

INDENT = 2


def render_json(payload: object) -> bytes:
    """Return *payload* as the bytes of a JSON file; keys stand in the order in which its struct declares them."""
    return msgspec.json.format(msgspec.json.encode(payload), indent=INDENT)
