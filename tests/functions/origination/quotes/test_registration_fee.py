"""The registration fee is charged once for a person and a creditor, in simulation and proposal alike."""

from __future__ import annotations

from typing import Any

import pytest

from lastro.aws.dynamodb.keys import origination as keys
from lastro.aws.dynamodb.table import Delete, Table
from lastro.kernel.documents import Cnpj
from lastro.origination.endings.store import EndingStore
from lastro.origination.processes.changes import Change
from lastro.origination.processes.statuses import CreditEvent, ProcessEvent
from lastro.origination.processes.store import OriginationStore
from lastro.origination.products.model import Bounds, Range
from tests.functions.emulation.process import TABLE
from tests.functions.invocation import CPF, Answer
from tests.functions.origination.journey import Journey, make_product, sample_body

PRODUCT: dict[str, Any] = {
    name: value for name, value in sample_body("create_proposal")["products"][0].items() if name != "cadValue"
}
SIGNED = (
    CreditEvent.PRE_APPROVED,
    CreditEvent.DOCUMENTS_COMPLETED,
    CreditEvent.APPROVED,
    CreditEvent.SIGNED,
)


@pytest.fixture
def charging(journey: Journey) -> Journey:
    """A partner whose product 2 charges R$ 50 at least and R$ 75 unasked; product 3 has another creditor."""
    product = make_product(journey.partner_id)
    bounds = product.bounds
    fees: Any = {
        "bounds": Bounds(
            bounds.value, bounds.installments, bounds.monthly_tax, Range(50_00, 500_00), bounds.first_due_days
        )
    }
    journey.add_product(2, cad_value=75_00, **fees)
    other = {**{name: getattr(product.issuer, name) for name in product.issuer.__dataclass_fields__}}
    journey.add_product(
        3, cad_value=75_00, issuer=type(product.issuer)(**{**other, "cnpj": Cnpj("99888777000100")}), **fees
    )
    return journey


def asked(product_id: int = 2, **changes: Any) -> dict[str, Any]:
    return {**PRODUCT, "productId": product_id, **changes}


def again(journey: Journey, process_id: str, *products: dict[str, Any]) -> Answer:
    """The next proposal of a process whose last one was analysed."""
    journey.move_process(process_id, ProcessEvent.PROPOSAL_APPROVED)
    return journey.propose(process_id, products=list(products))


def fees_of(answer: Answer) -> list[float]:
    assert answer.status == 201, answer.text
    return [proposal["cadValue"] for proposal in answer.json["proposals"]]


def simulate(journey: Journey, product_id: int = 2, **changes: Any) -> Answer:
    body = {
        "value": 10000,
        "tax_number": CPF,
        "person_type": "PF",
        "release_date": "2026-11-04",
        "due_date": "2026-12-04",
        "monthly_tax": 2.5,
        "installments": 12,
        "product_id": product_id,
    }
    return journey.call("simulate_credit", body={**body, **changes})


def test_one_of_several_proposals_carries_the_fee(charging: Journey) -> None:
    process_id = charging.ready()
    assert fees_of(charging.propose(process_id, products=[asked(), asked(), asked(3)])) == [75, 0, 75]
    assert fees_of(again(charging, process_id, asked()))[-1] == 0
    refused = again_refused(charging, process_id, asked(cadValue=75))
    assert refused.rules() == {"products.0.cadValue": "registration_fee_charged"}


def again_refused(journey: Journey, process_id: str, product: dict[str, Any]) -> Answer:
    answer = again(journey, process_id, product)
    assert (answer.status, answer.json["code"]) == (422, "registration_fee_charged")
    return answer


def test_a_signed_contract_ends_the_fee_even_where_it_carried_none(charging: Journey) -> None:
    process_id = charging.ready()
    [first] = charging.propose(process_id).json["proposals"]
    assert first["cadValue"] == 0
    charging.move_credit(first["customerServiceNumber"], *SIGNED)
    assert fees_of(again(charging, process_id, asked())) == [0, 0]
    again_refused(charging, process_id, asked(cadValue=50))


@pytest.mark.parametrize("end", [CreditEvent.DENIED, CreditEvent.EXPIRED])
def test_a_proposal_that_ended_gives_the_fee_back(charging: Journey, end: CreditEvent) -> None:
    process_id = charging.ready()
    [first] = charging.propose(process_id, products=[asked()]).json["proposals"]
    charging.move_credit(first["customerServiceNumber"], end)
    assert fees_of(again(charging, process_id, asked(cadValue=60))) == [75, 60]


def test_the_simulation_agrees_with_the_proposal(charging: Journey) -> None:
    assert simulate(charging).json["data"]["fee_value"] == 75
    offer_id = simulate(charging, only_simulation=False).json["data"]["offer_id"]
    process_id = charging.ready()
    charging.propose(process_id, products=[asked()])
    data = simulate(charging).json["data"]
    assert (data["fee_value"], data["gross_value"]) == (0, data["net_value"] + data["iof_value"])
    refused = simulate(charging, cad_value=75)
    assert (refused.status, refused.rules()) == (422, {"cad_value": "registration_fee_charged"})
    assert simulate(charging, 3).json["data"]["fee_value"] == 75
    offered = again_refused(charging, process_id, {"type": "CAAS", "offerId": offer_id})
    assert offered.rules() == {"products.0.offerId": "registration_fee_charged"}


def test_a_person_of_another_partner_begins_anew(charging: Journey) -> None:
    charging.propose(charging.ready(), products=[asked()])
    charging.partner_id += "-other"
    charging.add_product(2, cad_value=75_00)
    assert fees_of(charging.propose(charging.ready(), products=[asked()])) == [75]


def test_who_is_taken_out_of_one_process_is_not_charged_again_in_another(charging: Journey) -> None:
    denied = charging.ready()
    [first] = charging.propose(denied, products=[asked()]).json["proposals"]
    charging.move_credit(first["customerServiceNumber"], CreditEvent.DENIED)
    # The next is with another place of the partner, which knows nothing of this one.
    Table(TABLE).write(Delete(keys.registration(charging.process(denied).place, CPF)))
    process_id = charging.ready()
    [signed] = charging.propose(process_id, products=[asked()]).json["proposals"]
    charging.move_credit(signed["customerServiceNumber"], *SIGNED)
    store, creditor = EndingStore(Table(TABLE)), make_product(charging.partner_id).creditor

    def leave(process_id: str, csn: str) -> bool:
        named = [(charging.credit(csn), creditor)]
        return store.make_nobodys(charging.process(process_id), named, charging.clock.now(), "test")

    assert leave(denied, first["customerServiceNumber"])
    assert fees_of(again(charging, process_id, asked()))[-1] == 0
    assert leave(process_id, signed["customerServiceNumber"])
    [last] = store.find_relationship(charging.partner_id, creditor, CPF).csns
    assert last not in (first["customerServiceNumber"], signed["customerServiceNumber"])


def test_of_two_first_proposals_at_once_one_carries_the_fee(charging: Journey, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second proposal is made, by another process of the person, between the first's reading and its writing."""
    process_id = charging.ready()
    commit = OriginationStore.commit
    met: list[str] = []

    def meet(store: OriginationStore, change: Change) -> bool:
        if change.relationships and not met:
            rival = next(iter(change.relationships))
            met.append(rival.creditor)
            assert commit(store, Change(relationships=[rival], credits=change.credits[:1]))
        return commit(store, change)

    monkeypatch.setattr(OriginationStore, "commit", meet)
    answer = charging.propose(process_id, products=[asked()])
    assert met
    assert fees_of(answer) == [0]
