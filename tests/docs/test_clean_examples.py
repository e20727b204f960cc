"""``news-digest check --strict`` has nothing to say about what the documentation tells people to write."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from tools.walk import File, steps_of

from pelican.plugins.news_digest.checks.report import CheckReport, Strictness, make_report
from pelican.plugins.news_digest.checks.survey import survey_content
from pelican.plugins.news_digest.cli.main import main
from pelican.plugins.news_digest.cli.new_site import Answers, site_files
from pelican.plugins.news_digest.disk.walking import published_files
from pelican.plugins.news_digest.frontmatter.reader import Folders
from pelican.plugins.news_digest.running.workers import Workers
from tests.conftest import ROOT

NOW = datetime(2026, 5, 3, 20, tzinfo=UTC)
PAGES = [
    *sorted((ROOT / "docs" / "tutorial").glob("*.md")),
    *sorted((ROOT / "docs" / "how-to").glob("*.md")),
    *sorted((ROOT / "docs" / "reference").glob("*.md")),
    *sorted((ROOT / "docs" / "explanation").glob("*.md")),
    ROOT / "README.md",
]
# What pages show in order to talk about it: a key that nobody knows, a file that is not YAML.
ON_PURPOSE = {"own-files.md": {"ND121", "ND124", "ND103"}, "own-kind.md": {"ND121"}}  # keys of one's own
_BLOCK = re.compile(r"^```ya?ml\n(---\n.*?)^```$", re.MULTILINE | re.DOTALL)


def written(page: Path, folder: Path) -> int:
    """Write the files of *page* below *folder* as they are at its end, and return how many are content.

    A block of YAML that is a whole file and stands under no name is an item, too, if it has a title.
    """
    text = page.read_text(encoding="utf-8")
    files = {}
    for step in steps_of(text):
        if isinstance(step, File) and step.path.endswith((".md", ".yaml")):
            path = re.sub(r"^archive/", "content/news/", step.path)
            files[path] = files.get(path, "") * step.is_added + step.text
    named = [step.text for step in steps_of(text) if isinstance(step, File)]
    for number, block in enumerate(_BLOCK.findall(text)):
        if block not in named and "\ntitle:" in block:
            files[f"content/news/example-{number}.md"] = block
    for picture in re.findall(r"`content/(images/[\w.-]+)`", text):
        files[f"content/{picture}"] = "not looked at here"
    for path, whole in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(whole, encoding="utf-8")
    return sum(path.startswith("content/") for path in files)


def report_on(content: Path) -> CheckReport:
    """Return what ``check`` says of *content*, on the day of the examples."""
    survey = survey_content(content, timezone="UTC", folders=Folders(), workers=Workers(1))
    local = frozenset(published_files(content, ["images"]))
    return make_report(survey, tz=ZoneInfo("UTC"), local_files=local, clock=NOW)


def starter(folder: Path) -> Path:
    """Write what ``init`` writes and return its content folder."""
    for path, data in site_files(Answers(name="Harbour"), now=NOW).items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return folder / "content"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_examples_of_the_documentation_are_clean(tmp_path: Path, page: Path):
    """But for what a page shows in order to talk about it."""
    written(page, tmp_path)
    (tmp_path / "content").mkdir(exist_ok=True)
    expected = ON_PURPOSE.get(page.name, set())
    problems = report_on(tmp_path / "content").problems(Strictness.STRICT)
    assert [] == [str(said) for said in problems if said.code not in expected]


def test_examples_are_found_at_all(tmp_path: Path):
    """The walk is not blind."""
    assert {"first-digest.md", "topics-and-sources.md", "front-page.md", "own-files.md", "front-matter.md"} <= {
        page.name for page in PAGES if written(page, tmp_path / page.stem)
    }


def test_starter_is_clean(tmp_path: Path):
    """Nobody's first check says anything."""
    assert () == report_on(starter(tmp_path)).problems(Strictness.STRICT)


@pytest.mark.parametrize(
    "arguments",
    [
        ["Ferry runs all night", "--link", "https://harbour.example/ferry"],
        ["Ferry runs all night", "--link", "https://harbour.example/ferry", "--provider", "The Quay"],
        ["Ferry runs all night", "--link", "https://harbour.example/ferry", "--topic", "Harbour"],
        ["Words of our own", "--link", ""],
        ["Words of our own", "--link", "", "--excerpt", "A sentence."],
    ],
)
def test_what_new_writes_is_clean(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str]
):
    """A draft is no mistake."""
    starter(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert 0 == main(["new", *arguments, "--date", "2026-05-03T10:00:00Z"])
    assert 0 == main(["check", "--strict"]), capsys.readouterr().out


@pytest.mark.parametrize(
    "keys",
    [
        "webUrl: https://a.example/x",
        "webUrl: https://a.example/x\nexcerpt: What happened.",
        "webUrl: https://a.example/x\nrelated:\n  - webUrl: https://other.example/y",
        "webUrl: https://a.example/x\nprovider:\n  domain: a.example",
        "webUrl: https://a.example/x\nprovider:\n  name: A Post",
        "originalUrl: https://a.example/x\ntopics: [Harbour]",
        "originalUrl: https://a.example/x\nsummary: Words.\ntags: [Harbour]\nlang: de",
    ],
)
def test_few_keys_are_enough(tmp_path: Path, keys: str):
    """What nobody wrote is not spoken of."""
    folder = tmp_path / "content" / "news"
    folder.mkdir(parents=True)
    (folder / "a.md").write_text(f"---\ntitle: A headline\npublishedDateTime: 2026-05-03\n{keys}\n---\n", "utf-8")
    # Another file knows what the source is called, and what its target is.
    other = (
        "title: Another\npublishedDateTime: 2026-05-02\nwebUrl: https://a.example/z\nprovider: {name: A Post, domain: "
    )
    related = "a.example}\nrelated:\n  - webUrl: https://a.example/x"
    (folder / "b.md").write_text(f"---\n{other}{related}\n---\n", "utf-8")
    assert () == report_on(tmp_path / "content").problems(Strictness.STRICT)
