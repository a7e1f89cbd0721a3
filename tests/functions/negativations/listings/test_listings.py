"""Manual listings through their functions: checked whole, asked for once, taken down with the right reason."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from lastro.aws.dynamodb.table import Delete, Put, Table
from lastro.negativations.listings.rows.locks import locks_of
from lastro.negativations.listings.store import ListingStore
from lastro.negativations.listings.views import ListingView
from tests.functions.invocation import CNPJ, OTHER_CPF, call_function
from tests.functions.negativations.registry import WHOLE, Registry

COMPANY = "99TESTE1000110"


def test_a_debt_is_listed_and_taken_down_and_each_is_asked_for_once(registry: Registry) -> None:
    boleto = registry.add_debt()
    listing = registry.place(boleto["id"])
    assert (listing["status"], listing["origin"], listing["listed_at"]) == ("pendente_envio", "manual", None)
    records = registry.take()
    assert registry.deliver(records) == []
    assert registry.deliver(records, attempt=2) == []
    included = registry.read(listing["id"])
    assert (included["status"], included["listed_at"], included["critical"]) == ("notificada", None, False)
    assert [(each["act"], each["answer"]) for each in included["attempts"]] == [("inclusion", "done")]

    answer = registry.remove(listing["id"])
    assert (answer.status, answer.json["data"]["status"]) == (202, "baixa_pendente")
    assert (answer.json["data"]["critical"], answer.json["data"]["concerns"]) == (True, ["removal_owed"])
    for record in registry.take():
        assert registry.deliver([record]) == []
    gone = registry.read(listing["id"])
    assert (gone["status"], gone["critical"], gone["removal"]["reason"]) == ("baixada", False, "01")
    # Answers are made without the model that describes them.
    assert list(gone) == list(ListingView.model_fields)
    assert ListingView.model_validate(gone, strict=True).model_dump() == gone
    contract = boleto["contract_number"]
    assert (registry.done("include", contract), registry.done("remove", contract)) == (1, 1)


def test_everything_that_is_missing_is_told_at_once_and_nobody_is_called(registry: Registry) -> None:
    debtor_id = registry.ledger.add_debtor()
    boleto = registry.ledger.add_boleto(debtor_id, "b-x", amount_cents=9_99, due_on="2021-03-01")
    answer = registry.ask(boleto["id"])
    assert answer.status == 422
    assert answer.rules() == {
        **{f"debtor.{name}": "required" for name in ("mobile_phone", "sex", "birth_date")},
        **{
            f"debtor.address.{name}": "required"
            for name in ("zip_code", "street", "number", "complement", "district", "city", "state")
        },
        "boleto.contract_number": "required",
        "boleto.amount_cents": "below_minimum",
        "boleto.due_on": "too_old",
        "negativation.nature_code": "required",
    }
    assert registry.take() == []


def test_a_company_has_neither_sex_nor_birth_date(registry: Registry) -> None:
    whole: dict[str, Any] = {name: WHOLE[name] for name in ("name", "mobile_phone", "address")}
    boleto = registry.add_boleto(registry.ledger.add_debtor(COMPANY, **whole))
    assert registry.place(boleto["id"])["status"] == "pendente_envio"


@pytest.mark.parametrize(("due_on", "status"), [("2021-03-02", 201), ("2021-03-01", 422)])
def test_five_years_are_the_most(registry: Registry, due_on: str, status: int) -> None:
    assert registry.ask(registry.add_debt(due_on=due_on)["id"]).status == status


@pytest.mark.parametrize(("amount", "status"), [(10_00, 201), (9_99, 422)])
def test_pefin_begins_at_ten_reais(registry: Registry, amount: int, status: int) -> None:
    assert registry.ask(registry.add_debt(amount_cents=amount)["id"]).status == status


def test_only_an_open_overdue_boleto_is_listed(registry: Registry) -> None:
    future = registry.add_debt(due_on="2026-03-02")
    assert registry.ask(future["id"]).json["code"] == "boleto_not_overdue"
    disputed = registry.add_boleto(future["debtor_id"])
    registry.ledger.change(disputed["id"], status="disputed")
    assert registry.ask(disputed["id"]).json["code"] == "boleto_not_overdue"
    assert registry.ask("0d0f6f0e-6c1b-4c43-a86b-8a4c1f2f9d11").json["code"] == "boleto_not_found"


def test_a_public_body_is_not_listed(registry: Registry) -> None:
    boleto = registry.add_boleto(registry.ledger.add_debtor(**WHOLE, public_body=True))
    assert registry.ask(boleto["id"]).json["code"] == "public_body"


def test_who_turns_out_to_be_a_public_body_is_not_sent(registry: Registry) -> None:
    boleto = registry.add_debt()
    listing = registry.place(boleto["id"])
    path, body = {"debtor_id": boleto["debtor_id"]}, {"debtor": {"public_body": True}}
    changed = call_function("negativations", "update_debtor", shop=registry.shop, path=path, body=body)
    assert changed.status == 200, changed.text
    registry.work(listing["id"])
    assert registry.calls("include", listing["contract_number"]) == []
    assert registry.read(listing["id"])["status"] == "baixada"


@pytest.mark.parametrize("period", [{"end": "9999-12-31"}, {"start": "0001-01-01"}])
def test_days_beyond_the_calendar_are_refused(registry: Registry, period: dict[str, str]) -> None:
    for operation in ("list_negativations", "report_negativations"):
        query = {"start": "2026-01-01", "end": "2026-01-31", **period}
        answer = call_function("negativations", operation, shop=registry.shop, query=query)
        assert (answer.status, list(answer.rules())) == (422, list(period)), operation


def test_one_listing_a_debt_also_when_many_ask_at_once(registry: Registry) -> None:
    boleto = registry.add_debt()
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: registry.ask(boleto["id"]), range(4)))
    assert sorted(answer.status for answer in answers) == [201, 409, 409, 409]
    assert {answer.json["code"] for answer in answers if answer.status == 409} == {"negativation_exists"}


def test_the_same_contract_of_a_person_is_one_record_at_the_bureau(registry: Registry) -> None:
    first = registry.add_debt(contract="CTR-9")
    registry.place(first["id"])
    second = registry.add_boleto(first["debtor_id"], contract="CTR-9")
    assert registry.ask(second["id"]).json["code"] == "contract_already_listed"


def test_a_contract_is_one_however_it_is_written(registry: Registry) -> None:
    first = registry.add_debt(contract="ctr 9-a")
    listing = registry.place(first["id"])
    assert listing["contract_number"] == "ctr 9-a"
    second = registry.add_boleto(first["debtor_id"], contract="CTR9-A ")
    refused = registry.ask(second["id"])
    assert (refused.status, refused.json["code"]) == (409, "contract_already_listed")
    registry.remove(listing["id"])
    assert registry.ask(second["id"]).status == 201


def test_a_lock_from_before_contracts_were_compared_so_is_kept_and_freed(registry: Registry) -> None:
    first = registry.add_debt(contract="ctr-9")
    listing = registry.place(first["id"])
    table = Table()
    stored = ListingStore(table).find(listing["id"])
    assert stored is not None
    _, at, before = locks_of(stored)
    row = table.get(at)
    assert row is not None
    table.transact([Delete(at), Put(before, {name: row[name] for name in row if name not in ("PK", "SK")})])
    second = registry.add_boleto(first["debtor_id"], contract="ctr-9")
    assert registry.ask(second["id"]).json["code"] == "contract_already_listed"
    assert registry.remove(listing["id"]).json["data"]["status"] == "baixada"
    assert registry.ask(second["id"]).status == 201


def test_the_notice_waits_for_the_days_on_which_the_place_rests(registry: Registry) -> None:
    # Monday 2 March and fifteen days of São Paulo: Tuesday the 17th, on which the branch's city rests.
    steps = [{"step": 5, "days_overdue": 60, "action": "notary"}]
    wanted = {"enabled": False, "steps": steps, "state": "SP", "single_holidays": ["2026-03-17"]}
    path = {"branch_id": str(registry.ledger.branch_id)}
    body = {"collection_parameters": wanted}
    assert registry.ledger.call("put_collection_parameters", path=path, body=body).status == 200
    listing = registry.place(registry.add_debt()["id"])
    registry.work(listing["id"])
    registry.clock.advance(hours=24 * 16)
    registry.work(listing["id"])
    assert registry.read(listing["id"])["status"] == "notificada"
    registry.clock.advance(hours=24)
    registry.work(listing["id"])
    assert registry.read(listing["id"])["listed_at"] == "2026-03-19T12:00:00.000Z"


def test_the_same_key_answers_the_same_listing_as_it_is_now(registry: Registry) -> None:
    boleto = registry.add_debt()
    first = registry.place(boleto["id"], key="k-1")
    registry.work(first["id"])
    again = registry.ask(boleto["id"], key="k-1")
    assert (again.status, again.json["data"]["id"], again.json["data"]["status"]) == (201, first["id"], "notificada")
    assert registry.ask(boleto["id"], key="k-1", nature_code="NF").json["code"] == "idempotency_key_reused"


def test_an_ended_listing_makes_room_for_another(registry: Registry) -> None:
    boleto = registry.add_debt()
    first = registry.place(boleto["id"])
    registry.work(first["id"])
    registry.remove(first["id"], "09")
    registry.work(first["id"])
    registry.clock.advance(minutes=1)
    second = registry.place(boleto["id"])
    assert second["id"] != first["id"]
    registry.work(second["id"])
    listed = registry.ledger.call("list_negativations", query={"boleto_id": boleto["id"]}).json["data"]
    assert [(each["id"], each["status"]) for each in listed] == [
        (second["id"], "notificada"),
        (first["id"], "baixada"),
    ]


def test_a_guarantor_is_listed_once_the_debtor_is(registry: Registry) -> None:
    guarantor = registry.ledger.add_debtor(OTHER_CPF, **WHOLE)
    boleto = registry.add_debt(guarantor_ids=[guarantor])
    assert registry.ask(boleto["id"], guarantor_id=guarantor).json["code"] == "principal_not_listed"
    stranger = registry.ledger.add_debtor(CNPJ, name="Empresa")
    assert registry.ask(boleto["id"], guarantor_id=stranger).rules() == {"negativation.guarantor_id": "not_a_guarantor"}
    registry.work(registry.place(boleto["id"])["id"])
    second = registry.place(boleto["id"], guarantor_id=guarantor)
    registry.work(second["id"])
    assert registry.read(second["id"])["status"] == "notificada"
    documents = [each["document"] for each in registry.calls("include", boleto["contract_number"])]
    assert documents == ["52998224725", OTHER_CPF]
    # The bureau takes the records of guarantors down with the debtor's.
    [first] = [each["id"] for each in _of_boleto(registry, boleto["id"]) if each["id"] != second["id"]]
    registry.remove(first, "02")
    registry.work(first)
    assert [each["status"] for each in _of_boleto(registry, boleto["id"])] == ["baixada", "baixada"]
    assert len(registry.calls("remove", boleto["contract_number"])) == 1


def _of_boleto(registry: Registry, boleto_id: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = registry.ledger.call("list_negativations", query={"boleto_id": boleto_id}).json[
        "data"
    ]
    return found


# approval -------------------------------------------------------------------------------------------------------------


def test_a_second_person_decides_and_never_who_asked(registry: Registry) -> None:
    registry.want_approval()
    listing = registry.place(registry.add_debt()["id"])
    assert listing["status"] == "aguardando_aprovacao"
    assert registry.take() == []
    assert registry.decide(listing["id"], "approve", " Ana.Souza ").json["code"] == "requester_cannot_approve"
    numbered = registry.place(registry.add_debt()["id"], requested_by="42")
    assert registry.decide(numbered["id"], "approve", "042").json["code"] == "requester_cannot_approve"
    assert registry.decide(listing["id"], "reject", "bia.lima").rules() == {"approval.justification": "required"}
    registry.work(listing["id"])
    assert registry.calls("include", listing["contract_number"]) == []
    with ThreadPoolExecutor(2) as pool:
        answers = list(
            pool.map(lambda name: registry.decide(listing["id"], "approve", name), ("bia.lima", "caio.reis"))
        )
    assert sorted(answer.status for answer in answers) == [201, 409]
    registry.work(listing["id"])
    assert registry.read(listing["id"])["status"] == "notificada"


def test_a_rejection_calls_nobody_and_frees_the_boleto(registry: Registry) -> None:
    registry.want_approval()
    boleto = registry.add_debt()
    listing = registry.place(boleto["id"])
    answer = registry.decide(listing["id"], "reject", "bia.lima", "Débito em negociação")
    assert (answer.status, answer.json["data"]["status"]) == (201, "rascunho")
    registry.work(listing["id"])
    assert registry.calls("include", listing["contract_number"]) == []
    assert answer.json["data"]["history"][-1]["detail"] == "Débito em negociação"
    assert registry.place(boleto["id"])["status"] == "aguardando_aprovacao"


# lists and partners ---------------------------------------------------------------------------------------------------


def test_lists_are_filtered_and_paged(registry: Registry) -> None:
    first = registry.add_debt()
    ids = [registry.place(first["id"])["id"]]
    for _ in range(2):
        registry.clock.advance(hours=1)
        ids.append(registry.place(registry.add_boleto(first["debtor_id"])["id"])["id"])
    registry.work(ids[0])

    def page(**query: str) -> tuple[list[str], str | None]:
        answer = registry.ledger.call("list_negativations", query=query)
        assert answer.status == 200, answer.text
        return [each["id"] for each in answer.json["data"]], answer.json["next_cursor"]

    assert page() == (ids[::-1], None)
    found, cursor = page(per_page="2")
    assert found == [ids[2], ids[1]]
    assert cursor
    assert page(per_page="2", cursor=cursor) == ([ids[0]], None)
    assert page(status="notificada")[0] == [ids[0]]
    assert page(provider="serasa")[0] == []
    assert page(start="2026-03-03")[0] == []
    assert page(end="2026-03-02", origin="manual")[0] == ids[::-1]


def test_another_partners_listing_is_not_there(open_registry_at: Callable[..., Registry]) -> None:
    one, other = open_registry_at(), open_registry_at()
    listing = one.place(one.add_debt()["id"])
    for answer in (
        other.ledger.call("get_negativation", path={"negativation_id": listing["id"]}),
        other.remove(listing["id"]),
        other.resend(listing["id"]),
        other.decide(listing["id"], "approve", "bia"),
    ):
        assert (answer.status, answer.json["code"]) == (404, "negativation_not_found")


def test_settings_of_a_branch_are_read_as_they_were_put(registry: Registry) -> None:
    path = {"branch_id": str(registry.ledger.branch_id)}

    def read() -> object:
        return registry.ledger.call("get_negativation_settings", path=path).json["data"]["approval_required"]

    assert read() is False
    registry.want_approval()
    assert read() is True
    answer = registry.ledger.call("get_negativation_settings", path={"branch_id": "999999"})
    assert (answer.status, answer.json["code"]) == (404, "branch_not_found")
