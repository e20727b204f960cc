"""Extensions of Markdown in items' bodies: what they make is washed, and what they read is asked for."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

from pelican.plugins.news_digest.errors import SettingError
from pelican.plugins.news_digest.frontmatter.body.extensions import known_by
from pelican.plugins.news_digest.frontmatter.body.item_body import read_body
from pelican.plugins.news_digest.frontmatter.body.markdown import Body, BodyError, render_body
from pelican.plugins.news_digest.setting.values import MarkdownRules, markdown_rules

CODE = "```python\nx = 1\n```"


class Includes(Extension):
    """Puts a file in the place of ``{!path!}``, as markdown-include does: what cannot be read is left out."""

    def extendMarkdown(self, md: Any) -> None:  # noqa: N802 - Markdown's name
        """Come before everything else."""
        md.preprocessors.register(_Include(md), "include", 102)


class _Include(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        return [re.sub(r"\{!(.*?)!\}", self._file, line) for line in lines]

    def _file(self, named: re.Match[str]) -> str:
        try:
            return Path(named[1]).read_text(encoding="utf-8")
        except OSError:
            return ""


class Does(Extension):
    """Does something while a body is read."""

    def __init__(self, act: Callable[[], object]) -> None:
        super().__init__()
        self._act = act

    def extendMarkdown(self, md: Any) -> None:  # noqa: N802 - Markdown's name
        """Act, whatever the text is."""
        act = self._act

        class Acting(Preprocessor):
            def run(self, lines: list[str]) -> list[str]:
                act()
                return lines

        md.preprocessors.register(Acting(md), "acts", 102)


def rules(*extensions: Any, content: Path | None = None, **configs: Any) -> MarkdownRules:
    """Return rules with *extensions*, and those of *configs*."""
    said = {"extensions": list(extensions), "extension_configs": configs}
    return markdown_rules({"MARKDOWN": said, "PATH": str(content or "content")}, closed=("news",))


def body(text: str, asked: MarkdownRules) -> Body:
    """Return *text* as a body."""
    return render_body(text, prefix="b-", rules=asked)


@pytest.mark.parametrize(
    ("expected", "text", "asked"),
    [
        ('<code><span class="n">x</span>', CODE, {"codehilite": {"css_class": "highlight"}}),
        ('<div class="codehilite"><pre>', CODE, {"markdown.extensions.codehilite": {}}),
        ('<td class="linenos"><div class="linenodiv">', CODE, {"codehilite": {"linenums": True}}),
        ('note">\n<p class="admonition-title">Note</p>', "!!! note\n    Mind.", {"admonition": {}}),
        ("<p>Note: this is text</p>", "Note: this is text", {"meta": {}}),
        ('<h2 id="b-a">A</h2>', "# A", {"toc": {}}),
        ("“x”", '"x"', {}),
        ("↩", "x[^1]\n\n[^1]: y", {"extra": {"footnotes": {"UNIQUE_IDS": True}}}),
    ],
)  # fmt: skip
def test_extensions_of_the_site_apply(expected: str, text: str, asked: dict[str, Any]):
    """By either of their names, on top of what every body has; headers are no part of a body."""
    assert expected in body(text, rules(**asked)).html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '<div class="note evil" onclick="x()">y</div>',
        '!!! danger evil "<img src=x onerror=alert(1)>"\n    [x](javascript:alert(1))',
        "```{.python onclick=x}\n</code></pre><script>alert(1)</script>\n```",
        '<div class="admonition evil"><iframe src="https://e.example"></iframe></div>',
    ],
)
def test_what_they_make_is_washed(text: str):
    """As every body is: a stranger wrote it."""
    html = body(text, rules(codehilite={}, admonition={}, attr_list={}, md_in_html={})).html
    tags = re.findall(r"<[^>]*>", html)
    assert [] == [tag for tag in tags if re.search(r"script|iframe|evil|\son\w+=|javascript:", tag)]


def test_a_word_of_the_theme_is_a_class_of_admonitions_alone():
    """``note`` is small print elsewhere."""
    asked = rules(admonition={})
    assert "<div>x</div>" in body('<div class="note">x</div>', asked).html
    assert '<div class="admonition note">' in body("!!! note\n    x", asked).html


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Return a content folder in which some files may be included, and others not."""
    folder = tmp_path / "content"
    for path, text in {
        "pieces/a.md": "Included *words*.",
        "news/x.md": "An item.",
        "pages/draft.md": "Title: Draft\nStatus: draft\n\nHidden.",
        "pieces/front.md": "---\ntitle: x\n---\nHidden.",
        "pieces/secret.md": "secured: AAAA==\n",
        "_drafts/a.md": "Hidden.",
        ".git/config": "Hidden.",
    }.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    (tmp_path / "pelicanconf.py").write_text("PASSWORD = 1")
    (folder / "pieces" / "link.md").symlink_to(tmp_path / "pelicanconf.py")
    return folder


