"""The states of an inquiry: what the table holds moves, everything else is refused."""

from __future__ import annotations

from itertools import product

import pytest

from lastro.bureaus.model import TRANSITIONS, IllegalTransition, InquiryStatus, next_status

EVENTS = {event for _, event in TRANSITIONS} | {"opened"}


@pytest.mark.parametrize(("status", "event"), list(product(InquiryStatus, sorted(EVENTS))))
def test_every_pair_of_state_and_event_is_decided(status: InquiryStatus, event: str) -> None:
    if (status, event) in TRANSITIONS:
        assert next_status(status, event) is TRANSITIONS[status, event]
    else:
        with pytest.raises(IllegalTransition):
            next_status(status, event)


def test_what_ended_stays_ended() -> None:
    assert {status for status, _ in TRANSITIONS} == {
        InquiryStatus.QUEUED,
        InquiryStatus.ASKING,
        InquiryStatus.UNKNOWN,
    }
    assert InquiryStatus.ASKING not in {after for (before, _), after in TRANSITIONS.items() if before == "unknown"}
