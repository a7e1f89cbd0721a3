"""The simulation functions in process: moto for AWS as the template describes it, the sandbox banks over real HTTP,
and a clock that tests move."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from lastro.aws.queue import Queue
from lastro.kernel.banks import BANKS
from lastro.operator.command import create_key, create_partner, create_store, open_registration
from lastro.simulations.results.views import SimulationAnswer
from sandbox.banks import create_app
from tests.clock import MovableClock
from tests.functions.consumer import Consumer
from tests.functions.invocation import CNPJ, CPF, UNCHANGED, Answer, Shop, call_function, sample_event
from tests.functions.serving import LOCAL, serve

NO_ADVICE = {"minimum_down_payment": None, "suggested_down_payment": None}
SECRET = "credencial-so-da-loja"


@dataclass
class BankTown:
    """The sandbox banks on a port of their own."""

    url: str

    def script(self, code: str, *rules: Mapping[str, Any]) -> None:
        """Say how a bank treats calls; a rule without ``when`` matches all."""
        body = {"rules": [{"when": {}, **rule} for rule in rules]}
        LOCAL.put(f"{self.url}/banks/{code}/script", json=body).raise_for_status()

    def forget_scripts(self) -> None:
        LOCAL.delete(f"{self.url}/scripts").raise_for_status()

    def effects(self, code: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = LOCAL.get(f"{self.url}/banks/{code}/ledger").raise_for_status().json()["effects"]
        return found


@contextmanager
def open_bank_town() -> Iterator[BankTown]:
    """Serve the sandbox banks from a thread until left."""
    with serve(lambda: create_app(longest_silence=0.1)) as url:
        yield BankTown(url)


def conditions_at(url: str) -> str:
    """The setting of the queues of conditions where one queue stands for every bank's."""
    return json.dumps(dict.fromkeys(BANKS, url))


@dataclass
class Pipeline(Consumer):
    """What partners, the queue and the schedule do, as tests say it."""

    consumes = ("simulations", "process_condition")

    clock: MovableClock
    banks: BankTown
    queue_url: str

    # partners ---------------------------------------------------------------------------------------------------

    def open_shop(
        self, *codes: str, stores: int = 1, without: Sequence[str] = (), lead: Mapping[str, Any] | None = None
    ) -> Shop:
        """A partner whose stores have credentials at ``codes`` (Itaú and Safra when none is named), a link without
        credentials at ``without``, and the lead of the sample event."""
        registration = open_registration()
        partner = create_partner(registration, "Rede Exemplo")["partner_id"]
        ready = codes or ("341", "422")
        store_ids = tuple(
            create_store(registration, partner, "Loja", CNPJ, (*ready, *without))["store_id"] for _ in range(stores)
        )
        key = create_key(registration, partner)
        shop = Shop(partner, key["api_key"], key["key_id"], store_ids)
        for store_id in store_ids:
            for code in ready:
                self.put_credentials(shop, store_id, code)
            self.create_lead(shop, store_id, lead)
        return shop

    def open_bare_shop(self) -> Shop:
        """A partner whose one store has a lead and no bank."""
        registration = open_registration()
        partner = create_partner(registration, "Rede Exemplo")["partner_id"]
        shop = Shop(partner, "", "", (create_store(registration, partner, "Loja", CNPJ)["store_id"],))
        self.create_lead(shop, shop.store_ids[0])
        return shop

    def put_credentials(self, shop: Shop, store_id: int, code: str, value: str = SECRET) -> None:
        fields = {name: f"{value}-{name}" for name in BANKS[code].credential_fields}
        path = {"store_id": str(store_id), "bank_code": code}
        body = {"bank_credential": fields}
        answer = call_function("access", "put_bank_credentials", shop=shop, store_id=store_id, path=path, body=body)
        assert answer.status == 200, answer.text

    def create_lead(self, shop: Shop, store_id: int, lead: Mapping[str, Any] | None = None) -> None:
        body = {"lead": {**sample_lead(), **(lead or {})}}
        headers = {"Idempotency-Key": None}
        answer = call_function("simulations", "create_lead", shop=shop, store_id=store_id, body=body, headers=headers)
        assert answer.status == 201, answer.text

    def delete_lead(self, shop: Shop) -> None:
        answer = call_function("simulations", "delete_lead", shop=shop, path={"cpf_cnpj": CPF})
        assert answer.status == 204, answer.text

    def post(self, shop: Shop, body: Any = UNCHANGED, *, key: str | None = None, store_id: Any = UNCHANGED) -> Answer:
        """POST a simulation, the one of the sample event unless told otherwise."""
        headers = {"Idempotency-Key": key}
        return call_function(
            "simulations", "create_simulation", shop=shop, store_id=store_id, body=body, headers=headers
        )

    def read(self, shop: Shop, uuid: str, *, store_id: Any = UNCHANGED) -> Answer:
        path = {"uuid": uuid}
        answer = call_function("simulations", "get_simulation", shop=shop, store_id=store_id, path=path)
        if answer.status == 200:
            # Conditions are written without the model that describes them: it would write the same.
            assert SimulationAnswer.model_validate_json(answer.text).model_dump_json() == answer.text
        return answer

    def page(self, shop: Shop, query: Mapping[str, Any] | None = None, *, store_id: Any = UNCHANGED) -> Answer:
        return call_function("simulations", "list_simulations", shop=shop, store_id=store_id, query=query)

    def finish(self, shop: Shop, body: Any = UNCHANGED) -> dict[str, Any]:
        """Post, work everything off and read the final simulation."""
        posted = self.post(shop, body)
        assert posted.status == 200, posted.text
        self.drain()
        simulation: dict[str, Any] = self.read(shop, posted.json["data"]["uuid"]).json["data"]
        assert simulation["pending"] == 0
        return simulation

    # the queue --------------------------------------------------------------------------------------------------

    def drain(self) -> None:
        """Deliver in batches of ten until no message waits; none may fail."""
        while records := self.take():
            for start in range(0, len(records), 10):
                assert self.deliver(records[start : start + 10]) == []

    def queue_depth(self) -> int:
        """How many messages nobody has taken."""
        return Queue(self.queue_url).count_waiting()

    def sweep(self) -> dict[str, int]:
        """What the schedule does every minute."""
        return self.run_schedule("sync_status")


def sample_lead() -> dict[str, Any]:
    lead: dict[str, Any] = json.loads(sample_event("simulations", "create_lead")["body"])["lead"]
    return lead


def sample_purchase(**changes: Any) -> dict[str, Any]:
    """The body of the sample event with some of its fields changed."""
    body: dict[str, Any] = json.loads(sample_event("simulations", "create_simulation")["body"])
    return {"simulation": {**body["simulation"], **changes}}
