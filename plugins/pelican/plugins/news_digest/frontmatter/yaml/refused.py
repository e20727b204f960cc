"""What is said of front matter that cannot be read."""

from __future__ import annotations

from typing import Final

from ...errors import Diagnostic, diagnose

TOO_DEEP: Final = "nested too deeply"
_BEGIN_HINT: Final = "start the file with '---', then 'key: value' lines, then '---'"


class FrontMatterError(ValueError):
    """Front matter that cannot be read.

    Attributes:
        line: 1-based line in the file; 0 when unknown.
        is_duplicate_key: Whether the same key stands twice in one map.
        hint: What to do about it; ``""`` for the usual.
    """

    def __init__(self, problem: str, *, line: int = 0, is_duplicate_key: bool = False, hint: str = "") -> None:
        super().__init__(problem)
        self.problem = problem
        self.line = line
        self.hint = hint
        self.is_duplicate_key = is_duplicate_key

    def diagnostic(self, path: str) -> Diagnostic:
        """Return the diagnostic for the file at *path*."""
        if self.is_duplicate_key:
            return diagnose("ND106", self.problem, path=path, line=self.line, hint="keep one of the two")
        if self.line == 1:
            return diagnose("ND101", self.problem, path=path, line=1, hint=_BEGIN_HINT)
        hint = self.hint or "put text that holds ':' or '#' or starts with a special character in double quotes"
        return diagnose("ND103", f"not YAML: {self.problem}", path=path, line=self.line, hint=hint)
