"""Payouts: one table of statuses, one key an act."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from lastro.kernel.errors import Conflict
from lastro.origination.disbursements.model import (
    Account,
    Payout,
    PayoutMethod,
    PayoutStatus,
    account_of,
    advance_payout,
    payout_fields,
    payout_key,
    request_payout,
    to_payout,
)

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
CSN = "20261103090000000000001"
S = PayoutStatus
ALLOWED = {
    (S.REQUESTED, S.SENT),
    (S.REQUESTED, S.CONFIRMED),
    (S.REQUESTED, S.REFUSED),
    (S.REQUESTED, S.RETURNED),
    (S.REQUESTED, S.CANCELLED),
    (S.SENT, S.CONFIRMED),
    (S.SENT, S.REFUSED),
    (S.SENT, S.RETURNED),
    (S.CONFIRMED, S.RETURNED),
    (S.REFUSED, S.SENT),
    (S.REFUSED, S.CONFIRMED),
    (S.REFUSED, S.RETURNED),
}


def payout(status: PayoutStatus = S.REQUESTED) -> Payout:
    found = request_payout(CSN, 1, 1_000_00, Account(PayoutMethod.PIX, pix_key="chave"), NOW)
    return Payout(**{**{name: getattr(found, name) for name in Payout.__dataclass_fields__}, "status": status})


@pytest.mark.parametrize(("before", "after"), list(product(S, S)))
def test_the_whole_product_of_statuses(before: PayoutStatus, after: PayoutStatus) -> None:
    later = NOW + timedelta(minutes=1)
    if before is after:
        assert advance_payout(payout(before), after, later) == payout(before)
    elif (before, after) in ALLOWED:
        assert advance_payout(payout(before), after, later).status is after
    else:
        with pytest.raises(Conflict) as refusal:
            advance_payout(payout(before), after, later)
        assert refusal.value.code == "wrong_state"


def test_a_key_names_one_payout_of_one_contract() -> None:
    keys = {payout_key(csn, number) for csn in (CSN, CSN[:-1] + "2") for number in (1, 2, 3)}
    assert len(keys) == 6
    assert payout_key(CSN, 1) == payout_key(CSN, 1)


def test_a_payout_survives_its_row() -> None:
    assert to_payout(payout_fields(payout())) == payout()


def test_a_pix_key_goes_before_a_bank_account() -> None:
    bank = {"bank": "001", "agency": "0001", "account": "5647891", "type": "CONTA_CORRENTE_INDIVIDUAL"}
    assert account_of({"proposal": {"bank": bank}}).method is PayoutMethod.TED
    assert account_of({"proposal": {"bank": bank, "pix_key": "a@b.c"}}) == Account(PayoutMethod.PIX, pix_key="a@b.c")
