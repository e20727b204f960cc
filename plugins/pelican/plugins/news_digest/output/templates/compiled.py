"""Compiled templates, kept as Python keeps compiled modules: in this package's ``__pycache__``.

Only for speed: it saves a sixth of a build after one edit of 700 items, more of a smaller site
(``python benchmarks/without.py compiled``). Without this module each process compiles what it renders.

What a template is compiled to is a program, so it never lies in a site's cache, which somebody else may have written.
See docs/decisions/0032-compiled-templates-beside-compiled-modules.md.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import sys
from contextlib import suppress
from functools import cached_property
from importlib.util import MAGIC_NUMBER, cache_from_source
from pathlib import Path
from typing import TYPE_CHECKING, Final

from jinja2 import BytecodeCache, Environment, TemplateNotFound
from jinja2.bccache import Bucket

from ...code import code_key
from ...disk.sealed import replace_file
from ...package import theme_path
from .closures import TemplateClosures
from .fingerprint import options_key
from .loader import OWN

if TYPE_CHECKING:
    from .options import TemplateOptions

_SEAL_BYTES: Final = 32


class CompiledTemplates(BytecodeCache):
    """Keeps what templates are compiled to, for later processes: one file for each template that our theme has.

    Templates of other names are compiled anew, so that what is kept does not grow with the sites that are built here.

    Args:
        options: What the templates' environment is made from; without code of the site's own.
        environment: The one whose templates these are; it reads each of them once (:class:`.loader.ReadOnce`).
    """

    def __init__(self, options: TemplateOptions, environment: Environment) -> None:
        self._options = options
        self._closures = TemplateClosures(environment)

    @cached_property
    def _made_with(self) -> bytes:
        return MAGIC_NUMBER + code_key() + options_key(self._options)

    def get_bucket(self, environment: Environment, name: str, filename: str | None, source: str) -> Bucket:
        """Return what is kept of the template *name*, with the code in it when that was made from just this *source*.

        A template's code holds parts of others, so all that it can reach has to be the same.
        """
        del filename, source
        # A Python without a tag keeps no compiled modules.
        is_kept = bool(sys.implementation.cache_tag) and _is_in_theme(name)
        checksum = self._checksum(name) if is_kept else ""
        kind = f"{name}|{type(environment).__name__}|{self._options.lang}"
        key = hashlib.blake2b(kind.encode(), digest_size=8).hexdigest() if checksum else ""
        bucket = Bucket(environment, key, checksum)
        self.load_bytecode(bucket)
        return bucket

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill *bucket* from its file, if that is whole and was made from the same."""
        if not bucket.key:
            return
        with suppress(OSError):
            data = _file(bucket.key).read_bytes()
            code = data[_SEAL_BYTES:]
            if data[:_SEAL_BYTES] == _seal(bucket.checksum, code):
                bucket.code = marshal.loads(code)  # noqa: S302 - sealed by us, in a place that Python trusts as well

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Write the code of *bucket*, where Python would write a compiled module."""
        if not bucket.key or sys.dont_write_bytecode:
            return
        code = marshal.dumps(bucket.code)
        with suppress(OSError):  # a package that may not be written to: compiled each time
            replace_file(_file(bucket.key), _seal(bucket.checksum, code) + code)

    def _checksum(self, name: str) -> str:
        """Return what the code of *name* is made from; ``""``: a template that it names is missing."""
        with suppress(TemplateNotFound):  # whoever asks for that one hears of it
            return (self._made_with + self._closures.digest(name)).hex()
        return ""


def _is_in_theme(name: str) -> bool:
    return os.path.isfile(os.path.join(theme_path(), "templates", name.removeprefix(f"{OWN}/")))


def _file(key: str) -> Path:
    compiled = Path(cache_from_source(__file__))
    return compiled.with_name(f"template-{key}.{sys.implementation.cache_tag}")


def _seal(checksum: str, code: bytes) -> bytes:
    return hashlib.blake2b(checksum.encode() + code, digest_size=_SEAL_BYTES).digest()
