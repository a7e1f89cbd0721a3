"""Which web pages of other origins may call the API: those the deployment names, none by default.

Source: the Fetch standard, https://fetch.spec.whatwg.org/#http-cors-protocol. No credential travels by itself (a key is
sent in ``Authorization``), so cookies and the like are never allowed.
"""

from __future__ import annotations

from collections.abc import Mapping

from lastro.aws.settings import find_setting

_METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE"
_SENT = "Authorization, Content-Type, Idempotency-Key, If-None-Match, Prefer, Store-Id"
_READ = "ETag, Preference-Applied, RateLimit, RateLimit-Policy, Retry-After, WWW-Authenticate, x-request-id"
_MAX_AGE = "600"


def cors_headers(method: str, headers: Mapping[str, str]) -> dict[str, str]:
    """What lets the page that asks call and read the answer; ``headers`` by names in lower case.

    Nothing for an unknown page. ``OPTIONS`` is what a browser asks before the call itself.
    """
    allowed = frozenset(find_setting("LASTRO_CORS_ORIGINS").replace(",", " ").split())
    if not allowed:
        return {}
    origin = headers.get("origin", "")
    # Caches keep the answers to different origins apart, those to unknown ones too.
    told = {"Vary": "Origin"}
    if origin not in allowed:
        return told
    told["Access-Control-Allow-Origin"] = origin
    if method != "OPTIONS":
        return told | {"Access-Control-Expose-Headers": _READ}
    return told | {
        "Access-Control-Allow-Methods": _METHODS,
        "Access-Control-Allow-Headers": _SENT,
        "Access-Control-Max-Age": _MAX_AGE,
    }
