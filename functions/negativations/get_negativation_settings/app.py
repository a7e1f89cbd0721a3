"""GET /api/v1/negativation_settings/{branch_id}: how the listings of a branch are made."""

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Caller
from lastro.negativations.approvals.requests import FindListingSettings
from lastro.negativations.approvals.settings import ListingSettingsAnswer
from lastro.negativations.approvals.wiring import open_listing_settings

settings = open_listing_settings()


@endpoint()
def handler(request: FindListingSettings, caller: Caller) -> ListingSettingsAnswer:
    return settings.show(request, caller)
