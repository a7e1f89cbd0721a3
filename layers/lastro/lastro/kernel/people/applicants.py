"""What a bank is told of who asks for credit and of the good it pays for, whatever it is asked. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lastro.kernel.documents import Cnpj, Cpf


@dataclass(frozen=True, slots=True)
class Applicant:
    """A lead or a customer as a bank sees it. ``monthly_income`` in cents; absent values are ``None``."""

    document: Cpf | Cnpj
    name: str | None = None
    birthdate: date | None = None
    email: str | None = None
    phone_number: str | None = None
    monthly_income: int | None = None
    has_cnh: bool | None = None
    gender: str | None = None
    occupation: str | None = None
    profession: str | None = None
    mother_name: str | None = None
    zip_code: str | None = None


@dataclass(frozen=True, slots=True)
class Vehicle:
    """The financed good. Either catalogue code may be absent; years are four digits."""

    manufacture_year: int
    model_year: int
    zero_km: bool
    licensing_uf: str
    molicar_code: str | None = None
    model_id: str | None = None
    licensing_city: str | None = None
