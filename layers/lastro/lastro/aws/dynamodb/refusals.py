"""What the table says when it does not do a write, and doing it again where that is all it takes."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import Any

from botocore.exceptions import ClientError

from lastro.kernel.commits import TRANSACTION_CONFLICT
from lastro.kernel.errors import Conflict, LastroError, Retryable

PASSING = frozenset(
    {
        "TransactionConflict",
        "ThrottlingError",
        "ProvisionedThroughputExceeded",
        "RequestLimitExceeded",
        "InternalServerError",
    }
)
"""Why one of several writes is not done that would be done a moment later."""

_PAUSES = (0.02, 0.04, 0.08, 0.16, 0.32)
"""Seconds between the tries of a write that meets others, give or take a half."""


class ConditionFailed(Conflict):
    """A conditional write found the item otherwise than required; nothing was written.

    ``position`` is the index of the refused write within its transaction.
    """

    default_code = "condition_failed"

    def __init__(self, detail: str, position: int = 0) -> None:
        super().__init__(detail)
        self.position = position


def until_free(act: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Do a write, again while it meets others: it was refused whole, so doing it again does it once.

    Raises ``ConditionFailed``, and ``Retryable`` ``transaction_conflict`` when others were there all along.
    """
    for pause in _PAUSES:
        try:
            return _do(act)
        except Retryable:
            time.sleep(pause * random.uniform(0.5, 1.5))
    return _do(act)


def _do(act: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    try:
        return act()
    except ClientError as error:
        refusal = _refusal_of(error)
        if refusal is None:
            raise
        raise refusal from error


def _refusal_of(error: ClientError) -> LastroError | None:
    """What a refused write means; ``None`` for a fault that neither reading nor waiting mends."""
    code = error.response["Error"]["Code"]
    reasons = [reason.get("Code") for reason in error.response.get("CancellationReasons", [])]
    if code == "ConditionalCheckFailedException":
        return ConditionFailed("the stored item is not as required")
    if "ConditionalCheckFailed" in reasons:
        return ConditionFailed("the stored item is not as required", reasons.index("ConditionalCheckFailed"))
    if code == "TransactionConflictException" or PASSING.intersection(reasons):
        return Retryable("others are writing the same items", code=TRANSACTION_CONFLICT)
    return None
