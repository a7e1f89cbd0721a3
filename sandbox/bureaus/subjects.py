"""Whom the sandbox bureaus know: invented people and companies, the same at every provider, told by the document."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

KINDS = ("pefin", "refin", "overdue", "spc", "protest", "cheque", "lawsuit", "bankruptcy")

ABSENCE = "SCORE NAO CALCULADO - INSUFICIENCIA INFORMACOES PARA O CALCULO"


@dataclass(frozen=True, slots=True)
class Debt:
    """One negative note: its kind, cents, day and creditor."""

    kind: str
    amount: int
    day: date
    creditor: str


@dataclass(frozen=True, slots=True)
class Member:
    """A partner of a company: ``share`` in whole percents."""

    document: str
    name: str
    share: int


@dataclass(frozen=True, slots=True)
class Subject:
    """A person or a company. ``score`` is ``None`` when it cannot be computed.

    ``registration`` is the Receita Federal's word for a person's standing.
    """

    document: str
    name: str
    day: date
    score: int | None
    debts: tuple[Debt, ...]
    inquiries: int
    members: tuple[Member, ...]
    registration: str = "REGULAR"

    @property
    def is_company(self) -> bool:
        return len(self.document) == 14

    def debts_of(self, kind: str) -> tuple[Debt, ...]:
        return tuple(debt for debt in self.debts if debt.kind == kind)


def subject_of(document: str) -> Subject:
    """The subject with ``document``: no debts, and a score between 300 and 999 that the document fixes."""
    number = int.from_bytes(hashlib.sha256(document.encode()).digest()[:4])
    company = len(document) == 14
    return Subject(
        document=document,
        name=f"Empresa Exemplo {document[-4:]} Ltda" if company else f"Pessoa Exemplo {document[-4:]}",
        day=date(2001 + number % 20, 1 + number % 12, 1 + number % 28)
        if company
        else date(1960 + number % 40, 1 + number % 12, 1 + number % 28),
        score=300 + number % 700,
        debts=(),
        inquiries=number % 4,
        members=(Member("52998224725", "Ana Exemplo", 60), Member("11144477735", "Beto Exemplo", 40))
        if company
        else (),
    )
