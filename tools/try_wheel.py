"""Try the wheel as a newcomer would: a clean environment, an empty folder, init → build → audit → serve.

Run as ``python tools/try_wheel.py dist/*.whl``, with the Python that the environment is to have. The environment is
made with the ordinary ``pip``, so it needs a package index. Says how long it took from nothing to the first page.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
import venv
from pathlib import Path
from typing import Final

EXTRAS: Final = "[fast,search]"
PATIENCE_S: Final = 60.0
_ADDRESS: Final = re.compile(r"http://127\.0\.0\.1:\d+/")


def main() -> int:
    """Try each wheel, and return 1 when something does not work."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("wheel", type=Path, help="the wheel to install")
    parser.add_argument("--port", type=int, default=8000, help="first port to try (default: %(default)s)")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="news-digest-") as folder:
        try:
            try_wheel(args.wheel.resolve(), Path(folder), port=args.port)
        except (subprocess.CalledProcessError, AssertionError) as error:
            print(f"{error}\n{getattr(error, 'stdout', '') or ''}", file=sys.stderr)
            return 1
    return 0


def try_wheel(wheel: Path, folder: Path, *, port: int) -> None:
    """Install *wheel* into a new environment in *folder*, and use nothing else.

    Raises:
        CalledProcessError: A command failed; what it said is in ``stdout``.
        AssertionError: The preview does not show the first page.
    """
    started = time.monotonic()
    venv.create(folder / "python", with_pip=True)
    scripts = folder / "python" / ("Scripts" if os.name == "nt" else "bin")
    run(scripts / "python", "-m", "pip", "install", "--quiet", f"{wheel}{EXTRAS}", cwd=folder)
    installed = time.monotonic()
    program = scripts / "news-digest"
    run(program, "init", "site", "--name", "First Try", "--url", "https://name.github.io", "--yes", cwd=folder)
    site = folder / "site"
    run(program, "build", "--settings", "publishconf.py", "--fatal", "warnings", cwd=site)
    run(program, "audit", "--settings", "publishconf.py", cwd=site)
    before = time.monotonic()
    page = first_page(program, site, port=port)
    assert "First power from the Saltmarsh wind farm" in page, page  # noqa: S101 - that is the try
    print(
        f"Python {platform.python_version()}: installed in {installed - started:.1f} s, "
        f"first page {time.monotonic() - before:.1f} s after `serve`"
    )


def first_page(program: Path, site: Path, *, port: int) -> str:
    """Start the preview of *site*, return its front page, and stop it."""
    command = [str(program), "serve", "--port", str(port)]
    with (site.parent / "serve.log").open("w+", encoding="utf-8") as log:
        process = subprocess.Popen(command, cwd=site, stdout=log, stderr=subprocess.STDOUT, env=clean_environment())  # noqa: S603
        try:
            address = wait_for_address(site.parent / "serve.log", process)
            with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310 - an address on loopback
                return str(answer.read().decode())
        finally:
            process.terminate()
            process.wait(timeout=30)


def wait_for_address(log: Path, process: subprocess.Popen[bytes]) -> str:
    """Return the address that the preview says it is at.

    Raises:
        AssertionError: It stopped, or said none for a minute.
    """
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline and process.poll() is None:
        found = _ADDRESS.search(log.read_text(encoding="utf-8"))
        if found:
            return found[0]
        time.sleep(0.1)
    raise AssertionError(f"the preview does not answer:\n{log.read_text(encoding='utf-8')}")


def run(program: Path, *arguments: str, cwd: Path) -> None:
    """Run a command that has to work."""
    subprocess.run(  # noqa: S603 - our own
        [str(program), *arguments],
        cwd=cwd,
        env=clean_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=True,
    )


def clean_environment() -> dict[str, str]:
    """Return this process's environment without what leads Python elsewhere."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}


if __name__ == "__main__":
    raise SystemExit(main())
