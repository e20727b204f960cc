"""``news-digest newsletter``: the two files, the subject, and what is said when there is nothing to send."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.builders import front_matter

if TYPE_CHECKING:
    from tests.conftest import Site


def run(site: Site, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run ``news-digest newsletter`` in the site's folder."""
    if not (site.root / "pelicanconf.py").exists():
        site.settings()
    command = [sys.executable, "-m", "pelican.plugins.news_digest", "newsletter", *arguments]
    return subprocess.run(command, cwd=site.root, capture_output=True, text=True, check=False, env=dict(os.environ))


@pytest.fixture
def letter_site(site: Site) -> Site:
    """Return a site with two days of items, one of them an ordinary article of Pelican's."""
    site.write("news/2026-05-01-a.md", front_matter(title='"First"'))
    site.write("news/2026-05-02-b.md", front_matter(title='"Second"', publishedDateTime="2026-05-02T08:00:00Z"))
    site.write("articles/c.md", "Title: Third\nDate: 2026-05-02 07:00\n\nWords.\n")
    return site


def test_files_are_those_of_the_site(letter_site: Site):
    """A mail from the command line and the one that the build publishes are equal, byte for byte."""
    letter_site.settings(DIGEST_NEWSLETTER_MAILS=True)
    letter_site.build()
    said = run(letter_site, "--date", "2026-05-02", "-o", "mail")
    assert said.returncode == 0, said.stderr
    assert said.stdout == "Second\n"
    for name in ("mail.html", "mail.txt"):
        assert (letter_site.root / "mail" / name).read_text() == letter_site.page(f"newsletter/2026-05-02/{name}")
    assert "Third" in letter_site.page("newsletter/2026-05-02/mail.txt")


def test_week_is_that_of_the_day(letter_site: Site):
    """Any day of the week names it."""
    said = run(letter_site, "--weekly", "--date", "2026-04-28", "-o", "mail")
    assert said.returncode == 0, said.stderr
    assert "Week 18 of 2026" in (letter_site.root / "mail" / "mail.txt").read_text()


def test_newest_day_is_the_default(letter_site: Site):
    """Without a date it is the one that there is something to say of."""
    assert run(letter_site, "-o", "mail").stdout == "Second\n"


def test_mails_do_not_need_our_theme(letter_site: Site):
    """With a stock theme the pages are Pelican's; the mail is the same."""
    letter_site.settings(THEME="notmyidea")
    said = run(letter_site, "-o", "mail")
    assert said.returncode == 0, said.stderr
    assert "First" not in (letter_site.root / "mail" / "mail.txt").read_text()


def test_day_without_items_is_an_error(letter_site: Site):
    """Nothing is written, and the reason is said."""
    said = run(letter_site, "--date", "2026-06-01", "-o", "mail")
    assert said.returncode == 1
    assert "no items on 2026-06-01" in said.stderr
    assert not (letter_site.root / "mail").exists()


def test_missing_settings_are_an_error(site: Site):
    """The file is named."""
    said = run(site, "-s", "nowhere.py")
    assert said.returncode == 2
    assert "there is no nowhere.py here" in said.stderr


def test_date_that_is_none_is_refused(letter_site: Site):
    """The command line cannot be understood."""
    assert run(letter_site, "--date", "soon").returncode == 2
