"""Tables of vehicle models: read, merged, searched."""

from __future__ import annotations

import json
import time
import tracemalloc
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lastro.kernel.errors import InvalidInput
from lastro.vehicles.catalogue.model import EMPTY, Catalogue, Fuel, ListedModel, merge_table
from lastro.vehicles.catalogue.search import SearchIndex, tokens_of
from lastro.vehicles.catalogue.table import read_table
from sandbox.catalogue import make_catalogue

NOW = datetime(2026, 11, 3, 12, tzinfo=UTC)
TODAY = NOW.date()
HEADING = "molicar_code;fipe_code;brand;name;version;year_start;year_end;fuel;vehicle_type;price;price_month"
LINE = "00100001-0;001001-0;Aurora;Brisa;1.0 Flex 5p;2020;2026;flex;carro;72.500,00;2026-11"


def read(*lines: str) -> list[ListedModel]:
    return read_table("\n".join((HEADING, *lines)).encode(), TODAY)


def faults(content: bytes) -> set[tuple[str, str]]:
    with pytest.raises(InvalidInput) as refused:
        read_table(content, TODAY)
    return {(error.field, error.rule) for error in refused.value.errors}


def test_a_line_is_read_with_its_price_in_cents() -> None:
    [line] = read(LINE)
    assert (line.price_cents, line.price_month, line.fuel, line.year_end) == (7_250_000, "2026-11", Fuel.FLEX, 2026)


def test_a_price_of_the_next_month_is_made_ready() -> None:
    [line] = read(LINE.replace(";2026-11", ";2026-12"))
    assert line.price_month == "2026-12"


def test_json_lines_and_commas_say_the_same() -> None:
    names = HEADING.split(";")
    row = dict(zip(names, LINE.split(";"), strict=True))
    assert read_table(json.dumps({**row, "year_start": 2020, "extra": 1}).encode(), TODAY) == read(LINE)
    quoted = LINE.replace("72.500,00", '"72.500,00"').replace(";", ",")
    assert read_table(f"{HEADING.replace(';', ',')}\n{quoted}\n".encode("utf-8-sig"), TODAY) == read(LINE)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (LINE.replace("00100001-0", "1001"), ("2.molicar_code", "molicar_code")),
        (LINE.replace("72.500,00", "72.500"), ("2.price", "ambiguous")),
        (LINE.replace("72.500,00", "0,00"), ("2.price", "greater_than_equal")),
        (LINE.replace(";2026-11", ";"), ("2", "price_month")),
        (LINE.replace(";2026-11", ";2027-01"), ("2.price_month", "month_range")),
        (LINE.replace(";2026-11", ";1994-06"), ("2.price_month", "month_range")),
        (LINE.replace("2020;2026", "2026;2020"), ("2", "before_start")),
        (LINE.replace("flex", "querosene"), ("2.fuel", "enum")),
        (LINE.replace("Aurora", " "), ("2.brand", "missing")),
        (LINE + ";x", ("2", "table")),
        (LINE.replace("Brisa", '"Brisa'), ("2", "table")),
    ],
)
def test_a_wrong_line_is_refused_by_line_column_and_rule(line: str, fault: tuple[str, str]) -> None:
    assert fault in faults(f"{HEADING}\n{line}\n".encode())


def test_what_is_no_table_is_refused_whole() -> None:
    assert faults(HEADING.encode()) == {("file", "required")}
    assert faults(b"") == {("file", "required")}
    assert faults(f"{HEADING}\n{LINE}".replace("Brisa", "Órbita").encode("latin-1")) == {("file", "table")}
    assert faults(f"{HEADING}\n{LINE}\n{LINE}".encode()) == {("3.molicar_code", "twice")}
    assert faults(b"{]") == {("1", "table")}


def test_a_code_and_a_brand_keep_their_numbers_and_what_left_stays_known() -> None:
    other = LINE.replace("00100001-0", "00100002-0").replace("Aurora", "Ipê")
    first = merge_table(EMPTY, read(LINE, other), NOW)
    later = NOW + timedelta(days=30)
    new = LINE.replace("00100001-0", "00100003-0")
    second = merge_table(first, read(new, other.replace("72.500,00", "70.000,00")), later)
    assert [(m.id, m.listed.molicar_code, m.active, m.brand_id) for m in second.models] == [
        (1, "00100001-0", False, 1),
        (2, "00100002-0", True, 2),
        (3, "00100003-0", True, 1),
    ]
    assert [m.updated_at for m in second.models] == [later, later, later]
    again = merge_table(second, read(new, other.replace("72.500,00", "70.000,00")), later + timedelta(days=1))
    assert again.models == second.models


