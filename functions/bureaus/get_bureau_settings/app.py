"""GET /api/v1/bureau_settings: the partner's switches."""

from lastro.aws.entrypoints.http import endpoint
from lastro.bureaus.setup.views import SettingsAnswer
from lastro.bureaus.setup.wiring import open_preferences
from lastro.kernel.callers.caller import Caller

preferences = open_preferences()


@endpoint()
def handler(caller: Caller) -> SettingsAnswer:
    return preferences.show(caller)
