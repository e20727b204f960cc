"""Compiled templates are kept beside compiled modules, and only used for just what they were made from."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jinja2
import pytest

from pelican.plugins.news_digest.output.templates import compiled
from pelican.plugins.news_digest.output.templates.environment import DigestEnvironment, FastEnvironment
from pelican.plugins.news_digest.output.templates.loader import OWN
from pelican.plugins.news_digest.output.templates.options import TemplateOptions
from pelican.plugins.news_digest.output.templates.render import compile_templates, make_environment
from tests.conftest import ROOT

THEME = ROOT / "theme" / "templates"
KINDS = pytest.mark.parametrize("kind", [DigestEnvironment, FastEnvironment])


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of templates that are compiled, as they are."""
    names: list[str] = []
    compile_template = jinja2.Environment.compile

    def compile_and_note(self: jinja2.Environment, source: Any, name: str, *rest: Any, **options: Any) -> Any:
        names.append(name)
        return compile_template(self, source, name, *rest, **options)

    monkeypatch.setattr(jinja2.Environment, "compile", compile_and_note)
    return names


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder in which compiled templates are kept here."""
    folder = tmp_path / "kept"
    monkeypatch.setattr(compiled, "__file__", str(folder / "compiled.py"))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    return folder / "__pycache__"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of a site's own templates."""
    (tmp_path / "own").mkdir()
    return tmp_path / "own"


def load(name: str, *own: Path, kind: type[DigestEnvironment] = FastEnvironment, **values: Any) -> None:
    """Load a template in an environment of its own, as another process would."""
    make_environment(TemplateOptions(paths=(*map(str, own), str(THEME)), **values), kind).get_template(name)


@KINDS
def test_template_is_compiled_once(made: list[str], kept: Path, kind: type[DigestEnvironment]):
    """Whatever process needs it next."""
    load("topic.html", kind=kind)
    assert ["topic.html"] == made
    load("topic.html", kind=kind)
    assert ["topic.html"] == made
    assert 1 == len(list(kept.iterdir()))


def test_what_most_pages_need_is_compiled_for_others(made: list[str]):
    """By one process, for all that begin to render."""
    compile_templates(TemplateOptions(paths=(str(THEME),)))
    compiled_once = list(made)
    assert {"base.html", "article.html", "macros/story.html"} < set(compiled_once)
    for name in compiled_once:
        load(name)
    assert compiled_once == made


def test_what_is_broken_is_left_to_whoever_renders_it(folder: Path, made: list[str]):
    """The others are compiled all the same."""
    (folder / "article.html").write_text("{% if %}")
    compile_templates(TemplateOptions(paths=(str(folder), str(THEME))))
    assert "topic.html" in made


def test_what_is_kept_renders_the_same(folder: Path):
    """Macros, words and inlined parts included."""
    (folder / "404.html").write_text(
        '{% from "macros/topic.html" import topic_links %}{{ _("Topics") }} {{ topic_links(view, "/") }}'
    )
    options = TemplateOptions(paths=(str(folder), str(THEME)), lang="ar")
    view = [{"text": "A & B", "href": "topics/a/", "is_external": False, "count": None}]

    def render() -> str:
        return make_environment(options).get_template("404.html").render(view=view)

    first = render()
    assert "A &amp; B" in first
    assert first == render()


@KINDS
@pytest.mark.parametrize(
    "changed", ["topic.html", "macros/story.html", "macros/source.html", "partials/feeds.html", "base.html"]
)
def test_template_is_compiled_anew_when_one_that_it_reaches_is_another(
    made: list[str], folder: Path, kind: type[DigestEnvironment], changed: str
):
    """Extended, imported, included, or by way of another."""
    load("topic.html", folder, kind=kind)
    (folder / changed).parent.mkdir(exist_ok=True)
    (folder / changed).write_text((THEME / changed).read_text() + "{# changed #}")
    load("topic.html", folder, kind=kind)
    assert ["topic.html", "topic.html"] == made


def test_template_is_not_compiled_anew_for_another_that_it_does_not_reach(made: list[str], folder: Path):
    """A site may have as many of its own as it likes."""
    load("topic.html", folder)
    (folder / "search.html").write_text("other")
    load("topic.html", folder)
    assert ["topic.html"] == made


def test_languages_and_kinds_do_not_meet(made: list[str], kept: Path):
    """Words are part of the code, and so is how it was compiled; all are kept side by side."""
    for _ in range(2):
        load("topic.html")
        load("topic.html", lang="ar")
        load("topic.html", kind=DigestEnvironment)
    assert ["topic.html"] * 3 == made
    assert 3 == len(list(kept.iterdir()))


def test_words_of_a_sites_own_count(made: list[str], tmp_path: Path):
    """Another translation is another page."""
    words = tmp_path / "words"
    words.mkdir()
    for text in ("Sujets", "Thèmes"):
        head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        (words / "fr.po").write_text(f'{head}msgid "Topics"\nmsgstr "{text}"\n', encoding="utf-8")
        load("topic.html", lang="fr", languages_path=str(words))
    assert ["topic.html"] * 2 == made


