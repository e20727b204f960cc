"""Where another machine puts what it rendered: beside ours if it sees the place, else into its answer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from pelican.plugins.news_digest.output.folder.stage import Stage
from pelican.plugins.news_digest.output.place import Place, writer_at
from pelican.plugins.news_digest.output.tar.stage import TarStage

if TYPE_CHECKING:
    from pelican.plugins.news_digest.output.folder.writer import Outcome


@pytest.mark.parametrize("is_seen", [True, False])
@pytest.mark.parametrize("kind", ["first", "next", "tar"])
def test_bytes_arrive_whatever_is_seen(tmp_path: Path, kind: str, *, is_seen: bool):
    """In a folder and in a tar, a new site and one that is there; no mark is left."""
    output, cache = tmp_path / "output", tmp_path / "cache"
    if kind == "next":
        output.mkdir()
        (output / "a.html").write_text("old")
    stage = (
        TarStage(tmp_path / "site.tar", cache=cache, last={})
        if kind == "tar"
        else Stage(output, cache=cache, is_first=kind == "first")
    )
    with stage:
        place = stage.place(is_empty=kind != "next", is_elsewhere=True)
        there = place if is_seen else msgspec.structs.replace(place, mark=str(tmp_path / "nothing"))
        with writer_at(there, output=str(output)) as writer:
            outcome = writer.put("a.html", b"new")
        assert (outcome.data is None) == is_seen
        taken = stage.take("a.html", outcome)
        assert taken.data is None
        stage.publish((), kept=["a.html"])
        if kind != "tar":
            assert taken.written == ("changed" if kind == "next" else "new")
    if kind == "tar":
        assert b"new" in (tmp_path / "site.tar").read_bytes()
    else:
        assert {"a.html": b"new"} == {path.name: path.read_bytes() for path in output.iterdir()}
    assert [] == [path for path in tmp_path.rglob("*") if path.is_file() and path.name not in {"a.html", "site.tar"}]


def test_two_that_write_one_file_do_not_meet(tmp_path: Path):
    """A machine that was taken for lost may still be at work on the job that another one does again."""
    place = Place(mark="seen")
    (tmp_path / "seen").write_text("seen")
    outcomes: list[Outcome] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path)
        with writer_at(place, output="output") as one, writer_at(place, output="output") as other:
            outcomes += [one.put("a.html", b"same"), other.put("a.html", b"same")]
            assert one._own != other._own  # type: ignore[union-attr]
    assert ["new", "same"] == [outcome.written for outcome in outcomes]
    assert ["a.html"] == [path.name for path in (tmp_path / "output").iterdir()]
