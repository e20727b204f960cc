"""Every oddity of a real archive of 4,958 files is found, as often as it was counted by hand before.

What was counted over collections that this archive does not hold (learning, events, people) is not here; nor are
pictures that are missing from a disk: its ``assets/`` are not at hand. Where a hand count means something else than it
seems to, the case says what.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import pytest

from pelican.plugins.news_digest.checks.report import CheckReport, make_report
from pelican.plugins.news_digest.checks.survey import survey_content
from pelican.plugins.news_digest.errors import Severity
from pelican.plugins.news_digest.frontmatter.reader import Folders
from pelican.plugins.news_digest.running.workers import Workers

pytestmark = [pytest.mark.slow, pytest.mark.corpus]


@pytest.fixture(scope="module")
def report(corpus: Path) -> CheckReport:
    """Return what is said of the archive."""
    survey = survey_content(corpus, timezone="UTC", folders=Folders(), workers=Workers(1))
    return make_report(survey, tz=ZoneInfo("UTC"))


OWN, RELATED = r"(?!related)", r"related\.\d+\."
# What was counted, its code, and what the messages that are counted look like.
COUNTS = [
    ("carriage returns in excerpts", 60, "ND601", r"excerpt: .*carriage"),
    ("line feeds in excerpts", 102, "ND601", r"excerpt: .*line feed"),
    ("tabs in excerpts", 2, "ND601", r"excerpt: .*tab"),
    ("carriage returns in related excerpts", 330, "ND601", RELATED + "excerpt: .*carriage"),
    ("line feeds in related excerpts", 828, "ND601", RELATED + "excerpt: .*line feed"),
    ("outer spaces of titles", 244, "ND602", "title: spaces at its ends"),
    ("outer spaces of excerpts", 420, "ND602", "excerpt: spaces at its ends"),
    ("double spaces in excerpts", 46, "ND602", "excerpt: several"),
    ("no-break spaces in excerpts", 144, "ND603", "excerpt: no-break"),
    ("invisible marks in titles", 1, "ND603", "title: invisible"),
    ("entities in titles and excerpts", 0, "ND604", ""),
    ("mojibake in titles", 1, "ND122", "title"),
    ("angle brackets that are no HTML", 1, "ND605", "excerpt"),
    ("angle brackets in related", 91, "ND605", RELATED),
    ("empty excerpts", 190, "ND606", "excerpt"),
    ("empty excerpts in related", 1515, "ND606", RELATED),
    # Fifty-six begin with the title, the ten that are equal among them.
    ("excerpts that repeat the title", 10, "ND607", "excerpt: repeats"),
    ("excerpts that begin with the title", 46, "ND607", "excerpt: begins"),
    ("excerpts that end with an ellipsis", 631, "ND608", "excerpt: .*ellipsis"),
    # Counted by hand: the last character is a letter or a digit. Further 465 end with a comma or the like.
    ("excerpts that end in the middle", 867, "ND608", "excerpt: .*middle"),
    ("percent-encoded names", 9, "ND609", "provider.name"),
    ("percent-encoded names in related", 567, "ND609", RELATED),
    ("names that are the domain", 114, "ND610", "provider.name"),
    ("one name, several domains: CRN, PR Newswire, Business Wire, Windows", 4, "ND406", ""),
    ("three domains of CRN", 1, "ND406", "provider.name: 'CRN' is used for 3 domains"),
    ("addresses with spaces", 11, "ND611", "webUrl: spaces"),
    ("addresses with spaces in related", 554, "ND611", RELATED + "webUrl: spaces"),
    ("pictures' addresses with a space at the end", 1, "ND611", r"images\.\d+\.url: spaces at its ends"),
    ("addresses outside ASCII", 11, "ND611", "webUrl: characters"),
    # Twelve were counted over all collections of the archive; its news has none, neither here nor in related.
    ("&amp; in addresses", 0, "ND611", ".*&amp;"),
    ("http pictures", 17, "ND612", "images"),
    ("http pictures in related", 767, "ND612", RELATED + "images"),
    ("pictures without a file extension", 139, "ND613", ".*no file extension"),
    ("GIFs", 31, "ND613", r".*\.gif"),
    (".mp4 as a picture", 1, "ND613", r".*\.mp4"),
    (".php as a picture", 2, "ND613", r".*\.php"),
    (".cms as a picture", 1, "ND613", r".*\.cms"),
    # Six were counted over both archives.
    (".ashx as a picture", 5, "ND613", r".*\.ashx"),
    ("files that share a title", 407, "ND402", ""),
    ("files that share an address", 29, "ND401", ""),
    # Eight point to themselves; in eight more the address is the item's own, but another file has it as well, and
    # comes first.
    ("related entries that point to themselves", 8, "ND403", "related: leads to the item itself"),
    ("related entries that lead to a twin", 8, "ND403", "related: leads to the item's own URL"),
    ("related entries that repeat a link in one list", 556, "ND404", ""),
    # Each of the 952 has the title of one more file with that address: no entry names its target wrongly.
    ("related entries with a different title than the first file at that address", 952, "ND405", ""),
    ("such entries that have the title of a twin", 952, "ND405", ".*one more file has this one"),
    ("files named after another day than their UTC date", 479, "ND614", ""),
    # 1,217 of 1,320 here; 1,889 of 1,994 over both archives.
    ("leaders whose heat is not quality + 20 × related", 103, "ND615", ""),
    ("published otherwise than heat says", 0, "ND616", ""),
    ("topics spelled in two ways", 0, "ND202", ""),
    ("services of a topic that lead to another one", 1, "ND421", "services.learning: leads to news"),
    ("two hashtags in one text, or a keyword twice", 0, "ND421", "hashtags|keywords"),
    ("topics that nobody carries", 0, "ND422", ""),
    ("unknown keys", 0, "ND121", ""),
    ("unknown types", 0, "ND120", ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("expected", "code", "pattern"), [case[1:] for case in COUNTS], ids=[case[0] for case in COUNTS]
)
def test_oddity_is_found_as_often_as_it_was_counted(expected: int, code: str, pattern: str, report: CheckReport):
    """The hand count and the program's are one number."""
    said = [diagnostic.message for diagnostic in report.diagnostics if diagnostic.code == code]
    assert expected == sum(re.match(pattern, message) is not None for message in said)


