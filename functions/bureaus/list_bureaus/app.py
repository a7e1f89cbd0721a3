"""GET /api/v1/bureaus: every credit bureau, its fields, reports and features."""

from lastro.aws.entrypoints.http import endpoint
from lastro.bureaus.setup.preferences import list_bureaus
from lastro.bureaus.setup.views import BureauList
from lastro.kernel.callers.caller import Boundary, Caller


@endpoint(keeps=(Boundary.STORES, Boundary.PANEL))
def handler(_caller: Caller) -> BureauList:
    return list_bureaus()
