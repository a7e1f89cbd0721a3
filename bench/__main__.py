"""Every benchmark, one JSON document: `python -m bench`.

One cloud serves all; each benchmark is a process of its own, so that none inherits another's imports or memory. What
was missed is in ``targets``, at the head: a busy machine is no reason to fail.
"""

import json
import os
import resource
import subprocess
import sys
import time
from typing import Any

from bench.measuring.cloud import open_cloud
from bench.measuring.figures import print_result
from sandbox.cloud.errors import CloudFailure
from sandbox.cloud.settings import PROJECT

# The pipeline first, on an empty table; memory last, since it leaves a simulation unfinished.
BENCHMARKS = (
    "pipeline",
    "finance",
    "post",
    "approvals",
    "vehicles",
    "scale_check",
    "neighbours",
    "aws_requests",
    "bureau_tokens",
    "cold_start",
    "panel",
    "memory",
)
TARGET_SECONDS = 600
"""All of it, the start of its cloud included, on quiet cores."""
MOST_SECONDS = 180
"""Of one benchmark: what takes so long is stuck, or on a machine whose figures would say nothing."""


def main() -> int:
    """0 when everything was measured, 1 when the cloud or a benchmark failed: the others are told all the same."""
    results: dict[str, Any] = {}
    started = time.monotonic()
    try:
        with open_cloud() as cloud:
            environment = dict(os.environ)
            environment |= {variable: str(port) for variable, port in cloud.settings.ports.items()}
            environment |= {"LASTRO_LOCAL_DIR": str(cloud.settings.local), "LASTRO_REUSE": "1"}
            _tell("cloud", time.monotonic() - started)
            for name in BENCHMARKS:
                began = time.monotonic()
                found = _measure(name, environment)
                taken = time.monotonic() - began
                _tell(name, taken)
                results[name] = {"seconds": round(taken), **found}
    except CloudFailure as failure:
        print(failure.report(), file=sys.stderr)
        return 1
    targets = {
        f"{name}.{target}": figures
        for name, result in results.items()
        for target, figures in result.get("targets", {}).items()
    }
    seconds = time.monotonic() - started
    _tell("all", seconds)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    targets["bench.seconds"] = {
        "target": TARGET_SECONDS,
        "seconds": round(seconds),
        # Of everything that was started, the cloud included: on a busy machine this tells what the clock does not.
        "processor_seconds": round(used.ru_utime + used.ru_stime),
        "met": seconds <= TARGET_SECONDS,
    }
    failed = [name for name, result in results.items() if "failed" in result]
    print_result({"failed": failed, "targets": targets, **results})
    return 1 if failed else 0


def _measure(name: str, environment: dict[str, str]) -> dict[str, Any]:
    """What a benchmark printed, or why there is nothing of it."""
    try:
        process = subprocess.run(
            [sys.executable, "-m", f"bench.{name}"],
            stdout=subprocess.PIPE,
            env=environment,
            cwd=PROJECT,
            timeout=MOST_SECONDS,
        )
    except subprocess.TimeoutExpired:
        return {"failed": f"not over after {MOST_SECONDS} s"}
    if process.returncode:
        return {"failed": f"ended with {process.returncode}"}
    found: dict[str, Any] = json.loads(process.stdout)
    return found


def _tell(what: str, seconds: float) -> None:
    print(f"{what}: {seconds:.0f} s", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
