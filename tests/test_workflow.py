"""The workflow that publishes: what it promises, and its shell steps run for real on a new site."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tarfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from pelican.plugins.news_digest.cli.main import main
from pelican.plugins.news_digest.cli.new_site import Answers, Host, site_files
from tests.conftest import ROOT, MakeOnce, unpack
from tests.pythons import make_python, wheel_of
from tests.sites.checker import OutputChecker

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
PUBLISH = ROOT / ".github" / "workflows" / "publish.yml"
SITEURL = "https://name.github.io/repo"
# What GitHub puts in the place of the expressions that shell steps see.
EXPRESSIONS = {
    "steps.pages.outputs.base_url || env.GUESS": SITEURL,
    "needs.build.outputs.siteurl": SITEURL,
    "needs.build.outputs.feeds": "feeds/all.atom.xml feeds/all.rss.xml ",
}
NOW = datetime(2026, 5, 3, tzinfo=UTC)
FIVE_MINUTES = 5


def workflow(path: Path = PUBLISH) -> dict[str, Any]:
    """Return a workflow, parsed. YAML 1.1 reads the key ``on`` as true."""
    found = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {("on" if key is True else key): value for key, value in found.items()}


def steps() -> list[dict[str, Any]]:
    """Return the steps of the job that builds."""
    return workflow()["jobs"]["build"]["steps"]


def place(what: str) -> int:
    """Return the number of the one step that runs or uses *what*."""
    (found,) = [n for n, step in enumerate(steps()) if what in step.get("run", step.get("uses", ""))]
    return found


def hand_over() -> int:
    """Return the number of the step that hands the site over to be published."""
    (found,) = [n for n, step in enumerate(steps()) if step.get("with", {}).get("name") == "github-pages"]
    return found


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_actions_are_pinned_by_commit(path: Path):
    """A tag can be moved to other code; a commit cannot. The comment says which version it is."""
    uses = re.findall(r"^\s*-? *uses: *(.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(uses) > 1
    assert [] == [line for line in uses if not re.fullmatch(r"[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line)]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_nobody_may_do_more_than_needed(path: Path):
    """The token reads, unless a job says what else it needs; no step keeps it."""
    found = workflow(path)
    assert {"contents": "read"} == found["permissions"]
    for job in found["jobs"].values():
        for step in job["steps"]:
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False


def test_it_runs_on_changes_on_requests_by_the_clock_and_by_hand():
    """The minute is an odd one: at full hours the queue is long."""
    triggers = workflow()["on"]
    assert {
        "push", "pull_request", "schedule", "workflow_dispatch", "workflow_call", "repository_dispatch",
    } == set(triggers)  # fmt: skip
    (schedule,) = triggers["schedule"]
    minute = int(schedule["cron"].split()[0])
    assert minute % 2
    assert minute % FIVE_MINUTES


EXPRESSION = re.compile(r"format\('([^']*)', ([\w.]+)\)|'[^']*'|[\w.]+|==|!=|&&|\|\||[()]")


def evaluated(expression: str, **github: Any) -> Any:
    """Return what GitHub makes of *expression*; what a run is not told is null."""

    def value(name: str) -> Any:
        found: Any = github
        for part in name.removeprefix("github.").split("."):
            found = found.get(part) if isinstance(found, dict) else None
        return found

    def python(match: re.Match[str]) -> str:
        token = match[0]
        if match[2]:
            return repr(match[1].replace("{0}", str(value(match[2]) or "")))
        if token.startswith("github."):
            return repr(value(token))
        return {"&&": " and ", "||": " or "}.get(token, token)

    return eval(EXPRESSION.sub(python, expression.removeprefix("${{").removesuffix("}}").strip()))


def a_run(event: str, ref: str, *, default: str = "main") -> dict[str, Any]:
    """Return what a run knows; a scheduled one is not told the repository."""
    payload = {} if event == "schedule" else {"repository": {"default_branch": default}}
    return {"event_name": event, "ref": ref, "event": payload}


@pytest.mark.parametrize(
    ("run", "is_built", "is_published"),
    [
        (a_run("push", "refs/heads/main"), True, True),
        (a_run("push", "refs/heads/trunk", default="trunk"), True, True),
        (a_run("push", "refs/heads/news/desk", default="news/desk"), True, True),
        (a_run("push", "refs/heads/main", default="trunk"), False, False),
        (a_run("push", "refs/heads/feature"), False, False),
        (a_run("push", "refs/tags/main"), False, False),
        (a_run("schedule", "refs/heads/trunk"), True, True),
        (a_run("workflow_dispatch", "refs/heads/main"), True, True),
        (a_run("workflow_dispatch", "refs/heads/feature"), True, False),
        (a_run("repository_dispatch", "refs/heads/trunk", default="trunk"), True, True),
        (a_run("workflow_run", "refs/heads/main"), True, True),
        (a_run("pull_request", "refs/pull/7/merge"), True, False),
    ],
    ids=lambda value: f"{value['event_name']} {value['ref']}" if isinstance(value, dict) else "",
)
def test_the_default_branch_is_published_whatever_it_is_called(
    run: dict[str, Any], *, is_built: bool, is_published: bool
):
    """And no other one; a run that publishes nothing never stands in the queue of those that do."""
    found = workflow()
    assert is_built == bool(evaluated(found["jobs"]["build"]["if"], **run))
    assert is_published == (is_built and bool(evaluated(found["jobs"]["deploy"]["if"], **run)))
    assert is_published == (evaluated(found["concurrency"]["group"], **run) == "pages")


def test_another_workflow_can_call_it_after_a_push_of_its_own():
    """GITHUB_TOKEN starts no workflow by pushing: the newest commit is built, not that which started the caller."""
    assert "${{ github.ref }}" == steps()[place("actions/checkout@")]["with"]["ref"]
    text = (ROOT / "docs" / "how-to" / "publish-github-pages.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    caller = yaml.safe_load(example)["jobs"]["publish"]
    assert PUBLISH.relative_to(ROOT).as_posix() == caller["uses"].removeprefix("./")
    # Who calls must allow all that is asked for inside.
    wanted = {key: value for job in workflow()["jobs"].values() for key, value in job["permissions"].items()}
    assert wanted == caller["permissions"]


def test_one_tar_is_found_built_looked_at_and_handed_over():
    """No folder; under the name that `deploy-pages` looks for, and missing it is an error."""
    attached, handed = (step for step in steps() if "actions/upload-artifact@" in step.get("uses", ""))
    assert ("site", "github-pages") == (attached["with"]["name"], handed["with"]["name"])
    for step in (attached, handed):
        assert ("artifact.tar", "error") == (step["with"]["path"], step["with"]["if-no-files-found"])
    for command in ("news-digest build", "news-digest audit"):
        assert "--tar artifact.tar" in steps()[place(command)]["run"]


def test_steps_stand_in_the_order_that_makes_sense():
    """Check, then say where, find the last build, make pictures, build, look at it, hand it over."""
    order = [
        place("actions/checkout@"),
        place("actions/setup-python@"),
        place("-m venv .venv"),
        place("news-digest check"),
        place("actions/configure-pages@"),
        place("news-digest images"),
        place("news-digest build"),
        place("news-digest audit"),
        hand_over(),
        place("news-digest ping"),
    ]
    assert sorted(order) == order


def test_caches_hold_what_takes_time():
    """The virtual environment under the versions in it; parsed items, pages and pictures under the run."""
    environment, build = (step["with"] for step in steps() if step.get("uses", "").startswith("actions/cache@"))
    assert ".venv" == environment["path"]
    assert "steps.python.outputs.python-version" in environment["key"]
    assert "requirements.txt" in environment["key"]
    assert [".cache", "artifact.tar", "changed.json.sent"] == build["path"].split()
    assert "github.run_id" in build["key"]
    assert build["key"].startswith(build["restore-keys"])


def test_pull_request_is_built_and_attached_and_never_published():
    """Its job may write nothing, and what publishes is for other events."""
    job = workflow()["jobs"]["build"]
    assert "write" not in job["permissions"].values()
    assert "github.event_name != 'pull_request'" == steps()[hand_over()]["if"]
    assert "github.event_name == 'pull_request'" == steps()[hand_over() - 1]["if"]
    deploy = workflow()["jobs"]["deploy"]
    assert "github.event_name != 'pull_request'" in deploy["if"]
    assert "github.event.repository.default_branch" in deploy["if"]
    assert ("build", "github-pages") == (deploy["needs"], deploy["environment"]["name"])
    assert {"pages": "write", "id-token": "write"} == deploy["permissions"]


def test_the_hub_is_told_after_the_site_is_there_and_stops_nothing():
    """Only if there is a hub, and something to tell it; the job may read, and its failure is nobody else's."""
    job = workflow()["jobs"]["ping"]
    assert (["build", "deploy"], "needs.build.outputs.feeds") == (job["needs"], job["if"])
    assert ({"contents": "read"}, True) == (job["permissions"], job["continue-on-error"])
    outputs = workflow()["jobs"]["build"]["outputs"]
    assert "${{ steps.feeds.outputs.changed }}" == outputs["feeds"]
    listing = steps()[place("news-digest ping")]
    assert ("feeds", True) == (listing["id"], listing["continue-on-error"])
    install = [step.get("run") or step.get("with") for step in job["steps"][1:-1]]
    assert install == [step.get("run") or step.get("with") for step in steps()[1:4]]


