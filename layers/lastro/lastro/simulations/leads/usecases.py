"""Use cases of leads. Everything happens inside the caller's store: another store's lead is not found.

Who sells by a panel, a broker or an agency, has leads of its panel's own and is told of no other; the partner sees all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from lastro.kernel.banks import BANKS, required_lead_fields
from lastro.kernel.calendar import Clock
from lastro.kernel.callers.caller import Caller
from lastro.kernel.commits import until_committed
from lastro.kernel.documents import Cnpj, InvalidDocument, parse_document
from lastro.kernel.errors import InvalidInput
from lastro.kernel.keyed_request import Answered, KeyedRequest
from lastro.simulations.errors import LEAD_BUSY, LEAD_EXISTS, LEAD_NOT_FOUND, UNKNOWN_BANK
from lastro.simulations.leads.domains import CATALOGUE
from lastro.simulations.leads.model import Lead, find_requirements
from lastro.simulations.leads.requests import (
    CHOICES,
    ChangedLead,
    CreateLead,
    FindLead,
    FindRequiredFields,
    ListDomains,
    ListLeads,
    ReplaceLead,
    UpdateLead,
)
from lastro.simulations.leads.views import (
    DomainLists,
    LeadAnswer,
    LeadList,
    Requirements,
    RequirementsAnswer,
    show_domain,
    show_lead,
)

if TYPE_CHECKING:
    from lastro.simulations.leads.store import LeadStore


def list_domains(request: ListDomains) -> DomainLists:
    """The closed lists asked for, all of them when none is named."""
    wanted: Sequence[str] = request.types or list(CATALOGUE)
    return DomainLists(data={name: [show_domain(domain) for domain in CATALOGUE[name].values()] for name in wanted})


class Leads:
    """What partners do with leads."""

    def __init__(self, store: LeadStore, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def create(self, request: CreateLead, caller: Caller) -> LeadAnswer:
        """Keep a new lead; the same request again gives the first answer again.

        Raises ``Conflict`` when the store has a lead with this document, or the Idempotency-Key came with another
        request.
        """
        store_id = caller.store_id
        document = parse_document(request.lead.cpf_cnpj)
        panel = caller.selling_panel
        scope = f"create_lead#{caller.holder_in(store_id)}"
        keyed = KeyedRequest.of(scope, request.idempotency_key, request.lead.model_dump_json())

        def create_once() -> LeadAnswer | None:
            now = self._clock.now()
            before = self._store.look_before(store_id, document, panel, keyed, now)
            if before.first_answer is not None:
                return LeadAnswer.model_validate_json(before.first_answer)
            if before.lead_exists:
                raise LEAD_EXISTS()
            fields = _all_fields(request.lead)
            number = self._store.reserve_id()
            lead = Lead(id=number, document=document, created_at=now, updated_at=now, panel=panel, **fields)
            answer = LeadAnswer(data=show_lead(lead))
            answered = Answered.to(keyed, answer.model_dump_json(by_alias=True), now)
            return answer if self._store.add(caller.partner_id, store_id, lead, answered) else None

        return until_committed(create_once, LEAD_BUSY)

    def list(self, request: ListLeads, caller: Caller) -> LeadList:
        """One page of the store's leads."""
        skip = (request.page - 1) * request.per_page
        found = self._store.list(caller.store_id, caller.selling_panel, skip=skip, limit=request.per_page)
        return LeadList(data=[show_lead(lead) for lead in found])

    def show(self, request: FindLead, caller: Caller) -> LeadAnswer:
        """Raises ``NotFound``."""
        lead = self._store.find_seen(caller.store_id, parse_document(request.cpf_cnpj), caller.selling_panel)
        if lead is None:
            raise LEAD_NOT_FOUND()
        return LeadAnswer(data=show_lead(lead))

    def find_personal_fields(self, document: str, caller: Caller) -> Mapping[str, Sequence[str]]:
        """What screens mask of a lead, by field; nothing where it is not known. Raises ``NotFound``."""
        try:
            lead = self._store.find_seen(caller.store_id, parse_document(document), caller.selling_panel)
        except InvalidDocument as error:
            raise LEAD_NOT_FOUND() from error
        if lead is None:
            raise LEAD_NOT_FOUND()
        known = {
            "cpf_cnpj": lead.document.value,
            "birthdate": lead.birthdate.isoformat() if lead.birthdate else None,
            "email": lead.email,
            "phone_number": lead.phone_number,
            "mother_name": lead.mother_name,
        }
        return {name: [value] if value else [] for name, value in known.items()}

    def replace(self, request: ReplaceLead, caller: Caller) -> LeadAnswer:
        """Put all of a lead's data anew; what was left out becomes null. Raises ``NotFound``."""
        fields = _all_fields(request.lead)
        return self._change(request, caller, lambda lead: replace(lead, **fields))

    def update(self, request: UpdateLead, caller: Caller) -> LeadAnswer:
        """Change what was sent and nothing else; null clears, and no change leaves no trace. Raises ``NotFound``."""
        return self._change(request, caller, lambda lead: replace(lead, **_sent_fields(request.lead, lead)))

    def delete(self, request: FindLead, caller: Caller) -> None:
        """Forget a lead for good. Raises ``NotFound``."""
        document, panel = parse_document(request.cpf_cnpj), caller.selling_panel
        if self._store.remove(caller.partner_id, caller.store_id, document, panel):
            return
        brought = self._store.find_seen(caller.store_id, document, panel)
        if brought is None or not self._store.remove(caller.partner_id, caller.store_id, document, brought.panel):
            raise LEAD_NOT_FOUND()

    def find_required_fields(self, request: FindRequiredFields, caller: Caller) -> RequirementsAnswer:
        """What banks want to know of the holder of this document, whether the lead exists or not.

        Named banks tell it whether the store can use them yet or not; without names those tell it that the store can
        use. Raises ``InvalidInput`` naming every bank there is not.
        """
        unknown = [
            UNKNOWN_BANK.at(f"bank_codes.{position}")
            for position, code in enumerate(request.bank_codes or ())
            if code not in BANKS
        ]
        if unknown:
            raise InvalidInput(unknown)
        document = parse_document(request.cpf_cnpj)
        lead, usable = self._store.find_with_banks(caller.store_id, document, caller.selling_panel)
        if lead is None and caller.selling_panel is None:
            lead = self._store.find_seen(caller.store_id, document, None)
        wanted = request.bank_codes or usable
        required = required_lead_fields(company=isinstance(document, Cnpj))
        requirements = find_requirements(required, [code for code in BANKS if code in wanted])
        return RequirementsAnswer(data=Requirements(lead=show_lead(lead) if lead else None, requirements=requirements))

    def _change(self, request: FindLead, caller: Caller, change: Callable[[Lead], Lead]) -> LeadAnswer:
        store_id = caller.store_id
        document = parse_document(request.cpf_cnpj)

        def change_once() -> LeadAnswer | None:
            lead = self._store.find_seen(store_id, document, caller.selling_panel)
            if lead is None:
                raise LEAD_NOT_FOUND()
            changed = change(lead)
            if changed == lead:
                return LeadAnswer(data=show_lead(lead))
            changed = _stamp(changed, self._clock.now())
            return LeadAnswer(data=show_lead(changed)) if self._store.replace(store_id, changed) else None

        return until_committed(change_once, LEAD_BUSY)


def _stamp(lead: Lead, now: datetime) -> Lead:
    return replace(lead, version=lead.version + 1, updated_at=now)


def _all_fields(sent: ChangedLead | Any) -> dict[str, Any]:
    """Every field of a lead but its document, under the model's names."""
    fields: dict[str, Any] = sent.model_dump(mode="json", exclude={"cpf_cnpj"})
    fields["birthdate"] = sent.birthdate
    for choice in CHOICES:
        fields[choice] = fields.pop(f"retrieve_{choice}")
    return fields


def _sent_fields(sent: ChangedLead, lead: Lead) -> dict[str, Any]:
    """The fields the caller named; a sent address is laid over the one already known."""
    named = {name.removeprefix("retrieve_") for name in sent.model_fields_set}
    fields = {name: value for name, value in _all_fields(sent).items() if name in named}
    if sent.address is not None and lead.address is not None:
        fields["address"] = {**lead.address, **sent.address.model_dump(mode="json", exclude_unset=True)}
    return fields
