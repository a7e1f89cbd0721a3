"""The catalogue over the API: loaded by the operator, read and searched by its partner alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from lastro.aws.dynamodb.table import Table
from lastro.aws.services.json_service import JsonService
from lastro.kernel.calendar import CLOCK
from lastro.operator.command import main
from lastro.vehicles.catalogue.model import EMPTY, merge_table
from lastro.vehicles.catalogue.store import CatalogueStore
from lastro.vehicles.catalogue.table import read_table
from lastro.vehicles.wiring import open_loading
from sandbox.catalogue import make_catalogue
from tests.functions.conftest import Call, OpenShop
from tests.functions.invocation import Shop

HEADING = make_catalogue().splitlines()[0]


def load(shop: Shop, lines: str | None = None) -> None:
    content = make_catalogue() if lines is None else f"{HEADING}\n{lines}\n"
    open_loading().load(shop.partner_id, content.encode())


def test_a_model_is_found_by_what_people_write(call: Call, shop: Shop) -> None:
    load(shop)
    found = call("vehicles", "search_vehicle_model", shop=shop)
    assert found.status == 200
    model = found.json["vehicle_model"]
    assert (model["object_type"], model["brand"], model["name"]) == ("VehicleModel", "Aurora", "Brisa")
    assert model["year_start"] <= 2022 <= model["year_end"]
    assert model["vehicle_brand"] == {"id": 1, "name": "Aurora"}
    assert model["public_price_as_string"].startswith("R$ ")
    assert (model["fuel"]["name"], model["vehicle_type"]["name"], model["active"]) == ("Flex", "Carro", True)
    query = {"q": "cometa orbita", "model_year": str(model["year_start"])}
    assert call("vehicles", "search_vehicle_model", shop=shop, query=query).json["vehicle_model"]["name"] == "Órbita"


def test_a_search_is_one_read_while_the_table_stays(call: Call, shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    load(shop)
    assert call("vehicles", "search_vehicle_model", shop=shop).status == 200
    asked: list[str] = []
    ask = JsonService.ask

    def watched(client: JsonService, operation: str, /, **parameters: Any) -> Any:
        asked.append(operation)
        return ask(client, operation, **parameters)

    monkeypatch.setattr(JsonService, "ask", watched)
    assert call("vehicles", "search_vehicle_model", shop=shop).status == 200
    assert asked == ["GetItem"]


def test_nothing_found_is_told(call: Call, shop: Shop) -> None:
    empty = call("vehicles", "search_vehicle_model", shop=shop)
    assert (empty.status, empty.json["code"]) == (404, "vehicle_model_not_found")
    load(shop)
    assert call("vehicles", "search_vehicle_model", shop=shop, query={"q": "opala"}).status == 404
    for wrong in ({}, {"q": ""}, {"q": "brisa", "model_year": "22"}, {"q": "brisa", "manufacture_year": "dois mil"}):
        assert call("vehicles", "search_vehicle_model", shop=shop, query=wrong).status == 422
    for year in ("2021", "2024"):
        apart = {"q": "aurora brisa", "manufacture_year": "2022", "model_year": year}
        answer = call("vehicles", "search_vehicle_model", shop=shop, query=apart)
        assert answer.rules() == {"model_year": "years_apart"}


def test_the_list_is_filtered_and_paged(call: Call, shop: Shop) -> None:
    load(shop)

    def ids(**query: str) -> list[int]:
        answer = call("vehicles", "list_vehicle_models", shop=shop, query=query)
        assert answer.status == 200, answer.json
        return [model["id"] for model in answer.json["vehicle_models"]]

    assert ids() == list(range(1, 26))
    assert ids(per_page="100", page="20") == list(range(1901, 2001))
    assert ids(per_page="100", page="21") == []
    assert ids(molicar_code="00000007-7") == ids(fipe_code="900007-7") == [7]
    assert ids(molicar_code="00000007-7", fipe_code="900008-8") == []
    query = {"year_start_less_than_or_equal_to": "2010", "year_end_greater_than_or_equal_to": "2012", "per_page": "100"}
    answer = call("vehicles", "list_vehicle_models", shop=shop, query=query).json["vehicle_models"]
    assert len(answer) == 100
    assert all(model["year_start"] <= 2010 and model["year_end"] >= 2012 for model in answer)


def test_another_partner_has_another_catalogue(call: Call, shop: Shop, open_shop: OpenShop) -> None:
    load(shop)
    other = open_shop()
    assert call("vehicles", "list_vehicle_models", shop=other, query={}).json == {"vehicle_models": []}
    assert call("vehicles", "search_vehicle_model", shop=other).status == 404


def test_a_load_is_seen_at_once_and_what_it_leaves_out_is_no_longer_found(call: Call, shop: Shop) -> None:
    load(shop)
    assert call("vehicles", "search_vehicle_model", shop=shop, query={"q": "tucano bico"}).status == 200
    load(shop, make_catalogue().splitlines()[1])
    assert call("vehicles", "search_vehicle_model", shop=shop, query={"q": "tucano bico"}).status == 404
    [left] = call("vehicles", "list_vehicle_models", shop=shop, query={"molicar_code": "00002000-0"}).json[
        "vehicle_models"
    ]
    assert (left["id"], left["active"], left["publish"]) == (2000, False, False)


def test_of_two_loads_at_once_one_is_in_force_and_what_the_other_wrote_goes_with_the_next(shop: Shop) -> None:
    now, store = CLOCK.now(), CatalogueStore(Table())
    one, two = (
        merge_table(EMPTY, read_table(f"{HEADING}\n{line}".encode(), now.date()), now)
        for line in make_catalogue().splitlines()[1:3]
    )
    assert store.replace(shop.partner_id, one, "first", now)
    assert not store.replace(shop.partner_id, two, "second", now)
    assert CatalogueStore(Table()).find(shop.partner_id).catalogue == one
    load(shop)
    load(shop)
    parts = Table().query(f"CATALOGUE#{shop.partner_id}", prefix="LOAD#")
    assert {"first", "second"}.isdisjoint(part["load"] for part in parts)


def test_the_operator_loads_a_file(call: Call, shop: Shop, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "modelos.csv"
    file.write_text(make_catalogue(), encoding="utf-8")
    given = ["load_catalogue", "--partner", shop.partner_id, "--file", str(file)]
    assert main(given) == 0
    told = {"partner_id": shop.partner_id, "version": 1, "active": 2000, "no_longer_listed": 0}
    assert json.loads(capsys.readouterr().out) == told
    file.write_text("x", encoding="utf-8")
    assert main(given) == 1
    assert "file: A tabela não tem linhas." in capsys.readouterr().err
    assert main([*given[:-1], str(tmp_path / "none")]) == 1
    assert len(call("vehicles", "list_vehicle_models", shop=shop, query={}).json["vehicle_models"]) == 25
