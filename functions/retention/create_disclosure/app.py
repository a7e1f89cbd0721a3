"""POST /api/v1/disclosures: a field that a screen masks, shown once it is recorded who asked for it."""

from __future__ import annotations

from http import HTTPStatus

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller
from lastro.retention.disclosures.requests import CreateDisclosure
from lastro.retention.disclosures.views import DisclosureAnswer
from lastro.retention.wiring import open_disclosures

disclosures = open_disclosures()


@endpoint(status=HTTPStatus.CREATED, keeps=(Boundary.STORES, Boundary.PANEL))
def handler(request: CreateDisclosure, caller: Caller) -> DisclosureAnswer:
    return disclosures.show(request, caller)
