"""Tiny whole sites with files or settings that cannot be used: what is said of them, and that the rest is built."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.builders import front_matter
from tests.sites.tiny import text_of

if TYPE_CHECKING:
    from tests.conftest import Site


INVALID = {
    "news/no-date.md": (front_matter(publishedDateTime=""), "ND104"),
    "news/bad-date.md": (front_matter(publishedDateTime="soon"), "ND104"),
    "news/no-title.md": (front_matter(title='""'), "ND105"),
    "news/not-yaml.md": ("---\ntitle: [a\n---\n", "ND103"),
    "news/twice.md": (front_matter().replace("type: article", "type: article\ntype: video"), "ND106"),
    "news/never-closed.md": ("---\ntitle: a\n", "ND101"),
}


def write_invalid(site: Site) -> None:
    """Write a site of which only one item can be used."""
    site.write("news/good.md", front_matter(title='"The good one"'))
    for path, (text, _) in INVALID.items():
        site.write(path, text)
    (site.root / "content/news/latin.md").write_bytes(front_matter().replace("A headline", "Café").encode("latin-1"))


def test_bad_files_are_reported_and_the_others_built(site: Site):
    """Each bad file is named with its line and a code; the build goes on and ends well."""
    write_invalid(site)
    result = site.build()
    assert 0 == result.returncode
    assert "The good one" in text_of(site.page("news/good/index.html"))
    for path, code in (*((path, code) for path, (_, code) in INVALID.items()), ("news/latin.md", "ND102")):
        (line,) = [line for line in result.stdout.splitlines() if f"{path}:" in line]
        assert f": {code} " in line
        assert line.split(f"{path}:")[1].split(":")[0].isdigit(), line


def test_only_good_items_have_pages(site: Site):
    """A file that cannot be used leaves no trace in the output."""
    write_invalid(site)
    site.build()
    assert {"news/good/index.html"} == {path for path in site.files() if path.startswith("news/")}


def test_fatal_errors_stop_the_build_after_naming_all_bad_files(site: Site):
    """With --fatal errors the exit code tells a workflow, and the whole list was printed before."""
    write_invalid(site)
    result = site.build("--fatal", "errors")
    assert 0 != result.returncode
    assert [] == [path for path in (*INVALID, "news/latin.md") if path not in result.stdout]


NEITHER = {"nothing": "", "words": "Only words, no headers.\n", "title": "Title: Without a date\n\nWords.\n"}


@pytest.mark.parametrize("text", NEITHER.values(), ids=NEITHER)
def test_file_that_is_neither_an_item_nor_an_article_is_reported_like_any_other(site: Site, text: str):
    """In the news folder a file without a block, a title or a date has a code and a line as well."""
    site.write("news/bad.md", text)
    site.write("news/good.md", front_matter())
    result = site.build()
    assert 0 == result.returncode
    assert [True] == ["news/bad.md:1: ND" in line for line in result.stdout.splitlines() if "bad.md" in line]


def test_fatal_errors_name_all_bad_files_also_beside_one_without_a_block(site: Site):
    """A file that is left to Pelican does not end the list before it began."""
    write_invalid(site)
    site.write("news/nothing.md", "")
    result = site.build("--fatal", "errors")
    assert 0 != result.returncode
    assert [] == [path for path in (*INVALID, "news/nothing.md") if path not in result.stdout]


def test_warnings_do_not_stop_a_build_for_errors(site: Site):
    """--fatal errors lets a site with warnings pass."""
    site.write("news/a.md", front_matter(updatedDateTime="soon"))
    result = site.build("--fatal", "errors")
    assert 0 == result.returncode
    assert "news/a.md" in result.stdout
    assert "ND109" in result.stdout


def test_site_that_names_no_time_zone_is_built(site: Site):
    """Pelican takes UTC where TIMEZONE is missing, and says so; the plugin does not stop it."""
    site.write("news/a.md", front_matter())
    site.settings()
    config = site.root / "pelicanconf.py"
    kept = [line for line in config.read_text(encoding="utf-8").splitlines() if not line.startswith("TIMEZONE")]
    config.write_text("\n".join(kept) + "\n", encoding="utf-8")
    result = site.build()
    assert 0 == result.returncode, result.stdout[-1000:]
    assert "news/a/index.html" in site.files()


def test_unknown_setting_is_refused_with_the_nearest_name(site: Site):
    """A mistyped setting stops the build, and says what was probably meant."""
    site.settings(DIGEST_PAGE_SIZES=20)
    result = site.build()
    assert 0 != result.returncode
    assert "DIGEST_PAGE_SIZES" in result.stdout
    assert "did you mean DIGEST_PAGE_SIZE?" in " ".join(result.stdout.split())
    assert not site.output.exists() or not site.files()


def test_all_wrong_settings_are_named_at_once(site: Site):
    """Nobody mends one setting to hear of the next."""
    site.settings(DIGEST_PAGES="publishd", DIGEST_PAGE_SIZE=0, DIGEST_INDEX_ITEMS="yes", DIGEST_NONSENSE=1)
    result = site.build()
    assert 0 != result.returncode
    for name in ("DIGEST_PAGES", "DIGEST_PAGE_SIZE", "DIGEST_INDEX_ITEMS", "DIGEST_NONSENSE"):
        assert name in result.stdout


def test_date_setting_that_is_no_date_is_refused(site: Site):
    """DIGEST_NOW is checked as well."""
    site.write("news/a.md", front_matter())
    site.settings(DIGEST_NOW="noon")
    result = site.build()
    assert 0 != result.returncode
    assert "DIGEST_NOW" in result.stdout
