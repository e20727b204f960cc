"""Share cards: what one says, set in type and drawn. ``card_spec`` is light, the rest loads Pillow."""

DOORS = ("card_spec", "card", "system_fonts", "typesetting", "line_breaking")
