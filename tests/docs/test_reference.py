"""The reference is what the code says: its generated pages are as they would be written now."""

from __future__ import annotations

import re
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest
from tools.reference.views import TEMPLATES, unused_words
from tools.write_reference import DOCS, PAGES

from pelican.plugins.news_digest.cli.main import COMMANDS, make_parser
from pelican.plugins.news_digest.frontmatter.mails import KeptMail
from pelican.plugins.news_digest.frontmatter.reader import read_archive
from pelican.plugins.news_digest.model import Status
from pelican.plugins.news_digest.pages.everything import plan_site
from pelican.plugins.news_digest.pages.own.pages import OwnPage
from pelican.plugins.news_digest.pages.plans import MailPlan, PagePlan, made
from pelican.plugins.news_digest.pages.site import content_security_policy
from tests.builders import make_date, make_item
from tests.conftest import ROOT
from tests.pages.rooms import make_room

THEME = ROOT / "theme" / "templates"


@pytest.mark.parametrize("name", PAGES)
def test_committed_page_is_what_the_code_declares(name: str):
    """Run `make reference` after changing what is declared."""
    assert PAGES[name]() == (DOCS / name).read_text(encoding="utf-8")


def test_each_template_gets_the_view_that_the_reference_says():
    """A site with one of everything is planned: no template is missing, and each has the one view."""
    mail = KeptMail(
        slug="old", source_path="newsletters/old.html", title="Old", excerpt="", date=make_date("2026-04-01"), html=""
    )
    own = OwnPage(title="Us", address="pages/us/", save_as="pages/us/index.html", content="")
    items = [
        make_item("a", topics=("One",), story="one"),
        make_item("b", date="2025-05-01T08:00", topics=("One",), story="one"),
    ]
    room = make_room(items, mails=[mail], newsletter_mails=True, has_data=True, embed=3)
    plans = map(made, plan_site(room, own_pages=[own]))
    found = {(plan.template, type(plan.view)) for plan in plans if isinstance(plan, PagePlan | MailPlan)}
    assert set(TEMPLATES.items()) == found


def test_the_reference_names_every_template():
    """Whatever lies beside home.html is a template of a page or a mail, or the frame of all pages."""
    files = {path.relative_to(THEME).as_posix() for path in (*THEME.glob("*.*"), *THEME.glob("mail/*.*"))}
    assert {"base.html", *TEMPLATES} == files
    frame = '{% extends "base.html" %}'
    silent = [name for name in TEMPLATES if frame not in (THEME / name).read_text(encoding="utf-8")]
    assert ["embed.html", "mail/newsletter.html", "mail/newsletter.txt"] == silent


def test_no_words_for_fields_that_do_not_exist():
    """What was removed from the views is removed from the reference."""
    assert [] == unused_words()


def test_every_field_of_a_view_has_words():
    """No cell of a table is empty, and every field that templates read by name is there."""
    page = (DOCS / "reference" / "views.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| (.*) \| (.*) \|$", page, re.MULTILINE)
    assert len(rows) > 250
    assert [] == [row for row in rows if not all(cell.strip() for cell in row)]
    assert {"TimeView", "StoryView", "HomeView", "SiteView"} <= set(re.findall(r"^### (\w+)$", page, re.MULTILINE))


def test_every_command_and_option_is_in_the_reference():
    """What `--help` says of a command, the page says too."""
    page = (DOCS / "reference" / "commands.md").read_text(encoding="utf-8")
    for name in COMMANDS:
        section = page.partition(f"\n## {name}\n")[2].partition("\n## ")[0]
        said = make_parser({name}).parse_args
        with pytest.raises(SystemExit), redirect_stdout(StringIO()) as out:
            said([name, "--help"])
        options = set(re.findall(r"(?<![\w-])--[a-z][\w-]*", out.getvalue().partition("examples:")[0])) - {"--help"}
        assert [] == sorted(option for option in options if f"`{option}`" not in section), name


def test_the_policy_that_is_explained_is_the_policy_of_pages():
    """Who checks the promise in a browser finds the same words."""
    page = (DOCS / "explanation" / "trust.md").read_text(encoding="utf-8")
    said = " ".join(page.partition("```text\n")[2].partition("```")[0].split())
    assert said == content_security_policy(allows_remote_images=False) + ";"


def test_the_smallest_file_of_the_reference_works(tmp_path: Path):
    """Three keys are enough: nothing is reported, and what is missing is as the page says."""
    page = (DOCS / "reference" / "front-matter.md").read_text(encoding="utf-8")
    text = page.partition("```yaml\n")[2].partition("```")[0]
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.md").write_text(text, encoding="utf-8")
    archive = read_archive(tmp_path, timezone="UTC")
    assert () == archive.diagnostics
    (item,) = archive.items
    assert ("news", 0, 0, Status.PUBLISHED) == (item.category, item.quality, item.heat, item.status)
    assert item.provider is not None
    assert "harbour.example" == item.provider.domain
