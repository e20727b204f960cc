"""The reference is what the code says: its generated pages are as they would be written now."""

from __future__ import annotations

import pytest
from tools.write_reference import DOCS, PAGES


@pytest.mark.parametrize("name", PAGES)
def test_committed_page_is_what_the_code_declares(name: str):
    """Run `make reference` after changing what is declared."""
    assert PAGES[name]() == (DOCS / name).read_text(encoding="utf-8")
