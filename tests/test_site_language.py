"""A site's language is one tag, in every page, feed and file, however its owner writes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from lxml import etree

from tests.builders import front_matter

if TYPE_CHECKING:
    from tests.conftest import Site


@pytest.mark.parametrize(
    ("expected", "written"), [("pt-BR", "pt_BR"), ("de-DE", "de_DE.UTF-8@euro"), ("zh-Hans", "zh_hans")]
)
def test_every_spelling_is_one_tag(site: Site, expected: str, written: str) -> None:
    """Browsers refuse what is no tag: a script that formats a date stops there."""
    site.settings(DEFAULT_LANG=written, DIGEST_CARDS="none")
    site.write("news/a.md", front_matter(title='"First"', webUrl=""))
    done = site.build()
    assert 0 == done.returncode, done.stdout
    assert f'<html lang="{expected}"' in site.page("index.html")
    feed = etree.fromstring((site.output / "feeds/all.atom.xml").read_bytes())
    assert expected == feed.get("{http://www.w3.org/XML/1998/namespace}lang")
    assert f'"{expected}"' in site.page("feeds/all.json")


def test_what_is_no_language_is_refused_in_one_line(site: Site) -> None:
    """Nothing is built under a tag that no browser knows."""
    site.settings(DEFAULT_LANG="english")
    site.write("news/a.md", front_matter(title='"First"'))
    done = site.build()
    assert 0 != done.returncode
    assert "DEFAULT_LANG: 'english' is not a language tag; write it like en, pt-BR or zh-Hans" in " ".join(
        done.stdout.split()
    )
    assert not (site.output / "index.html").exists()
