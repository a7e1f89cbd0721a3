"""Which addresses a notice may go to. Pure: names are resolved by whoever sends.

A partner says where its notices go, so an address is a request to connect out of our network: only HTTPS to addresses
of the public Internet is allowed. Loopback is allowed where the whole system runs on one machine, never by request.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import BusinessRefusal
from lastro.webhooks.errors import ADDRESS_TEXTS, AddressFault

MAX_URL = 2048
"""Characters of an address."""

IpAddress = IPv4Address | IPv6Address

_PRINTABLE = re.compile(r"[!-\[\]-~]+")
_NAME = re.compile(
    r"(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*"
)
_NUMBER_LABEL = re.compile(r"(?:[0-9]+|0x[0-9a-f]*)")
_LOCALHOST = "localhost"

_REFUSED_V4 = tuple(
    map(
        IPv4Network,
        (
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/3",
        ),
    )
)
"""IANA's registry of special purposes, multicast and what is reserved: spelt out, because the interpreters' own idea of
a global address has changed between versions."""

_LOOPBACK_V4 = IPv4Network("127.0.0.0/8")
_GLOBAL_V6 = IPv6Network("2000::/3")
_REFUSED_V6 = tuple(map(IPv6Network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")))
"""Within the only allocated range: protocol assignments and Teredo, documentation, 6to4 (an IPv4 address in disguise).
Mapped addresses, NAT64, unique local and link-local ones lie outside of the range."""


class AddressRefused(BusinessRefusal):
    """The address must not be called; ``code`` is an ``AddressFault``. The text never repeats the address."""

    def __init__(self, fault: AddressFault) -> None:
        super().__init__(ADDRESS_TEXTS[fault], code=fault.value)
        self.fault = fault


@dataclass(frozen=True)
class Address:
    """A checked address in its parts. ``target`` is path and query; ``ip`` is set when the host is a number."""

    scheme: str
    host: str
    port: int
    target: str
    ip: IpAddress | None = None

    @property
    def authority(self) -> str:
        """Host and port for the ``Host`` header, the port left out where it is the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def shown(self) -> str:
        """The address without its query, which may be a secret."""
        return f"{self.scheme}://{self.authority}{self.target.partition('?')[0]}"


_PORTS = {"https": 443, "http": 80}


@dataclass(frozen=True)
class AddressRule:
    """What may be called. ``loopback`` is true only where the system itself runs on the developer's machine."""

    loopback: bool = False

    def parse(self, url: str) -> Address:
        """The parts of an address that may be called as far as its text tells. Raises ``AddressRefused``.

        Numbers that some libraries read as IPv4 addresses (decimal, octal, hexadecimal, shortened) are refused: only
        four decimal parts without leading zeros count as one.
        """
        if len(url) > MAX_URL or not _PRINTABLE.fullmatch(url):
            raise AddressRefused(AddressFault.MALFORMED)
        try:
            parts = urlsplit(url)
            host, port = (parts.hostname or "").removesuffix("."), parts.port
        except ValueError as error:
            raise AddressRefused(AddressFault.MALFORMED) from error
        if "@" in parts.netloc:
            raise AddressRefused(AddressFault.USER_INFO)
        if "#" in url or port == 0 or not host:
            raise AddressRefused(AddressFault.MALFORMED)
        if parts.scheme not in _PORTS:
            raise AddressRefused(AddressFault.NOT_HTTPS)
        ip = _read_ip(host, bracketed="[" in parts.netloc)
        if ip is None and not _NAME.fullmatch(host):
            raise AddressRefused(AddressFault.MALFORMED)
        at_home = self.loopback and (_is_loopback(ip) if ip else host == _LOCALHOST)
        if parts.scheme != "https" and not at_home:
            raise AddressRefused(AddressFault.NOT_HTTPS)
        if ip is None and "." not in host and not at_home:
            raise AddressRefused(AddressFault.NOT_PUBLIC)
        if ip is not None:
            self.admit([ip])
        target = parts.path or "/"
        if parts.query:
            target += f"?{parts.query}"
        return Address(parts.scheme, str(ip) if ip else host, port or _PORTS[parts.scheme], target, ip)

    def admit(self, addresses: Sequence[IpAddress]) -> None:
        """Raise ``AddressRefused`` unless there are addresses and every one of them may be called.

        One private address among public ones refuses them all: the name is then used to reach into a network.
        """
        if not addresses:
            raise AddressRefused(AddressFault.UNRESOLVED)
        if not all(is_public(one) or (self.loopback and _is_loopback(one)) for one in addresses):
            raise AddressRefused(AddressFault.NOT_PUBLIC)


def is_public(address: IpAddress) -> bool:
    """Whether an address is one of the public Internet's, used to reach one machine."""
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _REFUSED_V4)
    return address in _GLOBAL_V6 and not any(address in network for network in _REFUSED_V6)


def _is_loopback(address: IpAddress) -> bool:
    return address in _LOOPBACK_V4 if isinstance(address, IPv4Address) else address == IPv6Address("::1")


def _read_ip(host: str, *, bracketed: bool) -> IpAddress | None:
    if not bracketed and not _NUMBER_LABEL.fullmatch(host.rpartition(".")[2]):
        return None
    if "%" in host:
        raise AddressRefused(AddressFault.MALFORMED)
    try:
        return ip_address(host)
    except ValueError as error:
        raise AddressRefused(AddressFault.MALFORMED) from error
