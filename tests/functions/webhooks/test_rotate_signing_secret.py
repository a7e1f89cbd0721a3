"""The signing secret: shown once, exchanged one at a time, and what was shown signs for its whole time."""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from secrets import token_bytes

import pytest

from lastro.aws.secrets import Secrets
from lastro.kernel.calendar import format_moment
from lastro.kernel.callers.caller import Caller
from lastro.webhooks.callbacks.signing import ROTATED_WITHIN_SECONDS, SigningSecrets
from lastro.webhooks.requests import RotateSigningSecret
from tests.clock import START
from tests.functions.emulation.process import SECRETS_PREFIX
from tests.functions.invocation import Answer, call_function
from tests.functions.webhooks.conftest import Desk


def rotate(desk: Desk, key: str | None = None) -> Answer:
    return call_function("webhooks", "rotate_signing_secret", shop=desk.shop, headers={"Idempotency-Key": key})


def signatures(desk: Desk, happening: str) -> tuple[list[str], dict[str, str], str]:
    """The signatures of a new notice, its headers and its body."""
    desk.tell(happening)
    desk.work_off()
    arrived = desk.town.arrived("a")[-1]
    return arrived["headers"]["webhook-signature"].split(" "), arrived["headers"], arrived["text"]


def test_every_notice_carries_a_standard_webhooks_signature(desk: Desk) -> None:
    secret = rotate(desk).json["secret"]
    desk.configure(desk.town.callback("a"))
    notice = desk.tell()
    desk.work_off()
    [arrived] = desk.town.arrived("a")
    headers = arrived["headers"]
    assert headers["webhook-id"] == notice
    assert int(headers["webhook-timestamp"]) == int(START.timestamp())
    assert headers["webhook-signature"] == _signature(secret, headers, arrived["text"])


def test_signing_secrets_overlap_for_a_day(desk: Desk) -> None:
    first = rotate(desk)
    second = rotate(desk)
    assert (first.status, first.json["previous_valid_until"]) == (201, None)
    assert second.json["previous_valid_until"] == format_moment(START + timedelta(hours=24))
    old, new = first.json["secret"], second.json["secret"]
    assert old != new
    desk.configure(desk.town.callback("a"))
    desk.tell("1")
    desk.work_off()
    desk.clock.advance(hours=24)
    desk.tell("2")
    desk.work_off()
    during, later = desk.town.arrived("a")
    both = [_signature(secret, during["headers"], during["text"]) for secret in (new, old)]
    assert during["headers"]["webhook-signature"].split(" ") == both
    assert later["headers"]["webhook-signature"] == _signature(new, later["headers"], later["text"])


