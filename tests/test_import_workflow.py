"""The workflow that imports: its shell step runs for real, beside others who push."""

from __future__ import annotations

import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from pelican.plugins.news_digest.cli.new_site import Answers, site_files

NOW = datetime(2026, 5, 3, tzinfo=UTC)
NAME = ".github/workflows/import.yml"
# In the place of the program: brings what `brings` says, once for each import.
PROGRAM = """\
#!/bin/sh
test -z "${TOKEN:-}" || exit 9
echo "$*" >> "$HERE/asked"
case "$1" in import)
  sh "$HERE/meanwhile" || exit 8
  cp "$HERE/brings"/* content/news/ 2>/dev/null || true
esac
"""


def workflow() -> dict[str, Any]:
    """Return the workflow of a new site that begins with feeds."""
    files = site_files(Answers(name="Harbour", has_feeds=True, has_examples=False), now=NOW)
    found = yaml.safe_load(files[NAME])
    return {("on" if key is True else key): value for key, value in found.items()}


def git(*words: str, at: Path) -> str:
    """Run git, as somebody, and return what it says."""
    who = ["-c", "user.name=Somebody", "-c", "user.email=somebody@harbour.example", "-c", "init.defaultBranch=main"]
    return subprocess.run(["git", *who, *words], cwd=at, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """Return a folder with a repository that others push to as well, and a clone of it."""
    git("init", "--bare", "--quiet", "hub.git", at=tmp_path)
    for name in ("clone", "other"):
        git("clone", "--quiet", "hub.git", name, at=tmp_path)
        if name == "clone":
            (tmp_path / "clone" / "content" / "news").mkdir(parents=True)
            (tmp_path / "clone" / "content" / "news" / "a.md").write_text("a\n", encoding="utf-8")
            git("add", "--all", at=tmp_path / "clone")
            git("commit", "--quiet", "--message", "Begin", at=tmp_path / "clone")
            git("push", "--quiet", "origin", "HEAD:main", at=tmp_path / "clone")
    program = tmp_path / "clone" / ".venv" / "bin" / "news-digest"
    program.parent.mkdir(parents=True)
    program.write_text(PROGRAM, encoding="utf-8")
    program.chmod(0o755)
    (tmp_path / "brings").mkdir()
    (tmp_path / "meanwhile").write_text("true\n", encoding="utf-8")
    return tmp_path


def run(here: Path) -> tuple[int, str]:
    """Run the step; return its exit code, and what it tells the job that publishes."""
    (step,) = [each for each in workflow()["jobs"]["import"]["steps"] if each.get("id") == "import"]
    output = here / "output"
    output.write_text("", encoding="utf-8")
    env = {
        **os.environ,
        "HERE": str(here),
        "TOKEN": "secret",
        "BRANCH": "main",
        "REPOSITORY": str(here / "hub.git"),
        "GITHUB_OUTPUT": str(output),
    }
    done = subprocess.run(["bash", "-e", "-c", step["run"]], cwd=here / "clone", env=env, check=False)
    return done.returncode, output.read_text("utf-8").strip()


def news(here: Path) -> set[str]:
    """Return the items of the repository that everybody pushes to."""
    return set(git("ls-tree", "--name-only", "main:content/news", at=here / "hub.git").split())


def test_with_nothing_new_nothing_is_committed_or_published(here: Path):
    """The job that publishes is told so."""
    before = git("rev-parse", "main", at=here / "hub.git")
    assert (0, "has_news=false") == run(here)
    assert before == git("rev-parse", "main", at=here / "hub.git")
    assert "needs.import.outputs.has_news == 'true'" == workflow()["jobs"]["publish"]["if"]


def test_what_is_new_is_committed_after_ranking_and_published(here: Path):
    """In one commit; then the publishing workflow is called, since this push starts none."""
    (here / "brings" / "new.md").write_text("new\n", encoding="utf-8")
    assert (0, "has_news=true") == run(here)
    assert {"a.md", "new.md"} == news(here)
    asked = (here / "asked").read_text("utf-8").splitlines()
    assert ["import --settings publishconf.py", "rank --settings publishconf.py"] == asked
    assert "./.github/workflows/publish.yml" == workflow()["jobs"]["publish"]["uses"]


def test_a_refused_push_tries_again_on_the_new_head(here: Path):
    """Somebody pushes while this imports: both are in, in order, and nobody was overwritten."""
    (here / "brings" / "new.md").write_text("new\n", encoding="utf-8")
    (here / "meanwhile").write_text(
        "cd $HERE/other && test ! -e b.md || exit 0; git pull -q origin main; mkdir -p content/news; touch b.md"
        " content/news/b.md && git add -A && git -c user.name=S -c user.email=s@s.example commit -qm B"
        " && git push -q origin HEAD:main",
        encoding="utf-8",
    )
    assert (0, "has_news=true") == run(here)
    assert {"a.md", "b.md", "new.md"} == news(here)


def test_it_gives_up_after_three_times(here: Path):
    """Then the run fails, and somebody is told."""
    (here / "brings" / "new.md").write_text("new\n", encoding="utf-8")
    hook = here / "hub.git" / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    assert (1, "") == run(here)
    assert 6 == len((here / "asked").read_text("utf-8").splitlines())


def test_the_token_is_for_pushing_alone(here: Path):
    """What reads strangers' feeds never sees it; no step keeps it, and only one job may write."""
    jobs = workflow()["jobs"]
    assert {"contents": "read"} == workflow()["permissions"]
    assert {"contents": "write"} == jobs["import"]["permissions"]
    (checkout,) = [step for step in jobs["import"]["steps"] if step.get("uses", "").startswith("actions/checkout@")]
    assert checkout["with"]["persist-credentials"] is False
    assert (0, "has_news=false") == run(here)  # the program fails where it finds a token


def test_only_a_site_with_feeds_has_it():
    """Nobody else has anything to import."""
    assert NAME not in site_files(Answers(name="Harbour"), now=NOW)


def test_imports_wait_for_each_other():
    """A second one at the same time would bring the same items."""
    assert {"group": "import", "cancel-in-progress": False} == workflow()["concurrency"]
