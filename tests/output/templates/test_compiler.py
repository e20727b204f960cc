"""Templates compiled for speed render what Jinja renders, or leave it to Jinja."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from jinja2 import UndefinedError
from markupsafe import Markup

from pelican.plugins.news_digest import theme_path
from pelican.plugins.news_digest.frontmatter.reader import read_archive
from pelican.plugins.news_digest.output.templates.compiler import escape_text, html_of
from pelican.plugins.news_digest.output.templates.environment import FastEnvironment
from pelican.plugins.news_digest.output.templates.options import TemplateOptions
from pelican.plugins.news_digest.output.templates.render import Renderer, make_environment
from pelican.plugins.news_digest.pages.everything import plan_site
from pelican.plugins.news_digest.pages.plans import MailPlan, PagePlan, made
from pelican.plugins.news_digest.pages.views.base import LinkView
from tests.conftest import ROOT
from tests.output.templates.test_render import SITE
from tests.pages.rooms import make_room

PARTS = {
    "macros.html": "{% macro link(to, text='<b>', n=1) %}<a href=\"{{ to }}\">{{ text }}{{ n }}</a>{% endmacro %}"
    "{% macro frame() %}[{{ caller() }}]{% endmacro %}"
    "{% macro all() %}{{ varargs|join('-') }}{{ kwargs|length }}{% endmacro %}"
    "{% macro twice(x) %}1{% endmacro %}{% macro twice(x) %}2{{ x }}{% endmacro %}",
    "part.html": "{% set inner = 1 %}{{ view.text }}{{ loop_var|default('none') }}{{ inner }}\n",
    "deep.html": "{% from 'macros.html' import link %}{% include 'part.html' %}{{ link('d') }}\n",
    "block.html": "{% block b %}block{% endblock %}",
    "alone.html": "{% if lipsum %}<{{ 'alone' }}{% endif %}",
    "required.html": "[{% block must required %}{% endblock %}]",
    "base.html": "<{% block main %}base{% endblock %}>{% include 'deep.html' %}",
}
FAST = {
    "text is escaped": "{{ view.text }}|{{ '<'|safe }}|{{ 3 }}|{{ none }}|{{ 1.5 }}|{{ true }}",
    "macro": "{% from 'macros.html' import link %}{{ link('a&b') }}{{ link('x', n=2) }}{{ link(to='y', text='<') }}",
    "macro as a value": "{% from 'macros.html' import link %}{% set a = link('x') %}{{ a }}{{ link('y')|upper }}",
    "macro of this template": "{% macro m(x) %}<{{ x }}>{% endmacro %}{{ m('&') }}{{ m(m('&')) }}",
    "macro under another name": "{% from 'macros.html' import link as to %}{{ to('x') }}",
    "name with two meanings": "{% from 'macros.html' import link %}{{ link('x') }}{% set link = 5 %}{{ link }}",
    "parameter with a macro's name": "{% from 'macros.html' import link %}"
    "{% macro m(link) %}{{ link }}{% endmacro %}{{ m('<') }}",
    "macro with a caller": "{% from 'macros.html' import frame %}{% call frame() %}<i>{{ view.text }}</i>{% endcall %}",
    "macro with any arguments": "{% from 'macros.html' import all %}{{ all('a', '<', k=1) }}",
    "macro defined twice": "{% from 'macros.html' import twice %}{{ twice('<') }}",
    "arguments in a list": "{% from 'macros.html' import link %}{{ link(*['a', 'b']) }}{{ link(**{'to': 'c'}) }}",
    "module": "{% import 'macros.html' as m %}{{ m.link('x') }}",
    "memo": "{% from 'macros.html' import link %}{{ memo(link, '<', n=2) }}{{ memo(link, '<', n=2) }}",
    "memo of what is not known": "{% from 'macros.html' import all %}{{ memo(all, 'a', 'b') }}",
    "texts for numbers": "{% for n in (1, 2, 1, true, 1.0, 0) %}"
    "{{ ngettext('%(num)s <b>', '100%% %(num)s', n) }}{% endfor %}{{ ngettext('a', 'b', 2) }}"
    "{{ ngettext('%(num)s%(x)s', '%(num)s-%(x)s', 2, x='<') }}{{ ngettext('<', '&', 2)|upper }}"
    "{% autoescape false %}{{ ngettext('%(num)s', '%(num)ss', 2)|replace('s', '<') }}{% endautoescape %}",
    "once": "{% for n in (1, 1, 2) %}{% call once('k', n) %}<{{ n }}>{% endcall %}{% endfor %}",
    "include": "{% include 'part.html' %}{{ inner is defined }}{% include 'deep.html' %}",
    "include in a loop": "{% for loop_var in 'ab' %}{% include 'part.html' %}{{ loop.index }}{% endfor %}",
    "include of a block": "{% include 'block.html' %}",
    "include that may miss": "{% include 'nowhere.html' ignore missing %}!",
    "include by a name worked out": "{% include 'pa' ~ 'rt.html' %}",
    "inheritance": "{% extends 'base.html' %}{% from 'macros.html' import link %}"
    "{% block main %}{{ super() }}{{ link(view.text) }}{% endblock %}",
    "loop": "{% for x in (1, 2) %}{{ loop.last }}{{ x }}{% if not loop.last %},{% endif %}{% endfor %}",
    "namespace": "{% set ns = namespace(n=0) %}{% for x in (1, 2) %}{% set ns.n = ns.n + x %}{% endfor %}{{ ns.n }}",
    "field by a name worked out": "{% set f = 'te' ~ 'xt' %}{{ view[f] }}{{ {'text': '<'}[f] }}{{ [1, '>'][1] }}",
    "field that is not there": "{% set f = 'x' %}{{ view[f]|default('<') }}{{ view[0] is defined }}",
    "method": "{{ view.text.upper() }}{{ '{}'.format('<') }}",
    "plurals": "{{ ngettext('%(num)s a', '%(num)s b', 2) }}{{ ngettext('%(num)s <', '%(num)s b %(x)s', 2, x='<') }}",
    "words": "{{ _('a %(x)s b', x=view.text) }}{{ _('100%%') }}",
    "condition": "{% for x in (0, 1, 2, '') %}{% if x == 1 %}<{{ view.text }}{% elif x %}%{% elif x == '' %}"
    "{% else %}{% if view.href %}{{ x }}%s{% endif %}{% endif %}|{{ '<' if x else view.text }}{% endfor %}",
    "condition that sets": "{% if view.text %}a{% set a = '<' %}{% elif view %}{% endif %}{{ a }}",
    "condition in a macro": "{% macro m(x, y='%') %}"
    "{% if x %}{{ x }}{{ y }}{% endif %}{% endmacro %}{{ m('<') }}{{ m('') }}",
    "condition without escaping": "{% autoescape false %}{% if view %}{{ view.text }}&{% endif %}{% endautoescape %}",
    "empty macro": "{% macro m() %}{% endmacro %}[{{ m() }}]",
    "block that is set": "{% set a %}{% if view %}<{{ view.text }}{% endif %}{% endset %}{{ a }}{{ a|upper }}",
    "include without the page": "{% include 'alone.html' without context %}",
    "include in a macro": "{% macro m() %}{% include 'pa' ~ 'rt.html' %}{% endmacro %}{{ m() }}",
    "scoped block": "{% for x in 'ab' %}{% block item scoped %}{{ x }}{% endblock %}{% endfor %}",
    "name of ours with another meaning": "{% macro ngettext(a, b, c) %}{{ c }}{% endmacro %}"
    "{{ ngettext('x', 'y', '<') }}",
    "no escaping": "{% autoescape false %}{{ view.text }}{% endautoescape %}{{ view.text }}",
}
LEFT_TO_JINJA = {
    "parent that the page decides on": "{% if view.href == 'y' %}{% extends 'base.html' %}{% endif %}<{{ view.text }}",
    "block that a child must have": "{% extends 'required.html' %}{% block must %}<{{ view.text }}{% endblock %}",
    "key of a dictionary": "{% set d = {'a': '<'} %}{{ d.a }}",
    "field that may miss": "{{ view.nothing is defined }}{{ view.nothing|default('none') }}",
}


def make_options(folder: Path, template: str) -> TemplateOptions:
    """Write *template* and the parts that it may name."""
    for name, text in {**PARTS, "t.html": template}.items():
        (folder / name).write_text(text, encoding="utf-8")
    return TemplateOptions(paths=(str(folder),))


def renderings(options: TemplateOptions) -> tuple[str, str, bool]:
    """Return what Jinja renders, what our renderer renders, and whether it did so the fast way."""
    values = {"view": LinkView(text="<&'\">", href="x"), "site": SITE, "root": "/"}
    plain = make_environment(options).get_template("t.html").render(values)
    renderer = Renderer(options, site=SITE, root="/", is_relative=False)
    page = renderer.render(PagePlan(save_as="a", template="t.html", view=values["view"])).decode()
    return plain, page.removesuffix("\n"), not renderer._not_fast


# Python 3.14 would rather not be asked for the plural of 1.0; it is answered all the same, and not as 1 is.
@pytest.mark.filterwarnings("ignore:Plural value must be an integer")
@pytest.mark.parametrize("name", FAST)
def test_fast_templates_render_the_same(tmp_path: Path, name: str):
    """Whatever a template may hold: the same page, without asking Jinja's own compiler."""
    plain, page, is_fast = renderings(make_options(tmp_path, FAST[name]))
    assert plain == page
    assert is_fast


