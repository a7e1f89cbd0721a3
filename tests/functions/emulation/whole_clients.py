"""Clients that know every operation of a service: those of ``lastro/aws`` are described what it calls, and no more."""

from __future__ import annotations

import os
from functools import cache
from typing import Any

import botocore.session


@cache
def open_whole_client(service: str) -> Any:
    """The process's client of a service for what only tests do with it."""
    return botocore.session.get_session().create_client(service, region_name=os.environ.get("AWS_DEFAULT_REGION"))
