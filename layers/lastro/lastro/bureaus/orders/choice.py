"""Which report and features an inquiry asks for, among those the integration contracts. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from lastro.bureaus.errors import (
    FEATURE_NOT_CONTRACTED,
    FEATURES_UNSUPPORTED,
    REPORT_NOT_CONTRACTED,
    REPORT_REQUIRED,
    UNKNOWN_FEATURE,
)
from lastro.bureaus.model import Integration
from lastro.bureaus.providers.catalogue import BUREAUS, Person
from lastro.kernel.documents import Cpf, Document
from lastro.kernel.errors import FieldError, InvalidInput


def person_of(document: Document) -> Person:
    return Person.NATURAL if isinstance(document, Cpf) else Person.LEGAL


def choose_report(
    integration: Integration, document: Document, report: str | None, features: Sequence[str]
) -> tuple[str, tuple[str, ...]]:
    """The report and features to ask for; without a wish the integration's first report for this kind of person.

    Raises ``InvalidInput`` naming a report that is not contracted or is for the other kind of person, and every
    feature that the provider does not have for it or the contract does not free.
    """
    facts = BUREAUS[integration.provider]
    person = person_of(document)
    errors: list[FieldError] = []
    contracted = contracted_reports(integration, person)
    if report is None:
        if not contracted:
            errors.append(REPORT_REQUIRED.at("report"))
        chosen = contracted[0] if contracted else ""
    else:
        chosen = report
        # A provider without a published list tells itself whether it knows the report.
        if facts.reports and chosen not in contracted:
            errors.append(REPORT_NOT_CONTRACTED.at("report"))
    wanted = tuple(dict.fromkeys(features))
    errors += [error for name in wanted if (error := _feature_error(integration, person, name))]
    if errors:
        raise InvalidInput(errors)
    return chosen, wanted


def _feature_error(integration: Integration, person: Person, name: str) -> FieldError | None:
    """What is wrong with a feature; a provider without a published list says itself what it does not know."""
    facts = BUREAUS[integration.provider]
    if facts.features is not None and name not in facts.features[person]:
        return UNKNOWN_FEATURE.at("features", name=name)
    if integration.features is not None:
        contracted = name in integration.features
        return None if contracted else FEATURE_NOT_CONTRACTED.at("features", name=name)
    if facts.features is None and facts.reports:
        return FEATURES_UNSUPPORTED.at("features")
    return None


def contracted_reports(integration: Integration, person: Person) -> list[str]:
    """Codes of the reports an integration may ask for about a kind of person, the default one first."""
    facts = BUREAUS[integration.provider]
    published = [each.code for each in facts.reports if each.person in (None, person)]
    contracted = integration.fields.get("reports")
    if isinstance(contracted, tuple):
        return [code for code in contracted if code in published]
    plan = integration.fields.get("plan")
    if isinstance(plan, str):
        # Plans come from the provider's platform: one that is not published is as good as any.
        return [plan, *(code for code in published if code != plan)]
    return published
