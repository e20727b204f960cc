"""One import name, three ways: uninstalled through PLUGIN_PATHS, editable, and as a wheel."""

from __future__ import annotations

import json
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from pelican.plugins.news_digest.cli.docs import FOLDERS
from tests.builders import front_matter
from tests.conftest import ROOT, MakeOnce, unpack
from tests.pythons import hatch, make_python, pip_install, run, wheel_of

pytestmark = pytest.mark.slow

SOURCE = ROOT / "plugins" / "pelican" / "plugins" / "news_digest"
INSIDE = "pelican/plugins/news_digest"

# Says where the plugin was found, after Pelican built a site with it.
PROBE = """
import json, sys
from pathlib import Path
from pelican import main
main(["-s", sys.argv[1]])
from pelican.plugins import news_digest
module = sys.modules["pelican.plugins.news_digest"]
assert module is news_digest
theme = Path(news_digest.theme_path())
print("FOUND", json.dumps({
    "file": news_digest.__file__,
    "theme": str(theme),
    "has_templates": (theme / "templates" / "base.html").is_file(),
    "copies": [name for name in sys.modules if name.endswith("news_digest")],
}))
"""


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a Python that has every dependency and not this package."""
    return make_python(tmp_path_factory.mktemp("bare"))


def build_one_item(folder: Path, python: Path | str, settings: str, **env: str) -> dict[str, object]:
    """Build a site of one item, standing elsewhere, and return where the plugin was found."""
    content = folder / "site" / "content" / "news"
    content.mkdir(parents=True)
    (content / "a.md").write_text(front_matter(), encoding="utf-8")
    config = folder / "site" / "pelicanconf.py"
    common = 'SITENAME = "Tiny"\nSITEURL = ""\nTIMEZONE = "UTC"\nPATH = "content"\n'
    config.write_text(f"{common}{settings}\n", encoding="utf-8")
    elsewhere = folder / "elsewhere"
    elsewhere.mkdir()
    said = run(python, PROBE, str(config), cwd=elsewhere, **env)
    outputs = [*folder.glob("*/output/news/a/index.html")]
    assert len(outputs) == 1, said
    assert "A headline" in outputs[0].read_text(encoding="utf-8")
    assert (outputs[0].parents[2] / "theme" / "digest.css").is_file()
    (line,) = [line for line in said.splitlines() if line.startswith("FOUND ")]
    return json.loads(line.removeprefix("FOUND "))


OURS = ["pelican.plugins.news_digest"]


def test_bare_python_does_not_have_the_package(bare: Path, tmp_path: Path):
    """What the other tests prove they do not prove by accident."""
    code = "import importlib.util as u; import pelican.plugins; print(u.find_spec('pelican.plugins.news_digest'))"
    assert "None" == run(bare, code, cwd=tmp_path).strip()


def test_uninstalled_through_plugin_paths(bare: Path, tmp_path: Path):
    """A checkout works without installing anything, named as pelicanconf.py names it."""
    settings = f"PLUGIN_PATHS = [{str(SOURCE.parent)!r}]\nPLUGINS = {OURS!r}\nTHEME = {str(ROOT / 'theme')!r}"
    found = build_one_item(tmp_path, bare, settings)
    assert (str(SOURCE / "__init__.py"), str(ROOT / "theme"), True) == (
        found["file"],
        found["theme"],
        found["has_templates"],
    )
    assert OURS == found["copies"]


def test_short_name_through_plugin_paths_is_the_same_plugin(bare: Path, tmp_path: Path):
    """A site that lists the short name gets the one plugin, not a copy under another name."""
    settings = f"PLUGIN_PATHS = [{str(SOURCE.parent)!r}]\nPLUGINS = ['news_digest']\nTHEME = {str(ROOT / 'theme')!r}"
    found = build_one_item(tmp_path, bare, settings)
    assert str(SOURCE / "__init__.py") == found["file"]


BY_NAME = 'from pelican.plugins import news_digest\nPLUGINS = ["news_digest"]\nTHEME = news_digest.theme_path()'


def test_editable(tmp_path: Path):
    """With the source root on the path, put there as an editable install puts it, nothing else is needed."""
    python = make_python(tmp_path / "python", hook=str(ROOT / "plugins"))
    found = build_one_item(tmp_path, python, BY_NAME)
    assert (str(SOURCE / "__init__.py"), str(ROOT / "theme"), True) == (
        found["file"],
        found["theme"],
        found["has_templates"],
    )
    assert OURS == found["copies"]


def test_editable_install_is_what_these_tests_run_with():
    """The suite itself tests the checkout, not a copy that somebody installed."""
    from pelican.plugins import news_digest

    assert SOURCE / "__init__.py" == Path(news_digest.__file__)
    assert str(ROOT / "theme") == news_digest.theme_path()


@pytest.fixture(scope="module")
def wheel(shared: MakeOnce) -> Path:
    """Return the wheel, built without a network."""
    return wheel_of(shared)


def source_files(folder: Path) -> set[str]:
    """Return what belongs into a package from *folder*."""
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc"
    }


def test_wheel_holds_the_package_the_whole_theme_and_the_documentation(wheel: Path):
    """Every module, every template, every style sheet, every page that `news-digest docs` prints, and nothing else."""
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    expected = {f"{INSIDE}/{name}" for name in source_files(SOURCE)}
    expected |= {f"{INSIDE}/theme/{name}" for name in source_files(ROOT / "theme")}
    expected |= {f"{INSIDE}/docs/{part}/{name}" for part in FOLDERS for name in source_files(ROOT / "docs" / part)}
    assert expected == names


def test_wheel_leaves_pelicans_own_folders_alone(wheel: Path):
    """A namespace has no __init__ of ours: that would hide Pelican's signals, and every other plugin."""
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    assert set() == names & {"pelican/__init__.py", "pelican/plugins/__init__.py"}


