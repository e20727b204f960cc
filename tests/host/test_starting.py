"""What a build has loaded before it knows whether there is something to do."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = "import sys, pelican.plugins.news_digest.plugin; print(*sys.modules)"
# Each of the first takes half of our modules with it, each of the others some milliseconds of every build.
OURS = ("catalogue.build", "frontmatter.items.convert", "host.inputs", "host.reading", "host.rebuilding")
OF_OTHERS = ("yaml", "asyncio", "sqlite3", "tarfile", "difflib", "babel.messages")


def test_a_build_starts_with_what_it_needs_to_see_a_change():
    """Neither what reads nor what plans is loaded, nor libraries that few builds ask for."""
    command = [sys.executable, "-c", PROGRAM]
    loaded = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert "pelican.plugins.news_digest.host.unchanged" in loaded
    rare = {*OF_OTHERS, *(f"pelican.plugins.news_digest.{name}" for name in OURS)}
    assert set() == rare.intersection(loaded)
