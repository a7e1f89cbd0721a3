"""What a partner reads of its debtors."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from lastro.kernel.calendar import format_moment
from lastro.negativations.debtors.model import Debtor
from lastro.negativations.fields import Moment, View


class DebtorAddressView(View):
    """Where the debtor lives."""

    zip_code: Annotated[str | None, Field(description="Eight digits", examples=["01001000"])]
    street: Annotated[str | None, Field(description="Street", examples=["Praça da Sé"])]
    number: Annotated[str | None, Field(description="Number", examples=["1"])]
    complement: Annotated[str | None, Field(description="Flat, block", examples=["Sala 2"])]
    district: Annotated[str | None, Field(description="District", examples=["Sé"])]
    city: Annotated[str | None, Field(description="City", examples=["São Paulo"])]
    state: Annotated[str | None, Field(description="Federal unit", examples=["SP"])]
    city_code: Annotated[str | None, Field(description="The city's code at IBGE, seven digits", examples=["3550308"])]


class DebtorView(View):
    """Who owes."""

    id: Annotated[str, Field(description="UUID of a debtor", examples=["0d0f6f0e-6c1b-5c43-a86b-8a4c1f2f9d11"])]
    external_id: Annotated[str | None, Field(description="The partner's own id", examples=["cliente-77"])]
    document: Annotated[str, Field(description="CPF or CNPJ with its punctuation", examples=["529.982.247-25"])]
    name: Annotated[str, Field(description="Full name or company name", examples=["Ana Exemplo"])]
    sex: Annotated[str | None, Field(description="F or M; of natural persons", examples=["F"])]
    birth_date: Annotated[str | None, Field(description="Of natural persons", examples=["1990-05-17"])]
    mobile_phone: Annotated[str | None, Field(description="With +55", examples=["+5511987654321"])]
    email: Annotated[str | None, Field(description="E-mail", examples=["ana@example.com"])]
    address: DebtorAddressView
    public_body: Annotated[bool, Field(description="A public body is never listed by the routine", examples=[False])]
    in_collection: Annotated[bool, Field(description="false takes the debtor out of the routine", examples=[True])]
    created_at: Moment
    updated_at: Moment


class DebtorAnswer(View):
    """Envelope of one debtor."""

    data: DebtorView


class DebtorList(View):
    """Debtors, newest first."""

    data: Annotated[list[DebtorView], Field(description="Debtors")]
    next_cursor: Annotated[str | None, Field(description="cursor of the next page; null on the last", examples=[None])]


def view_debtor(debtor: Debtor) -> DebtorView:
    address = {name: getattr(debtor.address, name) or None for name in DebtorAddressView.model_fields}
    return DebtorView(
        id=debtor.id,
        external_id=debtor.external_id,
        document=debtor.document.formatted,
        name=debtor.name,
        sex=debtor.sex.value if debtor.sex else None,
        birth_date=debtor.birth_date.isoformat() if debtor.birth_date else None,
        mobile_phone=debtor.mobile_phone,
        email=debtor.email,
        address=DebtorAddressView(**address),
        public_body=debtor.public_body,
        in_collection=debtor.in_collection,
        created_at=format_moment(debtor.created_at),
        updated_at=format_moment(debtor.updated_at),
    )
