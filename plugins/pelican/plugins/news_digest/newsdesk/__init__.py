"""How news comes in and is edited: what people and feeds bring, as changes to files in the content folder."""

from typing import Final

DOORS: Final = ("adopting", "sources", "importing", "rank", "kept")