@given(st.lists(st.sets(st.integers(1, 8)), min_size=1, max_size=5))
@settings(max_examples=40)
def test_whatever_tables_come_a_number_means_one_code_for_ever(loads: list[set[int]]) -> None:
    known: dict[int, str] = {}
    catalogue = EMPTY
    for load in loads:
        table = [line for n in sorted(load, reverse=True) for line in read(LINE.replace("00100001-0", f"0010000{n}-0"))]
        catalogue = merge_table(catalogue, table, NOW)
        for model in catalogue.models:
            assert known.setdefault(model.id, model.listed.molicar_code) == model.listed.molicar_code
        assert {model.listed.molicar_code for model in catalogue.models if model.active} == {
            line.molicar_code for line in table
        }
        assert [model.id for model in catalogue.models] == list(range(1, len(catalogue.models) + 1))


# search --------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def index() -> SearchIndex:
    return SearchIndex(merge_table(EMPTY, read_table(make_catalogue().encode(), TODAY), NOW))


def found(index: SearchIndex, text: str, **years: int) -> str:
    model = index.find_best(text, **years)
    return f"{model.listed.brand} {model.listed.name} {model.listed.version}" if model else ""


def test_letters_and_numbers_are_told_apart() -> None:
    assert tokens_of("HB20 1,0 Órbita-S10") == ["hb", "20", "1.0", "orbita", "s", "10"]


@pytest.mark.parametrize(
    "text",
    [
        "Cometa Órbita Conforto 1.0 12V",
        "orbita conforto cometa 1.0 12v",
        "COMETA   orbita   CONFORTO 1,0 12 v",
        "órbita conf 1.0 12v",
        "cometa orbta conforto 1.0 12v",
        "cometa obrita conforto 1.0 12v",
        "cometa orbita conforto 1.0 12v zzzz",
    ],
)
def test_the_same_is_found_however_it_is_written(index: SearchIndex, text: str) -> None:
    assert found(index, text).startswith("Cometa Órbita Conforto 1.0 12V")


def test_a_number_may_be_written_apart_from_its_letters(index: SearchIndex) -> None:
    assert found(index, "c 40 esporte 2.0") == found(index, "C40 Esporte 2.0") == "Cometa C40 Esporte 2.0 16V 5p"


def test_a_year_narrows_unless_it_is_a_name(index: SearchIndex) -> None:
    for year in range(2010, 2027):
        model = index.find_best(f"aurora brisa {year}")
        assert model is not None
        assert model.listed.name == "Brisa"
        if any(m.listed.year_start <= year <= m.listed.year_end for m in index.catalogue.models[:50]):
            assert model.listed.year_start <= year <= model.listed.year_end
    assert found(index, "uirapuru 2008 cidade").startswith("Uirapuru 2008 Cidade")


def test_the_years_asked_for_are_kept_to(index: SearchIndex) -> None:
    wanted = index.catalogue.models[0].listed
    model = index.find_best("aurora brisa", model_year=wanted.year_start, manufacture_year=wanted.year_start - 1)
    assert model is not None
    assert model.listed.year_start <= wanted.year_start <= model.listed.year_end
    assert index.find_best("aurora brisa", model_year=1999) is None
    assert index.find_best("aurora brisa", manufacture_year=2100) is None


@pytest.mark.parametrize("text", ["opala", "1.0", "flex", "2022", "zz", "?!", "xyzw trabalho 1.6 campo"])
def test_what_names_no_model_finds_none(index: SearchIndex, text: str) -> None:
    assert index.find_best(text) is None


def test_two_thousand_models_are_searched_at_once_and_their_index_is_small() -> None:
    catalogue = merge_table(EMPTY, read_table(make_catalogue().encode(), TODAY), NOW)
    assert len(catalogue.models) >= 2_000
    tracemalloc.start()
    index = SearchIndex(catalogue)
    assert index.find_best("aurora brisa 1.0 2022")
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size < 1_000 * len(catalogue.models)
    began = time.process_time()
    for _ in range(5):
        assert index.find_best("urora brsa 1,0 flex")
    assert (time.process_time() - began) / 5 < 0.05


def test_an_empty_catalogue_finds_none() -> None:
    assert SearchIndex(Catalogue(0, (), ())).find_best("aurora") is None


def test_every_model_is_found_by_its_whole_name(index: SearchIndex) -> None:
    for model in index.catalogue.models[::37]:
        listed = model.listed
        assert index.find_best(f"{listed.version} {listed.name} {listed.brand}") == model


def test_what_left_the_table_is_not_found() -> None:
    first = merge_table(EMPTY, read(LINE), NOW)
    other = read(LINE.replace("00100001-0", "00100002-0").replace("Brisa", "Lagoa"))
    assert SearchIndex(first).find_best("brisa")
    assert SearchIndex(merge_table(first, other, NOW)).find_best("brisa") is None
