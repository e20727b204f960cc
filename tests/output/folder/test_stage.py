"""What is made ready becomes the site in one step, or not at all."""

from __future__ import annotations

import os
import shutil
import signal
from pathlib import Path

import pytest

from pelican.plugins.news_digest.output.folder import stage, swap
from pelican.plugins.news_digest.output.folder.stage import Stage, settle_output


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """Return a site of three files, with a cache beside it."""
    (tmp_path / "cache").mkdir()
    (tmp_path / "output" / "a").mkdir(parents=True)
    for name in ("index.html", "a/index.html", "own.txt"):
        (tmp_path / "output" / name).write_text("old")
    return tmp_path / "output"


def open_stage(output: Path, *, cache: bool = True) -> Stage:
    """Return the stage of a build that follows another one."""
    return Stage(output, cache=output.parent / "cache" if cache else None, is_first=False)


def files(output: Path) -> dict[str, str]:
    """Return every file of the output."""
    return {path.relative_to(output).as_posix(): path.read_text() for path in output.rglob("*") if path.is_file()}


OLD = {"index.html": "old", "a/index.html": "old", "own.txt": "old"}
NEW = {"index.html": "new", "b/index.html": "new", "own.txt": "old"}


def write_new(ready: Stage) -> None:
    """Make the next site ready."""
    ready.write("index.html", b"new")
    ready.write("b/index.html", b"new")


def test_a_file_takes_the_place_of_a_folder_that_was_alone_in_another(output: Path):
    """With the only file below both, both folders go, and the outer one is there again for the new file."""
    (output / "outer" / "inner").mkdir(parents=True)
    (output / "outer" / "inner" / "x").write_text("old")
    with open_stage(output) as ready:
        ready.write("outer/inner", b"new")
        ready.publish(["outer/inner/x"])
    assert {**OLD, "outer/inner": "new"} == files(output)


@pytest.mark.parametrize("cache", [True, False])
@pytest.mark.parametrize("many", [0, 32], ids=["helped", "alone"])
def test_nothing_is_touched_before_everything_is_there(
    cache: bool, many: int, output: Path, monkeypatch: pytest.MonkeyPatch
):
    """Then it is the new site, and nothing lies about."""
    monkeypatch.setattr(stage, "MANY", many)
    with open_stage(output, cache=cache) as ready:
        ready.expect(2)
        write_new(ready)
        assert OLD == files(output)
        assert ("a/index.html",) == ready.publish(["a/index.html", "never/there.html"])
        assert NEW == files(output)
    assert not (output / "a").exists()
    assert {"cache", "output"} == {path.name for path in output.parent.iterdir()}
    assert [] == list((output.parent / "cache").iterdir())


def test_what_fails_before_leaves_the_site_as_it_was(output: Path):
    """A template, a plugin, Ctrl-C: what was ready is thrown away."""
    ready = open_stage(output)
    ready.expect(100)
    write_new(ready)
    ready.__exit__(KeyboardInterrupt, None, None)
    assert OLD == files(output)
    assert [] == list((output.parent / "cache").iterdir())


def test_what_was_not_decided_is_thrown_away(output: Path):
    """A build that was killed before had not touched the site."""
    ready = open_stage(output)
    write_new(ready)
    settle_output(output, cache=output.parent / "cache")
    assert OLD == files(output)
    assert [] == list((output.parent / "cache").iterdir())


@pytest.mark.parametrize("done", range(4))
def test_what_was_decided_is_finished(done: int, output: Path, monkeypatch: pytest.MonkeyPatch):
    """However far a build came that was killed in the step itself."""
    ready = open_stage(output)
    write_new(ready)
    left = done

    def replace(*names: str) -> None:
        nonlocal left
        if names[1].endswith(swap.JOURNAL) or left > 0:
            left -= not names[1].endswith(swap.JOURNAL)
            rename(*names)
        else:
            raise SystemExit

    rename = os.rename
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", replace)
        if done < 2:
            with pytest.raises(SystemExit):
                ready.publish(["a/index.html"])
        else:
            ready.publish(["a/index.html"])
    settle_output(output, cache=output.parent / "cache")
    assert NEW == files(output)
    settle_output(output, cache=output.parent / "cache")
    assert NEW == files(output)