def test_a_sign_may_stand_before_a_value(tmp_path: Path):
    """Turkish has the per-cent sign before the number, and the rest of the page is rendered all the same."""
    template = "{{ _('The top %(percent)s%% of stories', percent=view.href) }}"
    options = msgspec.structs.replace(make_options(tmp_path, template), lang="tr")
    plain, page, _ = renderings(options)
    assert plain == page == "Gelişmelerin en önemli %x bölümü"


@pytest.mark.parametrize("name", LEFT_TO_JINJA)
def test_templates_that_are_not_understood_render_the_same(tmp_path: Path, name: str):
    """Where the shorter way fails, the longer one is right."""
    plain, page, is_fast = renderings(make_options(tmp_path, LEFT_TO_JINJA[name]))
    assert plain == page
    assert not is_fast


def test_mistake_is_reported_where_it_stands(tmp_path: Path):
    """The error names the partial and its line, not the page that it was put into."""
    options = make_options(tmp_path, "{% include 'bad.html' %}")
    (tmp_path / "bad.html").write_text("\n\n{{ view.txet }}\n", encoding="utf-8")
    with pytest.raises(UndefinedError) as caught:
        renderings(options)
    places = [(entry.path.name, entry.lineno + 1) for entry in caught.traceback if hasattr(entry.path, "name")]
    assert ("bad.html", 3) in places


