"""How news comes in, is ranked and is edited: what feeds and people bring, as changes to files in the content folder.

``incoming`` is the way in, ``ranking`` decides what is published, ``stories`` which items report the same, and ``desk``
is an editor's hand above all of it. ``links`` tells which reports their sources still have.
"""

DOORS = ("adopting", "links")
