"""The search index: made with Pagefind from records, the same bytes each time."""

from typing import Final

DOORS: Final = ("index",)
