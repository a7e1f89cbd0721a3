"""What a bank calls a proposal by is bounded where it is read: all that banks say of one fits into its item."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from lastro.financing.attempts.model import MOST_WORDS
from lastro.financing.proposals.model import MOST_ATTEMPTS
from lastro.financing.records.items import proposal_item
from lastro.kernel.errors import Permanent
from lastro.simulations.conditions.reasons import Reason
from lastro.vendors.banks.proposals import MOST_NAME_BYTES, read_word
from lastro.vendors.banks.standard.proposals import PROPOSALS
from tests.domain.financing.test_attempts import attempt, proposal

ITEM_BYTES = 400 * 1024
LONGEST = "x" * MOST_NAME_BYTES


def said(**changes: Any) -> dict[str, Any]:
    names = {"number": "001-P1", "contract": "C-1", "lien": "L-1", **changes}
    counter = {"counter_number": 7, "down_payment": 9_999_999_99, "financed_amount": 9_999_999_99}
    counter |= {"installments": 420, "installment_value": 9_999_999_99}
    members: dict[str, object] = {"key": "k" * 36, "sequence": 10, **names}
    spelt: dict[str, Any] = PROPOSALS.spelt(
        {**members, "state": "COUNTER_OFFERED", "counter": PROPOSALS.spelt(counter)}
    )
    return spelt


@pytest.mark.parametrize("name", ["number", "contract", "lien"])
def test_a_name_without_end_is_refused(name: str) -> None:
    assert read_word(PROPOSALS, said(**{name: LONGEST}))
    for longer in (LONGEST + "x", "ã" * (MOST_NAME_BYTES // 2 + 1)):
        with pytest.raises(Permanent) as failure:
            read_word(PROPOSALS, said(**{name: longer}))
        assert failure.value.code == Reason.GENERIC


def test_the_longest_words_of_all_attempts_fit_into_an_item() -> None:
    word = read_word(PROPOSALS, said(number=LONGEST, contract=LONGEST, lien=LONGEST))
    worst = replace(attempt(), words=(word,) * MOST_WORDS, offer_token="t" * 2_000)

    item = proposal_item(replace(proposal(), attempts=(worst,) * MOST_ATTEMPTS))

    assert len(json.dumps(item, default=str, separators=(",", ":"))) < ITEM_BYTES
