"""No machine of the builder's own network is asked for a picture, whatever its address looks like."""

from __future__ import annotations

import pytest

from pelican.plugins.news_digest.network.guard import Allowed, is_host_and_port, is_public

PRIVATE = """
127.0.0.1 127.255.255.254 0.0.0.0 10.0.0.1 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254 169.254.0.1
100.64.0.1 100.100.100.200 168.63.129.16 192.0.0.192 192.0.2.1 198.18.0.1 198.51.100.7 203.0.113.7 192.88.99.1
224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255
::1 :: ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 ::127.0.0.1 ::10.0.0.1
64:ff9b::7f00:1 64:ff9b::a9fe:a9fe 64:ff9b:1::1 2002:7f00:1:: 2002:a00:1:: 2001:0:4136:e378:8000:63bf:3fff:fdd2
fe80::1 fe80::1%eth0 fc00::1 fd00:ec2::254 fec0::1 ff02::1 2001:db8::1 100::1
localhost 2130706433 0x7f.1 127.1
""".split()
PUBLIC = """
8.8.8.8 1.1.1.1 93.184.216.34 151.101.1.69 172.32.0.1 100.128.0.1 2606:4700::1111 2a00:1450:4001:82b::200e
::ffff:8.8.8.8 64:ff9b::808:808
""".split()


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_are_refused(address: str):
    """Loopback, private, link-local, metadata, multicast, reserved: in every form that stands for one."""
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_asked(address: str):
    """Ordinary web servers are."""
    assert is_public(address)


def test_only_public_addresses_of_a_name_are_used():
    """A name that leads to both is connected to in public only."""
    assert ("8.8.8.8",) == Allowed(()).usable("x.example", 80, ["127.0.0.1", "8.8.8.8", "::1"])


def test_a_named_host_may_be_private():
    """Who is named with this port is asked, and nobody else on that machine."""
    allowed = Allowed(["Files.Lan:8080"])
    assert ("10.0.0.7",) == allowed.usable("files.lan", 8080, ["10.0.0.7"])
    assert () == allowed.usable("files.lan", 80, ["10.0.0.7"])
    assert () == allowed.usable("other.lan", 8080, ["10.0.0.7"])


@pytest.mark.parametrize(("expected", "port"), [(True, 80), (True, 443), (True, 8080), (False, 25), (False, 22)])
def test_services_that_are_no_web_servers_are_not_spoken_to(expected: bool, port: int):
    """A picture at a mail server's port is none; unless the owner says so."""
    assert expected == (not Allowed(()).problem("x.example", port))
    assert not Allowed([f"x.example:{port}"]).problem("x.example", port)


@pytest.mark.parametrize(
    ("expected", "text"),
    [(True, "127.0.0.1:80"), (True, "a.lan:8080"), (True, "[::1]:80"), (False, "a.lan"), (False, "http://a:80"),
     (False, "a:b"), (False, ":80"), (False, "u@a:80"), (False, "a:99999")],
)  # fmt: skip
def test_a_host_is_named_with_its_port(expected: bool, text: str):
    """What is no HOST:PORT is not one."""
    assert expected == is_host_and_port(text)
