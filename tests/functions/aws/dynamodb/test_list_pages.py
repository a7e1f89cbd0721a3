"""A page of a list is one query: who has what it wants does not ask whether there is more of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest

from lastro.aws.clients import open_client
from lastro.aws.dynamodb.keys import Key, bureaus, financing, retention, simulations, webhooks
from lastro.aws.dynamodb.table import Table
from lastro.bureaus.inquiries.store import InquiryStore
from lastro.financing.records.store import ProposalStore
from lastro.kernel.callers.caller import Panel
from lastro.origination.processes.changes import CreditFilter
from lastro.origination.processes.rows.facets import list_of
from lastro.origination.processes.store import OriginationStore
from lastro.retention.store import RetentionStore
from lastro.simulations.leads.store import LeadStore
from lastro.simulations.store import SimulationStore
from lastro.webhooks.store import WebhookStore

PAGE, ROWS = 3, 12
PARTNER, STORE, DOCUMENT = "parceiro-das-listas", 987_654, "52998224725"

CREDITS = CreditFilter(partner_id=PARTNER)
OWNED: dict[str, tuple[str, Callable[[str], Any]]] = {
    "simulations": (
        simulations.owner_index(STORE)["by_owner_pk"],
        lambda _: SimulationStore(Table()).list_simulations(
            STORE, panel=None, after=None, newest_first=True, skip=2, limit=PAGE
        ),
    ),
    "deliveries": (
        webhooks.delivery_owner_index(PARTNER, store_id=None)["by_owner_pk"],
        lambda after: WebhookStore(Table()).list_deliveries(
            PARTNER, store_id=None, status=None, subject=None, after=after or None, limit=PAGE
        ),
    ),
    "holds": (
        retention.hold_owner_index(PARTNER)["by_owner_pk"],
        lambda after: RetentionStore(Table()).list_holds(PARTNER, after=after, limit=PAGE),
    ),
    "credits": (
        list_of(CREDITS),
        lambda after: OriginationStore(Table()).list_credits(CREDITS, after=after or None, limit=PAGE),
    ),
}
"""Partitions of an index, and what lists one from behind a place."""


def put(rows: list[tuple[Key, dict[str, Any]]]) -> None:
    Table().put_many(rows)


@pytest.fixture
def queries() -> Iterator[list[str]]:
    """The queries that DynamoDB is asked for."""
    asked: list[str] = []

    def count(event_name: str, **_: Any) -> None:
        asked.append(event_name)

    events = open_client("dynamodb").meta.events
    events.register("before-call.dynamodb.Query", count)
    yield asked
    events.unregister("before-call.dynamodb.Query", count)


@pytest.mark.usefixtures("table")
@pytest.mark.parametrize("name", OWNED)
def test_a_page_of_an_index_is_one_query(name: str, queries: list[str]) -> None:
    partition, read = OWNED[name]
    places = [f"2026-11-03T12:00:{second:02d}.000Z#{second}" for second in range(ROWS)]
    put([(Key(f"LISTED#{name}#{at}", "-"), {"by_owner_pk": partition, "by_owner_sk": at}) for at in places])
    for after in ("", places[8]):
        queries.clear()
        # The rows hold their places and nothing else: what cannot be read of them is read after the query.
        with suppress(KeyError):
            read(after)
        assert len(queries) == 1


@pytest.mark.usefixtures("table")
def test_a_page_of_a_partition_is_one_query(queries: list[str]) -> None:
    records = [retention.retained(PARTNER, DOCUMENT, "lead", f"{number:02d}") for number in range(ROWS)]
    known = {"partner_id": PARTNER, "document": DOCUMENT, "kind": "lead", "look_on": "2026-11-03"}
    put([(key, {**known, "record_id": str(number)}) for number, key in enumerate(records)])
    asked = [bureaus.subject_inquiry(PARTNER, "client", "1", f"{n:02d}", f"{n}") for n in range(ROWS)]
    put([(key, {"inquiry_id": str(number)}) for number, key in enumerate(asked)])
    for after in (0, 4):
        queries.clear()
        at = records[after].sk if after else ""
        found = RetentionStore(Table()).list_records(PARTNER, DOCUMENT, after=at, limit=PAGE)
        assert (len(found), len(queries)) == (PAGE, 1)
        queries.clear()
        at = asked[ROWS - after].sk if after else "~"
        assert len(InquiryStore(Table()).list_of_subject(PARTNER, "client", "1", after=at, limit=PAGE)) == PAGE
        assert len(queries) == 1


OF_PANELS: dict[str, tuple[str, Callable[[], Any]]] = {
    "leads": (
        f"STORE#{STORE}#LEADS",
        lambda: LeadStore(Table()).list(STORE, Panel.BROKER, skip=0, limit=PAGE),
    ),
    "simulations": (
        simulations.owner_index(STORE)["by_owner_pk"],
        lambda: SimulationStore(Table()).list_simulations(
            STORE, panel=Panel.BROKER, after=None, newest_first=True, skip=0, limit=PAGE
        ),
    ),
    "proposals": (
        financing.owner_index(STORE)["by_owner_pk"],
        lambda: ProposalStore(Table()).list_page(STORE, "~", PAGE, Panel.BROKER),
    ),
    "deliveries": (
        webhooks.delivery_owner_index(PARTNER)["by_owner_pk"],
        lambda: WebhookStore(Table()).list_deliveries(
            PARTNER, store_id=None, status=None, subject=None, after=None, limit=PAGE, panel=Panel.BROKER
        ),
    ),
    "deliveries of a store": (
        webhooks.delivery_owner_index(PARTNER, store_id=STORE)["by_owner_pk"],
        lambda: WebhookStore(Table()).list_deliveries(
            PARTNER, store_id=STORE, status=None, subject=None, after=None, limit=PAGE, panel=Panel.BROKER
        ),
    ),
}
"""Partitions that all who sell share, and what lists one panel's share of each."""


@pytest.mark.usefixtures("table")
@pytest.mark.parametrize("name", OF_PANELS)
def test_who_sells_little_where_much_is_sold_reads_little(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    partition, read = OF_PANELS[name]
    lists = {partition: ROWS, f"{partition}#agency": ROWS, f"{partition}#broker": 2}
    put(
        [
            (Key(f"{of}#{number}", "-"), {"by_owner_pk": of, "by_owner_sk": f"2026-11-03#{number:02d}"})
            for of, rows in lists.items()
            for number in range(rows)
        ]
    )
    walked: list[str] = []
    known = Table.query

    def walk(table: Table, pk: str, **asked: Any) -> Iterator[dict[str, Any]]:
        for item in known(table, pk, **asked):
            walked.append(item["by_owner_pk"])
            yield item

    monkeypatch.setattr(Table, "query", walk)
    with suppress(KeyError):
        read()
    assert walked == [f"{partition}#broker"] * 2
