"""Exchanging signing secrets: what was shown signs for a day after it was replaced."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastro.kernel.errors import Conflict
from lastro.webhooks.callbacks.signing import MAX_OVERLAPPING, OVERLAP, SigningSecret, exchange

START = datetime(2026, 11, 3, 12, tzinfo=UTC)


@given(waits=st.lists(st.integers(0, 30), max_size=12))
def test_no_secret_ends_before_its_time_and_few_sign(waits: list[int]) -> None:
    now = START
    replaced: dict[str, datetime] = {}
    known: tuple[SigningSecret, ...] = (SigningSecret("0", now),)
    for number, hours in enumerate(waits, start=1):
        now += timedelta(hours=hours)
        fresh = SigningSecret(str(number), now)
        overlapping = sum(moment + OVERLAP > now for moment in replaced.values())
        if overlapping == MAX_OVERLAPPING:
            with pytest.raises(Conflict, match="ainda assinam") as refused:
                exchange(known, fresh)
            assert refused.value.code == "rotation_too_soon"
            continue
        after = exchange(known, fresh)
        replaced[known[0].secret] = now
        known = after
        signing = [each.secret for each in known if each.signs(now)]
        assert signing[0] == fresh.secret
        assert set(signing[1:]) == {name for name, moment in replaced.items() if moment + OVERLAP > now}
        assert len(signing) <= MAX_OVERLAPPING + 1
