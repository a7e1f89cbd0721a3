"""The machine's own name service."""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from ipaddress import ip_address

from lastro.webhooks.callbacks.addresses import IpAddress

Resolve = Callable[[str], Sequence[IpAddress]]
"""Every address a name leads to, none when it leads nowhere."""


def resolve_host(host: str) -> Sequence[IpAddress]:
    """Every address a name leads to; none when the name service does not know it or does not answer."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except OSError:
        return ()
    return tuple(dict.fromkeys(ip_address(entry[4][0]) for entry in found))
