"""A CaaS partner of the local cloud: takes people from the signup to the money, and looks at what the payer holds."""

from __future__ import annotations

import base64
import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import boto3
import httpx

from lastro.kernel.calendar import local_date
from sandbox.cloud.background import RunningCloud
from sandbox.cloud.settings import REGION
from sandbox.demo import caas_requests as bodies
from tests.journeys.patience import LONGEST

EXTERNAL = "/api/external"
ENDS = ("REPROVADO", "EXPIRADO", "PENDENTE", "ESTORNO", "LIBERADO")


@dataclass
class Borrower:
    """One person's process and proposals."""

    cpf: str
    process_id: str = ""
    csns: list[str] = field(default_factory=list)

    @property
    def csn(self) -> str:
        return self.csns[0]


@dataclass
class CaasPartner:
    """Speaks to one local cloud over HTTP with a token of its client."""

    cloud: RunningCloud
    is_other: bool = False
    token: str = field(init=False)

    def __post_init__(self) -> None:
        self.http = httpx.Client(base_url=self.cloud.base_url, timeout=LONGEST)
        self.sandbox = httpx.Client(base_url=self.cloud.sandbox_url, timeout=LONGEST)
        login = {name: self.credentials[name] for name in ("client_id", "client_secret")}
        answer = self.http.post("/client/auth", json={**login, "scopes": list(bodies.SCOPES)})
        assert answer.status_code == 200, answer.text
        self.token = answer.json()["access_token"]
        self.headers = {"Authorization": f"Bearer {self.token}"}

    @property
    def credentials(self) -> dict[str, Any]:
        found: dict[str, Any] = self.cloud.credentials
        return found["other_partner"] if self.is_other else found

    @property
    def product_id(self) -> int:
        return int(self.credentials["caas_product_id"])

    @property
    def today(self) -> date:
        return local_date(datetime.now(UTC))

    # the API ----------------------------------------------------------------------------------------------------

    def send(self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None) -> httpx.Response:
        return self.http.request(method, EXTERNAL + path, json=body, headers=headers or self.headers)

    def call(self, method: str, path: str, body: Any = None) -> dict[str, Any]:
        answer = self.send(method, path, body)
        assert answer.is_success, f"{method} {path}: {answer.status_code} {answer.text}"
        found: dict[str, Any] = answer.json()
        return found

    def refuse(self, method: str, path: str, body: Any = None) -> tuple[int, str]:
        """Status and code of a refusal."""
        answer = self.send(method, path, body)
        return answer.status_code, answer.json()["code"]

    def sign_up(self, *, waiting: bool = True, **changes: Any) -> Borrower:
        person = Borrower(bodies.make_cpf(secrets.randbelow(10**9)))
        made = self.call("POST", "/v2.1/process/simple_signup", bodies.signup(person.cpf, datetime.now(UTC), **changes))
        person.process_id = made["id"]
        assert made["status"] == "SIGNUP_ANALISIS"
        if waiting:
            self.until(lambda: self.status(person)["status"] != "SIGNUP_ANALISIS", pause=0.3)
        return person

    def status(self, person: Borrower) -> dict[str, Any]:
        return self.call("GET", f"/v2/process/status/{person.process_id}")

    def propose(self, person: Borrower, count: int = 1, *, income: int = 6500, **changes: Any) -> None:
        asked = [bodies.asked_product(self.product_id, self.today, **changes) for _ in range(count)]
        made = self.call("POST", f"/v2.1/process/proposal/{person.process_id}", bodies.proposal(asked, income=income))
        person.csns = [proposal["customerServiceNumber"] for proposal in made["proposals"]]

    def hand_in(self, person: Borrower, kinds: Sequence[str] = bodies.DOCUMENTS) -> None:
        for kind in kinds:
            self.call("PUT", f"/v2/process/document/{person.process_id}", bodies.document(kind))

    def proposal(self, csn: str) -> dict[str, Any]:
        return self.call("GET", f"/v2.1/proposals/{csn}")

    def last_status(self, csn: str) -> str:
        return str(self.proposal(csn)["lastStatus"])

    def contract(self, csn: str) -> tuple[str, bytes]:
        """Checksum and PDF of the one contract."""
        [contract] = self.call("GET", f"/v2.1/contract/{csn}")["contracts"]
        return contract["checksum"], base64.b64decode(contract["contract"])

    def sign(self, csn: str, checksum: str) -> httpx.Response:
        body = {"aceptedCheckSum": checksum, "logData": bodies.log_data(datetime.now(UTC))}
        return self.send("POST", f"/v2.1/contract/{csn}", body)

    def disbursement(self, csn: str) -> dict[str, Any]:
        found: dict[str, Any] = self.call("GET", f"/v2.1/proposals/{csn}/disbursement")["data"]
        return found

    def endorse(self, csn: str, endorsee: dict[str, str], *, recourse: bool = False) -> httpx.Response:
        body = bodies.endorsement(endorsee, recourse=recourse)
        return self.send("POST", f"/v2.1/proposals/{csn}/endorsements", body)

    def events(self, csn: str) -> list[str]:
        return [change["event"] for change in self.proposal(csn)["history"]]

    # the way to a point -----------------------------------------------------------------------------------------

    def with_documents_owed(self, count: int = 1, *, income: int = 6500) -> Borrower:
        person = self.sign_up()
        self.propose(person, count, income=income)
        for csn in person.csns:
            self.wait(csn, "AGUARDANDO_DOCUMENTOS")
        return person

    def with_contract(self) -> Borrower:
        person = self.with_documents_owed()
        self.hand_in(person)
        self.until(lambda: self.proposal(person.csn)["hasContracts"])
        return person

    def signed(self) -> Borrower:
        person = self.with_contract()
        checksum, _ = self.contract(person.csn)
        assert self.sign(person.csn, checksum).status_code == 200
        return person

    def disbursed(self) -> Borrower:
        person = self.signed()
        self.wait(person.csn, "LIBERADO")
        return person

    # waiting ----------------------------------------------------------------------------------------------------

    def until(
        self, done: Callable[[], bool], *, seconds: float = LONGEST, sweeping: bool = False, pause: float = 0.1
    ) -> None:
        """Look until it is done; ``sweeping`` also presses the sweep's button at every look.

        Looks become rarer, up to one in two seconds: an hour has fifty calls about a person's contract and status.
        """
        deadline = time.monotonic() + seconds
        while not done():
            assert time.monotonic() < deadline, "it never came"
            if sweeping:
                for sweep in ("sync_steps", "sync_payouts", "sync_deliveries"):
                    answer = self.sandbox.post(f"/schedules/{sweep}/run")
                    assert answer.status_code == 200, answer.text
            time.sleep(pause)
            pause = min(pause * 1.2, max(pause, 2.0))

    def wait(self, csn: str, status: str, *, seconds: float = LONGEST, sweeping: bool = False) -> dict[str, Any]:
        """Look until a proposal is in a status. It fails at once in an end that is not this one."""
        found: dict[str, Any] = {}

        def there() -> bool:
            found.update(self.proposal(csn))
            reached = found["lastStatus"]
            # A refused or returned payout may be on its way from an earlier end.
            assert reached == status or reached not in ENDS[:2], f"{reached}: {found['reasons']}"
            return bool(reached == status)

        self.until(there, seconds=seconds, sweeping=sweeping)
        return found

    def wait_for_seal(self, csn: str, *, endorsements: int = 0, sweeping: bool = False) -> dict[str, Any]:
        """Look until there is a signed contract that shows this many endorsements."""
        found: dict[str, Any] = {}

        def there() -> bool:
            answer = self.send("GET", f"/v2.1/contract/{csn}/signed")
            if answer.is_success:
                found.update(answer.json())
            return bool(found) and found["endorsements"] == endorsements

        self.until(there, sweeping=sweeping, pause=0.3)
        return found

    # the sandbox ------------------------------------------------------------------------------------------------

    def script_payouts(self, *rules: dict[str, Any]) -> None:
        answer = self.sandbox.put("/payouts/script", json={"rules": list(rules)})
        assert answer.status_code == 204, answer.text

    def payouts(self, csn: str) -> list[dict[str, Any]]:
        """The payer's ledger about one contract."""
        effects = self.sandbox.get("/payouts/ledger").json()["effects"]
        return [effect for effect in effects if effect["csn"] == csn]

    def listen(self) -> str:
        """Have changes told to a receiver of its own; its name."""
        name = uuid4().hex
        body = {"url": f"{self.cloud.sandbox_url}/callbacks/{name}", "authentication": {"type": "URL"}}
        self.call("PUT", "/v2.1/callback", body)
        return name

    def notices(self, receiver: str, person: Borrower) -> list[dict[str, Any]]:
        """What a receiver was told about one process."""
        found = self.sandbox.get(f"/callbacks/{receiver}").json()["notices"]
        return [notice for notice in found if notice["body"]["id"] == person.process_id]


def count_dead(cloud: RunningCloud) -> int:
    """Messages in every queue of dead letters."""
    open_client = boto3.session.Session("test", "test", region_name=REGION).client
    sqs = open_client("sqs", endpoint_url=cloud.aws_endpoint_url)
    total = 0
    for url in sqs.list_queues()["QueueUrls"]:
        if "DeadLetters" in url:
            answer = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["ApproximateNumberOfMessages"])
            total += int(answer["Attributes"]["ApproximateNumberOfMessages"])
    return total