def test_interrupt_waits_for_the_end_of_the_step(output: Path, monkeypatch: pytest.MonkeyPatch):
    """Ctrl-C in these milliseconds is heard afterwards."""
    rename, calls = os.replace, 0

    def replace(*names: str) -> None:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise KeyboardInterrupt
        rename(*names)

    monkeypatch.setattr(os, "replace", replace)
    with open_stage(output) as ready:
        write_new(ready)
        with pytest.raises(KeyboardInterrupt):
            ready.publish(["a/index.html"])
    assert NEW == files(output)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no processes of this kind here")
def test_helping_hands_outlive_the_build(output: Path, monkeypatch: pytest.MonkeyPatch):
    """A build that is killed, with all of its group, right after it gave the word."""
    monkeypatch.setattr(stage, "MANY", 0)
    with open_stage(output) as ready:
        ready.expect(2)
        hands = ready._hands
        assert hands is not None
        assert os.getpgid(hands.pid) == hands.pid != os.getpgid(0)
        write_new(ready)
        swap.write_journal(ready.folder, str(output), puts=["index.html", "b/index.html"], over=["a/index.html"])
        hands.communicate(b"!")
        ready._hands = None
        assert NEW == files(output)


def test_hands_that_were_killed_are_done_without(output: Path, monkeypatch: pytest.MonkeyPatch):
    """This process does it by itself."""
    monkeypatch.setattr(stage, "MANY", 0)
    with open_stage(output) as ready:
        ready.expect(2)
        assert ready._hands is not None
        os.kill(ready._hands.pid, signal.SIGTERM)
        write_new(ready)
        ready.publish(["a/index.html"])
    assert NEW == files(output)


@pytest.mark.parametrize("damage", ["cut", "empty", "noise", "elsewhere"])
def test_damaged_journal_decides_nothing(damage: str, output: Path):
    """And one that leads out of the output is not followed."""
    ready = open_stage(output)
    write_new(ready)
    names = ["../own.txt"] if damage == "elsewhere" else []
    swap.write_journal(ready.folder, str(output), puts=["index.html"], over=names)
    journal = f"{ready.folder}/{swap.JOURNAL}"
    with open(journal, "rb") as file:
        data = file.read()
    with open(journal, "wb") as file:
        file.write({"cut": data[:-3], "empty": b"", "noise": data[:40] + b"x" + data[41:]}.get(damage, data))
    (output.parent / "own.txt").write_text("mine")
    settle_output(output, cache=output.parent / "cache")
    assert OLD == files(output)
    assert "mine" == (output.parent / "own.txt").read_text()


def test_output_that_is_a_link(output: Path):
    """Its folder gets the files, and the link stays one."""
    real = output.rename(output.parent / "real")
    output.symlink_to(real)
    with open_stage(output) as ready:
        write_new(ready)
        ready.publish(["a/index.html"])
    assert output.is_symlink()
    assert NEW == files(real)


def test_folder_of_the_output_on_another_disk(output: Path, monkeypatch: pytest.MonkeyPatch):
    """What cannot be renamed to there is copied and renamed."""
    rename = os.replace

    def replace(source: str, target: str) -> None:
        if target == str(output / "b" / "index.html") and "part" not in source:
            raise OSError(18, "Invalid cross-device link")
        rename(source, target)

    monkeypatch.setattr(os, "replace", replace)
    with open_stage(output) as ready:
        write_new(ready)
        ready.publish(["a/index.html"])
    assert NEW == files(output)


def test_cache_on_another_disk(output: Path, monkeypatch: pytest.MonkeyPatch):
    """Files are made ready beside the output then."""
    monkeypatch.setattr(stage, "_is_near", lambda folder, _: folder.parent == output.parent)
    with open_stage(output) as ready:
        write_new(ready)
        assert output.parent / ".output.news-digest-new" == output.parent / ready.folder
        ready.publish(["a/index.html"])
    assert NEW == files(output)
    assert {"cache", "output"} == {path.name for path in output.parent.iterdir()}


def test_no_place_but_the_output_itself(output: Path, monkeypatch: pytest.MonkeyPatch):
    """A folder that is mounted alone: there it has to be, for as long as it takes."""
    monkeypatch.setattr(stage, "_is_near", lambda *_: False)
    with open_stage(output) as ready:
        write_new(ready)
        ready.publish(["a/index.html"])
    assert NEW == files(output)
    assert not (output / ".news-digest-new").exists()


def test_first_build_writes_at_once(output: Path):
    """It has no site to lose."""
    shutil.rmtree(output)
    with Stage(output, cache=None, is_first=True) as ready:
        ready.write("index.html", b"new")
        assert {"index.html": "new"} == files(output)
        assert ("index.html",) == ready.publish(["index.html"])
    assert {} == files(output)
