"""Which program this is: what an earlier build read, compiled or wrote was made by this very code, or is of no use."""

from __future__ import annotations

import hashlib
import os
import platform
from collections.abc import Iterator
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

_KEY_BYTES: Final = 16
_PACKAGE: Final = Path(__file__).resolve().parent
# Those that decide what an item says or what a file looks like.
_LIBRARIES: Final = (
    "pelican", "Jinja2", "MarkupSafe", "Markdown", "feedgenerator", "msgspec", "Babel", "PyYAML", "python-frontmatter",
    "yaml-rs", "nh3",
)  # fmt: skip


@lru_cache(maxsize=1)
def code_key() -> bytes:
    """Return a digest of all that reads and renders: this package's code, the libraries' and Python's versions."""
    digest = hashlib.sha256(platform.python_version().encode())
    for path in sorted(_modules()):
        with open(path, "rb", buffering=0) as file:
            digest.update(file.read())
    for name in _LIBRARIES:
        try:
            digest.update(f"{name} {version(name)};".encode())
        except PackageNotFoundError:
            digest.update(f"{name};".encode())
    return digest.digest()[:_KEY_BYTES]


def _modules() -> Iterator[str]:
    for folder, inner, names in os.walk(_PACKAGE):
        inner[:] = [name for name in inner if name != "__pycache__"]
        yield from (os.path.join(folder, name) for name in names if name.endswith(".py"))
