"""Tokens at the authorizer: whose they are, which calls they open, and when they open none."""

from __future__ import annotations

import base64
import json
import sys
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from hypothesis import given
from hypothesis import strategies as st

from lastro.aws.clients import open_client
from lastro.aws.entrypoints.requests import read_caller
from lastro.aws.signatures import SigningKey
from lastro.operator.command import create_client, open_registration, set_status_spelling
from tests.clock import MovableClock
from tests.functions.access.conftest import Client, log_in
from tests.functions.api.test_hostile_input import fuzz
from tests.functions.invocation import Shop, load_function, sample_event

CONTEXT = SimpleNamespace(function_name="authorize")


def authorize(credential: str) -> dict[str, Any]:
    event = sample_event("access", "authorize")
    event["headers"]["Authorization"] = f"Bearer {credential}"
    answer: dict[str, Any] = load_function("access", "authorize").handler(event, CONTEXT)
    return answer


def refuse(credential: str) -> None:
    with pytest.raises(Exception, match=r"^Unauthorized$"):
        authorize(credential)


def token_of(client: Client, *scopes: str) -> str:
    return str(log_in(client, scopes=list(scopes)).json["access_token"])


def test_a_token_names_its_partner_stores_client_and_end(client: Client, shop: Shop, clock: MovableClock) -> None:
    answer = authorize(token_of(client, "api-external"))
    assert answer["principalId"] == shop.partner_id
    assert answer["context"] == {
        "partner_id": shop.partner_id,
        "store_ids": str(shop.store_ids[0]),
        "principal": str(client["client_id"]),
        "scopes": "api-external",
        "until": int(clock.moment.timestamp()) + 86_400,
    }


def test_a_client_may_choose_its_word_for_proposals_in_analysis(client: Client) -> None:
    token = token_of(client, "api-external")
    assert "status_spelling" not in authorize(token)["context"]
    changed = set_status_spelling(open_registration(), client["partner_id"], client["client_id"], "clients")
    assert changed["status_spelling"] == "clients"
    known = {**authorize(token)["context"], "until": sys.maxsize}
    assert read_caller({"requestContext": {"authorizer": known}}).status_spelling == "clients"


def test_the_scopes_of_a_token_travel_in_the_order_of_their_kinds(client: Client) -> None:
    assert authorize(token_of(client, "api-bu-caas", "api-external"))["context"]["scopes"] == "api-external api-bu-caas"


def test_a_scope_that_the_client_lost_is_not_of_its_tokens(client: Client, token_key: str, shop: Shop) -> None:
    fewer = create_client(open_registration(), shop.partner_id, ["api-caas"])
    token = resign(token_of(fewer, "api-caas"), token_key, scope="api-external api-caas api-bu-caas")
    assert authorize(token)["context"]["scopes"] == "api-caas"


def test_the_policy_does_not_depend_on_the_call(client: Client) -> None:
    token = token_of(client, "api-external")
    assert authorize(token) == authorize(token)
    assert len(json.dumps(authorize(token))) < 6_000


def test_an_expired_token_is_refused(client: Client, clock: MovableClock) -> None:
    token = token_of(client, "api-external")
    clock.advance(seconds=86_399 - 0.25)
    assert authorize(token)
    clock.advance(seconds=1)
    refuse(token)


@pytest.mark.parametrize(("until", "status"), [(1, 401), (2**40, 200)])
def test_a_cached_answer_does_not_outlive_its_token(shop: Shop, until: int, status: int) -> None:
    event = sample_event("access", "list_clients")
    event["requestContext"]["authorizer"] = {**shop.authorizer, "until": str(until), "principal": "1"}
    event["requestContext"]["authorizer"]["scopes"] = "api-external"
    answer = load_function("access", "list_clients").handler(event, CONTEXT)
    assert answer["statusCode"] == status
    if status == 401:
        assert json.loads(answer["body"])["code"] == "token_expired"


def test_a_revoked_clients_tokens_are_refused(client: Client, shop: Shop) -> None:
    token = token_of(client, "api-external")
    other = create_client(open_registration(), shop.partner_id)
    open_registration().revoke_client(shop.partner_id, client["client_id"])
    refuse(token)
    assert authorize(token_of(other, "api-external"))


