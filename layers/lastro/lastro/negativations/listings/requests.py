"""What a partner sends about negative listings."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from lastro.negativations.fields import BoletoId, BranchId, DebtorId, NatureCode
from lastro.wire.days import Day, PastDayAlone
from lastro.wire.identifiers import Code, IdempotencyKey, Uuid
from lastro.wire.objects import WireObject
from lastro.wire.pages import Cursor, PerPage
from lastro.wire.requests import Request
from lastro.wire.text import Label

ListingId = Annotated[Uuid, Field(description="UUID of a listing", examples=["6f0c7a4e-6a5b-5c1e-9d55-0d6f3a7f1a10"])]
Person = Annotated[str, Label(120)]
RequestedBy = Annotated[Person, Field(description="Who asks, as the partner names them", examples=["ana.souza"])]
DecidedBy = Annotated[
    Person, Field(description="Who decides, as the partner names them: never who asked", examples=["bia.lima"])
]

Statuses = Annotated[
    Literal[
        "rascunho",
        "aguardando_aprovacao",
        "pendente_envio",
        "enviada",
        "aguardando_retorno",
        "notificada",
        "ativa",
        "erro",
        "baixa_pendente",
        "baixa_enviada",
        "baixada",
        "erro_baixa",
        "expirada",
    ]
    | None,
    Field(description="Only those in this status", examples=["ativa"]),
]
Origins = Annotated[Literal["manual", "automatic"] | None, Field(description="Who decided on it", examples=["manual"])]


class NewListing(WireObject):
    """One overdue boleto to be listed at the bureau of its branch."""

    boleto_id: BoletoId
    requested_by: RequestedBy
    guarantor_id: Annotated[
        DebtorId | None,
        Field(description="One of the boleto's guarantors, to be listed after the debtor; absent: the debtor"),
    ] = None
    nature_code: Annotated[
        NatureCode | None, Field(description="Absent: the boleto's, else the integration's restriction code")
    ] = None


class CreateListing(Request):
    """Body of ``POST /api/v1/negativations``."""

    negativation: NewListing
    idempotency_key: IdempotencyKey = None


class FindListing(Request):
    """Path of the calls on one listing."""

    negativation_id: ListingId


class ListListings(Request):
    """Query of ``GET /api/v1/negativations``."""

    status: Statuses = None
    origin: Origins = None
    critical: Annotated[
        Literal["true", "false"] | None,
        Field(description="true: only those that somebody has to see to (críticas)", examples=["true"]),
    ] = None
    branch_id: BranchId | None = None
    provider: Annotated[Code | None, Field(description="Only those at this bureau", examples=["serasa"])] = None
    boleto_id: BoletoId | None = None
    debtor_id: Annotated[
        DebtorId | None, Field(description="The history of one person, as a debtor or as a guarantor")
    ] = None
    start: Annotated[Day | None, Field(description="First day, in São Paulo", examples=["2026-11-01"])] = None
    end: Annotated[Day | None, Field(description="Last day, in São Paulo", examples=["2026-11-30"])] = None
    cursor: Cursor = None
    per_page: PerPage = 25


class WantedRemoval(WireObject):
    """Why the record is to come down."""

    reason: Annotated[
        Code, Field(description="A reason of the bureau's table: at PEFIN 01 paid, 07 paid in part", examples=["01"])
    ]
    requested_by: RequestedBy


class RemoveListing(Request):
    """Path and body of ``POST /api/v1/negativations/{negativation_id}/removal``."""

    negativation_id: ListingId
    removal: WantedRemoval


class ToldOrder(WireObject):
    """An order of a court, or a contestation that is right: the record goes at once."""

    kind: Annotated[Literal["court_order", "contestation"], Field(description="Who says so", examples=["court_order"])]
    number: Annotated[
        str,
        Label(60),
        Field(
            description="Number of the case or of the contestation's protocol; the same one is the same order",
            examples=["0001234-56.2026.8.26.0100"],
        ),
    ]
    issued_on: Annotated[PastDayAlone, Field(description="Date of the order, or of the contestation")]
    recorded_by: Annotated[
        Person, Field(description="Who records it, as the partner names them", examples=["ana.souza"])
    ]


class OrderRemoval(Request):
    """Path and body of ``POST /api/v1/negativations/{negativation_id}/removal_orders``."""

    negativation_id: ListingId
    removal_order: ToldOrder


Proof = Annotated[str, Label(200)]
DeliveredOn = Annotated[
    PastDayAlone | None,
    Field(description="The day it arrived; wanted of what is electronic, of a letter only where known"),
]


class SentNotice(WireObject):
    """A notice of the bureau to the debtor that went another way than its letter, or whose posting is known."""

    channel: Annotated[
        Literal["letter", "email", "sms", "whatsapp"], Field(description="How it went out", examples=["email"])
    ]
    address: Annotated[
        str,
        Label(200),
        Field(
            description="Where it went: postal address, e-mail or mobile phone, as the channel says",
            examples=["ana@example.com"],
        ),
    ]
    sent_on: Annotated[PastDayAlone, Field(description="The day it went out")]
    delivered_on: DeliveredOn = None
    proof: Annotated[
        Proof | None,
        Field(
            description="What proves the posting of a letter, or the delivery of anything electronic; absent: not yet",
            examples=["recibo 8841"],
        ),
    ] = None
    recorded_by: Annotated[
        Person, Field(description="Who records it, as the partner names them", examples=["ana.souza"])
    ]


class RecordNotice(Request):
    """Path and body of ``POST /api/v1/negativations/{negativation_id}/notices``."""

    negativation_id: ListingId
    notice: SentNotice


class ProofOfNotice(WireObject):
    """What proves a notice: the posting of a letter, the delivery of anything electronic."""

    proof: Annotated[Proof, Field(description="Number of the posting, or of the receipt", examples=["recibo 8841"])]
    delivered_on: DeliveredOn = None
    recorded_by: Annotated[
        Person, Field(description="Who records it, as the partner names them", examples=["ana.souza"])
    ]


class ProveNotice(Request):
    """Path and body of ``POST /api/v1/negativations/{negativation_id}/notices/{notice_id}/proof``."""

    negativation_id: ListingId
    notice_id: Annotated[Uuid, Field(description="UUID of a notice", examples=["1b0c7a4e-6a5b-5c1e-9d55-0d6f3a7f1a10"])]
    notice_proof: ProofOfNotice


class WantedResend(WireObject):
    """Who wants what failed to be sent once more."""

    requested_by: RequestedBy


class ResendListing(Request):
    """Path and body of ``POST /api/v1/negativations/{negativation_id}/resend``."""

    negativation_id: ListingId
    resend: WantedResend


class WantedApproval(WireObject):
    """What a second person says of a listing."""

    decision: Annotated[Literal["approve", "reject"], Field(description="Send it, or not", examples=["approve"])]
    decided_by: DecidedBy
    justification: Annotated[
        Annotated[str, Label(500)] | None,
        Field(description="Why not; wanted for a rejection", examples=["Débito em negociação"]),
    ] = None


class DecideListing(Request):
    """Path and body of ``POST /api/v1/negativations/{negativation_id}/approval``."""

    negativation_id: ListingId
    approval: WantedApproval
