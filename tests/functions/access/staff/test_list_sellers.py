"""Who sells in a store: the partner's own program, and the people of its panel who see the store."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from lastro.access.staff.model import StaffMember
from lastro.access.staff.store import StaffStore
from lastro.aws.dynamodb.table import Table
from lastro.kernel.callers.jobs import Job
from tests.clock import START
from tests.functions.access.test_bindings import BoundShop
from tests.functions.conftest import OpenShop
from tests.functions.invocation import Shop, call_function

NUMBERS = {"Ana": 1_001, "Bia": 1_002, "Caio": 1_003, "Davi": 1_004}


def employ(table: Table, shop: Shop, name: str, job: Job, *stores: int) -> StaffMember:
    number = str(uuid5(NAMESPACE_URL, name))
    email = f"{name.lower()}@example.com"
    member = StaffMember(number, NUMBERS[name], shop.partner_id, name, email, job, START, stores or None)
    StaffStore(table).put(member)
    return member


def sellers(shop: Shop, **told: Any) -> list[str]:
    answer = call_function("access", "list_sellers", shop=shop, **{"store_id": None, "query": None, **told})
    assert answer.status == 200, answer.text
    return [each["name"] for each in answer.json["users"]]


def test_people_are_listed_where_they_sell(table: Table, open_shop: OpenShop) -> None:
    shop, other = open_shop(stores=2), open_shop()
    first, second = shop.store_ids
    employ(table, shop, "Ana", Job.MANAGER)
    employ(table, shop, "Bia", Job.BROKER, second)
    gone = employ(table, shop, "Caio", Job.ANALYST)
    StaffStore(table).disable(gone, START + timedelta(days=1))
    employ(table, other, "Davi", Job.MANAGER)

    assert sellers(shop) == ["Rede Exemplo", "Ana", "Bia"]
    assert sellers(shop, store_id=first) == ["Rede Exemplo", "Ana"]
    assert sellers(shop, store_id=first, query={"store_id": str(second)}) == ["Rede Exemplo", "Ana", "Bia"]
    assert sellers(BoundShop(shop.partner_id, "", "", (first,))) == ["Rede Exemplo", "Ana"]
    assert sellers(OfBrokers(shop.partner_id, "", "", shop.store_ids)) == ["Rede Exemplo", "Bia"]
    assert sellers(other) == ["Rede Exemplo", "Davi"]


def test_a_seller_is_a_user_as_the_client_reads_one(table: Table, shop: Shop) -> None:
    employ(table, shop, "Ana", Job.BROKER)
    own, ana = call_function("access", "list_sellers", shop=shop).json["users"]
    assert own == call_function("access", "get_current_user", shop=shop).json["user"]
    assert (ana["id"], ana["email"], ana["role"]["identifier"]) == (1_001, "ana@example.com", "broker")
    assert ana["account"] == own["account"]


def test_a_store_of_somebody_else_says_nothing(open_shop: OpenShop) -> None:
    shop, other = open_shop(stores=2), open_shop()
    bound = BoundShop(shop.partner_id, "", "", shop.store_ids[:1])
    for caller, store_id, status in (
        (shop, other.store_ids[0], 403),
        (shop, 4711, 403),
        (bound, shop.store_ids[1], 404),
        (bound, other.store_ids[0], 404),
    ):
        query = {"store_id": str(store_id)}
        assert call_function("access", "list_sellers", shop=caller, store_id=None, query=query).status == status


class OfBrokers(Shop):
    """The same partner by a key bound to the brokers' panel."""

    @property
    def authorizer(self) -> dict[str, str]:
        return {**super().authorizer, "panel": "broker"}
