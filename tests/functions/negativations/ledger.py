"""What a partner does with debtors and boletos, as tests say it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.clock import MovableClock
from tests.functions.invocation import CNPJ, CPF, Answer, Shop, call_function

CONTEXT = "negativations"
DEBTOR = {"document": CPF, "name": "Ana Exemplo"}
ADDRESS = {
    "zip_code": "01001-000",
    "street": "Praça da Sé",
    "number": "100",
    "complement": "Sala 2",
    "district": "Sé",
    "city": "São Paulo",
    "state": "SP",
}


@dataclass
class Ledger:
    """One partner with a branch, and the clock."""

    shop: Shop
    branch_id: int
    clock: MovableClock

    def call(self, operation: str, **changes: Any) -> Answer:
        """Call a function without ``Store-Id`` and ``Idempotency-Key`` unless told otherwise."""
        headers = {"Idempotency-Key": None, **changes.pop("headers", {})}
        changes.setdefault("store_id", None)
        changes.setdefault("shop", self.shop)
        return call_function(CONTEXT, operation, headers=headers, **changes)

    def add_debtor(self, document: str = CPF, **data: Any) -> str:
        answer = self.call("create_debtor", body={"debtor": {**DEBTOR, "document": document, **data}})
        assert answer.status == 201, answer.text
        return str(answer.json["data"]["id"])

    def add_boleto(self, debtor_id: str, external_id: str = "b-1", **data: Any) -> dict[str, Any]:
        boleto = {
            "external_id": external_id,
            "debtor_id": debtor_id,
            "branch_id": self.branch_id,
            "due_on": "2026-02-01",
            "amount_cents": 10_000,
            **data,
        }
        answer = self.call("create_boleto", body={"boleto": boleto})
        assert answer.status == 201, answer.text
        found: dict[str, Any] = answer.json["data"]
        return found

    def settle(self, boleto_id: str, amount_cents: int, *, key: str | None = None, **data: Any) -> Answer:
        sent = {"paid_on": "2026-03-02", "available_on": "2026-03-03", "amount_cents": amount_cents, **data}
        return self.call(
            "settle_boleto",
            path={"boleto_id": boleto_id},
            body={"settlement": sent},
            headers={"Idempotency-Key": key},
        )

    def change(self, boleto_id: str, **data: Any) -> Answer:
        return self.call("update_boleto", path={"boleto_id": boleto_id}, body={"boleto": data})

    def read(self, boleto_id: str) -> dict[str, Any]:
        answer = self.call("get_boleto", path={"boleto_id": boleto_id})
        assert answer.status == 200, answer.text
        found: dict[str, Any] = answer.json["data"]
        return found


def add_branch(shop: Shop, cnpj: str = CNPJ) -> int:
    answer = call_function(
        "bureaus",
        "create_branch",
        shop=shop,
        store_id=None,
        headers={"Idempotency-Key": None},
        body={"branch": {"name": "Filial", "cnpj": cnpj}},
    )
    assert answer.status == 201, answer.text
    return int(answer.json["data"]["id"])
