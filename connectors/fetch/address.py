"""Which addresses a fetch may reach: only public ones, and none that carries an IPv4 address inside. Pure."""

import ipaddress
import re
import socket
from ipaddress import IPv4Network, IPv6Network

PORTS = (80, 443, 8080, 8443)

# ipaddress.is_global of Python 3.11 lets 192.0.0.192, multicast, NAT64, 6to4, ::a.b.c.d and fec0:: through, hence a table of ours.
# IANA special-purpose registries (RFC 6890), and what clouds keep for themselves.
_V4 = {
    "0.0.0.0/8": "this host",
    "10.0.0.0/8": "a private network",
    "100.64.0.0/10": "a carrier's inner network",
    "127.0.0.0/8": "loopback",
    "168.63.129.16/32": "a cloud's inside",
    "169.254.0.0/16": "link-local: cloud metadata",
    "172.16.0.0/12": "a private network",
    "192.0.0.0/24": "protocol assignments",
    "192.0.2.0/24": "documentation",
    "192.88.99.0/24": "a 6to4 relay",
    "192.168.0.0/16": "a private network",
    "198.18.0.0/15": "benchmarking",
    "198.51.100.0/24": "documentation",
    "203.0.113.0/24": "documentation",
    "224.0.0.0/4": "multicast",
    "240.0.0.0/4": "reserved",
}
_V6 = {
    "::1/128": "loopback",
    "::/128": "this host",
    "::ffff:0:0/96": "an IPv4 address inside IPv6",
    "::/96": "an IPv4 address inside IPv6",
    "64:ff9b::/96": "NAT64",
    "64:ff9b:1::/48": "NAT64",
    "100::/64": "a black hole",
    "2001::/23": "protocol assignments: Teredo",
    "2001:db8::/32": "documentation",
    "2002::/16": "6to4",
    "3fff::/20": "documentation",
    "fc00::/7": "a private network",
    "fe80::/10": "link-local",
    "fec0::/10": "site-local",
    "ff00::/8": "multicast",
}
_REFUSED_V4 = tuple((IPv4Network(network), name) for network, name in _V4.items())
_REFUSED_V6 = tuple((IPv6Network(network), name) for network, name in _V6.items())
_GLOBAL_V6 = IPv6Network("2000::/3")
_INNER = ("localhost", "localdomain", "local", "internal", "intranet", "private", "corp", "home", "lan", "home.arpa")
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*")


def refusal(address: str) -> str | None:
    """What an address as a socket gets it is, where it may not be reached; None for a public one."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return "no IP address"
    if isinstance(ip, ipaddress.IPv4Address):
        return next((name for network, name in _REFUSED_V4 if ip in network), None)
    named = next((name for network, name in _REFUSED_V6 if ip in network), None)
    return named or (None if ip in _GLOBAL_V6 else "reserved")


def refusal_by_name(host: str) -> str | None:
    """What a host is as far as its look tells, where somebody else looks names up; None for one that looks public."""
    name = host.lower().rstrip(".")
    if ":" in name:
        return refusal(name)
    if not re.fullmatch(r"[a-z0-9._-]+", name):
        return "no host name"
    if _NUMBER.fullmatch(name.rpartition(".")[2]):
        return _refusal_of_number(name)
    if "." not in name or name.endswith(tuple(f".{inner}" for inner in _INNER)):
        return "a name of an inner network"
    return None


def _refusal_of_number(name: str) -> str | None:
    """127.1, 0x7f000001 and 2130706433 are addresses too."""
    try:
        return refusal(socket.inet_ntoa(socket.inet_aton(name)))
    except OSError:
        return "no IP address"


class Allowed:
    """`allow_hosts`: names or literals, with or without a port, that may be private: each by itself, never all at once."""

    def __init__(self, hosts: tuple[str, ...]) -> None:
        self._hosts = frozenset(_canonical(host) for host in hosts)

    def private(self, host: str, port: int) -> bool:
        return bool({_canonical(host), self._with_port(host, port)} & self._hosts)

    def port(self, host: str, port: int) -> bool:
        return port in PORTS or self._with_port(host, port) in self._hosts

    def _with_port(self, host: str, port: int) -> str:
        return f"{_canonical(host)}:{port}"


def _canonical(host: str) -> str:
    """Lower case, IPv6 in brackets and in its short form, without the dot of a full name."""
    host = host.strip().lower()
    if ":" not in host:
        return host.rstrip(".")
    bare, _, port = host.rpartition("]") if host.startswith("[") else (host, "", "")
    try:
        return f"[{ipaddress.IPv6Address(bare.lstrip('['))}]{port}"
    except ValueError:
        name, colon, port = host.partition(":")
        return f"{name.rstrip('.')}{colon}{port}"