def test_deployments_wait_for_each_other():
    """One after the other, none cut off."""
    concurrency = workflow()["concurrency"]
    assert "'pages'" in concurrency["group"]
    assert "${{ github.event_name == 'pull_request' }}" == concurrency["cancel-in-progress"]


def make_runner(folder: Path) -> None:
    """Make a Python in *folder* that has what our wheel needs."""
    make_python(folder / "python")
    (folder / "bin").mkdir()
    (folder / "bin" / "python").symlink_to(sys._base_executable)


@pytest.fixture(scope="module")
def runner(shared: MakeOnce) -> dict[str, str]:
    """Return the environment of a machine with Python, whose only package index is a folder with our wheel.

    What the wheel needs is found beside it, as installed; nothing is fetched.
    """
    folder = shared("runner", make_runner)
    packages = next((folder / "python" / "lib").glob("python3*")) / "site-packages"
    return {
        "PATH": f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(packages),
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": str(wheel_of(shared).parent),
        "PIP_CONFIG_FILE": os.devnull,
        "COLUMNS": "200",
        "GITHUB_OUTPUT": str(folder / "outputs"),
    }


def expanded(value: str) -> str:
    """Return *value* with its expressions replaced; one that nobody foresaw is an error."""
    return re.sub(r"\$\{\{ *(.*?) *\}\}", lambda match: EXPRESSIONS[match[1]], value)


