"""What templates and words say, as one digest: another machine may have others at the same place."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from ...languages import catalogue_files
from .render import templates_key

if TYPE_CHECKING:
    from .options import TemplateOptions

# By what files are known again without reading them: a process that works for others reads them once.
_digests: dict[bytes, bytes] = {}


def templates_digest(options: TemplateOptions) -> bytes:
    """Return a digest of every file below the folders of *options*, and of the catalogues of its language.

    Raises:
        OSError: A file is gone since its folder was listed.
    """
    key = templates_key(options)
    if key not in _digests:
        digest = hashlib.sha256()
        for number, folder in enumerate(options.paths):
            for path in sorted(path for path in Path(folder).rglob("*") if path.is_file()):
                digest.update(f"{number}|{os.path.relpath(path, folder)}|".encode("utf-8", "surrogateescape"))
                digest.update(path.read_bytes())
        for path in catalogue_files(options.lang, options.languages_path):
            digest.update(b"|" + path.read_bytes())
        _digests.clear()
        _digests[key] = digest.digest()
    return _digests[key]
