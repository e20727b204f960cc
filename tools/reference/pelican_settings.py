"""What becomes of Pelican's own settings: ``reference/pelican-settings.md``."""

from __future__ import annotations

from pelican.plugins.news_digest.host.pelican_settings import PELICAN_SETTINGS, Holds

from .markdown import NOTE, table

_WORDS = {
    Holds.AS_EVER: "These hold as in any other theme:",
    Holds.OTHERWISE: "These hold in part, or for something else:",
    Holds.NOT: "These are not used. A build names those that your site has set:",
}


def pelican_settings_page() -> str:
    """Return the page."""
    lines = [
        NOTE,
        "# Pelican's settings with News Digest\n",
        "With the theme of News Digest; with any other theme all of Pelican's settings hold. The plugin's own",
        "settings: [settings](settings.md).\n",
    ]
    for holds, words in _WORDS.items():
        found = sorted((name, said) for name, (kind, said) in PELICAN_SETTINGS.items() if kind is holds)
        lines += [f"## {holds.value.capitalize()}\n", f"{words}\n"]
        if any(said for _, said in found):
            lines += table(("setting", "what of it"), [(f"`{name}`", said) for name, said in found])
        else:
            lines += [", ".join(f"`{name}`" for name, _ in found)]
        lines.append("")
    return "\n".join(lines)
