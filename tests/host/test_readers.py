"""Another plugin's reader of Markdown and ours read the same files, whichever ``PLUGINS`` names first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.builders import front_matter

if TYPE_CHECKING:
    from tests.conftest import Site

PLUGIN = """
from pelican import signals
from pelican.readers import MarkdownReader

class Filling(MarkdownReader):
    def read(self, path):
        content, metadata = super().read(path)
        return content.replace("ANSWER", "42"), metadata

def add(readers):
    readers.reader_classes["md"] = Filling

def register():
    signals.readers_init.connect(add)
"""


# As MyST's: it reads blocks itself, and files with one alone.
STRICT = PLUGIN.replace(
    "content, metadata = super().read(path)",
    """
        with open(path) as file:
            before, block, text = file.read().split("---\\n", 2)
        content, metadata = f"<p>{text}</p>", {}""",
)


@pytest.mark.parametrize("order", ["[*PLUGINS, 'filling']", "['filling', *PLUGINS]"])
def test_a_reader_that_needs_a_block_gets_it(order: str, site: Site):
    """Its text is in the page, and what the block says is read as ever."""
    (site.root / "filling.py").write_text(STRICT, encoding="utf-8")
    site.write("posts/block.md", "---\ntitle: Block\ndate: 2026-05-01\ntags: [One, Two]\n---\nIt is ANSWER.\n")
    site.write("posts/hidden.md", "---\ntitle: Hidden\ndate: 2026-05-01\npublished: false\n---\nIt is ANSWER.\n")
    site.settings(ARTICLE_PATHS=["posts"])
    conf = site.root / "pelicanconf.py"
    more = f'import sys; sys.path.insert(0, "."); PLUGINS = {order}\n'
    conf.write_text(conf.read_text(encoding="utf-8") + more, encoding="utf-8")
    result = site.build("--fatal", "warnings")
    assert 0 == result.returncode, result.stdout
    page = site.page("block.html")
    assert "It is 42." in page
    assert ">Two</a>" in page
    assert "hidden.html" not in site.files()


@pytest.mark.parametrize("order", ["[*PLUGINS, 'filling']", "['filling', *PLUGINS]"])
def test_both_read(order: str, site: Site):
    """Texts are theirs, blocks ours; items are items."""
    (site.root / "filling.py").write_text(PLUGIN, encoding="utf-8")
    site.write("posts/plain.md", "Title: Plain\nDate: 2026-05-01\n\nIt is ANSWER.\n")
    site.write("posts/block.md", "---\ntitle: Block\ndate: 2026-05-01\ntags: [One, Two]\n---\nIt is ANSWER, too.\n")
    site.write("posts/hidden.md", "---\ntitle: Hidden\ndate: 2026-05-01\npublished: false\n---\nIt is ANSWER.\n")
    site.write("news/a.md", front_matter(title='"An item"'))
    site.settings(ARTICLE_PATHS=["posts"])
    conf = site.root / "pelicanconf.py"
    more = f'import sys; sys.path.insert(0, "."); PLUGINS = {order}\n'
    conf.write_text(conf.read_text(encoding="utf-8") + more, encoding="utf-8")
    result = site.build("--fatal", "warnings")
    assert 0 == result.returncode, result.stdout
    assert "It is 42." in site.page("plain.html")
    page = site.page("block.html")
    assert "It is 42, too." in page
    assert ">Two</a>" in page
    assert "An item" in site.page("news/a/index.html")
    assert "hidden.html" not in site.files()
