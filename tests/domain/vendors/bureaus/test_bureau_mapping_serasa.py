"""Serasa's reports, of people and of companies, with their summaries, notes and unknown fields."""

from __future__ import annotations

import copy
import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given

from lastro.bureaus.ports import RefusedByBureau
from lastro.bureaus.reasons import BureauReason
from lastro.bureaus.reports.report import NoteKind
from lastro.vendors.bureaus.serasa import mapping as serasa
from tests.domain.vendors.bureaus.bureau_answers import COMPANY, CPF, DEBT, SERASA_COMPANY, SERASA_PERSON
from tests.domain.vendors.bureaus.bureau_damage import damaged, survives


def test_serasa_person() -> None:
    report = serasa.report(SERASA_PERSON, CPF)

    assert report.identity.name == "Ana Exemplo"
    assert report.identity.birth_date == date(1990, 5, 17)
    assert (report.identity.status, report.identity.status_date) == ("REGULAR", date(2025, 1, 2))
    assert report.identity.phones == ("5511900000000",)
    assert report.identity.addresses[0].federal_unit == "SP"
    assert report.score is not None
    assert (report.score.value, report.score.model, report.score.default_rate) == (512, "HFIN", "9.0")
    assert report.billed is True
    pefin, refin, overdue = report.negative_notes
    assert (pefin.kind, pefin.count, pefin.total) == (NoteKind.PEFIN, 3, 10_000_00)
    assert (refin.kind, refin.count, refin.total) == (NoteKind.REFIN, 2, 1_235_56)
    assert (overdue.kind, overdue.count, overdue.items) == (NoteKind.OVERDUE, 0, ())
    (note,) = pefin.items
    assert (note.amount, note.principal, note.disputed) == (1_234_56, False, True)
    assert (note.occurred_on, note.included_on) == (date(2024, 3, 12), date(2024, 4, 1))
    assert report.cheques is not None
    assert (report.cheques.count, report.cheques.total, report.cheques.items[0].nature) == (1, None, "alínea 12")
    assert report.previous_inquiries is not None
    assert report.previous_inquiries.count == 7
    assert report.partners is not None
    assert (report.partners[0].document, report.partners[0].share) == (COMPANY, "33.5")


def test_serasa_block_with_a_summary_alone() -> None:
    report = serasa.report(SERASA_PERSON, CPF)

    assert report.protests is not None
    assert (report.protests.count, report.protests.total, report.protests.items) == (2, 100_00, ())
    assert (report.protests.first, report.protests.last) == (date(2022, 1, 1), date(2022, 2, 1))
    assert report.lawsuits is not None
    assert report.lawsuits.count == 1
    assert report.bankruptcies is None


def test_serasa_company_in_an_intermediarys_wrapping() -> None:
    report = serasa.report(SERASA_COMPANY, COMPANY)

    assert (report.identity.status, report.identity.status_date) == ("ATIVA", date(2025, 1, 2))
    assert report.identity.foundation_date == date(2001, 2, 3)
    assert report.score is None
    assert report.score_absence == "SCORE NAO CALCULADO"
    assert report.billed is False
    assert report.previous_inquiries is not None
    assert (report.previous_inquiries.count, report.previous_inquiries.items[0].name) == (4, "Consulente")
    assert report.partners is not None
    assert [(partner.name, partner.share, partner.has_negative) for partner in report.partners] == [
        ("Ana", "60.5", True),
        ("Beto", None, None),
        ("Caio", None, False),
        (None, None, True),
    ]
    assert report.partners[1].document is None


@pytest.mark.parametrize("block", [{}, {"pefinResponse": None}, {"summary": {}}, {"summary": {"count": None}}])
def test_serasa_block_that_says_nothing_is_absent_and_not_zero(block: dict[str, Any]) -> None:
    body = {"reports": [{"negativeData": {"pefin": block}, "facts": {"inquiry": {}}}]}

    report = serasa.report(body, CPF)

    assert report.negative_notes == ()
    assert report.previous_inquiries is None
    body["reports"][0]["facts"] = {"inquiryCompanyResponse": {"quantity": {"bankActual": 1}}}
    assert serasa.report(body, CPF).previous_inquiries is None


def test_serasa_block_with_an_empty_list_is_zero() -> None:
    body: dict[str, Any] = {
        "reports": [{"negativeData": {"pefin": {"pefinResponse": []}}, "facts": {"inquiry": {"inquiryResponse": []}}}]
    }

    report = serasa.report(body, CPF)

    assert [notes.count for notes in report.negative_notes] == [0]
    assert report.previous_inquiries is not None
    assert report.previous_inquiries.count == 0


def test_serasa_balance_without_a_count_is_not_taken_for_nothing() -> None:
    with pytest.raises(RefusedByBureau) as caught:
        serasa.report({"reports": [{"negativeData": {"pefin": {"summary": {"balance": 5000}}}}]}, CPF)

    assert caught.value.code == BureauReason.UNREADABLE
    assert "pefin.summary.count" in caught.value.detail


def test_notes_outweigh_a_summary_that_counts_fewer() -> None:
    block = {"pefinResponse": [DEBT, DEBT], "summary": {"count": 0, "balance": 10}}

    report = serasa.report({"reports": [{"negativeData": {"pefin": block}}]}, CPF)

    assert report.negative_notes[0].count == 2
    assert report.summary.restricted


def test_unknown_fields_are_kept() -> None:
    body = copy.deepcopy(SERASA_PERSON)
    body["reports"][0]["novelty"] = {"rate": Decimal("1.50"), "on": True}
    body["reports"][0]["negativeData"]["pefin"]["pefinResponse"][0]["stage"] = "NEW"
    body["traceId"] = "x1"

    extras: dict[str, Any] = json.loads(json.dumps(serasa.report(body, CPF).extras))

    (report,) = extras["reports"]
    assert report["novelty"] == {"rate": "1.50", "on": True}
    assert report["negativeData"]["pefin"]["pefinResponse"][0]["stage"] == "NEW"
    assert report["facts"]["stolenDocuments"] == {"stolenDocumentsResponse": [{"documentType": "RG"}]}
    assert extras["traceId"] == "x1"
    assert "score" not in report or "score" not in report["score"]


@given(damaged(SERASA_PERSON))
def test_damaged_serasa_person_never_crashes(body: object) -> None:
    survives(serasa.report, body)


@given(damaged(SERASA_COMPANY))
def test_damaged_serasa_company_never_crashes(body: object) -> None:
    survives(serasa.report, body, COMPANY)


def test_deep_unknown_block_is_refused() -> None:
    deep: object = "x"
    for _ in range(500):
        deep = [deep]

    with pytest.raises(RefusedByBureau):
        serasa.report(SERASA_PERSON | {"novelty": deep}, CPF)
