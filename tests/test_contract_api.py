"""The JSON API against the files that a real archive committed: what clients read today they read tomorrow."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pelican.plugins.news_digest.frontmatter.reader import read_archive
from pelican.plugins.news_digest.output.documents.json_file import render_json
from pelican.plugins.news_digest.pages.machines.api import plan_api
from pelican.plugins.news_digest.pages.plans import JsonPlan, made
from tests.pages.rooms import make_room

pytestmark = [pytest.mark.corpus, pytest.mark.slow]

ZONE = "America/Los_Angeles"
# What differs between our files and the committed ones: address → key → reason. Nothing does.
DIFFERENCES: dict[str, dict[str, str]] = {}
# The root topic carries everything and its record sends clients to api/news/; ours has a list like every topic's.
ONLY_OURS = "api/news/azure/"
# One file an item, from an older version of the software: older paths, other keys, one line. No contract.
LEFTOVERS = 392
NEWS_PAGES = 25
TOPIC_LISTS = 19


@pytest.fixture(scope="module")
def ours(corpus: Path) -> dict[str, bytes]:
    """Return the API's files, made from the archive."""
    archive = read_archive(corpus, timezone=ZONE)
    room = make_room(archive.items, zone=ZONE, topics=archive.topics, providers=archive.providers)
    return {plan.save_as: render_json(plan.payload) for plan in map(made, plan_api(room)) if isinstance(plan, JsonPlan)}


@pytest.fixture(scope="module")
def committed(corpus: Path) -> dict[str, bytes]:
    """Return the files that the archive's owners published."""
    root = corpus.parent
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in (root / "api").rglob("*.json")}


def lists(files: dict[str, bytes]) -> dict[str, Any]:
    """Return the files that are lists, parsed."""
    parsed = {name: json.loads(data) for name, data in files.items() if name.startswith("api/news/")}
    return {name: value for name, value in parsed.items() if "value" in value}


def differences(expected: Any, found: Any, path: str = "$") -> list[str]:
    """Return where two JSON values differ, keys and their order included."""
    if isinstance(expected, dict) and isinstance(found, dict):
        if list(expected) != list(found):
            return [f"{path}: keys {list(expected)} != {list(found)}"]
        return [line for key in expected for line in differences(expected[key], found[key], f"{path}.{key}")]
    if isinstance(expected, list) and isinstance(found, list):
        if len(expected) != len(found):
            return [f"{path}: {len(expected)} != {len(found)} entries"]
        pairs = enumerate(zip(expected, found, strict=True))
        return [line for n, (one, other) in pairs for line in differences(one, other, f"{path}[{n}]")]
    return [] if expected == found and type(expected) is type(found) else [f"{path}: {expected!r} != {found!r}"]


def test_every_list_says_the_same(ours: dict[str, bytes], committed: dict[str, bytes]) -> None:
    """Keys, their order, every value and the paging of all lists are those of the committed files."""
    expected, found = lists(committed), lists(ours)
    lines = {name: differences(value, found.get(name)) for name, value in expected.items()}
    assert DIFFERENCES == {name: said for name, said in lines.items() if said}


def test_every_list_is_the_same_byte_for_byte(ours: dict[str, bytes], committed: dict[str, bytes]) -> None:
    """Indentation, escapes and the missing newline at the end too: whoever compares files sees no change."""
    assert [] == [name for name in lists(committed) if committed[name] != ours.get(name)]


def test_all_pages_of_the_news_are_there(ours: dict[str, bytes]) -> None:
    """25 pages of 25, the last of 24; each names the next one."""
    pages = [json.loads(ours[f"api/news/page/{number}/index.json"]) for number in range(1, NEWS_PAGES + 1)]
    assert [*range(2, NEWS_PAGES + 1), None] == [page["nextPage"] for page in pages]
    assert [25] * (NEWS_PAGES - 1) + [24] == [len(page["value"]) for page in pages]
    assert f"api/news/page/{NEWS_PAGES + 1}/index.json" not in ours


def test_first_page_has_two_addresses(ours: dict[str, bytes]) -> None:
    """The list's own address is its first page, byte for byte; so with topics."""
    fronts = [name for name in lists(ours) if "/page/" not in name]
    assert [] == [n for n in fronts if ours[n] != ours[n.replace("index.json", "page/1/index.json")]]


def test_union_of_the_pages_is_what_is_published(ours: dict[str, bytes], committed: dict[str, bytes]) -> None:
    """No item is lost between two pages, none stands on two."""
    paths = [
        item["path"] for n, page in lists(ours).items() if n.startswith("api/news/page/") for item in page["value"]
    ]
    assert len(paths) == len(set(paths))
    theirs = {
        i["path"] for n, page in lists(committed).items() if n.startswith("api/news/page/") for i in page["value"]
    }
    assert theirs == set(paths)


def test_what_is_only_ours_and_only_theirs_is_known(ours: dict[str, bytes], committed: dict[str, bytes]) -> None:
    """Beside the shared lists there are the leftovers of theirs, and one topic more of ours."""
    mine, theirs = lists(ours).keys(), lists(committed).keys()
    assert LEFTOVERS == len(committed.keys() - theirs)
    assert TOPIC_LISTS == len({name.split("/")[2] for name in theirs if name.count("/") == 3} - {"page"})
    assert set() == theirs - mine
    assert [] == [name for name in mine - theirs if not name.startswith(ONLY_OURS)]


def test_nothing_secret_or_internal_is_written(ours: dict[str, bytes]) -> None:
    """``secured``, ``quality`` and ``related`` stay out of every file."""
    for name, data in ours.items():
        assert not [key for key in (b'"secured"', b'"quality"', b'"related"') if key in data], name