def test_wheel_says_what_it_is(wheel: Path):
    """Name, licence, needs and the command are in its metadata."""
    with zipfile.ZipFile(wheel) as archive:
        (metadata,) = [name for name in archive.namelist() if name.endswith("METADATA")]
        text = archive.read(metadata).decode()
        (scripts,) = [name for name in archive.namelist() if name.endswith("entry_points.txt")]
        assert "news-digest = pelican.plugins.news_digest.cli.main:main" in archive.read(scripts).decode()
    assert "Name: pelican-news-digest\n" in text
    assert "License-Expression: AGPL-3.0-or-later AND OFL-1.1\n" in text
    assert "Requires-Dist: pelican>=4.12\n" in text


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder into which the wheel was installed."""
    folder = tmp_path_factory.mktemp("installed")
    pip_install(wheel, "--target", folder)
    return folder


def test_wheel(bare: Path, installed: Path, tmp_path: Path):
    """Installed, the plugin brings its theme and needs no checkout."""
    found = build_one_item(tmp_path, bare, BY_NAME, PYTHONPATH=str(installed))
    home = installed / INSIDE
    assert (str(home / "__init__.py"), str(home / "theme"), True) == (
        found["file"],
        found["theme"],
        found["has_templates"],
    )
    assert OURS == found["copies"]


def test_installed_plugin_that_is_not_listed_costs_and_changes_nothing(bare: Path, installed: Path, tmp_path: Path):
    """Pelican imports every installed plugin; a site that does not list ours gets one module of twenty lines."""
    code = (
        "import sys, pelican.plugins.news_digest as n; n.theme_path();"
        "print([m for m in sys.modules if m.startswith('pelican.plugins.news_digest.')], 'yaml' in sys.modules)"
    )
    assert (
        "['pelican.plugins.news_digest.package'] False"
        == run(bare, code, cwd=tmp_path, PYTHONPATH=str(installed)).strip()
    )


def test_source_distribution_can_make_the_same_wheel(wheel: Path, tmp_path: Path):
    """What is published as source builds without the checkout."""
    hatch("sdist", tmp_path)
    (source,) = tmp_path.glob("*.tar.gz")
    with tarfile.open(source) as archive:
        unpack(archive, tmp_path / "unpacked")
    (root,) = (tmp_path / "unpacked").iterdir()
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path / "second")]
    subprocess.run(command, cwd=root, check=True, stdout=subprocess.DEVNULL)
    (second,) = (tmp_path / "second").glob("*.whl")
    with zipfile.ZipFile(wheel) as one, zipfile.ZipFile(second) as two:
        assert sorted(one.namelist()) == sorted(two.namelist())
