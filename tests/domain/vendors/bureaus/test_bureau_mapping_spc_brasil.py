"""SPC Brasil's blocks: debts that it tells twice, and blocks that say nothing."""

from __future__ import annotations

import copy
from datetime import date
from typing import Any

import pytest
from hypothesis import given

from lastro.bureaus.ports import RefusedByBureau
from lastro.bureaus.reports.report import NoteKind
from lastro.vendors.bureaus.spc_brasil import mapping as spc_brasil
from tests.domain.vendors.bureaus.bureau_answers import CPF, SPC
from tests.domain.vendors.bureaus.bureau_damage import damaged, survives


def test_spc_debts_told_in_one_block_alone_are_counted() -> None:
    body = copy.deepcopy(SPC)
    del body["spc"]

    report = spc_brasil.report(body, CPF)

    (debts,) = report.negative_notes
    assert (debts.kind, debts.count, debts.total) == (NoteKind.OVERDUE, 2, 482_51)
    assert "pendencia-financeira" not in report.extras


def test_spc_block_that_says_nothing_is_absent_and_not_zero() -> None:
    body: dict[str, Any] = {"protesto": [{}], "consulta-realizada": [{}]}

    report = spc_brasil.report(body, CPF)

    assert report.protests is None
    assert report.previous_inquiries is None
    with pytest.raises(RefusedByBureau):
        spc_brasil.report({"protesto": [{"resumo": [{"valor-total": "10.00"}]}]}, CPF)


def test_spc_brasil() -> None:
    report = spc_brasil.report(SPC, CPF)

    assert report.protocol == "14558422729-10"
    assert report.score is not None
    assert (report.score.value, report.score.band) == (0, "ALTO")
    (spc,) = report.negative_notes
    assert (spc.kind, spc.count, spc.total, spc.last) == (NoteKind.SPC, 2, 482_51, date(2024, 3, 12))
    assert (spc.items[0].place, spc.items[0].principal) == ("Curitiba/PR", False)
    assert report.cheques is not None
    assert (report.cheques.count, report.cheques.total, report.cheques.label) == (3, 613_85, "cheque-lojista + ccf")
    assert report.previous_inquiries is not None
    assert report.previous_inquiries.items[0].name == "Provedor"


def test_repeated_debts_of_spc_are_kept_and_not_counted_twice() -> None:
    report = spc_brasil.report(SPC, CPF)

    assert report.summary.total == 482_51 + 613_85
    assert "pendencia-financeira" in report.extras


@given(damaged(SPC))
def test_damaged_spc_brasil_never_crashes(body: object) -> None:
    survives(spc_brasil.report, body)
