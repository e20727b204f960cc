"""What the documentation tells people to type and to copy is what works."""

from __future__ import annotations

import re
import shlex
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from pelican.plugins.news_digest.cli.main import COMMANDS, make_parser
from pelican.plugins.news_digest.cli.new_site import Answers, site_files
from tests.conftest import ROOT

NOW = datetime(2026, 5, 3, tzinfo=UTC)
PAGES = [
    # The reference of commands is made from the parser; decisions are of their day.
    *(p for p in sorted((ROOT / "docs").rglob("*.md")) if not {"decisions", "commands.md", "_build"} & set(p.parts)),
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
]
_COMMAND = re.compile(r"news-digest ((?:[a-z]+)(?: [^\n`#|&>']*)?)")
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def said_commands(path: Path) -> Iterator[str]:
    """Yield every command line of ours in the code of a page, without what comes before and after it."""
    text = path.read_text(encoding="utf-8")
    code = [block for _, block in _BLOCK.findall(text)]
    code += re.findall(r"^ {4,}.*$", text, re.MULTILINE) + re.findall(r"`[^`\n]+`", text)
    for part in code:
        for found in _COMMAND.findall(part.replace('"', " ")):
            # A text in quotation marks ends what is read, with the option that it belongs to.
            yield re.sub(r" --?[a-z-]+$", "", found.split("  ")[0]) if "  " in found else found.strip()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_commands_can_be_typed(path: Path):
    """Every command in the documentation exists, with the options that stand behind it."""
    for line in said_commands(path):
        words = shlex.split(line)
        make_parser().parse_args([word for word in words if word != "NAME"] if len(words) > 1 else words[:1])


def test_commands_are_found_at_all():
    """The search is not blind."""
    found = [line for path in PAGES for line in said_commands(path)]
    assert len(found) > 20
    assert any(line.startswith("audit -s publishconf.py --host cloudflare-pages") for line in found)


@pytest.mark.parametrize("path", sorted((ROOT / "docs" / "how-to").glob("publish-*.md")), ids=lambda path: path.stem)
def test_files_to_copy_can_be_read(path: Path):
    """TOML and YAML for a host are what they say."""
    for language, block in _BLOCK.findall(path.read_text(encoding="utf-8")):
        if language == "toml":
            tomllib.loads(block)
        if language == "yaml":
            yaml.safe_load(block)


@pytest.mark.parametrize("host", ["github-pages", "gitlab-pages", "cloudflare-pages", "netlify", "s3", "rsync"])
def test_every_way_to_publish_has_a_page(host: str):
    """Each is listed, and each looks at the site before it is sent."""
    text = (ROOT / "docs" / "how-to" / f"publish-{host}.md").read_text(encoding="utf-8")
    assert f"how-to/publish-{host}.md" in (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    assert "audit" in text or host == "gitlab-pages"  # whose file, which init writes, has it


def test_readme_of_a_new_site_names_commands_that_exist():
    """What a newcomer reads first can be typed."""
    text = next(data for path, data in site_files(Answers(name="A"), now=NOW).items() if path == "README.md").decode()
    for words in re.findall(r"`news-digest ([^`]+)`", text):
        if words.split()[0] in COMMANDS:
            make_parser().parse_args(shlex.split(words))