def run_step(step: dict[str, Any], folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run one shell step as GitHub's runner does."""
    more = {name: expanded(value) for name, value in step.get("env", {}).items()}
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        cwd=folder,
        env={**environment, **more},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def run_all(folder: Path, environment: dict[str, str]) -> dict[str, str]:
    """Run every shell step after the one that installs; return what each said, by its name."""
    said = {}
    for step in steps()[place("-m venv .venv") + 1 :]:
        if "run" in step:
            result = run_step(step, folder, environment)
            assert 0 == result.returncode, f"{step['name']}\n{result.stdout}"
            said[step["name"]] = result.stdout
    return said


@pytest.fixture(scope="module")
def installed(shared: MakeOnce, runner: dict[str, str]) -> Path:
    """Return the folder of a new site in which the step that installs has run."""

    def make(folder: Path) -> None:
        assert 0 == main(["init", str(folder / "site"), "--name", "Harbour", "--yes"])
        result = run_step(steps()[place("-m venv .venv")], folder / "site", runner)
        assert 0 == result.returncode, result.stdout

    return shared("installed", make) / "site"


@pytest.fixture
def checkout(tmp_path: Path, installed: Path) -> Path:
    """Return the folder of a new site, as its owner would push it, with the virtual environment of an earlier run."""
    folder = tmp_path / "checkout"
    shutil.copytree(installed, folder, ignore=shutil.ignore_patterns(".venv"))
    (folder / ".venv").symlink_to(installed / ".venv")
    return folder


@pytest.mark.slow
def test_shell_steps_publish_a_new_site(checkout: Path, runner: dict[str, str]):
    """From the wheel alone: installed, checked, built below /repo/, looked at; a second run makes nothing anew."""
    said = run_all(checkout, runner)
    assert "0 errors, 0 warnings" in said["Look at what was built"]
    output = checkout.parent / "published"
    with tarfile.open(checkout / "artifact.tar") as archive:
        assert {True} == {member.isfile() or member.isdir() for member in archive}
        unpack(archive, output)
    assert [] == OutputChecker(output, SITEURL).broken()
    outputs = Path(runner["GITHUB_OUTPUT"]).read_text(encoding="utf-8").splitlines()
    assert {"changed="} == set(outputs)  # there is no hub
    told = run_step(workflow()["jobs"]["ping"]["steps"][-1], checkout, runner)
    assert (0, True) == (told.returncode, "No hub is told" in told.stdout)
    home = (output / "index.html").read_text(encoding="utf-8")
    assert f'<link rel="canonical" href="{SITEURL}/">' in home
    assert (output / "pagefind").is_dir()
    assert not (checkout / "output").exists()

    # The next run: a fresh checkout, in which the caches were put back.
    for name in ("content", "pelicanconf.py", "publishconf.py"):
        source = checkout / name
        source.rename(checkout / "old")
        copy = shutil.copytree if (checkout / "old").is_dir() else shutil.copyfile
        copy(checkout / "old", source)
        shutil.rmtree(checkout / "old", ignore_errors=True)
        (checkout / "old").unlink(missing_ok=True)
    assert " 0 files changed, 0 removed" in run_all(checkout, runner)["Build"]


@pytest.mark.slow
def test_bad_file_is_marked_and_stops_a_pull_request_only(checkout: Path, runner: dict[str, str]):
    """The check names file and line in GitHub's own form and fails; only elsewhere may the job go on."""
    (checkout / "content" / "news" / "bad.md").write_text("---\ntitle: T\npublishedDateTime: soon\n---\n", "utf-8")
    check = steps()[place("news-digest check")]
    assert "${{ github.event_name != 'pull_request' }}" == check["continue-on-error"]
    result = run_step(check, checkout, runner)
    assert 1 == result.returncode
    assert "::error file=content/news/bad.md,line=3,title=ND104::" in result.stdout
    built = run_step(steps()[place("news-digest build")], checkout, runner)
    assert 0 == built.returncode, built.stdout
    assert 0 == run_step(steps()[place("news-digest audit")], checkout, runner).returncode


@pytest.mark.slow
def test_what_cannot_be_published_stops_the_job(checkout: Path, runner: dict[str, str]):
    """A page with a link that leads nowhere fails the step before anything is handed over."""
    (checkout / "content" / "pages").mkdir()
    (checkout / "content" / "pages" / "p.md").write_text("Title: P\n\n[gone](/repo/gone/)\n", encoding="utf-8")
    result = run_step(steps()[place("news-digest build")], checkout, runner)
    assert 0 == result.returncode, result.stdout
    result = run_step(steps()[place("news-digest audit")], checkout, runner)
    assert 1 == result.returncode
    assert "::error title=ND501::" in result.stdout


def gitlab_script(job: str) -> list[str]:
    """Return the lines that GitLab runs for a job; it flattens lists in lists."""
    text = site_files(Answers(name="Any", host=Host.GITLAB_PAGES), now=NOW)[".gitlab-ci.yml"]
    lines = yaml.safe_load(text)[job]["script"]
    return [line for part in lines for line in (part if isinstance(part, list) else [part])]


@pytest.mark.slow
def test_gitlabs_lines_publish_a_new_site(checkout: Path, runner: dict[str, str]):
    """The job that GitLab publishes from leaves the whole site in public/, for the address that GitLab names."""
    lines = gitlab_script("pages")
    assert "python -m venv .venv" == lines[0]
    for line in lines[2:]:  # installed already
        result = run_step({"run": line, "env": {"SITEURL": SITEURL}}, checkout, runner)
        assert 0 == result.returncode, result.stdout
    assert [] == OutputChecker(checkout / "public", SITEURL).broken()
    assert (checkout / "public" / "index.html").read_text(encoding="utf-8").count(f"{SITEURL}/")
