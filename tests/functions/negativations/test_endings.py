"""What is kept of a debtor: exported whole, kept while it may have to be proved, then gone with all that led to it."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import date
from typing import Any

import pytest

from lastro.aws.dynamodb.table import Table
from lastro.kernel.calendar import read_moment
from lastro.kernel.documents import parse_document
from lastro.kernel.retention import ERASING, Record
from lastro.negativations import ports
from lastro.negativations.debtors.store import DEBTOR_RECORD
from lastro.negativations.endings.retention import DebtorData
from lastro.negativations.pulls.store import Pull, PullStore
from lastro.negativations.wiring import open_personal_data
from tests.functions.invocation import CNPJ, CPF, OTHER_CPF
from tests.functions.negativations.ledger import Ledger
from tests.functions.negativations.registry import WHOLE, Registry
from tests.functions.origination.contracts.contract_desk import ProcessKilled, dying_at
from tests.functions.tenants.world import all_rows

PROVES = {"retained", "idempotency_record", "api_request"}


def part() -> DebtorData:
    found = open_personal_data()
    assert isinstance(found, DebtorData)
    return found


def record_of(ledger: Ledger, debtor_id: str, document: str = CPF) -> Record:
    return Record(ledger.shop.partner_id, document, DEBTOR_RECORD, debtor_id)


def rows_of(partner_id: str, *words: str) -> list[tuple[str, str]]:
    """A partner's rows that name something, but its set-up, what lapses in a day and what says what is kept of whom."""
    return [
        key
        for key, row in all_rows().items()
        if row.get("entity", {}).get("S") not in PROVES
        and not key[0].startswith("BUREAUS#")
        and partner_id in (text := f"{key} {json.dumps(row, default=str)}")
        and any(word in text for word in words)
    ]


def listed(registry: Registry) -> tuple[dict[str, Any], str]:
    """A boleto whose debtor the bureau has listed, and the listing's id."""
    boleto = registry.add_debt()
    listing = registry.place(boleto["id"])
    assert registry.deliver(registry.take()) == []
    return boleto, str(listing["id"])


def test_a_debtor_is_found_by_its_document(ledger: Ledger) -> None:
    debtor_id = ledger.add_debtor()
    [key] = [key for key, row in all_rows().items() if row.get("record_id", {}).get("S") == debtor_id]
    assert key == (f"PERSON#{ledger.shop.partner_id}#{CPF}", f"RECORD#{DEBTOR_RECORD}#{debtor_id}")


def test_a_paid_debt_counts_from_its_payment_an_unpaid_one_from_the_day_it_is_prescribed(ledger: Ledger) -> None:
    debtor_id = ledger.add_debtor()
    record = record_of(ledger, debtor_id)
    paid = ledger.add_boleto(debtor_id, "b-1")
    ledger.settle(paid["id"], 10_000)
    standing = part().look(record)
    assert standing is not None
    assert (standing.kind.name, standing.began) == ("debt", ledger.clock.moment.date())
    ledger.add_boleto(debtor_id, "b-2", due_on="2026-02-01", prescription_years=3)
    standing = part().look(record)
    assert standing is not None
    assert standing.kept_until == date(2029, 2, 1)


def test_who_answers_for_a_debt_waits_for_its_end(ledger: Ledger) -> None:
    guarantor, other = ledger.add_debtor(OTHER_CPF), ledger.add_debtor()
    boleto = ledger.add_boleto(other, "b-1", due_on="2026-02-01", guarantor_ids=[guarantor])
    record = record_of(ledger, guarantor, OTHER_CPF)
    standing = part().look(record)
    assert standing is not None
    assert standing.kept_until == date(2031, 2, 1)
    exported = part().export(record)
    assert exported is not None
    assert exported.data["guaranteed_boletos"] == [boleto["id"]]
    assert ledger.change(boleto["id"], guarantor_ids=[]).status == 200
    standing = part().look(record)
    assert standing is not None
    assert standing.kept_until == ledger.clock.moment.date()
    assert part().end(record)
    assert rows_of(ledger.shop.partner_id, guarantor, OTHER_CPF) == []
    assert ledger.read(boleto["id"])["debtor_id"] == other


def test_a_listing_that_goes_on_is_in_use_and_one_that_is_down_is_kept_five_years(registry: Registry) -> None:
    boleto, listing_id = listed(registry)
    record = record_of(registry.ledger, boleto["debtor_id"])
    standing = part().look(record)
    assert standing is not None
    assert (standing.kind.name, standing.began) == ("negativation", None)
    assert not part().end(record)
    assert registry.read(listing_id)["status"] == "notificada"

    exported = part().export(record)
    assert exported is not None
    [told] = exported.data["negativations"]
    assert (told["id"], told["person"]["document"]) == (listing_id, "529.982.247-25")
    assert told["person"]["name"] == WHOLE["name"]
    assert told["attempts"][0]["answer"] == "done"
    assert json.loads(json.dumps(exported.data, default=str))

    take_down(registry, boleto, listing_id)
    standing = part().look(record)
    assert standing is not None
    assert standing.began == registry.clock.moment.date()
    assert standing.kept_until == date(standing.began.year + 5, standing.began.month, standing.began.day)


def take_down(registry: Registry, boleto: dict[str, Any], listing_id: str) -> None:
    assert registry.ledger.settle(boleto["id"], boleto["amount_cents"]).status == 200
    registry.remove(listing_id)
    for message in registry.take():
        assert registry.deliver([message]) == []
    assert registry.read(listing_id)["status"] == "baixada"


@pytest.mark.parametrize("position", [None, 7, 15, 24])
def test_nothing_of_a_debtor_is_left_wherever_its_erasure_was_broken_off(
    registry: Registry, position: int | None
) -> None:
    boleto, listing_id = listed(registry)
    take_down(registry, boleto, listing_id)
    partner, debtor_id = registry.shop.partner_id, boleto["debtor_id"]
    stranger = ports.Record(parse_document(CPF), boleto["contract_number"], ports.Standing.INCLUDED, "r-1")
    PullStore(Table()).keep_stranger(Pull(partner, 1, CNPJ), stranger, read_moment(boleto["created_at"]))
    other = registry.add_debt(OTHER_CPF)
    before = rows_of(partner, other["debtor_id"], other["id"], OTHER_CPF)
    record = record_of(registry.ledger, debtor_id)
    assert len(rows_of(partner, CPF, debtor_id, boleto["id"], listing_id)) > 8
    if position is not None:
        with dying_at(position, after=True), suppress(ProcessKilled):
            part().end(record)
        assert part().export(record) == ERASING
    assert part().end(record)
    assert rows_of(partner, CPF, debtor_id, boleto["id"], listing_id) == []
    assert (part().look(record), part().export(record), part().end(record)) == (None, None, True)
    assert rows_of(partner, other["debtor_id"], other["id"], OTHER_CPF) == before
