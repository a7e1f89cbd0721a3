"""The store's simulations, page by page."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.functions.customers.visitors import staff_of
from tests.functions.invocation import Shop
from tests.functions.simulations.pipeline import Pipeline, sample_purchase


def post_on(pipeline: Pipeline, shop: Shop, *moments: datetime) -> list[str]:
    found = []
    for moment in moments:
        pipeline.clock.moment = moment
        found.append(str(pipeline.post(shop).json["data"]["uuid"]))
    return found


def uuids(pipeline: Pipeline, shop: Shop, **query: Any) -> list[str]:
    answer = pipeline.page(shop, {name: str(value) for name, value in query.items()})
    assert answer.status == 200, answer.text
    return [simulation["uuid"] for simulation in answer.json["data"]]


def test_pages_hold_every_simulation_once_newest_first(pipeline: Pipeline) -> None:
    shop = pipeline.open_shop()
    posted = post_on(pipeline, shop, *(datetime(2026, 3, day, 12, tzinfo=UTC) for day in range(1, 6)))
    pages = [uuids(pipeline, shop, page=page, per_page=2) for page in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [2, 2, 1, 0]
    assert [uuid for page in pages for uuid in page] == posted[::-1]
    assert uuids(pipeline, shop, sort="created_at_asc") == posted
    assert uuids(pipeline, shop, sort="created_at_desc") == uuids(pipeline, shop) == posted[::-1]
    assert uuids(pipeline, shop, sort="created_at_asc", page=2, per_page=2) == posted[2:4]


def test_after_is_a_day_in_sao_paulo_and_counts_itself(pipeline: Pipeline) -> None:
    shop = pipeline.open_shop()
    late, midnight, noon = post_on(
        pipeline,
        shop,
        datetime(2026, 3, 2, 2, 59, 59, 999_000, tzinfo=UTC),
        datetime(2026, 3, 2, 3, 0, tzinfo=UTC),
        datetime(2026, 3, 2, 15, 0, tzinfo=UTC),
    )
    assert uuids(pipeline, shop, after="2026-03-01", sort="created_at_asc") == [late, midnight, noon]
    assert uuids(pipeline, shop, after="2026-03-02", sort="created_at_asc") == [midnight, noon]
    assert uuids(pipeline, shop, after="2026-03-03") == []
    assert uuids(pipeline, shop, after="2026-03-02", page=2, per_page=1) == [midnight]


def test_a_simulation_without_its_conditions_as_far_as_it_got(pipeline: Pipeline) -> None:
    shop = pipeline.open_shop()
    uuid = pipeline.post(shop).json["data"]["uuid"]
    [listed] = pipeline.page(shop).json["data"]
    assert (listed["uuid"], listed["pending"], listed["finished_at"]) == (uuid, 4, None)
    pipeline.drain()
    [listed] = pipeline.page(shop).json["data"]
    whole = pipeline.read(shop, uuid).json["data"]
    del whole["conditions"]
    assert listed == whole
    assert listed["finished_at"]


def test_only_the_simulations_of_the_store(pipeline: Pipeline) -> None:
    owner, stranger = pipeline.open_shop(stores=2), pipeline.open_shop()
    pipeline.post(owner)
    assert len(pipeline.page(owner).json["data"]) == 1
    assert pipeline.page(owner, store_id=owner.store_ids[1]).json == {"data": []}
    assert pipeline.page(stranger).json == {"data": []}
    assert pipeline.page(stranger, store_id=owner.store_ids[0]).status == 403


def test_twenty_five_a_page_when_not_told(pipeline: Pipeline) -> None:
    shop = pipeline.open_shop("341")
    body = sample_purchase(bank_febraban_codes=None, conditions=[{"installments": 12, "down_payment": 0}])
    for _ in range(27):
        pipeline.clock.advance(seconds=1)
        assert pipeline.post(shop, body).status == 200
    assert len(uuids(pipeline, shop)) == 25
    assert len(uuids(pipeline, shop, per_page=100)) == 27
    assert len(uuids(pipeline, shop, page=2)) == 2


@pytest.mark.parametrize(
    ("query", "wrong"),
    [
        ({"page": "0"}, {"page": "greater_than_equal"}),
        ({"page": "x", "per_page": "101"}, {"page": "int_type", "per_page": "less_than_equal"}),
        ({"after": "02/03/2026", "sort": "newest"}, {"after": "date", "sort": "literal_error"}),
        ({"after": "2026-02-30"}, {"after": "date"}),
        ({"after": "20260301", "per_page": "1.5"}, {"after": "date", "per_page": "int_type"}),
        ({"after": "2026-03-01T10:00:00"}, {"after": "day_without_zone"}),
    ],
)
def test_a_query_that_makes_no_sense(pipeline: Pipeline, query: dict[str, str], wrong: dict[str, str]) -> None:
    answer = pipeline.page(pipeline.open_shop(), query)
    assert (answer.status, answer.rules()) == (422, wrong)


@pytest.mark.parametrize("after", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar(pipeline: Pipeline, after: str) -> None:
    shop = pipeline.open_shop()
    pipeline.post(shop)
    assert len(uuids(pipeline, shop, after=after)) == (after < "2026")


def test_unknown_parameters_are_ignored(pipeline: Pipeline) -> None:
    assert uuids(pipeline, pipeline.open_shop(), colour="blue", **{"banks[]": "341"}) == []


def test_a_simulation_is_of_the_panel_that_asked_and_of_the_partner(pipeline: Pipeline) -> None:
    shop = pipeline.open_bare_shop()
    [store_id] = shop.store_ids
    pipeline.put_credentials(shop, store_id, "341")
    pipeline.put_credentials(shop, store_id, "422")
    seller, other = staff_of(shop, "broker"), staff_of(shop, "agency")
    assert pipeline.post(seller).rules() == {"simulation.retrieve_lead.cpf_cnpj": "lead_not_found"}
    pipeline.create_lead(seller, store_id)
    made = pipeline.post(seller, key="1").json["data"]["uuid"]
    assert pipeline.post(other, key="1").status == 422
    # A lead that a broker brought serves the partner, who asks for itself.
    own = pipeline.post(shop, key="1").json["data"]["uuid"]
    assert own != made
    pipeline.drain()

    def seen(who: Shop) -> set[str]:
        return {each["uuid"] for each in pipeline.page(who).json["data"]}

    assert (seen(shop), seen(seller), seen(other)) == ({made, own}, {made}, set())
    assert pipeline.page(seller, {"per_page": "1"}).json["data"][0]["uuid"] == made
    assert pipeline.read(shop, made).json["data"]["finished_at"]
    assert (pipeline.read(seller, made).status, pipeline.read(seller, own).status) == (200, 404)
    assert pipeline.read(other, made).status == 404
