"""Production or homologation, and the rule that keeps a call of one from ever reaching a host of the other.

Pure: ``http.send`` applies it to every request right before it leaves (reference bureaus.md §0, §7.3 no. 9).
"""

from __future__ import annotations

from enum import StrEnum


class Environment(StrEnum):
    """Where an integration works (seeds, "Ambiente")."""

    PRODUCTION = "production"
    HOMOLOGATION = "homologation"
