"""What the payer's answers mean that tell of no payout (docs/payer.md).

``NEVER_TAKEN`` is said only where the payer's contract says that it took nothing under this key and never will: one
status, with one of its documented words in the body. Every other answer (a key in use, a gateway's page, a rate limit,
a credential that is not accepted) says nothing of a payout that may be under way: the payout is looked up by its key.
"""

from __future__ import annotations

from lastro.vendors.kit.tables import BUSY, UNAUTHORISED, Row

NEVER_TAKEN = Row("payer_validation", {422}, ("INVALID_BODY", "INVALID_ACCOUNT"))
"""A payout that never took effect and never will."""

NOT_THERE = Row("no payout under this key, as yet", {404}, ("NOT_FOUND",))
"""The answer to a look-up that finds nothing."""

UNCLEAR = (
    Row("payer_credentials", UNAUTHORISED),
    Row("payer_unavailable", BUSY),
    Row("payer_answer"),
)
"""The code that any other answer leaves a payout in doubt with."""
