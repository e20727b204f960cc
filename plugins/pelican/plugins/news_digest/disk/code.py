"""Which program this is: what an earlier build read, compiled or wrote was made by this very code, or is of no use."""

from __future__ import annotations

import hashlib
import platform
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

_PACKAGE: Final = Path(__file__).resolve().parents[1]
# Those that decide what an item says or what a file looks like.
_LIBRARIES: Final = (
    "pelican", "Jinja2", "MarkupSafe", "Markdown", "feedgenerator", "msgspec", "Babel", "PyYAML", "python-frontmatter",
    "yaml-rs", "nh3",
)  # fmt: skip


@lru_cache(maxsize=1)
def code_key() -> bytes:
    """Return a digest of all that reads and renders: this package's code, the libraries' and Python's versions."""
    digest = hashlib.blake2b(platform.python_version().encode(), digest_size=16)
    for path in sorted(_PACKAGE.rglob("*.py")):
        digest.update(path.read_bytes())
    for name in _LIBRARIES:
        try:
            digest.update(f"{name} {version(name)};".encode())
        except PackageNotFoundError:
            digest.update(f"{name};".encode())
    return digest.digest()
