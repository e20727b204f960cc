"""Items and records in, one frozen :class:`~.build.Catalogue` out: everything that pages need to know of each other."""
