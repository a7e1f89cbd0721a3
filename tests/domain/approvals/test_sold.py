"""A sale: the last day on which something of it is due, and who holds it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from lastro.approvals.evaluation.requests import SentFlow, read_flow
from lastro.approvals.sales.model import Sale, last_due, leave

NOW = datetime(2026, 11, 10, 12, tzinfo=UTC)
SIGNED = date(2026, 11, 10)

payments = st.tuples(
    st.dates(SIGNED, date(2040, 12, 31)),
    st.sampled_from(["single", "down_payment", "monthly", "half_yearly", "annual", "keys"]),
    st.integers(1, 40),
)


def make_sale(flow: SentFlow, *customer_ids: int) -> Sale:
    return Sale(
        id=1,
        reservation_id=1,
        development="Residencial Exemplo",
        unit="101",
        price_table="Tabela 2026",
        customer_ids=customer_ids,
        total_cents=flow.total_cents,
        paid_cents=flow.total_cents,
        flow=flow.model_dump_json(),
        signed_on=SIGNED,
        sold_by="ana.souza",
        created_at=NOW,
        updated_at=NOW,
    )


@given(st.lists(payments, min_size=1, max_size=6))
def test_the_last_due_date_is_that_of_the_flow_written_out(sent: list[tuple[date, str, int]]) -> None:
    series = ("monthly", "half_yearly", "annual")
    listed = [
        {
            "due_date": day.isoformat(),
            "amount_cents": 100,
            "kind": kind,
            "installments": times if kind in series else 1,
        }
        for day, kind, times in sent
    ]
    body = {"signed_on": SIGNED.isoformat(), "total_cents": 100_000_000, "payments": listed}
    flow = SentFlow.model_validate_json(json.dumps(body))
    assert last_due(make_sale(flow, 1)) == max(each.due_date for each in read_flow(flow).payments)


def test_a_part_that_ends_is_nobody_elses() -> None:
    body = {"signed_on": "2026-11-10", "total_cents": 100, "payments": [{"due_date": "2026-11-10", "amount_cents": 1}]}
    sale = make_sale(SentFlow.model_validate_json(json.dumps(body)), 1, 2)
    left = leave(sale, 1)
    assert (left.customer_ids, left.version, left.updated_at) == ((2,), sale.version + 1, sale.updated_at)
