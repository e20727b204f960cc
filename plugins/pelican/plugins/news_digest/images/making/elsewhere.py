"""Pictures made on other machines: in the same folder where they see it, else from bytes to bytes."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import msgspec

from ...running.elsewhere import ElsewhereError, marked, sees
from ..pictures import MadePicture
from .process import PictureJob, encoder_versions, make_picture, write_made

if TYPE_CHECKING:
    from ...running.workers import Workers


class FarJob(msgspec.Struct, frozen=True):
    """A picture to be made by whatever machine.

    Attributes:
        mark: What a machine sees that sees the folders of *job*.
        data: The source, for machines that do not; None: all do.
    """

    job: PictureJob
    mark: str
    data: bytes | None


class FarPicture(msgspec.Struct, frozen=True):
    """What became of it, and the files, by name, that have not been written."""

    made: MadePicture
    files: dict[str, bytes] = {}


def make_pictures_elsewhere(jobs: Sequence[PictureJob], workers: Workers) -> Iterator[MadePicture]:
    """Make pictures by *workers* that may be on other machines; yield what became of each, in order.

    What a machine has to say of a source that it cannot use may name a file of its own, so this machine says it.

    Raises:
        OSError: A made file cannot be written.
    """
    if not jobs:
        return
    with marked(jobs[0].folder) as mark:
        # Asked once: a source travels only if it has to. There are two questions, as one is answered here.
        is_seen = all(workers.map(sees, [mark, mark]))
        far = (FarJob(job, mark, None if is_seen else _read(job.source)) for job in jobs)
        for job, answer in zip(jobs, workers.stream(make_picture_there, far), strict=True):
            for name, data in answer.files.items():
                write_made(os.path.join(job.folder, name), data)
            yield make_picture(job) if answer.made.problem else answer.made


def make_picture_there(far: FarJob) -> FarPicture:
    """Make a picture, in any process.

    Raises:
        ElsewhereError: This machine encodes otherwise, or it does not see the source.
    """
    job = far.job
    if job.recipe.made_with != encoder_versions():
        raise ElsewhereError("Pillow there encodes otherwise")
    if sees(far.mark):
        return FarPicture(make_picture(job))
    if far.data is None:
        raise ElsewhereError("the folder of pictures is not seen there")
    with TemporaryDirectory() as folder:
        source, target = Path(folder, "source"), Path(folder, "made")
        target.mkdir()
        source.write_bytes(far.data)
        made = make_picture(msgspec.structs.replace(job, source=str(source), folder=str(target)))
        return FarPicture(made, {path.name: path.read_bytes() for path in sorted(target.iterdir())})


def _read(path: str) -> bytes:
    """Return the bytes of a source; none for one that cannot be read: whoever makes it says so."""
    try:
        return Path(path).read_bytes()
    except OSError:
        return b""