def test_a_secret_rotated_elsewhere_signs_within_seconds(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    old = rotate(desk).json["secret"]
    desk.configure(desk.town.callback("a"))
    desk.tell("1")
    desk.work_off()
    # Another process rotates; this one knows nothing of it.
    elsewhere = SigningSecrets(desk.store, Secrets(SECRETS_PREFIX), desk.clock, token_bytes)
    new = elsewhere.rotate(RotateSigningSecret(), Caller(desk.shop.partner_id, ())).secret
    moment = time.monotonic()
    monkeypatch.setattr("lastro.aws.secrets.time.monotonic", lambda: moment + ROTATED_WITHIN_SECONDS)
    desk.tell("2")
    desk.work_off()
    _, arrived = desk.town.arrived("a")
    both = [_signature(secret, arrived["headers"], arrived["text"]) for secret in (new, old)]
    assert arrived["headers"]["webhook-signature"].split(" ") == both


def test_a_notice_is_signed_before_the_partner_asked_for_a_secret(desk: Desk) -> None:
    desk.configure(desk.town.callback("a"))
    desk.tell()
    desk.work_off()
    [arrived] = desk.town.arrived("a")
    assert arrived["headers"]["webhook-signature"].startswith("v1,")
    assert rotate(desk).json["previous_valid_until"]


def _signature(secret: str, headers: dict[str, str], body: str) -> str:
    """As the Standard Webhooks document says, apart from our own code."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.{body}".encode()
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def verifying(desk: Desk, happening: str, secrets: list[str]) -> list[str]:
    """Those of the secrets that a new notice is signed with."""
    found, headers, text = signatures(desk, happening)
    return [secret for secret in secrets if _signature(secret, headers, text) in found]


def test_two_rotations_in_a_row_end_no_secret_before_its_time(desk: Desk) -> None:
    desk.configure(desk.town.callback("a"))
    shown = [rotate(desk).json["secret"]]
    for _ in range(2):
        desk.clock.advance(minutes=1)
        shown.append(rotate(desk).json["secret"])
    assert verifying(desk, "1", shown) == shown
    refused = rotate(desk)
    assert (refused.status, refused.json["code"]) == (409, "rotation_too_soon")
    assert format_moment(START + timedelta(hours=24, minutes=1)) in refused.json["message"]
    # The oldest was replaced in the first minute, the next one a minute later.
    desk.clock.advance(hours=23, minutes=59)
    assert verifying(desk, "2", shown) == shown[1:]
    assert rotate(desk).status == 201


def test_a_repeat_after_a_lost_answer_shows_the_same_secret_for_a_day(desk: Desk) -> None:
    desk.configure(desk.town.callback("a"))
    old = rotate(desk).json["secret"]
    desk.clock.advance(minutes=1)
    first = rotate(desk, "uma")
    desk.clock.advance(hours=23)
    again = rotate(desk, "uma")
    assert (first.status, again.status) == (201, 201)
    assert again.json == first.json
    assert verifying(desk, "1", [old, first.json["secret"]]) == [old, first.json["secret"]]
    # Replaced since, it is still the one that this key was answered with.
    other = rotate(desk, "outra").json["secret"]
    assert rotate(desk, "uma").json == first.json
    desk.clock.advance(hours=2)
    assert rotate(desk, "uma").json["secret"] not in (first.json["secret"], other, old)


def test_a_process_that_dies_after_storing_shows_that_secret_to_the_repeat(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.configure(desk.town.callback("a"))
    old = rotate(desk).json["secret"]
    with monkeypatch.context() as patch:
        patch.setattr("lastro.webhooks.callbacks.signing._view", _die)
        patch.setattr("lastro.webhooks.store.WebhookStore.put_rotation", _only_claims(desk))
        assert rotate(desk, "uma").status == 500
    busy = rotate(desk, "uma")
    assert (busy.status, busy.json["code"]) == (409, "rotation_busy")
    desk.clock.advance(seconds=60)
    repeated = rotate(desk, "uma").json["secret"]
    assert verifying(desk, "1", [repeated, old]) == [repeated, old]


def _die(*_: object) -> None:
    raise RuntimeError("killed")


def _only_claims(desk: Desk) -> object:
    """A table that takes the claim of an exchange and never hears of its end."""
    put = type(desk.store).put_rotation
    return lambda store, partner, rotation, before: bool(rotation.lease_until) and put(store, partner, rotation, before)


def test_of_rotations_at_the_same_time_every_secret_shown_counts(desk: Desk) -> None:
    desk.configure(desk.town.callback("a"))
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: rotate(desk), range(6)))
    shown = [answer.json["secret"] for answer in answers if answer.status == 201]
    refused = {answer.json["code"] for answer in answers if answer.status != 201}
    assert shown
    assert refused <= {"rotation_busy", "rotation_too_soon"}
    assert sorted(verifying(desk, "1", shown)) == sorted(shown)


def test_a_first_secret_made_for_a_notice_never_replaces_one_that_was_shown(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.configure(desk.town.callback("a"))
    create = Secrets.create
    shown: list[str] = []

    def rotated_meanwhile(vault: Secrets, name: str, fields: dict[str, str]) -> bool:
        if not shown:
            shown.append("")
            shown[0] = rotate(desk).json["secret"]
        return create(vault, name, fields)

    monkeypatch.setattr(Secrets, "create", rotated_meanwhile)
    found, headers, text = signatures(desk, "1")
    assert found == [_signature(shown[0], headers, text)]
