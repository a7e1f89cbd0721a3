"""What a partner sends about the disbursement of a proposal."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from lastro.origination.enumerations import AccountKind
from lastro.origination.fields import AccountNumber, BankCode, Words
from lastro.origination.requests import CamelRequest, Csn, IdempotencyKey


class GetDisbursement(CamelRequest):
    """Path of ``GET /v2.1/proposals/{customerServiceNumber}/disbursement``."""

    customer_service_number: Csn


class CorrectedAccount(CamelRequest):
    """A bank account, as in the proposal."""

    bank: Annotated[BankCode, Field(description="COMPE code", examples=["001"])]
    type: Annotated[AccountKind, Field(description="Kind of account", examples=["CONTA_CORRENTE_INDIVIDUAL"])]
    agency: Annotated[AccountNumber, Field(description="Branch", examples=["0001"])]
    account: Annotated[AccountNumber, Field(description="Account with its check digit", examples=["5647891"])]


class RetryDisbursement(CamelRequest):
    """Body of ``POST /v2.1/proposals/{customerServiceNumber}/disbursement``: where refused money is to go."""

    customer_service_number: Csn
    pix_key: Annotated[
        Annotated[str, StringConstraints(min_length=1, max_length=77), Words] | None,
        Field(description="Pix key of the borrower; instead of bank", examples=["ana@example.com"]),
    ] = None
    bank: CorrectedAccount | None = None
    idempotency_key: IdempotencyKey = None

    @model_validator(mode="after")
    def name_one_account(self) -> RetryDisbursement:
        if (self.pix_key is None) == (self.bank is None):
            raise PydanticCustomError("one_account", "Send pixKey or bank, one of them.")
        return self
