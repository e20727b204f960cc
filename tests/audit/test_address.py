"""The address of a published site: a placeholder is told before the world sees it."""

from __future__ import annotations

import pytest

from pelican.plugins.news_digest.audit.address import address_problem, check_address
from pelican.plugins.news_digest.cli.new_site import Answers

PUBLIC = (
    "https://name.github.io",
    "https://name.github.io/repo/",
    "HTTPS://Digest.Harbour.ORG",
    "http://192.168.1.20:8080/digest",
    "https://große-brücke.de",
    "https://myexample.com",
    "https://example.community",
    "https://exampleorg.net",
    "http://intranet/news",
)
PLACEHOLDERS = (
    Answers(name="Any").url,
    "https://example.com",
    "https://EXAMPLE.net/",
    "https://www.example.org./repo",
    "https://harbour.example",
    "http://site.test:8000",
    "https://host.invalid/x",
)
THIS_MACHINE = (
    "http://localhost:8000",
    "http://news.localhost",
    "http://127.0.0.1",
    "http://127.9.9.9/x",
    "http://[::1]:80",
    "http://0.0.0.0",
)
NO_ADDRESSES = (
    "digest.harbour.org",
    "//digest.harbour.org",
    "ftp://digest.harbour.org",
    "https://",
    "https:///path",
    "/repo",
    "https://[::1",
    "https://a.org:port",
    "https://ann:secret@a.org",
    "https://a.org/?x=1",
    "https://a.org/#x",
)  # fmt: skip


@pytest.mark.parametrize("url", PUBLIC)
def test_public_addresses_are_let_be(url: str):
    """With a path, a slash at the end, a port, in any case; names that only look like a placeholder, too."""
    assert "" == address_problem(url)


@pytest.mark.parametrize("url", PLACEHOLDERS)
def test_placeholders_are_told(url: str):
    """What a new site begins with, and every name that nobody can have."""
    assert "is a placeholder that no one can register" == address_problem(url)


@pytest.mark.parametrize("url", THIS_MACHINE)
def test_this_machine_is_no_public_place(url: str):
    """Under each of its names."""
    assert "is this machine, which no one else can reach" == address_problem(url)


@pytest.mark.parametrize("url", NO_ADDRESSES)
def test_what_is_no_address_is_told(url: str):
    """Without a scheme, a host, or with what does not belong there."""
    assert address_problem(url)


def test_file_line_and_cure_are_named():
    """An error; a site without an address is not meant for the public, and only warned of."""
    (said,) = check_address("https://digest.example.org", path="publishconf.py", line=11)
    assert str(said).startswith(
        "publishconf.py:11: ND510 SITEURL 'https://digest.example.org' is a placeholder that no one can register → "
        "set it to the site's public URL, such as https://name.github.io/repo"
    )
    (empty,) = check_address("", path="pelicanconf.py", line=5)
    assert ("ND511", "warning") == (empty.code, empty.severity)
    assert [] == list(check_address("https://a.org", path="pelicanconf.py"))
