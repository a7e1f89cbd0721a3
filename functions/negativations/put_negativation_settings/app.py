"""PUT /api/v1/negativation_settings/{branch_id}: say how the listings of a branch are made."""

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Caller
from lastro.negativations.approvals.requests import PutListingSettings
from lastro.negativations.approvals.settings import ListingSettingsAnswer
from lastro.negativations.approvals.wiring import open_listing_settings

settings = open_listing_settings()


@endpoint()
def handler(request: PutListingSettings, caller: Caller) -> ListingSettingsAnswer:
    return settings.put(request, caller)
