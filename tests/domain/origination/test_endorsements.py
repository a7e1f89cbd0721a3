"""Endorsements: whatever is tried, one intact chain; whatever is tampered with, a broken one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastro.kernel.documents import Cnpj
from lastro.kernel.errors import BusinessRefusal, Conflict
from lastro.origination.endorsements.model import (
    MAX_ENDORSEMENTS,
    Endorsement,
    Holder,
    chain_of,
    endorse_credit,
    endorsement_fields,
    hash_link,
    is_intact,
    row_name,
    to_endorsement,
)
from lastro.origination.processes.statuses import CreditStatus
from tests.domain.origination.credit_samples import CSN, NOW, sample_credit

ISSUER = Holder("Exemplo SCD S.A.", Cnpj("11222333000181"))
HOLDERS = (
    ISSUER,
    Holder("Fundo Exemplo FIDC", Cnpj("12ABC34501DE35")),
    Holder("Securitizadora Exemplo S.A.", Cnpj("99888777000100")),
)
CREDIT = sample_credit(CreditStatus.DISBURSED, version=9)


@dataclass(frozen=True)
class Attempt:
    """One try: ``seen`` is how much of the chain its process had read."""

    endorsee: Holder
    value: int
    recourse: bool
    seen: int


@dataclass
class Rows:
    """The table: a row is written once."""

    kept: dict[str, dict[str, Any]] = field(default_factory=dict)

    def add(self, link: Endorsement) -> bool:
        name = row_name(link.position)
        if name in self.kept:
            return False
        self.kept[name] = endorsement_fields(link)
        return True

    @property
    def chain(self) -> tuple[Endorsement, ...]:
        return chain_of({**self.kept, "PAYOUT": {}, "CONTRACT#000001": {}})


def endorse(chain: Sequence[Endorsement], endorsee: Holder, value: int = 1, *, recourse: bool = False) -> Endorsement:
    moment = NOW + timedelta(minutes=len(chain))
    return endorse_credit(CREDIT, ISSUER, chain, endorsee, value=value, recourse=recourse, who="client-1", now=moment)


def make_chain(length: int) -> tuple[Endorsement, ...]:
    chain: tuple[Endorsement, ...] = ()
    for position in range(length):
        chain = (*chain, endorse(chain, HOLDERS[(position + 1) % 3], 100 + position, recourse=position % 2 == 0))
    return chain


attempts = st.lists(
    st.builds(
        Attempt, st.sampled_from(HOLDERS), st.integers(1, 10**12), st.booleans(), st.integers(0, MAX_ENDORSEMENTS)
    ),
    max_size=25,
)


@given(attempts, st.randoms(use_true_random=False))
def test_any_order_and_repetition_of_tries_keeps_one_intact_chain(tries: list[Attempt], random: Any) -> None:
    """Each try may have read an older chain than there is, as two processes at once do."""
    rows = Rows()
    order = [*tries, *random.sample(tries, len(tries) // 2)]
    random.shuffle(order)
    kept = 0
    for each in order:
        seen = rows.chain[: each.seen]
        holder = seen[-1].endorsee if seen else ISSUER
        if each.endorsee == holder:
            with pytest.raises(BusinessRefusal):
                endorse(seen, each.endorsee, each.value, recourse=each.recourse)
            continue
        kept += rows.add(endorse(seen, each.endorsee, each.value, recourse=each.recourse))
        assert is_intact(rows.chain)
    chain = rows.chain
    assert len(chain) == kept
    assert [link.position for link in chain] == list(range(1, kept + 1))
    holders = [ISSUER, *(link.endorsee for link in chain)]
    assert [link.endorser for link in chain] == holders[:-1]
    assert all(before != after for before, after in pairwise(holders))


TAMPERED: dict[str, Any] = {
    "csn": CSN[:-1] + "2",
    "position": 7,
    "endorser": Holder("Outra S.A.", Cnpj("99888777000100")),
    "endorsee": Holder("Outra S.A.", Cnpj("99888777000100")),
    "endorsed_at": datetime(2027, 1, 1, tzinfo=UTC),
    "value": 999,
    "recourse": None,
    "requested_by": "somebody else",
    "evidence_hash": "0" * 64,
}


def test_every_field_is_covered() -> None:
    assert set(TAMPERED) == set(Endorsement.__dataclass_fields__)


def test_a_link_kept_as_texts_is_the_one_that_was_hashed() -> None:
    """A row of the table, and its hash as anybody can work it out."""
    row: dict[str, Any] = {
        "csn": CSN,
        "position": 1,
        "endorser": {"name": ISSUER.name, "cnpj": ISSUER.cnpj.value},
        "endorsee": {"name": "Fundo", "cnpj": "99888777000100"},
        "endorsed_at": "2026-11-03T12:00:00.123Z",
        "value": 9_800_00,
        "recourse": False,
        "requested_by": "key",
        "evidence_hash": "",
    }
    text = json.dumps({**row, "before": ""}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    row["evidence_hash"] = hashlib.sha256(text.encode()).hexdigest()
    [link] = chain_of({"ENDORSEMENT#000001": row})
    assert link.endorsed_at == datetime(2026, 11, 3, 12, 0, 0, 123_000, tzinfo=UTC)
    assert is_intact([link])
    assert endorsement_fields(link) == row


@given(st.integers(1, 6), st.data())
def test_a_changed_field_breaks_the_chain(length: int, data: st.DataObject) -> None:
    chain = make_chain(length)
    place = data.draw(st.integers(0, length - 1))
    name = data.draw(st.sampled_from(sorted(TAMPERED)))
    value: Any = not chain[place].recourse if name == "recourse" else TAMPERED[name]
    changed = [*chain]
    changed[place] = replace(chain[place], **dict[str, Any]({name: value}))
    assert is_intact(chain)
    assert not is_intact(changed)


@given(st.integers(2, 6), st.data())
def test_a_link_left_out_or_moved_breaks_the_chain(length: int, data: st.DataObject) -> None:
    chain = list(make_chain(length))
    place = data.draw(st.integers(0, length - 2))
    assert not is_intact(chain[:place] + chain[place + 1 :])
    chain[place], chain[place + 1] = chain[place + 1], chain[place]
    assert not is_intact(chain)


def test_a_chain_hashed_anew_after_a_foreign_endorser_is_broken() -> None:
    """Even whoever can compute hashes cannot put in an endorser that was not the last endorsee."""
    first, second = make_chain(2)
    foreign = replace(second, endorser=Holder("Outra S.A.", Cnpj("45723174000110")), evidence_hash="")
    forged = replace(foreign, evidence_hash=hash_link(foreign, first.evidence_hash))
    assert hash_link(second, first.evidence_hash) == second.evidence_hash
    assert not is_intact([first, forged])


@pytest.mark.parametrize("status", [status for status in CreditStatus if status is not CreditStatus.DISBURSED])
def test_only_a_disbursed_credit_is_endorsed(status: CreditStatus) -> None:
    with pytest.raises(Conflict) as refusal:
        endorse_credit(
            replace(CREDIT, status=status), ISSUER, (), HOLDERS[1], value=1, recourse=False, who="x", now=NOW
        )
    assert refusal.value.code == "wrong_state"


def test_a_chain_ends_somewhere() -> None:
    chain = make_chain(MAX_ENDORSEMENTS)
    assert is_intact(chain)
    assert sorted(row_name(link.position) for link in chain) == [
        row_name(position) for position in range(1, MAX_ENDORSEMENTS + 1)
    ]
    with pytest.raises(BusinessRefusal) as refusal:
        endorse(chain, ISSUER if chain[-1].endorsee is not ISSUER else HOLDERS[1])
    assert refusal.value.code == "chain_too_long"


@given(st.integers(1, 4))
def test_a_link_survives_its_row(length: int) -> None:
    for link in make_chain(length):
        assert to_endorsement(endorsement_fields(link)) == link
