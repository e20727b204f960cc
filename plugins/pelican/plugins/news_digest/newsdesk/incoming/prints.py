"""What an import wrote into a file, in a few letters, so that the next one sees what a person has changed since.

``imported.print`` has a digest for each key that an import keeps up to date. A key whose value still has its digest is
as it was written, and may follow its source; any other is somebody's own, and is never touched again. What was taken
out is a change as well.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final

import msgspec

from ...frontmatter.edit import edit_front_matter, plain_text
from ...frontmatter.yaml.refused import FrontMatterError
from ...frontmatter.yaml.yaml12 import load_front_matter, split_front_matter
from ...text.address import link_key
from .identity import article_key

if TYPE_CHECKING:
    from .decide import Wanted

BODY: Final = "body"
# What follows its source. Dates, topics, language and provider are written once: they are for people and `rank`.
FOLLOWED: Final = ("title", "excerpt", "updatedDateTime", "webUrl", "images")
_DIGEST_BYTES: Final = 4
_PRINT: Final = re.compile(r"(\w+)=([0-9a-f]{8})")
_IMPORTED_PART: Final = re.compile(r"^imported[ \t]*:.*(?:\n[ \t].*)*", re.MULTILINE)
_COMMENT: Final = re.compile(r"(?:^|[ \t])#", re.MULTILINE)


class Updated(msgspec.Struct, frozen=True, kw_only=True):
    """What becomes of a file that there is.

    Attributes:
        text: What it is to hold; None: it stays as it is.
    """

    text: str | None = None
    is_edited: bool = False


def print_of(values: Mapping[str, object], body: str) -> str:
    """Return the print of a file with *values* and *body*."""
    digests = {key: _digest(values.get(key)) for key in FOLLOWED} | {BODY: _digest(body.strip())}
    return _joined(digests)


def with_print(wanted: Wanted) -> dict[str, object]:
    """Return the values of a new file; where it follows a source, its print included."""
    imported = wanted.values.get("imported")
    if not isinstance(imported, dict):  # it follows nobody
        return wanted.values
    whole = dict(imported)
    return {**wanted.values, "imported": {**whole, "print": print_of(wanted.values, wanted.body)}}


def updated(text: str, wanted: Wanted) -> Updated:  # noqa: PLR0911 - each is a reason of its own
    """Return *text*, a whole file, with what is new at its source; what a person changed stays as it is.

    Only the source that a file came from changes it. Nothing is taken out because it is gone at the source.
    """
    try:
        fm, body = split_front_matter(plain_text(text))
        data = load_front_matter(fm)
    except FrontMatterError:
        return Updated(is_edited=True)
    imported = data.get("imported")
    prints = dict(_PRINT.findall(str(imported.get("print")))) if isinstance(imported, dict) else {}
    if not isinstance(imported, dict) or not prints:
        return Updated(is_edited=True)
    if not _is_of(imported, wanted):
        return Updated()
    part = _IMPORTED_PART.search(fm)
    if part is None or _COMMENT.search(part[0]):  # a comment in there would be lost
        return Updated(is_edited=True)
    touched = {key for key in FOLLOWED if prints.get(key) != _digest(data.get(key))}
    is_own_body = prints.get(BODY) != _digest(body.strip())
    changes = {
        key: wanted.values[key]
        for key in FOLLOWED
        if key not in touched and wanted.values.get(key) and _differs(key, data.get(key), wanted.values[key])
    }
    has_new_body = bool(wanted.body) and not is_own_body and wanted.body.strip() != body.strip()
    is_edited = bool(touched) or is_own_body
    # Feeds that are made anew at each request give every entry a new moment: that alone is no news.
    if not has_new_body and not changes.keys() - {"updatedDateTime"}:
        return Updated(is_edited=is_edited)
    prints |= {key: _digest(value) for key, value in changes.items()}
    if has_new_body:
        prints[BODY] = _digest(wanted.body.strip())
    try:
        new = edit_front_matter(text, {**changes, "imported": {**imported, "print": _joined(prints)}})
    except (FrontMatterError, ValueError, TypeError):
        return Updated(is_edited=True)
    if has_new_body:
        new = _with_body(new, wanted.body)
    return Updated(text=new, is_edited=is_edited)


def _is_of(imported: Mapping[str, Any], wanted: Wanted) -> bool:
    ours = wanted.values["imported"]
    source = imported.get("source")
    return isinstance(ours, dict) and isinstance(source, str) and link_key(source) == link_key(str(ours["source"]))


def _differs(key: str, old: object, new: object) -> bool:
    """Whether *new* says something else than *old*: not only in what changes at every request."""
    if key == "webUrl":
        return not isinstance(old, str) or article_key(old) != article_key(str(new))
    if key == "images":
        return _picture(old) != _picture(new)
    return old != new


def _picture(images: object) -> str:
    """Return the address of the first picture, without parameters: many hosts sign those anew each time."""
    first = images[0] if isinstance(images, list) and images else None
    return str(first.get("url")).partition("?")[0] if isinstance(first, dict) else ""


def _with_body(text: str, body: str) -> str:
    line_end = "\r\n" if "\r\n" in text else "\n"
    old = split_front_matter(plain_text(text))[1]
    head = text[: len(text) - len(old.replace("\n", line_end))]
    return f"{head}{line_end}{line_end}{body.replace(chr(10), line_end)}{line_end}"


def _digest(value: object) -> str:
    data = msgspec.json.encode(value, order="deterministic")
    return blake2b(data, digest_size=_DIGEST_BYTES).hexdigest()


def _joined(digests: Mapping[str, str]) -> str:
    return " ".join(f"{key}={digest}" for key, digest in digests.items())
