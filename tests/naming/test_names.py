"""Names of files and folders that every disk and every host takes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pelican.plugins.news_digest.naming.names import host_name, name_key, name_problem, portable_name


@pytest.mark.parametrize(
    "name", ["2026-05-01-a_b", "v1.2", "größe", "港", "console", "com", "com10", "auxiliary.x", "a.con"]
)
def test_most_names_stay(name: str):
    """Nothing is changed for its own sake."""
    assert name == portable_name(name)


@pytest.mark.parametrize(
    ("expected", "name"),
    [
        ("con~", "con"),
        ("AUX~", "AUX"),
        ("nul~.tar.x", "nul.tar.x"),
        ("com1~", "com1"),
        ("lpt²~", "lpt²"),
        ("stop", "stop. ."),
        ("a-b-c", "a:b?c"),
        ("2001-db8--7", "2001:db8::7"),
        ("", "..."),
        ("é" * 100, "é" * 300),
    ],
)
def test_the_others_are_mended(expected: str, name: str):
    """By a rule, so that the same file always has the same name."""
    assert expected == portable_name(name)


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from(':?"<>|*\\/. conauxCOM1¹~\x00\x7f\ud800é') | st.characters(), max_size=12))
def test_a_portable_name_has_no_problem_and_stays(name: str):
    """Whatever it was, and when it is asked for again."""
    found = portable_name(name)
    assert not found or not name_problem(found)
    assert found == portable_name(found)


@pytest.mark.parametrize(
    ("expected", "host"),
    [
        ("post.example", "post.example"),
        ("2001-db8--7.ipv6-literal.net", "2001:db8::7"),
        ("aux~.example", "aux.example"),
        ("com1~.post.example", "com1.post.example"),
    ],
)
def test_folder_of_a_host(expected: str, host: str):
    """Two hosts never share one: no host has the signs that are put in."""
    assert expected == host_name(host)
    assert not name_problem(host_name(host))


@pytest.mark.parametrize(("one", "other"), [("A", "a"), ("é", "e\u0301"), ("É", "e\u0301"), ("STRASSE", "straße")])
def test_names_of_one_file_share_a_key(one: str, other: str):
    """On disks without cases or Unicode forms."""
    assert name_key(one) == name_key(other)
