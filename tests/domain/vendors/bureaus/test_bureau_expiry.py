"""When a bureau's token expires: epoch text, lifetime or JWT, never later than an hour."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastro.bureaus.ports import RefusedByBureau
from lastro.vendors.bureaus.expiry import expiry_of

NOW = datetime(2025, 11, 28, 12, 0, tzinfo=UTC)
EPOCH = int(NOW.timestamp())


def jwt(**claims: object) -> str:
    parts = [urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in ({"alg": "RS256"}, claims)]
    return ".".join([*parts, "signature"])


@pytest.mark.parametrize(
    ("token", "stated", "minutes"),
    [
        ("opaque", None, 60),
        ("opaque", str(EPOCH + 900), 15),
        ("opaque", EPOCH + 900, 15),
        ("opaque", Decimal(EPOCH + 900), 15),
        ("opaque", str(EPOCH + 7200), 60),
        ("opaque", "3600", 60),
        ("opaque", 900, 15),
        ("opaque", 86_400, 60),
        (jwt(exp=EPOCH + 600), None, 10),
        (jwt(exp=EPOCH + 600), str(EPOCH + 900), 10),
        (jwt(exp=EPOCH + 900), "600", 10),
        (jwt(exp=EPOCH + 86_400), None, 60),
        (jwt(exp=EPOCH + 600.0), None, 10),
        (jwt(exp=EPOCH + 600.9), str(EPOCH + 900), 10),
        (jwt(sub="nobody"), "1200", 20),
        (jwt(exp="soon"), "1200", 20),
        ("a.b.c", "1200", 20),
        ("a..c", None, 60),
    ],
)
def test_earliest_of_what_is_known(token: str, stated: object, minutes: int) -> None:
    assert expiry_of(token, stated, NOW) == NOW + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    "stated", ["", "soon", "-1", "0", 0, -5, True, 1.5, [], {}, "1" * 13, Decimal("NaN"), EPOCH - 1, str(EPOCH)]
)
def test_what_is_no_expiry_or_is_over_is_refused(stated: object) -> None:
    with pytest.raises(RefusedByBureau):
        expiry_of("opaque", stated, NOW)


def test_token_that_is_over_is_refused() -> None:
    with pytest.raises(RefusedByBureau):
        expiry_of(jwt(exp=EPOCH - 1), str(EPOCH + 900), NOW)


@given(st.text(max_size=60), st.none() | st.integers() | st.text(max_size=14) | st.decimals())
def test_any_login_gives_an_hour_at_most_or_is_refused(token: str, stated: object) -> None:
    try:
        expires_at = expiry_of(token, stated, NOW)
    except RefusedByBureau:
        return
    assert NOW < expires_at <= NOW + timedelta(hours=1)


@given(st.recursive(st.none() | st.integers() | st.text(max_size=5), lambda inner: st.lists(inner, max_size=3)))
def test_any_claim_of_a_jwt_is_read_or_passed_over(claim: object) -> None:
    try:
        expires_at = expiry_of(jwt(exp=claim), None, NOW)
    except RefusedByBureau:
        return
    assert NOW < expires_at <= NOW + timedelta(hours=1)
