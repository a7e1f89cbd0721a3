"""POST /api/external/v2.1/callback/signing_secret: get a new secret to check the signatures of notices with.

Shown this once, and for 24 hours to repeats with the same Idempotency-Key. Notices carry a signature of the secret it
replaces as well, for 24 hours; keep both as long. Two replaced secrets may sign beside the new one, no more.
"""

from __future__ import annotations

from http import HTTPStatus

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Caller
from lastro.kernel.callers.scopes import Scope
from lastro.webhooks.requests import RotateSigningSecret
from lastro.webhooks.views import SigningSecretView
from lastro.webhooks.wiring import open_signing

signing = open_signing()


@endpoint(status=HTTPStatus.CREATED, invalid=HTTPStatus.BAD_REQUEST, scopes=(Scope.API_EXTERNAL,))
def handler(request: RotateSigningSecret, caller: Caller) -> SigningSecretView:
    return signing.rotate(request, caller)
