"""Import and client creation of functions against two ordinary handlers: `python -m bench.cold_start`.

One function of each kind is measured, with LASTRO_BENCH_ONLY=create_lead,create_proposal those, and with
LASTRO_BENCH_EVERY=1 every one: once each, and those that took longest in as many rounds as ever.

Each run is a fresh process. The clock starts when the interpreter is up and stops when the module is imported and every
use case it holds is opened, clients included. Runs of all functions alternate, so that a busy machine slows all alike,
and the processor's own time is judged: it suffers less from neighbours than the clock's, which is given beside it.
"""

import json
import re
import statistics
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from bench.measuring.figures import print_result
from bench.measuring.fresh_process import BuiltFunction, BuiltSystem, built_system, choose
from bench.measuring.machine import describe_machine

RUNS = 3
AT_ONCE = 24
"""Functions that are measured in rounds; of more, those that took longest when each was tried once."""
BETWEEN = 10
"""Functions tried once between two tries of the reference: the machine may slow down on the way."""
TARGET_RATIO = 0.8
MEDIAN_RATIO, MEDIAN_OF_COOKBOOK = 0.55, 0.45
"""Of the functions of the API, against the reference and against the handler of cookbooks."""
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


Measured = dict[str, list[dict[str, Any]]]


def run(system: BuiltSystem) -> dict[str, Any]:
    """Medians of functions, their ratios to the reference handler, and where the slowest spend their time."""
    chosen = choose(system.functions)
    tried = _try_once(system, chosen) if len(chosen) > AT_ONCE else {}
    slowest_first = sorted(chosen, key=lambda each: -tried.get(each.operation, 0.0))
    found = _measure(system, slowest_first[:AT_ONCE])
    reference, cookbook = (_figures(found[each.operation]) for each in (system.reference, system.cookbook))
    functions = {}
    for function in slowest_first[:AT_ONCE]:
        own = _figures(found[function.operation])
        functions[function.operation] = {
            "trigger": function.trigger,
            **own,
            "ratio": round(own["wall_ms"] / reference["wall_ms"], 3),
            "cpu_ratio": round(own["cpu_ms"] / reference["cpu_ms"], 3),
        }
    by_ratio = sorted(functions, key=lambda name: -functions[name]["cpu_ratio"])
    judged = [name for name in by_ratio if functions[name]["trigger"] == "http"]
    slowest = [each for name in judged[:EXPLAINED] for each in system.functions if each.operation == name]
    worst = functions[judged[0]]
    ratios = tried or {name: functions[name]["cpu_ratio"] for name in functions}
    median = statistics.median(ratios[each.operation] for each in chosen if each.trigger == "http")
    of_cookbook = median * reference["cpu_ms"] / cookbook["cpu_ms"]
    return {
        "benchmark": "cold_start",
        "machine": describe_machine(),
        "runs": RUNS,
        "functions_measured": f"{len(functions)} of {len(system.functions)}",
        "reference": reference,
        "cookbook": cookbook,
        "functions": {name: functions[name] for name in by_ratio},
        "tried_once": {name: tried[name] for name in sorted(tried, key=lambda name: -tried[name])},
        "where_time_goes_ms": {each.operation: _explain(system, each) for each in (system.reference, *slowest)},
        "targets": {
            "cpu_ratio": {
                "target": TARGET_RATIO,
                "worst": worst["cpu_ratio"],
                "worst_by_clock": max(functions[name]["ratio"] for name in judged),
                "worst_function": judged[0],
                "met": worst["cpu_ratio"] <= TARGET_RATIO,
            },
            "median_cpu_ratio": {"target": MEDIAN_RATIO, "measured": round(median, 3), "met": median <= MEDIAN_RATIO},
            "median_cpu_ratio_of_cookbook": {
                "target": MEDIAN_OF_COOKBOOK,
                "measured": round(of_cookbook, 3),
                "met": of_cookbook <= MEDIAN_OF_COOKBOOK,
            },
        },
    }


def _try_once(system: BuiltSystem, functions: Sequence[BuiltFunction]) -> dict[str, float]:
    """Each one's processor time by that of the reference handler tried shortly before and after it."""
    # The first try fills the file cache with what all of them read.
    before = [_open(system, system.reference) for _ in range(2)][-1]
    tried: dict[str, float] = {}
    for first in range(0, len(functions), BETWEEN):
        some = functions[first : first + BETWEEN]
        taken = [_open(system, function)["cpu_ms"] for function in some]
        after = _open(system, system.reference)
        reference = (before["cpu_ms"] + after["cpu_ms"]) / 2
        tried |= {each.operation: round(own / reference, 3) for each, own in zip(some, taken, strict=True)}
        before = after
    return tried


def _measure(system: BuiltSystem, functions: Sequence[BuiltFunction]) -> Measured:
    """What each round found of each function and of the reference handler."""
    found: Measured = defaultdict(list)
    for number in range(RUNS + 1):
        for function in (system.reference, system.cookbook, *functions):
            opened = _open(system, function)
            if number > 0:  # the first fills the file cache
                found[function.operation].append(opened)
    return found


def _open(system: BuiltSystem, function: BuiltFunction) -> dict[str, Any]:
    opened: dict[str, Any] = json.loads(system.run(function, OPEN).stdout)
    return opened


def _figures(rounds: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {
        "wall_ms": round(statistics.median(each["wall_ms"] for each in rounds), 1),
        "cpu_ms": round(statistics.median(each["cpu_ms"] for each in rounds), 1),
        "modules": rounds[-1]["modules"],
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
