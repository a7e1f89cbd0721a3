"""Tables of what vendors say: the first row that holds counts, and every row can be reached."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastro import vendors
from lastro.bureaus.reasons import BureauReason
from lastro.simulations.conditions.reasons import Reason
from lastro.vendors import banks, bureaus
from lastro.vendors.banks.bodies import ErrorTable
from lastro.vendors.kit.tables import Row, meaning_of, row_of


def _tables() -> dict[str, Sequence[Row[Any]]]:
    """Every table of every adapter, found by itself."""
    found: dict[str, Sequence[Row[Any]]] = {}
    for module in walk_packages(vendors.__path__, "lastro.vendors."):
        if not module.name.endswith(".errors"):
            continue
        for name, value in vars(import_module(module.name)).items():
            rows = value.rows if isinstance(value, ErrorTable) else value
            if isinstance(rows, tuple) and rows and all(isinstance(row, Row) for row in rows):
                found[f"{module.name.removeprefix('lastro.vendors.')} {name}"] = rows
    return found


TABLES = _tables()


def test_every_adapter_has_a_table() -> None:
    adapters = {
        module.name.removeprefix("lastro.vendors.")
        for folder in (banks, bureaus)
        for module in walk_packages(folder.__path__, f"{folder.__name__}.")
        if module.ispkg
    }
    assert {name.split(".errors")[0] for name in TABLES} == adapters | {"payer"}


@pytest.mark.parametrize("name", TABLES)
def test_every_row_with_every_part_of_it_can_be_reached(name: str) -> None:
    table = TABLES[name]
    for row in table:
        statuses = [status for status in range(100, 600) if row.statuses is None or status in row.statuses]
        for code in row.codes or (None,):
            for says in row.says or ("",):
                said = None if code is None else code.removesuffix("*")
                found = [row_of(table, status, code=said, text=says) for status in statuses]
                assert row in found, (row, code, says)


@pytest.mark.parametrize("name", TABLES)
def test_meanings_are_reasons_of_the_port(name: str) -> None:
    known = set(Reason) | set(BureauReason) | {"payer_credentials", "payer_unavailable", "payer_answer"}
    assert {row.meaning for row in TABLES[name]} <= known


@given(status=st.integers(100, 999), code=st.none() | st.text(max_size=5), text=st.text(max_size=20))
def test_a_row_holds_by_all_its_parts(status: int, code: str | None, text: str) -> None:
    assert Row(1).holds(status, code=code, text=text)
    assert Row(1, {400}).holds(status, code=code, text=text) == (status == 400)
    assert Row(1, codes=("A", "B*")).holds(status, code=code) == (code == "A" or (code or "").startswith("B"))
    assert Row(1, says=("x", "y")).holds(status, text=text) == ("x" in text or "y" in text)
    whole = Row(1, {400}, ("A",), says=("x",))
    assert whole.holds(status, code=code, text=text) == (status == 400 and code == "A" and "x" in text)


def test_the_first_row_counts_and_none_is_no_meaning() -> None:
    table = (Row("one", {400}, ("A",)), Row("two", {400}), Row("three", codes=("C",)))

    assert [meaning_of(table, 400, code=code) for code in ("A", "B", None)] == ["one", "two", "two"]
    assert meaning_of(table, 500, code="C") == "three"
    assert meaning_of(table, 500, code="A") is None
