"""Which report and features an inquiry asks for, among those the integration contracts. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from lastro.bureaus.catalog import BUREAUS, Person
from lastro.bureaus.model import Integration
from lastro.documents import Cpf, Document
from lastro.errors import FieldError, InvalidInput


def person_of(document: Document) -> Person:
    return Person.NATURAL if isinstance(document, Cpf) else Person.LEGAL


def choose_report(
    integration: Integration, document: Document, report: str | None, features: Sequence[str]
) -> tuple[str, tuple[str, ...]]:
    """The report and features to ask for; without a wish the integration's first report for this kind of person.

    Raises ``InvalidInput`` naming a report that is not contracted or is for the other kind of person, and every
    feature the provider does not have for it.
    """
    facts = BUREAUS[integration.provider]
    person = person_of(document)
    errors: list[FieldError] = []
    contracted = contracted_reports(integration, person)
    if report is None:
        if not contracted:
            errors.append(FieldError("report", "required", "Name the report: the integration contracts none for this."))
        chosen = contracted[0] if contracted else ""
    else:
        chosen = report
        # A provider without a published list tells itself whether it knows the report.
        if facts.reports and chosen not in contracted:
            errors.append(FieldError("report", "not_contracted", "The integration has no such report for this person."))
    wanted = tuple(dict.fromkeys(features))
    known = facts.features[person] if facts.features is not None else None
    if wanted and known is None and facts.reports:
        errors.append(FieldError("features", "unsupported", "This provider has no optional features."))
    elif known is not None:
        unknown = [feature for feature in wanted if feature not in known]
        errors += [FieldError("features", "unknown_feature", f"There is no feature {name}.") for name in unknown]
    if errors:
        raise InvalidInput(errors)
    return chosen, wanted


def contracted_reports(integration: Integration, person: Person) -> list[str]:
    """Codes of the reports an integration may ask for about a kind of person, the default one first."""
    facts = BUREAUS[integration.provider]
    published = [each.code for each in facts.reports if each.person in (None, person)]
    contracted = integration.fields.get("reports")
    if isinstance(contracted, tuple):
        return [code for code in contracted if code in published]
    plan = integration.fields.get("plan")
    if isinstance(plan, str) and plan in published:
        return [plan, *(code for code in published if code != plan)]
    return published
