"""The portal's board and surveys on the local cloud: what the staff calls over HTTP, its people through the functions.

A person's token leads to the same functions: what the authorizer would tell of it stands in their events here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import boto3
import httpx
import pytest

from sandbox.cloud.background import RunningCloud
from sandbox.cloud.settings import REGION
from sandbox.demo.approvals import find_buyer

pytestmark = pytest.mark.journey

EVENTS = Path(__file__).parents[2] / "events"


@dataclass
class Person:
    """Somebody with access to the portal of the demo partner."""

    cloud: RunningCloud
    id: str

    def __post_init__(self) -> None:
        key = {"PK": {"S": f"PORTAL_PERSON#{self.id}"}, "SK": {"S": "PERSON"}}
        row = self._open("dynamodb").get_item(TableName=self.cloud.table, Key=key)["Item"]
        self.partner_id = row["partner_id"]["S"]

    def _open(self, service: str) -> Any:
        session = boto3.session.Session("test", "test", region_name=REGION)
        return session.client(service, endpoint_url=self.cloud.aws_endpoint_url)

    def call(self, operation: str, path: dict[str, str] | None = None, body: Any = None) -> Any:
        """What a call of this person answers, that must be well."""
        [sample] = EVENTS.glob(f"*/{operation}.json")
        event = json.loads(sample.read_text())
        known = {"partner_id": self.partner_id, "person": self.id, "login": "journey"}
        event["requestContext"]["authorizer"] = {**known, "store_ids": "", "scopes": ""}
        event |= {"pathParameters": path, "body": json.dumps(body) if body else None}
        invoked = self._open("lambda").invoke(FunctionName=f"lastro-{operation}", Payload=json.dumps(event))
        answer = json.loads(invoked["Payload"].read())
        assert answer["statusCode"] == 200, answer
        return json.loads(answer["body"])


@pytest.fixture
def api(cloud: RunningCloud) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=cloud.base_url, headers=cloud.headers, timeout=60) as client:
        yield client


def post(api: httpx.Client, path: str, body: Any = None, status: int = 201) -> Any:
    answer = api.post(path, json=body, headers={"Idempotency-Key": str(uuid4())})
    assert answer.status_code == status, answer.text
    return answer.json()


def admit(api: httpx.Client, cloud: RunningCloud, **changes: Any) -> Person:
    person = {"kind": "prospect", "name": "Ana Exemplo", "login_email": f"{uuid4().hex}@example.com", **changes}
    return Person(cloud, post(api, "/api/v1/portal_people", {"portal_person": person})["portal_person"]["id"])


def test_a_bulletin_for_everybody_is_read_once_and_withdrawn(api: httpx.Client, cloud: RunningCloud) -> None:
    before = admit(api, cloud)
    sent = {"kind": "diversos", "title": "Assembleia", "paragraphs": ["No dia 10, às 19 horas."]}
    number = post(api, "/api/v1/bulletins", {"bulletin": sent})["bulletin"]["id"]
    later = admit(api, cloud, kind="building_manager")
    path = {"bulletin_id": str(number)}
    for person in (before, later):
        counted = person.call("count_unread_bulletins")["unread_bulletins"]
        listed = person.call("list_own_bulletins")["bulletins"]
        assert listed[0]["id"] == number
        first = person.call("read_own_bulletin", path)["bulletin"]
        assert person.call("read_own_bulletin", path)["bulletin"] == first
        after = person.call("count_unread_bulletins")["unread_bulletins"]
        assert after == {"published": counted["published"], "unread": counted["unread"] - 1}
    receipts = api.get(f"/api/v1/bulletins/{number}/receipts").json()["receipts"]
    assert {each["person_id"] for each in receipts} >= {before.id, later.id}
    assert post(api, f"/api/v1/bulletins/{number}/withdraw", status=200)["bulletin"]["state"] == "withdrawn"
    assert number not in [each["id"] for each in later.call("list_own_bulletins")["bulletins"]]


def test_a_survey_is_sent_with_its_protocol_and_answered(api: httpx.Client, cloud: RunningCloud) -> None:
    customer = find_buyer(api)
    asked = {"name": "Depois", "question": "De 0 a 10, quanto?", "triggers": ["pre_registration"]}
    survey = post(api, "/api/v1/surveys", {"survey": asked})["survey"]["id"]
    protocol = uuid4().hex
    told = {"feature": "pre_registration", "id": protocol, "service_id": "88", "customer_id": customer}
    for _ in range(2):
        post(api, "/api/v1/survey_events", {"survey_event": told}, 202)
        answer = httpx.post(f"{cloud.sandbox_url}/schedules/send_surveys/run", timeout=60)
        assert answer.is_success, answer.text
    [sent] = api.get(f"/api/v1/surveys/{survey}/sent").json()["sent_surveys"]
    assert (sent["protocol"], sent["customer_id"]) == (protocol, customer)
    ana = admit(api, cloud, kind="customer", customer_id=customer)
    [own] = [each for each in ana.call("list_own_surveys")["surveys"] if each["protocol"] == protocol]
    body = {"answer": {"score": 9, "text": "Tudo certo."}}
    assert ana.call("answer_survey", {"sent_survey_id": own["id"]}, body)["survey"]["score"] == 9
    result = api.get(f"/api/v1/surveys/{survey}/result").json()["survey_result"]
    assert (result["sent"], result["answered"], result["mean"]) == (1, 1, "9.00")
    [trigger] = result["triggers"]
    assert (trigger["trigger"], trigger["sent"]) == ("pre_registration", 1)
