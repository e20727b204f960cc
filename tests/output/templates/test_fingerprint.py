"""Equal keys, equal bytes; another template, view, site or filter, another key."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pelican.plugins.news_digest.images.cards.card_spec import Card
from pelican.plugins.news_digest.output.packing import pack
from pelican.plugins.news_digest.output.templates.fingerprint import Fingerprinter, UnknownFilterError, options_key
from pelican.plugins.news_digest.output.templates.options import TemplateOptions
from pelican.plugins.news_digest.output.templates.render import make_environment
from pelican.plugins.news_digest.pages.plans import CardPlan, FilePlan, PagePlan
from pelican.plugins.news_digest.pages.views.base import LinkView, SiteView

TEMPLATES = {
    "page.html": '{% extends "base.html" %}{% from "macro.html" import m %}{{ m(view.text) }}',
    "base.html": '{% include "part.html" %}',
    "macro.html": "{% macro m(x) %}{{ x }}{% endmacro %}",
    "part.html": "part",
    "other.html": "other",
    "dynamic.html": "{% include view.text %}",
}


def make_site(name: str = "Site") -> SiteView:
    """Return what every page may read."""
    return SiteView(
        name=name, subtitle="", lang="en", dir="ltr", topics=(), pages=(), css="a.css", script="", head_script="",
        csp="", generator="",
    )  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of templates that reach each other in every way there is."""
    for name, text in TEMPLATES.items():
        (tmp_path / name).write_text(text)
    return tmp_path


def key(folder: Path, template: str = "page.html", *, text: str = "a", **changed: object) -> bytes:
    """Return the key of one page."""
    options = TemplateOptions(paths=(str(folder),), filters=changed.get("filters", {}))
    prints = Fingerprinter(
        make_environment(options), options=options, site=changed.get("site", make_site()), root=changed.get("root", "/")
    )
    plan = PagePlan(save_as="a/index.html", template=template, view=LinkView(text=text, href=""))
    return prints.key(plan, pack(plan))


def test_key_is_the_same_for_the_same_page(folder: Path):
    """Whatever the process."""
    assert key(folder) == key(folder)


@pytest.mark.parametrize("name", ["page.html", "base.html", "macro.html", "part.html"])
def test_key_changes_with_every_template_that_the_page_can_reach(folder: Path, name: str):
    """Extended, imported or included."""
    before = key(folder)
    (folder / name).write_text(TEMPLATES[name] + "!")
    assert before != key(folder)


def test_key_does_not_change_with_other_templates(folder: Path):
    """A page that cannot reach a template is not rendered for it."""
    before = key(folder)
    (folder / "other.html").write_text("!")
    assert before == key(folder)


def test_computed_template_name_may_be_any_template(folder: Path):
    """What is worked out while rendering cannot be known before."""
    before = key(folder, "dynamic.html")
    (folder / "other.html").write_text("!")
    assert before != key(folder, "dynamic.html")


@pytest.mark.parametrize("changed", [{"text": "b"}, {"site": make_site("Other")}, {"root": "/repo/"}])
def test_key_changes_with_what_the_page_reads(folder: Path, changed: dict[str, object]):
    """Its view, the site's view, and where the site lives."""
    assert key(folder) != key(folder, **changed)


def test_key_changes_with_the_code_of_a_filter(folder: Path):
    """A site's own filter is part of its pages."""

    def one(text: str) -> str:
        return text

    def two(text: str) -> str:
        return text * 2

    keys: list[Callable[[str], str]] = [one, two]
    assert len({key(folder, filters={"f": function}) for function in keys}) == 2


def test_filter_that_cannot_be_read_is_refused():
    """Then nothing is known to be fresh."""
    with pytest.raises(UnknownFilterError):
        options_key(TemplateOptions(paths=(), filters={"f": eval("lambda x: x")}))


def test_file_is_its_bytes():
    """And nothing else."""
    options = TemplateOptions(paths=())
    prints = Fingerprinter(make_environment(options), options=options, site=make_site(), root="/")
    plans = [FilePlan(save_as=name, data=data) for name, data in (("a", b"1"), ("b", b"1"), ("a", b"2"))]
    keys = [prints.key(plan, pack(plan)) for plan in plans]
    assert keys[0] == keys[1] != keys[2]


def test_key_of_a_card_is_what_it_says_and_what_it_is_drawn_with(folder: Path, monkeypatch: pytest.MonkeyPatch):
    """Its words, and the versions of its libraries."""
    options = TemplateOptions(paths=(str(folder),))
    prints = Fingerprinter(make_environment(options), options=options, site=make_site(), root="/")

    def card_key(title: str = "Harbour") -> bytes:
        plan = CardPlan(save_as="cards/a.png", card=Card(title=title, title_px=108))
        return prints.key(plan, pack(plan))

    before = card_key()
    assert before == card_key()
    assert before != card_key("Trams")
    monkeypatch.setattr("pelican.plugins.news_digest.images.cards.card.engine", lambda: "pil 99")
    assert before != card_key()
