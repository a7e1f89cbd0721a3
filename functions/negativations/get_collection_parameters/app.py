"""GET /api/v1/collection_parameters/{branch_id}: what a branch does about boletos that are not paid."""

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Caller
from lastro.negativations.collection.requests import FindParameters
from lastro.negativations.collection.views import ParametersAnswer
from lastro.negativations.collection.wiring import open_collections

collections = open_collections()


@endpoint()
def handler(request: FindParameters, caller: Caller) -> ParametersAnswer:
    return collections.show(request, caller)
