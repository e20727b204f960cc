"""Pages are walked line for line: the tutorial from the wheel, in an empty folder; how-tos in a site that is there."""

from __future__ import annotations

import os
import signal
import sys
import sysconfig
import time
from contextlib import suppress
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from lxml import html
from tools.walk import Command, File, Heard, Interrupt, Picture, Taken, Visit, answers, steps_of, walk

from tests.conftest import ROOT, MakeOnce
from tests.pythons import wheel_of

TUTORIAL = ROOT / "docs" / "tutorial" / "first-digest.md"
PAGE = """\
Write this.

`content/a.md`:

```yaml
title: A
```

```console
$ cat content/a.md
title: A
$ true
```

```console
…
by itself
```

Press Ctrl-C.

Open <http://127.0.0.1:8000/a/>: it says
“A” and “B”.

![a look](../images/look.png)
"""


def test_a_page_is_read_as_steps():
    """Files, lines with their answers, addresses with what they say, pictures: in the order of the page."""
    assert (
        File("content/a.md", "title: A\n"),
        Command("cat content/a.md", "title: A"),
        Command("true", ""),
        Heard("…\nby itself"),
        Interrupt(),
        Visit("a/", ("A", "B")),
        Picture("look"),
    ) == steps_of(PAGE)


@pytest.mark.parametrize(
    ("said", "expected", "same"),
    [
        ("one  two\n three\n", "one two three", True),
        ("noise\none\nmore", "…\none\n…", True),
        ("3 files in 0.2 s", "3 files in … s", True),
        ("4 files in 0.2 s", "3 files in … s", False),
        ("noise\none", "one", False),
        ("anything", "", True),
    ],
)
def test_answers_are_compared_but_for_white_space_and_dots(said: str, expected: str, *, same: bool):
    """What the page shows was said, whole, except where it has dots."""
    assert same is answers(said, expected)


@pytest.fixture(scope="module")
def wheels(shared: MakeOnce) -> Path:
    """Return a folder that holds the package as it would be published, and nothing else that pip takes."""
    return wheel_of(shared).parent


def link_what_is_needed(venv: Path) -> None:
    """Give a new environment what pip would have fetched: links to the packages that this one has."""
    (target,) = venv.glob("lib/python3.*/site-packages")
    for source in {Path(sysconfig.get_path(kind)) for kind in ("purelib", "platlib")}:
        for entry in source.iterdir():
            ours = "news_digest" in entry.name or entry.name in {"pelican", "__pycache__"}
            if entry.suffix != ".pth" and not ours and not (target / entry.name).exists():
                (target / entry.name).symlink_to(entry)
        for entry in (source / "pelican").iterdir() if (source / "pelican").is_dir() else ():
            if entry.name not in {"plugins", "__pycache__"}:
                (target / "pelican" / entry.name).symlink_to(entry)
        for entry in source.glob("pelican/plugins/*"):
            if entry.name != "news_digest":
                (target / "pelican" / "plugins" / entry.name).symlink_to(entry)


def says(taken: Taken, step: Visit) -> list[str]:
    """Return what a page does not say although the tutorial has it; a preview may need a moment to build it."""
    missing = list(step.says)
    for _ in range(100):
        try:
            with urlopen(f"{taken.preview}{step.path}", timeout=20) as answer:  # noqa: S310 - the preview's
                tree = html.document_fromstring(answer.read())
        except HTTPError as error:
            missing = [str(error)]
        else:
            text = " ".join(" ".join(tree.find("body").itertext()).split())
            missing = [words for words in step.says if words not in text]
        if not missing:
            break
        time.sleep(0.2)
    return missing


@pytest.mark.slow
def test_tutorial(tmp_path: Path, wheels: Path):
    """Every file is written, every line typed, every answer compared, every address opened and read."""
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "python3").symlink_to(sys.executable)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COV_", "PIP_"))}
    pip = {"PIP_NO_INDEX": "1", "PIP_NO_DEPS": "1", "PIP_FIND_LINKS": str(wheels), "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    env = {**kept, **pip, "COLUMNS": "300", "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}
    env.pop("VIRTUAL_ENV", None)
    reader = tmp_path / "reader"
    reader.mkdir()
    visits = 0
    for taken in walk(steps_of(TUTORIAL.read_text(encoding="utf-8")), reader, env):
        step = taken.step
        if isinstance(step, Command):
            assert 0 == taken.code, f"{step.line}\n{taken.said}"
            assert answers(taken.said, step.answer), f"{step.line}\n{taken.said}"
            if step.line.startswith("pip install"):
                link_what_is_needed(reader / "harbour" / ".venv")
        elif isinstance(step, Interrupt):
            assert 0 == taken.code, taken.said
        elif isinstance(step, Visit):
            assert [] == says(taken, step), step.path
            visits += 1
        elif isinstance(step, Picture):
            assert (ROOT / "docs" / "images" / f"{step.name}.png").is_file()
    assert visits >= 5


HOW_TO = ROOT / "docs" / "how-to"


def write_site(folder: Path, *, only: str = "") -> None:
    """Write the tutorial's files, as they are at its end, or *only* one of them."""
    for step in steps_of(TUTORIAL.read_text(encoding="utf-8")):
        if isinstance(step, File) and only in {"", step.path}:
            (folder / step.path).parent.mkdir(parents=True, exist_ok=True)
            (folder / step.path).write_text(step.text, encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "only"),
    [
        ("front-page", "pelicanconf.py"),
        ("languages", ""),
        ("newsletter", ""),
        ("own-files", "pelicanconf.py"),
        ("own-pages", "pelicanconf.py"),
        ("topics-and-sources", "pelicanconf.py"),
    ],
)
def test_how_to(tmp_path: Path, name: str, only: str):
    """Each file and each command of these pages is tried, in the tutorial's site or in one with its settings."""
    write_site(tmp_path, only=only)
    (tmp_path / "content").mkdir(exist_ok=True)
    env = {**os.environ, "COLUMNS": "300", "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    typed = 0
    for taken in walk(steps_of((HOW_TO / f"{name}.md").read_text(encoding="utf-8")), tmp_path, env):
        if isinstance(taken.step, Command):
            assert 0 == taken.code, f"{taken.step.line}\n{taken.said}"
            assert answers(taken.said, taken.step.answer), f"{taken.step.line}\n{taken.said}"
            typed += 1
    assert typed


@pytest.mark.slow
@pytest.mark.busy("a web server of Python's has a moment to start")
def test_tutorial_from_feeds(tmp_path: Path):
    """Feeds are handed out, imported, edited and imported again, line for line."""
    page = (ROOT / "docs" / "tutorial" / "from-feeds-to-a-digest.md").read_text(encoding="utf-8")
    env = {**os.environ, "COLUMNS": "300", "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    try:
        for taken in walk(steps_of(page), tmp_path, env):
            if isinstance(taken.step, Command):
                assert 0 == taken.code, f"{taken.step.line}\n{taken.said}"
                assert answers(taken.said, taken.step.answer), f"{taken.step.line}\n{taken.said}"
    finally:  # the page stops it, unless it is broken off
        with suppress(OSError, ValueError):
            os.kill(int((tmp_path / "server.pid").read_text("utf-8")), signal.SIGTERM)
    assert (tmp_path / "harbour" / "output" / "index.html").is_file()
