"""Keys of many files change, each file as it is written otherwise: what ``rank`` and ``links`` share."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import msgspec

from ..disk.sealed import replace_file
from ..frontmatter.edit import edit_front_matter
from ..frontmatter.yaml.refused import FrontMatterError
from ..running.workers import Workers

# So many files are worth a process of their own.
MANY: Final = 1_000


class WriteJob(msgspec.Struct, frozen=True, array_like=True):
    """Files of a content folder, each with the keys that change."""

    content: str
    changes: list[tuple[str, dict[str, Any]]]


def write_all(content: Path, changes: Mapping[str, dict[str, Any]], workers: Workers) -> tuple[str, ...]:
    """Write *changes*; return what could not be written, and why."""
    ordered = sorted(changes.items())
    jobs = [WriteJob(str(content), ordered[at : at + MANY]) for at in range(0, len(ordered), MANY)]
    crew = workers if len(jobs) > 1 else Workers(1)
    return tuple(problem for problems in crew.map(write_changes, jobs) for problem in problems)


def write_changes(job: WriteJob) -> list[str]:
    """Write the changes of *job*, in any process; return what could not be written, which stops nothing else."""
    refused = []
    for path, change in job.changes:
        # A link to a file stays one.
        target = Path(os.path.realpath(Path(job.content, path)))
        try:
            before = target.read_bytes()
            after = edit_front_matter(before.decode(), change).encode()
            if after != before:
                replace_file(target, after)
        except (OSError, UnicodeError) as error:
            refused.append(f"{path} was left alone: {error}")
        except FrontMatterError as error:
            refused.append(f"{path}:{error.line or 1} was left alone: {error.problem}")
    return refused
