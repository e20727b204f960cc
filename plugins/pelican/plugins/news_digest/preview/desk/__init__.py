"""The desk at ``/_desk/``: the site's items for whoever edits them, in the preview and nowhere else.

``gate`` decides who may ask and who may act; ``query`` is what an address of the desk says; ``view`` is what a page
shows; ``desk`` answers. What an act does to a file is :mod:`newsdesk.desk`'s.
"""

DOORS = ()
