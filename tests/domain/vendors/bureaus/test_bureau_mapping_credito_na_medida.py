"""Crédito na Medida's summary and the document that comes with it."""

from __future__ import annotations

from hypothesis import given

from lastro.bureaus.reports.report import NoteKind
from lastro.vendors.bureaus.credito_na_medida import mapping as credito_na_medida
from tests.domain.vendors.bureaus.bureau_answers import CPF, CREDITO_NA_MEDIDA
from tests.domain.vendors.bureaus.bureau_damage import damaged, survives


def test_credito_na_medida() -> None:
    report = credito_na_medida.report(CREDITO_NA_MEDIDA, CPF)

    assert (report.cost, report.billed, report.protocol) == (7_90, True, "9")
    assert report.score is not None
    assert (report.score.value, report.score.band) == (640, "C")
    assert [notes.kind for notes in report.negative_notes] == [NoteKind.PEFIN, NoteKind.OTHER]
    assert report.protests is not None
    assert report.protests.total == 50
    assert report.partners is not None
    assert report.partners[0].share == "40"
    assert credito_na_medida.attachment(CREDITO_NA_MEDIDA).body == b"%PDF-1.4 tiny"


@given(damaged(CREDITO_NA_MEDIDA))
def test_damaged_credito_na_medida_never_crashes(body: object) -> None:
    survives(credito_na_medida.report, body)
