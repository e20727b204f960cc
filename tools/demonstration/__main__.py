"""Draw every picture of the demonstration digest anew.

Run from anywhere as ``python tools/demonstration``. It writes ``content/images/*.jpg`` and
``content/assets/images/organizations/*-{50x50,400x400}.png``.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
if not __package__:  # run as a folder: Python then looks for modules inside it, not for the package
    sys.path.insert(0, str(ROOT))

from tools.demonstration.files import write_all  # noqa: E402  only now can it be found

if __name__ == "__main__":
    write_all(ROOT / "content")
