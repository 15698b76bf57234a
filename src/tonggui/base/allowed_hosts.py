"""Hosts that may be asked for something, as the bureau lists them: names with an optional port, and networks.

An address comes from outside, so asking for it is a request that a stranger chose. A name leads only to the public
network; an address on a private network or this machine is asked only where that very network is listed
(10.20.0.0/16), not because a listed name leads there.
"""

import ipaddress
import re
import socket
from dataclasses import dataclass
from urllib.parse import SplitResult

from tonggui.base.errors import Problem

PORTS = {"http": 80, "https": 443}
NOWHERE = "无"
SEPARATORS = re.compile(r"[,，、;；\s]+")
NAMED = re.compile(r"((?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)(?::(\d{1,5}))?")
LARGEST_PORT = 65_535

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Name = tuple[str, int | None]


class NotAllowed(Problem):
    """An address that may not be asked."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """Who may be asked. `unread` are the entries that are neither host nor network, each with its place in the list."""

    names: frozenset[Name]
    networks: tuple[Network, ...]
    unread: tuple[str, ...] = ()

    @classmethod
    def read(cls, written: str) -> "Allowed":
        """From a list such as `img.example.cn，10.20.0.0/16，nvr.example.cn:8080`; 无 allows nothing."""
        names, networks, unread = set(), [], []
        for place, part in enumerate(filter(None, SEPARATORS.split(written.strip())), start=1):
            entry = _entry(part.lower())
            if isinstance(entry, tuple):
                names.add(entry)
            elif entry is not None:
                networks.append(entry)
            elif part != NOWHERE:
                unread.append(f"第 {place} 项“{part[:60]}”")
        return cls(frozenset(names), tuple(networks), tuple(unread))

    def address(self, url: SplitResult) -> tuple[str, int]:
        """The address and port to connect to for a URL; NotAllowed where it may not be asked, OSError where unknown."""
        host = (url.hostname or "").rstrip(".").lower()
        try:
            port = url.port or PORTS[url.scheme.lower()]
        except ValueError:
            raise NotAllowed(f"端口号不对：{url.netloc[:80]}") from None
        named = (host, port) in self.names or ((host, None) in self.names and port in PORTS.values())
        found = [ipaddress.ip_address(row[4][0]) for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
        for one in found:
            public = one.is_global and not one.is_multicast
            if self._within(one) or (named and (public or (str(one), port) in self.names)):
                return str(one), port
        if named:
            raise NotAllowed(f"{host} 指向内部网络", do="如确需取用，请把该网段加入“影像取用地址”")
        raise NotAllowed(f"{host} 不在允许取用的地址之列", do="请由本局在参数“影像取用地址”中登记")

    def _within(self, one: Address) -> bool:
        return any(one in network for network in self.networks if network.version == one.version)


def checked(written: str) -> None:
    """Problem with the place of each entry that can be read neither as a host nor as a network."""
    if unread := Allowed.read(written).unread:
        raise Problem(
            f"{'、'.join(unread)}既不是主机名，也不是网段",
            do="请写成 img.example.cn、nvr.example.cn:8080 或 10.20.0.0/16 这样的形式，不带 http:// 和路径，以逗号分开",
        )


def _entry(part: str) -> Name | Network | None:
    """One entry: a network, a single address with it; a name, with a port or without; None where it is neither."""
    try:
        return ipaddress.ip_network(part, strict=False)
    except ValueError:
        found = NAMED.fullmatch(part)
    if not found or (found[2] and not 0 < int(found[2]) <= LARGEST_PORT):
        return None
    if found[1].replace(".", "").isdigit():
        return (found[1], int(found[2])) if found[2] and _is_address(found[1]) else None
    return found[1], int(found[2]) if found[2] else None


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
