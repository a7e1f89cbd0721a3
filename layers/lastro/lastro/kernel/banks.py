"""What is known of each bank without asking it: light enough for every HTTP function to import.

The advice columns are the table of the vendor's down-payment page (docs/sources.md). Identifiers and the names of the
credential fields are our own. Nothing here reaches the network; ``gateway.open_bank`` does.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from lastro.kernel.dataclass import dataclass

SUPPORTED_TERMS = range(1, 61)
"""Instalments every bank of the catalogue prices, 1 to 60 months."""


class Advice(StrEnum):
    """Whether a bank states a down payment of one kind with its answers."""

    ALWAYS = "always"
    POSSIBLE = "possible"
    NEVER = "never"


@dataclass(frozen=True)
class BankFacts:
    """One bank: opaque ``code``, our integer ``id``, its names, its advice, the credentials a store must give."""

    code: str
    id: int
    name: str
    nickname: str
    tradename: str
    credential_fields: tuple[str, ...]
    minimum: Advice = Advice.NEVER
    ideal: Advice = Advice.NEVER
    terms: range = SUPPORTED_TERMS


ITAU = BankFacts(
    code="341",
    id=1,
    name="Itaú",
    nickname="Itaú",
    tradename="Itaú Unibanco S.A.",
    credential_fields=("client_id", "client_secret"),
    minimum=Advice.POSSIBLE,
    ideal=Advice.POSSIBLE,
)
SANTANDER = BankFacts(
    code="033",
    id=2,
    name="Santander",
    nickname="Santander",
    tradename="Banco Santander (Brasil) S.A.",
    credential_fields=("client_id", "client_secret", "application_key"),
    minimum=Advice.ALWAYS,
    ideal=Advice.ALWAYS,
)
BV = BankFacts(
    code="655",
    id=3,
    name="BV",
    nickname="BV",
    tradename="Banco Votorantim S.A.",
    credential_fields=("client_id", "api_key"),
    minimum=Advice.ALWAYS,
    ideal=Advice.POSSIBLE,
)
PAN = BankFacts(
    code="623",
    id=4,
    name="PAN",
    nickname="PAN",
    tradename="Banco PAN S.A.",
    credential_fields=("api_key", "username", "password"),
    minimum=Advice.ALWAYS,
    ideal=Advice.POSSIBLE,
)
SAFRA = BankFacts(
    code="422",
    id=5,
    name="Safra",
    nickname="Safra",
    tradename="Banco Safra S.A.",
    credential_fields=("username", "password"),
    minimum=Advice.ALWAYS,
    ideal=Advice.NEVER,
)


def _silent(code: str, number: int, name: str, tradename: str) -> BankFacts:
    """A bank that returns no down-payment advice and speaks the standard dialect."""
    return BankFacts(
        code=code, id=number, name=name, nickname=name, tradename=tradename, credential_fields=("api_key",)
    )


BRADESCO = _silent("394", 6, "Bradesco", "Banco Bradesco Financiamentos S.A.")
C6 = _silent("336", 7, "C6", "Banco C6 S.A.")
CREDITAS = _silent("342", 8, "Creditas", "Creditas Sociedade de Crédito Direto S.A.")
HONDA = _silent("M22", 9, "Honda", "Banco Honda S.A.")
FONTECRED = _silent("fontecred", 10, "FonteCred", "FonteCred")
MONEYPLUS = _silent("moneyplus", 11, "MoneyPlus", "BMP Money Plus Sociedade de Crédito Direto S.A.")

BANKS: Mapping[str, BankFacts] = {
    bank.code: bank for bank in (ITAU, SANTANDER, BV, PAN, SAFRA, BRADESCO, C6, CREDITAS, HONDA, FONTECRED, MONEYPLUS)
}
"""Every bank by its code, in the order of their ids."""

_EVERY = tuple(BANKS)

REQUIRED_LEAD_FIELDS: Mapping[str, tuple[str, ...]] = {
    "cpf_cnpj": _EVERY,
    "has_cnh": _EVERY,
    "phone_number": _EVERY,
    "name": tuple(code for code in _EVERY if code != MONEYPLUS.code),
    "birthdate": ("033", "655", "623", "394", "336", "fontecred"),
    "email": ("033", "655", "623", "336"),
    "retrieve_gender": ("033", "655", "422", "394"),
    "monthly_income": ("623",),
    "retrieve_occupation": ("623",),
    "address.zip_code": ("623",),
}
"""Lead field -> banks that ask a natural person for it, worst case (docs/sources.md, simulations hub).

The vendor publishes only how many banks ask for each field, and one sample of which. Each list holds every bank of
the sample; the banks that fill it up to the published count are our own choice. ``retrieve_profession`` is asked by
none, so it is absent.
"""

_OF_NATURAL_PERSONS = frozenset({"has_cnh", "birthdate", "retrieve_gender", "monthly_income", "retrieve_occupation"})
"""What a company does not have: a driving licence, a birth, a gender, a wage and an occupation."""


def required_lead_fields(*, company: bool) -> Mapping[str, tuple[str, ...]]:
    """Lead field -> banks that ask a person of this kind for it."""
    if not company:
        return REQUIRED_LEAD_FIELDS
    return {name: banks for name, banks in REQUIRED_LEAD_FIELDS.items() if name not in _OF_NATURAL_PERSONS}


REQUIRED_CUSTOMER_FIELDS: Mapping[str, tuple[str, ...]] = {
    "born_at": _EVERY,
    "mother": _EVERY,
    "has_cnh": _EVERY,
    "phones": _EVERY,
    "address.zip_code": _EVERY,
    "address.street": _EVERY,
    "address.number": _EVERY,
    "address.state_id": _EVERY,
    "job_reference.income_cents": _EVERY,
    "emails": ("341", "033", "655", "623", "422", "336", "342"),
    "genre_id": ("033", "655", "422", "394"),
    "job_reference.professional_ocupation_id": ("341", "033", "655", "623", "422", "394"),
    "job_reference.name": ("341", "033", "655", "422"),
}
"""Customer field -> banks that want it of a natural person before they take a proposal (docs/sources.md, customers).

No bank publishes its list, so it is our own: who a lender has to know, where the person lives and what it earns, and
whatever the bank wants of a lead, which it wants here as well. Document and name every customer has.
"""

_OF_NATURAL_CUSTOMERS = frozenset(
    name for name in REQUIRED_CUSTOMER_FIELDS if name in ("born_at", "mother", "has_cnh", "genre_id") or "job" in name
)


def required_customer_fields(*, company: bool) -> Mapping[str, tuple[str, ...]]:
    """Customer field -> banks that want it of a person of this kind before they take a proposal."""
    if not company:
        return REQUIRED_CUSTOMER_FIELDS
    return {name: banks for name, banks in REQUIRED_CUSTOMER_FIELDS.items() if name not in _OF_NATURAL_CUSTOMERS}


def credential_name(store_id: int, bank: str) -> str:
    """Name of the secret with a store's credential at a bank, below the deployment's prefix."""
    return f"stores/{store_id}/banks/{bank}"
