"""The search of a catalogue of two thousand models: `python -m bench.vehicles`.

The use case runs in this process against the local cloud's table, as the function would: what a search takes and asks
once the process holds the catalogue, what the first one takes besides, and how large the index is for each model,
packed in the table and unpacked in memory.
"""

import os
import time
import tracemalloc
import uuid
from typing import Any

from bench.measuring.cloud import deployed_variables, open_cloud
from bench.measuring.figures import print_result, spread
from bench.measuring.machine import describe_machine
from bench.measuring.request_log import RequestLog
from lastro.aws.dynamodb.keys import vehicles as keys
from lastro.aws.dynamodb.table import Table
from lastro.kernel.callers.caller import Caller
from lastro.vehicles.catalogue.requests import SearchModel
from lastro.vehicles.catalogue.search import SearchIndex
from lastro.vehicles.catalogue.store import CatalogueStore
from lastro.vehicles.catalogue.usecases import Models
from lastro.vehicles.wiring import open_loading
from sandbox.catalogue import make_catalogue

TARGET_MS = 50
TARGET_BYTES = 1024
ROUNDS = 20
ASKED = (
    "aurora brisa 2022",
    "cometa obrita conforto 1,0 12v",
    "uirapuru 2008 cidade",
    "ORBTA confrto esprte turba",
    "c40",
    "aurora orla conforto turbo flex 5p carro 2022 1.0",
)


def measure(table: Table, log: RequestLog, partner_id: str) -> dict[str, Any]:
    """Milliseconds and requests of warm searches, and the index by model."""
    store = CatalogueStore(table)
    models, caller = Models(store), Caller(partner_id, ())
    searches = [SearchModel.model_validate({"q": text}) for text in ASKED]
    started = time.perf_counter()
    models.search(searches[0], caller)
    first = (time.perf_counter() - started) * 1000
    log.take()
    milliseconds = []
    for search in searches * ROUNDS:
        started = time.perf_counter()
        models.search(search, caller)
        milliseconds.append((time.perf_counter() - started) * 1000)
    tally = log.take()
    catalogue = store.find(partner_id).catalogue
    return {
        "models": len(catalogue.models),
        "first_search_ms": round(first, 1),
        "search_ms": spread(milliseconds),
        "reads_a_search": sum(tally.requests.values()) / len(milliseconds),
        "bytes_a_model": {
            "packed": round(packed_bytes(table, partner_id) / len(catalogue.models)),
            "in_memory": round(index_bytes(SearchIndex(catalogue)) / len(catalogue.models)),
        },
    }


def packed_bytes(table: Table, partner_id: str) -> int:
    parts = table.query(keys.catalogue(partner_id).pk, prefix=keys.CATALOGUE_PARTS)
    return sum(len(bytes(part["models"])) for part in parts)


def index_bytes(index: SearchIndex) -> int:
    """What a search adds to the catalogue that it is about."""
    tracemalloc.start()
    index.find_best(ASKED[0])
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return held


def main() -> None:
    with open_cloud() as cloud:
        os.environ.update(deployed_variables(cloud, "search_vehicle_model"))
        partner_id = str(uuid.uuid4())
        open_loading().load(partner_id, make_catalogue().encode())
        found = measure(Table(), RequestLog(), partner_id)
    worst, largest = found["search_ms"]["worst"], max(found["bytes_a_model"].values())
    targets = {
        "search_ms": {"target": TARGET_MS, "worst": worst, "met": worst < TARGET_MS},
        "reads_a_search": {"target": 1, "measured": found["reads_a_search"], "met": found["reads_a_search"] == 1},
        "bytes_a_model": {"target": TARGET_BYTES, "largest": largest, "met": largest < TARGET_BYTES},
    }
    print_result({"benchmark": "vehicles", "targets": targets, "machine": describe_machine(), **found})


if __name__ == "__main__":
    main()
