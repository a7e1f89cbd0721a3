"""What a store reads of proposals, as the public client spells it (docs/sources.md). Amounts are cents."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from lastro.financing.ports import DocumentKind, RefusalReason
from lastro.financing.proposals.activities import Activity
from lastro.financing.proposals.model import Proposal, Standing, StoredDocument, Terms
from lastro.financing.proposals.states import State, rank_of
from lastro.kernel.banks import BANKS
from lastro.kernel.calendar import SAO_PAULO
from lastro.kernel.documents import Cnpj, parse_document

Moment = Annotated[
    str, Field(description="ISO 8601, with São Paulo's offset", examples=["2026-11-28T15:20:00.000-03:00"])
]
Cents = Annotated[int | None, Field(description="Cents", examples=[4_100_000])]


class IdName(BaseModel):
    """Something by number and name."""

    id: int = Field(description="Number", examples=[1])
    name: str | None = Field(description="Name", examples=["Ana Exemplo"])


class BankOfAttempt(BaseModel):
    """The bank of an attempt."""

    id: int = Field(description="Number of the bank, as in GET /banks", examples=[1])
    name: str = Field(description="Name", examples=["Itaú"])
    tradename: str = Field(description="Trade name", examples=["Itaú Unibanco S.A."])
    febraban_code: str = Field(description="Code of the bank", examples=["341"])


class PlanView(BaseModel):
    """The dealer's return of the offer."""

    return_: str | None = Field(alias="return", description="Level of the dealer's return", examples=["3"])
    return_offset: int | None = Field(default=None, description="Always null", examples=[None])


class TableView(BaseModel):
    """The bank's table."""

    code: str | None = Field(description="Code of the table", examples=["EXEMPLO"])
    description: str | None = Field(description="What the table is called", examples=["Tabela exemplo"])


class LabelView(BaseModel):
    """A choice by its label."""

    id: int = Field(description="Number", examples=[1])
    name: str = Field(description="Label", examples=["CDC"])


class IntegrationErrorView(BaseModel):
    """Why an attempt never reached its bank."""

    error: str = Field(description="Code", examples=["bank_validation_error"])
    message: str = Field(description="What to do about it", examples=["O banco recusou os dados enviados."])
    error_details: list[str] = Field(description="Always empty", examples=[[]])


class AttemptExpense(BaseModel):
    """A charge within the financed amount."""

    type: str = Field(description="Kind of charge", examples=["iof_value"])
    value_cents: int = Field(description="Cents", examples=[52_310])


class InstallmentView(BaseModel):
    """One instalment."""

    installment_number: int = Field(description="From 1", examples=[1])
    value_cents: int = Field(description="Cents", examples=[150_000])


class FormalizationView(BaseModel):
    """The contract at the bank, with the lien on the vehicle."""

    contract_number: str | None = Field(description="The bank's number of the contract", examples=["CT341-P000001"])
    lien_registration_number: str | None = Field(
        description="Registration number of the lien on the vehicle", examples=["SNG000001"]
    )


