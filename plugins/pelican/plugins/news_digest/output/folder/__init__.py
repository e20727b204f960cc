"""The output folder: who may write to it, where files wait until all are whole, how all come to stand there at once.

A reader of the site finds it as it was or as it is going to be, never half of each.
"""

DOORS = ("lock", "stage", "writer", "afterwards")
