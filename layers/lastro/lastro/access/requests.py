"""What a partner sends to the access endpoints. Unknown fields are ignored, as the vendor does."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints


def _split_codes(value: Any) -> Any:
    """``bank_codes=341,655`` is accepted beside the repeated ``bank_codes[]``."""
    return [code for code in value.split(",") if code.strip()] if isinstance(value, str) else value


BankCode = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20)]
BankCodes = Annotated[
    list[BankCode] | None,
    BeforeValidator(_split_codes),
    Field(max_length=50, description="Only these banks; absent: all", examples=[["341", "655"]]),
]
StoreId = Annotated[int, Field(ge=1, lt=10**15, description="Number of one of the caller's stores", examples=[1])]


class _Wire(BaseModel):
    model_config = ConfigDict(extra="ignore")


class ListIntegratedBanks(_Wire):
    """Path and query of ``GET /api/v1/stores/{store_id}/integrated_banks``."""

    store_id: StoreId
    bank_codes: BankCodes = None


class PutBankCredentials(_Wire):
    """Path and body of ``PUT /api/v1/stores/{store_id}/bank_credentials/{bank_code}``."""

    store_id: StoreId
    bank_code: Annotated[BankCode, Field(description="Opaque code of the bank", examples=["341"])]
    bank_credential: Annotated[
        dict[str, Any],
        Field(
            repr=False,
            description="The fields the bank asks for, named in credential_fields of GET /api/v1/banks; texts of 1 to "
            "4096 characters. Kept in a vault and never answered.",
            examples=[{"client_id": "minha-loja", "client_secret": "exemplo"}],
        ),
    ]
