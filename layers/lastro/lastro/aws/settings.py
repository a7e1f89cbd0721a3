"""The environment variables the template sets; read here only."""

from __future__ import annotations

import os


class MissingSetting(KeyError):
    """A variable that must be set is not."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def read_setting(name: str) -> str:
    """Value of a variable the template must set; a missing one is a deployment fault: raises ``MissingSetting``."""
    if name not in os.environ:
        raise MissingSetting(name)
    return os.environ[name]


def find_setting(name: str, default: str = "") -> str:
    """Value of an optional variable."""
    return os.environ.get(name) or default
