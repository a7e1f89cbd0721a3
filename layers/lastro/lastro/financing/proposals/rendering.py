"""Proposals as a store reads them (the models of ``views.py``), made without building those models."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from lastro.financing.attempts.rendering import render_attempt
from lastro.financing.fields import local
from lastro.kernel.documents import Cnpj, parse_document

if TYPE_CHECKING:
    from lastro.financing.proposals.model import Proposal

_OF_THE_MODEL = ("id", "name", "brand", "version", "molicar_code", "fipe_code", "year_start", "year_end")
_OF_THE_VEHICLE = (
    *("zero_km", "licensing_uf", "licensing_city", "chassi_code", "license_plate_code", "renavam_code"),
    *("km_mileage", "color"),
)


def spell(answer: dict[str, Any]) -> str:
    """An answer as it is sent."""
    return json.dumps(answer, ensure_ascii=False, separators=(",", ":"))


def render_proposal(proposal: Proposal, store_name: str | None) -> dict[str, Any]:
    """A proposal with all its attempts."""
    attempts = [render_attempt(each) for each in proposal.standings]
    return {**render_in_list(proposal, store_name), "proposal_attempts": attempts}


def render_in_list(proposal: Proposal, store_name: str | None) -> dict[str, Any]:
    """A proposal with its furthest attempt alone."""
    leading, vehicle = proposal.leading, proposal.vehicle
    model = vehicle.get("model")
    document = parse_document(proposal.document)
    is_company = isinstance(document, Cnpj)
    return {
        "object_type": "CdcProposal",
        "id": proposal.id,
        "state": proposal.state.value,
        "customer": {
            "id": proposal.customer_id,
            "name": proposal.customer_name,
            "cpf": None if is_company else document.formatted,
            "cnpj": document.formatted if is_company else None,
        },
        "seller": {"id": proposal.seller_id, "name": proposal.seller_name},
        "store": {"id": proposal.store_id, "name": store_name, "seller_can_send_proposal_to_bank": True},
        "owner": proposal.owner,
        "several_banks": proposal.several_banks,
        "commercial": proposal.commercial,
        "year_of_model": vehicle.get("model_year"),
        "year_of_manufacture": vehicle.get("manufacture_year"),
        **{name: vehicle.get(name) for name in _OF_THE_VEHICLE},
        "vehicle_model": {name: model[name] for name in _OF_THE_MODEL} if model else None,
        "fuel": {"id": model["fuel"]["id"], "name": model["fuel"]["name"]} if model else None,
        "comments_count": proposal.comments,
        "external_simulation_uuid": leading.attempt.simulation_id if leading else None,
        "creation_external_link_id": None,
        "sent_to_bank": any(each.words for each in proposal.attempts),
        "proposal_attempt": render_attempt(leading) if leading else None,
        "created_at": local(proposal.created_at),
        "updated_at": local(proposal.updated_at),
    }
