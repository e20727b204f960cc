"""The schemas for editors accept what a build accepts, and refuse what it complains about."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from pelican.plugins.news_digest.frontmatter.items.editors import EDITOR_SCHEMAS, editor_schema
from pelican.plugins.news_digest.frontmatter.items.schema import RawItem
from pelican.plugins.news_digest.frontmatter.records import parse_provider, parse_topic
from pelican.plugins.news_digest.frontmatter.yaml.yaml12 import (
    has_front_matter,
    load_front_matter,
    split_front_matter,
)
from tests.builders import front_matter
from tests.conftest import ROOT

FOLDERS = {"item": "news", "topic": "topics", "provider": "providers"}
OWN = [
    (name, path)
    for name, folder in FOLDERS.items()
    for path in sorted((ROOT / "content" / folder).iterdir())
    if path.suffix in {".md", ".yaml"}
]


def values_of(text: str) -> dict[str, Any]:
    """Return the front matter of a file, or a file that is YAML from its first line on."""
    return load_front_matter(split_front_matter(text)[0] if has_front_matter(text) else text)


def mistakes(name: str, text: str) -> list[str]:
    """Return where a schema refuses a file."""
    errors = Draft202012Validator(editor_schema(name)).iter_errors(values_of(text))
    return sorted("/".join(map(str, error.absolute_path)) for error in errors)


@pytest.mark.parametrize("name", EDITOR_SCHEMAS)
def test_schema_is_one(name: str):
    """It is valid itself, by the draft that it names, and in one order."""
    schema = editor_schema(name)
    Draft202012Validator.check_schema(schema)
    assert json.dumps(schema) == json.dumps(editor_schema(name))


@pytest.mark.parametrize(("name", "path"), OWN, ids=lambda value: getattr(value, "stem", value))
def test_demonstration_is_accepted(name: str, path: Path):
    """Every file of the demonstration passes."""
    assert [] == mistakes(name, path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("expected", "values"),
    [
        ([], {}),
        ([], {"mood": "good"}),
        ([], {"title": "2021"}),
        ([], {"topics": "Harbour, Sea"}),
        ([], {"publishedDateTime": "", "date": "2026-05-01"}),
        ([""], {"title": ""}),
        ([""], {"publishedDateTime": ""}),
        (["publishedDateTime"], {"publishedDateTime": "yesterday"}),
        (["webUrl"], {"webUrl": "javascript:alert(1)"}),
        (["quality"], {"quality": "high"}),
        (["published"], {"published": "maybe"}),
        (["type"], {"type": "podcast"}),
        (["images"], {"images": "[{url: /a.jpg, width: wide}]"}),
        (["related"], {"related": "[no map]"}),
    ],
)
def test_item(expected: list[str], values: dict[str, str]):
    """What a build leaves out is refused, at its key; unknown keys are not, since they are kept."""
    assert expected == mistakes("item", front_matter(**values))


def test_every_key_of_the_model_is_described():
    """An editor has a word to say about each."""
    described = editor_schema("item")["properties"]
    assert set(RawItem.__struct_encode_fields__) < described.keys()
    assert [] == [key for key, value in described.items() if not value.get("description")]


def test_keys_of_records_are_those_that_are_read():
    """A record that says all that its schema knows loses nothing."""
    topic = {
        "_id": "t", "taxonomy": "topic", "name": "N", "shortname": "S", "parent": "P", "keywords": ["k"],
        "hashtags": ["#h"], "images": ["/i.jpg"], "services": {"news": "https://x.example/"}, "description": "D",
    }  # fmt: skip
    assert topic.keys() == editor_schema("topic")["properties"].keys()
    record = parse_topic(json.dumps(topic), source_path="t.yaml", stem="x").record
    assert record is not None
    assert ("t", "N", "S", "P", ("k",), ("#h",), ("/i.jpg",), "D") == (
        record.id, record.name, record.short_name, record.parent, record.keywords, record.hashtags, record.images,
        record.description,
    )  # fmt: skip
    provider = {
        "_id": "no", "taxonomy": "organization", "domain": "p.example", "name": "P", "otherNames": ["Q"],
        "description": "D", "access": "paid", "owner": "O", "country": "NO", "kind": "K",
        "images": [{"url": "/i.png", "width": 50, "height": 50}],
    }  # fmt: skip
    assert provider.keys() == editor_schema("provider")["properties"].keys()
    found = parse_provider(json.dumps(provider), source_path="p.md", stem="x").record
    assert found is not None
    assert ("paid", "O", "NO", "K") == (found.access, found.owner, found.country, found.kind)
    assert ("p.example", "P", ("Q",), "D", 1) == (
        found.domain, found.name, found.other_names, found.description, len(found.images)
    )  # fmt: skip
