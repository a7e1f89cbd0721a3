"""Contracts in process: approve, generate, read, accept and seal, with messages delivered by hand."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

from lastro.aws.clients import open_client
from lastro.kernel.calendar import add_months, end_of_day, local_date
from lastro.origination.processes.changes import Change, StoredCredit
from lastro.origination.processes.model import (
    HistoryEntry,
    Process,
    Step,
    StepName,
    begin_process,
    move_credit,
    spell_csn,
)
from lastro.origination.processes.statuses import CreditEvent, ProcessStatus
from lastro.origination.processes.steps import owe, step_message
from tests.domain.origination.contracts.contract_samples import sample_credit
from tests.functions.emulation.whole_clients import open_whole_client
from tests.functions.invocation import CPF, UNCHANGED, Answer, load_function, sample_event
from tests.functions.origination.journey import Journey

CONTRACT_BUCKET = "contracts-test"
LOG_DATA = {
    "latitude": -16.6982,
    "longitude": -49.2581,
    "occurrenceDate": "2026-11-03T12:05:00.000Z",
    "userAgent": "Mozilla/5.0",
    "ip": "203.0.113.10",
    "mac": "00:00:00:00:00:00",
}
VALIDITY = timedelta(days=7)


class ProcessKilled(BaseException):
    """The process dies here."""


@dataclass
class Desk:
    """One partner's contracts."""

    journey: Journey
    identity: dict[str, str]
    steps: dict[str, Step] = field(default_factory=dict)

    # what happens to a credit -----------------------------------------------------------------------------------

    def proposed(self, **changes: Any) -> str:
        """A credit in analysis; its number."""
        return self.journey.proposed(**changes)[1]

    def approved(
        self,
        *,
        cpf: str = CPF,
        name: str = "Conceição d'Ávila Gonçalves",
        releases_in: int = 0,
        process_id: str | None = None,
        **changes: Any,
    ) -> str:
        """A credit whose contract is due, put into the table as approval leaves it; its number.

        It has a process of its own, or joins one that is there.
        """
        now = self.journey.clock.now()
        process = Process(
            id=process_id or uuid4().hex,
            partner_id=self.journey.partner_id,
            cpf=cpf,
            name=name,
            status=ProcessStatus.PROPOSAL_CREATED,
            version=1,
            created_at=now,
            updated_at=now,
            signup={},
        )
        release = local_date(now) + timedelta(days=releases_in)
        credit = sample_credit(
            name=name,
            release=release,
            first_due=add_months(release, 1),
            csn=spell_csn(now, self.journey.store.reserve_numbers(1)),
            process_id=process.id,
            partner_id=self.journey.partner_id,
            cpf=cpf,
            version=1,
            created_at=now,
            updated_at=now,
            valid_until=end_of_day(local_date(now) + VALIDITY),
            **changes,
        )
        entry = HistoryEntry(credit.owner, 1, now, "test", CreditEvent.APPROVED, "", None, credit.status)
        step = owe(credit, StepName.GENERATE_CONTRACT, now)
        new = [] if process_id else [(process, begin_process(process, "test"))]
        change = Change(processes=new, credits=[(credit, entry)], steps=[step])
        assert self.journey.store.commit(change)
        self.steps[credit.csn] = step
        return credit.csn

    def approve(self, csn: str) -> None:
        """What analysis does to a credit that was proposed."""
        self.journey.move_credit(csn, CreditEvent.PRE_APPROVED, CreditEvent.DOCUMENTS_COMPLETED)
        now = self.journey.clock.now()
        credit = self.journey.credit(csn)
        step = owe(credit, StepName.GENERATE_CONTRACT, now)
        moved = move_credit(credit, CreditEvent.APPROVED, now, "test")
        assert self.journey.store.commit(Change(credits=[moved], steps=[step]))
        self.steps[csn] = step

    def generated(self, **changes: Any) -> str:
        csn = self.approved(**changes)
        assert self.generate(csn) == []
        return csn

    def signed(self, **changes: Any) -> str:
        csn = self.generated(**changes)
        assert self.accept(csn, self.checksum(csn)).status == 200
        return csn

    def generate(self, csn: str, attempt: int = 1) -> list[str]:
        return self.deliver("generate_contract", self.steps[csn], attempt)

    def seal(self, csn: str, attempt: int = 1) -> list[str]:
        """Deliver every open seal step; the failures."""
        steps = self.open_steps(csn, StepName.SEAL_CONTRACT)
        return [name for step in steps for name in self.deliver("seal_contract", step, attempt)]

    def deliver(self, operation: str, step: Step, attempt: int = 1, *, others: Sequence[Step] = ()) -> list[str]:
        """Invoke a consumer with one message, or with one batch of several; the ids it wants again."""
        event = sample_event("origination", operation)
        [sample] = event["Records"]
        event["Records"] = [
            {
                **sample,
                "messageId": f"{sample['messageId']}-{each.id}",
                "body": step_message(each).body(),
                "attributes": {**sample["attributes"], "ApproximateReceiveCount": str(attempt)},
            }
            for each in (step, *others)
        ]
        answer = load_function("origination", operation).handler(event, SimpleNamespace(function_name=operation))
        return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]

    # what a partner asks ----------------------------------------------------------------------------------------

    def read(self, csn: str) -> Answer:
        return self.journey.call("get_contract", path={"customerServiceNumber": csn})

    def read_signed(self, csn: str) -> Answer:
        return self.journey.call("get_signed_contract", path={"customerServiceNumber": csn})

    def accept(self, csn: str, checksums: Any = UNCHANGED, *, name: str = "aceptedCheckSum", **more: Any) -> Answer:
        body = {"logData": LOG_DATA, **more}
        if checksums is not UNCHANGED:
            body[name] = checksums
        return self.post(csn, body)

    def post(self, csn: str, body: Any) -> Answer:
        return self.journey.call("sign_contract", path={"customerServiceNumber": csn}, body=body)

    def put_clauses(self, clauses: Any, **more: Any) -> Answer:
        body = {"clauses": clauses, **more}
        return self.journey.call("put_product_clauses", path={"product_id": "1"}, body=body)

    def read_clauses(self) -> Answer:
        return self.journey.call("get_product_clauses", path={"product_id": "1"})

    def checksum(self, csn: str) -> str:
        [contract] = self.read(csn).json["contracts"]
        return str(contract["checksum"])

    # what is kept -----------------------------------------------------------------------------------------------

    def stored(self, csn: str) -> StoredCredit:
        found = self.journey.store.find_credit(csn)
        assert found is not None
        return found

    def open_steps(self, csn: str, name: StepName) -> list[Step]:
        return [step for step in self.stored(csn).steps if step.name is name]

    def files(self, csn: str) -> dict[str, bytes]:
        """Every file of a credit by its name, its checksum in the name proved."""
        client = open_whole_client("s3")
        found = {}
        for entry in client.list_objects_v2(Bucket=CONTRACT_BUCKET).get("Contents", []):
            if f"/{self.journey.partner_id}/{csn}/" in entry["Key"]:
                content = client.get_object(Bucket=CONTRACT_BUCKET, Key=entry["Key"])["Body"].read()
                assert entry["Key"].endswith(f"/{hashlib.sha256(content).hexdigest()}.pdf")
                found[entry["Key"]] = content
        return found


def decode(contract: dict[str, str]) -> bytes:
    """The PDF of an answer, its checksum proved."""
    pdf = base64.b64decode(contract["contract"], validate=True)
    assert hashlib.sha256(pdf).hexdigest() == contract["checksum"]
    return pdf


@contextmanager
def dying_at(position: int, *, after: bool) -> Iterator[list[str]]:
    """Meanwhile the process dies at its ``position``-th call of AWS, before it is made or after it took effect."""
    seen: list[str] = []

    def note(model: Any, **_: Any) -> None:
        seen.append(model.name)
        if len(seen) == position + 1:
            raise ProcessKilled

    clients = [open_client(service) for service in ("dynamodb", "s3", "sqs", "secretsmanager")]
    moment = "after-call" if after else "before-call"
    for client in clients:
        client.meta.events.register_last(moment, note)
    try:
        yield seen
    finally:
        for client in clients:
            client.meta.events.unregister(moment, note)
