"""Words of the wire about products, and what they mean inside."""

from __future__ import annotations

from enum import StrEnum

from lastro.finance.iof_rates import BorrowerClass


class ProductType(StrEnum):
    """Kinds of product; only ``CAAS`` is simulated and proposed here."""

    CAAS = "CAAS"
    LOAN = "LOAN"
    CARD = "CARD"
    REFINANCING_AUTO = "REFINANCING_AUTO"
    REFINANCING_HOME = "REFINANCING_HOME"
    FINANCING_AUTO = "FINANCING_AUTO"
    WORKING_CAPITAL = "WORKING_CAPITAL"
    DEBT = "DEBT"


class PersonType(StrEnum):
    """Who borrows, as partners write it."""

    PF = "PF"
    PJ = "PJ"
    SIMPLES = "SIMPLES"
    MEI = "MEI"

    @property
    def borrower(self) -> BorrowerClass:
        """As the tax tells borrowers apart."""
        return _BORROWERS[self]

    @classmethod
    def of(cls, borrower: BorrowerClass) -> PersonType:
        return next(person for person, known in _BORROWERS.items() if known is borrower)


_BORROWERS = {
    PersonType.PF: BorrowerClass.NATURAL_PERSON,
    PersonType.PJ: BorrowerClass.LEGAL_PERSON,
    PersonType.SIMPLES: BorrowerClass.SIMPLES,
    PersonType.MEI: BorrowerClass.MEI,
}


class DocumentType(StrEnum):
    """Documents a proposal may owe."""

    SELF = "SELF"
    IDENTITY_FRONT = "IDENTITY_FRONT"
    IDENTITY_BACK = "IDENTITY_BACK"
    ADDRESS_PROOF = "ADDRESS_PROOF"
    INCOME_PROOF = "INCOME_PROOF"
