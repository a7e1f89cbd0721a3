"""The entrypoint of a user pool's custom challenges: what the pool asks in, what it is to do out.

A login is one challenge and one answer. Whoever answers wrongly begins again: how often, the use case counts, not the
pool, whose sessions anybody may begin. Source: Amazon Cognito Developer Guide, "Custom authentication challenge Lambda
triggers".
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

from lastro.aws.entrypoints.garbage import collect_from_now
from lastro.aws.log import logger, timeout_used

_CUSTOM = "CUSTOM_CHALLENGE"


def challenge(redeem: Callable[[str, str], bool]) -> Callable[[dict[str, Any], Any], dict[str, Any]]:
    """Turn ``redeem(username, answer)``, which says whether an answer holds, into the handler of the three triggers."""

    def handle(event: dict[str, Any], context: Any) -> dict[str, Any]:
        started = time.perf_counter()
        asked, trigger = event["request"], str(event["triggerSource"])
        match trigger.partition("_")[0]:
            case "DefineAuthChallenge":
                response = _define(asked)
            case "CreateAuthChallenge":
                response = {"publicChallengeParameters": {"kind": "code"}, "privateChallengeParameters": {}}
            case "VerifyAuthChallengeResponse":
                held = not asked.get("userNotFound") and redeem(event["userName"], str(asked["challengeAnswer"]))
                response = {"answerCorrect": held}
            case _:
                raise ValueError(f"no challenge is asked by {trigger}")
        logger.info(
            "challenge",
            operation=getattr(context, "function_name", ""),
            trigger=trigger,
            timeout_used=timeout_used(context, started),
        )
        return {**event, "response": response}

    collect_from_now()
    return handle


def _define(asked: Mapping[str, Any]) -> dict[str, Any]:
    """The one challenge of a login that begins, tokens for the one right answer, and an end to everything else."""
    rounds = asked.get("session") or []
    answered = [each.get("challengeName") == _CUSTOM and each.get("challengeResult") is True for each in rounds]
    known = not asked.get("userNotFound")
    if known and not rounds:
        return {"challengeName": _CUSTOM, "issueTokens": False, "failAuthentication": False}
    passed = known and answered == [True]
    return {"issueTokens": passed, "failAuthentication": not passed}
