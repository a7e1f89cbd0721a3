"""Triggers of the portal's user pool: the one challenge of a login, and whether its answer holds.

The answer is a proof that the code of a login was told (``confirm_portal_login``), which counts the tries.
"""

from lastro.aws.entrypoints.challenge import challenge
from lastro.customers.portal.logins.wiring import open_proofs

proofs = open_proofs()


@challenge
def handler(username: str, answer: str) -> bool:
    return proofs.redeem(username, answer)
