"""Which hosts may be asked: those that anybody can reach, and those that the site's owner names."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Final
from urllib.parse import urlsplit

USUAL_PORTS: Final = {"http": 80, "https": 443}
# Below this, ports belong to services that are no web servers.
LEAST_OTHER_PORT: Final = 1024
# Written out, because what Python calls global changes from version to version. Not in any registry: 168.63.129.16, at
# which a cloud answers about the machine itself.
_REFUSED_4: Final = tuple(
    map(
        IPv4Network,
        "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 168.63.129.16/32 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24"
        " 192.0.2.0/24 192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/3".split(),
    )
)
# Of IPv6, what is handed out to the world, less what is set apart in it.
_WORLD_6: Final = IPv6Network("2000::/3")
_REFUSED_6: Final = tuple(map(IPv6Network, ("2001::/23", "2001:db8::/32", "3fff::/20")))
_TRANSLATED: Final = IPv6Network("64:ff9b::/96")
_SIX_TO_FOUR: Final = IPv6Network("2002::/16")


def is_public(address: str) -> bool:
    """Whether *address* (an IP address) can belong to a web server on the internet.

    Loopback, private, link-local, metadata, multicast and reserved addresses are not, in whatever form: an IPv6 address
    that stands for an IPv4 one is judged as that.
    """
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, IPv6Address):
        inner = _inner_ipv4(ip)
        if inner is not None:
            return is_public(str(inner))
        return ip in _WORLD_6 and not any(ip in network for network in _REFUSED_6)
    return not any(ip in network for network in _REFUSED_4)


def _inner_ipv4(ip: IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address that *ip* stands for: mapped, translated (NAT64) or 6to4."""
    if ip.ipv4_mapped is not None:
        return ip.ipv4_mapped
    if ip in _TRANSLATED:
        return IPv4Address(int(ip) & 0xFFFF_FFFF)
    if ip in _SIX_TO_FOUR:
        return ip.sixtofour
    return None


class Allowed:
    """Hosts that may be asked though they are not public.

    Args:
        hosts: ``HOST:PORT`` each, such as ``127.0.0.1:8080``.
    """

    def __init__(self, hosts: Iterable[str], *, named_by: str = "--allow-host") -> None:
        self.named_by = named_by
        self._hosts = frozenset(host.lower() for host in hosts)

    def names(self, host: str, port: int) -> bool:
        """Whether the owner named *host* with *port*."""
        return f"{host.lower()}:{port}" in self._hosts

    def problem(self, host: str, port: int) -> str:
        """Return why *host* must not be asked at *port* at all, whatever its addresses are; ``""``: it may be."""
        if self.names(host, port) or port in USUAL_PORTS.values() or port >= LEAST_OTHER_PORT:
            return ""
        return f"port {port} is not a web server's"

    def usable(self, host: str, port: int, addresses: Iterable[str]) -> tuple[str, ...]:
        """Return those of *addresses*, which *host* has, that may be connected to."""
        is_named = self.names(host, port)
        return tuple(address for address in addresses if is_named or is_public(address))


def is_host_and_port(text: str) -> bool:
    """Whether *text* is ``HOST:PORT``."""
    try:
        parts = urlsplit(f"//{text}")
        return bool(parts.hostname) and parts.port is not None and text == parts.netloc and "@" not in text
    except ValueError:
        return False
