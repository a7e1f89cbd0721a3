"""Attempts as a store reads them (the models of ``views.py``), made without building those models."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lastro.financing.attempts.states import State, rank_of
from lastro.financing.fields import local
from lastro.kernel.banks import BANKS
from lastro.kernel.calendar import SAO_PAULO

if TYPE_CHECKING:
    from lastro.financing.attempts.model import Terms
    from lastro.financing.proposals.model import Standing

_NO_RETURN = "0"
_FORMALISED = (State.FORMALISED, State.PAID, State.RETURNED)


def render_attempt(standing: Standing) -> dict[str, Any]:
    """An attempt, or the counter-offer that it is."""
    attempt, terms = standing.attempt, standing.terms
    facts = BANKS[attempt.bank]
    is_last = standing.replaced_by is None
    due = terms.first_due_date
    # A counter-offer is for the same goods.
    accessories, documentation = attempt.terms.accessories, attempt.terms.documentation
    return {
        "object_type": "ProposalAttemp",
        "id": standing.id,
        "active": standing.active,
        "bank": {"id": facts.id, "name": facts.name, "tradename": facts.tradename, "febraban_code": facts.code},
        "state": standing.state.value,
        "state_rank": rank_of(standing.state),
        "refusal_reason": standing.reason.value if standing.reason else None,
        "pending_documents": [each.value for each in attempt.pending] if is_last else [],
        "value_in_cents": terms.asset_value,
        "input_financing_in_cents": terms.down_payment,
        "financed_amount_in_cents": terms.financed_amount,
        "quota_in_cents": terms.installments[0],
        "term_financing": len(terms.installments),
        "first_payment_in_days": (due - attempt.created_at.astimezone(SAO_PAULO).date()).days if due else None,
        "payment_flow": [
            {"installment_number": number, "value_cents": value}
            for number, value in enumerate(terms.installments, start=1)
        ],
        "expenses": [{"type": kind, "value_cents": value} for kind, value in terms.expenses],
        "coefficient": _coefficient(terms),
        "cet_monthly": terms.cet_monthly,
        "cet_annually": terms.cet_annually,
        "fixed_installments": len(set(terms.installments)) == 1,
        "plan": {"return": terms.dealer_return, "return_offset": None},
        "table": {"code": terms.table_code, "description": terms.table_description},
        "funding_type": {"id": 1, "name": "CDC"},
        "payment_type": {"id": 1, "name": "Carnê"},
        "value_of_the_license_plate_in_cents": documentation,
        "has_license_plate": documentation > 0,
        "value_of_the_accessory_in_cents": accessories,
        "has_accessory": accessories > 0,
        # No bank says what a level comes to; one that pays nothing comes to nothing.
        "return_value_cents": 0 if terms.dealer_return == _NO_RETURN else None,
        "input_origin": None,
        "application": None,
        "honda_id": None,
        "obs": None,
        "external_simulation_uuid": attempt.simulation_id,
        "simulation_condition_id": attempt.condition_id,
        "simulation_pre_approval_status": attempt.pre_approval_status,
        "external_proposal_uuid": None,
        "bank_proposal_identifier": attempt.number,
        "formalization_state": standing.state.value if standing.state in _FORMALISED else None,
        "formalization": {"contract_number": attempt.contract, "lien_registration_number": attempt.lien}
        if attempt.contract and is_last
        else None,
        "replaced_by_proposal_attempt_id": standing.replaced_by,
        "replaces_proposal_attempt_id": standing.replaces,
        "integration_error": _integration_error(attempt.failure) if attempt.failure and not attempt.words else None,
        "created_at": local(attempt.created_at),
        "offer_expires_at": local(attempt.expires_at),
    }


def _coefficient(terms: Terms) -> str | None:
    """Five places, half up."""
    if not terms.financed_amount:
        return None
    parts = (terms.installments[0] * 200_000 + terms.financed_amount) // (2 * terms.financed_amount)
    return f"{parts // 100_000}.{parts % 100_000:05d}"


_FAILURES = {
    "bank_validation_error": "O banco recusou os dados enviados na validação dos campos.",
    "invalid_bank_credentials": "As credenciais bancárias da loja são inválidas ou expiraram.",
    "offer_expired": "O banco não pôde ser alcançado enquanto a oferta valia: simule de novo.",
    "customer_gone": "O cadastro do cliente terminou antes do envio ao banco.",
}


def _integration_error(code: str) -> dict[str, Any]:
    message = _FAILURES.get(code, "O banco não aceitou a proposta.")
    return {"error": code, "message": message, "error_details": []}
