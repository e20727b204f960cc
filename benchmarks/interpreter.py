"""Which Python builds: its version, and whether it was compiled with profiles, which matters more than the version."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from archive import ROOT

# Asked of the interpreter itself. Compilers leave what they were told for debuggers, unless that was stripped.
_QUESTION = """
import json, os, platform, re, sys, sysconfig
from importlib.util import find_spec
known = {name: str(value) for name, value in sysconfig.get_config_vars().items()}
library = os.path.join(known.get("LIBDIR", ""), known.get("INSTSONAME", ""))
told = set()
for path in {os.path.realpath(sys.executable), library}:
    if os.path.isfile(path):
        with open(path, "rb") as file:
            told.update(re.findall(rb"GNU C\\d[^\\0]*", file.read()))
try:
    package = find_spec("pelican.plugins.news_digest")
except ModuleNotFoundError:
    package = None
names = ("CONFIG_ARGS", "CFLAGS", "PY_CFLAGS", "PY_CORE_CFLAGS")
print(json.dumps({
    "name": platform.python_implementation() + " " + platform.python_version(),
    "flags": " ".join(known.get(name, "") for name in names),
    "package": package and package.origin,
    "told": [line.decode("utf-8", "replace") for line in told],
}))
"""


@dataclass(frozen=True)
class Interpreter:
    """One Python.

    Attributes:
        path: Its program.
        name: Such as ``CPython 3.14.0 (with profiles)``; how it was compiled stands there where that is certain.
    """

    path: str
    name: str


def look_at(path: str) -> Interpreter:
    """Return what the Python at *path* says of itself.

    Raises:
        ValueError: It is no Python, or builds with another News Digest than this checkout's.
    """
    path = os.path.abspath(path)  # not resolved: a venv is known by its own link
    try:
        done = subprocess.run([path, "-c", _QUESTION], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        problem = f"{path} is no Python that answers"
        raise ValueError(problem) from error
    said = json.loads(done.stdout)
    if said["package"] is not None and not Path(said["package"]).is_relative_to(ROOT):
        problem = f"{path} would build with {said['package']}; install this checkout there"
        raise ValueError(problem)
    built = {True: " (with profiles)", False: " (without profiles)", None: ""}[
        has_profiles(said["flags"], said["told"])
    ]
    return Interpreter(path, said["name"] + built)


def has_profiles(flags: str, told: list[str]) -> bool | None:
    """Return whether an interpreter was optimised by profiles; None: nothing says so.

    Args:
        flags: What it was configured with, as it says itself.
        told: What its compiler was told, a line for each way in which a file was compiled; empty: not known.
    """
    if "--enable-optimizations" in flags or any("-fprofile-use" in line for line in (flags, *told)):
        return True
    # Debian's are optimised, and neither what they say nor what is left of them tells.
    return False if told else None
