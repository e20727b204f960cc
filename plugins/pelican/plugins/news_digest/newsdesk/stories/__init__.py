"""Which items report the same: pairs that share rare words are compared, and groups grow from the likest pairs on.

How it is done and how well: docs/explanation/stories-grouping.md. Sums are of whole numbers, so that they are the same
on every machine and in whatever order they are made.
"""

DOORS = ()