class AttemptView(BaseModel):
    """An offer put to its bank, or the counter-offer that took its place."""

    object_type: Literal["ProposalAttemp"] = Field(default="ProposalAttemp", description="Always the same")
    id: int = Field(description="Number of the attempt", examples=[97])
    active: bool = Field(description="Still goes on", examples=[True])
    bank: BankOfAttempt
    state: State = Field(description="Where it stands", examples=["in_analysis"])
    state_rank: int = Field(description="How far that is, from 0", examples=[7])
    refusal_reason: RefusalReason | None = Field(description="Why the bank refused", examples=[None])
    pending_documents: list[DocumentKind] = Field(
        description="Documents that the bank waits for", examples=[["identity", "income"]]
    )
    value_in_cents: Cents
    input_financing_in_cents: Annotated[int, Field(description="Down payment, cents", examples=[2_000_000])]
    financed_amount_in_cents: Cents
    quota_in_cents: Annotated[int, Field(description="First instalment, cents", examples=[150_000])]
    term_financing: int = Field(description="Number of instalments", examples=[36])
    first_payment_in_days: int | None = Field(description="Days to the first instalment", examples=[30])
    payment_flow: list[InstallmentView] = Field(description="Every instalment")
    expenses: list[AttemptExpense] = Field(description="Charges within the financed amount")
    coefficient: str | None = Field(description="First instalment for each unit financed", examples=["0.03658"])
    cet_monthly: str | None = Field(description="Total effective cost a month, percent", examples=["2.10"])
    cet_annually: str | None = Field(description="Total effective cost a year, percent", examples=["28.32"])
    fixed_installments: bool = Field(description="All instalments are alike", examples=[True])
    plan: PlanView
    table: TableView
    funding_type: LabelView
    payment_type: LabelView
    value_of_the_license_plate_in_cents: int = Field(default=0, description="Always 0")
    has_license_plate: bool = Field(default=False, description="Always false")
    value_of_the_accessory_in_cents: int = Field(default=0, description="Always 0")
    has_accessory: bool = Field(default=False, description="Always false")
    return_value_cents: int | None = Field(default=None, description="Always null", examples=[None])
    input_origin: str | None = Field(default=None, description="Always null", examples=[None])
    application: IdName | None = Field(default=None, description="Always null", examples=[None])
    honda_id: int | None = Field(default=None, description="Always null", examples=[None])
    obs: str | None = Field(default=None, description="Always null", examples=[None])
    external_simulation_uuid: str = Field(
        description="uuid of the simulation", examples=["5a0c7a4e-6a5b-4c1e-9d55-0d6f3a7f1a10"]
    )
    simulation_condition_id: int = Field(description="id of the condition", examples=[7])
    simulation_pre_approval_status: int = Field(description="pre_approval_status of the condition", examples=[3])
    external_proposal_uuid: str | None = Field(default=None, description="Always null", examples=[None])
    bank_proposal_identifier: str | None = Field(description="The bank's number", examples=["341-P000001"])
    formalization_state: str | None = Field(description="formalised, paid or returned", examples=["formalised"])
    formalization: FormalizationView | None = Field(description="The contract, once there is one")
    replaced_by_proposal_attempt_id: int | None = Field(
        description="The attempt that a counter-offer made of it", examples=[98]
    )
    replaces_proposal_attempt_id: int | None = Field(description="The attempt that it took the place of", examples=[97])
    integration_error: IntegrationErrorView | None = Field(description="Why it never reached its bank")
    created_at: Moment
    offer_expires_at: Annotated[
        str, Field(description="Until when the offer stands", examples=["2026-11-30T15:20:00.000-03:00"])
    ]


class CustomerOfProposal(BaseModel):
    """The customer, with the document masked."""

    id: int = Field(description="Number of the customer", examples=[1])
    name: str = Field(description="Name", examples=["Ana Exemplo"])
    cpf: str | None = Field(description="CPF", examples=["529.982.247-25"])
    cnpj: str | None = Field(description="CNPJ", examples=[None])


class StoreOfProposal(BaseModel):
    """The store."""

    id: int = Field(description="Number of the store", examples=[1])
    name: str | None = Field(description="Name", examples=["Loja Exemplo"])
    seller_can_send_proposal_to_bank: bool = Field(default=True, description="Always true")


class ProposalView(BaseModel):
    """A proposal; ``proposal_attempt`` is the one that got furthest."""

    object_type: Literal["CdcProposal"] = Field(default="CdcProposal", description="Always the same")
    id: int = Field(description="Number of the proposal", examples=[1])
    state: State = Field(description="Where the attempt that got furthest stands", examples=["in_analysis"])
    customer: CustomerOfProposal
    seller: IdName
    store: StoreOfProposal
    owner: str | None = Field(description="The credential that took it over", examples=["key:0b6f2d0e"])
    several_banks: bool = Field(description="Several banks may be asked at the same time", examples=[False])
    commercial: bool = Field(description="Commercial use of the vehicle", examples=[False])
    year_of_model: int | None = Field(description="Model year", examples=[2022])
    year_of_manufacture: int | None = Field(description="Year it was made in", examples=[2021])
    zero_km: bool | None = Field(description="A new vehicle", examples=[False])
    licensing_uf: str | None = Field(description="State of registration", examples=["SP"])
    licensing_city: str | None = Field(description="City of registration", examples=["São Paulo"])
    chassi_code: str | None = Field(description="Chassis number (VIN)", examples=["9BWZZZ377VT004251"])
    license_plate_code: str | None = Field(description="Plate", examples=["ABC1D23"])
    renavam_code: str | None = Field(description="Renavam", examples=["00891749063"])
    km_mileage: int | None = Field(description="Kilometres", examples=[32_000])
    color: str | None = Field(description="Colour", examples=["prata"])
    vehicle_model: None = Field(default=None, description="Always null", examples=[None])
    fuel: None = Field(default=None, description="Always null", examples=[None])
    comments_count: int = Field(description="Comments so far", examples=[0])
    external_simulation_uuid: str | None = Field(
        description="uuid of the simulation of proposal_attempt", examples=["5a0c7a4e-6a5b-4c1e-9d55-0d6f3a7f1a10"]
    )
    creation_external_link_id: int | None = Field(default=None, description="Always null", examples=[None])
    sent_to_bank: bool = Field(description="A bank has it", examples=[True])
    proposal_attempt: AttemptView | None = Field(description="The attempt that got furthest")
    created_at: Moment
    updated_at: Moment


