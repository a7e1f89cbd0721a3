"""PUT /api/v1/bureau_settings: put the partner's switches anew."""

from lastro.aws.http import endpoint
from lastro.bureaus.requests.setup import PutSettings
from lastro.bureaus.views.setup import SettingsAnswer
from lastro.bureaus.wiring import open_preferences
from lastro.caller import Caller


@endpoint()
def handler(request: PutSettings, caller: Caller) -> SettingsAnswer:
    return open_preferences().put(request, caller)
