"""Whether a debt may be listed, and what it lacks: everything wrong at once, and before anybody is called. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from lastro.bureaus.service import CodeKind, RestrictionCode
from lastro.kernel.money import format_brl
from lastro.negativations.boletos.paying import STATUS_TEXTS
from lastro.negativations.errors import (
    BELOW_LEAST,
    BOLETO_NOT_OVERDUE,
    CONTRACT_TOO_LONG,
    LISTING_FIELD_MISSING,
    NAME_TOO_LONG,
    PARTIAL_REASON,
    PRINCIPAL_NOT_LISTED,
    PUBLIC_BODY,
    TOO_OLD,
    UNKNOWN_NATURE,
    UNKNOWN_REASON,
)
from lastro.negativations.listings.model import Listing, is_too_old
from lastro.negativations.listings.subject import Address, Debt, Listed

if TYPE_CHECKING:
    from lastro.kernel.errors import FieldError
    from lastro.negativations.boletos.model import Boleto
    from lastro.negativations.debtors.model import Debtor
    from lastro.negativations.providers import ListingFacts

LONGEST_NAME = 70
_ADDRESS = ("zip_code", "street", "number", "complement", "district", "city", "state")


def check_listable(
    boleto: Boleto,
    listed: Debtor,
    nature: str | None,
    facts: ListingFacts,
    codes: Sequence[RestrictionCode] | None,
    today: date,
) -> list[FieldError]:
    """What may have changed since a listing was asked for: looked at then, before a second person agrees, before what
    was refused is sent again, and before anything leaves.

    Raises ``BusinessRefusal`` for a boleto that is not overdue and a public body; returns what the bureau or the law
    does not take of the debt.
    """
    if not boleto.is_overdue(today):
        raise BOLETO_NOT_OVERDUE(status=STATUS_TEXTS[boleto.status.value])
    if listed.public_body:
        raise PUBLIC_BODY()
    return [
        *check_debt(boleto, nature, facts, today),
        *check_nature(nature, facts, codes, natural=listed.is_natural),
    ]


def check_principal(principal: Listing | None) -> Listing:
    """The debtor's own listing, which the bureau has to have before it takes a guarantor's; raises
    ``BusinessRefusal``.
    """
    if principal is None or not principal.included_at or not principal.is_open or principal.removal:
        raise PRINCIPAL_NOT_LISTED()
    return principal


def check_debtor(debtor: Debtor, at: str) -> list[FieldError]:
    """What the record of a person lacks for a listing; sex and birth date of natural persons alone."""
    wanted = ["name", "mobile_phone"]
    if debtor.is_natural:
        wanted += ["sex", "birth_date"]
    missing = [f"{at}.{name}" for name in wanted if not getattr(debtor, name)]
    missing += [f"{at}.address.{name}" for name in _ADDRESS if not getattr(debtor.address, name)]
    errors = [LISTING_FIELD_MISSING.at(name) for name in missing]
    if len(debtor.name) > LONGEST_NAME:
        errors.append(NAME_TOO_LONG.at(f"{at}.name", most=LONGEST_NAME))
    return errors


def check_debt(boleto: Boleto, nature: str | None, facts: ListingFacts, today: date) -> list[FieldError]:
    """What a debt lacks for a listing at a bureau."""
    errors = []
    if not boleto.contract_number:
        errors.append(LISTING_FIELD_MISSING.at("boleto.contract_number"))
    elif len(boleto.contract_number) > facts.longest_contract:
        errors.append(CONTRACT_TOO_LONG.at("boleto.contract_number", most=facts.longest_contract))
    if boleto.remaining_cents < facts.least:
        errors.append(BELOW_LEAST.at("boleto.amount_cents", least=format_brl(facts.least)))
    if is_too_old(boleto.due_on, today, boleto.prescription_years):
        errors.append(TOO_OLD.at("boleto.due_on"))
    if not nature:
        errors.append(LISTING_FIELD_MISSING.at("negativation.nature_code"))
    return errors


def check_nature(
    nature: str | None, facts: ListingFacts, codes: Sequence[RestrictionCode] | None, *, natural: bool
) -> list[FieldError]:
    """Whether the bureau has this code for the kind of person."""
    if nature is None or _holds(facts.natures, codes, CodeKind.INCLUSION, nature, natural=natural):
        return []
    return [UNKNOWN_NATURE.at("negativation.nature_code")]


def check_reason(
    reason: str, facts: ListingFacts, codes: Sequence[RestrictionCode] | None, boleto: Boleto, *, natural: bool
) -> list[FieldError]:
    """Whether a reason is of the bureau's table and says what happened: a part that was paid is no payment."""
    if not _holds(frozenset(facts.reasons), codes, CodeKind.REMOVAL, reason, natural=natural):
        return [UNKNOWN_REASON.at("removal.reason")]
    partly = bool(boleto.payments) and boleto.remaining_cents > 0
    if partly and reason in facts.payments:
        return [PARTIAL_REASON.at("removal.reason", reason=facts.partial or "-")]
    return []


def listed_person(debtor: Debtor) -> Listed:
    """Whom a listing is about, as their record stands; call after ``check_debtor`` found nothing."""
    address = debtor.address
    return Listed(
        debtor.document,
        debtor.name,
        debtor.mobile_phone or "",
        Address(
            address.zip_code,
            address.street,
            address.number,
            address.district,
            address.city,
            address.state,
            address.complement,
        ),
        debtor.sex.value if debtor.sex else None,
        debtor.birth_date,
        debtor.email,
    )


def listed_debt(boleto: Boleto, nature: str) -> Debt:
    """What is owed still; call after ``check_debt`` found nothing."""
    contract = boleto.contract_number or ""
    return Debt(boleto.remaining_cents, boleto.due_on, contract, nature, boleto.prescription_years)


def _holds(
    table: frozenset[str], codes: Sequence[RestrictionCode] | None, kind: CodeKind, code: str, *, natural: bool
) -> bool:
    """Whether the published table, or the integration's own list, has a code; where neither is known, any may be."""
    if table:
        return code in table
    if codes is None:
        return True
    person = "natural" if natural else "legal"
    return any(each.code == code and each.kind is kind and each.person in (None, person) for each in codes)
