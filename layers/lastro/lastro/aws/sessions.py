"""botocore's clients, for what few calls need: e-mail, texts, the versions and the tags of files.

botocore instead of boto3, which makes the same clients and costs more (figures in docs/decisions/0002-cold-start.md).
"""

from __future__ import annotations

import os
from functools import cache
from threading import Lock
from typing import Any

import botocore.session
from botocore.config import Config

from lastro.aws.services.service import ATTEMPTS, CONNECT_SECONDS, CONNECTIONS, READ_SECONDS, USER_AGENT

_CONFIG = Config(
    connect_timeout=CONNECT_SECONDS,
    read_timeout=READ_SECONDS,
    retries={"mode": "standard", "total_max_attempts": ATTEMPTS},
    max_pool_connections=CONNECTIONS,
    tcp_keepalive=True,
    user_agent=USER_AGENT,
)

_ONCE = _CONFIG.merge(Config(retries={"mode": "standard", "total_max_attempts": 1}))
"""Who carries a message to a person knows no request twice: a second try might be a second message."""

_CONFIGS = {"sesv2": _ONCE, "sns": _ONCE}


@cache
def open_session() -> Any:
    """The process's session: credentials and region that are not in the environment, and clients."""
    return botocore.session.get_session()


_OPENING = Lock()


def make_client(service: str) -> Any:
    """A client of botocore's, another each time; ``AWS_ENDPOINT_URL`` points it at the local cloud.

    A session makes one at a time (boto3's guide, "Multithreading or multiprocessing with sessions").
    """
    endpoint = os.environ.get("AWS_ENDPOINT_URL") or None
    with _OPENING:
        return open_session().create_client(service, config=_CONFIGS.get(service, _CONFIG), endpoint_url=endpoint)
