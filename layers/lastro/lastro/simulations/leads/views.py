"""What a partner reads of a lead (wire names: docs/sources.md, simulations hub)."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, Field

from lastro.kernel.calendar import format_moment
from lastro.kernel.people.domains import GENDERS, PROFESSIONS, Domain
from lastro.simulations.leads.domains import OCCUPATIONS
from lastro.simulations.leads.model import Lead

Moment = Annotated[str, Field(description="UTC, ISO 8601", examples=["2026-11-03T12:00:00.000Z"])]


class DomainView(BaseModel):
    """One choice of a closed list."""

    id: Annotated[int, Field(description="Stable number, unique over all lists", examples=[111])]
    type: Annotated[str, Field(description="gender, occupation or profession", examples=["occupation"])]
    credere_identifier: Annotated[str, Field(description="What a retrieve_ field carries", examples=["11"])]
    label: Annotated[str, Field(description="Text for screens", examples=["Empregado com carteira assinada"])]


class AddressView(BaseModel):
    """Where the lead lives."""

    zip_code: Annotated[str | None, Field(description="CEP, 8 digits", examples=["01001000"])] = None
    street: Annotated[str | None, Field(description="Street", examples=["Praça da Sé"])] = None
    number: Annotated[str | None, Field(description="Number", examples=["1"])] = None
    complement: Annotated[str | None, Field(description="Flat, block", examples=["Sala 2"])] = None
    district: Annotated[str | None, Field(description="District", examples=["Sé"])] = None
    city: Annotated[str | None, Field(description="City", examples=["São Paulo"])] = None
    state: Annotated[str | None, Field(description="State, two letters", examples=["SP"])] = None


class LeadView(BaseModel):
    """A prospective client of one store."""

    id: Annotated[int, Field(description="Number of the lead", examples=[1])]
    cpf_cnpj: Annotated[str, Field(description="With punctuation", examples=["529.982.247-25"])]
    name: Annotated[str | None, Field(description="Full name", examples=["Ana Exemplo"])]
    birthdate: Annotated[str | None, Field(description="YYYY-MM-DD", examples=["1990-05-17"])]
    email: Annotated[str | None, Field(description="E-mail address", examples=["ana@example.com"])]
    phone_number: Annotated[str | None, Field(description="International form", examples=["+5584900000000"])]
    monthly_income: Annotated[int | None, Field(description="In cents", examples=[650000])]
    has_cnh: Annotated[bool | None, Field(description="Holds a driving licence", examples=[True])]
    gender: Annotated[DomainView | None, Field(description="Choice of genders")]
    occupation: Annotated[DomainView | None, Field(description="Choice of occupations")]
    profession: Annotated[DomainView | None, Field(description="Choice of professions")]
    mother_name: Annotated[str | None, Field(description="Mother's full name", examples=["Maria Exemplo"])]
    address: Annotated[AddressView | None, Field(description="Where the lead lives")]
    payload: Annotated[dict[str, Any], Field(description="Always empty; kept for the vendor's clients", examples=[{}])]
    created_at: Moment
    updated_at: Moment


class LeadAnswer(BaseModel):
    """Envelope of one lead."""

    data: LeadView


class LeadList(BaseModel):
    """A page of the store's leads, in order of document; a page that is not full is the last."""

    data: Annotated[list[LeadView], Field(description="Leads of this page")]


class Requirements(BaseModel):
    """What the store's banks want to know before they are asked."""

    lead: Annotated[LeadView | None, Field(description="The lead, null when the store has none with this document")]
    requirements: Annotated[
        dict[str, list[str] | dict[str, list[str]]],
        Field(
            description="Lead field to the codes of the banks that ask for it; address holds its own fields",
            examples=[{"cpf_cnpj": ["341", "623"], "address": {"zip_code": ["623"]}}],
        ),
    ]


class RequirementsAnswer(BaseModel):
    """Envelope of the required fields."""

    data: Requirements


class DomainLists(BaseModel):
    """Closed lists by their names."""

    data: Annotated[
        dict[str, list[DomainView]],
        Field(
            description="List name to its choices",
            examples=[{"genders": [{"id": 1, "type": "gender", "credere_identifier": "F", "label": "Feminino"}]}],
        ),
    ]


def show_lead(lead: Lead) -> LeadView:
    """A lead as partners read it."""
    return LeadView(
        id=lead.id,
        cpf_cnpj=lead.document.formatted,
        name=lead.name,
        birthdate=lead.birthdate.isoformat() if lead.birthdate else None,
        email=lead.email,
        phone_number=lead.phone_number,
        monthly_income=lead.monthly_income,
        has_cnh=lead.has_cnh,
        gender=_show_choice(GENDERS.get(lead.gender or "")),
        occupation=_show_choice(OCCUPATIONS.get(lead.occupation or "")),
        profession=_show_choice(PROFESSIONS.get(lead.profession or "")),
        mother_name=lead.mother_name,
        address=AddressView.model_validate(lead.address) if lead.address else None,
        payload={},
        created_at=format_moment(lead.created_at),
        updated_at=format_moment(lead.updated_at),
    )


def show_domain(domain: Domain) -> DomainView:
    """A choice as partners read it."""
    return DomainView(id=domain.id, type=domain.type, credere_identifier=domain.credere_identifier, label=domain.label)


def _show_choice(domain: Domain | None) -> DomainView | None:
    return show_domain(domain) if domain else None
