"""The registers of Connect SA and the kinds that their names tell."""

from __future__ import annotations

import copy
from datetime import date

import pytest
from hypothesis import given

from lastro.bureaus.reports.report import NoteKind
from lastro.vendors.bureaus.connect_sa import mapping as connect_sa
from tests.domain.vendors.bureaus.bureau_answers import CONNECT, CPF
from tests.domain.vendors.bureaus.bureau_damage import damaged, survives


def test_connect_sa_total_without_its_registers() -> None:
    body = copy.deepcopy(CONNECT)
    del body["resultado"]["quadroResumoConsta"]["registros"]

    report = connect_sa.report(body, CPF)

    assert [(notes.kind, notes.count, notes.total) for notes in report.negative_notes] == [(NoteKind.OTHER, 3, None)]
    assert report.summary.restricted
    del body["resultado"]["quadroResumoConsta"]["quantidadeTotalOcorrencias"]
    assert connect_sa.report(body, CPF).negative_notes == ()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("anotacoesSpc", NoteKind.SPC),
        ("participacoesEmpresas", NoteKind.OTHER),
        ("acoesJudiciais", NoteKind.LAWSUIT),
        ("ProtestoEstadual", NoteKind.PROTEST),
    ],
)
def test_connect_sa_kind_is_told_by_its_name(name: str, kind: NoteKind) -> None:
    body = copy.deepcopy(CONNECT)
    body["resultado"]["quadroResumoConsta"]["registros"] = {name: {"quantidade": 1}}

    assert [notes.kind for notes in connect_sa.report(body, CPF).all_notes()] == [kind]


def test_connect_sa() -> None:
    report = connect_sa.report(CONNECT, CPF)

    pefin, other = report.negative_notes
    assert (pefin.kind, pefin.count, pefin.total) == (NoteKind.PEFIN, 2, 1_234_56)
    assert (pefin.first, pefin.last) == (date(2023, 2, 1), date(2024, 4, 3))
    assert (other.kind, other.label, other.total) == (NoteKind.OTHER, "algoNovo", 10_00)
    assert report.cheques is not None
    assert (report.cheques.count, report.cheques.total) == (3, 3)
    assert report.previous_inquiries is not None
    assert report.previous_inquiries.count == 5
    assert report.protocol == "123"
    assert report.score is None


@given(damaged(CONNECT))
def test_damaged_connect_sa_never_crashes(body: object) -> None:
    survives(connect_sa.report, body)
