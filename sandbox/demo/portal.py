"""The portal's journey: a login by a code out of the outbox, an update put off, the next login, and the report."""

import re
import time
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import uuid4

import httpx
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from sandbox.cloud.background import RunningCloud
from sandbox.cloud.errors import CloudFailure

EVERY_DAYS = 180
_CODE = re.compile(r"\b[0-9]{6}\b")
_PATIENCE = 30.0
_FIELDS = {"family_income_cents": "renda familiar", "mobile": "celular", "email": "e-mail", "zip_code": "CEP"}


def run(cloud: RunningCloud, console: Console) -> None:
    """Log in twice and update. CloudFailure when an answer is another than the journey is about."""
    with Portal(cloud) as portal:
        fields = {"rg": "hidden", "email": "required"}
        schedule = {"enabled": True, "every_days": EVERY_DAYS, "fields": fields}
        portal.staff("PUT", "/api/v1/registration_schedule", {"registration_schedule": schedule})
        email = f"ana.{uuid4().hex[:8]}@example.com"
        person = {"kind": "customer", "name": "Ana Exemplo", "email": email, "login_email": email}
        portal.staff("POST", "/api/v1/portal_people", {"portal_person": person})
        console.print(f"\nA cada {EVERY_DAYS} dias corridos o cliente confirma o seu cadastro\n")

        first = portal.log_in(email, console)
        _expect(first, due=True)
        put_off = portal.visit(first, "POST", "/api/v1/portal/registration_update/postpone")["registration_update"]
        if put_off["asked"] or not put_off["due"]:
            raise CloudFailure(f"the update was put off and is {put_off}")
        console.print("  a atualização está vencida; agora não\n")

        second = portal.log_in(email, console)
        _expect(second, due=True)
        form = portal.visit(second, "GET", "/api/v1/portal/registration_update")["registration_update"]
        filled = {name: form["registration"][name] for name in form["shown"]}
        filled |= {"mobile": "(11) 91234-5678", "family_income_cents": 650_000, "zip_code": "01001-000"}
        done = portal.visit(second, "POST", "/api/v1/portal/registration_update", {"registration_update": filled})
        due_on = date.fromisoformat(done["registration_update"]["due_on"])
        console.print(f"  feita: vence de novo em {due_on:%d/%m/%Y}\n")
        _expect(portal.log_in(email, console), due=False)
        console.print("  nada a atualizar\n")

        report = portal.staff("GET", "/api/v1/registration_changes?period=current_month")["registration_changes"]
        console.print(_report(report[0]))


class Portal:
    """A partner's portal as its manager and its people call it, and the outbox of what was sent."""

    def __init__(self, cloud: RunningCloud) -> None:
        self._cloud = cloud
        self._manager = httpx.Client(base_url=cloud.base_url, headers=cloud.headers, timeout=40)
        self._anybody = httpx.Client(base_url=cloud.base_url, timeout=40)
        self._partner = ""

    def __enter__(self) -> "Portal":
        self._partner = self.staff("GET", "/api/v1/users/current")["user"]["uuid"]
        return self

    def __exit__(self, *_: object) -> None:
        self._manager.close()
        self._anybody.close()

    def staff(self, method: str, path: str, body: object = None) -> Any:
        """A call with the manager's key. CloudFailure with an answer outside 2xx."""
        return _read(self._manager.request(method, path, json=body))

    def visit(self, session: Mapping[str, Any], method: str, path: str, body: object = None) -> Any:
        """A call of whose session it is. CloudFailure with an answer outside 2xx."""
        return _read(self.call(session, method, path, body))

    def call(self, session: Mapping[str, Any], method: str, path: str, body: object = None) -> httpx.Response:
        headers = {"Authorization": f"Bearer {session['access_token']}"}
        return self._anybody.request(method, path, json=body, headers=headers)

    def ask(self, address: str) -> httpx.Response:
        """Ask for a code at an e-mail or a mobile."""
        told = {"email" if "@" in address else "mobile": address}
        return self._anybody.post("/api/v1/portal/logins", json={"portal_login": {"partner_id": self._partner, **told}})

    def confirm(self, login_id: str, code: str) -> httpx.Response:
        return self._anybody.post(f"/api/v1/portal/logins/{login_id}/code", json={"code": code})

    def refresh(self, session: Mapping[str, Any]) -> httpx.Response:
        body = {"portal_session": {"refresh_token": session["refresh_token"]}}
        return self._anybody.post("/api/v1/portal/tokens", json=body)

    def log_in(self, address: str, console: Console | None = None) -> Any:
        """A session of who is at the address, by the code that comes there. CloudFailure when none does."""
        before = len(self.codes(address))
        login_id = _read(self.ask(address))["portal_login"]["id"]
        code = self.wait_for_code(address, before)
        if console:
            console.print(f"Login: código {code} na caixa de saída de {address}")
        return _read(self.confirm(login_id, code))["portal_session"]

    def wait_for_code(self, address: str, before: int) -> str:
        """The code that comes to an address where ``before`` have come."""
        deadline = time.monotonic() + _PATIENCE
        while len(found := self.codes(address)) <= before:
            if time.monotonic() > deadline:
                raise CloudFailure(f"no code came to {address}")
            time.sleep(0.1)
        return found[-1]

    def codes(self, address: str) -> list[str]:
        """The codes that were sent to an address, oldest first."""
        kinds = ("ses/messages", "To", "BodyText") if "@" in address else ("sns/sms-messages", "PhoneNumber", "Message")
        kind, to, text = kinds
        found = _read(httpx.get(f"{self._cloud.aws_endpoint_url}/_ministack/{kind}", timeout=40))
        messages = [message for message in _messages_of(found) if address in message[to]]
        return [code[0] for message in messages if (code := _CODE.search(message[text]))]


def _messages_of(outbox: Any) -> list[Any]:
    """Whatever the outbox sorts its messages by, the messages."""
    if isinstance(outbox, list):
        return [message for part in outbox for message in _messages_of(part)]
    if not isinstance(outbox, dict):
        return []
    return [outbox] if "MessageId" in outbox else [each for part in outbox.values() for each in _messages_of(part)]


def _read(answer: httpx.Response) -> Any:
    if answer.is_error:
        asked = answer.request
        raise CloudFailure(f"{asked.method} {asked.url.path} answered {answer.status_code}: {answer.text[:2000]}")
    return answer.json()


def _expect(session: Mapping[str, Any], *, due: bool) -> None:
    """CloudFailure unless the login says so of the update."""
    if session["registration_update_due"] is not due:
        raise CloudFailure(f"the login says of the update: {session['registration_update_due']}")


def _report(change: Mapping[str, Any]) -> Table:
    title = f"Alterações cadastrais do mês: {change['name']}"
    table = Table(title=title, box=SIMPLE_HEAD, pad_edge=False, title_justify="left")
    for heading in ("campo", "antes", "depois"):
        table.add_column(heading)
    for field in change["fields"]:
        table.add_row(_FIELDS.get(field["field"], field["field"]), field["before"] or "–", field["after"] or "–")
    return table
