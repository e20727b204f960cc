"""Files as they lie on a disk: which there are, what kind each is, whether one is still what it was, and how much one
may ask for. Whoever opens a file of somebody else's comes through here.
"""

DOORS = ("files", "limits", "sealed", "sniff", "walking")
