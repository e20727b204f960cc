"""Which templates a template can reach: what its page is made of, and what it is compiled from.

Templates are searched and not parsed, only for speed: parsing the theme's takes 0.11 s, a tenth of a build after one
edit of 700 items, searching them half a millisecond (``python benchmarks/without.py closures``). Without
:func:`references_of`, Jinja's ``find_referenced_templates`` would do.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Final

from .loader import source_of

if TYPE_CHECKING:
    from jinja2 import Environment

# A statement that names another template, and the only ways in which it may go on when that name is all it says.
_NAMING: Final = re.compile(r"\{%[-+]?\s*(?:extends|include|import|from)\b(.*?)[-+]?%\}", re.DOTALL)
_NAME: Final = re.compile(
    r"""\s*(?:"([^"\\]*)"|'([^'\\]*)')(?:\s+(?:import|as|with|without|ignore)\b.*|\s*)""", re.DOTALL
)


def references_of(source: str) -> frozenset[str | None]:
    """Return the templates that one with this *source* names, and perhaps more; None when it works a name out.

    The source is not parsed: what only looks like a statement (in a comment, in a raw block) counts as well, and then a
    page is rendered once too often.
    """
    names = (_NAME.fullmatch(found) for found in _NAMING.findall(source))
    return frozenset((name[1] or name[2] or "") if name else None for name in names)


class TemplateClosures:
    """Digests of templates with all that they can reach; each template is read once.

    Args:
        environment: Loads the templates; they are read, not compiled.
    """

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._references: dict[str, tuple[bytes, tuple[str, ...]]] = {}
        self._closures: dict[str, bytes] = {}

    def digest(self, name: str) -> bytes:
        """Return a digest of the text of the template *name* and of every template that it can reach.

        Raises:
            jinja2.TemplateNotFound: One of them is missing.
        """
        if name not in self._closures:
            reached: dict[str, bytes] = {}
            left = [name]
            while left:
                current = left.pop()
                if current not in reached:
                    reached[current], references = self._read(current)
                    left += references
            digest = hashlib.blake2b(digest_size=16)
            for reached_name, source in sorted(reached.items()):
                digest.update(reached_name.encode() + source)
            self._closures[name] = digest.digest()
        return self._closures[name]

    def check(self) -> None:
        """Parse every template that was read.

        Raises:
            jinja2.TemplateSyntaxError: With the template's name and line.
        """
        for name in self._references:
            source, file = source_of(self._environment, name)
            self._environment.parse(source, name, file)

    def _read(self, name: str) -> tuple[bytes, tuple[str, ...]]:
        """Return the digest of one template's text, and the templates that it names."""
        if name not in self._references:
            source, _ = source_of(self._environment, name)
            named = references_of(source)
            if None in named:  # the name is worked out when it is rendered: it may be any of them
                named = frozenset(self._environment.list_templates())
            digest = hashlib.blake2b(source.encode(), digest_size=16).digest()
            self._references[name] = (digest, tuple(sorted(other for other in named if other)))
        return self._references[name]
