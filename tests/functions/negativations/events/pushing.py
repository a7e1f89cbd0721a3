"""A bureau that pushes what it knows of listings to a partner's address."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

from tests.functions.invocation import CNPJ, CPF, Answer, call_function
from tests.functions.negativations.registry import Registry


class Pusher:
    """PEFIN's side of the webhooks of one partner."""

    def __init__(self, registry: Registry, **source: Any) -> None:
        self.registry = registry
        path = {"branch_id": str(registry.ledger.branch_id)}
        answer = registry.ledger.call("put_negativation_events", path=path, body={"events": source})
        assert answer.status == 200, answer.text
        data = answer.json["data"]
        self.id, self.secret = data["id"], data["path"].rpartition("/")[2]
        user, password = data["user"], data["password"]
        basic = "Basic " + b64encode(f"{user}:{password}".encode()).decode()
        self.authorization = basic if user else f"Bearer {password}"

    def push(self, body: dict[str, Any] | str, **changes: Any) -> Answer:
        headers = {"Authorization": changes.pop("authorization", self.authorization)}
        path = {"provider": "serasa", "secret": changes.pop("secret", self.secret)}
        return call_function("negativations", "receive_bureau_event", path=path, body=body, headers=headers, **changes)

    def included(self, listing: dict[str, Any], uuid: str, error: object = None) -> dict[str, Any]:
        return {
            "uuid": uuid,
            "debtorDocument": CPF,
            "creditorDocument": CNPJ,
            "contract": listing["contract_number"],
            "debtValue": 100.07,
            "cadusKey": None,
            "error": error,
        }

    def excluded(self, listing: dict[str, Any], uuid: str, error: object = None) -> dict[str, Any]:
        return {
            "uuid": uuid,
            "creditor": {"documentNumber": CNPJ, "documentType": "CNPJ"},
            "debtor": {"documentNumber": CPF, "documentType": "CPF"},
            "contractNumber": listing["contract_number"],
            "writeOff": {"reason": "01"},
            "error": error,
        }


def sent(pefin: Pusher) -> tuple[dict[str, Any], str]:
    """A listing that the bureau received, and the bureau's id of it."""
    registry = pefin.registry
    listing = registry.place(registry.add_debt()["id"])
    registry.work(listing["id"])
    after = registry.read(listing["id"])
    assert (after["status"], after["listed_at"]) == ("aguardando_retorno", None)
    return after, after["attempts"][0]["receipt"]


def work_all(registry: Registry) -> None:
    for record in registry.take():
        registry.deliver([record])
