"""Credentials bound to stores or a panel: nothing of another store or panel in any list, report, file or answer."""

from __future__ import annotations

from dataclasses import dataclass

from tests.functions.bureaus.office import RESTRICTED, Office
from tests.functions.bureaus.test_tenants import LISTS, PERIOD, intrude, look_around, open_loot
from tests.functions.invocation import Shop

READ = (
    "get_branch",
    "get_bureau_integration",
    "list_restriction_codes",
    "get_bureau_inquiry",
    "download_bureau_inquiry",
)


@dataclass(frozen=True)
class Bound(Shop):
    """The same partner by a bound credential."""

    stores: bool = True
    panel: str = ""

    @property
    def authorizer(self) -> dict[str, str]:
        bounds = {"bound": "stores" if self.stores else "", "panel": self.panel}
        return super().authorizer | {name: value for name, value in bounds.items() if value}


def test_nothing_of_another_store(office: Office) -> None:
    shop = office.open_shop(stores=3)
    first, second, third = shop.store_ids
    loot = open_loot(office, shop, first)
    for intruder in (Bound(shop.partner_id, "", "", (second,)), Bound(shop.partner_id, "", "", (second, third))):
        for store_id in (None, second):
            look_around(office, intruder, store_id)
            for operation in READ:
                assert intrude(office, intruder, operation, loot, store_id).status == 404, operation
        for operation in (*READ, *LISTS):
            path = {**loot.paths().get(operation, {}), "subject_type": "lead", "subject_id": "lead-1"}
            assert office.call(operation, intruder, path=path, store_id=first).status == 404, operation
    owner = Bound(shop.partner_id, "", "", (first,))
    assert office.read(owner, loot.inquiry_id)["id"] == loot.inquiry_id
    assert office.call("report_bureau_inquiries", owner, query=PERIOD).json["totals"]["inquiries"] == 1


def test_what_was_asked_for_no_store_is_the_partners_and_what_is_set_up_for_none_serves_all(office: Office) -> None:
    shop = office.open_shop(stores=2)
    first, second = shop.store_ids
    loot = open_loot(office, shop)
    bound = Bound(shop.partner_id, "", "", (second,))
    assert office.call("get_bureau_inquiry", bound, path={"inquiry_id": loot.inquiry_id}).status == 404
    assert office.call("list_bureau_inquiries", bound, query=None).json["data"] == []
    assert [each["id"] for each in office.call("list_branches", bound).json["data"]] == [loot.branch_id]
    asked = office.inquire(bound, RESTRICTED, branch_id=loot.branch_id)
    assert asked.status == 201
    assert office.read(bound, asked.json["data"]["id"], store_id=second)["id"] == asked.json["data"]["id"]
    other = Bound(shop.partner_id, "", "", (first,))
    assert office.call("get_bureau_inquiry", other, path={"inquiry_id": asked.json["data"]["id"]}).status == 404
    assert office.inquire(Bound(shop.partner_id, "", "", (first, second)), branch_id=loot.branch_id).status == 422
    assert office.inquire(bound, branch_id=loot.branch_id, store_id=first).status == 404


def test_an_inquiry_cannot_be_placed_with_another_stores_branch(office: Office) -> None:
    shop = office.open_shop(stores=2)
    first, second = shop.store_ids
    loot = open_loot(office, shop, first)
    bound = Bound(shop.partner_id, "", "", (second,))
    assert office.inquire(bound, branch_id=loot.branch_id).status == 404


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
