"""What an editor does to items: ``shelf`` shows what there is to decide on, ``reasons`` why it is where it is; ``plan``
says which files a decision is about, ``acts`` which of their keys it changes, and ``hand`` changes them.
"""

DOORS = ("acts", "hand", "plan", "reasons", "shelf")
