"""What is sent to see a field that is masked on a screen, and to read who saw what."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from lastro.retention.disclosures.model import DisclosedKind
from lastro.wire.identifiers import OwnId
from lastro.wire.objects import WireObject
from lastro.wire.pages import Cursor, PerPage
from lastro.wire.requests import Request
from lastro.wire.text import ShortText


class WantedField(WireObject):
    """Which field of what."""

    kind: Annotated[DisclosedKind, Field(description="What the field belongs to", examples=["lead"])]
    subject_id: Annotated[
        OwnId,
        Field(
            description="A lead's CPF or CNPJ, a proposal's customerServiceNumber, the id of a customer, debtor or "
            "bureau inquiry",
            examples=["529.982.247-25"],
        ),
    ]
    field: Annotated[
        ShortText,
        Field(
            description="Of a lead: cpf_cnpj, birthdate, email, phone_number, mother_name; of a proposal: cpf; of a "
            "customer: document, birth_date, emails, phones, mother; of a debtor: document, birth_date, email, "
            "mobile_phone; of a bureau inquiry: document, birth_date, mother_name, phones, addresses",
            examples=["cpf_cnpj"],
        ),
    ]


class CreateDisclosure(Request):
    """Body of ``POST /api/v1/disclosures``."""

    disclosure: WantedField


class ListDisclosures(Request):
    """Query of ``GET /api/v1/disclosures``."""

    cursor: Cursor = None
    per_page: PerPage = 25
