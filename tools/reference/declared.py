"""What is declared as a list in the code: settings and diagnostics."""

from __future__ import annotations

from typing import Final

import msgspec

from pelican.plugins.news_digest.errors import CODES
from pelican.plugins.news_digest.frontmatter.items.editors import EDITOR_SCHEMAS, editor_schema
from pelican.plugins.news_digest.settings import SETTINGS

from .markdown import NOTE, table

TYPES: Final = {str: "text", int: "a whole number", bool: "`True` or `False`", tuple: "a list of texts"}
AGAIN: Final = {
    "all": "every file",
    "pages": "the pages",
    "lists": "the pages that list items",
    "feeds": "the feeds",
    "nothing": "nothing: the site stays the same",
}


def settings_page() -> str:
    """Return ``reference/settings.md``."""
    lines = [
        NOTE,
        "# Settings\n",
        "What `pelicanconf.py` may say about a digest, beside Pelican's own settings. Unknown names that start with",
        "`DIGEST_` are refused, with the nearest that exists; so are values of another type.\n",
        "Pelican's own that matter here: `SITENAME`, `SITESUBTITLE`, `SITEURL`, `TIMEZONE` (decides to which day an",
        "item belongs), `DEFAULT_LANG`, `STATIC_PATHS`, `RELATIVE_URLS`, `WITH_FUTURE_DATES`,",
        "`THEME_TEMPLATES_OVERRIDES`, `JINJA_FILTERS`.\n",
    ]
    lines += table(
        ("setting", "default"),
        [(f"[{setting.name}](#{setting.name.lower()})", f"`{setting.default!r}`") for setting in SETTINGS],
    )
    lines.append("")
    for setting in SETTINGS:
        lines += [f"## {setting.name}\n", f"{setting.help}\n", f"- default: `{setting.default!r}`"]
        if setting.choices:
            lines.append("- one of: " + ", ".join(f"`{choice!r}`" for choice in setting.choices))
        else:
            lines.append(f"- value: {TYPES[type(setting.default)]}")
        if setting.minimum:
            lines.append(f"- at least: {setting.minimum}")
        if setting.maximum:
            lines.append(f"- at most: {setting.maximum}")
        lines += [f"- built again after a change: {AGAIN[setting.stale]}", ""]
    return "\n".join(lines)


def diagnostics_page() -> str:
    """Return ``reference/diagnostics.md``."""
    lines = [
        NOTE,
        "# Diagnostics\n",
        "What a build says about content, as `path:line: CODE key: value → what to do`. An **error** leaves the file",
        "out, a **warning** leaves out or corrects one value, a **note** changes nothing. None stops the other files;",
        "`pelican --fatal errors` names all errors and then exits with 1. Codes from ND501 on are said by",
        "`news-digest audit` about a built site.\n",
        "[`news-digest check`](../how-to/check.md) says all that a build says, without building. ND401 to ND424 and",
        "those from ND601 on are its own: they need values that a build has no use for.\n",
        *table(
            ("code", "severity", "what it means"),
            [(code, severity.value, meaning) for code, (severity, meaning) in CODES.items()],
        ),
    ]
    return "\n".join([*lines, ""])


def schema_page(name: str) -> str:
    """Return ``reference/schema/<name>.json``, for editors."""
    return msgspec.json.format(msgspec.json.encode(editor_schema(name)), indent=2).decode() + "\n"


__all__ = ["EDITOR_SCHEMAS", "diagnostics_page", "schema_page", "settings_page"]