def test_include_that_leads_in_a_circle_ends(tmp_path: Path):
    """A partial that includes itself is not put into itself without end."""
    options = make_options(tmp_path, "{% set n = 2 %}{% include 'self.html' %}")
    (tmp_path / "self.html").write_text("{{ n }}{% if n %}{% set n = n - 1 %}{% include 'self.html' %}{% endif %}")
    plain, page, _ = renderings(options)
    assert plain == page == "210"


def test_our_own_templates_are_all_understood():
    """Every page and mail of the demonstration, byte for byte as Jinja renders it."""
    archive = read_archive(ROOT / "content", timezone="UTC")
    room = make_room(archive.items, topics=archive.topics, providers=archive.providers)
    options = TemplateOptions(paths=(f"{theme_path()}/templates",))
    plain, renderer = make_environment(options), Renderer(options, site=SITE, root="/", is_relative=False)
    plans = [plan for plan in map(made, plan_site(room)) if isinstance(plan, (PagePlan, MailPlan))]
    assert len(plans) > 100
    for plan in plans:
        values = {"view": plan.view, **({"site": SITE, "root": "/"} if isinstance(plan, PagePlan) else {})}
        assert f"{plain.get_template(plan.template).render(values)}\n" == renderer.render(plan).decode(), plan.save_as
    assert set() == renderer._not_fast


def test_known_macros_are_called_as_functions(tmp_path: Path):
    """The short way is taken at all."""
    options = make_options(tmp_path, FAST["macro"])
    environment = make_environment(options, FastEnvironment)
    code = environment.compile((tmp_path / "t.html").read_text(), "t.html", raw=True)
    assert 3 == code.count("._func(")
    assert "context.call(" not in code


@pytest.mark.parametrize("value", ["<", "a", Markup("<b>"), 3, -1, 1.5, None, True, ["<"]])
def test_html_of_is_markupsafes_escape(value: object):
    """The same text for every kind of value."""
    environment = make_environment(TemplateOptions(paths=("nowhere",)))
    assert environment.from_string("{{ value }}").render(value=value) == html_of(value)


def test_escaping_comes_from_markupsafe():
    """Five characters, no others."""
    assert "&amp;&lt;&gt;&#39;&#34;é" == str(escape_text("&<>'\"é"))
