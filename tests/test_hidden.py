"""What is hidden, and what is secret, reaches no file of the output; a build and ``check`` judge alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pelican.plugins.news_digest.cli.main import main
from tests.builders import front_matter

if TYPE_CHECKING:
    from tests.conftest import Site

KEY = "KEY-77-OPEN"
BLOCK = f'title: "Ropewalk to let"\ndate: 2026-03-14\nsecured: "{KEY}"\nwebUrl: "https://rope.example/a"\n'


@pytest.fixture
def small(site: Site) -> Site:
    """Return a site with one item that may be seen."""
    site.settings(DIGEST_SEARCH=False, DIGEST_WORKERS=1)
    site.write("news/seen.md", front_matter(title='"Seen by all"', webUrl="https://pier.example/seen"))
    return site


def files_with(site: Site, *words: str) -> list[str]:
    """Return the files of the output that hold one of *words*, in their names or their text."""
    found = {name: name.encode() + data for name, data in site.files().items()}
    return sorted(name for name, data in found.items() if any(word.encode() in data for word in words))


def said_by_check(site: Site, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> str:
    """Return what ``news-digest check`` prints."""
    monkeypatch.chdir(site.root)
    main(["check"])
    return capsys.readouterr().out


@pytest.mark.parametrize("stock", [False, True])
def test_a_block_that_is_nearly_one_reaches_no_page(
    small: Site, stock: bool, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    """In the news folder, among Pelican's own articles and among pages; build and check say the same of the news."""
    if stock:
        small.settings(THEME="simple")
    for name, text in (
        ("four", f"----\n{BLOCK}----\nAsk at the gate."),
        ("plus", f"+++\n{BLOCK}+++\nAsk at the gate."),
        ("space", f" ---\n{BLOCK}---\nAsk at the gate."),
        ("none", f"{BLOCK}topics:\n  - Ropes\n---\nAsk at the gate."),
        ("early", f"---\ntitle: A\npublishedDateTime: 2026-03-14\n---\n{BLOCK}---\nAsk at the gate."),
        ("headers", f"Title: A\nDate: 2026-03-14\n\nsecured: {KEY}\n"),
    ):
        for folder in ("news", "blog", "pages"):
            small.write(f"{folder}/{name}.md", text)
    small.write("news/below.md", front_matter(related=f"[{{title: A, webUrl: 'https://a.example/', Secured: {KEY}}}]"))
    small.write("pages/meta.md", f"Title: A page\nSecured: {KEY}\n\nText.")
    small.write("pages/block.md", f"---\ntitle: Another page\nSecured: {KEY}\n---\nText.")
    built = small.build()
    assert [] == files_with(small, KEY, "Ropewalk", "at the gate")
    assert files_with(small, "Seen by all")
    checked = said_by_check(small, capsys, monkeypatch)
    for name in ("four", "plus", "space", "none", "early", "headers"):
        assert f"news/{name}.md:" in built.stdout
        assert f"news/{name}.md:" in checked
    assert KEY not in built.stdout + checked


@pytest.mark.parametrize("stock", [False, True])
def test_a_hidden_item_reaches_no_file(
    small: Site, stock: bool, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    """Neither its title nor its name, on no page, in no feed, and not on the public page about the build."""
    if stock:
        small.settings(THEME="simple")
    lines = (
        "published: no",
        "draft: true",
        "Draft: perhaps",
        "status: secret",
        "removed: [1]",
        "hidden: Y",
        "publised: off",
    )
    for number, line in enumerate(lines):
        text = front_matter(title='"The quiet one"', webUrl=f"https://quiet.example/{number}", published="")
        small.write(f"news/quiet-{number}.md", text.replace("---\n", f"---\n{line}\n", 1))
        headers = "" if line.startswith("removed") else line
        small.write(
            f"blog/quiet-{number}.md", f"Title: The quiet one\nDate: 2026-05-01\n{headers or 'Removed: yes'}\n\nA"
        )
        small.write(f"pages/quiet-{number}.md", f"---\ntitle: The quiet one\n{line}\n---\nText.")
    small.write("news/quiet-9.md", '---\ndraft: true\nwebUrl: "https://quiet.example/9"\ntitle: The quiet one\n---\n')
    built = small.build()
    assert [] == files_with(small, "quiet-", "quiet one", "quiet.example")
    assert files_with(small, "Seen by all")
    checked = said_by_check(small, capsys, monkeypatch)
    for number, code in ((2, "ND119"), (3, "ND119"), (4, "ND119"), (6, "ND119"), (9, "ND104")):
        assert f"news/quiet-{number}.md:2: {code}".replace(":2: ND104", ":1: ND104") in built.stdout
        assert f"news/quiet-{number}.md:2: {code}".replace(":2: ND104", ":1: ND104") in checked
