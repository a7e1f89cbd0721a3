"""Who owes: one row a CPF or CNPJ of a partner. Pure: the clock and the ids are parameters."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from lastro.kernel.dataclass import dataclass
from lastro.kernel.documents import Cpf, Document


class Sex(StrEnum):
    """As the bureaus ask it of natural persons."""

    FEMALE = "F"
    MALE = "M"


@dataclass(frozen=True)
class Address:
    """Where a debtor lives, as letters go there; empty where it is not known. ``zip_code`` has eight digits."""

    zip_code: str = ""
    street: str = ""
    number: str = ""
    complement: str = ""
    district: str = ""
    city: str = ""
    state: str = ""
    city_code: str = ""
    """Seven digits of the IBGE, kept for the partner: municipal holidays are those that a branch names."""


@dataclass(frozen=True)
class Debtor:
    """A debtor of a partner, or the guarantor of one.

    What is not known is ``None`` or empty: a listing names everything it lacks at once. ``public_body``: never listed.
    ``in_collection``: false takes the debtor out of the automatic routine. Moments are UTC, ISO 8601.
    """

    id: str
    partner_id: str
    document: Document
    name: str
    created_at: datetime
    updated_at: datetime
    external_id: str | None = None
    sex: Sex | None = None
    birth_date: date | None = None
    mobile_phone: str | None = None
    email: str | None = None
    address: Address = Address()
    public_body: bool = False
    in_collection: bool = True
    version: int = 1

    @property
    def is_natural(self) -> bool:
        """Whether it is a natural person, of whom sex and birth are asked."""
        return isinstance(self.document, Cpf)
