"""What a store sends about proposals (wire names: docs/sources.md, proposals). Unknown fields are ignored."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import AliasChoices, ConfigDict, Field, StringConstraints, WithJsonSchema

from lastro.financing.attempts.states import State
from lastro.financing.ports import DocumentKind
from lastro.financing.proposals.model import MOST_ATTEMPTS
from lastro.wire.amounts import Flag, InWhole
from lastro.wire.identifiers import Code, IdempotencyKey, Number, Uuid
from lastro.wire.objects import WireObject
from lastro.wire.pages import Cursor, PerPage
from lastro.wire.persons.places import State as Uf
from lastro.wire.requests import Request
from lastro.wire.text import LongText, ShortText, Text
from lastro.wire.things.vehicles import Chassi, LicensePlate, Renavam

Kilometres = Annotated[int, InWhole(0, 9_999_999)]


class SentAttempt(WireObject):
    """An offer to be put to its bank: a condition of a simulation of this store."""

    simulation_condition_id: Annotated[Number, Field(description="id of the simulation's condition")]
    external_simulation_uuid: Annotated[Uuid, Field(description="uuid of the simulation")]


class SentVehicle(WireObject):
    """What identifies the vehicle; what is left out stays."""

    km_mileage: Annotated[Kilometres | None, Field(description="Kilometres", examples=[32_000])] = None
    license_plate_code: Annotated[
        LicensePlate | None, Field(description="Plate, of the old or the Mercosur form", examples=["ABC1D23"])
    ] = None
    renavam_code: Annotated[Renavam | None, Field(description="Renavam", examples=["00891749063"])] = None
    chassi_code: Annotated[Chassi | None, Field(description="Chassis number (VIN)", examples=["9BWZZZ377VT004251"])] = (
        None
    )
    color: Annotated[ShortText | None, Field(description="Colour", examples=["prata"])] = None
    licensing_uf: Annotated[Uf | None, Field(description="State of registration", examples=["SP"])] = None
    licensing_city: Annotated[Text | None, Field(description="City of registration", examples=["São Paulo"])] = None


class NewProposal(SentVehicle):
    """A proposal for a customer, with the offers to be put to their banks."""

    customer_id: Annotated[Number, Field(description="id of the customer")]
    store_id: Annotated[Number, Field(description="The store, as in Store-Id")]
    seller_id: Annotated[Number, Field(description="id of the user who sells")]
    commercial: Annotated[Flag, Field(description="Commercial use of the vehicle", examples=[False])]
    proposal_attemps: Annotated[
        list[SentAttempt],
        Field(
            validation_alias=AliasChoices("proposal_attemps", "proposal_attempts"),
            min_length=1,
            max_length=MOST_ATTEMPTS,
            description="Offers to be put to their banks (the name is so)",
        ),
    ]
    several_banks: Annotated[
        Flag, Field(description="Whether several banks may be asked at the same time", examples=[False])
    ] = False
    webhook_url: Annotated[
        str | None,
        Field(max_length=2000, description="Called when the proposal changes", examples=["https://loja.example.com/h"]),
    ] = None


class CreateProposal(Request):
    """Body of ``POST /api/v1/proposals``."""

    proposal: NewProposal
    idempotency_key: IdempotencyKey = None


class ChangedProposal(SentVehicle):
    """What changes of a proposal; what is left out, or null, stays.

    Store, customer and use of a proposal never change: sent, they have to be its own.
    """

    store_id: Annotated[Number | None, Field(description="The proposal's own store")] = None
    customer_id: Annotated[Number | None, Field(description="The proposal's own customer")] = None
    commercial: Annotated[Flag | None, Field(description="The proposal's own use", examples=[False])] = None
    seller_id: Annotated[Number | None, Field(description="id of the user who sells")] = None
    several_banks: Annotated[
        Flag | None, Field(description="Whether several banks may be asked at the same time", examples=[True])
    ] = None


class FindProposal(Request):
    """Path of a proposal."""

    proposal_id: Annotated[Number, Field(description="id of the proposal")]


class UpdateProposal(FindProposal):
    """Path and body of ``PUT /api/v1/proposals/{proposal_id}``; ``{"proposal": null}`` changes nothing."""

    proposal: Annotated[ChangedProposal | None, Field(description="What changes")] = None


class CancelProposal(FindProposal):
    """Path of ``DELETE /api/v1/proposals/{proposal_id}``."""

    body_optional: ClassVar[bool] = True


class ListProposals(Request):
    """Query of ``GET /api/v1/proposals``."""

    customer_id: Annotated[Number | None, Field(description="Only those of this customer")] = None
    state: Annotated[State | None, Field(description="Only those in this state", examples=["approved"])] = None
    per_page: PerPage = 25
    cursor: Cursor = None


class CommentProposal(FindProposal):
    """Path and body of ``POST /api/v1/proposals/{proposal_id}/comments``."""

    comment: Annotated[LongText, Field(description="What is to be noted", examples=["Cliente volta na sexta-feira"])]
    idempotency_key: IdempotencyKey = None


MAX_FILE_BYTES = 4_000_000
"""Decoded size of a document: in Base64 it must fit in the 6 MB a function may receive."""
_MAX_BASE64 = (MAX_FILE_BYTES + 2) // 3 * 4 + 200_000


class AddDocument(FindProposal):
    """Path and body of ``POST /api/v1/proposals/{proposal_id}/documents``. One document a call."""

    max_body_bytes: ClassVar[int] = _MAX_BASE64 + 8 * 1024

    kind: Annotated[DocumentKind, Field(description="What it shows", examples=["identity"])]
    base64: Annotated[
        str,
        StringConstraints(strip_whitespace=True, min_length=1, max_length=_MAX_BASE64),
        Field(description="A JPEG, a PNG or a PDF in Base64", examples=["JVBERi0xLjcK"]),
    ]


class CreateAttempt(FindProposal):
    """Path and body of ``POST /api/v1/proposals/{proposal_id}/proposal_attempts``."""

    proposal_attempt: SentAttempt
    idempotency_key: IdempotencyKey = None


class FindAttempt(FindProposal):
    """Path of an attempt."""

    attempt_id: Annotated[Number, Field(description="id of the attempt")]


class CancelAttempt(FindAttempt):
    """Path of ``DELETE …/proposal_attempts/{attempt_id}``."""

    body_optional: ClassVar[bool] = True


class UpdateAttempt(FindAttempt):
    """Path of ``PUT …/proposal_attempts/{attempt_id}``; banks alone change an attempt: nothing is taken of a body."""

    body_optional: ClassVar[bool] = True


class ReceiveBankWord(Request):
    """Path and body of ``POST /banks/{bank}/proposal_events/{secret}``: the body is as the bank writes it."""

    model_config = ConfigDict(extra="allow")

    bank: Annotated[Code, Field(description="Code of the bank that tells", examples=["341"])]
    secret: Annotated[
        str,
        StringConstraints(max_length=200),
        Field(description="The secret of the address, as the bank was given it", examples=["p.1.0.s3cr3t0"]),
    ]
    data: Annotated[
        Any,
        WithJsonSchema({"anyOf": [{"type": "object"}, {"type": "null"}]}),
        Field(
            description="The proposal where the bank writes it so; the other fields are the bank's own, too",
            examples=[{"numero_proposta": "341-P000001", "versao": 2, "situacao": "EM_ANALISE"}],
        ),
    ] = None
