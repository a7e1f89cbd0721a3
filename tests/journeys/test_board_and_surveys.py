"""The portal's board and surveys on the local cloud, as the staff and the people who logged in call them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx
import pytest

from sandbox.cloud.background import RunningCloud
from sandbox.demo.approvals import find_buyer
from sandbox.demo.portal import Portal
from tests.journeys.patience import LONGEST

pytestmark = pytest.mark.journey


@dataclass
class Person:
    """Somebody with access to the portal of the demo partner, logged in."""

    portal: Portal
    id: str
    email: str
    session: Any = field(init=False)

    def __post_init__(self) -> None:
        self.session = self.portal.log_in(self.email)

    def call(self, method: str, path: str, body: Any = None) -> Any:
        return self.portal.visit(self.session, method, f"/api/v1/portal/{path}", body)


@pytest.fixture
def portal(cloud: RunningCloud) -> Iterator[Portal]:
    with Portal(cloud) as opened:
        yield opened


@pytest.fixture
def api(cloud: RunningCloud) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=cloud.base_url, headers=cloud.headers, timeout=LONGEST) as client:
        yield client


def post(api: httpx.Client, path: str, body: Any = None, status: int = 201) -> Any:
    answer = api.post(path, json=body, headers={"Idempotency-Key": str(uuid4())})
    assert answer.status_code == status, answer.text
    return answer.json()


def admit(portal: Portal, **changes: Any) -> Person:
    email = f"{uuid4().hex}@example.com"
    person = {"kind": "prospect", "name": "Ana Exemplo", "login_email": email, **changes}
    made = portal.staff("POST", "/api/v1/portal_people", {"portal_person": person})["portal_person"]
    return Person(portal, made["id"], email)


def test_a_bulletin_for_everybody_is_read_once_and_withdrawn(api: httpx.Client, portal: Portal) -> None:
    before = admit(portal)
    sent = {"kind": "diversos", "title": "Assembleia", "paragraphs": ["No dia 10, às 19 horas."]}
    number = post(api, "/api/v1/bulletins", {"bulletin": sent})["bulletin"]["id"]
    later = admit(portal, kind="building_manager")
    path = f"bulletins/{number}"
    for person in (before, later):
        counted = person.call("GET", "unread_bulletins")["unread_bulletins"]
        listed = person.call("GET", "bulletins")["bulletins"]
        assert listed[0]["id"] == number
        first = person.call("POST", f"{path}/read")["bulletin"]
        assert person.call("POST", f"{path}/read")["bulletin"] == first
        after = person.call("GET", "unread_bulletins")["unread_bulletins"]
        assert after == {"published": counted["published"], "unread": counted["unread"] - 1}
    receipts = api.get(f"/api/v1/bulletins/{number}/receipts").json()["receipts"]
    assert {each["person_id"] for each in receipts} >= {before.id, later.id}
    assert post(api, f"/api/v1/bulletins/{number}/withdraw", status=200)["bulletin"]["state"] == "withdrawn"
    assert number not in [each["id"] for each in later.call("GET", "bulletins")["bulletins"]]


def test_a_survey_is_sent_with_its_protocol_and_answered(
    api: httpx.Client, cloud: RunningCloud, portal: Portal
) -> None:
    customer = find_buyer(api)
    asked = {"name": "Depois", "question": "De 0 a 10, quanto?", "triggers": ["pre_registration"]}
    survey = post(api, "/api/v1/surveys", {"survey": asked})["survey"]["id"]
    protocol = uuid4().hex
    told = {"feature": "pre_registration", "id": protocol, "service_id": "88", "customer_id": customer}
    for _ in range(2):
        post(api, "/api/v1/survey_events", {"survey_event": told}, 202)
        answer = httpx.post(f"{cloud.sandbox_url}/schedules/send_surveys/run", timeout=LONGEST)
        assert answer.is_success, answer.text
    [sent] = api.get(f"/api/v1/surveys/{survey}/sent").json()["sent_surveys"]
    assert (sent["protocol"], sent["customer_id"]) == (protocol, customer)
    ana = admit(portal, kind="customer", customer_id=customer)
    [own] = [each for each in ana.call("GET", "surveys")["surveys"] if each["protocol"] == protocol]
    body = {"answer": {"score": 9, "text": "Tudo certo."}}
    assert ana.call("POST", f"surveys/{own['id']}/answer", body)["survey"]["score"] == 9
    result = api.get(f"/api/v1/surveys/{survey}/result").json()["survey_result"]
    assert (result["sent"], result["answered"], result["mean"]) == (1, 1, "9.00")
    [trigger] = result["triggers"]
    assert (trigger["trigger"], trigger["sent"]) == ("pre_registration", 1)
