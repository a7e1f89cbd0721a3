"""Customers on the local cloud: classified, buying and assigning what they bought, and classified otherwise later."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import boto3
import httpx
import pytest

from lastro.kernel.calendar import format_moment
from lastro.kernel.documents import Cpf
from sandbox.cloud.background import RunningCloud
from sandbox.cloud.settings import REGION
from sandbox.demo.approvals import RULE, SALE, make_flow
from tests.journeys.documents import spell_documents
from tests.journeys.patience import LONGEST

pytestmark = pytest.mark.journey

LIMITS = {"rank": 1, "minimum_percent": "90", "without_bureau_report": True}
RICH, ENOUGH = 2_000_000, 700_000
"""Monthly incomes in cents: of whoever meets the condition at first, and of whoever meets it once it is eased."""


@pytest.fixture
def api(cloud: RunningCloud) -> Iterator[httpx.Client]:
    """The partner's, with somebody who approves."""
    with httpx.Client(base_url=cloud.base_url, headers=cloud.headers, timeout=LONGEST) as client:
        send(client, "PUT", "/api/v1/approval_authorities/bia.jornada", {"authority": LIMITS})
        yield client


def send(api: httpx.Client, method: str, path: str, body: Any = None, status: int = 200) -> Any:
    answer = api.request(method, path, json=body)
    assert answer.status_code == status, answer.text
    return answer.json()


def register(api: httpx.Client, income: int) -> int:
    """A customer of nobody's document."""
    cpf = next(spell_documents(Cpf, f"{uuid4().int % 10**8:08d}", 1))
    customer = {
        "cpf": cpf,
        "name": "Davi Exemplo",
        "mother": "Maria Exemplo",
        "born_at": "17/05/1990",
        "address": {},
        "job_reference": {"income_cents": income},
    }
    return int(send(api, "POST", "/api/v1/customers", {"customer": customer}, 201)["customer"]["id"])


def define(api: httpx.Client, name: str, at_least: int, **known: int) -> dict[str, Any]:
    """Classes of which the first is of whoever earns enough, and the other everybody else's."""
    born = {"known": "born_at"}
    classes = [
        {"name": name, "condition": {"field": "income_cents", "at_least": at_least}, **known},
        {"name": "Demais", "condition": {"any_of": [born, {"not": born}]}},
    ]
    body = {"customer_classes": {"classes": classes}}
    defined: dict[str, Any] = send(api, "PUT", "/api/v1/customer_classes", body)["customer_classes"]
    return defined


def journey(api: httpx.Client, customer: int) -> dict[str, Any]:
    told: dict[str, Any] = send(api, "GET", f"/api/v1/customers/{customer}/journey")["journey"]
    return told


def class_of(api: httpx.Client, customer: int) -> str | None:
    name: str | None = journey(api, customer)["classification"]["class_name"]
    return name


def follow(api: httpx.Client, customer: int) -> dict[str, list[int]]:
    """What the journey's links list, as many as it counts, each of them of this customer."""
    told, found = journey(api, customer), {}
    for name in ("reservations", "sales", "assignments"):
        rows = send(api, "GET", told[name]["link"])[name]
        for row in rows:
            parties = [row.get(field) for field in ("customer_id", "from_customer_id", "to_customer_id")]
            assert customer in [*parties, *row.get("customer_ids", ())], name
        assert told[name]["count"] == len(rows), name
        found[name] = [row["id"] for row in rows]
    return found


def run_walk(cloud: RunningCloud) -> None:
    answer = httpx.post(f"{cloud.sandbox_url}/schedules/reclassify_customers/run", timeout=LONGEST)
    assert answer.is_success, answer.text


def let_requests_end(cloud: RunningCloud) -> None:
    """As when the classes were changed so long ago that no request reads the ones before any more."""
    session = boto3.session.Session("test", "test", region_name=REGION)
    client = session.client("dynamodb", endpoint_url=cloud.aws_endpoint_url)
    moment = {":at": {"S": format_moment(datetime.now(UTC) - timedelta(minutes=5))}}
    pages = client.get_paginator("scan").paginate(
        TableName=cloud.table,
        FilterExpression="begins_with(PK, :classes) AND SK = :current",
        ExpressionAttributeValues={":classes": {"S": "CUSTOMER_CLASSES#"}, ":current": {"S": "CURRENT"}},
    )
    for row in [row for page in pages for row in page["Items"]]:
        client.update_item(
            TableName=cloud.table,
            Key={"PK": row["PK"], "SK": row["SK"]},
            UpdateExpression="SET updated_at = :at",
            ExpressionAttributeValues=moment,
        )


