"""The HTTP client under every adapter.

It belongs to one event loop; whoever opens it keeps that loop and reuses it for every call, so that connections stay
warm.
"""

from __future__ import annotations

import logging
import ssl
from base64 import b64encode
from functools import cache
from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpx

LIMITS = httpx.Limits(max_connections=100, max_keepalive_connections=50, keepalive_expiry=30.0)
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
        timeout=timeout, limits=limits, verify=_trust(), follow_redirects=False, trust_env=False, cookies=cookies
    )


@cache
def _trust() -> ssl.SSLContext:
    """The authorities that are trusted, read once: they take longer than all else of a client, and change with none."""
    return httpx.create_ssl_context(trust_env=False)


def basic_credentials(username: str, password: str) -> str:
    """The value of an ``Authorization`` header of the Basic scheme (RFC 7617, in UTF-8)."""
    return "Basic " + b64encode(f"{username}:{password}".encode()).decode()
