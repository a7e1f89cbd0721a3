"""GET /api/v1/collection_runs: what the daily routine did: looked at, listed, excluded and why, failed, cost."""

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Caller
from lastro.negativations.collection.requests import ListRuns
from lastro.negativations.collection.views import RunList
from lastro.negativations.collection.wiring import open_collection_runs

collection_runs = open_collection_runs()


@endpoint()
def handler(request: ListRuns, caller: Caller) -> RunList:
    return collection_runs.list_page(request, caller)
