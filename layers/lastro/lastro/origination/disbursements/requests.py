"""What a partner sends about the disbursement of a proposal."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from lastro.origination.errors import ONE_ACCOUNT
from lastro.origination.processes.requests import CamelRequest, Csn, IdempotencyKey
from lastro.origination.proposals.accounts import BankAccount
from lastro.wire.persons.accounts import PixKey
from lastro.wire.rule import given


class GetDisbursement(CamelRequest):
    """Path of ``GET /v2.1/proposals/{customerServiceNumber}/disbursement``."""

    customer_service_number: Csn


class RetryDisbursement(CamelRequest):
    """Body of ``POST /v2.1/proposals/{customerServiceNumber}/disbursement``: where refused money is to go."""

    model_config = ConfigDict(json_schema_extra={"oneOf": [given("pixKey"), given("bank")]})

    customer_service_number: Csn
    pix_key: Annotated[PixKey | None, Field(description="Pix key of the borrower; instead of bank")] = None
    bank: BankAccount | None = None
    idempotency_key: IdempotencyKey = None

    @model_validator(mode="after")
    def name_one_account(self) -> RetryDisbursement:
        if (self.pix_key is None) == (self.bank is None):
            raise PydanticCustomError(ONE_ACCOUNT.rule, ONE_ACCOUNT.text)
        return self
