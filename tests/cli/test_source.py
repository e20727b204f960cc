"""A new site installs what it was made with, wherever that came from."""

from __future__ import annotations

import pytest

from pelican.plugins.news_digest.cli.source import requirement_of

GIT = '{"url": "https://host.example/o/r.git", "vcs_info": {"vcs": "git", "commit_id": "abc123"}}'


def test_repository_is_named_with_its_commit():
    """A package that no index has is installed from the same place elsewhere."""
    expected = "pelican-news-digest[fast,search] @ git+https://host.example/o/r.git@abc123"
    assert expected == requirement_of(GIT, "1.2.3")


@pytest.mark.parametrize(
    "note",
    [
        "",
        "{}",
        "no json",
        '{"url": "file:///srv/clone", "dir_info": {"editable": true}}',
        '{"url": "https://host.example/p.whl", "archive_info": {}}',
        GIT.replace("https://host", "https://me:secret@host"),
        GIT.replace("https://", "ssh://"),
    ],
)
def test_anything_else_is_the_package_of_an_index(note: str):
    """What lies on this machine, or needs a password, is no use to another one."""
    assert "pelican-news-digest[fast,search]~=1.2.3" == requirement_of(note, "1.2.3")
