"""Promises about the repository itself: sizes, names, references, and its own content."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from pelican.plugins.news_digest import errors
from pelican.plugins.news_digest.catalogue.build import build_catalogue
from pelican.plugins.news_digest.errors import CODES, Severity
from pelican.plugins.news_digest.frontmatter.reader import read_archive
from pelican.plugins.news_digest.model import Status
from pelican.plugins.news_digest.settings import SETTINGS
from tests.conftest import ROOT

PACKAGE = ROOT / "plugins" / "pelican" / "plugins" / "news_digest"
MAX_LINES = 400
WRITTEN = sorted(
    path
    for folder, pattern in (
        (PACKAGE, "*.py"),
        (ROOT / "theme", "*.css"),
        (ROOT / "theme", "*.html"),
        (ROOT / "theme", "*.js"),
    )
    for path in folder.rglob(pattern)
)


def name_of(path: Path) -> str:
    """Return a path as people say it."""
    return path.relative_to(ROOT).as_posix()


def test_no_module_style_sheet_or_template_is_too_long():
    """Four hundred lines are what a reader can hold."""
    lengths = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in WRITTEN}
    assert {} == {name: length for name, length in lengths.items() if length > MAX_LINES}


def test_nothing_is_called_utils():
    """A module is named after its noun."""
    bad = {"utils", "util", "helpers", "helper", "common", "misc"}
    assert [] == [name_of(path) for path in (*WRITTEN, *(ROOT / "tests").rglob("*.py")) if path.stem in bad]


def reference(name: str) -> str:
    """Return one page of the reference."""
    return (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8")


def test_every_setting_is_in_the_reference():
    """Name, default and allowed values stand in docs/reference/settings.md."""
    text = reference("settings.md")
    for setting in SETTINGS:
        assert re.search(rf"\b{setting.name}\b", text)
        section = text.partition(f"{setting.name}\n")[2].partition("\n## ")[0]
        assert str(setting.default) in section, setting.name
        assert [] == [choice for choice in setting.choices if choice not in section]


def test_reference_names_no_setting_that_does_not_exist():
    """What was removed from the code is removed from the reference."""
    known = {setting.name for setting in SETTINGS}
    assert set() == set(re.findall(r"\bDIGEST_[A-Z_]*[A-Z]\b", reference("settings.md"))) - known


def test_every_code_is_in_the_reference():
    """A code that a build prints can be looked up, with its severity and its meaning."""
    lines = reference("diagnostics.md").splitlines()
    for code, (severity, meaning) in CODES.items():
        (line,) = [line for line in lines if line.startswith(f"| {code} ")]
        assert severity.value in line
        assert meaning in line


def test_reference_names_no_code_that_does_not_exist():
    """What is never printed is not explained."""
    assert set() == set(re.findall(r"\bND\d{3}\b", reference("diagnostics.md"))) - set(CODES)


def test_every_code_can_be_said():
    """A code that no module uses is a promise that nobody keeps."""
    source = "".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py") if path.name != "errors.py")
    names = {value: name for name, value in vars(errors).items() if name.isupper() and isinstance(value, str)}
    assert [] == [code for code in CODES if f'"{code}"' not in source and names.get(code, f'"{code}"') not in source]


def test_demonstration_has_no_errors_or_warnings():
    """The content that we show is content as it should be."""
    archive = read_archive(ROOT / "content", timezone="Europe/London")
    catalogue = build_catalogue(archive.items, topics=archive.topics, providers=archive.providers)
    said = (*archive.diagnostics, *catalogue.taxonomy.diagnostics)
    assert [] == [str(diagnostic) for diagnostic in said if diagnostic.severity is not Severity.NOTE]
    assert len(archive.items) > 20


def test_demonstration_shows_what_the_format_can_do():
    """Clusters, videos, items of our own, unpublished ones, pictures and topics with parents are all in it."""
    archive = read_archive(ROOT / "content", timezone="Europe/London")
    items = archive.items
    assert {"article", "video"} == {item.type.value for item in items}
    assert any(item.related for item in items)
    assert any(not item.url for item in items)
    assert any(item.status is Status.UNPUBLISHED for item in items)
    assert any(item.images for item in items)
    assert any(record.parent for record in archive.topics)


def test_demonstration_leads_to_no_real_site():
    """The city is invented; its addresses end in names that are reserved for the purpose."""
    archive = read_archive(ROOT / "content", timezone="Europe/London")
    hosts = {link.url.split("/")[2] for item in archive.items for link in item.related}
    hosts |= {item.url.split("/")[2] for item in archive.items if item.url}
    assert [] == sorted(host for host in hosts if not host.endswith(".example"))


def tracked_files() -> list[Path]:
    """Return what is in the repository; skip where this is no checkout."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a checkout: nobody knows which files are tracked")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return [ROOT / name for name in listed.decode().split("\0") if name and (ROOT / name).is_file()]


def test_no_tracked_file_names_a_place_on_somebodys_machine():
    """What is in the repository works in any folder."""
    places = re.compile(rb"(?<![\w.])/(?:root|home|Users)/\w+|/tmp/work|/work/(?:main|shared)|[A-Z]:\\Users")
    found = [
        f"{name_of(path)}: {match.group().decode()}"
        for path in tracked_files()
        if path != Path(__file__) and (match := places.search(path.read_bytes()))
    ]
    assert [] == found


def test_tracked_texts_are_utf8_with_unix_line_ends():
    """One encoding, one line end, and a newline at the end."""
    endings = {".py", ".md", ".html", ".css", ".js", ".toml", ".yaml", ".yml", ".txt", ".json"}
    bad = []
    for path in tracked_files():
        if path.suffix in endings and "hostile" not in path.parts and (data := path.read_bytes()):
            data.decode("utf-8")
            if b"\r" in data or not data.endswith(b"\n"):
                bad.append(name_of(path))
    # One golden file and one record may say otherwise on purpose, and hostile articles whatever they like.
    assert [] == [name for name in bad if "golden" not in name]


def test_output_is_not_tracked():
    """What is built is never committed."""
    assert [] == [name_of(path) for path in tracked_files() if name_of(path).startswith(("output/", "dist/", ".venv/"))]


def test_every_test_says_what_it_expects():
    """Each test has a docstring, so that a failure reads as a sentence."""
    silent = re.compile(r'^def (test_\w+)\((?:[^()]|\([^()]*\))*\)(?: -> None)?:\n(?! *r?""")', re.MULTILINE)
    texts = {path: path.read_text(encoding="utf-8") for path in sorted((ROOT / "tests").rglob("test_*.py"))}
    assert {} == {name_of(path): found for path, text in texts.items() if (found := silent.findall(text))}


def test_the_tests_that_a_clean_machine_runs_are_there():
    """A path that has moved would end the script before a single test of that step has run."""
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    paths = re.findall(r"(?<![\w/])tests(?:/[\w./]+)?", re.sub(r"(?m)^\s*#.*$|make tests", "", script))
    assert len(paths) > 5
    assert [] == [path for path in paths if not (ROOT / path).exists()]