def test_a_piece_of_the_content_folder_is_included(content: Path):
    """It is Markdown as well, and the body says that it is made from more than its own file."""
    found = body(f"{{!{content}/pieces/a.md!}}", rules(Includes(), content=content))
    assert ("<p>Included <em>words</em>.</p>", True, ()) == (found.html, found.reads, found.refused)


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("{}/../pelicanconf.py", "it lies outside the content folder"),
        ("/etc/passwd", "it lies outside the content folder"),
        ("{}/pieces/link.md", "it lies outside the content folder"),
        ("{}/news/x.md", "items and records cannot be included"),
        ("{}/pages/draft.md", "it is a text of its own, which may be hidden"),
        ("{}/pieces/front.md", "it is a text of its own, which may be hidden"),
        ("{}/pieces/secret.md", "it has 'secured' in it"),
        ("{}/_drafts/a.md", "it is hidden"),
        ("{}/.git/config", "it is hidden"),
        ("{}/pieces/none.md", "No such file or directory"),
    ],
)
def test_no_other_file_is_included(path: str, why: str, content: Path):
    """Whatever way leads there; the rest of the body stays, and says so with its line."""
    named = path.format(content)
    text = f"Before.\n\n{{!{named}!}}\n\nAfter."
    found, said, _ = read_body(
        text, slug="a", source_path="news/a.md", first_line=10, rules=rules(Includes(), content=content)
    )
    assert "<p>Before.</p>\n\n<p>After.</p>" == found.replace("\n\n\n", "\n\n").replace("</p>\n<p>", "</p>\n\n<p>")
    assert [(12, "ND152", f"the body asks for {named!r}: {why}")] == [(d.line, d.code, d.message) for d in said]


@pytest.mark.parametrize(
    "act",
    [
        lambda: socket.getaddrinfo("localhost", 80),
        lambda: socket.create_connection(("127.0.0.1", 9)),
        lambda: subprocess.run([sys.executable, "-c", ""], check=True),
        lambda: Path("written").write_text("x"),
        lambda: Path("content").mkdir(),
        lambda: Path("x").unlink(),
    ],
)
def test_nothing_is_asked_run_or_written(act: Callable[[], object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A body that asks for it is left out, and no other."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x").write_text("x")
    with pytest.raises(BodyError, match="not understood by an extension"):
        body("x", rules(Does(act), content=tmp_path))
    assert ["x"] == [path.name for path in tmp_path.iterdir()]
    assert "<p>x</p>" == body("x", rules(content=tmp_path)).html
    assert (tmp_path / "x").read_text() == "x"


def test_modules_are_found_while_a_body_is_read(tmp_path: Path):
    """Code is coloured by modules that are loaded when a language is first named, or looked for among what is there."""
    asked = rules(codehilite={"css_class": "highlight"}, content=tmp_path)
    found = body("```brainfuck\n+\n```\n\n```nosuchlanguage\nx\n```", asked)
    assert () == found.refused
    assert found.html.count('class="highlight"') == 2


def test_what_an_extension_prints_is_not_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """It would stand between the lines of a build."""
    body("x", rules(Does(lambda: print("hello")), content=tmp_path))
    assert "" == capsys.readouterr().out


def test_an_extension_that_is_not_there_is_said():
    """With the setting."""
    with pytest.raises(SettingError, match=r"MARKDOWN, with DIGEST_MARKDOWN: ModuleNotFoundError: .*nosuch"):
        body("x", rules("nosuch"))


def _slug(value: str, separator: str) -> str:
    return value + separator


def test_rules_are_known_by_their_extensions_and_options(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Named functions by their code; of a lambda nothing is known, nor of an object's values that are no values."""
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "mine_ext.py").write_text("x = 1\n")
    known = known_by(rules("mine_ext"))
    assert known == known_by(rules("mine_ext"))
    assert known != known_by(rules("mine_ext", toc={}))
    assert known_by(rules(toc={"slugify": _slug})) == known_by(rules(toc={"slugify": _slug})) is not None
    assert known_by(rules(Includes())) is not None
    assert known_by(rules(toc={"slugify": lambda value, _: value})) is None
    assert known_by(rules(Does(print))) is None
    assert not rules(Includes()).is_portable
    assert rules("mine_ext").is_portable
