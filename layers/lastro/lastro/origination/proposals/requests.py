"""A proposal: a person and what is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import AliasChoices, ConfigDict, Field, WithJsonSchema

from lastro.kernel.errors import FieldError
from lastro.origination.errors import FIELD_MISSING, OFFER_TWICE, UNSUPPORTED_PRODUCT_TYPE
from lastro.origination.pricing.inputs import AskedCount, AskedDay, AskedFee, AskedPercent, AskedReais
from lastro.origination.processes.requests import CamelRequest, IdempotencyKey, ProcessId
from lastro.origination.proposals.enumerations import CAAS, Listed, ProductTypeName, read_word
from lastro.origination.proposals.person import Person
from lastro.wire.identifiers import Number
from lastro.wire.persons.accounts import PixKey
from lastro.wire.rule import given
from lastro.wire.text import Label

MAX_PRODUCTS = 5
_OfferId = Annotated[str, Label(64)]
_TERMS = ("value", "installments", "monthlyTax", "releaseDate", "dueDate")
_SPELLINGS = {
    "monthlyTax": ("monthlyTax", "monthly_tax", "monthly_Tax"),
    "productId": ("productId", "product_id"),
    "offerId": ("offerId", "offer_id"),
    "releaseDate": ("releaseDate", "releasedDate", "release_date"),
    "dueDate": ("dueDate", "due_date"),
    "cadValue": ("cadValue", "cad_value"),
}


def _spelt(name: str) -> AliasChoices:
    return AliasChoices(*_SPELLINGS[name])


class ProposedProduct(CamelRequest):
    """One credit asked for. With ``offerId`` the terms are those of the kept simulation and may be left out."""

    model_config = ConfigDict(json_schema_extra={"anyOf": [given("offerId"), given(*_TERMS)]})

    type: Annotated[
        ProductTypeName,
        Listed,
        WithJsonSchema({"type": "string", "enum": [CAAS]}),
        Field(description="CAAS; no other type is proposed here", examples=["CAAS"]),
    ]
    product_id: Annotated[
        Number | None,
        Field(
            validation_alias=_spelt("productId"),
            description="Product; left out: the partner's only active one of type CAAS",
            examples=[1],
        ),
    ] = None
    offer_id: Annotated[
        _OfferId | None,
        Field(validation_alias=_spelt("offerId"), description="A kept simulation", examples=[None]),
    ] = None
    value: Annotated[AskedReais | None, Field(description="To be received, R$", examples=[10000.0])] = None
    installments: Annotated[AskedCount | None, Field(description="Number of instalments", examples=[12])] = None
    monthly_tax: Annotated[
        AskedPercent | None,
        Field(validation_alias=_spelt("monthlyTax"), description="Percent a month", examples=[2.5]),
    ] = None
    cad_value: Annotated[
        AskedFee | None,
        Field(
            validation_alias=_spelt("cadValue"),
            description="Registration fee, R$; left out: the product's own",
            examples=[0.0],
        ),
    ] = None
    release_date: Annotated[
        AskedDay | None,
        Field(validation_alias=_spelt("releaseDate"), description="Release date", examples=["2026-11-04"]),
    ] = None
    due_date: Annotated[
        AskedDay | None,
        Field(validation_alias=_spelt("dueDate"), description="First due date", examples=["2026-12-04"]),
    ] = None


class CreateProposal(Person):
    """Path and body of ``POST /v2.1/process/proposal/{id}``."""

    id: ProcessId
    products: Annotated[
        list[ProposedProduct], Field(min_length=1, max_length=MAX_PRODUCTS, description="Credits asked for")
    ]
    pix_key: Annotated[
        PixKey | None,
        Field(description="Pix key of the borrower; the money goes there instead of the bank account", examples=[""]),
    ] = None
    idempotency_key: IdempotencyKey = None

    def person(self) -> dict[str, Any]:
        """The personal part as the credit keeps it; the income in cents."""
        return self.model_dump(mode="json", exclude={"id", "products"}, exclude_none=True)

    @classmethod
    def cross_check(cls, raw: dict[str, Any]) -> list[FieldError]:
        """What a product's type asks for, on the raw body, beside the fields' own errors."""
        products = raw.get("products")
        if not isinstance(products, list):
            return []
        read = [(place, each) for place, each in enumerate(products[:MAX_PRODUCTS]) if isinstance(each, Mapping)]
        errors = [error for place, product in read for error in _check_product(f"products.{place}", product)]
        offers: set[str] = set()
        for place, product in read:
            offer = _offer(product)
            if offer in offers:
                errors.append(OFFER_TWICE.at(f"products.{place}.offerId"))
            offers |= {offer} if offer else set()
        return errors


def _check_product(where: str, product: Mapping[str, Any]) -> list[FieldError]:
    kind = read_word(product.get("type"))
    if kind != CAAS:
        known = isinstance(kind, str)
        return [UNSUPPORTED_PRODUCT_TYPE.at(f"{where}.type")] if known else []
    wanted = () if _has(product, "offerId") else _TERMS
    return [FIELD_MISSING.at(f"{where}.{name}") for name in wanted if not _has(product, name)]


def _offer(product: Mapping[str, Any]) -> str:
    named = (product.get(spelling) for spelling in _SPELLINGS["offerId"])
    return next((each.strip() for each in named if isinstance(each, str) and each.strip()), "")


def _has(product: Mapping[str, Any], name: str) -> bool:
    values = (product.get(spelling) for spelling in _SPELLINGS.get(name, (name,)))
    return any(value is not None and value != "" for value in map(read_word, values))
