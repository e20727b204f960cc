"""CI asks once more for nothing but what may have failed by bad luck."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.busy import Verdict, judge
from tests.conftest import ROOT

BUSY = {"tests/a.py::slow", "tests/a.py::late[1]"}
TESTS = '''
import os
import pytest

def fails():
    return os.environ["FAILS"].split()

@pytest.mark.busy("a stranger is waited for")
def test_busy():
    """Fails by bad luck."""
    assert "busy" not in fails()

def test_plain():
    """Fails for a reason."""
    assert "plain" not in fails()
'''


@pytest.mark.parametrize(
    ("expected", "failed"),
    [
        (Verdict(frozenset({"tests/a.py::slow"}), ()), ["tests/a.py::slow"]),
        (Verdict(frozenset(BUSY), ()), [*BUSY]),
        (Verdict(frozenset(), ("tests/a.py::plain",)), ["tests/a.py::plain"]),
        (Verdict(frozenset(), ("tests/a.py::plain",)), ["tests/a.py::plain", *BUSY]),
        (Verdict(frozenset(), ("tests/a.py::late[2]",)), ["tests/a.py::late[2]", "tests/a.py::late[1]"]),
        (Verdict(frozenset(), ("tests/b.py",)), ["tests/b.py"]),
        (Verdict(frozenset(), ("no test failed: it was something else",)), []),
    ],
)
def test_only_marked_tests_are_asked_again(expected: Verdict, failed: list[str]):
    """A failure of any other test, a file that cannot be read, or something that is no test counts at once."""
    assert expected == judge(failed, BUSY)


def run(folder: Path, *arguments: str, fails: str) -> tuple[int, str]:
    """Run the tests in *folder*, of which those named in *fails* fail; return the answer and what was said."""
    result = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "tests.conftest", "-p", "no:xdist", "-q", *arguments, str(folder)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "plugins"))), "FAILS": fails},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return result.returncode, result.stdout


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a test of each kind."""
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = busy(reason): as ours\n")
    (tmp_path / "test_both.py").write_text(TESTS)
    return tmp_path


def test_bad_luck_gets_another_chance(folder: Path):
    """One that passes the second time is enough; it is asked alone."""
    assert 1 == run(folder, fails="busy")[0]
    assert 1 == run(folder, "--busy-again", fails="busy")[0]
    code, said = run(folder, "--busy-again", fails="")
    assert (0, True) == (code, "1 passed, 1 deselected" in said)


def test_every_other_failure_counts(folder: Path):
    """Though it would pass the second time, and whatever failed beside it."""
    assert 1 == run(folder, fails="busy plain")[0]
    code, said = run(folder, "--busy-again", fails="")
    assert (1, True) == (code, "counts at once: test_both.py::test_plain" in said)


def test_where_no_test_failed_something_else_did(folder: Path):
    """Coverage, for one: asking tests again would hide it."""
    assert 0 == run(folder, fails="")[0]
    assert 1 == run(folder, "--busy-again", fails="")[0]


def test_a_mark_needs_its_reason(folder: Path):
    """Nobody can say later why a test may fail if nobody said so at first."""
    test = folder / "test_both.py"
    test.write_text(test.read_text().replace('busy("a stranger is waited for")', "busy"))
    code, said = run(folder, fails="")
    assert (4, True) == (int(code), "marked `busy` without a reason: test_both.py::test_busy" in said)


def test_ci_asks_by_this_rule():
    """Its script asks for nothing that failed in any other way."""
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "--busy-again" in script
    assert "--last-failed" not in script
