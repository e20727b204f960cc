"""What belongs to one item: its page, its share card, its pictures."""

DOORS = ("cards",)
