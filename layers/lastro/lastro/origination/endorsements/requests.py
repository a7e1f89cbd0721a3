"""What a partner sends to endorse a CCB."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from lastro.origination.pricing.inputs import AskedReais
from lastro.origination.processes.requests import CamelRequest, Csn, IdempotencyKey
from lastro.wire.amounts import Flag
from lastro.wire.persons.documents import CnpjText
from lastro.wire.text import PersonName


class ListEndorsements(CamelRequest):
    """Path of ``GET /v2.1/proposals/{customerServiceNumber}/endorsements``."""

    customer_service_number: Csn


class CreateEndorsement(CamelRequest):
    """Body of ``POST /v2.1/proposals/{customerServiceNumber}/endorsements``: an endorsement names its endorsee."""

    customer_service_number: Csn
    endorsee_name: Annotated[PersonName, Field(description="Company name", examples=["Fundo Exemplo FIDC"])]
    endorsee_cnpj: CnpjText
    value: Annotated[AskedReais, Field(description="Value of the assignment, R$", examples=[9800])]
    recourse: Annotated[Flag, Field(description="The endorser answers for the debtor (coobrigação)", examples=[False])]
    idempotency_key: IdempotencyKey = None
