"""Errors of the calls about negative listings, with sample values."""

from __future__ import annotations

from collections.abc import Mapping

from lastro.bureaus import errors as bureaus
from lastro.kernel.errors import LastroError
from lastro.negativations import errors as negativations
from lastro.negativations.boletos.model import MAX_PAYMENTS

_SAMPLE_DEBTOR = "0d0f6f0e-6c1b-5c43-a86b-8a4c1f2f9d11"
_SAMPLE_LISTING = "6f0c7a4e-6a5b-5c1e-9d55-0d6f3a7f1a10"
_SAMPLE_BOLETO = "7a6f0b9e-52d1-5b0e-9a39-52b3a3b0d7c2"
_NO_LONGER_LISTABLE = (
    negativations.BOLETO_NOT_FOUND(),
    negativations.BOLETO_NOT_OVERDUE(status="quitado"),
    negativations.PUBLIC_BODY(),
    negativations.PRINCIPAL_NOT_LISTED(),
    negativations.REMOVAL_ORDERED(order="0001234-56.2026.8.26.0100"),
    negativations.LISTING_EXISTS(listing=_SAMPLE_LISTING),
    negativations.CONTRACT_LISTED(listing=_SAMPLE_LISTING),
)

NEGATIVATIONS: Mapping[str, tuple[LastroError, ...]] = {
    "create_debtor": (negativations.DEBTOR_EXISTS(debtor=_SAMPLE_DEBTOR), negativations.DEBTOR_BUSY()),
    "get_debtor": (negativations.DEBTOR_NOT_FOUND(),),
    "update_debtor": (negativations.DEBTOR_NOT_FOUND(), negativations.DEBTOR_BUSY()),
    "create_boleto": (negativations.BOLETO_EXISTS(boleto=_SAMPLE_BOLETO), negativations.BOLETO_BUSY()),
    "get_boleto": (negativations.BOLETO_NOT_FOUND(),),
    "update_boleto": (
        negativations.BOLETO_NOT_FOUND(),
        negativations.BOLETO_ENDED(status="quitado"),
        negativations.BOLETO_BUSY(),
    ),
    "settle_boleto": (
        negativations.BOLETO_NOT_FOUND(),
        negativations.BOLETO_ENDED(status="cancelado"),
        negativations.TOO_MANY_PAYMENTS(most=MAX_PAYMENTS),
        negativations.PAYMENT_CONFLICT(),
        negativations.PAYMENT_REPEATED(),
        negativations.BOLETO_BUSY(),
    ),
    "create_negativation": (
        negativations.BOLETO_NOT_FOUND(),
        bureaus.BRANCH_NOT_FOUND(),
        bureaus.BUREAUS_DISABLED(),
        bureaus.BRANCH_WITHOUT_INTEGRATION(),
        negativations.BOLETO_NOT_OVERDUE(status="quitado"),
        negativations.PUBLIC_BODY(),
        negativations.PRINCIPAL_NOT_LISTED(),
        negativations.REMOVAL_ORDERED(order="0001234-56.2026.8.26.0100"),
        negativations.LISTING_EXISTS(listing=_SAMPLE_LISTING),
        negativations.CONTRACT_LISTED(listing=_SAMPLE_LISTING),
        negativations.LISTING_BUSY(),
    ),
    "export_negativations": (negativations.TOO_MANY_LISTINGS(most=20_000),),
    "get_negativation": (negativations.LISTING_NOT_FOUND(),),
    "remove_negativation": (
        negativations.LISTING_NOT_FOUND(),
        negativations.REMOVAL_ASKED(reason="01"),
        negativations.REMOVAL_IMPOSSIBLE(status="baixada"),
        negativations.LISTING_EXISTS(listing=_SAMPLE_LISTING),
        negativations.CONTRACT_LISTED(listing=_SAMPLE_LISTING),
        negativations.BOLETO_NOT_FOUND(),
        negativations.LISTING_BUSY(),
    ),
    "record_negativation_notice": (
        negativations.LISTING_NOT_FOUND(),
        negativations.NOTICE_IMPOSSIBLE(status="rascunho"),
        negativations.NOTICE_PROVEN(date="2026-11-03"),
        negativations.TOO_MANY_NOTICES(most=20),
        negativations.LISTING_BUSY(),
    ),
    "prove_negativation_notice": (
        negativations.LISTING_NOT_FOUND(),
        negativations.NOTICE_NOT_FOUND(),
        negativations.NOTICE_PROVEN(date="2026-11-03"),
        negativations.LISTING_BUSY(),
    ),
    "order_negativation_removal": (
        negativations.LISTING_NOT_FOUND(),
        negativations.ORDER_KNOWN(date="2026-11-02"),
        negativations.LISTING_EXISTS(listing=_SAMPLE_LISTING),
        negativations.CONTRACT_LISTED(listing=_SAMPLE_LISTING),
        negativations.LISTING_BUSY(),
    ),
    "resend_negativation": (
        negativations.LISTING_NOT_FOUND(),
        negativations.NOT_RESENDABLE(status="ativa"),
        *_NO_LONGER_LISTABLE,
        negativations.LISTING_BUSY(),
    ),
    "decide_negativation": (
        negativations.LISTING_NOT_FOUND(),
        negativations.REQUESTER_CANNOT_APPROVE(),
        negativations.ALREADY_DECIDED(status="pendente_envio"),
        *_NO_LONGER_LISTABLE,
        negativations.LISTING_BUSY(),
    ),
    "put_negativation_events": (
        bureaus.BRANCH_NOT_FOUND(),
        bureaus.BUREAUS_DISABLED(),
        bureaus.BRANCH_WITHOUT_INTEGRATION(),
        negativations.NO_EVENTS(),
    ),
    "revoke_negativation_events": (negativations.LISTING_BRANCH_NOT_FOUND(),),
    "resolve_bureau_arrival": (
        negativations.ARRIVAL_NOT_FOUND(),
        negativations.LISTING_NOT_FOUND(),
        negativations.ARRIVAL_OF_ANOTHER(),
        negativations.ARRIVAL_UNREADABLE(),
        negativations.ARRIVAL_BUSY(),
        negativations.LISTING_BUSY(),
    ),
    "issue_event_token": (
        negativations.EVENT_SOURCE_NOT_FOUND(),
        negativations.EVENT_SOURCE_UNAUTHORIZED(),
        negativations.EVENT_SOURCE_NOT_KNOWN(),
    ),
    "receive_bureau_event": (
        negativations.EVENT_SOURCE_NOT_FOUND(),
        negativations.EVENT_SOURCE_UNAUTHORIZED(),
        negativations.EVENT_SOURCE_NOT_KNOWN(),
    ),
    "get_negativation_settings": (negativations.LISTING_BRANCH_NOT_FOUND(),),
    "put_negativation_settings": (negativations.LISTING_BRANCH_NOT_FOUND(),),
    "create_import": (negativations.IMPORT_BUSY(),),
    "get_import": (negativations.IMPORT_NOT_FOUND(),),
    "put_collection_parameters": (negativations.NO_BRANCH(), negativations.COLLECTION_BUSY()),
    "get_collection_parameters": (negativations.NO_BRANCH(), negativations.COLLECTION_NOT_FOUND()),
}
