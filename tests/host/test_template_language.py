"""What Pelican's settings and plugins add to the language of templates holds in ours, and stale pages never stay."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jinja2 import Environment
from jinja2.ext import Extension

from pelican.plugins.news_digest.host.template_language import language_of
from tests.builders import front_matter

if TYPE_CHECKING:
    from tests.conftest import Site

PLUGIN = """
from jinja2 import nodes
from jinja2.ext import Extension
from pelican import signals

def titlecase(text):
    return text.title() + "WORD"

class Assets(Extension):
    tags = {"assets"}

    def __init__(self, environment):
        super().__init__(environment)
        environment.extend(bundles=None)

    def parse(self, parser):
        line = next(parser.stream).lineno
        return nodes.Output([nodes.Const("bundle of " + self.environment.bundles)], lineno=line)

def add(generator):
    generator.env.filters["titlecase"] = titlecase
    generator.env.tests["short"] = lambda text: len(text) < 9
    generator.env.globals["answer"] = 42
    generator.env.add_extension(Assets)
    generator.env.bundles = "css"

def register():
    signals.generator_init.connect(add)
"""


def language(folder: Path, source: str, *, env: Environment | None = None, **given: Any) -> Any:
    """Return what a site with one template of its own uses."""
    (folder / "extend").mkdir()
    (folder / "extend" / "footer.html").write_text(source, encoding="utf-8")
    settings = {"JINJA_ENVIRONMENT": given, "JINJA_FILTERS": {}, "JINJA_GLOBALS": {}, "JINJA_TESTS": {}}
    return language_of(env or Environment(), settings, [str(folder)])  # noqa: S701 - as Pelican's


def titlecase(text: str) -> str:
    """Stand for a plugin's filter."""
    return text.title()


class Loud(Extension):
    """Stand for an extension of somebody else's."""

    tags = {"loud"}


@pytest.mark.parametrize(
    "source", ["{{ 'a'|titlecase }}", "{{ []|map('titlecase') }}", "{% filter titlecase %}{% endfilter %}"]
)
def test_a_filter_that_is_used_is_taken(source: str, tmp_path: Path):
    """However a template names it; it is known by its module's file."""
    env = Environment()  # noqa: S701
    env.filters.update(titlecase=titlecase, other=titlecase)
    found = language(tmp_path, source, env=env)
    assert ["titlecase"] == list(found.filters)
    assert () == found.unknown
    assert found.code[0].startswith("titlecase=titlecase:")


def test_what_nobody_uses_costs_nothing(tmp_path: Path):
    """A plugin that only could be used leaves everything as it was; words of a page's text are no names."""
    env = Environment(extensions=[Loud, "jinja2.ext.do"])  # noqa: S701
    env.filters["titlecase"] = titlecase
    env.globals["article_count"] = 3
    found = language(
        tmp_path, "<article>titlecase {# {{ 'a'|titlecase }} #} {{ view.article }} loud</article>", env=env
    )
    assert found == type(found)()


@pytest.mark.parametrize("value", [print, lambda: 1, object(), [].append])
def test_code_that_cannot_be_compared_is_unknown(value: object, tmp_path: Path):
    """Then nothing is skipped."""
    env = Environment()  # noqa: S701
    env.globals["said"] = value
    assert ("said",) == language(tmp_path, "{{ said }}", env=env).unknown


def test_extensions_of_jinja_are_known_and_others_are_not(tmp_path: Path):
    """Jinja's own can be used in every process."""
    env = Environment(extensions=[Loud, "jinja2.ext.do"])  # noqa: S701
    found = language(tmp_path, "{% do [] %}{% loud %}", env=env)
    assert ("jinja2.ext.ExprStmtExtension", Loud) == found.extensions
    assert ("{% loud %}",) == found.unknown


def test_options_that_would_break_our_templates_are_refused(tmp_path: Path):
    """Our own are written with the usual marks."""
    found = language(tmp_path, "", trim_blocks=False, variable_start_string="[[", extensions=[])
    assert {"trim_blocks": False} == found.rules
    assert ("variable_start_string",) == found.refused


def write(site: Site, text: str, **settings: object) -> None:
    """Write a site with a plugin and one template of its own."""
    (site.root / "words.py").write_text(PLUGIN, encoding="utf-8")
    templates = site.root / "templates" / "extend"
    templates.mkdir(parents=True)
    (templates / "article.html").write_text(text, encoding="utf-8")
    site.write("news/a.md", front_matter(title='"A headline"', mood='"<b>calm</b>"'))
    site.settings(THEME_TEMPLATES_OVERRIDES=["templates"], **settings)
    conf = site.root / "pelicanconf.py"
    more = 'import sys; sys.path.insert(0, "."); PLUGINS += ["words"]\n'
    conf.write_text(conf.read_text(encoding="utf-8") + more, encoding="utf-8")


def test_filters_of_plugins_reach_our_templates_and_their_code_counts(site: Site):
    """A changed plugin is a changed page, an unchanged one leaves the site alone."""
    write(site, "{{ 'so it is'|titlecase }} {{ answer + 1 }}")
    first = site.build("--fatal", "warnings")
    assert 0 == first.returncode, first.stdout
    assert "So It IsWORD 43" in site.page("news/a/index.html")
    assert "Pages are rendered in one process, for titlecase" in first.stdout
    assert "0 files changed" in site.build().stdout
    (site.root / "words.py").write_text(PLUGIN.replace("WORD", "ANOTHER"), encoding="utf-8")
    site.build()
    assert "So It IsANOTHER" in site.page("news/a/index.html")


def test_extensions_of_plugins_and_settings_reach_our_templates(site: Site):
    """With what a plugin has set on the environment."""
    write(site, "{% assets %} {% do [].append(1) %}", JINJA_ENVIRONMENT={"extensions": ["jinja2.ext.do"]})
    result = site.build("--fatal", "warnings")
    assert 0 == result.returncode, result.stdout
    assert "bundle of css" in site.page("news/a/index.html")
    said = " ".join(result.stdout.split())
    assert "Every page is rendered anew, in one process: nothing tells whether {% assets %} changed" in said


def test_a_region_may_read_the_article(site: Site):
    """Pelican's own object, whole, printed without markup."""
    write(site, "{{ article.slug }} {{ article.mood }} {{ article.digest.title }} {{ article.date.year }}")
    result = site.build("--fatal", "warnings")
    assert 0 == result.returncode, result.stdout
    assert "a ‹b›calm‹/b› A headline 2026" in site.page("news/a/index.html")
