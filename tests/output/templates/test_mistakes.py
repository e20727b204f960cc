"""A template's mistake is named by its own file and line, by whatever way it was reached, and in another process."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from pelican.plugins.news_digest.errors import TemplateError
from pelican.plugins.news_digest.output.templates.options import TemplateOptions
from pelican.plugins.news_digest.output.templates.render import Renderer
from pelican.plugins.news_digest.pages.plans import MailPlan, PagePlan
from pelican.plugins.news_digest.pages.views.base import LinkView
from tests.output.templates.test_render import SITE

MISTAKES = {
    "unknown field": ("{{ view.txet }}", "UndefinedError"),
    "unknown name": ("{{ nothing.here }}", "UndefinedError"),
    "unknown filter": ("{{ 1 | nofilter }}", "TemplateAssertionError"),
    "unknown test": ("{{ 1 is notest }}", "TemplateAssertionError"),
    "filter with too many arguments": ("{{ 'a' | wrapped(1, 2, 3, 4) }}", "TypeError"),
    "filter of something else": ("{{ 3 | join }}", "TypeError"),
    "arithmetic": ("{{ 1 / 0 }}", "ZeroDivisionError"),
    "macro with too many arguments": ("{{ one(1, 2) }}", "TypeError"),
    "macro with an unknown argument": ("{{ one(x=2) }}", "TypeError"),
    "gone template": ("{% include 'gone.html' %}", "TemplateNotFound"),
    "gone macros": ("{% from 'gone.html' import x %}", "TemplateNotFound"),
    "syntax": ("{% if %}", "TemplateSyntaxError"),
    "call of what is no function": ("{{ view.text() }}", "TypeError"),
}
# How the template with the mistake, bad.html, is reached: each is what t.html holds.
WAYS = {
    "include": "\n{% include 'bad.html' %}",
    "include in a loop": "{% for n in [1] %}\n{% include 'bad.html' %}{% endfor %}",
    "child": "{% extends 'bad.html' %}",
    "macro": "{% from 'bad.html' import say with context %}\n{{ say() }}",
}


def options(folder: Path, way: str, mistake: str) -> TemplateOptions:
    """Return templates of which one has a mistake in its third line."""
    one = "{% macro one(n) %}{{ n }}{% endmacro %}"
    bad = f"{one}{{% macro say() %}}\n\n{mistake}{{% endmacro %}}" if way == "macro" else f"{one}\n\n{mistake}"
    for name, text in {"t.html": WAYS[way], "bad.html": bad}.items():
        (folder / name).write_text(text, encoding="utf-8")
    return TemplateOptions(paths=(str(folder),))


@pytest.mark.parametrize("files", [1, 1000], ids=["few", "many"])
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("mistake", MISTAKES)
def test_place_is_the_templates_own(tmp_path: Path, mistake: str, way: str, files: int):
    """Never a file of a library; however many pages there are."""
    text, kind = MISTAKES[mistake]
    renderer = Renderer(options(tmp_path, way, text), site=SITE, root="/", is_relative=False, files=files)
    plan = PagePlan(save_as="a.html", template="t.html", view=LinkView(text="T", href="x"))
    with pytest.raises(TemplateError) as caught:
        renderer.render(plan)
    error = caught.value
    assert (str(tmp_path / "bad.html"), 3, kind) == (error.path, error.line, error.kind)
    assert error.reason


def test_mails_templates_are_named_as_well(tmp_path: Path):
    """What is no page is made in the same way."""
    made = options(tmp_path, "include", "{{ view.txet }}")
    renderer = Renderer(made, site=SITE, root="/", is_relative=False)
    with pytest.raises(TemplateError, match=r"bad\.html:3: UndefinedError .* `news-digest docs views` names what"):
        renderer.render(MailPlan(save_as="m.txt", template="t.html", view=LinkView(text="T", href="x")))


def test_error_comes_whole_out_of_another_process():
    """Pickled there, and made again here."""
    error = TemplateError("/srv/t.html", 7, "UndefinedError", "no 'x'", "look")
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    assert "/srv/t.html:7: UndefinedError no 'x' → look" == str(error) == str(again)
    assert (error.path, error.line, error.kind) == (again.path, again.line, again.kind)


def test_path_is_said_from_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """As one would type it."""
    monkeypatch.chdir(tmp_path)
    assert str(TemplateError(str(tmp_path / "templates" / "a.html"), 2, "E", "x")).startswith("templates/a.html:2: E x")
    assert str(TemplateError("templates/a.html", 2, "E", "x")).startswith("templates/a.html:2: E x")
