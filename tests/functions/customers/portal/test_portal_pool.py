"""The pool behind the portal: it knows ids alone, and one right answer to its challenge gives tokens."""

from __future__ import annotations

from io import StringIO
from types import SimpleNamespace
from typing import Any

import pytest

from tests.functions.customers.portal.portal_town import PortalTown
from tests.functions.invocation import load_function, sample_event


def test_the_pool_knows_ids_alone_and_gives_tokens_for_a_proof_once(town: PortalTown, ana: str) -> None:
    town.log_in()
    name = f"{town.shop.partner_id}.{ana}"
    assert list(town.pool.users) == [name]
    login_id = town.ask_and_send()
    code = town.codes()[-1]
    # Whoever asks the pool itself has no proof, and the code is none.
    for answer in (code, f"{login_id}.{code}", f"{login_id}.spent", f"{login_id}.", ".x", "", "ação"):
        verified = town.pool.trigger("VerifyAuthChallengeResponse", name, session=[], challengeAnswer=answer)
        assert verified == {"answerCorrect": False}
    assert town.confirm(login_id, code).status == 200


def test_a_proof_is_of_one_person_and_one_time(town: PortalTown, ana: str, monkeypatch: pytest.MonkeyPatch) -> None:
    answers: list[str] = []
    respond = town.pool.admin_respond_to_auth_challenge

    def note(**asked: Any) -> Any:
        answers.append(asked["ChallengeResponses"]["ANSWER"])
        return respond(**asked)

    monkeypatch.setattr(town.pool, "admin_respond_to_auth_challenge", note)
    other = town.admit(login_email="rui@example.com")
    login_id = town.ask_and_send()
    town.pool.down = True
    assert town.confirm(login_id, town.codes()[-1]).status == 503
    town.pool.down = False
    assert town.confirm(login_id, town.codes()[-1]).status == 401
    town.log_in()
    [proof] = answers
    for person in (ana, other):
        told = {"session": [], "challengeAnswer": proof}
        name = f"{town.shop.partner_id}.{person}"
        assert town.pool.trigger("VerifyAuthChallengeResponse", name, **told) == {"answerCorrect": False}


def test_a_user_that_was_made_by_half_is_whole_at_the_next_code(
    town: PortalTown, ana: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who has no password of its own yet is asked for one after the last challenge, in place of tokens."""
    town.log_in()
    name, respond = f"{town.shop.partner_id}.{ana}", town.pool.admin_respond_to_auth_challenge

    def ask_for_one(**asked: Any) -> Any:
        if town.pool.users[name] == "half":
            return {"ChallengeName": "NEW_PASSWORD_REQUIRED", "Session": "s"}
        return respond(**asked)

    monkeypatch.setattr(town.pool, "admin_respond_to_auth_challenge", ask_for_one)
    town.pool.users[name] = "half"
    assert town.confirm(town.ask_and_send(), town.codes()[-1]).json["code"] == "code_refused"
    assert town.log_in()["access_token"]


def test_what_the_pool_asks_is_told_without_its_answer(town: PortalTown, logged: StringIO) -> None:
    event = sample_event("customers", "work_login_challenge")
    context = SimpleNamespace(function_name="work_login_challenge")
    answer = load_function("customers", "work_login_challenge").handler(event, context)
    assert answer == {**event, "response": {"answerCorrect": False}}
    assert event["request"]["challengeAnswer"] not in logged.getvalue()
    with pytest.raises(ValueError, match="PreSignUp"):
        town.pool.trigger("PreSignUp", "a.b")


@pytest.mark.parametrize(
    ("asked", "passed"),
    [
        ({"session": [{"challengeName": "CUSTOM_CHALLENGE", "challengeResult": True}]}, True),
        ({"session": [{"challengeName": "CUSTOM_CHALLENGE", "challengeResult": False}]}, False),
        ({"session": [{"challengeName": "CUSTOM_CHALLENGE", "challengeResult": None}]}, False),
        ({"session": [{"challengeName": "SRP_A", "challengeResult": True}]}, False),
        ({"session": [{"challengeName": "CUSTOM_CHALLENGE", "challengeResult": True}], "userNotFound": True}, False),
        ({"session": [], "userNotFound": True}, False),
        (
            {
                "session": [
                    {"challengeName": "CUSTOM_CHALLENGE", "challengeResult": False},
                    {"challengeName": "CUSTOM_CHALLENGE", "challengeResult": True},
                ]
            },
            False,
        ),
    ],
)
def test_only_one_right_answer_gets_tokens(town: PortalTown, asked: dict[str, Any], passed: bool) -> None:
    answer = town.pool.trigger("DefineAuthChallenge", "a.b", **asked)
    assert answer == {"issueTokens": passed, "failAuthentication": not passed}


def test_a_user_without_a_password_gets_one(town: PortalTown, ana: str) -> None:
    town.pool.users[f"{town.shop.partner_id}.{ana}"] = None
    assert town.log_in()
    assert town.pool.users[f"{town.shop.partner_id}.{ana}"]