class CompleteProposalView(ProposalView):
    """A proposal with all its attempts."""

    proposal_attempts: list[AttemptView] = Field(description="Every attempt, oldest first")


class CompleteProposalAnswer(BaseModel):
    """Envelope of a proposal that was just made."""

    complete_proposal: CompleteProposalView


class ProposalAnswer(BaseModel):
    """Envelope of one proposal."""

    proposal: CompleteProposalView


class ChangedProposalAnswer(CompleteProposalView):
    """A proposal at the top, and once more under ``proposal``."""

    proposal: CompleteProposalView


class ProposalList(BaseModel):
    """A page of the store's proposals, newest first."""

    proposals: list[ProposalView] = Field(description="A page; with filters it may be short, or empty")
    next_cursor: str | None = Field(description="What follows; null at the end", examples=[None])


class AttemptAnswer(BaseModel):
    """Envelope of one attempt."""

    proposal_attempt: AttemptView


class AttemptList(BaseModel):
    """Every attempt of a proposal, oldest first."""

    proposal_attempts: list[AttemptView] = Field(description="Oldest first")


class ActivityView(BaseModel):
    """One act on a proposal."""

    id: int = Field(description="From 1 within the proposal", examples=[1])
    action: str = Field(description="What was done", examples=["proposal.created"])
    principal: str = Field(description="Who did it: a credential, or a bank", examples=["key:0b6f2d0e"])
    proposal_attempt_id: int | None = Field(description="The attempt that it is about", examples=[97])
    comment: str | None = Field(description="What was noted", examples=["Cliente volta na sexta-feira"])
    created_at: Moment


class ActivityList(BaseModel):
    """Everything that was done to a proposal, oldest first."""

    activities: list[ActivityView] = Field(description="Oldest first")


class DocumentView(BaseModel):
    """A document of a proposal."""

    id: str = Field(description="Name of the document", examples=["3f1c0c7a4e6a5b4c1e9d550d6f3a7f1a"])
    kind: DocumentKind = Field(description="What it shows", examples=["identity"])
    media_type: str = Field(description="What its bytes are", examples=["application/pdf"])
    size: int = Field(description="Bytes", examples=[48_213])
    handed_in_at_banks: list[str] = Field(description="Codes of the banks that have it", examples=[["341"]])
    created_at: Moment


class DocumentAnswer(BaseModel):
    """Envelope of one document."""

    document: DocumentView


class DocumentList(BaseModel):
    """The documents of a proposal, and what banks wait for."""

    documents: list[DocumentView] = Field(description="Oldest first")
    pending_documents: list[DocumentKind] = Field(
        description="Documents that banks wait for", examples=[["identity", "income"]]
    )


class BankWordView(BaseModel):
    """What a bank told is kept."""

    received: bool = Field(default=True, description="Always true when answered", examples=[True])


class ActivityAnswer(BaseModel):
    """Envelope of one act."""

    activity: ActivityView


def local(moment: datetime) -> str:
    """A moment as proposals spell it, with São Paulo's offset."""
    return moment.astimezone(SAO_PAULO).isoformat(timespec="milliseconds")


def show_proposal(proposal: Proposal, store_name: str | None) -> CompleteProposalView:
    """A proposal with all its attempts."""
    attempts = [show_attempt(each) for each in proposal.standings]
    return CompleteProposalView(**_shown(proposal, store_name), proposal_attempts=attempts)


def show_in_list(proposal: Proposal, store_name: str | None) -> ProposalView:
    """A proposal with its furthest attempt alone."""
    return ProposalView(**_shown(proposal, store_name))


