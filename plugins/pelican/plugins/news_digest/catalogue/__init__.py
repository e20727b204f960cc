"""Items and records in, one frozen :class:`~.build.Catalogue` out: everything that pages need to know of each other.
Which items are listed, which reports tell one story, what carries a topic, how hot is hot on this site. Nothing is
rendered here and no file is read.
"""

DOORS = ("build", "ranking", "clusters", "calendar", "ahead")
