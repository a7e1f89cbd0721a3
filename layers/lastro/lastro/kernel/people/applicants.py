"""What a bank is told of who asks for credit and of the good it pays for, whatever it is asked. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from lastro.kernel.dataclass import dataclass
from lastro.kernel.documents import Cnpj, Cpf


@dataclass(frozen=True)
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


@dataclass(frozen=True)
class Vehicle:
    """The financed good. Either catalogue code may be absent; years are four digits."""

    manufacture_year: int
    model_year: int
    zero_km: bool
    licensing_uf: str
    molicar_code: str | None = None
    model_id: str | None = None
    licensing_city: str | None = None

    @classmethod
    def on_record(cls, kept: Mapping[str, Any]) -> Vehicle:
        """The good as a simulation or a proposal keeps it."""
        return cls(
            manufacture_year=kept["manufacture_year"],
            model_year=kept["model_year"],
            zero_km=kept["zero_km"],
            licensing_uf=kept["licensing_uf"],
            molicar_code=kept.get("vehicle_molicar_code"),
            model_id=kept.get("credere_vehicle_model_id"),
            licensing_city=kept.get("licensing_city"),
        )
