"""Where calls without a credential come from. Pure.

A source is an IPv4 address or the /64 of an IPv6 address, of which one subscriber has all (RFC 6177). It is kept as a
digest: an address tells of a person (LGPD, art. 5, I).
"""

from __future__ import annotations

from hashlib import sha256
from ipaddress import IPv4Address, IPv6Address, ip_address

_PREFIX = 64


def name_source(address: str) -> str:
    """A name for the source of a call; one for all whose address cannot be read."""
    try:
        found: IPv4Address | IPv6Address | None = ip_address(address)
    except ValueError:
        found = None
    if isinstance(found, IPv6Address):
        found = found.ipv4_mapped or IPv6Address(int(found) >> 128 - _PREFIX << 128 - _PREFIX)
    return sha256(str(found).encode()).hexdigest()[:32]
