"""Pelican's own articles beside the items: what each of them says beyond what an item does, and the pages and feeds of
who wrote them and of their categories.
"""

DOORS = ("texts",)
