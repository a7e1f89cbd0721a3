"""A partner with a survey, customers and their access to the portal."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from types import SimpleNamespace
from typing import Any

import pytest

from tests.functions.conftest import Call, OpenShop
from tests.functions.customers.conftest import cpf_of, customer_with
from tests.functions.customers.visitors import Visitor, admit
from tests.functions.invocation import Answer, Shop, load_function, sample_event

ASKED = {"name": "Depois", "question": "De 0 a 10, quanto?", "triggers": ["ticket"]}


@dataclass
class Desk:
    """What a partner does about surveys."""

    call: Call
    shop: Shop
    numbers: Any = field(default_factory=lambda: count(1))

    def survey(self, **changes: Any) -> int:
        answer = self.create(**changes)
        assert answer.status == 201, answer.text
        number: int = answer.json["survey"]["id"]
        return number

    def create(self, key: str | None = None, **changes: Any) -> Answer:
        body = {"survey": {**ASKED, **changes}}
        return self.call("surveys", "create_survey", shop=self.shop, body=body, headers={"Idempotency-Key": key})

    def customer(self) -> int:
        body = customer_with(cpf=cpf_of(next(self.numbers)))
        made = self.call("customers", "create_customer", shop=self.shop, body=body, headers={"Idempotency-Key": None})
        number: int = made.json["customer"]["id"]
        return number

    def visitor(self, **changes: Any) -> Visitor:
        return admit(self.call, self.shop, login_email=f"p{next(self.numbers)}@example.com", **changes)

    def tell(self, **event: Any) -> Answer:
        body = {"survey_event": {"feature": "ticket", "service_id": "88", **event}}
        return self.call("surveys", "create_survey_event", shop=self.shop, body=body, headers={"Idempotency-Key": None})

    def deliver(self) -> dict[str, int]:
        event, context = sample_event("surveys", "send_surveys"), SimpleNamespace(function_name="send_surveys")
        counts: dict[str, int] = load_function("surveys", "send_surveys").handler(event, context)
        return counts

    def sent(self, survey: int, **query: str) -> list[dict[str, Any]]:
        answer = self.call("surveys", "list_sent_surveys", shop=self.shop, path={"survey_id": str(survey)}, query=query)
        assert answer.status == 200, answer.text
        found: list[dict[str, Any]] = answer.json["sent_surveys"]
        return found

    def result(self, survey: int) -> Any:
        answer = self.call("surveys", "report_survey", shop=self.shop, path={"survey_id": str(survey)})
        return answer.json["survey_result"]

    def own(self, who: Visitor, **query: str) -> list[dict[str, Any]]:
        answer = self.call("surveys", "list_own_surveys", shop=who, query=query)
        assert answer.status == 200, answer.text
        found: list[dict[str, Any]] = answer.json["surveys"]
        return found

    def answer(self, who: Visitor, sent_id: str, score: int, text: str | None = None) -> Answer:
        path, body = {"sent_survey_id": sent_id}, {"answer": {"score": score, "text": text}}
        return self.call("surveys", "answer_survey", shop=who, path=path, body=body)


@pytest.fixture
def desk(call: Call, open_shop: OpenShop) -> Desk:
    return Desk(call, open_shop())
