"""The errors of each operation beside those every call can give, made of what the contexts say, with sample values."""

from __future__ import annotations

from collections.abc import Mapping

from lastro.access import errors as access
from lastro.approvals import errors as approvals
from lastro.approvals.authorities.model import MOST_AUTHORITIES
from lastro.aws.reports import MAX_ROWS
from lastro.bureaus import errors as bureaus
from lastro.bureaus.model import MAX_BRANCHES
from lastro.bureaus.setup.integrations.checking import MAX_INTEGRATIONS
from lastro.customers import errors as customers
from lastro.customers.bulletins import errors as bulletins
from lastro.customers.portal import errors as portal
from lastro.financing import errors as financing
from lastro.kernel.errors import IN_PROGRESS, STORE_INACTIVE, LastroError, TooManyRequests, Unauthorized
from lastro.negativations import errors as negativations
from lastro.negativations.boletos.model import MAX_PAYMENTS
from lastro.origination import errors as origination
from lastro.retention import errors as retention
from lastro.simulations import errors as simulations
from lastro.simulations.flights.counting import too_many
from lastro.surveys import errors as surveys
from lastro.vehicles import errors as vehicles
from lastro.webhooks import errors as webhooks
from lastro.webhooks.callbacks.addresses import AddressRefused

_SAMPLE_INQUIRY = "0b6f2d0e-3a55-4a7e-9d5f-6f1c1b1f7a10"

