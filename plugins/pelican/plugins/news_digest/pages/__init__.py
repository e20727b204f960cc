"""A catalogue in, plans out: every page, feed and file of the site, decided but not yet rendered or written."""
