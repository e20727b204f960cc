"""What exists only for speed says what it saves, and names the command that measures it."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = "pelican.plugins.news_digest"
# Modules and classes; each says in its docstring what is left without it.
ONLY_FOR_SPEED = (
    "catalogue.clusters:ClusterMemory",
    "checks.places",
    "disk.sealed:Answers",
    "frontmatter.batch",
    "frontmatter.cache",
    "frontmatter.cache:CacheMemory",
    "frontmatter.yaml.entries",
    "host.unchanged",
    "images.cards.png",
    "output.documents.atom_entry",
    "output.packing",
    "output.stamp",
    "output.templates.closures",
    "output.templates.compiled",
    "output.templates.compiler",
    "output.templates.environment",
    "output.templates.render:compile_templates",
    "pages.facts",
    "pages.newsroom:RoomMemory",
    "pages.promises",
    "pages.related:RelatedFinder",
    "running.collector",
    "running.copies",
    "running.kept",
    "running.workers",
)
COMMAND = re.compile(r"``(?:python benchmarks/|time )|:mod:`")
NAMES = re.compile(r"benchmarks/without\.py((?: [a-z]+)+)")


def words_of(name: str) -> str:
    """Return the docstring of a module, or of a class in one, on one line."""
    module, _, inner = name.partition(":")
    found = import_module(f"{PACKAGE}.{module}")
    return " ".join(((getattr(found, inner) if inner else found).__doc__ or "").split())


@pytest.mark.parametrize("name", ONLY_FOR_SPEED)
def test_what_exists_only_for_speed_says_what_it_saves(name: str):
    """With a command, or the module whose saving it is part of."""
    _, found, words = words_of(name).partition("nly for speed")
    assert found, "it does not say that it exists only for speed"
    assert COMMAND.search(words), "it names no command that measures it"


def test_list_is_complete():
    """Every docstring that speaks of speed is held to it."""
    folder = ROOT / "plugins" / "pelican" / "plugins" / "news_digest"
    files = {path for path in folder.rglob("*.py") if "nly for speed" in path.read_text(encoding="utf-8")}
    known = {folder / f"{name.partition(':')[0].replace('.', '/')}.py" for name in ONLY_FOR_SPEED}
    assert files == known


def test_every_command_is_one(monkeypatch: pytest.MonkeyPatch):
    """Names in docstrings are names that the benchmark knows."""
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    monkeypatch.delitem(sys.modules, "run", raising=False)
    means = import_module("without").MEANS
    named = {word for name in ONLY_FOR_SPEED for found in NAMES.findall(words_of(name)) for word in found.split()}
    assert named <= means.keys()
    assert named >= {"kept", "collector", "facts", "stamp", "cache"}


def test_every_means_can_be_switched_off():
    """What is switched off is where the benchmark looks for it: else it would measure the same twice."""
    switch = "import without\nfor off, _ in without.MEANS.values(): off()"
    subprocess.run([sys.executable, "-c", switch], cwd=ROOT / "benchmarks", check=True)
