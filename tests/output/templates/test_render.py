"""Plans become bytes: with one environment, and links that begin where the site begins."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import msgspec
import pytest

from pelican.plugins.news_digest.errors import TemplateError
from pelican.plugins.news_digest.images.cards.card import draw_card
from pelican.plugins.news_digest.images.cards.card_spec import Card
from pelican.plugins.news_digest.output.perform import RenderSetup, press_for
from pelican.plugins.news_digest.output.templates.options import TemplateOptions
from pelican.plugins.news_digest.output.templates.render import (
    MANY_FILES,
    Renderer,
    make_environment,
    templates_key,
)
from pelican.plugins.news_digest.pages.plans import CardPlan, FilePlan, PagePlan, Plan
from pelican.plugins.news_digest.pages.views.base import LinkView, SiteView

SITE = SiteView(
    name="T <i>",
    subtitle="",
    lang="en",
    dir="ltr",
    topics=(),
    pages=(),
    css="",
    script="",
    head_script="",
    csp="",
    generator="",
)


def rendered(folder: Path, template: str, *, save_as: str = "a/index.html", **values: Any) -> str:
    """Return a page made of *template*."""
    (folder / "t.html").write_text(template, encoding="utf-8")
    root, is_relative = values.pop("root", "/"), values.pop("is_relative", False)
    is_placeless = values.pop("is_placeless", False)
    options = TemplateOptions(paths=(str(folder),), **values)
    plan = PagePlan(
        save_as=save_as, template="t.html", view=LinkView(text="<b> & \"'", href="x"), is_placeless=is_placeless
    )
    return Renderer(options, site=SITE, root=root, is_relative=is_relative).render(plan).decode()


def test_text_is_text(tmp_path: Path):
    """Autoescape is on: nothing from outside becomes markup."""
    assert "&lt;b&gt; &amp; &#34;&#39; T &lt;i&gt;\n" == rendered(tmp_path, "{{ view.text }} {{ site.name }}")


def test_unknown_name_in_a_template_is_an_error(tmp_path: Path):
    """A typing mistake does not print nothing."""
    with pytest.raises(TemplateError, match=r"t\.html:1: UndefinedError "):
        rendered(tmp_path, "{{ view.txet }}")


@pytest.mark.parametrize(
    ("expected", "save_as"),
    [("./", "index.html"), ("../", "a/index.html"), ("../../", "news/a/index.html"), ("../../../", "t/x/y/1.html")],
)
def test_relative_root_leads_up_from_the_page(tmp_path: Path, expected: str, save_as: str):
    """With RELATIVE_URLS a page finds the site's root from where it lies."""
    assert f"{expected}\n" == rendered(tmp_path, "{{ root }}", save_as=save_as, is_relative=True)


@pytest.mark.parametrize("root", ["/", "/repo/"])
def test_root_is_the_sites_path(tmp_path: Path, root: str):
    """Otherwise links begin at the site's path on its host."""
    assert f"{root}\n" == rendered(tmp_path, "{{ root }}", root=root)


def test_page_that_is_served_anywhere_never_links_relatively(tmp_path: Path):
    """404.html does not know where it is shown."""
    page = rendered(tmp_path, "{{ root }}", save_as="404.html", root="/repo/", is_relative=True, is_placeless=True)
    assert "/repo/\n" == page


def test_owners_filters_globals_and_tests_are_there(tmp_path: Path):
    """Pelican's JINJA_* settings reach our templates."""
    page = rendered(
        tmp_path,
        "{{ 'a'|shout }} {{ answer }} {{ 3 is odder }}",
        filters={"shout": str.upper},
        globals={"answer": 42},
        tests={"odder": lambda number: number % 2 == 1},
    )
    assert "A 42 True\n" == page


def test_owners_folder_is_searched_first(tmp_path: Path):
    """A site's own template stands before the theme's."""
    own, theme = tmp_path / "own", tmp_path / "theme"
    for folder in (own, theme):
        folder.mkdir()
        (folder / "t.html").write_text(folder.name, encoding="utf-8")
    environment = make_environment(TemplateOptions(paths=(str(own), str(theme))))
    assert "own" == environment.get_template("t.html").render()


