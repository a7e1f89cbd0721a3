"""What proposals ask of the outside: a bank that takes a proposal, can be asked what became of it, and drops it.

A bank numbers what it says of a proposal (``Word.sequence``): by that, and not by when it arrives, words have an order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from lastro.kernel.dataclass import dataclass

if TYPE_CHECKING:
    from lastro.financing.attempts.states import State
    from lastro.kernel.people.applicants import Applicant, Vehicle

MOST_COUNTERS = 7
"""Counter-offers that a bank makes on one proposal at most."""


class DocumentKind(StrEnum):
    """Documents that a bank may want of a proposal."""

    IDENTITY = "identity"
    INCOME = "income"
    LICENCE = "licence"
    VEHICLE_REGISTRATION = "vehicle_registration"


class RefusalReason(StrEnum):
    """Why a bank refuses; the closed list of ``refusal_reason``."""

    CREDIT = "credit_not_approved"
    INCOME = "insufficient_income"
    DOCUMENTS = "documents_not_accepted"
    VEHICLE = "vehicle_not_accepted"
    OTHER = "other"

    @property
    def text(self) -> str:
        return _TEXTS[self]


_TEXTS = {
    RefusalReason.CREDIT: "Crédito não aprovado pelo banco.",
    RefusalReason.INCOME: "A renda do cliente não comporta a parcela.",
    RefusalReason.DOCUMENTS: "O banco não aceitou os documentos enviados.",
    RefusalReason.VEHICLE: "O banco não aceitou o veículo.",
    RefusalReason.OTHER: "O banco recusou a proposta por outro motivo.",
}


@dataclass(frozen=True)
class CounterOffer:
    """Another condition that the bank would do. ``number`` counts them from 1 within a proposal; amounts in cents."""

    number: int
    down_payment: int
    financed_amount: int
    installments: int
    installment_value: int


@dataclass(frozen=True)
class Word:
    """What a bank says of a proposal at one moment.

    ``number`` is the bank's own of the proposal, ``key`` the idempotency key that it was sent under. ``lien`` is the
    registration number of the lien on the vehicle, with its contract once formalised (Resolução Contran 807/2020).
    """

    key: str
    number: str
    sequence: int
    state: State
    reason: RefusalReason | None = None
    pending: tuple[DocumentKind, ...] = ()
    counter: CounterOffer | None = None
    contract: str | None = None
    lien: str | None = None


@dataclass(frozen=True)
class ProposalRequest:
    """A proposal for an offer that the bank made: ``offer_token`` names it there, ``table_code`` its product.

    ``registration`` is the rest of the customer's record under our names (``REGISTRATION``), texts alone. Amounts are
    cents. ``callback_url`` is where the bank tells what becomes of it, ``None`` where nobody can be told.
    """

    key: str
    applicant: Applicant
    vehicle: Vehicle
    offer_token: str
    table_code: str
    asset_value: int
    down_payment: int
    financed_amount: int
    installments: int
    installment_value: int
    commercial: bool = False
    registration: Mapping[str, str] = field(default_factory=dict)
    identification: Mapping[str, str] = field(default_factory=dict)
    callback_url: str | None = None


REGISTRATION = (
    "street",
    "street_number",
    "complement",
    "neighborhood",
    "city",
    "state_of_residence",
    "father_name",
    "rg",
    "rg_issuer",
    "rg_state",
    "marital_status",
    "nationality",
    "employer",
)
"""What a bank is told of a customer beside what it is told of any applicant."""

IDENTIFICATION = ("chassi_code", "license_plate_code", "renavam_code", "color", "km_mileage")
"""What identifies the vehicle of a proposal."""


@dataclass(frozen=True)
class ProposalDocument:
    """A document for the bank. ``key`` is its idempotency key; ``content`` its bytes, of ``media_type``."""

    key: str
    kind: DocumentKind
    media_type: str
    content: bytes


class ProposalBank(Protocol):
    """One bank, reached with one store's credentials.

    Every method may raise ``Retryable`` (the bank is unstable), ``Permanent`` (it will never accept this) or
    ``Unknown`` (it may have acted).
    """

    code: str

    async def send_proposal(self, request: ProposalRequest) -> Word:
        """Put a proposal to the bank. The same ``key`` is the same proposal: a repeat answers where it stands."""
        ...

    async def find_proposal(self, key: str) -> Word | None:
        """Where the proposal sent under ``key`` stands; ``None`` when the bank never saw it. This follows one, too."""
        ...

    async def add_document(self, key: str, document: ProposalDocument) -> Word:
        """Hand in a document for the proposal sent under ``key``. The same document's key is handed in once."""
        ...

    async def cancel_proposal(self, key: str) -> Word:
        """Ask the bank to drop the proposal sent under ``key``; answers where it stands then, cancelled or not."""
        ...
