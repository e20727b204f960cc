"""Work over processes: ordered, and never fatal."""

from __future__ import annotations

import importlib.util
import logging
import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from pelican.plugins.news_digest.output.perform import PARALLEL_FILES
from pelican.plugins.news_digest.running import workers
from pelican.plugins.news_digest.running.workers import JOBS_AHEAD, Workers, expect_work, worker_count
from tests.builders import front_matter
from tests.conftest import ROOT, Site
from tests.running.killing import assert_all_end


def test_one_worker_runs_here():
    """No process is started for it."""
    assert [os.getpid()] * 2 == list(Workers(1).map(lambda _: os.getpid(), [1, 2]))


def test_wanted_count_wins():
    """0 asks the system; any other number is taken."""
    assert 3 == worker_count(3)
    assert worker_count(0) >= 1


@pytest.mark.parametrize("module", workers._PRELOADED)
def test_what_processes_begin_with_is_there(module: str):
    """Python says nothing of a module that its server cannot load: each process would load it anew."""
    assert importlib.util.find_spec(module)


@pytest.mark.slow
def test_answers_come_in_the_order_of_the_jobs():
    """However long each takes."""
    workers = Workers(2)
    try:
        assert [3, 2, 1] == list(workers.map(len, ["aaa", "bb", "c"]))
    finally:
        workers.close()


@pytest.mark.slow
def test_what_is_prepared_is_done_by_a_process_that_runs(tmp_path: Path):
    """No process is started for it, and nobody waits for it: not even for its failure."""
    workers = Workers(2)
    try:
        workers.prepare(os.mkdir, tmp_path / "early")
        assert [1, 2] == list(workers.map(len, ["a", "bb"]))
        for name in ("late", "late"):
            workers.prepare(os.mkdir, tmp_path / name)
        assert [1] * 9 == list(workers.stream(len, ["a"] * 9))
    finally:
        workers.close()
    assert not (tmp_path / "early").exists()


@pytest.mark.slow
def test_closed_is_ended():
    """No thread of a pool goes on, which would close pipes that Python writes to at its end."""
    before = set(threading.enumerate())
    workers = Workers(2)
    assert [3, 2] == list(workers.map(len, ["aaa", "bb"]))
    assert before < set(threading.enumerate())
    workers.close()
    assert before == set(threading.enumerate())


@pytest.mark.slow
# Pelican says nothing twice, so each case has numbers of its own.
@pytest.mark.parametrize(("way", "jobs"), [("map", range(6)), ("stream", range(6, 12))])
def test_what_processes_log_is_logged_here(caplog: pytest.LogCaptureFixture, way: str, jobs: range):
    """In the order of the jobs, by the same loggers; what nobody wants to know is not sent."""
    caplog.set_level("WARNING")
    workers = Workers(2)
    try:
        assert list(jobs) == list(getattr(workers, way)(_warn, jobs))
    finally:
        workers.close()
    expected = [("tests.warned", logging.WARNING, f"job {number}: 100 %") for number in jobs]
    assert expected == caplog.record_tuples


def _warn(number: int) -> int:
    log = logging.getLogger("tests.warned")
    log.info("nobody asked for this")
    time.sleep(0.05 * (number % 2))
    log.warning("job %d: %s", number, "100 %")
    return number


@pytest.mark.slow
def test_log_of_a_process_can_be_fatal():
    """``--fatal`` counts it as if it had been logged here."""
    code = """
import logging
from tests.running.test_workers import _warn
from pelican.log import init
from pelican.plugins.news_digest.running.workers import Workers
init(logging.WARNING, fatal="warnings")
list(Workers(2).map(_warn, [1, 2]))
"""
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert 0 != result.returncode
    assert "RuntimeError: Warning or error encountered" in result.stderr


# What is done to Python before a build, as systems do it: containers without semaphores or shared memory, phones,
# hosts that count processes and threads.
REFUSALS = {
    "no semaphores": "import _multiprocessing; del _multiprocessing.SemLock",
    "no semaphores any more": (
        "import multiprocessing.synchronize, _multiprocessing; del _multiprocessing.SemLock;"
        "del multiprocessing.synchronize.SemLock"
    ),
    "no module for them": "import sys; sys.modules['_multiprocessing'] = None",
    "no shared memory": """
import multiprocessing.synchronize as s
def refuse(*_, **__): raise PermissionError(13, 'Permission denied')
s._multiprocessing.SemLock = refuse
""",
    "no fork": """
import multiprocessing.forkserver as f, multiprocessing.resource_tracker
def refuse(*_, **__): raise BlockingIOError(11, 'Resource temporarily unavailable')
f.ensure_running = f._forkserver.ensure_running = refuse
""",
    "a server that dies": """
import multiprocessing.forkserver as f
def refuse(*_, **__): raise EOFError
f.connect_to_new_process = f._forkserver.connect_to_new_process = refuse
""",
    "no threads": """
import threading
def refuse(*_): raise RuntimeError("can't start new thread")
threading._start_new_thread = refuse
""",
    "few threads": """
import threading
start, left = threading._start_new_thread, [4]
def refuse(*given):
    if not left[0]:
        raise RuntimeError("can't start new thread")
    left[0] -= 1
    return start(*given)
threading._start_new_thread = refuse
""",
}
# The same, where this process would be copied.
REFUSED_COPIES = {
    "no module for pipes": "import sys; sys.modules['_multiprocessing'] = None",
    "no copy": """
import os
def refuse(): raise BlockingIOError(11, 'Resource temporarily unavailable')
os.fork = refuse
""",
}
NO_COPIES = "import pelican.plugins.news_digest.running.workers as w; w.can_copy = lambda: False\n"
BUILD = "import runpy, sys; sys.argv = ['pelican']; runpy.run_module('pelican', run_name='__main__')"


