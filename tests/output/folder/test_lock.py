"""Two builds of one output folder: the second waits for the first, whatever becomes of that."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pelican.plugins.news_digest.output.folder.lock import only_one
from pelican.plugins.news_digest.output.manifest import Manifest, Site

HOLDER = """\
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from pelican.plugins.news_digest.output.folder.lock import only_one
with only_one(Path(sys.argv[2]), output=Path(sys.argv[3]), on_wait=print):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_second_build_waits_for_the_first(tmp_path: Path):
    """It says so, and goes on when the first has ended, here by being killed."""
    command = [sys.executable, "-c", HOLDER, "plugins", str(tmp_path / "cache"), str(tmp_path / "output")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout
        assert "held\n" == holder.stdout.readline()
        waited: list[bool] = []

        def on_wait() -> None:
            waited.append(True)
            holder.kill()

        with only_one(tmp_path / "cache", output=tmp_path / "output", on_wait=on_wait):
            assert [True] == waited


def test_other_output_is_not_waited_for(tmp_path: Path):
    """A preview that writes elsewhere, and a site that keeps nothing, go on at once."""
    with only_one(tmp_path, output=tmp_path / "a", on_wait=pytest.fail):
        for folder, output in ((tmp_path, "b"), (None, "a")):
            with only_one(folder, output=tmp_path / output, on_wait=pytest.fail):
                pass


def test_cache_that_cannot_be_written_locks_nothing(tmp_path: Path):
    """It is a slower build and nothing worse."""
    (tmp_path / "file").write_text("")
    with only_one(tmp_path / "file", output=tmp_path, on_wait=pytest.fail):
        pass


def test_list_of_another_build_is_noticed(tmp_path: Path):
    """What was put off is not done for a site that is another one by now."""
    one = Manifest(tmp_path / "cache", output=tmp_path / "output")
    one.save(Site(), seen_ns=1)
    assert one.is_latest()
    Manifest(tmp_path / "cache", output=tmp_path / "output").save(Site(), seen_ns=2)
    assert not one.is_latest()
