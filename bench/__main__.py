"""Every benchmark, one JSON document: `python -m bench`.

One cloud serves all; each benchmark is a process of its own, so that none inherits another's imports or memory. What
was missed is in ``targets``, at the head: a busy machine is no reason to fail.
"""

import json
import os
import subprocess
import sys
import time
from typing import Any

from bench.cloud import open_cloud
from bench.figures import print_result
from sandbox.cloud.errors import CloudFailure
from sandbox.cloud.settings import PROJECT

# The pipeline first, on an empty table; memory last, since it leaves a simulation unfinished.
BENCHMARKS = (
    "pipeline",
    "finance",
    "post",
    "approvals",
    "scale_check",
    "neighbours",
    "aws_requests",
    "bureau_tokens",
    "cold_start",
    "memory",
)
TARGET_SECONDS = 600
"""All of it, the start of its cloud included, on quiet cores."""


def main() -> int:
    """0 when everything was measured, 1 when the cloud or a benchmark failed."""
    results: dict[str, Any] = {}
    started = time.monotonic()
    try:
        with open_cloud() as cloud:
            environment = dict(os.environ)
            environment |= {variable: str(port) for variable, port in cloud.settings.ports.items()}
            environment |= {"LASTRO_LOCAL_DIR": str(cloud.settings.local), "LASTRO_REUSE": "1"}
            for name in BENCHMARKS:
                print(f"{name} ...", file=sys.stderr, flush=True)
                began = time.monotonic()
                process = subprocess.run(
                    [sys.executable, "-m", f"bench.{name}"], stdout=subprocess.PIPE, env=environment, cwd=PROJECT
                )
                if process.returncode:
                    return 1
                results[name] = {"seconds": round(time.monotonic() - began), **json.loads(process.stdout)}
    except CloudFailure as failure:
        print(failure.report(), file=sys.stderr)
        return 1
    targets = {
        f"{name}.{target}": figures for name, result in results.items() for target, figures in result["targets"].items()
    }
    targets["bench.seconds"] = {
        "target": TARGET_SECONDS,
        "seconds": (seconds := round(time.monotonic() - started)),
        "met": seconds <= TARGET_SECONDS,
    }
    print_result({"targets": targets, **results})
    return 0


if __name__ == "__main__":
    sys.exit(main())