@pytest.fixture
def large(site: Site) -> Site:
    """Return a site that is worth several processes."""
    site.settings(DIGEST_SEARCH=False, DIGEST_NEWSLETTER="none", DIGEST_CARDS="none", DIGEST_WORKERS=2)
    for n in range(PARALLEL_FILES):
        text = front_matter(title=f'"Item {n}"', webUrl=f"https://a.example/{n}", publishedDateTime="2026-05-02")
        site.write(f"news/item-{n}.md", text)
    return site


@pytest.mark.slow
def test_whatever_a_system_refuses_the_bytes_are_the_same(large: Site):
    """One line says that one process does it all, and the site is the one that several write."""
    assert 0 == large.build().returncode
    whole = large.files()
    refused = {name: f"{refusal}\n{NO_COPIES}" for name, refusal in REFUSALS.items()}
    for name, refusal in {**refused, **REFUSED_COPIES}.items():
        shutil.rmtree(large.output)
        shutil.rmtree(large.root / ".cache", ignore_errors=True)
        result = subprocess.run(
            [sys.executable, "-c", f"{refusal}\n{BUILD}"], cwd=large.root, env={**os.environ, "COLUMNS": "300"},
            text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, timeout=120,
        )  # fmt: skip
        assert 0 == result.returncode, f"{name}: {result.stdout}"
        assert 1 == result.stdout.count("WARNING  continuing with one process, which takes longer: "), result.stdout
        assert "Traceback" not in result.stdout, name
        assert whole == large.files(), name


@pytest.mark.slow
def test_broken_pool_is_given_up(caplog: pytest.LogCaptureFixture):
    """A killed process costs time, not the build."""
    workers = Workers(2)
    try:
        assert [1, 2] == list(workers.map(_die_elsewhere, [(os.getpid(), 1), (os.getpid(), 2)]))
    finally:
        workers.close()
    assert 1 == workers.count
    assert "continuing with one process" in caplog.text


@pytest.mark.slow
def test_stream_answers_in_order_and_goes_on_when_a_process_dies():
    """As a map does; what was waiting in the broken pool is worked out here."""
    workers = Workers(2)
    try:
        assert list(range(40)) == list(workers.stream(abs, iter(range(0, -40, -1))))
        assert list(range(20)) == list(workers.stream(_die_elsewhere, ((os.getpid(), n) for n in range(20))))
    finally:
        workers.close()
    assert 1 == workers.count


@pytest.mark.parametrize("count", [1, 2])
def test_stream_makes_jobs_when_their_turn_comes(count: int):
    """However many there are, only some are held."""
    made = []

    def jobs():
        for number in range(1000):
            made.append(number)
            yield number

    workers = Workers(count)
    try:
        answers = workers.stream(abs, jobs())
        assert 0 == next(answers)
        assert len(made) <= JOBS_AHEAD * count + 1
        assert list(range(1, 1000)) == list(answers)
    finally:
        workers.close()


@pytest.mark.slow
def test_work_can_be_expected_more_than_once():
    """Whoever says so twice, or for one process, changes nothing."""
    for count in (1, 2, 2):
        expect_work(count)
    workers = Workers(2)
    try:
        assert [1, 2] == list(workers.map(len, ["a", "bb"]))
    finally:
        workers.close()


@pytest.mark.busy("processes take their time to end")
@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc").is_dir(), reason="asks Linux for the processes")
def test_processes_end_with_a_build_that_is_killed(tmp_path: Path):
    """Nobody else would ever tell them."""
    script = (
        "import os, signal, sys, time\n"
        "from pelican.plugins.news_digest.running.workers import Workers\n"
        "from tests.running.test_workers import _say_who\n"
        "list(Workers(2).map(_say_who, [sys.argv[1]] * 8))\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    assert_all_end(script, tmp_path)


def _say_who(folder: str) -> None:
    Path(folder, str(os.getpid())).touch()


def _die_elsewhere(job: tuple[int, int]) -> int:
    parent, answer = job
    if os.getpid() != parent:
        os._exit(1)
    return answer


@pytest.mark.slow
def test_output_is_the_same_with_any_number_of_workers(site: Site):
    """Also when the plugin is only found through PLUGIN_PATHS, and the script that calls Pelican has no guard."""
    for number in range(700):
        site.write(
            f"news/item-{number:04}.md",
            front_matter(webUrl=f'"https://p.example/{number}/"', extra='"' + "x" * 6000 + '"'),
        )
    found = []
    script = "import pelican, sys\npelican.main(sys.argv[1:])\n"
    # Where there is no fork server, each process is started anew.
    no_server = "import multiprocessing\nmultiprocessing.get_all_start_methods = lambda: ['spawn']\n"
    ways = {"one": (1, ""), "copies": (2, ""), "server": (2, NO_COPIES), "anew": (2, NO_COPIES + no_server)}
    for name, (count, before) in ways.items():
        (site.root / "script.py").write_text(before + script)
        site.settings(DIGEST_WORKERS=count, DIGEST_CACHE=False, OUTPUT_PATH=name, DIGEST_SEARCH=False)
        command = [sys.executable, "script.py", "-s", "pelicanconf.py", "--verbose"]
        result = subprocess.run(command, cwd=site.root, check=True, capture_output=True, text=True)
        assert "continuing with one process" not in result.stdout + result.stderr
        root = site.root / name
        found.append({p.relative_to(root): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()})
    assert len(found[0]) > 700
    assert all(each == found[0] for each in found[1:])
