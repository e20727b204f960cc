"""The package leads to the repository that it was built from, and to none that is only written down somewhere."""

from __future__ import annotations

import tomllib
from email import message_from_string
from importlib import metadata
from pathlib import Path
from types import ModuleType

import pytest

from pelican.plugins.news_digest.cli.docs import docs_path, find_pages, text_about
from tests.conftest import ROOT
from tests.programs import load_program


@pytest.fixture(scope="module")
def hook() -> ModuleType:
    """Return the program that completes the metadata."""
    return load_program(ROOT / "hatch_build.py")


@pytest.mark.parametrize(
    ("expected", "origin"),
    [
        ("https://github.com/ann/digest", "https://github.com/ann/digest.git"),
        ("https://github.com/ann/digest", "https://ann:secret@github.com/ann/digest"),
        ("https://github.com/ann/digest", "git@github.com:ann/digest.git"),
        ("https://gitlab.example.org/a/b/digest", "ssh://git@gitlab.example.org:2222/a/b/digest.git"),
        ("", "/srv/git/digest.git"),
        ("", "../digest"),
        ("", "file:///srv/digest.git"),
        ("", "https://localhost/digest.git"),
        ("", "http://github.com/ann/digest"),
    ],
)
def test_origin_says_where_the_repository_is(expected: str, origin: str, hook: ModuleType, tmp_path: Path):
    """Without passwords; a folder on somebody's disk is no place on the web."""
    (tmp_path / ".git").mkdir()
    other = '[remote "upstream"]\n\turl = https://github.com/bob/digest\n'
    config = f'[core]\n\tbare = false\n{other}[remote "origin"]\n\tfetch = +refs/*\n\turl = {origin}\n'
    (tmp_path / ".git" / "config").write_text(config, encoding="utf-8")
    assert expected == hook.source_url(tmp_path)


def test_source_distribution_knows_where_it_came_from(hook: ModuleType, tmp_path: Path):
    """It has no origin, and says the same as the wheel beside it."""
    assert "" == hook.source_url(tmp_path)
    text = (
        "Name: x\nProject-URL: Documentation, https://a.example/\nProject-URL: Source, https://github.com/ann/digest\n"
    )
    (tmp_path / "PKG-INFO").write_text(text, encoding="utf-8")
    assert "https://github.com/ann/digest" == hook.source_url(tmp_path)


@pytest.mark.parametrize(
    ("documentation", "source"),
    [
        ("https://github.com/ann/digest/blob/HEAD/docs/README.md", "https://github.com/ann/digest"),
        ("https://gitlab.com/ann/digest/-/blob/HEAD/docs/README.md", "https://gitlab.com/ann/digest"),
        ("https://codeberg.org/ann/digest/src/branch/main/docs/README.md", "https://codeberg.org/ann/digest"),
        (None, "https://git.example/ann/digest"),
        (None, ""),
    ],
)
def test_addresses_are_those_of_the_host(documentation: str | None, source: str, hook: ModuleType):
    """Of a host that nobody knows only the repository itself is named."""
    found = hook.urls(source)
    assert documentation == found.get("Documentation")
    assert (source or None) == found.get("Source")


def test_links_of_the_readme_work_on_a_package_index(hook: ModuleType):
    """Files and pictures of the repository are absolute there; nothing else changes."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    text = hook.with_absolute_links(readme, "https://github.com/ann/digest")
    assert "](https://github.com/ann/digest/raw/HEAD/docs/images/home.png)" in text
    assert "(https://github.com/ann/digest/blob/HEAD/docs/how-to/desk.md)" in text
    assert "](docs/" not in text
    assert "](SECURITY.md" not in text
    assert "(https://pipx.pypa.io/)" in text
    assert readme == hook.with_absolute_links(readme, "")
    assert "[a](#b)" == hook.with_absolute_links("[a](#b)", "https://github.com/ann/digest")


def test_every_python_that_is_tried_is_named():
    """The classifiers are what the release workflow tries the wheel on."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = [line.rpartition(" ")[2] for line in project["classifiers"] if line.startswith("Programming Language ::")]
    workflow = (ROOT / ".github" / "workflows" / "release.yml").read_text(encoding="utf-8")
    assert f"python: {named[1:]}".replace("'", '"') in workflow


def test_list_of_pages_leads_to_the_web(monkeypatch: pytest.MonkeyPatch):
    """Where the installed package knows of a place; a checkout on PLUGIN_PATHS knows none."""
    said = "Project-URL: Source, https://github.com/ann/digest\nProject-URL: Documentation, https://docs.example/\n"
    message = message_from_string(said)
    monkeypatch.setattr(metadata, "metadata", lambda _: message)
    assert text_about("", find_pages(docs_path())).endswith("\nOn the web: https://docs.example/")

    def missing(name: str) -> None:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "metadata", missing)
    assert "On the web" not in text_about("", find_pages(docs_path()))
