"""Banks tell of proposals by the address they were given: once, in any order, and before their own answer."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from lastro.aws.dynamodb.table import Table
from lastro.financing.bank_work.worker import spell_place
from lastro.financing.proposals.model import attempt_key
from lastro.financing.records.store import ProposalStore
from tests.functions.emulation.process import TABLE
from tests.functions.financing.conftest import Dealer
from tests.functions.invocation import Answer, call_function

STATES = {2: "EM_ANALISE", 3: "CONTRAPROPOSTA", 4: "FORMALIZADA", 5: "PAGA"}
COUNTER = {
    "numero": 1,
    "valor_entrada": 25000.5,
    "valor_financiado": 30000,
    "prazo_meses": 24,
    "valor_parcela": 1500.25,
}


def place_of(dealer: Dealer, made: dict[str, Any]) -> tuple[str, str]:
    """The secret of the address that the bank was given, and the key of the proposal there."""
    proposal = ProposalStore(Table(TABLE)).find(dealer.shop.partner_id, made["id"])
    assert proposal is not None
    return spell_place(proposal, proposal.attempts[0]), attempt_key(proposal, proposal.attempts[0])


def tell(dealer: Dealer, place: str, key: str, version: int, *, bank: str = "341", **more: Any) -> Answer:
    said: dict[str, Any] = {"id_requisicao": key, "numero_proposta": "341-P1", "versao": version}
    said |= {"situacao": STATES[version], "pendencias": [], **more}
    if version == 3:
        said["contraproposta"] = COUNTER
    if version >= 4:
        said |= {"numero_contrato": "C1", "registro_gravame": "L1"}
    path = {"bank": bank, "secret": place}
    answer = call_function("financing", "receive_proposal_event", path=path, body={"data": said})
    dealer.work()
    return answer


def test_a_word_before_the_banks_answer_is_kept_and_nothing_is_sent_again(dealer: Dealer) -> None:
    before = len(dealer.ledger("341"))
    made = dealer.propose()
    queued = dealer.take()
    place, key = place_of(dealer, made)

    assert tell(dealer, place, key, 2).json == {"received": True}

    shown = dealer.read(made["id"])["proposal_attempt"]
    assert (shown["state"], shown["bank_proposal_identifier"]) == ("in_analysis", "341-P1")
    dealer.deliver(queued)
    assert len(dealer.ledger("341")) == before


def _without_times(shown: dict[str, Any]) -> list[dict[str, Any]]:
    ids = [each["id"] for each in shown["proposal_attempts"]]
    hidden = ("created_at", "offer_expires_at", "external_simulation_uuid", "simulation_condition_id")
    return [
        {
            **{name: value for name, value in each.items() if name not in hidden},
            "id": ids.index(each["id"]),
            "replaced_by_proposal_attempt_id": each["replaced_by_proposal_attempt_id"] and 1,
            "replaces_proposal_attempt_id": each["replaces_proposal_attempt_id"] and 1,
        }
        for each in shown["proposal_attempts"]
    ]


def test_any_order_and_duplication_ends_alike(dealer: Dealer) -> None:
    ends = []
    for order in list(permutations(STATES))[::5]:
        dealer.simulate()
        made = dealer.propose()
        dealer.take()
        place, key = place_of(dealer, made)
        for version in (*order, order[0]):
            assert tell(dealer, place, key, version).status == 200
        ends.append(_without_times(dealer.read(made["id"])))
    assert all(end == ends[0] for end in ends)
    assert [each["state"] for each in ends[0]] == ["approved_with_another_condition", "paid"]
    assert ends[0][1]["input_financing_in_cents"] == 25_000_50
    assert ends[0][1]["formalization"] == {"contract_number": "C1", "lien_registration_number": "L1"}


@pytest.mark.parametrize("wrong", ["secret", "bank", "other", "nothing"])
def test_only_the_address_that_was_given_is_heard(dealer: Dealer, wrong: str) -> None:
    made = dealer.propose()
    place, key = place_of(dealer, made)
    dealer.take()
    heard = {
        "secret": lambda: tell(dealer, place + "x", key, 2),
        "bank": lambda: tell(dealer, place, key, 2, bank="422"),
        "other": lambda: tell(dealer, place.replace(f".{made['id']}.", ".999999."), key, 2),
        "nothing": lambda: tell(dealer, "nada", key, 2),
    }[wrong]()

    assert heard.status == 404
    assert dealer.read(made["id"])["state"] == "checagem"


def test_what_cannot_be_read_or_is_about_another_proposal_is_refused(dealer: Dealer) -> None:
    made = dealer.propose()
    place, key = place_of(dealer, made)
    dealer.take()

    for answer in (tell(dealer, place, key, 2, situacao="PERDIDA"), tell(dealer, place, "outra", 2)):
        assert (answer.status, answer.json["code"]) == (422, "unreadable_event")
    assert dealer.read(made["id"])["state"] == "checagem"


def told_in_order(dealer: Dealer, *said: tuple[int, str, dict[str, Any]]) -> dict[str, Any]:
    """The proposal after its bank said things of it, each with a number of its own."""
    made = dealer.propose()
    dealer.take()
    place, key = place_of(dealer, made)
    for version, word, more in said:
        assert tell(dealer, place, key, 2, **{"versao": version, "situacao": word, **more}).status == 200
    return dealer.read(made["id"])


def test_a_counter_offer_that_was_refused_leaves_the_proposal_refused(dealer: Dealer) -> None:
    shown = told_in_order(dealer, (2, "CONTRAPROPOSTA", {"contraproposta": COUNTER}), (3, "NEGADA", {}))
    assert [each["state"] for each in shown["proposal_attempts"]] == ["approved_with_another_condition", "refused"]
    assert shown["state"] == "refused"


@pytest.mark.parametrize(("word", "state"), [("NEGADA", "refused"), ("FORMALIZADA", "formalised")])
def test_a_counter_offer_after_the_end_changes_no_amount(dealer: Dealer, word: str, state: str) -> None:
    offered = dealer.propose()["proposal_attempt"]["financed_amount_in_cents"]
    dealer.simulate()
    shown = told_in_order(dealer, (2, word, {}), (3, "CONTRAPROPOSTA", {"contraproposta": COUNTER}))
    assert [each["state"] for each in shown["proposal_attempts"]] == [shown["state"]] == [state]
    assert shown["proposal_attempt"]["financed_amount_in_cents"] == offered


@pytest.mark.parametrize(("ends", "later"), [("CANCELADA", "PAGA"), ("NEGADA", "APROVADA")])
def test_a_word_that_cannot_follow_is_shown_and_changes_nothing(dealer: Dealer, ends: str, later: str) -> None:
    said: list[tuple[int, str, dict[str, Any]]] = [(2, "EM_ANALISE", {}), (3, ends, {}), (4, later, {})]
    states = set()
    for order in (said, [*said, said[2]], said[::-1]):
        dealer.simulate()
        shown = told_in_order(dealer, *order)
        states.add(shown["state"])
        acts = dealer.ask("list_proposal_activities", path={"proposal_id": shown["id"]}).json["activities"]
        assert [each["action"] for each in acts].count("bank.contradicted") == 1
    assert states == {{"CANCELADA": "cancelled", "NEGADA": "refused"}[ends]}


def test_a_counter_offer_that_is_said_anew_is_told_with_its_amounts(dealer: Dealer) -> None:
    made = dealer.propose(webhook_url="https://loja.example.com/avisos")
    dealer.take()
    place, key = place_of(dealer, made)
    tell(dealer, place, key, 3)
    before = dealer.read(made["id"])
    dealer.clock.advance(hours=1)
    changed = {**COUNTER, "valor_financiado": 31_000}
    answer = tell(dealer, place, key, 2, versao=4, situacao="CONTRAPROPOSTA", contraproposta=changed)
    assert answer.status == 200
    after = dealer.read(made["id"])
    assert after["proposal_attempt"]["financed_amount_in_cents"] == 31_000_00
    assert after["updated_at"] > before["updated_at"]
    acts = dealer.ask("list_proposal_activities", path={"proposal_id": made["id"]}).json["activities"]
    assert [each["action"] for each in acts][-2:] == ["bank.told", "attempt.approved"]
