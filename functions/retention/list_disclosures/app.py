"""GET /api/v1/disclosures: who had which masked field shown, newest first."""

from __future__ import annotations

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Caller
from lastro.retention.disclosures.requests import ListDisclosures
from lastro.retention.disclosures.views import DisclosureList
from lastro.retention.wiring import open_disclosure_list

disclosures = open_disclosure_list()


@endpoint()
def handler(request: ListDisclosures, caller: Caller) -> DisclosureList:
    return disclosures.list_page(request, caller)