def test_numbers_in_words_follow_the_count(tmp_path: Path):
    """One story, two stories."""
    template = '{% for n in (1, 2) %}{{ ngettext("%(num)s story", "%(num)s stories", n) }};{% endfor %}'
    assert "1 story;2 stories;\n" == rendered(tmp_path, template)


def test_file_plan_is_its_bytes(tmp_path: Path):
    """What is known already is not rendered."""
    renderer = Renderer(TemplateOptions(paths=(str(tmp_path),)), site=SITE, root="/", is_relative=False)
    assert b"\x00\xff" == renderer.render(FilePlan(save_as="a", data=b"\x00\xff"))


def test_card_plan_is_a_picture(tmp_path: Path):
    """What is said is drawn."""
    renderer = Renderer(TemplateOptions(paths=(str(tmp_path),)), site=SITE, root="/", is_relative=False)
    card = Card(title="Harbour reopens", title_px=108)
    assert draw_card(card) == renderer.render(CardPlan(save_as="cards/a.png", card=card))


def test_unknown_kind_of_plan_is_a_mistake_of_ours(tmp_path: Path):
    """Nothing is skipped in silence."""
    renderer = Renderer(TemplateOptions(paths=(str(tmp_path),)), site=SITE, root="/", is_relative=False)
    with pytest.raises(TypeError):
        renderer.render(Plan(save_as="a"))


def test_state_of_templates_tells_every_change(tmp_path: Path):
    """An edit, a new file, one that is gone, and other words: what a preview has to see."""
    (tmp_path / "a.html").write_text("a")
    options = TemplateOptions(paths=(str(tmp_path),), lang="ar", languages_path=str(tmp_path / "words"))
    states = [templates_key(options)]
    (tmp_path / "a.html").write_text("ab")
    states.append(templates_key(options))
    (tmp_path / "partials").mkdir()
    (tmp_path / "partials" / "b.html").write_text("b")
    states.append(templates_key(options))
    (tmp_path / "a.html").unlink()
    states.append(templates_key(options))
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "ar.po").write_text("")
    states.append(templates_key(options))
    assert all(one != other for one, other in itertools.combinations(states, 2))
    assert states[-1] == templates_key(options)


def test_press_is_kept_while_nothing_changed(tmp_path: Path):
    """A preview compiles templates once; an edit of one is seen all the same."""
    (tmp_path / "t.html").write_text("{{ view.text }}")
    setup = RenderSetup(
        options=TemplateOptions(paths=(str(tmp_path),)), site=SITE, output=str(tmp_path), root="/", is_relative=False
    )
    first = press_for(setup, files=1)
    assert first is press_for(setup, files=1)
    (tmp_path / "t.html").write_text("{{ view.text }}!")
    assert first is not press_for(setup, files=1)
    own = msgspec.structs.replace(setup, options=TemplateOptions(paths=(str(tmp_path),), filters={"f": str.upper}))
    assert press_for(own, files=1) is not press_for(own, files=1)


def test_press_for_many_serves_for_few_too(tmp_path: Path):
    """Not the other way round: for many files, templates are compiled for speed."""
    (tmp_path / "t.html").write_text("{{ view.text }}")
    setup = RenderSetup(
        options=TemplateOptions(paths=(str(tmp_path),)), site=SITE, output=str(tmp_path), root="/", is_relative=False
    )
    few = press_for(setup, files=MANY_FILES - 1)
    many = press_for(setup, files=MANY_FILES)
    assert few is not many
    assert many is press_for(setup, files=1)
    plan = PagePlan(save_as="a.html", template="t.html", view=LinkView(text="<a>", href=""))
    assert [outcome.state.digest for outcome in few.print_all([plan])] == [
        outcome.state.digest for outcome in many.print_all([plan])
    ]
