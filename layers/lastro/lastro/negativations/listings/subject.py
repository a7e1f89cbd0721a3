"""Whom and what a listing is about, as it is told to a bureau. Pure."""

from __future__ import annotations

from dataclasses import field
from datetime import date

from lastro.kernel.dataclass import dataclass
from lastro.kernel.documents import Cpf, Document


@dataclass(frozen=True)
class Address:
    """Where the notice goes. ``complement`` alone may be empty."""

    zip_code: str
    street: str
    number: str
    district: str
    city: str
    state: str
    complement: str = ""


@dataclass(frozen=True)
class Listed:
    """Who is listed, as they stood when the listing was asked for. A correction is a removal and a new listing."""

    document: Document
    name: str = field(repr=False)
    phone: str = field(repr=False)
    address: Address = field(repr=False)
    sex: str | None = None
    birth_date: date | None = field(default=None, repr=False)
    email: str | None = field(default=None, repr=False)

    @property
    def is_natural(self) -> bool:
        return isinstance(self.document, Cpf)


@dataclass(frozen=True)
class Debt:
    """What is owed. ``nature`` is a code of the bureau's list; money in cents.

    After ``prescription_years`` nothing may be told of it (CDC art. 43 §5).
    """

    amount: int
    due_on: date
    contract: str
    nature: str
    prescription_years: int = 5