def test_a_sale_passes_from_one_customer_to_another(api: httpx.Client) -> None:
    ana, davi = register(api, RICH), register(api, ENOUGH)
    sale = {**SALE, "development": f"Jornada {uuid4().hex[:8]}"}
    rule = send(api, "POST", "/api/v1/approval_rules", {"approval_rule": {**RULE, **sale}}, 201)["approval_rule"]["id"]
    asked = {
        **sale,
        "approval_rule_id": rule,
        "customer_id": ana,
        "unit": "101",
        "requested_by": "ana.jornada",
        "flow": make_flow(5_000_000),
    }
    reserved = send(api, "POST", "/api/v1/reservations", {"reservation": asked}, 201)["reservation"]["id"]
    decision = {"verdict": "approve", "decided_by": "bia.jornada", "justification": "Combinado"}
    decided = send(api, "POST", f"/api/v1/reservations/{reserved}/decision", {"decision": decision})["reservation"]
    assert decided["state"] == "approved"
    sent = {"reservation_id": reserved, "signed_on": "2026-11-10", "sold_by": "ana.jornada"}
    sold = send(api, "POST", "/api/v1/sales", {"sale": sent}, 201)["sale"]["id"]
    assert follow(api, ana) == {"reservations": [reserved], "sales": [sold], "assignments": []}
    assert follow(api, davi) == {"reservations": [], "sales": [], "assignments": []}

    parties = {"sale_id": sold, "from_customer_id": ana, "to_customer_id": davi}
    wanted = {**parties, "assigned_on": "2026-11-20", "requested_by": "bia.jornada"}
    assigned = send(api, "POST", "/api/v1/assignments", {"assignment": wanted}, 201)["assignment"]["id"]
    at = f"/api/v1/assignments/{assigned}/decision"
    own = send(api, "POST", at, {"decision": decision}, 403)
    assert own["code"] == "requester_cannot_decide"
    send(api, "PUT", "/api/v1/approval_authorities/caio.jornada", {"authority": {**LIMITS, "rank": 2}})
    by_another = {"decision": {**decision, "decided_by": "caio.jornada"}}
    assert send(api, "POST", at, by_another)["assignment"]["state"] == "approved"
    assert send(api, "GET", f"/api/v1/sales/{sold}")["sale"]["customer_ids"] == [davi]
    assert follow(api, ana) == {"reservations": [reserved], "sales": [], "assignments": [assigned]}
    assert follow(api, davi) == {"reservations": [], "sales": [sold], "assignments": [assigned]}


def test_classes_that_change_reach_every_customer_and_a_person_may_overrule_them(
    api: httpx.Client, cloud: RunningCloud
) -> None:
    high = f"Alta renda {uuid4().hex[:8]}"
    first, others = (each["id"] for each in define(api, high, RICH)["classes"])
    ana, davi = register(api, RICH), register(api, ENOUGH)
    assert (class_of(api, ana), class_of(api, davi)) == (high, "Demais")

    def members(class_id: int) -> set[int]:
        query = f"/api/v1/customers?customer_class_id={class_id}&per_page=100"
        return {each["id"] for each in send(api, "GET", query)["customers"]}

    assert (ana in members(first), davi in members(first), davi in members(others)) == (True, False, True)
    changed = define(api, high, ENOUGH, id=first)
    assert changed["classes"][0]["id"] == first
    assert changed["reevaluation"]["finished_at"] is None
    run_walk(cloud)
    assert {ana, davi} <= members(first)
    let_requests_end(cloud)
    run_walk(cloud)
    done = send(api, "GET", "/api/v1/customer_classes")["customer_classes"]["reevaluation"]
    assert done["customers_evaluated"] >= 2
    assert done["finished_at"] is not None

    at = f"/api/v1/customers/{davi}/class_override"
    second = changed["classes"][1]["id"]
    override = {"class_id": second, "reason": "Fundador", "set_by": "bia.jornada"}
    send(api, "PUT", at, {"class_override": override})
    shown = journey(api, davi)["classification"]
    assert (shown["class_name"], shown["classified_by"]) == ("Demais", "override")
    assert shown["class_override"]["set_by"] == "bia.jornada"
    revocation = {"reason": "Voltam a valer os critérios", "revoked_by": "bia.jornada"}
    send(api, "POST", f"{at}/revocation", {"revocation": revocation})
    assert class_of(api, davi) == high
    changes = send(api, "GET", f"/api/v1/customers/{davi}/class_changes")["class_changes"]
    assert [each["class_id"] for each in changes] == [first, second, first, others]
