"""What an editor does to items: ``acts`` says which keys a decision changes, ``hand`` changes the files."""

from typing import Final

DOORS: Final = ()
