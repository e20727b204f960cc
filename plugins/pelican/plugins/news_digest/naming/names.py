"""Names of files and folders that every disk and every host takes, and when two names are one file."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from ..text.plain import MAX_SLUG_BYTES, cut_slug, slugify

# What file systems and hosts of pages refuse in a name, and what uploaders (CI artifacts) stop at.
_REFUSED: Final = re.compile('[\x00-\x1f\x7f-\x9f:?"<>|*\\\\/\ud800-\udfff]')
# Devices of Windows, whatever follows the first dot; their digits are superscripts, too.
_DEVICE: Final = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|clock\$|com[0-9¹²³]|lpt[0-9¹²³])(?=[ ]*(?:\.|\Z))", re.IGNORECASE
)
# Nothing that is published has this sign in its name but for us, so that no name is made that another one has.
_MARK: Final = "~"
_PLAIN: Final = re.compile(r"(?=.{1,200}\Z)[\w-]+(?:\.[\w-]+)*\Z", re.ASCII)
# None begins as devices do.
_ORDINARY: Final = re.compile(r"(?!con|prn|aux|nul|clock|com|lpt)(?=.{1,200}\Z)[a-z0-9][a-z0-9_-]*\Z")
MAX_NAME_BYTES: Final = 255
# What is longer may have been cut: a character of UTF-8 has up to four bytes.
_MOST_NAME_BYTES: Final = MAX_SLUG_BYTES - 4
_PLAIN_STORY: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
# Folders beside those of stories that are none.
_PLACES_OF_STORIES: Final = frozenset({"page"})


def name_key(name: str) -> str:
    """Return what two names have in common that are one file on a disk without cases or Unicode forms."""
    if name.isascii():
        return name.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", name).casefold())


def is_ordinary(name: str) -> bool:
    """Whether *name* is of small letters, digits, ``-`` and ``_`` alone, and :func:`portable_name` leaves it as it is:
    in doubt, it is not.
    """
    return _ORDINARY.match(name) is not None


def portable_name(name: str) -> str:
    """Return *name* as every disk and host takes it, short enough for endings and numbers; most stay as they are.

    A sign that is refused becomes ``-``; a dot or a space at the end goes; ``aux.x`` becomes ``aux~.x``. ``""`` is
    what remains of a name of nothing else.
    """
    if _PLAIN.match(name):  # nine in ten are
        return _marked(name)
    name = _REFUSED.sub("-", unicodedata.normalize("NFC", name))
    return _marked(cut_slug(name).rstrip(". "))


def story_name(text: str) -> str:
    """Return the id of the story that people call *text*; of an id, itself.

    Lower-case letters and digits, joined by ``-``; letters of other scripts stay what they are. ``""``: there are none,
    or so many that two long texts could become one name.
    """
    name = text
    if not _PLAIN_STORY.match(text):  # which names of files are
        name = slugify(text)
        while (again := slugify(name)) != name:  # some letters have a form that has another one
            name = again
    if len(name.encode()) > _MOST_NAME_BYTES:
        return ""
    return f"{name}-story" if name in _PLACES_OF_STORIES else portable_name(name)


def portable_path(path: str) -> str:
    """Return *path* in names that every disk takes; ``..``, which leads out and is refused elsewhere, stays."""
    return "/".join(portable_name(part) or part for part in path.split("/"))


def _marked(name: str) -> str:
    device = _DEVICE.match(name)
    return f"{device[0]}{_MARK}{name[device.end() :]}" if device else name


def host_name(host: str) -> str:
    """Return the folder of what belongs to *host*: for all but the oddest it is the host.

    An IPv6 address is written as Windows writes it in paths: ``2001-db8--7.ipv6-literal.net``.
    """
    return f"{host.replace(':', '-')}.ipv6-literal.net" if ":" in host else _marked(host)


def name_problem(name: str) -> str:
    """Return why a disk or a host refuses *name*; ``""``: none does."""
    refused = _REFUSED.search(name)
    if refused:
        return f"contains {refused[0]!r}"
    if name.endswith((".", " ")):
        return f"ends with {name[-1]!r}"
    if device := _DEVICE.match(name):
        return f"is a device of Windows ({device[0].lower()})"
    if len(name.encode()) > MAX_NAME_BYTES:
        return f"has {len(name.encode())} bytes; {MAX_NAME_BYTES} are allowed"
    return ""
