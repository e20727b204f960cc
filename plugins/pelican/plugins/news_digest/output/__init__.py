"""Plans in, files out: the only place that renders templates and writes below the output folder. ``perform`` renders
what is stale, ``publish`` lets all of it appear at once, ``manifest`` remembers it for the next build.
"""

DOORS = ("perform", "publish", "manifest", "stamp", "changes")
