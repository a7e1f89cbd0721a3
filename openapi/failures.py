"""The errors each operation can give, in the one shape of all of them, with a real example of each."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from lastro.aws.errors import describe
from lastro.aws.requests import read_caller, read_request
from lastro.bureaus.model import MAX_BRANCHES
from lastro.bureaus.setup.integrations import MAX_INTEGRATIONS
from lastro.kernel.caller import Caller
from lastro.kernel.errors import (
    AmbiguousRequest,
    BusinessRefusal,
    Conflict,
    FieldError,
    Forbidden,
    InvalidInput,
    LastroError,
    MalformedRequest,
    NotFound,
    PayloadTooLarge,
    Retryable,
    TooManyRequests,
    Unauthorized,
    UnsupportedMediaType,
)
from lastro.origination.proposals.relationships import fee_refused
from lastro.webhooks.callbacks.addresses import AddressFault, AddressRefused
from lastro.wire.requests import Request
from openapi.caas_failures import CAAS
from openapi.error_shape import REQUEST_ID
from openapi.handlers import Operation, Undocumented
from openapi.samples import sample_event, wrong_event

_NO_LEAD = NotFound("This store has no lead with this document.", code="lead_not_found")
_BUSY_LEAD = Conflict("Other requests keep changing this lead; try again.", code="lead_busy")
_NO_STORE = NotFound("This store no longer exists.")
_IN_PROGRESS = Conflict("A request with the same Idempotency-Key is being handled; repeat it.", code="in_progress")
_NO_PRODUCT = NotFound("There is no product 1.", code="product_not_found")
_ABOVE = "value is above the product's maximum of R$ 1000000.00"
_PRODUCT_REFUSALS = (
    BusinessRefusal(_ABOVE, code="out_of_bounds", errors=[FieldError("value", "above_maximum", _ABOVE)]),
    BusinessRefusal(
        "Product 1 is of type LOAN; only products of type CAAS take this request.", code="not_a_caas_product"
    ),
    BusinessRefusal("Product 1 is switched off.", code="product_inactive"),
    BusinessRefusal(
        "O produto 1 não pode gerar contratos: informe o e-mail ou o endereço eletrônico do credor.",
        code="product_incomplete",
    ),
    BusinessRefusal("This product does not lend to this kind of borrower.", code="borrower_not_served"),
    BusinessRefusal("The first instalment falls due after the release.", code="first_due_not_after_release"),
    BusinessRefusal("No IOF rate is on record for a release before 2015-01-22.", code="no_tax_rate"),
    BusinessRefusal("The total effective cost (CET) of this credit exceeds 1000 % a year.", code="not_priceable"),
    BusinessRefusal("This amount cannot be spread over so many instalments in whole cents.", code="not_payable"),
)
_FEE_CHARGED = fee_refused("cad_value")
_PARTICULAR: Mapping[str, tuple[LastroError, ...]] = {
    "create_lead": (Conflict("This store already has a lead with this document.", code="lead_exists"), _BUSY_LEAD),
    "get_lead": (_NO_LEAD,),
    "replace_lead": (_NO_LEAD, _BUSY_LEAD),
    "update_lead": (_NO_LEAD, _BUSY_LEAD),
    "delete_lead": (_NO_LEAD,),
    "list_integrated_banks": (_NO_STORE,),
    "put_bank_credentials": (NotFound("There is no bank with this code.", code="unknown_bank"), _NO_STORE),
    "get_current_user": (NotFound("This partner no longer exists."),),
    "get_simulation": (NotFound("There is no such simulation."),),
    "create_simulation": (
        Conflict("A request with the same Idempotency-Key is being handled; repeat it.", code="in_progress"),
    ),
    "get_docs_asset": (NotFound("There is no such file."),),
    "create_token": (
        Unauthorized("The client_id or the client_secret is wrong.", code="invalid_client"),
        Forbidden("This client may not use the scope api-bu-caas.", code="scope_not_granted"),
        TooManyRequests(
            "Too many failed logins of this client_id; wait.", retry_after=40, code="too_many_failed_logins"
        ),
    ),
    "create_product": (_IN_PROGRESS,),
    "get_product": (_NO_PRODUCT,),
    "patch_product": (
        _NO_PRODUCT,
        Conflict("Product 1 was changed meanwhile; read it again.", code="product_changed"),
    ),
    "simulate_credit": (_NO_PRODUCT, _IN_PROGRESS, *_PRODUCT_REFUSALS, _FEE_CHARGED),
    "simulate_ccb": (
        _NO_PRODUCT,
        *_PRODUCT_REFUSALS,
        BusinessRefusal(
            "This simulation knows equal months, Price and due dates that stay; use POST /caas/simulation.",
            code="not_a_legacy_product",
        ),
    ),
    "create_proposal": (*_PRODUCT_REFUSALS, _FEE_CHARGED),
    "put_callback": tuple(AddressRefused(fault) for fault in AddressFault),
    "get_callback": (NotFound("No callback is configured.", code="callback_not_found"),),
    "delete_callback": (
        NotFound("No callback is configured.", code="callback_not_found"),
        Conflict("The callback was changed meanwhile; read it again.", code="callback_changed"),
    ),
    "rotate_signing_secret": (
        Conflict("The secret is being exchanged by another request; try again.", code="rotation_busy"),
        Conflict(
            "2 replaced secrets still sign; exchange it again from 2026-11-04T12:00:00.000Z on.",
            code="rotation_too_soon",
        ),
    ),
    "resend_delivery": (
        NotFound("There is no such delivery.", code="delivery_not_found"),
        Conflict("The delivery is being tried now; look at it again.", code="delivery_busy"),
    ),
    "decide_proposal": (
        Forbidden("Who proposed may not decide; somebody else must.", code="same_principal"),
        NotFound("There is no such proposal.", code="unknown_proposal"),
        Conflict("The proposal is in REPROVADO: it does not wait for a decision.", code="wrong_state"),
        Conflict("Others keep changing this proposal; try again.", code="changed_meanwhile"),
    ),
}
_NO_BRANCH = NotFound("There is no such branch.", code="branch_not_found")
_NO_INTEGRATION = NotFound("There is no such integration.", code="integration_not_found")
_NO_INQUIRY = NotFound("There is no such inquiry.", code="inquiry_not_found")
_BUSY_BRANCH = Conflict("Other requests keep changing this branch; try again.", code="branch_busy")
_BUSY_INTEGRATION = Conflict("Other requests keep changing this integration; try again.", code="integration_busy")
_NO_SECRET = NotFound("This provider has no such secret.", code="unknown_secret")
_TAKEN = Conflict(
    "This branch already has a credit bureau integration; only one is allowed per branch.",
    code="branch_has_integration",
)
_BUREAUS: Mapping[str, tuple[LastroError, ...]] = {
    "put_bureau_settings": (Conflict("Other requests keep changing the settings; try again.", code="settings_busy"),),
    "create_branch": (
        Conflict("A branch with this CNPJ already exists.", code="branch_exists"),
        Conflict(f"A partner has at most {MAX_BRANCHES} branches.", code="too_many_branches"),
        _BUSY_BRANCH,
        _IN_PROGRESS,
    ),
    "get_branch": (_NO_BRANCH,),
    "update_branch": (_NO_BRANCH, _BUSY_BRANCH),
    "delete_branch": (
        _NO_BRANCH,
        Conflict("An integration belongs to this branch; remove it first.", code="branch_has_integration"),
        _BUSY_BRANCH,
    ),
    "link_bureau_integration": (_NO_BRANCH, _NO_INTEGRATION, _TAKEN, _BUSY_BRANCH),
    "unlink_bureau_integration": (_NO_BRANCH, _BUSY_BRANCH),
    "create_bureau_integration": (
        _NO_BRANCH,
        _TAKEN,
        Conflict(f"A partner has at most {MAX_INTEGRATIONS} integrations.", code="too_many_integrations"),
        _BUSY_INTEGRATION,
        _IN_PROGRESS,
    ),
    "get_bureau_integration": (_NO_INTEGRATION,),
    "update_bureau_integration": (_NO_INTEGRATION, _BUSY_INTEGRATION),
    "delete_bureau_integration": (_NO_INTEGRATION, _BUSY_INTEGRATION),
    "replace_bureau_secret": (_NO_INTEGRATION, _NO_SECRET, _BUSY_INTEGRATION),
    "test_bureau_secret": (_NO_INTEGRATION, _NO_SECRET),
    "refresh_restriction_codes": (
        _NO_INTEGRATION,
        BusinessRefusal("This provider has no lists to pull.", code="no_code_list"),
    ),
    "list_restriction_codes": (_NO_INTEGRATION,),
    "create_bureau_inquiry": (
        BusinessRefusal("Credit inquiries are switched off for this partner.", code="bureaus_disabled"),
        BusinessRefusal("This branch has no bureau integration.", code="branch_without_integration"),
        BusinessRefusal("There is no bureau integration to ask with.", code="no_bureau_integration"),
        Forbidden("This panel has no key of its own and none is shared with it.", code="bureau_key_not_shared"),
        Forbidden("This panel may not ask again within the interval.", code="force_not_allowed"),
        _NO_BRANCH,
        _IN_PROGRESS,
        Conflict("Other requests keep asking about this document; try again.", code="inquiry_busy"),
        Conflict("This is being asked already: inquiry 0b6f2d0e.", code="inquiry_in_progress"),
        Conflict(
            "Inquiry 0b6f2d0e may have been charged without an answer; check with the bureau, then force.",
            code="inquiry_outcome_unknown",
        ),
    ),
    "get_bureau_inquiry": (_NO_INQUIRY,),
    "download_bureau_inquiry": (_NO_INQUIRY, NotFound("This inquiry has no such file.", code="file_not_found")),
    "export_bureau_inquiries": (
        BusinessRefusal("A file holds at most 20000 inquiries; narrow the period.", code="too_many"),
    ),
}
_KEY_REUSED = Conflict("This Idempotency-Key was already used with another request.", code="idempotency_key_reused")


class Failures:
    """Bodies of errors by operation, status and code."""

    def __init__(self, template: Mapping[str, Any]) -> None:
        self._gateway = template["Mappings"]["GatewayAnswers"]

    def of(self, operation: Operation) -> dict[int, dict[str, dict[str, Any]]]:
        """``{status: {code: body}}`` in order of status. The authorizer's two are the template's own texts."""
        found: list[dict[str, Any]] = [self._of_gateway("Throttled")]
        name = operation.route.operation
        errors = [error for table in (_PARTICULAR, _BUREAUS, CAAS) for error in table.get(name, ())]
        if not operation.route.public:
            found += [self._of_gateway("Unauthorized"), self._of_gateway("Forbidden")]
            errors.append(Unauthorized("The token has expired; log in again.", code="token_expired"))
        if operation.needs_caller:
            errors.append(_foreign_store())
        if operation.has_body:
            errors.append(MalformedRequest("The body is not valid JSON."))
            errors.append(_repeated_key(operation))
            errors.append(PayloadTooLarge(f"The body is over {operation.body_limit} bytes."))
            text = "The body is declared as iso-8859-1; send it in UTF-8."
            errors.append(UnsupportedMediaType(text, code="unsupported_charset"))
        if operation.is_idempotent:
            errors.append(_KEY_REUSED)
        if operation.request or operation.needs_caller:
            errors.append(_invalid_input(operation))
        if operation.route.stateful:
            errors.append(Retryable("busy"))
        errors.append(LastroError("fault", code="internal_error"))
        for error in errors:
            invalid = operation.entrypoint.invalid if isinstance(error, InvalidInput) else None
            found.append(describe(error, REQUEST_ID, invalid))
        by_status: dict[int, dict[str, dict[str, Any]]] = {}
        for body in sorted(found, key=lambda body: int(body["status"])):
            same_status = by_status.setdefault(body["status"], {})
            code = body["type"].rpartition(":")[2]
            same_status[f"{code}_{len(same_status) + 1}" if code in same_status else code] = body
        return by_status

    def _of_gateway(self, name: str) -> dict[str, Any]:
        text = self._gateway[name]["Body"]
        body: dict[str, Any] = json.loads(text.replace("$context.requestId", REQUEST_ID))
        return body


def _foreign_store() -> Forbidden:
    try:
        Caller("", store_ids=(1,)).own_store(2)
    except Forbidden as error:
        return error
    raise Undocumented("a foreign store is not refused")


def _repeated_key(operation: Operation) -> AmbiguousRequest:
    """What the entrypoint itself says to a key that stands twice."""
    event = sample_event(operation)
    key, value = next(iter(json.loads(event["body"]).items()))
    event["body"] = event["body"].replace("{", f'{{"{key}": {json.dumps(value)}, ', 1)
    try:
        read_request(operation.request or Request, event)
    except AmbiguousRequest as error:
        return error
    raise Undocumented(f"{operation.route.operation}: a repeated key is not refused")


def _invalid_input(operation: Operation) -> InvalidInput:
    """What the entrypoint itself says to a wrong request."""
    try:
        if operation.request:
            read_request(operation.request, wrong_event(operation))
        else:
            read_caller({"headers": {"Store-Id": "centro"}})
    except InvalidInput as error:
        return error
    raise Undocumented(f"{operation.route.operation}: the wrong request is not refused")
