"""Default restriction codes against the provider's list. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lastro.bureaus.errors import AUTOMATIC_OFF, DEFAULT_CODE_ABSENT, DEFAULT_CODE_GONE
from lastro.bureaus.ports import CodeKind
from lastro.bureaus.providers.catalogue import BUREAUS, Person

if TYPE_CHECKING:
    from lastro.bureaus.model import Integration
    from lastro.bureaus.records import CodeList
    from lastro.kernel.errors import BusinessRefusal, Refusal

_DEFAULTS = {
    "restriction_code": (CodeKind.INCLUSION, Person.NATURAL),
    "legal_person_restriction_code": (CodeKind.INCLUSION, Person.LEGAL),
    "removal_code": (CodeKind.REMOVAL, None),
}


def missing_defaults(integration: Integration, codes: CodeList | None) -> tuple[str, ...]:
    """Names of the fields whose code the provider's list no longer holds; none before the list was pulled, and none of
    a provider that lists no codes.

    Where a provider has no separate code for companies, the one restriction code may be of either person.
    """
    facts = BUREAUS[integration.provider]
    if codes is None or not facts.lists_codes:
        return ()
    names = {field.name for field in facts.fields}
    separate = "legal_person_restriction_code" in names
    missing = []
    for name, (kind, person) in _DEFAULTS.items():
        value = integration.fields.get(name)
        if value is None:
            continue
        wanted = person if separate else None
        held = any(
            each.code == value and each.kind is kind and (wanted is None or each.person in (None, wanted))
            for each in codes.codes
        )
        if not held:
            missing.append(name)
    return tuple(missing)


def automatic_block(integration: Integration, codes: CodeList | None) -> Refusal[BusinessRefusal] | None:
    """Why automatic inclusion and removal may not run; ``None`` when they may."""
    if not integration.automatic:
        return AUTOMATIC_OFF
    if missing_defaults(integration, codes):
        return DEFAULT_CODE_GONE
    return DEFAULT_CODE_ABSENT if _absent_defaults(integration) else None


def describe_missing(integration: Integration, codes: CodeList | None) -> list[str]:
    """The defaults that stand in the way, by the name of the field, and its code where it has one."""
    gone = [f"{name} {integration.fields[name]}" for name in missing_defaults(integration, codes)]
    return gone or _absent_defaults(integration)


def _absent_defaults(integration: Integration) -> list[str]:
    needed = [name for name in ("restriction_code", "removal_code") if _has_field(integration, name)]
    return [name for name in needed if name not in integration.fields]


def _has_field(integration: Integration, name: str) -> bool:
    return any(field.name == name for field in BUREAUS[integration.provider].fields)