def _shown(proposal: Proposal, store_name: str | None) -> dict[str, Any]:
    leading, vehicle = proposal.leading, proposal.vehicle
    document = parse_document(proposal.document)
    is_company = isinstance(document, Cnpj)
    return {
        "id": proposal.id,
        "state": proposal.state,
        "customer": CustomerOfProposal(
            id=proposal.customer_id,
            name=proposal.customer_name,
            cpf=None if is_company else document.formatted,
            cnpj=document.formatted if is_company else None,
        ),
        "seller": IdName(id=proposal.seller_id, name=None),
        "store": StoreOfProposal(id=proposal.store_id, name=store_name),
        "owner": proposal.owner,
        "several_banks": proposal.several_banks,
        "commercial": proposal.commercial,
        "year_of_model": vehicle.get("model_year"),
        "year_of_manufacture": vehicle.get("manufacture_year"),
        **{name: vehicle.get(name) for name in _VEHICLE},
        "comments_count": proposal.comments,
        "external_simulation_uuid": leading.attempt.simulation_id if leading else None,
        "sent_to_bank": any(each.words for each in proposal.attempts),
        "proposal_attempt": show_attempt(leading) if leading else None,
        "created_at": local(proposal.created_at),
        "updated_at": local(proposal.updated_at),
    }


_VEHICLE = (
    *("zero_km", "licensing_uf", "licensing_city", "chassi_code", "license_plate_code", "renavam_code"),
    *("km_mileage", "color"),
)
_FORMALISED = (State.FORMALISED, State.PAID, State.RETURNED)


def show_attempt(standing: Standing) -> AttemptView:
    """An attempt, or the counter-offer that it is."""
    attempt, terms = standing.attempt, standing.terms
    facts = BANKS[attempt.bank]
    is_last = standing.replaced_by is None
    due = terms.first_due_date
    return AttemptView(
        id=standing.id,
        active=standing.active,
        bank=BankOfAttempt(id=facts.id, name=facts.name, tradename=facts.tradename, febraban_code=facts.code),
        state=standing.state,
        state_rank=rank_of(standing.state),
        refusal_reason=standing.reason,
        pending_documents=list(attempt.pending) if is_last else [],
        value_in_cents=terms.asset_value,
        input_financing_in_cents=terms.down_payment,
        financed_amount_in_cents=terms.financed_amount,
        quota_in_cents=terms.installments[0],
        term_financing=len(terms.installments),
        first_payment_in_days=(due - attempt.created_at.astimezone(SAO_PAULO).date()).days if due else None,
        payment_flow=[
            InstallmentView(installment_number=number, value_cents=value)
            for number, value in enumerate(terms.installments, start=1)
        ],
        expenses=[AttemptExpense(type=kind, value_cents=value) for kind, value in terms.expenses],
        coefficient=_coefficient(terms),
        cet_monthly=terms.cet_monthly,
        cet_annually=terms.cet_annually,
        fixed_installments=len(set(terms.installments)) == 1,
        plan=PlanView(**{"return": terms.dealer_return}),
        table=TableView(code=terms.table_code, description=terms.table_description),
        funding_type=LabelView(id=1, name="CDC"),
        payment_type=LabelView(id=1, name="Carnê"),
        external_simulation_uuid=attempt.simulation_id,
        simulation_condition_id=attempt.condition_id,
        simulation_pre_approval_status=attempt.pre_approval_status,
        bank_proposal_identifier=attempt.number,
        formalization_state=standing.state.value if standing.state in _FORMALISED else None,
        formalization=FormalizationView(contract_number=attempt.contract, lien_registration_number=attempt.lien)
        if attempt.contract and is_last
        else None,
        replaced_by_proposal_attempt_id=standing.replaced_by,
        replaces_proposal_attempt_id=standing.replaces,
        integration_error=_integration_error(attempt.failure) if attempt.failure and not attempt.words else None,
        created_at=local(attempt.created_at),
        offer_expires_at=local(attempt.expires_at),
    )


def show_document(proposal: Proposal, document: StoredDocument) -> DocumentView:
    return DocumentView(
        id=document.id,
        kind=document.kind,
        media_type=document.media_type,
        size=document.size,
        handed_in_at_banks=[each.bank for each in proposal.attempts if document.id in each.handed_in],
        created_at=local(document.at),
    )


def show_activity(activity: Activity) -> ActivityView:
    return ActivityView(
        id=activity.number,
        action=activity.action,
        principal=activity.principal,
        proposal_attempt_id=activity.attempt_id,
        comment=activity.comment,
        created_at=local(activity.at),
    )


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


def _integration_error(code: str) -> IntegrationErrorView:
    message = _FAILURES.get(code, "O banco não aceitou a proposta.")
    return IntegrationErrorView(error=code, message=message, error_details=[])
