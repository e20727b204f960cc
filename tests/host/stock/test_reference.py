"""docs/reference/pelican.md says what templates of other themes get: every field, and nothing that is not there."""

from __future__ import annotations

import re

import pytest

from pelican.plugins.news_digest.host.stock import values
from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "reference" / "pelican.md").read_text(encoding="utf-8")
KINDS = {name: kind for name, kind in vars(values).items() if getattr(kind, "__module__", "") == values.__name__}


@pytest.mark.parametrize("name", sorted(KINDS.keys() - {"StockValue"}))
def test_every_field_is_named_in_its_order(name: str):
    """Whoever writes a template finds it there, and finds nothing else."""
    section = PAGE.partition(f"\n### {name}\n")[2].partition("\n#")[0]
    assert list(KINDS[name].__struct_fields__) == re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)
    assert KINDS[name].__struct_config__.frozen
