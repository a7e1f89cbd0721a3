"""Processor time of the CET and of schedules: `python -m bench.finance`.

Side by side with an earlier commit, taken from the repository beside this one and run in turn in processes of its own,
so that a busy machine slows both alike; the best of each is compared. Without that commit (no repository, a shallow
clone) only the times of this one are told.
"""

import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

from bench.measuring.figures import print_result
from bench.measuring.machine import describe_machine
from sandbox.cloud.settings import PROJECT

COMPARED = "efcdb5c"
TURNS = 3
TARGET_RATIOS = {"cet_60": 0.24, "cet_420": 0.2, "schedule_420": 0.35}

PROGRAM = """
import json, sys, time
from datetime import date
sys.path.insert(0, sys.argv[1])
from lastro.finance.cet import annual_cet
from lastro.finance.price import price_installment, price_schedule
try:
    from lastro.kernel.calendar import add_months, monthly_due_dates
    from lastro.kernel.money import MonthlyRate
except ImportError:
    from lastro.calendar import add_months, monthly_due_dates
    from lastro.money import MonthlyRate

def best(act):
    found = []
    for _ in range(9):
        started = time.process_time()
        for _ in range(40):
            act()
        found.append((time.process_time() - started) / 40)
    return min(found) * 1000

release, rate, principal = date(2025, 8, 1), MonthlyRate.from_percent("1.79"), 50_000_00
figures = {}
for count in (12, 60, 420):
    due_dates = monthly_due_dates(add_months(release, 1), count)
    value = price_installment(principal, rate, count)
    payments = [(due_date, value) for due_date in due_dates]
    figures[f"cet_{count}"] = best(lambda: annual_cet(49_000_00, release, payments))
    figures[f"schedule_{count}"] = best(lambda: price_schedule(principal, rate, due_dates))
print(json.dumps(figures))
"""


def _earlier(folder: Path) -> Path | None:
    """The layer of the compared commit, ``None`` where the repository does not have it."""
    archive = subprocess.run(
        ["git", "archive", COMPARED, "layers/lastro"], cwd=PROJECT, capture_output=True, check=False
    )
    if archive.returncode:
        return None
    subprocess.run(["tar", "x", "-C", str(folder)], input=archive.stdout, check=True)
    return folder / "layers/lastro"


def run() -> dict[str, Any]:
    """Milliseconds of processor time, and the ratios to the compared commit's."""
    with tempfile.TemporaryDirectory(prefix="lastro-bench-") as name:
        trees = {"now": PROJECT / "layers/lastro", COMPARED: _earlier(Path(name))}
        found: dict[str, dict[str, float]] = defaultdict(dict)
        for _ in range(TURNS):
            for tree, path in trees.items():
                if path is None:
                    continue
                output = subprocess.run(
                    [sys.executable, "-c", PROGRAM, str(path)], capture_output=True, text=True, check=True
                ).stdout
                for what, taken in json.loads(output).items():
                    found[what][tree] = min(taken, found[what].get(tree, taken))
    times = {what: {tree: round(taken, 4) for tree, taken in each.items()} for what, each in found.items()}
    ratios = {what: each["now"] / each[COMPARED] for what, each in found.items() if COMPARED in each}
    return {
        "benchmark": "finance",
        "machine": describe_machine(),
        "processor_ms": times,
        "targets": {
            what: {"target": target, "ratio": round(ratios[what], 3), "met": ratios[what] <= target}
            for what, target in TARGET_RATIOS.items()
            if what in ratios
        },
    }


if __name__ == "__main__":
    print_result(run())
