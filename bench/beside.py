"""The pipeline beside an earlier commit's, in turn: `python -m bench.beside`, on demand (minutes, two local clouds).

The earlier commit is unpacked with environments from its own locks and runs a local cloud of its own. Both are asked
for the same simulations, a round of each after the other: what else the machine does meets both alike. What
counts is what is added to the banks' own time, and its ratio to the earlier one's.
"""

import platform
import shutil
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

from bench.compared.earlier import COMPARED, unpack_earlier
from bench.loads.purchase import BANK_MS
from bench.measuring.cloud import open_cloud
from bench.measuring.figures import print_result, spread
from bench.measuring.machine import describe_machine
from bench.pipeline import Round, Stage
from sandbox.cloud.background import RunningCloud, background_cloud, on_free_ports
from sandbox.cloud.settings import PROJECT

ROUNDS = 21
CALLS = {False: 2, True: 3}
"""Calls of a bank in a row, without and with suggestions."""
TARGET_RATIO = 0.5


def _open_earlier(folder: Path, stack: ExitStack) -> RunningCloud:
    """The compared commit's cloud. RuntimeError where the repository does not have it."""
    tree = unpack_earlier(folder)
    if tree is None:
        raise RuntimeError(f"this repository does not have {COMPARED}: clone it whole")
    # Its own script installs by pip, which takes minutes: this commit's installs the same locks there by uv.
    script = shutil.copy(PROJECT / "sandbox/cloud/environments.py", tree / "sandbox/cloud/environments_by_uv.py")
    shutil.copy(PROJECT / "requirements/uv.txt", tree / "requirements/uv.txt")
    subprocess.run([sys.executable, script, "dev", "cloud", "sam"], cwd=tree, check=True, stdout=sys.stderr)
    # Its build wants pip there, and its settings the version under the name that pip's environments have it.
    cloud = tree / ".local/venvs/cloud"
    subprocess.run([str(cloud / "bin/python"), "-m", "ensurepip"], check=True, stdout=sys.stderr)
    described = cloud / "pyvenv.cfg"
    described.write_text(f"{described.read_text()}version = {platform.python_version()}\n")
    settings = replace(on_free_ports(tree / ".local"), project=tree)
    return stack.enter_context(background_cloud(settings, python=str(tree / ".venv/bin/python")))


def measure(stages: dict[str, Stage], *, suggestions: bool) -> dict[str, Any]:
    """Rounds in turn, after one of each that does not count. What is added is told of warm rounds."""
    for stage in stages.values():
        stage.script(suggestions=suggestions)
        stage.run(suggestions=suggestions)
    rounds: dict[str, list[Round]] = {name: [] for name in stages}
    for _ in range(ROUNDS):
        for name, stage in stages.items():
            rounds[name].append(stage.run(suggestions=suggestions))
    own = BANK_MS * CALLS[suggestions]
    added = {
        name: spread(each.closed - own for each in of_one if not each.new_workers) for name, of_one in rounds.items()
    }
    return {
        "rounds": ROUNDS,
        "warm_rounds": {name: sum(not each.new_workers for each in of_one) for name, of_one in rounds.items()},
        "conditions": {name: of_one[0].conditions for name, of_one in rounds.items()},
        "bank_own_ms": own,
        "added_ms": added,
        "post_ms": {name: spread(each.post for each in of_one) for name, of_one in rounds.items()},
        "ratio": round(added["now"]["median"] / added[COMPARED]["median"], 3),
    }


def run(now: RunningCloud, earlier: RunningCloud) -> dict[str, Any]:
    """Both pipelines at both commits."""
    stages = {"now": Stage(now), COMPARED: Stage(earlier)}
    try:
        found = {
            "without_suggestions": measure(stages, suggestions=False),
            "with_suggestions": measure(stages, suggestions=True),
        }
    finally:
        for stage in stages.values():
            stage.close()
    targets = {
        name: {"target": TARGET_RATIO, "ratio": each["ratio"], "met": each["ratio"] <= TARGET_RATIO}
        for name, each in found.items()
    }
    return {"benchmark": "beside", "machine": describe_machine(), **found, "targets": targets}


def main() -> None:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="lastro-bench-")))
        earlier = _open_earlier(folder, stack)
        print_result(run(stack.enter_context(open_cloud()), earlier))


if __name__ == "__main__":
    main()