ACCESS: Mapping[str, tuple[LastroError, ...]] = {
    "list_integrated_banks": (access.STORE_GONE(),),
    "create_store": (access.NO_MORE_STORES(most=500), access.STORE_BUSY()),
    "activate_store": (access.STORE_GONE(), access.READ_ONLY()),
    "deactivate_store": (access.STORE_GONE(), access.READ_ONLY()),
    "link_store_banks": (access.STORE_GONE(), access.READ_ONLY(), access.STORE_BUSY()),
    "list_sellers": (access.PARTNER_GONE(), access.STORE_GONE()),
    "put_bank_credentials": (access.UNKNOWN_BANK(), access.STORE_GONE()),
    "get_current_user": (access.PARTNER_GONE(),),
    "replace_api_key": (
        access.KEY_NOT_FOUND(),
        access.KEY_ENDED(),
        access.KEY_REPLACED(successor="7f3e9a52-6f0b-4c35-9d3a-0f7c2f8f5a11"),
        access.KEY_BUSY(),
    ),
    "revoke_api_key": (access.KEY_NOT_FOUND(), access.KEY_IN_USE()),
    "replace_client_secret": (
        access.CLIENT_NOT_FOUND(),
        access.CLIENT_ENDED(),
        access.SECRET_OVERLAPS(until="2026-11-04T12:00:00.000Z"),
        access.CLIENT_BUSY(),
    ),
    "end_client_secret": (
        access.CLIENT_NOT_FOUND(),
        access.CLIENT_ENDED(),
        access.SECRET_ALONE(),
        access.CLIENT_BUSY(),
    ),
    "create_token": (
        Unauthorized(access.INVALID_CLIENT.say(), code=access.INVALID_CLIENT.code),
        access.SCOPE_NOT_GRANTED(scopes="api-bu-caas"),
        TooManyRequests(access.TOO_MANY_FAILED_LOGINS.say(), retry_after=40, code=access.TOO_MANY_FAILED_LOGINS.code),
    ),
}
SIMULATIONS: Mapping[str, tuple[LastroError, ...]] = {
    "create_lead": (simulations.LEAD_EXISTS(), simulations.LEAD_BUSY()),
    "get_lead": (simulations.LEAD_NOT_FOUND(),),
    "replace_lead": (simulations.LEAD_NOT_FOUND(), simulations.LEAD_BUSY()),
    "update_lead": (simulations.LEAD_NOT_FOUND(), simulations.LEAD_BUSY()),
    "delete_lead": (simulations.LEAD_NOT_FOUND(),),
    "get_simulation": (simulations.SIMULATION_NOT_FOUND(),),
    "create_simulation": (IN_PROGRESS(), STORE_INACTIVE(), too_many(500)),
    "create_plus_return_rule": (
        simulations.RULE_OVERLAPS(rule=7),
        simulations.TOO_MANY_RULES(most=200),
        simulations.RULE_BUSY(),
    ),
    "get_plus_return_rule": (simulations.RULE_NOT_FOUND(),),
    "update_plus_return_rule": (
        simulations.RULE_NOT_FOUND(),
        simulations.RULE_OVERLAPS(rule=7),
        simulations.RULE_BUSY(),
    ),
    "delete_plus_return_rule": (simulations.RULE_NOT_FOUND(), simulations.RULE_BUSY()),
    "activate_plus_return_rule": (
        simulations.RULE_NOT_FOUND(),
        simulations.RULE_READ_ONLY(),
        simulations.RULE_OVERLAPS(rule=7),
        simulations.RULE_BUSY(),
    ),
    "deactivate_plus_return_rule": (
        simulations.RULE_NOT_FOUND(),
        simulations.RULE_READ_ONLY(),
        simulations.RULE_BUSY(),
    ),
}
WEBHOOKS: Mapping[str, tuple[LastroError, ...]] = {
    "put_callback": tuple(AddressRefused(fault) for fault in webhooks.AddressFault),
    "get_callback": (webhooks.CALLBACK_NOT_FOUND(),),
    "delete_callback": (webhooks.CALLBACK_NOT_FOUND(), webhooks.CALLBACK_CHANGED()),
    "rotate_signing_secret": (
        webhooks.ROTATION_BUSY(),
        webhooks.ROTATION_TOO_SOON(most=2, free_at="2026-11-04T12:00:00.000Z"),
    ),
    "resend_delivery": (webhooks.DELIVERY_NOT_FOUND(), webhooks.DELIVERY_BUSY()),
}
RETENTION: Mapping[str, tuple[LastroError, ...]] = {
    "create_data_subject_request": (IN_PROGRESS(),),
    "get_data_subject_request": (retention.REQUEST_NOT_FOUND(),),
    "create_disclosure": (
        retention.NOT_YOUR_RECORD(),
        simulations.LEAD_NOT_FOUND(),
        origination.PROPOSAL_NOT_FOUND(),
        customers.CUSTOMER_NOT_FOUND(),
        negativations.DEBTOR_NOT_FOUND(),
        bureaus.INQUIRY_NOT_FOUND(),
    ),
    "create_legal_hold": (IN_PROGRESS(),),
    "lift_legal_hold": (
        retention.HOLD_NOT_FOUND(),
        retention.HOLD_LIFTED(),
        retention.HOLD_OF_OPERATOR(),
        retention.HOLD_BUSY(),
    ),
}
APPROVALS: Mapping[str, tuple[LastroError, ...]] = {
    "create_financing_proposal": (STORE_INACTIVE(), financing.OFFER_TAKEN(proposal=7), financing.PROPOSAL_BUSY()),
    "get_financing_proposal": (financing.PROPOSAL_NOT_FOUND(),),
    "update_financing_proposal": (financing.PROPOSAL_NOT_FOUND(), financing.PROPOSAL_BUSY()),
    "cancel_financing_proposal": (
        financing.PROPOSAL_NOT_FOUND(),
        financing.PROPOSAL_ENDED(),
        financing.PROPOSAL_BUSY(),
    ),
    "take_proposal_ownership": (
        financing.PROPOSAL_NOT_FOUND(),
        financing.READ_ONLY(),
        financing.OWNED_BY_OTHER(),
        financing.PROPOSAL_BUSY(),
    ),
    "leave_proposal_ownership": (
        financing.PROPOSAL_NOT_FOUND(),
        financing.READ_ONLY(),
        financing.OWNED_BY_OTHER(),
        financing.PROPOSAL_BUSY(),
    ),
    "list_proposal_activities": (financing.PROPOSAL_NOT_FOUND(),),
    "add_proposal_document": (
        financing.PROPOSAL_NOT_FOUND(),
        financing.PROPOSAL_ENDED(),
        financing.TOO_MANY_DOCUMENTS(most=40),
        financing.DOCUMENT_TOO_LARGE(most=4_000_000),
        financing.PROPOSAL_BUSY(),
    ),
    "list_proposal_documents": (financing.PROPOSAL_NOT_FOUND(),),
    "comment_proposal": (financing.PROPOSAL_NOT_FOUND(), financing.PROPOSAL_BUSY()),
    "create_proposal_attempt": (
        financing.PROPOSAL_NOT_FOUND(),
        financing.ATTEMPT_ACTIVE(bank="341"),
        financing.ATTEMPT_IN_DOUBT(bank="341"),
        financing.OFFER_TAKEN(proposal=7),
        financing.ANOTHER_BANK_ACTIVE(bank="341"),
        financing.TOO_MANY_ATTEMPTS(most=12),
        financing.PROPOSAL_ENDED(),
        financing.PROPOSAL_BUSY(),
    ),
    "cancel_proposal_attempt": (
        financing.PROPOSAL_NOT_FOUND(),
        financing.ATTEMPT_NOT_FOUND(),
        financing.ATTEMPT_ENDED(),
        financing.PROPOSAL_BUSY(),
    ),
    "list_proposal_attempts": (financing.PROPOSAL_NOT_FOUND(),),
    "get_proposal_attempt": (financing.PROPOSAL_NOT_FOUND(), financing.ATTEMPT_NOT_FOUND()),
    "update_proposal_attempt": (financing.PROPOSAL_NOT_FOUND(), financing.ATTEMPT_NOT_FOUND()),
    "receive_proposal_event": (
        financing.EVENT_SOURCE_NOT_FOUND(),
        financing.UNREADABLE_EVENT(),
    ),
    "put_vehicle_price": (vehicles.UNKNOWN_MODEL(), vehicles.PRICE_BUSY()),
    "list_vehicle_price_history": (vehicles.PRICE_NOT_FOUND(),),
    "create_vehicle": (vehicles.VEHICLE_EXISTS(vehicle=7), vehicles.VEHICLE_BUSY()),
    "update_vehicle": (
        vehicles.VEHICLE_NOT_FOUND(),
        vehicles.VEHICLE_EXISTS(vehicle=7),
        vehicles.VEHICLE_REMOVED(),
        vehicles.VEHICLE_BUSY(),
    ),
    "remove_vehicle_from_stock": (vehicles.VEHICLE_NOT_FOUND(), vehicles.VEHICLE_BUSY()),
    "get_vehicle": (vehicles.VEHICLE_NOT_FOUND(),),
    "list_vehicle_history": (vehicles.VEHICLE_NOT_FOUND(),),
    "find_vehicle_by_plate": (vehicles.VEHICLE_NOT_FOUND(),),
    "find_vehicle_by_chassi": (vehicles.VEHICLE_NOT_FOUND(),),
    "search_vehicle_model": (vehicles.MODEL_NOT_FOUND(),),
    "create_approval_rule": (IN_PROGRESS(),),
    "replace_approval_rule": (approvals.RULE_NOT_FOUND(), approvals.RULE_BUSY()),
    "get_approval_rule": (approvals.RULE_NOT_FOUND(),),
    "evaluate_approval_rule": (approvals.RULE_NOT_FOUND(),),
    "put_approval_authority": (
        approvals.TOO_MANY_AUTHORITIES(most=MOST_AUTHORITIES),
        approvals.AUTHORITY_BUSY(),
    ),
    "create_reservation": (approvals.UNIT_RESERVED(reservation=1), IN_PROGRESS()),
    "create_sale": (
        approvals.RESERVATION_NOT_APPROVED(state="refused"),
        approvals.RESERVATION_SOLD(sale=1),
        IN_PROGRESS(),
    ),
    "get_sale": (approvals.SALE_NOT_FOUND(),),
    "create_assignment": (approvals.SALE_ASSIGNED(assignment=1), IN_PROGRESS()),
    "get_assignment": (approvals.ASSIGNMENT_NOT_FOUND(),),
    "decide_assignment": (
        approvals.ASSIGNMENT_NOT_FOUND(),
        approvals.OWN_ASSIGNMENT(),
        approvals.NO_AUTHORITY(),
        approvals.ASSIGNMENT_DECIDED(state="approved"),
        approvals.ASSIGNEE_GONE(),
        approvals.ASSIGNMENT_BUSY(),
    ),
    "get_reservation": (approvals.RESERVATION_NOT_FOUND(),),
    "list_reservations": (approvals.AUTHORITY_NOT_FOUND(),),
    "cancel_reservation": (
        approvals.RESERVATION_NOT_FOUND(),
        approvals.RESERVATION_NOT_HELD(state="refused"),
        approvals.RESERVATION_BUSY(),
    ),
    "decide_reservation": (
        approvals.RESERVATION_NOT_FOUND(),
        approvals.OWN_RESERVATION(),
        approvals.NO_AUTHORITY(),
        approvals.BELOW_AUTHORITY(rank=2),
        approvals.BEYOND_LIMITS(limits="maximum_cents"),
        approvals.NO_NEXT_AUTHORITY(),
        approvals.RESERVATION_DECIDED(state="approved"),
        approvals.RESERVATION_ESCALATED(rank=2),
        approvals.RESERVATION_BUSY(),
    ),
}
CUSTOMERS: Mapping[str, tuple[LastroError, ...]] = {
    "create_customer": (customers.CUSTOMER_EXISTS(customer=1), customers.CUSTOMER_BUSY()),
    "update_customer": (customers.CUSTOMER_NOT_FOUND(), customers.CUSTOMER_BUSY()),
    "get_customer": (customers.CUSTOMER_NOT_FOUND(),),
    "find_customer": (customers.CUSTOMER_NOT_FOUND(),),
    "put_customer_classes": (customers.CLASSES_BUSY(),),
    "get_customer_classes": (customers.CLASSES_NOT_FOUND(),),
    "put_class_override": (customers.CUSTOMER_NOT_FOUND(), customers.CUSTOMER_BUSY()),
    "revoke_class_override": (
        customers.CUSTOMER_NOT_FOUND(),
        customers.NO_OVERRIDE(),
        customers.CUSTOMER_BUSY(),
    ),
    "get_customer_journey": (customers.CUSTOMER_NOT_FOUND(),),
    "list_class_changes": (customers.CUSTOMER_NOT_FOUND(),),
}
BUREAUS: Mapping[str, tuple[LastroError, ...]] = {
    "put_bureau_settings": (bureaus.SETTINGS_BUSY(),),
    "create_branch": (
        bureaus.BRANCH_EXISTS(),
        bureaus.TOO_MANY_BRANCHES(most=MAX_BRANCHES),
        bureaus.BRANCH_BUSY(),
    ),
    "get_branch": (bureaus.BRANCH_NOT_FOUND(),),
    "update_branch": (bureaus.BRANCH_NOT_FOUND(), bureaus.BRANCH_BUSY()),
    "delete_branch": (
        bureaus.BRANCH_NOT_FOUND(),
        bureaus.BRANCH_IN_USE(),
        bureaus.BRANCH_HAS_LISTINGS(),
        bureaus.BRANCH_BUSY(),
    ),
    "link_bureau_integration": (
        bureaus.BRANCH_NOT_FOUND(),
        bureaus.INTEGRATION_NOT_FOUND(),
        bureaus.BRANCH_TAKEN(),
        bureaus.BRANCH_BUSY(),
    ),
    "unlink_bureau_integration": (bureaus.BRANCH_NOT_FOUND(), bureaus.BRANCH_BUSY()),
    "create_bureau_integration": (
        bureaus.BRANCH_NOT_FOUND(),
        bureaus.BRANCH_TAKEN(),
        bureaus.TOO_MANY_INTEGRATIONS(most=MAX_INTEGRATIONS),
        bureaus.INTEGRATION_BUSY(),
    ),
    "get_bureau_integration": (bureaus.INTEGRATION_NOT_FOUND(),),
    "update_bureau_integration": (
        bureaus.INTEGRATION_NOT_FOUND(),
        bureaus.INTEGRATION_HAS_LISTINGS(),
        bureaus.INTEGRATION_BUSY(),
    ),
    "delete_bureau_integration": (
        bureaus.INTEGRATION_NOT_FOUND(),
        bureaus.INTEGRATION_HAS_LISTINGS(),
        bureaus.INTEGRATION_BUSY(),
    ),
    "replace_bureau_secret": (
        bureaus.INTEGRATION_NOT_FOUND(),
        bureaus.UNKNOWN_SECRET(),
        bureaus.INTEGRATION_BUSY(),
    ),
    "test_bureau_secret": (bureaus.INTEGRATION_NOT_FOUND(), bureaus.UNKNOWN_SECRET()),
    "refresh_restriction_codes": (bureaus.INTEGRATION_NOT_FOUND(), bureaus.NO_CODE_LIST()),
    "list_restriction_codes": (bureaus.INTEGRATION_NOT_FOUND(),),
    "create_bureau_inquiry": (
        bureaus.BUREAUS_DISABLED(),
        bureaus.BRANCH_WITHOUT_INTEGRATION(),
        bureaus.NO_INTEGRATION(),
        bureaus.FOREIGN_PANEL(),
        bureaus.KEY_NOT_SHARED(),
        bureaus.FORCE_NOT_ALLOWED(),
        bureaus.BRANCH_NOT_FOUND(),
        IN_PROGRESS(),
        bureaus.INQUIRY_BUSY(),
        bureaus.INQUIRY_IN_PROGRESS(inquiry=_SAMPLE_INQUIRY),
        bureaus.OUTCOME_UNKNOWN(inquiry=_SAMPLE_INQUIRY),
    ),
    "get_bureau_inquiry": (bureaus.INQUIRY_NOT_FOUND(),),
    "download_bureau_inquiry": (bureaus.INQUIRY_NOT_FOUND(), bureaus.FILE_NOT_FOUND()),
    "create_access_request": (IN_PROGRESS(),),
    "export_bureau_inquiries": (bureaus.TOO_MANY_ROWS(most=MAX_ROWS),),
}

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
SURVEYS: Mapping[str, tuple[LastroError, ...]] = {
    "create_survey": (surveys.SURVEY_MANAGERS_ONLY(), surveys.TOO_MANY_SURVEYS(most=100), IN_PROGRESS()),
    "replace_survey": (surveys.SURVEY_MANAGERS_ONLY(), surveys.SURVEY_NOT_FOUND(), surveys.SURVEY_BUSY()),
    "get_survey": (surveys.SURVEY_NOT_FOUND(),),
    "list_sent_surveys": (surveys.SURVEY_NOT_FOUND(),),
    "report_survey": (surveys.SURVEY_NOT_FOUND(),),
    "export_survey": (surveys.SURVEY_NOT_FOUND(), surveys.TOO_MANY_SENT(most=20_000)),
    "create_survey_event": (surveys.SURVEY_MANAGERS_ONLY(), IN_PROGRESS()),
    "list_own_surveys": (portal.PERSON_NOT_FOUND(), portal.LOGIN_ENDED()),
    "list_own_contracts": (portal.PERSON_NOT_FOUND(), portal.LOGIN_ENDED()),
    "get_own_contract": (
        portal.PERSON_NOT_FOUND(),
        portal.LOGIN_ENDED(),
        origination.PROPOSAL_NOT_FOUND(),
        origination.CONTRACT_NOT_SIGNED(),
        origination.SIGNED_CONTRACT_NOT_READY(),
    ),
    "answer_survey": (
        portal.PERSON_NOT_FOUND(),
        portal.LOGIN_ENDED(),
        surveys.SENT_SURVEY_NOT_FOUND(),
        surveys.SURVEY_ANSWERED(),
        surveys.SURVEY_BUSY(),
    ),
}
PORTAL: Mapping[str, tuple[LastroError, ...]] = {
    "put_registration_schedule": (portal.MANAGERS_ONLY(), portal.SCHEDULE_BUSY()),
    "create_portal_login": (
        TooManyRequests(portal.TOO_MANY_CODES.say(most=20), retry_after=3600, code=portal.TOO_MANY_CODES.code),
    ),
    "confirm_portal_login": (portal.CODE_REFUSED(),),
    "refresh_portal_login": (portal.LOGIN_ENDED(),),
    "end_portal_login": (portal.PERSON_NOT_FOUND(), portal.LOGIN_ENDED()),
    "create_portal_person": (portal.MANAGERS_ONLY(), portal.ACCESS_EXISTS(), IN_PROGRESS()),
    "end_portal_person": (portal.MANAGERS_ONLY(), portal.PERSON_NOT_FOUND(), portal.PERSON_BUSY()),
    "create_bulletin": (portal.MANAGERS_ONLY(), bulletins.BOARD_FULL(most=300), IN_PROGRESS()),
    "replace_bulletin": (
        portal.MANAGERS_ONLY(),
        bulletins.BULLETIN_NOT_FOUND(),
        bulletins.BULLETIN_WITHDRAWN(),
        bulletins.BULLETIN_BUSY(),
        bulletins.BOARD_FULL(most=300),
    ),
    "withdraw_bulletin": (portal.MANAGERS_ONLY(), bulletins.BULLETIN_NOT_FOUND(), bulletins.BULLETIN_BUSY()),
    "get_bulletin": (bulletins.BULLETIN_NOT_FOUND(),),
    "list_bulletin_receipts": (bulletins.BULLETIN_NOT_FOUND(),),
    "list_own_bulletins": (
        portal.PERSON_NOT_FOUND(),
        portal.LOGIN_ENDED(),
    ),
    "read_own_bulletin": (portal.PERSON_NOT_FOUND(), portal.LOGIN_ENDED(), bulletins.BULLETIN_NOT_FOUND()),
    "count_unread_bulletins": (
        portal.PERSON_NOT_FOUND(),
        portal.LOGIN_ENDED(),
    ),
    "export_registration_changes": (portal.TOO_MANY_CHANGES(most=20_000),),
    "get_own_registration": (
        portal.PERSON_NOT_FOUND(),
        portal.LOGIN_ENDED(),
    ),
    "put_own_registration": (portal.PERSON_NOT_FOUND(), portal.LOGIN_ENDED(), portal.PERSON_BUSY()),
    "get_registration_update": (
        portal.PERSON_NOT_FOUND(),
        portal.LOGIN_ENDED(),
    ),
    "confirm_registration": (
        portal.PERSON_NOT_FOUND(),
        portal.LOGIN_ENDED(),
        portal.NO_UPDATE_ASKED(),
        portal.PERSON_BUSY(),
    ),
    "postpone_registration": (
        portal.PERSON_NOT_FOUND(),
        portal.LOGIN_ENDED(),
        portal.NO_UPDATE_ASKED(),
        portal.PERSON_BUSY(),
    ),
}
