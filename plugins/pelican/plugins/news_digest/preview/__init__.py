"""The preview: the site as it will be, on this machine only, always as its files are now.

``session`` is the loop: watch, rebuild, tell. ``rebuild`` is the one door to Pelican; ``server`` answers browsers;
``page`` decides what is added to a page that is served; ``board`` holds what open pages are told.
"""

DOORS = ("session", "owner", "door", "address", "problems")
