"""What is published: ``rank`` decides of items alone, by ``topics``, ``quality``, the stories beside, and ``heat``."""

DOORS = ("rank", "kept")
