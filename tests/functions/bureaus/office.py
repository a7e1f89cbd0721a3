"""The bureau functions in process: moto for AWS, the sandbox bureaus over real HTTP, and a clock that tests move."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from lastro.operator.command import create_partner, create_store, open_registration
from sandbox.bureaus import create_app
from tests.clock import MovableClock
from tests.functions.consumer import Consumer, Record
from tests.functions.invocation import CNPJ, Answer, Shop, call_function
from tests.functions.serving import LOCAL, serve

SECRET = "segredo-so-da-integracao"
REQUESTER = "ana.souza"
CLEAN, RESTRICTED, NO_SCORE, ZERO_SCORE = "99999910173", "99999910254", "99999910416", "99999910505"
NOT_FOUND, TIMEOUT, SPIKE, UNREADABLE = "99999910769", "99999911498", "99999911226", "99999911650"
COMPANY = "99TESTE1000110"
PERIOD = {"start": "2026-03-01", "end": "2026-03-31"}
PRICES = {"RELATORIO_BASICO_PF_PME": 350, "RELATORIO_BASICO_PJ_PME": 900}

FIELDS: Mapping[str, dict[str, Any]] = {
    "serasa": {
        "client_id": "empresa-exemplo",
        "client_secret": SECRET,
        "reports": ["RELATORIO_BASICO_PF_PME", "RELATORIO_BASICO_PJ_PME"],
        "federal_unit": "SP",
        "retailer_document": "11.222.333/0001-81",
    },
    "credito_na_medida": {
        "client_id": "empresa-exemplo",
        "client_secret": SECRET,
        "restriction_code": "1",
        "legal_person_restriction_code": "2",
        "removal_code": "3",
    },
    "connect_sa": {
        "login": "empresa",
        "inquiry_password": SECRET,
        "pefin_password": f"{SECRET}-pefin",
        "plan": "CREDNET_TOP",
        "sms_on_inclusion": True,
        "responsible_cpf": "529.982.247-25",
    },
    "spc_brasil": {"login": "empresa", "password": SECRET},
}


@dataclass
class BureauTown:
    """The sandbox bureaus on a port of their own."""

    url: str

    def script(self, provider: str, *rules: Mapping[str, Any]) -> None:
        """Say how a bureau treats calls; a rule without ``when`` matches all."""
        body = {"rules": [{"when": {}, **rule} for rule in rules]}
        LOCAL.put(f"{self.url}/bureaus/{provider}/script", json=body).raise_for_status()

    def forget_scripts(self) -> None:
        LOCAL.delete(f"{self.url}/scripts").raise_for_status()

    def expire_tokens(self, provider: str) -> None:
        LOCAL.post(f"{self.url}/bureaus/{provider}/expire_tokens").raise_for_status()

    def ledger(self, provider: str) -> dict[str, list[dict[str, Any]]]:
        found: dict[str, list[dict[str, Any]]] = LOCAL.get(f"{self.url}/bureaus/{provider}/ledger").json()
        return found

    def count(self, provider: str) -> tuple[int, int]:
        """How many logins and how many calls reached the bureau so far."""
        ledger = self.ledger(provider)
        return len(ledger["logins"]), len(ledger["calls"])


@contextmanager
def open_bureau_town(clock: MovableClock) -> Iterator[BureauTown]:
    """Serve the sandbox bureaus from a thread until left."""
    with serve(lambda: create_app(longest_silence=0.1, clock=clock.now)) as url:
        yield BureauTown(url)


@dataclass
class Office(Consumer):
    """What partners, the queue and the schedules do, as tests say it."""

    consumes = ("bureaus", "process_inquiry")

    clock: MovableClock
    town: BureauTown
    queue_url: str

    # partners ---------------------------------------------------------------------------------------------------

    def open_shop(self, *, stores: int = 1) -> Shop:
        registration = open_registration()
        partner = create_partner(registration, "Rede Exemplo")["partner_id"]
        store_ids = tuple(create_store(registration, partner, "Loja", CNPJ)["store_id"] for _ in range(stores))
        return Shop(partner, "", "", store_ids)

    def call(self, operation: str, shop: Shop, **changes: Any) -> Answer:
        """Call a function without ``Store-Id`` and ``Idempotency-Key`` unless told otherwise."""
        headers = {"Idempotency-Key": None, **changes.pop("headers", {})}
        changes.setdefault("store_id", None)
        return call_function("bureaus", operation, shop=shop, headers=headers, **changes)

    def add_branch(self, shop: Shop, cnpj: str = CNPJ, store_id: int | None = None) -> int:
        body = {"branch": {"name": "Filial", "cnpj": cnpj, "store_id": store_id}}
        answer = self.call("create_branch", shop, body=body)
        assert answer.status == 201, answer.text
        return int(answer.json["data"]["id"])

    def add_integration(self, shop: Shop, branch_id: int, provider: str = "serasa", **changes: Any) -> dict[str, Any]:
        fields = {**FIELDS[provider], **changes.pop("fields", {})}
        integration = {"provider": provider, "branch_id": branch_id, "environment": "homologation", "fields": fields}
        answer = self.call("create_bureau_integration", shop, body={"bureau_integration": {**integration, **changes}})
        assert answer.status == 201, answer.text
        data: dict[str, Any] = answer.json["data"]
        return data

    def open_integrated(self, provider: str = "serasa", **changes: Any) -> tuple[Shop, dict[str, Any]]:
        """A partner with one branch and its integration."""
        shop = self.open_shop()
        return shop, self.add_integration(shop, self.add_branch(shop), provider, **changes)

    def inquire(
        self,
        shop: Shop,
        document: str = CLEAN,
        *,
        key: str | None = None,
        prefer: str | None = None,
        store_id: Any = None,
        **changes: Any,
    ) -> Answer:
        asked = {"document": document, "purpose": "credit_analysis", "requested_by": REQUESTER, **changes}
        headers = {"Idempotency-Key": key, "Prefer": prefer}
        body = {"bureau_inquiry": asked}
        return self.call("create_bureau_inquiry", shop, body=body, headers=headers, store_id=store_id)

    def read(self, shop: Shop, inquiry_id: str, **changes: Any) -> dict[str, Any]:
        answer = self.call("get_bureau_inquiry", shop, path={"inquiry_id": inquiry_id}, **changes)
        assert answer.status == 200, answer.text
        data: dict[str, Any] = answer.json["data"]
        return data

    def put_settings(self, shop: Shop, **changes: Any) -> None:
        settings = {"enabled": True, "repeat_days": 30, "force_panels": ["manager"], **changes}
        assert self.call("put_bureau_settings", shop, body={"bureau_settings": settings}).status == 200

    # the queue and the schedules --------------------------------------------------------------------------------

    def message(self, inquiry_id: str) -> Record:
        """A message of an inquiry that nobody has sent."""
        return {**self.sample_record(), "body": json.dumps({"partner_id": "p", "inquiry_id": inquiry_id})}

    def refresh(self) -> dict[str, int]:
        return self.run_schedule("refresh_bureau_tokens")

    def sweep(self) -> dict[str, int]:
        return self.run_schedule("sync_inquiries")


def new_calls(office: Office, provider: str, before: tuple[int, int]) -> tuple[int, int]:
    logins, calls = office.town.count(provider)
    return logins - before[0], calls - before[1]
