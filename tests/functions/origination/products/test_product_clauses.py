"""Clauses a partner adds to a product: checked when written, in the contract of every credit proposed afterwards."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from lastro.origination.contracts.rows import contracts_of
from tests.functions.origination.contracts.contract_desk import Desk
from tests.functions.origination.journey import sample_body


def clause(*paragraphs: str, title: str = "Programa de fidelidade") -> dict[str, Any]:
    return {"title": title, "paragraphs": list(paragraphs)}


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def test_they_are_kept_as_written_and_stand_after_the_others(desk: Desk) -> None:
    assert desk.read_clauses().json == {"data": {"product_id": 1, "version": 0, "clauses": [], "updated_at": None}}
    body = sample_body("put_product_clauses")
    answer = desk.put_clauses(body["clauses"])
    assert answer.status == 200
    assert answer.json["data"]["clauses"] == body["clauses"]
    assert answer.json["data"]["version"] == 1
    assert desk.read_clauses().json == answer.json
    csn = desk.generated()
    [contract] = contracts_of(desk.stored(csn))
    assert (contract.template, contract.clauses_version) == ("ccb", 1)
    [pdf] = desk.files(csn).values()
    shown = text_of(pdf)
    assert "18. Programa de fidelidade" in shown
    assert "Conceição d'Ávila Gonçalves participa do programa de Crédito pessoal." in shown
    assert "cobertura do seguro" not in shown
    assert "1. Promessa de pagamento" in shown


def test_a_contract_keeps_the_clauses_it_was_drawn_with(desk: Desk) -> None:
    desk.put_clauses([clause("Texto antigo.")])
    csn = desk.generated()
    before = desk.read(csn).json
    assert desk.put_clauses([clause("Texto novo.")]).json["data"]["version"] == 2
    assert desk.read(csn).json == before
    assert desk.put_clauses([]).json["data"]["clauses"] == []
    later = desk.generated(cpf="11144477735")
    [pdf] = desk.files(later).values()
    assert "Texto" not in text_of(pdf)


def test_the_clauses_in_force_make_no_version(desk: Desk) -> None:
    never = desk.read_clauses().json
    assert desk.put_clauses([]).json == never
    first = desk.put_clauses([clause("Um."), clause("Outro.")])
    assert desk.put_clauses([clause(" Um. "), clause("Outro.")]).json == first.json == desk.read_clauses().json
    assert desk.put_clauses([clause("Outro."), clause("Um.")]).json["data"]["version"] == 2


def test_whoever_comes_second_reads_again(desk: Desk) -> None:
    assert desk.put_clauses([clause("Um.")], version=0).status == 200
    answer = desk.put_clauses([clause("Outro.")], version=0)
    assert (answer.status, answer.json["code"]) == (409, "clauses_changed")
    assert desk.read_clauses().json["data"]["clauses"][0]["paragraphs"] == ["Um."]
    assert desk.put_clauses([clause("Outro.")], version=1).status == 200


@pytest.mark.parametrize(
    ("written", "field", "rule"),
    [
        (clause("{{ emitente.__class__ }}"), "clauses.0.paragraphs.0", "not_allowed"),
        (clause("Bom.", "{% for x in emitente %}{% endfor %}"), "clauses.0.paragraphs.1", "not_allowed"),
        (clause("{{ cpf }}"), "clauses.0.paragraphs.0", "unknown_variable"),
        (clause("{{ emitente"), "clauses.0.paragraphs.0", "syntax"),
        (clause("Приветствие"), "clauses.0.paragraphs.0", "undrawable"),
        (clause("Bom.", title="{{ range(9) }}"), "clauses.0.title", "not_allowed"),
        (clause("{% if valor_total > 1000 %}x{% endif %}"), "clauses.0.paragraphs.0", "not_comparable"),
        (clause(), "clauses.0.paragraphs", "too_short"),
        (clause(" "), "clauses.0.paragraphs.0", "string_too_short"),
        (clause("x" * 4001), "clauses.0.paragraphs.0", "string_too_long"),
        ({"paragraphs": ["Sem título."]}, "clauses.0.title", "missing"),
    ],
)
def test_what_is_no_clause_is_refused_and_changes_nothing(
    desk: Desk, written: dict[str, Any], field: str, rule: str
) -> None:
    answer = desk.put_clauses([written])
    assert answer.status == 400
    assert answer.rules() == {field: rule}
    assert desk.read_clauses().json["data"]["version"] == 0


def test_markup_is_shown_as_text(desk: Desk) -> None:
    desk.put_clauses([clause("<b>Negrito</b> & <img src='file:///etc/hostname'/>")])
    csn = desk.generated()
    [pdf] = desk.files(csn).values()
    assert "<b>Negrito</b> & <img src='file:///etc/hostname'/>" in text_of(pdf)
