"""What a partner reads of its stores and of their banks (wire names: docs/sources.md, simulations hub)."""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from lastro.access.model import BankLink, Store
from lastro.access.views import Code, Moment, Nothing, Status
from lastro.kernel.banks import BANKS, BankFacts
from lastro.kernel.calendar import format_moment

_NUMBERS = 1_000
"""Banks that there may ever be: the number of a store's bank is made of both numbers."""


class StoreView(BaseModel):
    """A point of sale of the caller."""

    object_type: Annotated[Literal["Store"], Field(description="Always the same")] = "Store"
    id: Annotated[int, Field(description="What the Store-Id header carries", examples=[1])]
    name: Annotated[str, Field(description="Name of the store", examples=["Loja Centro"])]
    display_name: Annotated[str, Field(description="Name on screens", examples=["Loja Centro"])]
    cnpj: Annotated[str, Field(description="With punctuation", examples=["11.222.333/0001-81"])]
    uf: Annotated[str | None, Field(description="State, two letters", examples=["SP"])]
    city: Annotated[str | None, Field(description="City", examples=["São Paulo"])]
    active: Annotated[bool, Field(description="false: it takes no new simulations and proposals", examples=[True])]
    new_vehicle_sales: Annotated[bool, Field(description="It sells new vehicles", examples=[True])]
    used_vehicle_sales: Annotated[bool, Field(description="It sells used vehicles", examples=[True])]
    publish: Annotated[bool, Field(description="It may be shown to the public", examples=[False])]
    limit_fi_performance_visibility: Annotated[bool, Field(description="Always false", examples=[False])] = False
    limit_simulation_bank_visibility: Annotated[bool, Field(description="Always false", examples=[False])] = False
    public_api_identifier: Annotated[None, Field(description="Always null", examples=[None])] = None
    avatar: Annotated[Nothing, Field(description="Always empty", examples=[{}])] = Nothing()
    created_at: Moment
    updated_at: Moment


class StoreList(BaseModel):
    """The caller's stores, in order of id."""

    stores: Annotated[list[StoreView], Field(description="Every store of the caller")]


class StoreAnswer(BaseModel):
    """Envelope of one store."""

    store: StoreView


class CredentialState(BaseModel):
    """Whether a store may ask a bank: ``active`` and ``okay``."""

    active: Annotated[bool, Field(description="The store wants this bank", examples=[True])]
    status: Status


class IntegratedBank(BaseModel):
    """A bank as one store sees it; usable when its credential is active and ``okay``."""

    id: Annotated[int, Field(description="Lastro's own number of the bank", examples=[1])]
    code: Code
    name: Annotated[str, Field(description="Usual name", examples=["Itaú"])]
    tradename: Annotated[str, Field(description="Company name", examples=["Itaú Unibanco S.A."])]
    bank_credential: CredentialState


class BankOfStore(BaseModel):
    """A bank, named."""

    id: Annotated[int, Field(description="Lastro's own number of the bank", examples=[1])]
    febraban_code: Code
    name: Annotated[str, Field(description="Usual name", examples=["Itaú"])]


class BankIntegration(BaseModel):
    """The same in the words of the public client: one bank linked to one store."""

    id: Annotated[int, Field(description="Number of the link, of no other store or bank", examples=[1001])]
    store_id: Annotated[int, Field(description="Number of the store", examples=[1])]
    bank: BankOfStore
    credentials_status: Status
    created_at: Annotated[Moment, Field(description="When the store was opened, UTC, ISO 8601")]
    updated_at: Annotated[Moment, Field(description="When the store was last changed, UTC, ISO 8601")]


class IntegratedBankList(BaseModel):
    """The banks of a store, in order of id, as each of the vendor's clients reads them."""

    banks: Annotated[list[IntegratedBank], Field(description="Banks linked to the store, usable or not")]
    integrated_banks: Annotated[list[BankIntegration], Field(description="The same banks in the other form")]


def view_store(store: Store) -> StoreView:
    return StoreView(
        id=store.id,
        name=store.name,
        display_name=store.display_name or store.name,
        cnpj=store.cnpj.formatted,
        uf=store.uf,
        city=store.city,
        active=store.active,
        new_vehicle_sales=store.sells_new,
        used_vehicle_sales=store.sells_used,
        publish=store.published,
        created_at=format_moment(store.created_at),
        updated_at=format_moment(store.updated_at),
    )


def view_banks(store: Store, wanted: Collection[str]) -> IntegratedBankList:
    """The banks that are linked to a store, all where none is wanted."""
    linked = [
        (bank, store.banks[code])
        for code, bank in BANKS.items()
        if code in store.banks and (not wanted or code in wanted)
    ]
    return IntegratedBankList(
        banks=[_integrated(bank, link) for bank, link in linked],
        integrated_banks=[_integration(store, bank, link) for bank, link in linked],
    )


def _integrated(bank: BankFacts, link: BankLink) -> IntegratedBank:
    return IntegratedBank(
        id=bank.id,
        code=bank.code,
        name=bank.name,
        tradename=bank.tradename,
        bank_credential=CredentialState(active=link.active, status=link.status),
    )


def _integration(store: Store, bank: BankFacts, link: BankLink) -> BankIntegration:
    return BankIntegration(
        id=store.id * _NUMBERS + bank.id,
        store_id=store.id,
        bank=BankOfStore(id=bank.id, febraban_code=bank.code, name=bank.name),
        credentials_status=link.status,
        created_at=format_moment(store.created_at),
        updated_at=format_moment(store.updated_at),
    )
