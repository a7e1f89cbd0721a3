"""Asking about a person's data as a partner does, and the queue and the schedule behind it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from lastro.aws.clients import open_client
from lastro.aws.dynamodb import keys
from lastro.aws.dynamodb.table import Table, Update
from lastro.origination.processes.statuses import ProcessStatus
from lastro.retention.entities import ENDED_WITH, OF_NOBODY
from tests.functions.consumer import as_record
from tests.functions.emulation.whole_clients import open_whole_client
from tests.functions.invocation import CPF, Answer, call_function, load_function, sample_event
from tests.functions.tenants.world import World, all_rows

Row = dict[str, Any]


@dataclass
class Officer:
    """One partner's, at work."""

    world: World

    @property
    def queue_url(self) -> str:
        return str(open_client("sqs").get_queue_url(QueueName="subjects")["QueueUrl"])

    def call(self, operation: str, body: Any = None, **changes: Any) -> Answer:
        """Call a function as the partner; without an ``Idempotency-Key`` unless one is given."""
        headers = {"Idempotency-Key": changes.pop("key", None)}
        more = {"body": body} if body is not None else {}
        return call_function(
            "retention", operation, shop=self.world.owner, store_id=None, headers=headers, **more, **changes
        )

    def ask(self, action: str, document: str = CPF, key: str | None = None) -> str:
        """Ask for an export or an erasure; the request's id."""
        asked = {"document": document, "action": action, "requested_by": "encarregado"}
        answer = self.call("create_data_subject_request", {"data_subject_request": asked}, key=key)
        assert answer.status == 202, answer.text
        return str(answer.json["data"]["id"])

    def read(self, request_id: str) -> dict[str, Any]:
        answer = self.call("get_data_subject_request", path={"request_id": request_id})
        assert answer.status == 200, answer.text
        data: dict[str, Any] = answer.json["data"]
        return data

    def fates(self, request_id: str) -> dict[str, dict[str, int]]:
        """What became of the records by kind, what did not happen left out."""
        found = self.read(request_id)["records"]
        return {each["kind"]: {name: n for name, n in each.items() if name != "kind" and n} for each in found}

    def hold(self, document: str = CPF) -> str:
        asked = {"document": document, "reason": "Processo 1", "requested_by": "jurídico"}
        answer = self.call("create_legal_hold", {"legal_hold": asked})
        assert answer.status == 201, answer.text
        return str(answer.json["data"]["id"])

    def lift(self, hold_id: str) -> Answer:
        body = {"legal_hold": {"reason": "Trânsito em julgado", "requested_by": "jurídico"}}
        return self.call("lift_legal_hold", body, path={"hold_id": hold_id})

    # the queue and the schedule ---------------------------------------------------------------------------------

    def take(self) -> list[Row]:
        """Every waiting message, taken out."""
        sample: Row = sample_event("retention", "work_data_subject_request")["Records"][0]
        client, found = open_client("sqs"), []
        while messages := client.receive_message(
            QueueUrl=self.queue_url, MaxNumberOfMessages=10, AttributeNames=["All"]
        ).get("Messages", []):
            for message in messages:
                found.append(as_record(sample, message, self.queue_url))
                client.delete_message(QueueUrl=self.queue_url, ReceiptHandle=message["ReceiptHandle"])
        return found

    def deliver(self, records: list[Row]) -> list[str]:
        answer = load_function("retention", "work_data_subject_request").handler(
            {"Records": records}, SimpleNamespace(function_name="work_data_subject_request")
        )
        return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]

    def work_off(self) -> int:
        """Deliver one by one until no message waits; how many there were."""
        count = 0
        while records := self.take():
            for record in records:
                assert self.deliver([record]) == []
                count += 1
        return count

    def sweep(self) -> dict[str, int]:
        event = sample_event("retention", "sync_retention")
        counts: dict[str, int] = load_function("retention", "sync_retention").handler(
            event, SimpleNamespace(function_name="sync_retention")
        )
        return counts

    # what is kept -----------------------------------------------------------------------------------------------

    def finish_simulations(self) -> None:
        """As when every bank has answered."""
        table = Table()
        for pk, sk in all_rows():
            if pk.startswith("SIM#") and sk == "HEADER":
                key = keys.Key(pk, sk)
                table.write(Update(key, assign={"finished_at": "2026-11-03T12:00:05.000Z", "success": True}))

    def settle(self) -> None:
        """As when nothing is owed to any process, credit or listing any more."""
        self._remove("STEP#")
        for pk, sk in all_rows():
            if sk == "LISTING":
                Table().write(Update(keys.Key(pk, sk), assign={"removed_at": "2026-11-03T12:00:05.000Z"}))
            if sk == "PROCESS":
                Table().write(Update(keys.Key(pk, sk), assign={"status": ProcessStatus.PROPOSAL_CREATED.value}))

    def begin_anew(self) -> None:
        """As before anything was asked about anybody."""
        self._remove("HOLD", "REQUEST")
        self.take()

    def _remove(self, *starts: str) -> None:
        for pk, sk in all_rows():
            if sk.startswith(starts):
                key = {"PK": {"S": pk}, "SK": {"S": sk}}
                open_client("dynamodb").delete_item(TableName=Table().name, Key=key)

    def rows_naming(self, *words: str) -> list[tuple[str, str]]:
        """Rows that name the person, but those that lapse by themselves or prove what was answered."""
        looked_at = OF_NOBODY.union({"counter"}, *ENDED_WITH.values())
        return [
            key
            for key, row in all_rows().items()
            if row.get("entity", {}).get("S", "counter") in looked_at
            and not key[0].startswith("COUNT#")
            and any(word in f"{key} {json.dumps(row, default=str)}" for word in words)
        ]

    def tagged(self, bucket: str, prefix: str) -> list[bool]:
        """For every version of the files below a name, whether the lifecycle removes it."""
        client = open_whole_client("s3")
        versions = client.list_object_versions(Bucket=bucket, Prefix=prefix).get("Versions", [])
        return [
            {"Key": "erasable", "Value": "yes"}
            in client.get_object_tagging(Bucket=bucket, Key=each["Key"], VersionId=each["VersionId"])["TagSet"]
            for each in versions
        ]
