"""What the rounds of ``make chaos`` have in common: how many, from which seed, and vendors that lie or are slow."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Sequence

import httpx
import pytest

from sandbox.cloud.background import RunningCloud
from sandbox.spoils import KINDS

SHORT = "LASTRO_CHAOS_ROUNDS" not in os.environ
"""The suite's round: what takes minutes to come is left to ``make chaos``."""
ROUNDS = int(os.environ.get("LASTRO_CHAOS_ROUNDS", "1"))
SEED = int(os.environ.get("LASTRO_CHAOS_SEED", "3"))
every_round = pytest.mark.parametrize("number", range(ROUNDS))

Draw = random.Random

OF_BUREAUS = tuple(kind for kind in KINDS if kind not in ("unavailable", "absent", "conflict"))
"""What may become of a bureau's answer. One that says 503, 404 or 409 has not done what it was asked for, by its own
description; to say so of what it did is no answer it could give, and nothing on our side could tell.
"""


def spoil(cloud: RunningCloud, draw: Draw, *paths: str, kinds: Sequence[str] = KINDS) -> None:
    """A few of the answers under each path never arrive as they were given."""
    rules = [{"path": path, "kind": draw.choice(kinds), "share": draw.uniform(0, 0.25)} for path in paths]
    answer = httpx.put(f"{cloud.sandbox_url}/spoils", json={"seed": draw.randrange(10**6), "rules": rules})
    assert answer.status_code == 204, answer.text
    print("spoilt:", json.dumps(rules))


def treat_receiver(cloud: RunningCloud, draw: Draw, receiver: str) -> None:
    """A partner's receiver that is down at first, or does not answer, or takes its time."""
    rules = [
        {"status": draw.choice([500, 503, 429, 404, 409]), "times": draw.randint(1, 3)},
        {"delay_ms": draw.choice([500, 2_000, 12_000]), "times": draw.randint(1, 2)},
    ]
    draw.shuffle(rules)
    answer = httpx.put(f"{cloud.sandbox_url}/callbacks/{receiver}/script", json={"rules": rules})
    assert answer.status_code == 204, answer.text
    print("receiver:", json.dumps(rules))
