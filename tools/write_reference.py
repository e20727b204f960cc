"""Write the pages of docs/ that are made of what the code declares.

Run as ``python tools/write_reference.py`` or ``make reference``; a test fails when the files differ from what this
writes.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
if __name__ == "__main__":  # run as a file: Python then looks for modules beside it, not for the package
    sys.path.insert(0, str(ROOT))

from tools.reference.commands import commands_page  # noqa: E402  only now can it be found
from tools.reference.decisions import decisions_page  # noqa: E402
from tools.reference.declared import EDITOR_SCHEMAS, diagnostics_page, schema_page, settings_page  # noqa: E402
from tools.reference.front_matter import front_matter_page  # noqa: E402
from tools.reference.pelican_settings import pelican_settings_page  # noqa: E402
from tools.reference.views import views_page  # noqa: E402

DOCS = ROOT / "docs"
PAGES: dict[str, Callable[[], str]] = {
    "reference/settings.md": settings_page,
    "reference/diagnostics.md": diagnostics_page,
    "reference/front-matter.md": lambda: front_matter_page(DOCS / "reference" / "front-matter.md"),
    "reference/commands.md": commands_page,
    "reference/pelican-settings.md": pelican_settings_page,
    "reference/views.md": lambda: views_page(ROOT / "theme" / "templates"),
    "decisions/README.md": lambda: decisions_page(DOCS / "decisions"),
    **{f"reference/schema/{name}.json": partial(schema_page, name) for name in EDITOR_SCHEMAS},
}


def main() -> None:
    """Write every page."""
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), encoding="utf-8")
        print(f"docs/{name}")


if __name__ == "__main__":
    main()
