"""Quadro I: who owes, who is owed, who answers beside the borrower."""

from __future__ import annotations

from reportlab.platypus import Flowable

from lastro.kernel.documents import Cpf
from lastro.origination.contracts.drawing.grids import Fact, facts, gap, heading
from lastro.origination.contracts.drawing.styles import STRONG
from lastro.origination.contracts.model import Address, ContractData, Party
from lastro.origination.contracts.wording.phrases import address_line
from lastro.origination.contracts.wording.typography import phone

_TRAITS_IN_A_ROW = 3


def draw_parties(data: ContractData) -> list[Flowable]:
    story = heading("QUADRO I – PARTES")
    story += _party("EMITENTE (devedor)", data.borrower)
    story.append(gap(4))
    story += _party("CREDORA (instituição financeira)", data.creditor)
    for guarantor in data.guarantors:
        story.append(gap(4))
        story += _party("AVALISTA (devedor solidário)", guarantor)
    if data.correspondent:
        story.append(gap(4))
        story += facts([[("CORRESPONDENTE QUE OFERECEU O CRÉDITO", data.correspondent)]])
    return story


def document_label(party: Party) -> str:
    return "CPF" if isinstance(party.document, Cpf) else "CNPJ"


def _party(role: str, party: Party) -> list[Flowable]:
    rows: list[list[Fact]] = [
        [(role, party.name, STRONG), (document_label(party), party.document.formatted)],
        *_address(party.address),
    ]
    rows += [
        [(label.upper(), value) for label, value in party.traits[start : start + _TRAITS_IN_A_ROW]]
        for start in range(0, len(party.traits), _TRAITS_IN_A_ROW)
    ]
    contacts: list[Fact] = []
    if party.email:
        contacts.append(("E-MAIL", party.email))
    if party.phone:
        contacts.append(("TELEFONE", phone(party.phone)))
    if party.site:
        contacts.append(("SITE", party.site))
    if contacts:
        rows.append(contacts)
    return facts(rows)


def _address(address: Address) -> list[list[Fact]]:
    """A street with its city, or the city alone of who gave no more."""
    line = address_line(address)
    return [[("ENDEREÇO" if address.street else "CIDADE", line)]] if line else []
