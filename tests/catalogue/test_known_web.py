"""The web of links is that of the files as they are, whether it was found now or by the last build."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pelican.plugins.news_digest.catalogue import web as module
from pelican.plugins.news_digest.catalogue.web import Web, known_web, web_of
from pelican.plugins.news_digest.disk.sealed import Answers
from pelican.plugins.news_digest.frontmatter.reader import read_archive
from tests.builders import front_matter, make_item


def related(*names: str) -> str:
    """Return a ``related`` list as a file has it."""
    return "".join(f'\n  - {{title: "{name}", webUrl: "https://{name}.example/"}}' for name in names)


def report(name: str, *names: str, **values: str) -> str:
    """Return the text of a report that lives at an address of its own and names others."""
    return front_matter(**{"webUrl": f'"https://{name}.example/"', "related": related(*names), **values})


class Folder:
    """A content folder with a cache, and how often its web was found."""

    def __init__(self, root: Path) -> None:
        self.news, self.cache = root / "content" / "news", root / "cache"
        self.found = 0
        self.news.mkdir(parents=True)
        for name, others in {"a": "b", "b": "ac", "c": "b", "d": ""}.items():
            self.write(name, report(name, *others))

    def write(self, name: str, text: str) -> None:
        """Write an item."""
        (self.news / f"{name}.md").write_text(text, encoding="utf-8")

    def web(self, *extra: object) -> Web:
        """Return the web as a build takes it, after making sure that it is that of the files."""
        archive = read_archive(self.news.parent, timezone="UTC", cache=self.cache)
        items = (*archive.items, *extra)
        found = known_web(items, ties=archive.ties, answers=Answers(self.cache))
        assert web_of(items) == found
        return found


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """Return a content folder whose web is known from a first build."""
    made = Folder(tmp_path)

    def counted(items: object) -> Web:
        made.found += 1
        return web_of(items)

    monkeypatch.setattr(module, "web_of", counted)
    made.web()
    assert 1 == made.found
    return made


CHANGES: dict[str, Callable[[Folder], None]] = {
    "another list": lambda f: f.write("c", report("c", "d")),
    "another order": lambda f: f.write("b", report("b", "c", "a")),
    "another address": lambda f: f.write("d", report("d", webUrl='"https://e.example/"')),
    "another date": lambda f: f.write("c", report("c", "b", publishedDateTime="2020-01-01T00:00:00Z")),
    "a story": lambda f: f.write("a", report("a", "b", story="storm")),
    "a draft": lambda f: f.write("a", report("a", "b", draft="true")),
    "one more": lambda f: f.write("e", report("e", "a")),
    "one less": lambda f: (f.news / "a.md").unlink(),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_of_links_makes_another_web(folder: Folder, change: str):
    """Whatever decides how items are linked is noticed, and what is found is known to the next build."""
    CHANGES[change](folder)
    folder.web()
    folder.web()
    assert 2 == folder.found


def test_any_other_edit_leaves_the_web(folder: Folder):
    """What an item says of itself has nothing to do with its links."""
    folder.write("b", report("b", "a", "c", title='"Another"', excerpt='"More."', heat="3", topics="\n  - Harbour"))
    folder.web()
    assert 1 == folder.found


def test_an_article_that_pelican_read_belongs_to_the_web(folder: Folder):
    """Nothing of it is in the archive's cache, and it is known again all the same."""
    for url in ("https://x.example/", "https://x.example/", "https://y.example/"):
        folder.web(make_item("classic", url=url))
    assert 3 == folder.found
