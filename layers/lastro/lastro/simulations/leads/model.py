"""A lead: the little that is known of a prospective client, kept by document inside one store. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from lastro.kernel.calendar import format_moment, read_moment
from lastro.kernel.callers.caller import Panel
from lastro.kernel.dataclass import dataclass
from lastro.kernel.documents import Document, parse_document

_PLAIN = (
    "id",
    "name",
    "birthdate",
    "email",
    "phone_number",
    "monthly_income",
    "has_cnh",
    "gender",
    "occupation",
    "profession",
    "mother_name",
    "address",
    "created_at",
    "updated_at",
    "version",
)
_MOMENTS = ("created_at", "updated_at")


@dataclass(frozen=True, kw_only=True)
class Lead:
    """``monthly_income`` in cents, ``phone_number`` ``+55…``.

    ``panel`` is that of the brokers or agencies who brought it, each of whom has its own; ``None``: the store's.
    ``gender``, ``occupation`` and ``profession`` are identifiers of ``domains.py``; ``version`` counts changes from 1.
    """

    id: int
    document: Document
    created_at: datetime
    updated_at: datetime
    version: int = 1
    name: str | None = None
    birthdate: date | None = None
    email: str | None = None
    phone_number: str | None = None
    monthly_income: int | None = None
    has_cnh: bool | None = None
    gender: str | None = None
    occupation: str | None = None
    profession: str | None = None
    mother_name: str | None = None
    address: Mapping[str, str | None] | None = None
    panel: Panel | None = None


def lead_attributes(lead: Lead) -> dict[str, Any]:
    """A lead as plain values under its wire names, the document bare: what the table keeps."""
    plain = {name: getattr(lead, name) for name in _PLAIN}
    plain["birthdate"] = lead.birthdate.isoformat() if lead.birthdate else None
    for name in _MOMENTS:
        plain[name] = format_moment(plain[name])
    return {"cpf_cnpj": lead.document.value, **plain, **({"panel": lead.panel.value} if lead.panel else {})}


def to_lead(attributes: Mapping[str, Any]) -> Lead:
    """The inverse of :func:`lead_attributes`; other attributes are passed over, so a stored item may be given."""
    known = {name: attributes[name] for name in _PLAIN if name in attributes}
    for name in _MOMENTS:
        known[name] = read_moment(attributes[name])
    if birthdate := attributes.get("birthdate"):
        known["birthdate"] = date.fromisoformat(birthdate)
    if panel := attributes.get("panel"):
        known["panel"] = Panel(panel)
    return Lead(document=parse_document(attributes["cpf_cnpj"]), **known)


def find_requirements(
    required: Mapping[str, Sequence[str]], banks: Sequence[str]
) -> dict[str, list[str] | dict[str, list[str]]]:
    """Which of ``banks`` asks for which lead field; ``address.zip_code`` becomes ``{"address": {"zip_code": …}}``.

    Fields none of the banks asks for are left out.
    """
    found: dict[str, list[str] | dict[str, list[str]]] = {}
    for name, asking in required.items():
        codes = [code for code in banks if code in asking]
        outer, _, inner = name.partition(".")
        if not codes:
            continue
        if not inner:
            found[outer] = codes
            continue
        nested = found.setdefault(outer, {})
        if isinstance(nested, dict):
            nested[inner] = codes
    return found
