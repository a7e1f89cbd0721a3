"""One botocore client per service and process.

botocore instead of boto3: the same clients, without the resource layer that every cold start would pay for
(``docs/decisions/0002-cold-start.md``).
"""

from __future__ import annotations

import os
from functools import cache
from typing import Any

import botocore.session
from botocore.config import Config

_CONFIG = Config(
    connect_timeout=2,
    read_timeout=10,
    retries={"mode": "standard", "total_max_attempts": 4},
    max_pool_connections=32,
    tcp_keepalive=True,
)


@cache
def _session() -> Any:
    return botocore.session.get_session()


@cache
def open_client(service: str) -> Any:
    """The process's client for an AWS service; ``AWS_ENDPOINT_URL`` points it at the local cloud."""
    return _session().create_client(service, config=_CONFIG, endpoint_url=os.environ.get("AWS_ENDPOINT_URL") or None)
