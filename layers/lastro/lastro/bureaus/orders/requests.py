"""What a partner sends to ask a bureau."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import ConfigDict, Field, StringConstraints

from lastro.bureaus.model import Purpose
from lastro.bureaus.setup.fields import BranchId, DocumentText, Name, SubjectId
from lastro.kernel.callers.caller import Panel
from lastro.wire.amounts import Flag
from lastro.wire.identifiers import Code, IdempotencyKey
from lastro.wire.objects import WireObject
from lastro.wire.persons.phones import Phone
from lastro.wire.persons.places import State, ZipCode
from lastro.wire.requests import Request
from lastro.wire.text import Label

MAX_FEATURES = 40
WITH_ID = ("client", "lead", "prospect")
"""Subjects that the partner keeps under an id of its own."""

ParameterValue = Annotated[str, Label(120)]
Requester = Annotated[Name, Field(description="The person who asks, as the partner names them", examples=["ana.souza"])]


class RequestedSubject(WireObject):
    """Whom the inquiry is about. An ad-hoc document has no id, everybody else has one."""

    model_config = ConfigDict(
        json_schema_extra={
            "anyOf": [
                {"properties": {"type": {"enum": ["ad_hoc", None, ""]}, "id": {"enum": [None, ""]}}},
                {
                    "required": ["type", "id"],
                    "properties": {"type": {"enum": list(WITH_ID)}, "id": {"not": {"enum": [None, ""]}}},
                },
            ]
        }
    )

    type: Annotated[
        Literal["client", "lead", "prospect", "ad_hoc"],
        Field(description="What the document's holder is to the partner", examples=["lead"]),
    ] = "ad_hoc"
    id: SubjectId | None = None


class RequestedInquiry(WireObject):
    """One question to a bureau."""

    document: DocumentText
    purpose: Annotated[
        Purpose, Field(description="Why; recorded with the inquiry (LGPD art. 7, X)", examples=["credit_analysis"])
    ]
    requested_by: Requester
    subject: RequestedSubject = RequestedSubject()
    panel: Annotated[Panel, Field(description="The portal of who asks", examples=["manager"])] = Panel.MANAGER
    branch_id: Annotated[
        BranchId | None,
        Field(description="The branch that asks; may be left out when only one key would do", examples=[1]),
    ] = None
    report: Annotated[
        Code | None,
        Field(description="One of the contracted reports; absent: the default", examples=["RELATORIO_BASICO_PF_PME"]),
    ] = None
    features: Annotated[
        list[Code], Field(max_length=MAX_FEATURES, description="Optional features", examples=[["SCORE_POSITIVO"]])
    ] = Field(default_factory=list)
    parameters: Annotated[
        dict[Code, ParameterValue],
        Field(max_length=20, description="Report parameters by name", examples=[{"SCORE": "HFIN"}]),
    ] = Field(default_factory=dict)
    federal_unit: Annotated[
        State | None,
        Field(description="State, where the report wants one", examples=["SP"]),
    ] = None
    zip_code: Annotated[
        ZipCode | None,
        Field(description="CEP, where the report wants one", examples=["01001-000"]),
    ] = None
    phone_number: Annotated[
        Phone | None,
        Field(description="Phone, where the report wants one", examples=["+5584900000000"]),
    ] = None
    force: Annotated[
        Flag, Field(description="Ask again within the interval; only for panels that may", examples=[False])
    ] = False


class CreateInquiry(Request):
    """Body of ``POST /api/v1/bureau_inquiries``."""

    bureau_inquiry: RequestedInquiry
    idempotency_key: IdempotencyKey = None
    header_fields: ClassVar[dict[str, str]] = {"prefer": "Prefer"}
    prefer: Annotated[
        str | None,
        StringConstraints(max_length=200),
        Field(
            exclude=True,
            description="respond-async: answer 202 at once; the inquiry ends in the background",
            examples=["respond-async"],
        ),
    ] = None

    @property
    def wants_no_wait(self) -> bool:
        """Whether ``Prefer: respond-async`` was sent (RFC 7240)."""
        return any(part.split(";")[0].strip().lower() == "respond-async" for part in (self.prefer or "").split(","))
