"""PUT /api/v1/bureau_settings: put the partner's switches anew."""

from lastro.aws.entrypoints.http import endpoint
from lastro.bureaus.setup.requests import PutSettings
from lastro.bureaus.setup.views import SettingsAnswer
from lastro.bureaus.setup.wiring import open_preferences
from lastro.kernel.callers.caller import Caller

preferences = open_preferences()


@endpoint()
def handler(request: PutSettings, caller: Caller) -> SettingsAnswer:
    return preferences.put(request, caller)
