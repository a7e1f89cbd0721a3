"""Every bureau's answer reads the same: identity, score, and debts by kind, in cents."""

from __future__ import annotations

from datetime import date

import pytest

from lastro.bureaus.reports.report import NoteKind, Notes
from lastro.kernel.documents import Document
from tests.contract.bureaus.bureau_world import COMPANY, CPF, World, ask, token_for
from tests.contract.fake_bureau import FakeBureau

pytestmark = pytest.mark.asyncio(loop_scope="module")

DEBTS = [
    {"kind": "pefin", "amount": 1_234_56, "date": "2024-03-12", "creditor": "Loja Exemplo"},
    {"kind": "pefin", "amount": 300_00, "date": "2024-09-02"},
    {"kind": "protest", "amount": 99_999_99, "date": "2023-05-08"},
    {"kind": "cheque", "amount": 1, "date": "2023-07-12"},
    {"kind": "lawsuit", "amount": 9_715_46, "date": "2022-09-29"},
]


def notes_of(report_notes: tuple[Notes, ...], kind: NoteKind) -> list[Notes]:
    return [notes for notes in report_notes if notes.kind is kind]


@pytest.mark.parametrize("document", [CPF, COMPANY], ids=["cpf", "cnpj_with_letters"])
async def test_clean_person_or_company(world: World, document: Document) -> None:
    await world.script({"score": 720, "debts": []})
    bureau = world.open()

    raw, report = await bureau.inquire(ask(world, document), await token_for(world, bureau))

    assert raw.body
    assert raw.http_status == 200
    assert report.identity.document == document
    assert report.identity.name
    assert report.score is not None
    assert report.score.value == 720
    assert not report.summary.restricted
    assert (report.summary.count, report.summary.total) == (0, 0)
    assert report.protests is not None
    assert report.protests.count == 0


async def test_debts_are_totalled_by_kind_in_cents(world: World) -> None:
    await world.script({"score": 310, "debts": DEBTS})
    bureau = world.open()

    _, report = await bureau.inquire(ask(world), await token_for(world, bureau))

    commercial = NoteKind.SPC if world.facts.code == "spc_brasil" else NoteKind.PEFIN
    (pefin,) = notes_of(report.negative_notes, commercial)
    assert (pefin.count, pefin.total) == (2, 1_534_56)
    assert report.protests is not None
    assert (report.protests.count, report.protests.total) == (1, 99_999_99)
    assert report.cheques is not None
    assert (report.cheques.count, report.cheques.total) == (1, 1)
    assert report.lawsuits is not None
    assert (report.lawsuits.count, report.lawsuits.total) == (1, 9_715_46)
    assert report.bankruptcies is not None
    assert report.bankruptcies.count == 0
    assert report.summary.restricted
    assert (report.summary.count, report.summary.total) == (5, 1_534_56 + 99_999_99 + 1 + 9_715_46)


async def test_dates_of_the_first_and_last_note(world: World) -> None:
    await world.script({"debts": DEBTS})
    bureau = world.open()

    _, report = await bureau.inquire(ask(world), await token_for(world, bureau))

    if isinstance(bureau, FakeBureau):
        return
    assert (report.summary.first, report.summary.last) == (date(2022, 9, 29), date(2024, 9, 2))


async def test_score_of_zero_is_a_score(world: World) -> None:
    await world.script({"score": 0})
    bureau = world.open()

    _, report = await bureau.inquire(ask(world), await token_for(world, bureau))

    assert report.score is not None
    assert report.score.value == 0


async def test_score_that_was_not_computed_is_absent(world: World) -> None:
    await world.script({"score": None})
    bureau = world.open()

    _, report = await bureau.inquire(ask(world), await token_for(world, bureau))

    assert report.score is None
    if world.facts.code != "spc_brasil":
        assert report.score_absence
