"""The scripts that send only what differs, as the how-tos have them, between two folders of this machine."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

# In the place of a build: it lists what stands in `output`.
BUILD = """
import sys
from pathlib import Path
from pelican.plugins.news_digest.output.changes import write_changes
if sys.argv[1] == "build":
    write_changes(Path("output"), Path(sys.argv[-1]), cache=Path("cache"), seen_ns=1)
"""


@pytest.mark.parametrize(
    ("page", "tools", "place", "here"),
    [
        ("publish-rsync", ["jq", "rsync", "xargs"], r"(www@server:)?/srv/www/digest/?", "there/"),
        ("publish-s3", ["jq", "rclone"], "s3:harbour-digest", "there/"),
    ],
)
def test_only_what_differs_is_sent(tmp_path: Path, page: str, tools: list[str], place: str, here: str):
    """New, changed and gone files, whatever their names; a second run has nothing to send."""
    if missing := [tool for tool in tools if shutil.which(tool) is None]:
        pytest.skip(f"not installed: {', '.join(missing)}")
    text = (ROOT / "docs" / "how-to" / f"{page}.md").read_text(encoding="utf-8")
    (script,) = re.findall(r"\*\*`send.sh`\*\*\n\n```sh\n(.*?)```", text, re.DOTALL)
    (tmp_path / "send.sh").write_text(re.sub(place, f"{tmp_path}/{here}", script))
    (tmp_path / "bin").mkdir()
    (tmp_path / "build.py").write_text(BUILD)
    for name, line in {
        "news-digest": f'exec {sys.executable} {tmp_path}/build.py "$@"',
        "ssh": 'exec sh -c "$2"',
    }.items():
        (tmp_path / "bin" / name).write_text(f"#!/bin/sh\n{line}\n")
        (tmp_path / "bin" / name).chmod(0o755)
    path = os.pathsep.join((str(tmp_path / "bin"), os.environ["PATH"]))
    environment = {**os.environ, "PATH": path, "PYTHONPATH": os.pathsep.join(sys.path)}
    for files in (
        {"index.html": "home", "a/b/index.html": "b", "# über .txt": "x", "; old": "old"},
        {"index.html": "home!", "c/index.html": "c", "# über .txt": "y", "-new": "n"},
        {"index.html": "home!", "c/index.html": "c", "# über .txt": "y", "-new": "n"},
    ):
        shutil.rmtree(tmp_path / "output", ignore_errors=True)
        for name, data in files.items():
            (tmp_path / "output" / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / "output" / name).write_text(data)
        subprocess.run(["sh", "send.sh"], cwd=tmp_path, env=environment, check=True, capture_output=True)
        sent = {path: path.read_text() for path in (tmp_path / "there").rglob("*") if path.is_file()}
        assert files == {path.relative_to(tmp_path / "there").as_posix(): data for path, data in sent.items()}
        assert not (tmp_path / "changed.json").exists()
