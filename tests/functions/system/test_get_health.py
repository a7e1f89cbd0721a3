"""Whether the system answers."""

from __future__ import annotations

import tomllib

from tests.functions.invocation import ROOT, call_function


def test_healthy_without_a_key_and_without_aws() -> None:
    answer = call_function("system", "get_health")
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert (answer.status, answer.json) == (200, {"status": "ok", "version": version})
