"""Pictures made by other machines: the same files in the same folder, whether it is seen there or not."""

from __future__ import annotations

import logging
from pathlib import Path

import msgspec
import pytest
from PIL import Image

from pelican.plugins.news_digest.images.making.elsewhere import FarJob, make_picture_there, make_pictures_elsewhere
from pelican.plugins.news_digest.images.making.process import PictureJob, encoder_versions, make_picture
from pelican.plugins.news_digest.images.making.recipe import Recipe
from pelican.plugins.news_digest.running.elsewhere import ElsewhereError
from pelican.plugins.news_digest.running.workers import Workers

RECIPE = Recipe(made_with=encoder_versions())


def jobs_in(folder: Path, target: str) -> list[PictureJob]:
    """Return jobs for a picture, one that is none, and one that is gone."""
    Image.new("RGB", (400, 300), "teal").save(folder / "a.png")
    (folder / "b.png").write_text("no picture")
    (folder / target).mkdir()
    return [
        PictureJob(key=name, source=str(folder / f"{name}.png"), recipe=RECIPE, folder=str(folder / target))
        for name in "abc"
    ]


def made_in(folder: Path) -> dict[str, bytes]:
    """Return the files in *folder*."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("is_seen", [True, False])
def test_pictures_are_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_seen: bool):
    """Files, and what is said of those that are none: it names the file of here."""
    expected = [make_picture(job) for job in jobs_in(tmp_path, "here")]
    if not is_seen:
        monkeypatch.setattr("pelican.plugins.news_digest.images.making.elsewhere.sees", lambda _: False)
    found = list(make_pictures_elsewhere(jobs_in_again(tmp_path), Workers(1)))
    assert expected == found
    assert made_in(tmp_path / "here") == made_in(tmp_path / "there") != {}


def jobs_in_again(folder: Path) -> list[PictureJob]:
    """Return the same jobs for another folder."""
    return jobs_in(folder, "there")


def test_a_machine_that_encodes_otherwise_makes_none(tmp_path: Path, caplog: pytest.LogCaptureFixture):
    """Nor does one that was sent no source and sees none."""
    caplog.set_level(logging.WARNING)
    job = jobs_in(tmp_path, "there")[0]
    other = msgspec.structs.replace(job, recipe=Recipe(made_with="Pillow 1"))
    with pytest.raises(ElsewhereError, match="encodes otherwise"):
        make_picture_there(FarJob(other, "", None))
    with pytest.raises(ElsewhereError, match="not seen"):
        make_picture_there(FarJob(job, str(tmp_path / "nothing"), None))
