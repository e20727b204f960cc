"""JSON Schemas of what people write, for editors: made from the same declarations that read it."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from .schema import PELICAN_NAMES, RawItem, RawProviderRecord, RawStoryRecord, RawTopicRecord

DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
_SHAPES: Final[dict[str, Any]] = {
    "item": RawItem,
    "topic": RawTopicRecord,
    "provider": RawProviderRecord,
    "story": RawStoryRecord,
}
EDITOR_SCHEMAS: Final = tuple(_SHAPES)


def editor_schema(name: str) -> dict[str, Any]:
    """Return the schema of one kind of file: one of :data:`EDITOR_SCHEMAS`.

    A value that it refuses is one that a build leaves out or complains about. Unknown keys are allowed, since they are
    kept.
    """
    schema: dict[str, Any] = msgspec.json.schema(_SHAPES[name])
    body = schema["$defs"][_SHAPES[name].__name__]
    body.pop("required", None)
    for definition in schema["$defs"].values():
        for value in definition["properties"].values():
            value.pop("default", None)  # that nothing stands there is not worth a line in an editor
    if name == "item":
        properties = body["properties"]
        properties |= {pelican: properties[ours] for pelican, ours in PELICAN_NAMES.items()}
        # As in classic articles, topics may be one text with commas.
        for topics in ("topics", "tags"):
            properties[topics] = {**properties[topics], "anyOf": [*properties[topics]["anyOf"], {"type": "string"}]}
        body["required"] = ["title"]
        body["anyOf"] = [{"required": ["publishedDateTime"]}, {"required": ["date"]}]
    title = body.pop("title").removeprefix("Raw").removesuffix("Record")
    rest = {other: value for other, value in schema["$defs"].items() if other != _SHAPES[name].__name__}
    return {"$schema": DRAFT, "title": title, **body, **({"$defs": rest} if rest else {})}
