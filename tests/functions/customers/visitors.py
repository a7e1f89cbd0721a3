"""People of the portal as the authorizer knows them, and the partner's staff by its panels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.functions.conftest import Call
from tests.functions.invocation import Answer, Shop

PERSON: dict[str, Any] = {
    "kind": "customer",
    "name": "Ana Exemplo",
    "mobile": "+5511987654321",
    "email": "ana@example.com",
    "login_email": "ana@example.com",
}


@dataclass(frozen=True)
class Visitor(Shop):
    """A person in one login."""

    person: str = ""
    login: str = "login-1"

    @property
    def authorizer(self) -> dict[str, str]:
        found = {**super().authorizer, "scopes": ""}
        return found | {"person": self.person, "login": self.login}


@dataclass(frozen=True)
class Staff(Shop):
    """The partner's key of one panel."""

    panel: str = "manager"
    bound: bool = False

    @property
    def authorizer(self) -> dict[str, str]:
        found = {**super().authorizer, "panel": self.panel}
        return found | {"bound": "stores"} if self.bound else found


def staff_of(shop: Shop, panel: str, *, bound: bool = False) -> Staff:
    return Staff(shop.partner_id, shop.api_key, shop.key_id, shop.store_ids, panel, bound)


def visit(shop: Shop, person_id: str, login: str = "login-1") -> Visitor:
    return Visitor(shop.partner_id, "", "", (), person_id, login)


def admit(call: Call, shop: Shop, **changes: Any) -> Visitor:
    """Somebody with access to the portal, in a first login."""
    sent = {**PERSON, **changes}
    headers = {"Idempotency-Key": f"admit-{sent.get('login_email')}-{sent.get('login_mobile')}"}
    made = call("customers", "create_portal_person", shop=shop, body={"portal_person": sent}, headers=headers)
    assert made.status == 201, made.text
    return visit(shop, made.json["portal_person"]["id"])


def schedule(call: Call, shop: Shop, **changes: Any) -> Answer:
    """Ask everybody every 180 days."""
    sent = {"enabled": True, "every_days": 180, **changes}
    answer = call("customers", "put_registration_schedule", shop=shop, body={"registration_schedule": sent})
    assert answer.status == 200, answer.text
    return answer
