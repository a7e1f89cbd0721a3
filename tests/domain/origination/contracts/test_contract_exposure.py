"""The declaration of a politically exposed person: what the CCB prints of it, and what clauses may use."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, cast

import pytest

from lastro.customers.people.model import Customer
from lastro.customers.people.store import CustomerStore
from lastro.customers.service import Exposures
from lastro.kernel.documents import Cpf
from lastro.kernel.errors import InvalidInput
from lastro.origination.clauses.texts import MAX_OUTPUT, check_clauses
from lastro.origination.contracts.content.assembly import assemble_contract
from lastro.origination.contracts.content.exposures import find_declaration
from lastro.origination.contracts.model import UNDECLARED, ClauseText, ContractData, ExposureDeclaration
from tests.domain.origination.contracts.contract_samples import APPROVED_AT, sample_credit, sample_product

MAYOR = {"office": "Prefeito", "since": "2017-01-01"}
DAY = date(2026, 11, 10)


class _Customers:
    """One customer, by its document."""

    def __init__(self, **data: Any) -> None:
        moment = datetime(2026, 11, 1, 12, tzinfo=UTC)
        self.known = Customer(
            id=1,
            partner_id="p",
            document=Cpf("52998224725"),
            name="Ana Exemplo",
            created_at=moment,
            updated_at=moment,
            data=data,
        )

    def find_by_document(self, partner_id: str, document: Cpf) -> Customer | None:
        return self.known if (partner_id, document) == ("p", self.known.document) else None


def declared(day: date = DAY, **data: Any) -> ExposureDeclaration:
    exposures = Exposures(cast(CustomerStore, _Customers(**data)))
    return find_declaration(exposures, "p", Cpf("52998224725"), day)


def contract(exposure: ExposureDeclaration, *own: ClauseText) -> ContractData:
    return assemble_contract(sample_credit(), sample_product(), APPROVED_AT, own, exposure)


def clause(exposure: ExposureDeclaration) -> str:
    [found] = [each for each in contract(exposure).clauses if each.title == "Pessoa exposta politicamente"]
    return " ".join(found.paragraphs)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"public_person": False}, "declara não ser pessoa exposta"),
        ({"public_person": True}, "declara ser pessoa exposta politicamente."),
        ({"pep": MAYOR}, "declara ser pessoa exposta politicamente: Prefeito, desde 01/01/2017."),
        ({"pep": {**MAYOR, "until": "2021-11-10"}}, ": Prefeito, desde 01/01/2017, até 10/11/2021."),
        ({"pep": {**MAYOR, "until": "2021-11-09"}}, "declara não ser pessoa exposta"),
        ({"pep": {**MAYOR, "relation": "relative"}}, "como familiar de quem exerce ou exerceu o cargo: Prefeito"),
        ({}, "não prestou declaração"),
    ],
)
def test_the_contract_prints_what_was_declared(data: dict[str, Any], words: str) -> None:
    assert words in clause(declared(**data))


def test_who_is_no_customer_declared_nothing() -> None:
    exposures = Exposures(cast(CustomerStore, _Customers(public_person=True)))
    assert find_declaration(exposures, "other", Cpf("52998224725"), DAY) == UNDECLARED
    assert "não prestou declaração" in clause(UNDECLARED)


def test_exposed_associates_are_named() -> None:
    associates = [
        {"name": "Davi Exemplo", "pep": MAYOR},
        {"name": "Eva Exemplo", "public_person": False},
        {"name": "Caio Exemplo", "public_person": True},
    ]
    text = clause(declared(public_person=False, associates=associates))
    assert "entre os associados do EMITENTE: Davi Exemplo (Prefeito); Caio Exemplo." in text
    assert "associados" not in clause(declared(public_person=False, associates=associates[1:2]))


def test_clauses_of_a_partner_use_the_same_variables() -> None:
    own = ClauseText("Exposição", ("{% if ppe_emitente %}{{ ppe_cargo }}{% else %}não exposto{% endif %}",))
    assert contract(declared(pep=MAYOR), own).clauses[-1].paragraphs == ("Prefeito",)
    assert contract(declared(public_person=False), own).clauses[-1].paragraphs == ("não exposto",)


def test_a_variable_there_is_not_is_named_and_output_is_bounded() -> None:
    with pytest.raises(InvalidInput) as wrong:
        check_clauses([ClauseText("Um", ("{{ ppe_partido }}",))])
    assert "ppe_partido" in wrong.value.errors[0].message
    many = "{{ associados_ppe }}" * (MAX_OUTPUT // 6_000 + 1)
    with pytest.raises(InvalidInput) as long:
        check_clauses([ClauseText("Um", (many,))])
    assert [each.rule for each in long.value.errors] == ["too_much_output"]
    check_clauses([ClauseText("Um", ("{{ associados_ppe }}" * 6,))])
    with pytest.raises(InvalidInput) as looping:
        check_clauses([ClauseText("Um", ("{% for each in associados_ppe %}x{% endfor %}",))])
    assert [each.rule for each in looping.value.errors] == ["not_allowed"]
