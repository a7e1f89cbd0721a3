"""Import and client creation of functions against an ordinary handler: `python -m bench.cold_start`.

One function of each kind is measured, with LASTRO_BENCH_EVERY=1 every one.

Each run is a fresh process. The clock starts when the interpreter is up and stops when the module is imported and every
use case it holds is opened, clients included. Runs of all functions alternate, so that a busy machine slows all alike;
the processor's own time is given beside the clock's because it suffers less from neighbours.
"""

import json
import re
import statistics
from collections import defaultdict
from typing import Any

from bench.figures import print_result
from bench.fresh_process import BuiltFunction, BuiltSystem, built_system, choose
from bench.machine import describe_machine

RUNS = 3
TARGET_RATIO = 0.8
EXPLAINED = 3
"""How many of the slowest functions are broken down by package."""

OPEN = """
import gc, importlib, json, sys, time
sys.path[:0] = json.loads(sys.argv[1])
wall, cpu = time.perf_counter(), time.process_time()
module = importlib.import_module(sys.argv[2])
for thing in list(vars(module).values()):
    if hasattr(thing, "cache_info") and thing.__module__.endswith("wiring"):
        thing()
paused = time.perf_counter(), time.process_time()
lazy = [held for held in gc.get_objects() if str(type(held).__module__).startswith("lastro.aws.")]
lazy = [held for held in lazy if hasattr(type(held), "_client")]
wall, cpu = wall + time.perf_counter() - paused[0], cpu + time.process_time() - paused[1]
for held in lazy:
    held._client
wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
print(json.dumps({"wall_ms": wall * 1000, "cpu_ms": cpu * 1000, "modules": len(sys.modules)}))
"""
"""A function may open its use cases, and its clients, at its first call only; here all are, for a fair comparison."""

_IMPORT_LINE = re.compile(r"import time:\s+(\d+) \|\s+\d+ \| *(\S+)")


def run(system: BuiltSystem) -> dict[str, Any]:
    """Medians of every function, their ratios to the reference handler, and where the slowest spend their time."""
    chosen = choose(system.functions)
    measured = [system.reference, *chosen]
    wall: dict[str, list[float]] = defaultdict(list)
    cpu: dict[str, list[float]] = defaultdict(list)
    modules: dict[str, int] = {}
    for number in range(RUNS + 1):
        for function in measured:
            found = json.loads(system.run(function, OPEN).stdout)
            if number == 0:  # fills the file cache
                continue
            wall[function.operation].append(found["wall_ms"])
            cpu[function.operation].append(found["cpu_ms"])
            modules[function.operation] = found["modules"]
    reference = _figures(wall, cpu, modules, system.reference)
    functions = {}
    for function in chosen:
        own = _figures(wall, cpu, modules, function)
        functions[function.operation] = {
            "trigger": function.trigger,
            **own,
            "ratio": round(own["wall_ms"] / reference["wall_ms"], 3),
            "cpu_ratio": round(own["cpu_ms"] / reference["cpu_ms"], 3),
        }
    by_ratio = sorted(functions, key=lambda name: -functions[name]["ratio"])
    judged = [name for name in by_ratio if functions[name]["trigger"] == "http"]
    slowest = [each for name in judged[:EXPLAINED] for each in system.functions if each.operation == name]
    worst = functions[judged[0]]
    return {
        "benchmark": "cold_start",
        "machine": describe_machine(),
        "runs": RUNS,
        "functions_measured": f"{len(chosen)} of {len(system.functions)}",
        "reference": reference,
        "functions": {name: functions[name] for name in by_ratio},
        "where_time_goes_ms": {each.operation: _explain(system, each) for each in (system.reference, *slowest)},
        "targets": {
            "ratio": {
                "target": TARGET_RATIO,
                "worst": worst["ratio"],
                "worst_by_cpu": max(functions[name]["cpu_ratio"] for name in judged),
                "worst_function": judged[0],
                "met": worst["ratio"] <= TARGET_RATIO,
            }
        },
    }


def _figures(
    wall: dict[str, list[float]], cpu: dict[str, list[float]], modules: dict[str, int], function: BuiltFunction
) -> dict[str, Any]:
    name = function.operation
    return {
        "wall_ms": round(statistics.median(wall[name]), 1),
        "cpu_ms": round(statistics.median(cpu[name]), 1),
        "modules": modules[name],
    }


def _explain(system: BuiltSystem, function: BuiltFunction) -> dict[str, float]:
    """Milliseconds of importing by top-level package, the dearest first; client creation is not part of it."""
    lines = system.run(function, OPEN, options=("-X", "importtime")).stderr.splitlines()
    packages: dict[str, float] = defaultdict(float)
    for line in lines:
        if found := _IMPORT_LINE.match(line):
            packages[found[2].partition(".")[0]] += int(found[1]) / 1000
    dearest = sorted(packages.items(), key=lambda pair: -pair[1])
    return {name: round(cost, 1) for name, cost in dearest[:12]}


def main() -> None:
    with built_system() as system:
        print_result(run(system))


if __name__ == "__main__":
    main()
