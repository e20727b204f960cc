"""The way in: sources are asked, what they say is read in processes of their own, and what is new becomes files.

``importing`` does all of it: ``feeds`` asks, ``parsers`` and ``parsing`` read, ``decide`` says what becomes of each
entry, and ``write`` writes. Other ways in are ``elsewhere`` (items that lie in other places) and ``web_page`` (one page
by its address).
"""

DOORS = ("sources", "importing")
