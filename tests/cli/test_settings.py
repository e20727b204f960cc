"""``news-digest settings``: what holds, what is wrong, and what was meant."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pelican.plugins.news_digest.cli.main import main
from pelican.plugins.news_digest.settings import SETTINGS, read_settings


def conf(folder: Path, text: str) -> str:
    """Write a settings file and return its path."""
    path = folder / "pelicanconf.py"
    path.write_text(f"SITENAME = 'Tiny'\n{text}", encoding="utf-8")
    return str(path)


def test_every_setting_is_listed_with_its_value(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """Each declared setting has a line with the value that holds, and its help."""
    assert 0 == main(["settings", "-s", conf(tmp_path, "DIGEST_PAGE_SIZE = 7\n")])
    said = capsys.readouterr().out
    for setting in SETTINGS:
        assert f"{setting.name} = " in said
        assert setting.help.split()[0] in said
    assert "# How many items one page of a list shows. Default: 30.\nDIGEST_PAGE_SIZE = 7\n" in said
    assert '# One of "published", "all", "local-only".\nDIGEST_PAGES = "published"\n' in said.replace(
        "\n# ", " "
    ).replace(" One of", "\n# One of")


def test_what_is_listed_can_be_pasted_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """The list is a settings file of its own, with the same values: quotes, other scripts, lists and line ends too."""
    values = {
        "DIGEST_PAGE_SIZE": 7,
        "DIGEST_API": False,
        "DIGEST_CONTACT": 'Ada "the editor" O\'Hara \\ مرحبا 🗞\t\u202e\n$',
        "DIGEST_IMAGE_ALLOW_HOSTS": ["files.lan:8080", "it's.lan:1"],
    }
    path = conf(tmp_path, "".join(f"{name} = {value!r}\n" for name, value in values.items()))
    assert 0 == main(["settings", "-s", path])
    listed: dict[str, object] = {}
    exec(capsys.readouterr().out, {}, listed)  # noqa: S102 - it is to be a settings file, which is run
    assert {setting.name for setting in SETTINGS} == set(listed)
    assert values == {name: listed[name] for name in values}
    assert read_settings(values) == read_settings(listed)


def test_names_are_found_by_a_part(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """A part of a name in any case finds what it stands in, and nothing else."""
    main(["settings", "feed_s", "-s", conf(tmp_path, "")])
    said = capsys.readouterr().out
    assert said.startswith("# How many entries a feed has.\nDIGEST_FEED_SIZE = 50\n")
    assert "DIGEST_PAGES" not in said


def test_changed_ones_only(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """--changed leaves out what has its default, written down or not."""
    path = conf(tmp_path, "DIGEST_API = False\nDIGEST_PAGES = 'published'\n")
    assert 0 == main(["settings", "--changed", "-s", path])
    said = capsys.readouterr().out
    assert "Default: True.\nDIGEST_API = False\n" in said.replace("\n# ", " ")
    assert "DIGEST_PAGES" not in said
    assert 0 == main(["settings", "--changed", "-s", conf(tmp_path, "")])
    assert "# All settings have their default values.\n" == capsys.readouterr().out


def test_programs_get_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """--format json has name, value, default, type, choices, help and what a change makes stale."""
    assert 0 == main(["settings", "page_size", "--format", "json", "-s", conf(tmp_path, "DIGEST_PAGE_SIZE = 7\n")])
    (found,) = json.loads(capsys.readouterr().out)
    assert {"name": "DIGEST_PAGE_SIZE", "value": 7, "default": 30, "type": "int", "stale": "lists"}.items() <= (
        found.items()
    )


def test_mistakes_are_reported_with_what_was_meant(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """An unknown name and a value of another type give exit code 1; the list is written all the same."""
    path = conf(tmp_path, "DIGEST_PAGESIZE = 7\nDIGEST_WORKERS = [1]\n")
    assert 1 == main(["settings", "-s", path])
    said = capsys.readouterr()
    assert "\nDIGEST_PAGE_SIZE = 30\n" in said.out
    assert "Cannot be used: DIGEST_WORKERS must be int, not [1].\n# DIGEST_WORKERS = [1]\n" in said.out.replace(
        "\n# ", " "
    ).replace(" DIGEST_WORKERS = ", "\n# DIGEST_WORKERS = ")
    assert [
        f"{path}: DIGEST_PAGESIZE is not a setting; did you mean DIGEST_PAGE_SIZE?",
        f"{path}: DIGEST_WORKERS must be int, not [1]",
    ] == said.err.splitlines()


def test_name_that_no_setting_has(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """Looking for nothing that exists is said, with exit code 2."""
    assert 2 == main(["settings", "xyzzy", "-s", conf(tmp_path, "")])
    assert "news-digest: no setting's name contains 'xyzzy'\n" == capsys.readouterr().err


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("line 3: SyntaxError: ", "\nDIGEST_API = = 1\n"),
        ("line 2: NameError: name 'Flase' is not defined", "DIGEST_API = Flase\n"),
        ("line 2: ValueError: invalid literal", "DIGEST_PAGE_SIZE = int('x')\n"),
    ],
)
def test_broken_settings_file_is_named_with_its_line(
    expected: str, text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    """A newcomer's typing mistake is a line to look at and no traceback."""
    path = conf(tmp_path, text)
    assert 2 == main(["settings", "-s", path])
    said = capsys.readouterr().err
    assert f"news-digest: {path} cannot be read: {expected}" in said
    assert "Traceback" not in said