def encode(part: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=")


def forge(token: str, header: dict[str, Any] | None = None, claims: dict[str, Any] | None = None) -> str:
    head, body, signature = token.split(".")
    known = [json.loads(base64.urlsafe_b64decode(part + "==")) for part in (head, body)]
    return f"{encode({**known[0], **(header or {})})}.{encode({**known[1], **(claims or {})})}.{signature}"


def resign(token: str, key_id: str, **claims: Any) -> str:
    """The token with other claims, signed by our own key; ``None`` leaves a claim out."""
    head, body, _ = token.split(".")
    known = {**json.loads(base64.urlsafe_b64decode(body + "==")), **claims}
    message = f"{head}.{encode({name: value for name, value in known.items() if value is not None})}"
    signature = base64.urlsafe_b64encode(SigningKey(key_id).sign(message.encode())).decode().rstrip("=")
    return f"{message}.{signature}"


def test_a_token_says_who_issued_it_and_for_whom(client: Client) -> None:
    body = token_of(client, "api-external").split(".")[1]
    claims = json.loads(base64.urlsafe_b64decode(body + "=="))
    assert (claims["iss"], claims["aud"]) == ("urn:lastro:access", "urn:lastro:api")


@pytest.mark.parametrize(
    "claims",
    [{"iss": "urn:other"}, {"aud": "urn:other"}, {"iss": None}, {"aud": None}, {"aud": ["urn:other"]}, {"aud": {}}],
)
def test_another_issuers_or_audiences_token_opens_nothing(
    client: Client, token_key: str, claims: dict[str, Any]
) -> None:
    token = token_of(client, "api-external")
    assert authorize(resign(token, token_key))["principalId"] == client["partner_id"]
    refuse(resign(token, token_key, **claims))


@pytest.mark.parametrize(
    ("header", "claims"),
    [
        ({}, {"scope": "api-external api-caas api-bu-caas"}),
        ({}, {"exp": 2**40}),
        ({}, {"client_id": 999}),
        ({}, {"client_id": True}),
        ({}, {"tag_name": "2f0c1a52-6f0b-4c35-9d3a-0f7c2f8f5a11"}),
        ({}, {"scope": {"api-external": 1}}),
        ({"alg": "none"}, {}),
        ({"alg": "HS256"}, {}),
        ({"kid": "another"}, {}),
        ({"kid": None}, {}),
    ],
)
def test_a_changed_token_is_refused(client: Client, header: dict[str, Any], claims: dict[str, Any]) -> None:
    token = token_of(client, "api-external")
    assert forge(token) != token
    refuse(forge(token, header, claims))


def test_a_token_signed_by_another_key_is_refused(client: Client) -> None:
    token = token_of(client, "api-external")
    message = token.rpartition(".")[0]
    own = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    signature = own.sign(message.encode(), padding.PKCS1v15(), hashes.SHA256())
    refuse(f"{message}.{base64.urlsafe_b64encode(signature).decode().rstrip('=')}")


def test_two_reads_and_one_verification(client: Client) -> None:
    token = token_of(client, "api-external")
    calls: list[str] = []
    for service in ("dynamodb", "kms"):
        open_client(service).meta.events.register(
            f"before-call.{service}", lambda event_name, **_: calls.append(event_name.rpartition(".")[2])
        )
    authorize(token)
    assert calls == ["GetItem", "Verify", "Query"]


def test_the_principal_reaches_the_functions(client: Client, clock: MovableClock) -> None:
    clock.moment = datetime.now(UTC)
    known = authorize(token_of(client, "api-external"))["context"]
    event = {"requestContext": {"authorizer": {name: str(value) for name, value in known.items()}}}
    assert read_caller({**event, "headers": {}}).principal == str(client["client_id"])


@fuzz
@given(
    parts=st.lists(st.text(alphabet="ABCdef019-_", min_size=1, max_size=30), min_size=3, max_size=3),
    claims=st.dictionaries(
        st.sampled_from(["client_id", "tag_name", "scope", "iat", "exp"]),
        st.none() | st.integers() | st.text(max_size=5) | st.floats(allow_nan=False) | st.lists(st.integers()),
    ),
)
def test_hostile_tokens(client: Client, token_key: str, parts: list[str], claims: dict[str, Any]) -> None:
    refuse(".".join(parts))
    refuse(f"{encode({'alg': 'RS256', 'kid': token_key})}.{encode(claims)}.{parts[2]}")
