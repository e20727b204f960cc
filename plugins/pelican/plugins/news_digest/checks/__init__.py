"""What there is to say about an archive beside what a build says: pure functions from records to diagnostics. They
look inside the rooms of content, past the doors, because their subject is what went on there.
"""

DOORS = ("survey", "report", "prose", "formats")
