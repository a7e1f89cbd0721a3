"""GET /api/v1/bureaus: every credit bureau, its fields, reports and features."""

from lastro.aws.http import endpoint
from lastro.bureaus.preferences import list_bureaus
from lastro.bureaus.views.setup import BureauList
from lastro.caller import Caller


@endpoint()
def handler(_caller: Caller) -> BureauList:
    return list_bureaus()
