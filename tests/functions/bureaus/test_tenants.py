"""Nothing of a partner's is seen or used by another, nothing of a store's from another store: every endpoint."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from lastro.aws.clients import open_client
from lastro.bureaus.inquiries import reading
from tests.functions.bureaus.conftest import BUCKET
from tests.functions.bureaus.office import CLEAN, NO_SCORE, RESTRICTED, ZERO_SCORE, Office
from tests.functions.invocation import CNPJ, LETTERED_CNPJ, Shop

FUNCTIONS = Path(__file__).parents[3] / "functions/bureaus"
PERIOD = {"start": "2026-03-01", "end": "2026-03-31"}
FIELDS = {"login": "x", "password": "y"}

ON_A_BRANCH = ("get_branch", "update_branch", "delete_branch", "link_bureau_integration", "unlink_bureau_integration")
ON_AN_INTEGRATION = (
    *("get_bureau_integration", "update_bureau_integration", "delete_bureau_integration"),
    *("replace_bureau_secret", "test_bureau_secret", "list_restriction_codes", "refresh_restriction_codes"),
)
ON_AN_INQUIRY = ("get_bureau_inquiry", "download_bureau_inquiry")
LISTS = ("list_branches", "list_bureau_integrations", "list_bureau_inquiries", "list_subject_inquiries")
NAMING_OTHERS = ("create_bureau_integration", "create_bureau_inquiry")
REPORTS = ("report_bureau_inquiries", "export_bureau_inquiries", "create_access_request")
OF_NOBODY = ("list_bureaus", "create_branch", "get_bureau_settings", "put_bureau_settings")
NOT_HTTP = ("process_inquiry", "refresh_bureau_tokens", "sync_inquiries")

BODIES: dict[str, Any] = {
    "update_branch": {"branch": {"name": "Tomada"}},
    "update_bureau_integration": {"bureau_integration": {"automatic": True}},
    "replace_bureau_secret": {"secret": {"value": "tomada"}},
    "test_bureau_secret": None,
    "refresh_restriction_codes": None,
}


@dataclass
class Loot:
    """What an intruder would like to have."""

    branch_id: int
    integration_id: int
    inquiry_id: str

    def paths(self) -> dict[str, dict[str, str]]:
        branch, integration = {"branch_id": str(self.branch_id)}, {"integration_id": str(self.integration_id)}
        found = dict.fromkeys(ON_A_BRANCH, branch) | dict.fromkeys(ON_AN_INTEGRATION, integration)
        for operation in ("replace_bureau_secret", "test_bureau_secret"):
            found[operation] = {**integration, "field": "client_secret"}
        return found | {operation: {"inquiry_id": self.inquiry_id} for operation in ON_AN_INQUIRY}


def open_loot(office: Office, shop: Shop, store_id: int | None = None) -> Loot:
    branch_id = office.add_branch(shop, store_id=store_id)
    integration = office.add_integration(shop, branch_id)
    subject = {"type": "lead", "id": "lead-1"}
    inquiry = office.inquire(shop, subject=subject, branch_id=branch_id).json["data"]
    return Loot(branch_id, integration["id"], inquiry["id"])


def intrude(office: Office, shop: Shop, operation: str, loot: Loot, store_id: Any) -> Any:
    bodies = {**BODIES, "link_bureau_integration": {"bureau_integration": {"id": loot.integration_id}}}
    more = {"body": bodies[operation]} if operation in bodies else {"query": None}
    return office.call(operation, shop, path=loot.paths()[operation], store_id=store_id, **more)


def look_around(office: Office, shop: Shop, store_id: Any) -> None:
    """Every list is empty, and so are the report and its file."""
    for operation in LISTS:
        path = {"subject_type": "lead", "subject_id": "lead-1"} if operation == "list_subject_inquiries" else None
        answer = office.call(operation, shop, path=path, query=None, store_id=store_id)
        assert (answer.status, answer.json["data"]) == (200, []), operation
    report = office.call("report_bureau_inquiries", shop, query=PERIOD, store_id=store_id).json
    assert (report["data"], report["totals"]["inquiries"], report["totals"]["cost"]) == ([], 0, 0)
    body = {"report": {**PERIOD, "format": "csv"}}
    url = office.call("export_bureau_inquiries", shop, body=body, store_id=store_id).json["data"]["url"]
    key = url.split("?")[0].partition(".amazonaws.com/")[2].removeprefix(f"{BUCKET}/")
    text = open_client("s3").get_object(Bucket=BUCKET, Key=key)["Body"].read().decode("utf-8-sig")
    assert "lead-1" not in text


def test_every_endpoint_is_tried() -> None:
    tried = {*ON_A_BRANCH, *ON_AN_INTEGRATION, *ON_AN_INQUIRY, *LISTS, *NAMING_OTHERS, *REPORTS, *OF_NOBODY, *NOT_HTTP}
    assert tried == {folder.name for folder in FUNCTIONS.iterdir() if (folder / "app.py").exists()}


@pytest.mark.parametrize("operation", [*ON_A_BRANCH, *ON_AN_INTEGRATION, *ON_AN_INQUIRY])
def test_what_is_another_partners_is_not_found(office: Office, operation: str) -> None:
    owner, intruder = office.open_shop(), office.open_shop()
    loot = open_loot(office, owner)
    assert intrude(office, intruder, operation, loot, None).status == 404
    [branch] = office.call("list_branches", owner).json["data"]
    assert (branch["name"], branch["bureau_integration_id"]) == ("Filial", loot.integration_id)


@pytest.mark.parametrize("operation", [*ON_A_BRANCH, *ON_AN_INTEGRATION, *ON_AN_INQUIRY])
def test_what_is_another_stores_is_not_found(office: Office, operation: str) -> None:
    shop = office.open_shop(stores=2)
    first, second = shop.store_ids
    loot = open_loot(office, shop, first)
    assert intrude(office, shop, operation, loot, second).status == 404
    seen = office.call("get_bureau_integration", shop, path={"integration_id": str(loot.integration_id)})
    assert seen.json["data"]["automatic"]["enabled"] is False
    for store_id in (first, None):
        path = {"inquiry_id": loot.inquiry_id}
        assert office.call("get_bureau_inquiry", shop, path=path, store_id=store_id).status == 200


def test_neither_partners_nor_stores_see_each_other_in_lists_and_reports(office: Office) -> None:
    shop = office.open_shop(stores=2)
    first, second = shop.store_ids
    open_loot(office, shop, first)
    look_around(office, office.open_shop(), None)
    look_around(office, shop, second)
    report = office.call("report_bureau_inquiries", shop, query=PERIOD, store_id=first).json
    assert report["totals"]["inquiries"] == len(report["data"]) == 1
    [integration] = office.call("list_bureau_integrations", shop, store_id=first).json["data"]
    assert integration["provider"] == "serasa"


def test_a_page_of_a_store_looks_at_so_many_inquiries_and_no_more(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MAX_LOOKED", 3)
    shop = office.open_shop(stores=2)
    first, second = shop.store_ids
    expected = []
    for store_id, cnpj in ((first, CNPJ), (second, LETTERED_CNPJ)):
        branch_id = office.add_branch(shop, cnpj, store_id)
        office.add_integration(shop, branch_id)
        for document in (CLEAN, RESTRICTED, NO_SCORE, ZERO_SCORE):
            office.clock.advance(minutes=1)
            expected.append(office.inquire(shop, document, branch_id=branch_id).json["data"]["id"])
    pages: list[list[str]] = []
    query: dict[str, str] = {"per_page": "2"}
    while True:
        answer = office.call("list_bureau_inquiries", shop, query=query, store_id=first).json
        pages.append([row["id"] for row in answer["data"]])
        if answer["next_cursor"] is None:
            break
        query["cursor"] = answer["next_cursor"]
    assert [name for page in pages for name in page] == expected[:4][::-1]
    assert pages[0] == []


def test_nobody_asks_or_integrates_with_the_branch_of_another(office: Office) -> None:
    owner, intruder = office.open_shop(), office.open_shop()
    branch_id = office.add_branch(owner)
    asked = {"provider": "spc_brasil", "branch_id": branch_id, "environment": "homologation", "fields": FIELDS}
    refused = office.call("create_bureau_integration", intruder, body={"bureau_integration": asked})
    assert (refused.status, refused.json["code"]) == (404, "branch_not_found")
    office.add_integration(owner, branch_id)
    own = office.add_integration(intruder, office.add_branch(intruder))
    inquiry = office.inquire(intruder, branch_id=branch_id)
    assert (inquiry.status, inquiry.json["code"]) == (404, "branch_not_found")
    linked = office.call(
        "link_bureau_integration",
        owner,
        path={"branch_id": str(office.add_branch(owner, LETTERED_CNPJ))},
        body={"bureau_integration": {"id": own["id"]}},
    )
    assert (linked.status, linked.json["code"]) == (404, "integration_not_found")


def test_a_stored_answer_and_a_key_of_another_partner_are_of_no_use(office: Office) -> None:
    owner, other = office.open_shop(), office.open_shop()
    for shop in (owner, other):
        office.add_integration(shop, office.add_branch(shop, CNPJ))
    first = office.inquire(owner, CLEAN, key="a-mesma").json["data"]
    second = office.inquire(other, CLEAN, key="a-mesma").json["data"]
    assert second["id"] != first["id"]
    assert second["repeated_from"] is None


def test_the_same_key_from_another_store_is_another_request(office: Office) -> None:
    shop = office.open_shop(stores=2)
    for store_id, cnpj in zip(shop.store_ids, (CNPJ, LETTERED_CNPJ), strict=True):
        office.add_integration(shop, office.add_branch(shop, cnpj, store_id))
    first, second = (office.inquire(shop, key="uma", store_id=store_id) for store_id in shop.store_ids)
    assert (first.status, second.status, second.json["code"]) == (201, 409, "idempotency_key_reused")
