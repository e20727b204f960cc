"""The search index: read by Pagefind from records, put together here, the same bytes each time."""

DOORS = ("index", "program")
