"""The test documents of ``docs/test-documents.md``: without a script, the document decides what a bank does.

All are arithmetic: the base 9999990NN and its check digits. Shares are of the good's value.
"""

from __future__ import annotations

from collections.abc import Mapping

from sandbox.banks.scripting.treatments import Advised, Outcome, Percent, Treatment

SLOW_MS = 5_000


def _advising(minimum: Advised, ideal: Advised) -> Treatment:
    return Treatment(minimum=minimum, ideal=ideal)


def _ending(outcome: Outcome) -> Treatment:
    return Treatment(outcome, minimum=None, ideal=None)


PUBLISHED: Mapping[str, Treatment] = {
    "99999900100": _advising(None, None),
    "99999900291": _advising(Percent(10), None),
    "99999900372": _advising(Percent(10), Percent(20)),
    "99999900453": _advising(None, Percent(20)),
    "99999900534": _advising(Percent(20), Percent(20)),
    "99999900615": _advising(Percent(20), Percent(10)),
    "99999900704": _ending(Outcome.REFUSED),
    "99999900887": _ending(Outcome.PRE_APPROVAL_REFUSED),
    "99999900968": _ending(Outcome.DESK),
    "99999901000": Treatment(Outcome.SUGGESTION_MATRIX_ERROR),
    "99999901182": _ending(Outcome.UNSTABLE),
    "99999901263": Treatment(Outcome.UNSTABLE_ONCE),
    "99999901344": _ending(Outcome.VALIDATION_ERROR),
    "99999901425": _ending(Outcome.INVALID_CREDENTIALS),
    "99999901506": Treatment(Outcome.TIMEOUT_AFTER_EFFECT),
    "99999901697": Treatment(delay_ms=SLOW_MS),
    "99999901778": _ending(Outcome.UNSUPPORTED_VEHICLE),
    "99999901859": _ending(Outcome.MISSING_DATA),
}
"""Document -> treatment. Any other document gets the default treatment: approved, minimum 10 %, ideal 20 %."""
