"""The list of a class's customers, whatever else a partner has: `python -m bench.customers`.

The use case runs in this process against the local cloud's table, as the function would, and every page of the list is
read: what is counted is how many queries and reads a page costs, and whether that grows with the customers. A tenth are
of the class that is listed.
"""

import os
import time
import uuid
from datetime import UTC, datetime
from typing import Any

from bench.measuring.cloud import deployed_variables, open_cloud
from bench.measuring.figures import print_result, spread
from bench.measuring.machine import describe_machine
from bench.measuring.request_log import RequestLog
from lastro.aws.dynamodb.keys.customers import CLASS_SHARDS
from lastro.aws.dynamodb.table import Put, Table
from lastro.customers.classes.model import Classification, ClassifiedBy, Standing
from lastro.customers.people.model import Customer
from lastro.customers.people.reading import CustomerReading
from lastro.customers.people.requests import ListCustomers
from lastro.customers.people.store import CustomerStore
from lastro.kernel.calendar import CLOCK
from lastro.kernel.callers.caller import Caller
from lastro.kernel.documents import Cpf

SIZES = (1_000, 10_000, 100_000)
LISTED_ONE_IN = 10
LISTED, OTHER = 1, 2
PER_PAGE = 100
MOMENT = datetime(2026, 11, 1, 12, tzinfo=UTC)


def seed(table: Table, partner_id: str, customers: int) -> None:
    """Their rows, which hold the place in the list of their class; nothing else is read by it."""
    store = CustomerStore(table)
    for start in range(1, customers + 1, 500):
        items = []
        for number in range(start, min(start + 500, customers + 1)):
            of_class = LISTED if number % LISTED_ONE_IN == 0 else OTHER
            customer = Customer(
                id=number,
                partner_id=partner_id,
                document=Cpf("52998224725"),
                name=f"Ana Exemplo {number}",
                created_at=MOMENT,
                updated_at=MOMENT,
                data={"genre_id": 1, "mother": "Maria Exemplo"},
                standing=Standing(Classification(of_class, ClassifiedBy.CONDITION), 1),
            )
            head = next(write for write in store.write_version(customer) if isinstance(write, Put))
            items.append((head.key, head.item))
        table.put_many(items)


def measure(table: Table, log: RequestLog, customers: int) -> dict[str, Any]:
    partner_id = str(uuid.uuid4())
    seed(table, partner_id, customers)
    reading, caller = CustomerReading(CustomerStore(table), CLOCK), Caller(partner_id, ())
    cursor, listed, pages, milliseconds = None, 0, 0, []
    log.take()
    while True:
        asked = ListCustomers.model_validate(
            {"customer_class_id": LISTED, "per_page": PER_PAGE, **({"cursor": cursor} if cursor else {})}
        )
        started = time.perf_counter()
        page = reading.list_page(asked, caller)
        milliseconds.append((time.perf_counter() - started) * 1000)
        listed, pages, cursor = listed + len(page.customers), pages + 1, page.next_cursor
        if cursor is None:
            break
    tally = log.take()
    assert listed == customers // LISTED_ONE_IN
    queries = tally.requests["dynamodb.Query"]
    return {
        "customers": customers,
        "listed": listed,
        "pages": pages,
        "queries": queries,
        "queries_a_page": round(queries / pages, 2),
        "within_one_a_page_and_two_a_shard": queries <= pages + 2 * CLASS_SHARDS,
        "batch_reads_a_page": round(tally.requests["dynamodb.BatchGetItem"] / pages, 2),
        "read_units_a_customer": round(tally.read_units / listed, 2),
        "page_ms": spread(milliseconds),
    }


def main() -> None:
    sizes = tuple(int(each) for each in os.environ.get("LASTRO_BENCH_SIZES", "").split(",") if each) or SIZES
    with open_cloud() as cloud:
        os.environ.update(deployed_variables(cloud, "list_customers"))
        log, table = RequestLog(), Table()
        found = [measure(table, log, size) for size in sizes]
    print_result({"benchmark": "customers", "machine": describe_machine(), "sizes": found})


if __name__ == "__main__":
    main()
