"""GET /api/external/v2.1/products/{product_id}/clauses: what a partner adds to a product's contracts."""

from __future__ import annotations

from http import HTTPStatus

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.callers.caller import Boundary, Caller
from lastro.kernel.callers.scopes import Scope
from lastro.origination.clauses.requests import GetProductClauses
from lastro.origination.clauses.views import ProductClausesAnswer
from lastro.origination.contracts.wiring import open_clause_reading

clauses = open_clause_reading()


@endpoint(
    invalid=HTTPStatus.BAD_REQUEST, scopes=(Scope.API_CAAS, Scope.API_BU_CAAS), keeps=(Boundary.STORES, Boundary.PANEL)
)
def handler(request: GetProductClauses, caller: Caller) -> ProductClausesAnswer:
    return clauses.read(request, caller)
