"""Where the preview listens, and the names it answers to: this machine's, unless its owner says more."""

from __future__ import annotations

import pytest

from pelican.plugins.news_digest.preview.door import Door, allowed_name, listen_address

ALL = "0.0.0.0"  # noqa: S104 - what is tried


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LOCALHOST:8000", "127.0.0.1:9", "[::1]", "[::1]:8000"])
def test_this_machine_has_these_names(host: str):
    """Whatever the port: it may be forwarded from another machine."""
    assert Door().knows([host])


@pytest.mark.parametrize(
    "hosts",
    [[], [""], ["evil.example"], ["localhost.evil.example"], ["127.0.0.1.evil.example:80"], ["localhost", "x.example"],
     ["localhost", "localhost"], ["127.0.0.2"], ["localhost:80:80"], ["localhost:x"], ["evil@localhost"],
     ["localhost/"], ["[::2]"], ["::1"], ["localhost\u0661"], ["localhost:\u0661"], ["2130706433"], ["127.1"]],
)  # fmt: skip
def test_other_names_are_refused(hosts: list[str]):
    """A name that a stranger leads here, two names, none, and ways of writing the same number."""
    assert not Door().knows(hosts)


@pytest.mark.parametrize("address", [ALL, "::", "127.0.0.1"])
def test_open_to_everybody_is_no_leave_for_any_name(address: str):
    """Who listens everywhere answers to no more names: a stranger's page could lead one here."""
    door = Door(address=address)
    assert door.knows(["localhost:8000"])
    assert not door.knows(["evil.example:8000"])
    assert not door.knows(["192.168.1.20:8000"])
    assert not door.knows(["0.0.0.0:8000"])
    assert not door.knows(["[::]:8000"])


@pytest.mark.parametrize(
    ("host", "given"),
    [
        ("desk.local:8000", "desk.local"),
        ("DESK.local", "Desk.Local"),
        ("192.168.1.20:8000", "192.168.1.20"),
        ("[fd00::7]:8000", "fd00:0::7"),
        ("[fd00::7]", "[fd00::7]"),
        ("name-8000.app.github.dev", "https://name-8000.app.github.dev/"),
        ("name.example:9000", "name.example:8000"),
    ],
)
def test_a_name_that_is_allowed_is_answered(host: str, given: str):
    """However it is written, at any port; and nothing that only ends or begins like it."""
    door = Door(address=ALL, allowed=(allowed_name(given),))
    assert door.knows([host])
    assert not door.knows([f"evil.{host}"])
    assert not door.knows(["desk.local.evil.example"])
    assert not door.knows([host, host])


def test_address_that_is_listened_at_is_answered():
    """With brackets around one of IPv6."""
    assert Door(address="192.168.1.20").knows(["192.168.1.20:8000"])
    assert Door(address="fd00::7").knows(["[fd00::7]:8000"])
    assert not Door(address="192.168.1.20").knows(["192.168.1.21:8000"])


@pytest.mark.parametrize(
    ("url", "door"),
    [
        ("http://127.0.0.1:8000", Door()),
        ("http://127.0.0.1:8000", Door(address=ALL)),
        ("http://127.0.0.1:8000", Door(address="::")),
        ("http://192.168.1.20:8000", Door(address="192.168.1.20")),
        ("http://[fd00::7]:8000", Door(address="fd00::7")),
        ("http://desk.local:8000", Door(address=ALL, allowed=("desk.local",))),
        ("http://desk.local:80", Door(allowed=("desk.local:80",))),
        ("https://name.example", Door(allowed=("https://name.example", "other.example"))),
    ],
)
def test_what_is_said_can_be_opened(url: str, door: Door):
    """Never an address that stands for all of them."""
    assert url == door.url(8000)


def test_origin_is_what_the_browser_knows():
    """Behind a proxy of a cloud machine it is https, for that name alone."""
    door = Door(allowed=("https://name.example",))
    assert "https://name.example" == door.origin("name.example")
    assert "http://localhost:8000" == door.origin(" localhost:8000 ")


@pytest.mark.parametrize(
    "text", ["*", "*.github.dev", "a b", "http://a/path", "ftp://a", "a,b", "", "ann:pw@a", "a:b", "http://a?x"]
)
def test_names_that_are_none_are_refused(text: str):
    """Patterns, too: each name is said."""
    with pytest.raises(ValueError, match=r"(?s).*"):
        allowed_name(text)


def test_addresses_to_listen_at():
    """Of this machine; a name could be anybody's."""
    assert ["127.0.0.1", ALL, "::", "::1"] == [listen_address(t) for t in ("localhost", " 0.0.0.0", "[::]", "::1")]
    with pytest.raises(ValueError, match="desk"):
        listen_address("desk.local")
