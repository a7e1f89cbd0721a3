"""What a Cédula de Crédito Bancário says, as plain values: everything that is drawn, nothing that is computed later.

Amounts are integer cents, rates typed, days calendar days, moments aware. Essential contents: Lei 10.931/2004 art. 29;
consumer information: CDC arts. 52 and 54-B; cost sheet: Resolução CMN 4.881/2020 and Carta-Circular BCB 3.593/2013.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Any

from lastro.kernel.dataclass import dataclass
from lastro.kernel.documents import Cnpj, Cpf, Document
from lastro.kernel.money import MonthlyRate

if TYPE_CHECKING:
    from lastro.origination.contracts.content.figures import Credit

MAX_LATE_FINE = Decimal(2)
"""Percent of the instalment (CDC art. 52 §1)."""

MAX_DEFAULT_INTEREST = MonthlyRate(Decimal("0.01"))
"""A month (Súmula 379 STJ)."""


@dataclass(frozen=True)
class Address:
    """A postal address; ``zip_code`` holds eight digits, ``state`` the two letters of a UF."""

    street: str
    number: str
    district: str
    city: str
    state: str
    zip_code: str
    complement: str = ""


@dataclass(frozen=True)
class Party:
    """Who signs or is owed. ``traits`` are further facts as (label, text): nationality, marital state, occupation."""

    name: str
    document: Document
    address: Address
    email: str = ""
    phone: str = ""
    site: str = ""
    traits: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class BankAccount:
    """Where the released money goes. ``bank`` is the COMPE code, ``kind`` the account's type in words.

    ``agency`` and ``account`` are without separators; an account ends with its check digit.
    """

    bank: str
    agency: str
    account: str
    kind: str
    holder: str = ""
    pix_key: str = ""


@dataclass(frozen=True)
class Guarantee:
    """A guarantee clause: its kind ("Aval", "Alienação fiduciária") and what it binds."""

    kind: str
    description: str


@dataclass(frozen=True)
class LateCharges:
    """What a late instalment costs: a fine once, in percent of it, and default interest a month.

    Raises ``ValueError`` for a fine over 2 % (CDC art. 52 §1), interest over 1 % a month (Súmula 379 STJ), or less than
    none.
    """

    fine_percent: Decimal
    default_interest: MonthlyRate

    def __post_init__(self) -> None:
        if not 0 <= self.fine_percent <= MAX_LATE_FINE:
            raise ValueError("the fine for a late instalment is 0 to 2 percent")
        if not 0 <= self.default_interest.fraction <= MAX_DEFAULT_INTEREST.fraction:
            raise ValueError("default interest is 0 to 1 percent a month")


@dataclass(frozen=True)
class ClauseText:
    """A clause as it is written: title and paragraphs may hold variables and conditionals."""

    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class ProductClauses:
    """The clauses a partner adds to the contracts of one product. Version 0: none were ever written."""

    partner_id: str
    product_id: int
    version: int = 0
    clauses: tuple[ClauseText, ...] = ()
    updated_at: datetime | None = None


@dataclass(frozen=True)
class Clause:
    """A clause of the product's template after its variables were put in."""

    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Exposure:
    """What somebody declares of being politically exposed, as the contract writes it; empty texts for what is not told.

    ``declared``: anything was declared; ``exposed``: exposed on the day of issue, the five years after an office
    included. Source: Circular BCB 3.978/2020, arts. 19 and 27.
    """

    name: str
    declared: bool = False
    exposed: bool = False
    office: str = ""
    since: str = ""
    until: str = ""
    relation: str = ""


@dataclass(frozen=True)
class ExposureDeclaration:
    """The borrower's own declaration and those of its associates."""

    own: Exposure = Exposure("")
    associates: tuple[Exposure, ...] = ()


UNDECLARED = ExposureDeclaration()


@dataclass(frozen=True)
class ContractData:
    """One CCB. ``number`` is its customerServiceNumber; ``valid_until`` the last day on which it may be accepted.

    ``venue`` is the court's city and state ("São Paulo/SP"); ``payment_place`` where and how instalments are paid.
    Raises ``ValueError`` when the creditor is no institution.
    """

    number: str
    product: str
    issued_on: date
    issue_place: str
    valid_until: date
    borrower: Party
    creditor: Party
    credit: Credit
    account: BankAccount
    late_charges: LateCharges
    payment_place: str
    venue: str
    ombudsman: str
    clauses: tuple[Clause, ...]
    guarantors: tuple[Party, ...] = ()
    guarantees: tuple[Guarantee, ...] = ()
    correspondent: str = ""
    negotiable: bool = True
    exposure: ExposureDeclaration = UNDECLARED

    def __post_init__(self) -> None:
        if not isinstance(self.creditor.document, Cnpj):
            raise ValueError("the creditor is an institution with a CNPJ")

    @property
    def content_hash(self) -> str:
        """SHA-256, hex, of everything the contract says in canonical JSON: names the content whatever its drawing."""
        text = json.dumps(_canonical(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Signature:
    """The borrower's electronic acceptance: what proves it (MP 2.200-2/2001 art. 10 §2).

    ``occurred_at`` is the moment the client reports, ``received_at`` ours; ``checksums`` are those echoed; ``sent_by``
    is the partner's API key or client that sent it, as the history of the proposal names it.
    """

    signer: str
    document: Document
    received_at: datetime
    occurred_at: datetime
    ip: str
    user_agent: str
    latitude: Decimal
    longitude: Decimal
    mac: str
    checksums: tuple[str, ...]
    sent_by: str


@dataclass(frozen=True)
class AppendixHead:
    """The contract that pages are appended to: its creditor, number, bytes' SHA-256 and how many they are.

    ``timestamped``: its seal holds the timestamp of an authority.
    """

    creditor: str
    number: str
    checksum: str
    size: int
    timestamped: bool = False


@dataclass(frozen=True)
class EndorsementLine:
    """One link of the chain of endorsements "em preto" (Lei 10.931 art. 29 §1), as its page shows it."""

    position: int
    endorser: str
    endorser_cnpj: Cnpj
    endorsee: str
    endorsee_cnpj: Cnpj
    endorsed_at: datetime
    value: int
    recourse: bool
    evidence_hash: str


def _canonical(value: Any) -> Any:
    match value:
        case Cpf() | Cnpj():
            return value.value
        case Enum():
            return value.value
        case Decimal():
            return format(value.normalize(), "f")
        case date():
            return value.isoformat()
        case tuple() | list():
            return [_canonical(each) for each in value]
        case Mapping():
            return {str(key): _canonical(each) for key, each in value.items()}
    if is_dataclass(value):
        return {each.name: _canonical(getattr(value, each.name)) for each in fields(value)}
    return value
