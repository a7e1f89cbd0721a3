"""The HTTP client under every adapter.

It belongs to one event loop; whoever opens it keeps that loop and reuses it for every call, so that connections stay
warm.
"""

from __future__ import annotations

import logging
import ssl
import sys
from base64 import b64encode
from functools import cache
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import TYPE_CHECKING, cast

import httpx

from lastro.vendors.kit.lanes import Lanes

if TYPE_CHECKING:
    from types import ModuleType

LIMITS = httpx.Limits(max_connections=100, max_keepalive_connections=50, keepalive_expiry=30.0)

# httpcore looks for sniffio at each lock and each event, eight times a call, and goes by asyncio where it is not there:
# half a millisecond of every call to a vendor. What is known not to be there is not looked for (Python's reference,
# "The import system", 5.3.1), and nothing but asyncio runs here.
cast("dict[str, ModuleType | None]", sys.modules).setdefault("sniffio", None)

JSON_HEADERS = {"content-type": "application/json", "accept": "application/json"}


def is_tls_fault(error: BaseException) -> bool:
    """Whether a connection came about and its TLS did not: a certificate not to be trusted, no common protocol."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            return True
        cause = cause.__cause__ or cause.__context__
    return False


def open_http(*, timeout: httpx.Timeout, limits: httpx.Limits = LIMITS) -> httpx.AsyncClient:
    """Open a client: TLS verified, redirects not followed, environment proxies ignored, no cookie kept.

    The request logs of the HTTP library are silenced: they would write addresses and headers.
    """
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)
    # One client serves the credentials of many: a session that a vendor opens for one must not travel with another.
    cookies = CookieJar(DefaultCookiePolicy(allowed_domains=()))
    return httpx.AsyncClient(
        transport=Lanes(limits, _trust()), timeout=timeout, follow_redirects=False, trust_env=False, cookies=cookies
    )


@cache
def _trust() -> ssl.SSLContext:
    """The authorities that are trusted, read once: they take longer than all else of a client, and change with none."""
    return httpx.create_ssl_context(trust_env=False)


def basic_credentials(username: str, password: str) -> str:
    """The value of an ``Authorization`` header of the Basic scheme (RFC 7617, in UTF-8)."""
    return "Basic " + b64encode(f"{username}:{password}".encode()).decode()
