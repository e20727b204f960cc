"""A survey says all that a build says, and what is odd in each file besides."""

from __future__ import annotations

import shutil
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml

from pelican.plugins.news_digest.checks.report import make_report
from pelican.plugins.news_digest.errors import Severity
from pelican.plugins.news_digest.frontmatter import batch
from pelican.plugins.news_digest.frontmatter.reader import read_archive
from tests.builders import front_matter
from tests.checks.archives import report_of, said_of, survey_of
from tests.conftest import ROOT

GOLDEN = sorted((ROOT / "tests" / "golden").glob("*.yaml"))
ODD = front_matter(
    title='" A  headline"',
    excerpt='"Cut\\toff\\u00a0in the mid"',
    publishedDateTime="2026-05-01T23:30:00Z",
    heat="75",
    published="false",
    images='\n  - url: "https://post.example/a b.gif"',
    related='\n  - title: " B "\n    webUrl: "https://post.example/b c"\n    excerpt: ""',
)


def test_odd_file(tmp_path: Path):
    """Each oddity has its code, its key and its line; what is spaces in somebody else's list is not worth one."""
    report = report_of(tmp_path, {"news/2026-05-02-a.md": ODD})
    assert [
        "3: ND602 title: several spaces in a row",
        "3: ND602 title: spaces at its ends",
        "4: ND601 excerpt: a tab",
        "4: ND603 excerpt: no-break spaces",
        "4: ND608 excerpt: cut off in the middle of a word or a sentence",
        "5: ND614 publishedDateTime: 2026-05-01, not 2026-05-02",
        "9: ND615 heat: 75 is not quality + 20 for each related entry (80)",
        "10: ND616 published: false at a heat of 75: the archives publish from 70",
        "17: ND611 images.0.url: spaces",
        "17: ND613 images.0.url: .gif, which may be animated: its first frame counts",
        "19: ND606 related.0.excerpt: empty",
        "19: ND611 related.0.webUrl: spaces",
    ] == [line.removeprefix("news/2026-05-02-a.md:") for line in said_of(report, *_all_codes())]
    assert {Severity.NOTE} == {diagnostic.severity for diagnostic in report.diagnostics}


def _all_codes() -> list[str]:
    return [f"ND6{number:02}" for number in range(1, 17)]


def test_day_of_the_name_is_the_sites(tmp_path: Path):
    """A file that is named after the day in the site's zone is named rightly."""
    files = {"news/2026-05-02-a.md": front_matter(publishedDateTime="2026-05-01T23:30:00Z")}
    assert [] == said_of(report_of(tmp_path, files, timezone="Europe/Berlin"), "ND614")


@pytest.mark.parametrize("case", GOLDEN, ids=lambda path: path.stem)
def test_check_says_all_that_a_build_says(case: Path, tmp_path: Path):
    """No diagnostic of a build is missing, for every case that ever was a bug."""
    given = yaml.safe_load(case.read_text(encoding="utf-8"))
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / given.get("name", "x.md")).write_bytes(given["file"].encode())
    built = {str(diagnostic) for diagnostic in read_archive(tmp_path, timezone="UTC").diagnostics}
    assert set() == built - {str(diagnostic) for diagnostic in survey_of(tmp_path, {}).diagnostics}


def test_workers_change_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Two processes say what one says."""
    monkeypatch.setattr(batch, "PARALLEL_BYTES", 0)
    monkeypatch.setattr(batch, "BATCH_BYTES", 20_000)
    shutil.copytree(ROOT / "content" / "news", tmp_path / "news")
    one, two = survey_of(tmp_path, {}), survey_of(tmp_path, {}, workers=2)
    assert one == two
    assert len(one.items) > 20
    assert any(fact.related for fact in one.facts)
    tz = ZoneInfo("UTC")
    assert make_report(one, tz=tz) == make_report(two, tz=tz)


def test_files_that_cannot_be_used_stop_nothing(tmp_path: Path):
    """Bad files of every folder are said, the good ones are counted."""
    files = {
        "news/good.md": front_matter(),
        "news/bad.md": "---\n: : :\n",
        "news/none.md": "no front matter\n",
        "news/classic.md": "Title: Mine\nDate: 2026-05-01\n\nText.\n",
        "topics/bad.yaml": "name: [\n",
        "providers/bad.md": "---\nname: [\n---\n",
        "newsletters/bad.html": "<p>",
    }
    survey = survey_of(tmp_path, files)
    assert (1, 1, 4) == (len(survey.items), len(survey.classic), survey.file_count)
    bad = {"newsletters/bad.html", "news/bad.md", "news/none.md", "providers/bad.md", "topics/bad.yaml"}
    assert bad == {diagnostic.path for diagnostic in survey.diagnostics if diagnostic.severity is not Severity.NOTE}


def test_a_file_is_looked_at_to_its_end(tmp_path: Path):
    """What makes a file useless does not hide what else is wrong with it."""
    bad = front_matter(title="", publishedDateTime="never", webUrl='"ftp://x.example/"', locale="?!")
    codes = [diagnostic.code for diagnostic in survey_of(tmp_path, {"news/a.md": bad}).diagnostics]
    assert {"ND104", "ND105", "ND108", "ND110"} <= set(codes)
