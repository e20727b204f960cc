"""Starts Pelican for tests: each build is a process of its own, but one that has loaded Pelican already.

Loading takes longer than building a site of three items. So one process loads Pelican and the plugin, builds nothing,
and makes a copy of itself for each build: nothing that a build leaves behind can reach the next one.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

# Wide lines: what is said is not to be broken anywhere.
WIDTH = {"COLUMNS": "300"}
_processes: list[subprocess.Popen[str]] = []


def run_pelican(
    *arguments: str, folder: Path, plugins: Path, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run ``pelican`` in *folder* and return what it said, standard error included.

    Args:
        plugins: Where the plugin package lies.
        env: Variables to add; Python reads some of them only when it starts, so such a build starts from nothing.
    """
    if env or not hasattr(os, "fork"):
        return subprocess.run(
            [sys.executable, "-m", "pelican", *arguments],
            cwd=folder,
            env={**os.environ, **WIDTH, **(env or {})},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
    server = _server(plugins)
    assert server.stdin is not None
    assert server.stdout is not None
    with tempfile.NamedTemporaryFile("r", encoding="utf-8", prefix="said-") as said:
        job = {"arguments": arguments, "folder": str(folder), "said": said.name, "env": dict(os.environ) | WIDTH}
        server.stdin.write(f"{json.dumps(job)}\n")
        server.stdin.flush()
        code = int(server.stdout.readline())
        return subprocess.CompletedProcess(["pelican", *arguments], code, said.read())


def _server(plugins: Path) -> subprocess.Popen[str]:
    if not _processes or _processes[0].poll() is not None:
        _processes[:] = [
            subprocess.Popen(
                [sys.executable, "-m", __name__, str(plugins)],
                cwd=Path(__file__).resolve().parents[1],
                env={**os.environ, **WIDTH},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        ]
        atexit.register(_end)
    return _processes[0]


def _end() -> None:
    for process in _processes:
        process.communicate()  # its input ends, and so does it
    _processes.clear()


def serve() -> None:
    """Read jobs, one a line, and answer each with the exit code of its build."""
    import pelican.plugins
    from pelican import main

    pelican.plugins.__path__.append(sys.argv[1])
    import pelican.plugins.news_digest.plugin

    for line in sys.stdin:
        job = json.loads(line)
        child = os.fork()
        if child == 0:
            _build(job, main)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


def _build(job: dict[str, object], main: object) -> None:
    """Become the process of one build; does not return."""
    code = 1
    try:
        os.environ.clear()
        os.environ.update(job["env"])  # type: ignore[call-overload]
        os.chdir(str(job["folder"]))
        sys.path[0] = str(job["folder"])
        out = os.open(str(job["said"]), os.O_WRONLY | os.O_TRUNC)
        for stream in (1, 2):
            os.dup2(out, stream)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        sys.argv = ["pelican", *job["arguments"]]  # type: ignore[misc]
        main(sys.argv[1:])  # type: ignore[operator]
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # noqa: BLE001 - the end of a process
        import traceback

        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    serve()
