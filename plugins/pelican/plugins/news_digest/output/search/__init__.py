"""The search index: read by Pagefind from records, put together here, the same bytes each time."""

from typing import Final

DOORS: Final = ("index", "program")
