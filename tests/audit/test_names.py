"""Names of built files that a disk, a host or an uploader refuses."""

from __future__ import annotations

import pytest

from pelican.plugins.news_digest.audit.names import check_names


def said(*paths: str) -> list[str]:
    """Return what is said about files at *paths*."""
    return [f"{found.code} {found.path}: {found.message}" for found in check_names(paths)]


@pytest.mark.parametrize(
    ("place", "problem"),
    [
        ("providers/[2001:db8::7]", "contains ':'"),
        ("a?b", "contains '?'"),
        ("a|b", "contains '|'"),
        ("a\\b", "contains '\\\\'"),
        ("a\nb", "contains '\\n'"),
        ("news/stop.", "ends with '.'"),
        ("news/stop ", "ends with ' '"),
        ("topics/CON", "is a device of Windows (con)"),
        ("news/aux.tar", "is a device of Windows (aux)"),
        ("x/" + "港" * 86, "has 258 bytes; 255 are allowed"),
    ],
)
def test_name_that_is_refused_is_told_once(place: str, problem: str):
    """The folder, not each file in it."""
    assert [f"ND509 {place}: the name {problem}"] == said(f"{place}/index.html", f"{place}/feed.json")


def test_name_that_is_refused_may_be_a_file():
    """Its ending does not save it."""
    assert ["ND509 api/clusters/nul.json: the name is a device of Windows (nul)"] == said("api/clusters/nul.json")


@pytest.mark.parametrize(("one", "other"), [("A", "a"), ("GROSSE", "große"), ("caf\u00e9", "cafe\u0301")])
def test_names_that_are_one_file_on_many_disks_are_told(one: str, other: str):
    """Where cases and Unicode forms do not count."""
    first, second = sorted((one, other))
    expected = f"ND509 x/{second}: is the same file as x/{first} on a case-insensitive disk"
    assert [expected] == said(f"x/{one}/index.html", f"x/{other}/index.html")


def test_names_that_everybody_takes_are_not_told():
    """Dots inside, other scripts, signs that need no care."""
    assert [] == said("a.b/c-d_e~f.html", "港/index.html", "console/index.html", "x/com10/a", ".nojekyll")
