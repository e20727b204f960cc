"""How much each likeness of two reports counts: a table, written by ``tools/fit_stories.py``."""

from typing import Final

# Likenesses are whole numbers up to this one.
CERTAIN: Final = 10_000
# Groups are joined while the average likeness of their reports is above this.
THRESHOLD: Final = 6_500
# A picture that few reports have, on top of the table: set by hand, for no labelled data has pictures.
SAME_PICTURE: Final = 3.0
BIAS: Final = -11.8499
# In the order of likeness.evidence(), which docs/explanation/stories-grouping.md explains.
WEIGHTS: Final = {
    "words": -13.6472,
    "words, root": 25.3896,
    "headlines": 0.1549,
    "headline said, less": -1.0838,
    "headline said, more": 2.6112,
    "shorter said": -1.4049,
    "rarity shared": 1.1483,
    "rarest": 5.8344,
    "second rarest": 0.0555,
    "third rarest": -0.0334,
    "hours": -1.6755,
}