def test_code_of_a_sites_own_is_not_kept(made: list[str], kept: Path):
    """A filter may be part of what a template is compiled to, and cannot be compared."""
    for _ in range(2):
        load("topic.html", filters={"own": str.upper})
    assert ["topic.html"] * 2 == made
    assert not kept.exists()


def test_templates_of_other_names_are_not_kept(made: list[str], kept: Path, folder: Path):
    """Else the folder would grow with the sites that are built on this machine."""
    (folder / "mine.html").write_text("mine")
    for _ in range(2):
        load("mine.html", folder)
    assert ["mine.html"] * 2 == made
    assert not kept.exists()


def test_template_of_the_theme_beside_one_of_the_same_name(made: list[str], folder: Path):
    """A site's ``topic.html`` may extend ours, which is found under another name."""
    (folder / "topic.html").write_text(f'{{% extends "{OWN}/topic.html" %}}{{# one #}}')
    for _ in range(2):
        load("topic.html", folder)
        load(f"{OWN}/topic.html", folder)
    assert ["topic.html", f"{OWN}/topic.html"] == made
    (folder / "topic.html").write_text("other")
    load(f"{OWN}/topic.html", folder)
    assert ["topic.html", f"{OWN}/topic.html"] == made
    load("topic.html", folder)
    assert ["topic.html", f"{OWN}/topic.html", "topic.html"] == made


def damages() -> Iterator[tuple[str, Any]]:
    """Yield ways in which a file may be other than it was written."""
    yield "empty", lambda data: b""
    yield "cut", lambda data: data[:-1]
    yield "longer", lambda data: data + b"\0"
    yield "one bit", lambda data: data[:40] + bytes([data[40] ^ 1]) + data[41:]
    yield "another program", lambda data: data[:32] + b"c" + data[33:]


@pytest.mark.parametrize("damage", [pytest.param(change, id=name) for name, change in damages()])
def test_damaged_file_is_not_run(made: list[str], kept: Path, damage: Any):
    """It is made anew."""
    load("topic.html")
    file = next(kept.iterdir())
    whole = file.read_bytes()
    file.write_bytes(damage(whole))
    load("topic.html")
    assert ["topic.html"] * 2 == made
    load("topic.html")
    assert ["topic.html"] * 2 == made


def test_nothing_is_kept_where_python_keeps_nothing(made: list[str], kept: Path, monkeypatch: pytest.MonkeyPatch):
    """``PYTHONDONTWRITEBYTECODE`` is heard."""
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    load("topic.html")
    assert ["topic.html"] == made
    assert not kept.exists()


def test_other_place_is_pythons(kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """``PYTHONPYCACHEPREFIX`` is heard."""
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "elsewhere"))
    load("topic.html")
    assert not kept.exists()
    assert [path for path in (tmp_path / "elsewhere").rglob("template-*") if path.is_file()]


def test_python_that_keeps_no_compiled_modules(made: list[str], monkeypatch: pytest.MonkeyPatch):
    """It knows no place for them either."""
    monkeypatch.setattr(sys.implementation, "cache_tag", None)
    for _ in range(2):
        load("topic.html")
    assert ["topic.html"] * 2 == made


def test_place_that_may_not_be_written_to(made: list[str], kept: Path):
    """A package that somebody else installed: everything works, and is compiled each time."""
    kept.parent.write_text("a file")
    for _ in range(2):
        load("topic.html")
    assert ["topic.html"] * 2 == made


def test_template_that_names_a_missing_one(folder: Path, kept: Path):
    """It is compiled as ever; what is missing is said when it is asked for."""
    (folder / "404.html").write_text('{% if view.wanted %}{% include "gone.html" %}{% endif %}there')
    options = TemplateOptions(paths=(str(folder), str(THEME)))
    assert "there" == make_environment(options).get_template("404.html").render(view={"wanted": False})
    assert not kept.exists()


def test_template_that_is_written_to_just_now(made: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """What is compiled is what was read when it was asked for, and is kept as just that."""
    theme = shutil.copytree(THEME, tmp_path / "theme")
    story = theme / "macros" / "story.html"
    before = story.read_text()
    first, second = (make_environment(TemplateOptions(paths=(str(theme),)), FastEnvironment) for _ in range(2))
    compile_template = first.compile

    def change_and_compile(*given: Any, **options: Any) -> Any:
        story.write_text("{% macro story(a, b) %}changed{% endmacro %}")
        return compile_template(*given, **options)

    monkeypatch.setattr(first, "compile", change_and_compile)
    first.get_template("topic.html")
    second.get_template("topic.html")
    assert ["topic.html"] * 2 == made
    story.write_text(before)
    make_environment(TemplateOptions(paths=(str(theme),)), FastEnvironment).get_template("topic.html")
    assert ["topic.html"] * 3 == made  # the second one's is kept now
