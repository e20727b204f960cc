"""Plain values → one clean item, or the diagnostics that say why not; and the way back, for new files. A new field
begins in ``schema`` and is given its meaning in ``convert``.
"""

DOORS = ("convert", "links", "values", "compose", "editors")
