"""GET /api/v1/collection_parameters: the collections of every branch."""

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Caller
from lastro.negativations.collection.views import ParametersList
from lastro.negativations.collection.wiring import open_collections

collections = open_collections()


@endpoint()
def handler(caller: Caller) -> ParametersList:
    return collections.list_all(caller)
