"""What a template can reach, told by a glance at its text."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import meta

from pelican.plugins.news_digest.output.templates.closures import references_of
from pelican.plugins.news_digest.output.templates.options import TemplateOptions
from pelican.plugins.news_digest.output.templates.render import make_environment
from tests.conftest import ROOT


@pytest.mark.parametrize("template", sorted((ROOT / "theme" / "templates").rglob("*.*")), ids=lambda path: path.name)
def test_our_own_templates_name_what_jinja_says(template: Path):
    """Without being parsed, and nothing else."""
    source = template.read_text(encoding="utf-8")
    tree = make_environment(TemplateOptions(paths=())).parse(source)
    assert set(meta.find_referenced_templates(tree)) == references_of(source)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('{% include "a.html" %}', {"a.html"}),
        ("{%- extends 'a.html' -%}", {"a.html"}),
        ('{% from "a.html" import b, c as d with context %}', {"a.html"}),
        ('{%\n import "a.html"\n as b %}', {"a.html"}),
        ('{% include "a.html" ignore missing with context %}', {"a.html"}),
        ('{% include "a" ~ b %}', {None}),
        ('{% include "a" "b" %}', {None}),
        ('{% include "a" if b else "c" %}', {None}),
        ('{% include ["a", "b"] %}', {None}),
        ("{% extends layout %}", {None}),
        ('{% include "a\\x62" %}', {None}),
        ('{% include "a%}b" %}', {None}),
        ('{# {% include "a" %} #}', {"a"}),
        ("{% set include = 1 %}{{ from }}", set()),
    ],
)
def test_references_are_all_found(source: str, expected: set[str | None]):
    """What cannot be told by a glance may be any template."""
    assert expected == references_of(source)
