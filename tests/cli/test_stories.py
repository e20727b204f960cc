"""``news-digest stories adopt``: what it says and does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pelican.plugins.news_digest.cli.main import main
from tests.builders import front_matter

if TYPE_CHECKING:
    import pytest

    from tests.conftest import Site


def write_story(site: Site) -> None:
    """Write two reports that list each other."""
    site.settings()
    for name, other in (("a", "b"), ("b", "a")):
        related = f"\n- webUrl: https://{other}.example/"
        site.write(f"news/{name}.md", front_matter(webUrl=f"https://{name}.example/", related=related))


def test_it_says_what_would_change(site: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """With --dry-run no file changes; without it they do, once."""
    write_story(site)
    monkeypatch.chdir(site.root)
    assert 0 == main(["stories", "adopt", "--dry-run"])
    assert "1 story: 2 files would change" in capsys.readouterr().out
    assert "story: a" not in (site.root / "content" / "news" / "a.md").read_text()
    assert 0 == main(["stories", "adopt"])
    assert "2 files were changed" in capsys.readouterr().out
    assert "story: a\n" in (site.root / "content" / "news" / "b.md").read_text()
    assert 0 == main(["stories", "adopt"])
    assert "0 files were changed" in capsys.readouterr().out


def test_what_is_left_is_said(site: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """By file, and with an exit code of its own."""
    write_story(site)
    text = front_matter(webUrl="https://b.example/", related="&list\n- webUrl: https://a.example/", again="*list")
    site.write("news/b.md", text)
    monkeypatch.chdir(site.root)
    assert 1 == main(["stories", "adopt"])
    said = capsys.readouterr()
    assert "a: left as it is: news/b.md: " in said.err
    assert "0 stories: 0 files were changed" in said.out
