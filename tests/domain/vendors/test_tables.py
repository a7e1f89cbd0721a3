"""Tables of what vendors say: the first row that holds counts, and every row can be reached."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastro.bureaus.reasons import BureauReason
from lastro.simulations.conditions.reasons import Reason
from lastro.vendors.banks.bv import errors as bv
from lastro.vendors.banks.itau import errors as itau
from lastro.vendors.banks.pan import errors as pan
from lastro.vendors.banks.safra import errors as safra
from lastro.vendors.banks.santander import errors as santander
from lastro.vendors.banks.standard import errors as standard
from lastro.vendors.bureaus.connect_sa import errors as connect_sa
from lastro.vendors.bureaus.credito_na_medida import errors as credito_na_medida
from lastro.vendors.bureaus.serasa import errors as serasa
from lastro.vendors.bureaus.spc_brasil import errors as spc_brasil
from lastro.vendors.kit.tables import Row, meaning_of, row_of
from lastro.vendors.payer import errors as payer

TABLES: dict[str, Sequence[Row[Any]]] = {
    "bv": bv.ERRORS.rows,
    "itau": itau.ERRORS.rows,
    "pan": pan.ERRORS.rows,
    "safra": safra.ERRORS,
    "santander": santander.ERRORS.rows,
    "standard": standard.ERRORS.rows,
    "connect_sa": connect_sa.STATUSES,
    "connect_sa sentences": connect_sa.SENTENCES,
    "credito_na_medida": credito_na_medida.ERRORS,
    "serasa": serasa.REPORT,
    "serasa login": serasa.LOGIN,
    "spc_brasil": spc_brasil.STATUSES,
    "spc_brasil faults": spc_brasil.FAULTS,
    "payer": payer.UNCLEAR,
}


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
