"""Lines of values are those that an editor shows."""

from __future__ import annotations

import pytest

from pelican.plugins.news_digest.checks.places import Places

FM = """
title: "A"
related: # what others say
  - title: One
    webUrl: https://one.example/
    provider:
      name: One
  # between
  - title: "Two
      - lines"
    webUrl: https://two.example/
provider:
  name: Post
  domain: post.example
images: [{url: a}, {url: b}]
'quoted': yes
topics:
- A
- B
"""


@pytest.mark.parametrize(("expected", "key"), [(2, "title"), (12, "provider"), (16, "quoted"), (1, "absent")])
def test_key_at_the_top(expected: int, key: str):
    """The opening line is line one."""
    assert expected == Places(FM).line(key)


@pytest.mark.parametrize(
    ("expected", "key", "index", "count"),
    [(4, "related", 0, 2), (9, "related", 1, 2), (18, "topics", 0, 2), (19, "topics", 1, 2)],
)
def test_entry_of_a_list(expected: int, key: str, index: int, count: int):
    """Entries begin at their dash, also where the list is not indented; dashes inside of them are none."""
    assert expected == Places(FM).entry(key, index, count=count)


@pytest.mark.parametrize(("expected", "key", "count"), [(3, "related", 3), (15, "images", 2), (1, "absent", 1)])
def test_list_in_another_style_has_its_keys_line(expected: int, key: str, count: int):
    """A line that is not certain is not said."""
    assert expected == Places(FM).entry(key, 0, count=count)


@pytest.mark.parametrize(
    ("expected", "key", "name"), [(13, "provider", "name"), (14, "provider", "domain"), (12, "provider", "x")]
)
def test_key_inside_a_map(expected: int, key: str, name: str):
    """A key of a map has its own line; one that is not there has the map's."""
    assert expected == Places(FM).inside(key, name)