SUMMARY = [
    ("files", 4958), ("items", 4958), ("classic", 0),
    ("statuses.published", 624), ("statuses.removed", 1), ("statuses.unpublished", 4333),
    ("types.article", 4958), ("languages", {"": 4958}),
    ("keys.originalUrl", 3189), ("keys.webUrl", 4958), ("keys.ampWebUrl", 1047), ("keys.cdnAmpWebUrl", 1047),
    ("keys.images", 2653), ("keys.related", 4172), ("keys.secured", 4958), ("keys.removed", 1), ("keys.heat", 4958),
    ("first", "2019-10-03T08:00:01Z"), ("last", "2021-08-29T05:09:00Z"),
    ("midnight", 43), ("active_days", 268),
    ("title_chars", [20, 171]), ("excerpt_chars.most", 480), ("quality", [0, 136]), ("heat", [-1, 3694]),
    ("related.files", 4172), ("related.entries", 161223), ("related.most", 179), ("related.in_archive", 161223),
    ("pictures.items", 2653), ("pictures.items_with_several", 22), ("pictures.titles", 1072),
    ("pictures.published_without", 283),  # 45 % of 624
    ("providers.domains", 427), ("providers.records", 70), ("providers.items_with_record", 811),
    ("topics.Azure", 4957), ("topics_without_record", []),
]  # fmt: skip


@pytest.mark.parametrize(("name", "expected"), SUMMARY)
def test_number_of_the_summary(name: str, expected: object, report: CheckReport):
    """The archive's numbers are those that were counted by hand."""
    value = msgspec.to_builtins(report.summary, builtin_types=())
    for step in name.split("."):
        value = value[int(step)] if step.isdigit() else value[step]
    if isinstance(expected, list):
        value = list(value.values()) if isinstance(value, dict) else list(value)
    assert expected == value


def test_most_related_entries_are_mutual(report: CheckReport):
    """99 %: who lists an item is listed by it."""
    related = report.summary.related
    assert 0.985 < related.mutual / related.entries < 0.995


def test_a_real_archive_is_clean(report: CheckReport):
    """Its oddities are notes: nothing in it is lost."""
    assert {Severity.NOTE} == {diagnostic.severity for diagnostic in report.diagnostics}


def test_order_is_that_of_files_and_lines(report: CheckReport):
    """Whatever finds them: all findings stand in one order, and nearly all have a line."""
    places = [(diagnostic.path, diagnostic.line) for diagnostic in report.diagnostics]
    assert places == sorted(places)
    lines = Counter(line > 1 for path, line in places if path.startswith("news/"))
    assert lines[True] > 50 * lines[False]
