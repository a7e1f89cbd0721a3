"""From a posted purchase to a simulation with its original conditions: conditions crossed with banks. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from lastro.kernel.calendar import local_date
from lastro.kernel.callers.caller import Caller
from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import FieldError, InvalidInput
from lastro.kernel.observing.tracing import current_request
from lastro.simulations.errors import (
    BANK_NOT_INTEGRATED,
    NO_INTEGRATED_BANK,
    OUTSIDE_RETURN_RULE,
    TOO_MANY_ORIGINALS,
    UNKNOWN_LEAD,
)
from lastro.simulations.model import OFFSETS_PER_ORIGINAL, Condition, Simulation
from lastro.simulations.posting.goods import Good
from lastro.simulations.requests import RequestedCondition, RequestedSimulation
from lastro.simulations.returns.model import OutsideRule, ReturnRule, bind_return, find_rule, keep_rules_below

MAX_ORIGINALS = 500


def cross_with_banks(
    asked: RequestedSimulation, lead: Mapping[str, Any] | None, store_banks: Mapping[str, Mapping[str, Any]]
) -> list[tuple[RequestedCondition, str]]:
    """Pair every condition with each bank it goes to (docs/sources.md, simulations hub).

    A condition that names a bank goes to that bank only; the others go to the listed banks, or to all integrated ones.
    Raises ``InvalidInput`` naming an unknown lead, every bank the store has not integrated, and a product over 500.
    """
    integrated = [code for code, link in store_banks.items() if link.get("active") and link.get("status") == "okay"]
    errors: list[FieldError] = []
    if lead is None:
        errors.append(UNKNOWN_LEAD.at("simulation.retrieve_lead.cpf_cnpj"))
    listed = list(dict.fromkeys(asked.bank_febraban_codes or integrated))
    for position, code in enumerate(asked.bank_febraban_codes or []):
        if code not in integrated:
            errors.append(BANK_NOT_INTEGRATED.at(f"simulation.bank_febraban_codes.{position}"))
    pairs: list[tuple[RequestedCondition, str]] = []
    for position, condition in enumerate(asked.conditions):
        if condition.bank_febraban_code and condition.bank_febraban_code not in integrated:
            errors.append(BANK_NOT_INTEGRATED.at(f"simulation.conditions.{position}.bank_febraban_code"))
        banks = [condition.bank_febraban_code] if condition.bank_febraban_code else listed
        pairs += [(condition, code) for code in banks]
    if not pairs and not errors:
        errors.append(NO_INTEGRATED_BANK.at("simulation.bank_febraban_codes"))
    if len(pairs) > MAX_ORIGINALS:
        errors.append(TOO_MANY_ORIGINALS.at("simulation.conditions", count=len(pairs), most=MAX_ORIGINALS))
    if errors:
        raise InvalidInput(errors)
    return pairs


@dataclass(frozen=True)
class Original:
    """A condition at one bank, and what it asks for beside its term and down payment."""

    asked: RequestedCondition
    bank: str
    options: Mapping[str, Any]


def bind_returns(
    asked: RequestedSimulation,
    value: int,
    pairs: Sequence[tuple[RequestedCondition, str]],
    rules: Sequence[ReturnRule],
) -> list[Original]:
    """Each pair with its return within the store's rules; ``value`` of the good in cents.

    Raises ``InvalidInput`` naming every condition that leaves no level of its rule.
    """
    found: list[Original] = []
    errors: dict[tuple[int, int], FieldError] = {}
    for condition, bank in pairs:
        options = condition.model_dump(
            mode="json",
            exclude={"installments", "down_payment", "financed_amount", "bank_febraban_code"},
            exclude_none=True,
        )
        rule = find_rule(rules, bank, condition.installments, value - condition.down_payment)
        try:
            bound = {**options, **bind_return(options, rule)}
        except OutsideRule:
            position = next(place for place, each in enumerate(asked.conditions) if each is condition)
            if rule is not None:
                above = (options.get("min_return") or 0) > rule.max_return
                field = f"simulation.conditions.{position}.{'min_return' if above else 'max_return'}"
                errors[position, rule.id] = OUTSIDE_RETURN_RULE.at(
                    field, rule=rule.id, bank=bank, least=rule.min_return, most=rule.max_return
                )
            continue
        if asked.process_bank_suggested_conditions:
            bound |= keep_rules_below(options, rules, bank, condition.installments, value - condition.down_payment)
        found.append(Original(condition, bank, bound))
    if errors:
        raise InvalidInput(list(errors.values()))
    return found


def build_simulation(
    simulation_id: str,
    first_id: int,
    caller: Caller,
    asked: RequestedSimulation,
    good: Good,
    originals: Sequence[Original],
    lead: Mapping[str, Any],
    now: datetime,
) -> tuple[Simulation, list[Condition]]:
    """The simulation and its pending originals. ``first_id`` starts a range of three identifiers per original."""
    simulation = Simulation(
        id=simulation_id,
        partner_id=caller.partner_id,
        store_id=caller.store_id,
        first_id=first_id,
        created_at=now,
        release_date=local_date(now),
        originals=len(originals),
        assets_value=good.value,
        documentation_value=asked.documentation_value,
        accessory_value=asked.accessory_value,
        insurance_value=asked.insurance_value,
        commercial=asked.commercial,
        process_bank_suggested_conditions=asked.process_bank_suggested_conditions,
        process_credere_suggested_conditions=asked.process_credere_suggested_conditions,
        lead=dict(lead),
        vehicle={"id": first_id, **good.vehicle},
        banks=tuple(dict.fromkeys(each.bank for each in originals)),
        seller_cpf=asked.seller_cpf,
        webhook_url=asked.webhook_url,
        request_id=current_request(),
        panel=caller.selling_panel.value if caller.selling_panel else None,
    )
    conditions = [
        Condition(
            id=first_id + OFFSETS_PER_ORIGINAL * position,
            offset=OFFSETS_PER_ORIGINAL * position,
            bank=original.bank,
            installments=original.asked.installments,
            down_payment=original.asked.down_payment,
            created_at=now,
            options=original.options,
        )
        for position, original in enumerate(originals)
    ]
    return simulation, conditions
