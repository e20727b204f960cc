"""Say whether this checkout may be released under a tag: ``python tools/check_release.py v0.2.0``.

The tag, the package's version and the changelog have to agree, and every catalogue has to be translated.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "plugins" / "pelican" / "plugins" / "news_digest"
VERSION_FILE = PACKAGE / "package.py"
CATALOGUES = PACKAGE / "languages"
# `make languages` writes each text on one line; only the header, whose text is "", goes on below.
_TEXT = re.compile(r'^(msgid "[^"].*)\n(?:msgid_plural .*\n)?((?:msgstr.*\n?)+)', re.MULTILINE)


def problems(tag: str, *, version: str, changelog: str) -> list[str]:
    """Return why *tag* cannot be released, one sentence each.

    Args:
        tag: Such as ``v0.2.0``.
        version: The package's.
        changelog: The text of ``CHANGELOG.md``.
    """
    found = []
    if tag != f"v{version}":
        found.append(f"the tag is {tag}, the package says {version}: change __version__, or tag v{version}")
    if not re.search(rf"^## {re.escape(version)} - \d{{4}}-\d{{2}}-\d{{2}}$", changelog, re.MULTILINE):
        found.append(f"CHANGELOG.md has no heading '## {version} - YYYY-MM-DD'")
    unreleased = re.search(r"^## Unreleased\n(.*?)(?=^## |\Z)", changelog, re.MULTILINE | re.DOTALL)
    if unreleased and re.search(r"^- ", unreleased[1], re.MULTILINE):
        found.append("CHANGELOG.md still has lines under '## Unreleased': move them below the version's heading")
    return found


def untranslated(folder: Path = CATALOGUES) -> list[str]:
    """Return which catalogues in *folder* lack texts, one sentence each. Readers would see them in English."""
    found = []
    wanted = {text for text, _ in _texts(folder / "messages.pot")}
    for path in sorted(folder.glob("*.po")):
        said = {text for text, said in _texts(path) if ' ""\n' not in f"{said}\n"}
        # What a region says otherwise than its language is as much as there is.
        missing = {text for text, _ in _texts(path)} - said if _is_region(path) else wanted - said
        if missing:
            found.append(f"{path.name} lacks {len(missing)} translations: complete it")
    return found


def _texts(path: Path) -> list[tuple[str, str]]:
    return [(match[1], match[2]) for match in _TEXT.finditer(path.read_text(encoding="utf-8"))]


def _is_region(path: Path) -> bool:
    language, _, region = path.stem.partition("_")
    return region.isupper() and path.with_stem(language).is_file()


def package_version() -> str:
    """Return the version as the package declares it, without importing anything."""
    match = re.search(r'^__version__ = "([^"]+)"$', VERSION_FILE.read_text(encoding="utf-8"), re.MULTILINE)
    return match[1] if match else ""


def main() -> int:
    """Print every problem, and return 1 when there is one."""
    if len(sys.argv) != 2:  # noqa: PLR2004 - the program and the tag
        print(__doc__, file=sys.stderr)
        return 2
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    found = problems(sys.argv[1], version=package_version(), changelog=changelog) + untranslated()
    for problem in found:
        print(problem, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
