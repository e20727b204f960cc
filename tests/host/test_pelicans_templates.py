"""Templates that Pelican writes beside our pages: what it cannot write is left out, and the rest is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.builders import front_matter

if TYPE_CHECKING:
    from tests.conftest import Site

PLAIN = "<h1>{{ SITENAME }} has {{ articles|length }}</h1>"
OURS = '{% extends "base.html" %}{% block main %}<h1>{{ SITENAME }}</h1>{% endblock %}'


def test_template_that_needs_our_views_is_left_out(site: Site):
    """Whether it extends the theme's, includes one that does, or is one of the theme's; each is named in one line."""
    site.write("news/a.md", front_matter())
    site.write("more/two.tmpl", PLAIN)
    site.write("more/three.tmpl", OURS)
    templates = {"contact": PLAIN, "shop": OURS, "cart": "{% include 'shop.html' %}", "odd": "{% if %}"}
    (site.root / "templates").mkdir()
    for name, text in templates.items():
        (site.root / "templates" / f"{name}.html").write_text(text, encoding="utf-8")
    site.settings(
        THEME_TEMPLATES_OVERRIDES=["templates"],
        DIRECT_TEMPLATES=["index", "contact", "shop", "cart", "search"],
        TEMPLATE_PAGES={"more/two.tmpl": "two.html", "more/three.tmpl": "three.html"},
    )
    result = site.build()
    assert 0 == result.returncode, result.stdout
    said = " ".join(result.stdout.split())
    for line in (
        "DIRECT_TEMPLATES: shop is left out: it uses base.html of the theme",
        "DIRECT_TEMPLATES: cart is left out: it uses base.html of the theme",
        "DIRECT_TEMPLATES: search is left out: it uses search.html of the theme",
        "TEMPLATE_PAGES: more/three.tmpl is left out: it uses base.html of the theme",
    ):
        assert line in said
    assert 4 == said.count("is left out")
    assert "<h1>Tiny has 1</h1>" in site.page("contact.html")
    assert "<h1>Tiny has 1</h1>" in site.page("two.html")
    assert [] == [name for name in ("shop.html", "cart.html", "three.html") if (site.output / name).exists()]
    assert "A headline" in site.page("index.html")
