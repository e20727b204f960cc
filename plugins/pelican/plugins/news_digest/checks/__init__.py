"""What there is to say about an archive beside what a build says: pure functions from records to diagnostics. They
look inside the rooms of content, past the doors, because their subject is what went on there.
"""

from typing import Final

DOORS: Final = ("survey", "report", "prose", "formats")
