"""Clients that know every operation of a service: those of ``lastro/aws`` are described what it calls, and no more.

Sessions are new each time, as variables and keys may be; what botocore ships of services is read once for all.
"""

from __future__ import annotations

import os
from functools import cache
from typing import Any

import botocore.session
from botocore.loaders import Loader
from botocore.session import Session


@cache
def open_whole_client(service: str) -> Any:
    """The process's client of a service for what only tests do with it."""
    return open_session().create_client(service, region_name=os.environ.get("AWS_DEFAULT_REGION"))


def open_session() -> Session:
    """A session of botocore's that nobody else uses."""
    session = botocore.session.get_session()
    session.register_component("data_loader", _shipped())
    return session


@cache
def _shipped() -> Loader:
    loader: Loader = botocore.session.get_session().get_component("data_loader")
    return loader
