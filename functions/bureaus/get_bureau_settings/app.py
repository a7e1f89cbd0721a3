"""GET /api/v1/bureau_settings: the partner's switches."""

from lastro.aws.http import endpoint
from lastro.bureaus.setup.views import SettingsAnswer
from lastro.bureaus.wiring import open_preferences
from lastro.kernel.caller import Caller


@endpoint()
def handler(caller: Caller) -> SettingsAnswer:
    return open_preferences().show(caller)
