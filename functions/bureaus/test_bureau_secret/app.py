"""PUT /api/v1/bureau_integrations/{integration_id}/secrets/{field}/test: ask the bureau whether it accepts a secret.

The one sent, which is not stored, or without one the stored one.
"""

from lastro.aws.entrypoints.http import endpoint
from lastro.bureaus.setup.integrations.secret_requests import TestSecret
from lastro.bureaus.setup.views import SecretTestAnswer
from lastro.bureaus.setup.wiring import open_secret_tests
from lastro.kernel.callers.caller import Caller

secret_tests = open_secret_tests()


@endpoint()
def handler(request: TestSecret, caller: Caller) -> SecretTestAnswer:
    return secret_tests.test(request, caller)
