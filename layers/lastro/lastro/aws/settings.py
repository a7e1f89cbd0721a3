"""The environment variables the template sets; read here only."""

from __future__ import annotations

import os


def read_setting(name: str) -> str:
    """Value of a variable the template must set; a missing one is a deployment fault and raises ``KeyError``."""
    return os.environ[name]


def find_setting(name: str, default: str = "") -> str:
    """Value of an optional variable."""
    return os.environ.get(name) or default
