"""A POST of sixty conditions beside an earlier commit's: `python -m bench.post`.

What AWS answers each commit is recorded once over moto, with that commit's own code, and then played back by one small
server over loopback, so that neither moto nor a local AWS is measured. Both run in turn in processes of their own. What
counts is the ratio of the function's own processor time, and of the clock with a delay in each answer of AWS. Without
the earlier commit (no repository, a shallow clone) only the times of this one are told.
"""

import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.compared.earlier import COMPARED, unpack_earlier
from bench.measuring.figures import print_result
from bench.measuring.machine import describe_machine
from sandbox.cloud.settings import PROJECT

TURNS = 3
ROUNDS = 60
DELAY_MS = 5
TARGET_RATIO = 0.6
_STEPS = Path(__file__).with_name("compared") / "post_steps.py"


def _run(step: str, tree: Path, *arguments: str) -> Any:
    command = [sys.executable, str(_STEPS), step, str(tree), *arguments]
    output = subprocess.run(command, capture_output=True, text=True, check=True, cwd=tree).stdout
    return json.loads(output.splitlines()[-1])


def _trees(folder: Path) -> dict[str, Path]:
    """This commit's tree and, where the repository has it, the compared one's."""
    earlier = unpack_earlier(folder)
    return {"now": PROJECT} if earlier is None else {"now": PROJECT, COMPARED: earlier}


@contextmanager
def _played(tree: Path, recording: Path, delay_ms: int) -> Iterator[str]:
    """The port at which AWS's answers are played back."""
    command = [sys.executable, str(_STEPS), "play", str(tree), str(recording), str(delay_ms)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            yield server.stdout.readline().strip()
        finally:
            server.kill()


def run() -> dict[str, Any]:
    """Best milliseconds of processor time and median ones of the clock, and their ratios to the compared commit's."""
    found: dict[str, dict[str, float]] = defaultdict(dict)
    asked: dict[str, Any] = {}
    with tempfile.TemporaryDirectory(prefix="lastro-bench-") as name:
        trees = _trees(Path(name))
        recordings = {tree: Path(name) / f"{tree}.json" for tree in trees}
        for tree, path in trees.items():
            asked[tree] = _run("record", path, str(recordings[tree]))
        for _ in range(TURNS):
            for delay, what in ((0, "processor"), (DELAY_MS, "clock")):
                for tree, path in trees.items():
                    with _played(path, recordings[tree], delay) as port:
                        taken = _run("measure", path, str(recordings[tree]), port, str(ROUNDS))[what]
                    found[what][tree] = min(taken, found[what].get(tree, taken))
    ratios = {what: each["now"] / each[COMPARED] for what, each in found.items() if COMPARED in each}
    return {
        "benchmark": "post",
        "machine": describe_machine(),
        "requests": asked,
        "milliseconds": {what: {tree: round(taken, 2) for tree, taken in each.items()} for what, each in found.items()},
        "targets": {
            what: {"target": TARGET_RATIO, "ratio": round(ratio, 3), "met": ratio <= TARGET_RATIO}
            for what, ratio in ratios.items()
        },
    }


if __name__ == "__main__":
    print_result(run())
