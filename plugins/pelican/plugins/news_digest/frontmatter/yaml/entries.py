"""``related`` lists as text. Each member of a story repeats the whole story, so most entries of an archive were read
before; what they say is then known from how they are written, and no YAML library has to read them again.

Only for speed: files of a real archive are read in half the time, which is a fifth of its first build
(``python benchmarks/without.py entries --set azure``). Without this module each entry is read as YAML, each time.
"""

from __future__ import annotations

import re
from typing import Final

_KEY: Final = "\nrelated:"
_FIRST: Final = re.compile(r"\nrelated:\n( *)- ")
# The list ends where a line begins further left than its entries do.
_END: Final = re.compile(r"\n(?=[^ \n])")
_END_AT_MARGIN: Final = re.compile(r"\n(?=[^ \n-]|-[^ ])")
EMPTY: Final[list[object]] = []


def cut_related(fm: str) -> tuple[str, list[str]] | None:
    r"""Return *fm* with an empty ``related``, and the text of each entry; None where the list is written otherwise.

    This only cuts: whoever asks has to make sure that each part can be read by itself. Then the parts say what the
    whole does, because an entry that is complete leaves nothing open for the next one. That the list itself is no part
    of something else (a text of several lines, say) shows in the rest, which then holds a ``related`` that is
    :data:`EMPTY`.

    Args:
        fm: Front matter with ``\n`` as its line ends, as :func:`.yaml12.split_front_matter` returns it.
    """
    at = fm.find(_KEY)
    first = _FIRST.match(fm, at) if at >= 0 else None
    if first is None:
        return None
    indent = first[1]
    start = first.end() - len(indent) - len("- ")
    found = (_END if indent else _END_AT_MARGIN).search(fm, first.end())
    end = found.end() if found else len(fm)
    mark = f"{indent}- "
    texts = [f"{mark}{text}\n" for text in fm[start + len(mark) : end].split(f"\n{mark}")]
    return f"{fm[:at]}{_KEY} []\n{fm[end:]}", texts


def whole_list(text: str) -> str:
    """Return the front matter that has one entry, *text*, and nothing else."""
    return f"{_KEY}\n{text}"
