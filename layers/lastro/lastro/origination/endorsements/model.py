"""Endorsements "em preto" of a disbursed CCB: an append-only chain, each link bound to the one before. Pure.

Lei 10.931/2004 art. 29 §1: the endorsement names the endorsee; the last endorsee is the only one who can endorse next.
Amounts are cents.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from lastro.kernel.calendar import format_moment, read_moment
from lastro.kernel.dataclass import dataclass
from lastro.kernel.documents import Cnpj
from lastro.origination.errors import CHAIN_TOO_LONG, NOT_DISBURSED, SAME_HOLDER
from lastro.origination.processes.model import Credit
from lastro.origination.processes.statuses import CreditStatus

PREFIX = "ENDORSEMENT#"
MAX_ENDORSEMENTS = 100


@dataclass(frozen=True)
class Holder:
    """Who holds or held the credit."""

    name: str
    cnpj: Cnpj


@dataclass(frozen=True)
class Endorsement:
    """One link. ``recourse``: the endorser answers for the debtor (coobrigação). ``evidence_hash`` covers every other
    field and the hash of the link before, so that no link can be changed or left out unnoticed.
    """

    csn: str
    position: int
    endorser: Holder
    endorsee: Holder
    endorsed_at: datetime
    value: int
    recourse: bool
    requested_by: str
    evidence_hash: str = ""


def row_name(position: int) -> str:
    return f"{PREFIX}{position:06d}"


def endorse_credit(
    credit: Credit,
    issuer: Holder,
    chain: Sequence[Endorsement],
    endorsee: Holder,
    *,
    value: int,
    recourse: bool,
    who: str,
    now: datetime,
) -> Endorsement:
    """The next link of a credit's chain.

    Raises ``Conflict`` ``wrong_state`` unless the credit was disbursed, and ``BusinessRefusal``: ``same_holder`` when
    the endorsee already holds it, ``chain_too_long``.
    """
    if credit.status is not CreditStatus.DISBURSED:
        raise NOT_DISBURSED()
    if len(chain) >= MAX_ENDORSEMENTS:
        raise CHAIN_TOO_LONG(most=MAX_ENDORSEMENTS)
    endorser = chain[-1].endorsee if chain else issuer
    if endorser.cnpj == endorsee.cnpj:
        raise SAME_HOLDER.at("endorseeCnpj")
    link = Endorsement(credit.csn, len(chain) + 1, endorser, endorsee, now, value, recourse, who)
    return replace(link, evidence_hash=hash_link(link, chain[-1].evidence_hash if chain else ""))


def hash_link(link: Endorsement, before: str) -> str:
    """SHA-256, hex, of a link in canonical JSON together with the hash before it."""
    fields = endorsement_fields(replace(link, evidence_hash=""))
    text = json.dumps({**fields, "before": before}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def is_intact(chain: Sequence[Endorsement]) -> bool:
    """Whether every link follows from the one before."""
    before, holder = "", None
    for position, link in enumerate(chain, start=1):
        if link.position != position or link.evidence_hash != hash_link(link, before):
            return False
        if holder is not None and link.endorser != holder:
            return False
        before, holder = link.evidence_hash, link.endorsee
    return True


def endorsement_fields(link: Endorsement) -> dict[str, Any]:
    """A link as plain values: what its row keeps."""
    fields = {**asdict(link), "endorsed_at": format_moment(link.endorsed_at)}
    for role in ("endorser", "endorsee"):
        holder: Holder = getattr(link, role)
        fields[role] = {"name": holder.name, "cnpj": holder.cnpj.value}
    return fields


def to_endorsement(fields: Mapping[str, Any]) -> Endorsement:
    """The inverse of :func:`endorsement_fields`."""
    holders = {role: Holder(fields[role]["name"], Cnpj(fields[role]["cnpj"])) for role in ("endorser", "endorsee")}
    return Endorsement(**{**fields, **holders, "endorsed_at": read_moment(fields["endorsed_at"])})


def chain_of(rows: Mapping[str, Mapping[str, Any]]) -> tuple[Endorsement, ...]:
    """The chain out of a credit's rows, oldest first."""
    return tuple(to_endorsement(fields) for name, fields in sorted(rows.items()) if name.startswith(PREFIX))
