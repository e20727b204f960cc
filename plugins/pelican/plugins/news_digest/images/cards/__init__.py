"""Share cards: what one says, set in type and drawn."""
