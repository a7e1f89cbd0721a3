"""What stores, panels and the bounds of credentials mean in bureaus, beyond what tests/functions/tenants tries."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from lastro.bureaus.inquiries import reading
from tests.functions.bureaus.office import CLEAN, NO_SCORE, RESTRICTED, ZERO_SCORE, Office
from tests.functions.invocation import CNPJ, LETTERED_CNPJ, Shop

PERIOD = {"start": "2026-03-01", "end": "2026-03-31"}
FIELDS = {"login": "x", "password": "y"}


@dataclass(frozen=True)
class Bound(Shop):
    """The same partner by a bound credential."""

    stores: bool = True
    panel: str = ""

    @property
    def authorizer(self) -> dict[str, str]:
        bounds = {"bound": "stores" if self.stores else "", "panel": self.panel}
        return super().authorizer | {name: value for name, value in bounds.items() if value}


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


def test_the_same_key_from_another_store_is_another_request(office: Office) -> None:
    shop = office.open_shop(stores=2)
    for store_id, cnpj in zip(shop.store_ids, (CNPJ, LETTERED_CNPJ), strict=True):
        office.add_integration(shop, office.add_branch(shop, cnpj, store_id))
    first, second = (office.inquire(shop, key="uma", store_id=store_id) for store_id in shop.store_ids)
    assert (first.status, second.status, second.json["code"]) == (201, 409, "idempotency_key_reused")


def test_what_was_asked_for_no_store_is_the_partners_and_what_is_set_up_for_none_serves_all(office: Office) -> None:
    shop = office.open_shop(stores=2)
    first, second = shop.store_ids
    branch_id = office.add_branch(shop)
    office.add_integration(shop, branch_id)
    inquiry_id = office.inquire(shop, branch_id=branch_id).json["data"]["id"]
    bound = Bound(shop.partner_id, "", "", (second,))
    assert office.call("get_bureau_inquiry", bound, path={"inquiry_id": inquiry_id}).status == 404
    assert office.call("list_bureau_inquiries", bound, query=None).json["data"] == []
    assert [each["id"] for each in office.call("list_branches", bound).json["data"]] == [branch_id]
    asked = office.inquire(bound, RESTRICTED, branch_id=branch_id)
    assert asked.status == 201
    assert office.read(bound, asked.json["data"]["id"], store_id=second)["id"] == asked.json["data"]["id"]
    other = Bound(shop.partner_id, "", "", (first,))
    assert office.call("get_bureau_inquiry", other, path={"inquiry_id": asked.json["data"]["id"]}).status == 404
    assert office.inquire(Bound(shop.partner_id, "", "", (first, second)), branch_id=branch_id).status == 422
    assert office.inquire(bound, branch_id=branch_id, store_id=first).status == 404


def test_nothing_of_another_panel(office: Office) -> None:
    shop = office.open_shop()
    branch_id = office.add_branch(shop)
    integration = office.add_integration(shop, branch_id, shared_with=["broker"])
    subject = {"type": "lead", "id": "lead-1"}
    managers = office.inquire(shop, subject=subject).json["data"]["id"]
    broker = Bound(shop.partner_id, "", "", shop.store_ids, stores=False, panel="broker")
    agency = Bound(shop.partner_id, "", "", shop.store_ids, stores=False, panel="agency")
    for operation in ("get_bureau_inquiry", "download_bureau_inquiry"):
        assert office.call(operation, broker, path={"inquiry_id": managers}, query=None).status == 404
    for operation in ("list_bureau_inquiries", "list_subject_inquiries"):
        path = {"subject_type": "lead", "subject_id": "lead-1"} if "subject" in operation else None
        assert office.call(operation, broker, path=path, query=None).json["data"] == []
    report = office.call("report_bureau_inquiries", broker, query=PERIOD).json
    assert (report["data"], report["totals"]["inquiries"]) == ([], 0)
    refused = office.inquire(broker, RESTRICTED, panel="manager")
    assert (refused.status, refused.json["code"]) == (403, "foreign_panel")
    asked = [office.inquire(broker, RESTRICTED, panel="broker"), office.inquire(broker, "99999910416")]
    assert [(each.status, each.json["data"]["panel"]) for each in asked] == [(201, "broker")] * 2
    report = office.call("report_bureau_inquiries", broker, query=PERIOD).json
    assert report["totals"]["inquiries"] == len(report["data"]) == 2
    everything = office.call("report_bureau_inquiries", shop, query=PERIOD).json
    assert everything["totals"]["inquiries"] == 3
    [seen] = office.call("list_bureau_integrations", broker).json["data"]
    assert seen["id"] == integration["id"]
    assert office.call("list_bureau_integrations", agency).json["data"] == []
    path = {"integration_id": str(integration["id"])}
    assert office.call("get_bureau_integration", agency, path=path).status == 404
