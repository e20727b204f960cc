"""What a setting is, which values it may have, and what those mean that hold more than one; and the settings of the
content, with which the list begins.
"""

DOORS = ("values", "content")
