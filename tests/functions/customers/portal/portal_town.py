"""A portal that people log in to: its queue of codes, the outbox of its carriers, and its user pool."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar
from uuid import uuid4

from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.ses.models import ses_backends
from moto.sns.models import sns_backends

from tests.functions.access.authorizer.test_authorize_tokens import authorize
from tests.functions.conftest import Call
from tests.functions.consumer import Consumer
from tests.functions.customers.visitors import PERSON
from tests.functions.emulation.process import REGION
from tests.functions.emulation.user_pool import FakeCognito
from tests.functions.invocation import Answer, Shop

_CODE = re.compile(r"\b[0-9]{6}\b")


@dataclass
class PortalTown(Consumer):
    """One partner's portal; ``shop`` is its manager's key."""

    call: Call
    shop: Shop
    queue_url: str
    pool: FakeCognito
    clock: Any
    consumes: ClassVar[tuple[str, str]] = ("customers", "send_portal_code")

    def ask(self, address: str = "ana@example.com", *, shop: Shop | None = None, source: str | None = None) -> Answer:
        """Ask for a code at an e-mail or a mobile."""
        told = {"email" if "@" in address else "mobile": address}
        body = {"portal_login": {"partner_id": (shop or self.shop).partner_id, **told}}
        return self.call("customers", "create_portal_login", body=body, source=source)

    def ask_and_send(
        self, address: str = "ana@example.com", *, shop: Shop | None = None, source: str | None = None
    ) -> str:
        """The id of a login whose code was sent."""
        asked = self.ask(address, shop=shop, source=source)
        assert asked.status == 202, asked.text
        assert self.deliver(self.take()) == []
        return str(asked.json["portal_login"]["id"])

    def confirm(self, login_id: str, code: str) -> Answer:
        body = {"code": code}
        return self.call("customers", "confirm_portal_login", path={"login_id": login_id}, body=body)

    def refresh(self, refresh_token: str) -> Answer:
        body = {"portal_session": {"refresh_token": refresh_token}}
        return self.call("customers", "refresh_portal_login", body=body)

    def log_in(self, address: str = "ana@example.com", *, shop: Shop | None = None) -> Any:
        """The session of whoever is at the address."""
        login_id = self.ask_and_send(address, shop=shop)
        done = self.confirm(login_id, self.codes()[-1])
        assert done.status == 200, done.text
        return done.json["portal_session"]

    def enter(self, session: Mapping[str, Any]) -> TokenHolder:
        """Who calls with a session, as the authorizer knows it."""
        known = authorize(session["access_token"])["context"]
        return TokenHolder(known["partner_id"], "", "", (), known)

    def outbox(self) -> list[tuple[str, str]]:
        """Addresses and texts of what was sent, e-mails first."""
        mails = ses_backends[DEFAULT_ACCOUNT_ID][REGION].sent_messages
        texts = sns_backends[DEFAULT_ACCOUNT_ID][REGION].sms_messages.values()
        return [(mail.destinations["ToAddresses"][0], mail.body) for mail in mails] + list(texts)

    def codes(self) -> list[str]:
        return [found[0] for _, text in self.outbox() if (found := _CODE.search(text))]

    def admit(self, **changes: Any) -> str:
        """Give somebody access; the id."""
        body = {"portal_person": {**PERSON, **changes}}
        headers = {"Idempotency-Key": str(uuid4())}
        made = self.call("customers", "create_portal_person", shop=self.shop, body=body, headers=headers)
        assert made.status == 201, made.text
        return str(made.json["portal_person"]["id"])


@dataclass(frozen=True)
class TokenHolder(Shop):
    """Somebody with what the authorizer said of a token."""

    known: Mapping[str, Any] = field(default_factory=dict)

    @property
    def authorizer(self) -> dict[str, str]:
        return {name: str(value) for name, value in self.known.items()}
