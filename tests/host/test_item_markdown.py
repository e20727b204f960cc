"""``DIGEST_MARKDOWN``: what the site's extensions make of items, from build to build and in every process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.builders import front_matter

if TYPE_CHECKING:
    from tests.conftest import Site

EXTENSION = """\
import re
from pathlib import Path
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor


class Include(Preprocessor):
    def run(self, lines):
        return [re.sub(r"{!(.*?)!}", lambda found: Path("content", found[1]).read_text(), line) for line in lines]


def makeExtension(**options):
    made = Extension()
    made.extendMarkdown = lambda md: md.preprocessors.register(Include(md), "include", 102)
    return made
"""
ADMONITION = {"extension_configs": {"admonition": {}, "extra": {}}}
PLAIN = {"extension_configs": {"extra": {}}}
NOTE = '<p class="admonition-title">'


def item(site: Site, text: str, name: str = "a") -> None:
    """Write an item with *text* as its body."""
    site.write(f"news/{name}.md", front_matter(webUrl="") + text + "\n")


def with_extension(site: Site, **settings: Any) -> None:
    """Give the site an extension that includes files, in a module of its own."""
    (site.root / "including.py").write_text(EXTENSION)
    site.settings(MARKDOWN={"extensions": ["including"]}, DIGEST_MARKDOWN=True, ARTICLE_PATHS=["blog"], **settings)
    config = site.root / "pelicanconf.py"
    config.write_text(f"import sys\nsys.path.append({str(site.root)!r})\n{config.read_text()}")


def test_extensions_apply_where_the_site_asks(site: Site):
    """In no other site; and a body that was kept is read again when the setting changes, or ``MARKDOWN`` does."""
    item(site, "!!! note\n    Mind <script>x</script> the gap.")
    seen = []
    for asked, markdown in ((False, ADMONITION), (True, ADMONITION), (True, PLAIN), (True, ADMONITION)):
        site.settings(DIGEST_MARKDOWN=asked, MARKDOWN=markdown)
        assert 0 == site.build().returncode
        page = site.page("news/a/index.html")
        assert "<script>x" not in page
        assert (NOTE in page) == ("texts.css" in page)
        seen.append(NOTE in page)
    assert [False, True, False, True] == seen
    assert " 0 files changed" in site.build().stdout


@pytest.mark.parametrize("workers", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_a_piece_that_changes_changes_who_includes_it(workers: int, site: Site):
    """And nothing else; in several processes the same as in one."""
    with_extension(site, DIGEST_WORKERS=workers, DIGEST_SEARCH=False)
    site.write("pieces/a.md", "One *piece*.")
    item(site, "{!pieces/a.md!}")
    item(site, "Nothing of it.", "b")
    if workers > 1:  # as many bytes as are needed to share the work, where they are soon read
        comment = f"---\n# {'word ' * 15_000}\n"
        for number in range(60):
            text = front_matter(webUrl="").replace("---\n", comment, 1)
            site.write(f"news/long-{number}.md", f"{text}{{!pieces/a.md!}}\n")
    assert 0 == site.build().returncode
    assert "One <em>piece</em>." in site.page("news/a/index.html")
    assert " 0 files changed" in site.build().stdout
    site.write("pieces/a.md", "Another piece.")
    site.build()
    assert "Another piece." in site.page("news/a/index.html")
    if workers > 1:
        assert "Another piece." in site.page("news/long-59/index.html")
    built = site.files()
    site.settings(DIGEST_CACHE=False)
    with_extension(site, DIGEST_WORKERS=1, DIGEST_CACHE=False, DIGEST_SEARCH=False)
    site.build()
    assert built == site.files()


def test_a_file_that_may_not_be_included_is_named(site: Site):
    """With the line that asks for it; nothing of it stands anywhere."""
    with_extension(site)
    (site.root / "secret.txt").write_text("TOP SECRET")
    item(site, "Before.\n\n{!../secret.txt!}\n")
    said = " ".join(site.build().stdout.split())
    assert "ND114" in said
    assert "outside the content folder" in said
    assert not [name for name, data in site.files().items() if b"TOP SECRET" in data]


def test_an_extension_that_is_not_there_stops_with_its_name(site: Site):
    """Instead of a traceback."""
    item(site, "Text.")
    site.settings(DIGEST_MARKDOWN=True, MARKDOWN={"extensions": ["nosuch"]})
    result = site.build()
    assert 0 != result.returncode
    assert "MARKDOWN, with DIGEST_MARKDOWN: ModuleNotFoundError: No module named 'nosuch'" in " ".join(
        result.stdout.split()
    )
    assert "Traceback" not in result.stdout
