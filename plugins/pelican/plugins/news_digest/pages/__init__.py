"""A catalogue in, plans out: every page, feed and file of the site, decided but not yet rendered or written. On the
ground floor stands what all planners share, above all the newsroom, which makes views of items; each wing plans pages
of one kind, and ``everything`` plans a whole site with them.
"""

DOORS = ("everything", "newsroom", "plans", "site", "dates")
