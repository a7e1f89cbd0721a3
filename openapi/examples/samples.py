"""Examples of requests: the bodies the functions are tested with, and wrong requests for the examples of errors."""

from __future__ import annotations

import json
from typing import Any

from openapi.examples.purchase import PURCHASE
from openapi.handlers import Operation, Undocumented
from openapi.routes import ROOT

EVENTS = ROOT / "events"

_WRONG_PURCHASE = {
    "simulation": {
        **PURCHASE["simulation"],
        "retrieve_lead": {"cpf_cnpj": "529.982.247-00"},
        "bank_febraban_codes": ["999"],
        "conditions": [{"installments": 0, "down_payment": 20_000_000}],
    }
}
_WRONG_BODIES: dict[str, Any] = {
    "create_simulation": _WRONG_PURCHASE,
    "create_lead": {"lead": {"cpf_cnpj": "529.982.247-00", "monthly_income": -1}},
    "replace_lead": {"lead": {"birthdate": "17/05/1990"}},
    "update_lead": {"lead": {"email": "ana"}},
    "put_bank_credentials": {},
    "create_store": {"store": {"name": "", "cnpj": "11.222.333/0001-80", "publish": "talvez"}},
    "create_token": {"client_id": {}, "grant_type": "password"},
    "create_product": {"name": "", "value": {"min": 200, "max": 100}},
    "patch_product": {"version": "one"},
    "simulate_credit": {"value": "ten", "person_type": "XX", "release_date": "01/08/2025", "product_id": 1},
    "simulate_ccb": {"type": "LOAN", "value": 500, "installments": 0},
}
_WRONG_PATHS = {"cpf_cnpj": "123", "store_id": "centro", "bank_code": "", "uuid": "0" * 65, "asset": "a" * 65}
_WRONG_PATHS["product_id"] = "one"
_WRONG_QUERIES = {"list_leads": {"per_page": "500"}, "list_simulations": {"after": "ontem", "page": "0"}}
_WRONG_QUERIES["list_domains"] = {"types": "colours"}
_WRONG_QUERIES["list_sellers"] = {"store_id": "centro"}
_WRONG_BODIES |= {
    "put_callback": {"url": "https://meusite.com.br", "authentication": {"type": "BEARER"}},
    "decide_proposal": {"decision": "TALVEZ", "justification": "curta"},
}
_WRONG_BODIES |= {"create_api_key": {"store_ids": "centro", "loja": 1}, "create_client": {"scopes": []}}
_WRONG_BODIES |= {"replace_api_key": {"overlap_hours": 200}, "replace_client_secret": {"overlap_hours": -1}}
_WRONG_PATHS |= {"key_id": "primeira", "client_id": "um", "which": "outro"}
_WRONG_PATHS |= {"id": "", "customerServiceNumber": "", "customer_service_number": "", "type": "SELFIE"}
_WRONG_QUERIES["list_requests"] = {"status": "7", "since": "ontem"}
_WRONG_QUERIES["list_deliveries"] = {"per_page": "500"}
_WRONG_QUERIES["list_products"] = {"per_page": "500"}
_WRONG_BODIES |= {
    "create_simple_signup": {"cpf": "52998224700", "name": "Fulana d'Tal", "birthday": "25/07/1992"},
    "create_proposal": {"gender": "F", "products": [{"type": "LOAN"}]},
    "put_document": {"type": "SELFIE", "mimeType": "image/gif", "name": "selfie.gif", "base64": "R0lGODlh"},
    "expire_proposals": {},
    "put_product_clauses": {"clauses": [{"title": "", "paragraphs": []}]},
}
_WRONG_QUERIES |= {"get_borrower": {"cpf": "1"}, "list_proposals": {"status": "APROVADO", "limit": "500"}}
_WRONG_BODIES |= {
    "put_bureau_settings": {"bureau_settings": {"enabled": "yes", "repeat_days": 400}},
    "create_branch": {"branch": {"name": "", "cnpj": "11.222.333/0001-82"}},
    "update_branch": {"branch": {"store_id": "centro"}},
    "link_bureau_integration": {"bureau_integration": {"id": 0}},
    "create_bureau_integration": {"bureau_integration": {"provider": "serasa", "environment": "testes", "fields": {}}},
    "update_bureau_integration": {"bureau_integration": {"automatic": "sim"}},
    "replace_bureau_secret": {"secret": {}},
    "test_bureau_secret": {"secret": "x"},
    "refresh_restriction_codes": {},
    "create_bureau_inquiry": {"bureau_inquiry": {"document": "529.982.247-00", "purpose": "curiosidade"}},
    "create_access_request": {"access_request": {"document": "123", "requested_by": ""}},
    "export_bureau_inquiries": {"report": {"start": "ontem", "end": "2026-11-30", "format": "pdf"}},
}
_WRONG_PATHS |= {"branch_id": "centro", "integration_id": "serasa", "field": "Client Secret", "inquiry_id": "1"}
_WRONG_PATHS |= {"subject_type": "fornecedor", "subject_id": ""}
_WRONG_QUERIES |= {
    "list_bureau_inquiries": {"per_page": "500"},
    "report_bureau_inquiries": {"start": "ontem", "per_page": "0"},
}
_WRONG_BODIES |= {
    "create_approval_rule": {"approval_rule": {"name": "", "cycles": [{"start_month": 0, "end_month": -1}]}},
    "replace_approval_rule": {"approval_rule": {"cycles": []}},
    "evaluate_approval_rule": {"flow": {"signed_on": "10/11/2026", "total_cents": 0, "payments": []}},
    "create_reservation": {"reservation": {"development": "", "customer_id": 0, "lots": 0}},
    "cancel_reservation": {"cancellation": {"cancelled_by": "", "reason": ""}},
    "decide_reservation": {"decision": {"verdict": "talvez", "decided_by": "", "justification": ""}},
    "create_sale": {"sale": {"reservation_id": 0, "signed_on": "ontem", "sold_by": ""}},
    "create_assignment": {"assignment": {"sale_id": 0, "from_customer_id": 0, "assigned_on": "ontem"}},
    "decide_assignment": {"decision": {"verdict": "escalate", "decided_by": "", "justification": ""}},
    "put_approval_authority": {"authority": {"rank": 0, "minimum_percent": "101"}},
}
_WRONG_PATHS |= {"approval_rule_id": "0"}
_WRONG_BODIES |= {
    "create_financing_proposal": {"proposal": {"customer_id": 0, "proposal_attemps": [], "license_plate_code": "1"}},
    "update_financing_proposal": {"proposal": {"chassi_code": "1"}},
    "add_proposal_document": {"kind": "selfie", "base64": ""},
    "comment_proposal": {"comment": ""},
    "create_proposal_attempt": {"proposal_attempt": {"external_simulation_uuid": "1"}},
    "receive_proposal_event": {"data": {}},
}
_WRONG_PATHS |= {"proposal_id": "0", "attempt_id": "0", "bank": "não é um código"}
_WRONG_QUERIES["list_financing_proposals"] = {"per_page": "500"}
_WRONG_BODIES |= {
    "create_vehicle": {"vehicle": {"price_cents": 0, "license_plate_code": "ABC-12"}},
    "update_vehicle": {"vehicle": {"chassi_code": "1"}},
}
_WRONG_BODIES |= {
    "create_plus_return_rule": {"plus_return_rule": {"max_return": 7, "bank_febraban_code": "000"}},
    "update_plus_return_rule": {"plus_return_rule": {"min_installments": 0}},
}
_WRONG_BODIES["put_vehicle_price"] = {"vehicle_price": {"min_price_cents": 0, "price_month": "novembro"}}
_WRONG_QUERIES["list_vehicle_prices"] = {"per_page": "500"}
_WRONG_PATHS |= {"vehicle_model_id": "0"}
_WRONG_PATHS |= {"rule_id": "0"}
_WRONG_PATHS |= {"vehicle_id": "0", "license_plate_code": "ABC", "chassi_code": "1"}
_WRONG_QUERIES["list_vehicles"] = {"per_page": "500"}
_WRONG_QUERIES["list_vehicle_models"] = {"molicar_code": "1"}
_WRONG_QUERIES["search_vehicle_model"] = {"q": ""}
_WRONG_PATHS |= {"reservation_id": "0", "authority_name": "%00"}
_WRONG_QUERIES["list_approval_rules"] = {"per_page": "500"}
_WRONG_PATHS |= {"sale_id": "0", "assignment_id": "0"}
_WRONG_QUERIES["list_sales"] = _WRONG_QUERIES["list_assignments"] = {"customer_id": "0", "per_page": "500"}
_WRONG_QUERIES["list_reservations"] = {"customer_id": "0", "per_page": "500"}
_WRONG_BODIES |= {
    "create_customer": {"customer": {"cpf": "529.982.247-00", "name": "", "address": {"state_id": 99}}},
    "update_customer": {"customer": {"born_at": "31/02/1990"}},
    "put_customer_classes": {
        "customer_classes": {"classes": [{"name": "Alta renda", "condition": {"known": "idade"}}]}
    },
    "put_class_override": {"class_override": {"class_id": 0, "reason": "", "set_by": ""}},
    "revoke_class_override": {"revocation": {"reason": "", "revoked_by": ""}},
}
_WRONG_PATHS |= {"customer_id": "0"}
_WRONG_QUERIES |= {"find_customer": {"cpf": "123"}, "list_customers": {"sort": "idade", "per_page": "500"}}
_WRONG_QUERIES |= {"get_customer_classes": {"version": "0"}, "list_class_changes": {"per_page": "500"}}
_WRONG_QUERIES["list_customer_domains"] = {"types": "colours"}
_WRONG_BODIES |= {
    "sign_contract": {"aceptedCheckSum": "abc"},
    "retry_disbursement": {},
    "create_endorsement": {"endorseeCnpj": "11.222.333/0001-82", "value": 0},
}
_WRONG_BODIES |= {
    "create_debtor": {"debtor": {"document": "529.982.247-00", "name": ""}},
    "update_debtor": {"debtor": {"sex": "X"}},
    "create_boleto": {"boleto": {"external_id": "", "due_on": "05/10/2026", "amount_cents": "189,90"}},
    "update_boleto": {"boleto": {"status": "settled"}},
    "create_import": {"import": {"format": "xlsx"}},
    "put_collection_parameters": {"collection_parameters": {"enabled": "sim", "steps": [{"step": 6}]}},
    "settle_boleto": {"settlement": {"paid_on": "ontem", "amount_cents": 0}},
}
_WRONG_PATHS |= {"debtor_id": "1", "boleto_id": "1", "negativation_id": "1", "notice_id": "1"}
_WRONG_PATHS |= {"provider": "não é um código", "secret": "s" * 201}
_WRONG_BODIES |= {
    "create_negativation": {"negativation": {"boleto_id": "1", "requested_by": ""}},
    "remove_negativation": {"removal": {"reason": "", "requested_by": ""}},
    "record_negativation_notice": {"notice": {"channel": "fax", "address": "", "sent_on": "ontem", "recorded_by": ""}},
    "prove_negativation_notice": {"notice_proof": {"proof": "", "delivered_on": "ontem", "recorded_by": ""}},
    "order_negativation_removal": {"removal_order": {"kind": "", "number": "", "issued_on": "", "recorded_by": ""}},
    "resend_negativation": {"resend": {"requested_by": ""}},
    "decide_negativation": {"approval": {"decision": "talvez", "decided_by": ""}},
    "put_negativation_settings": {"settings": {"approval_required": "talvez"}},
    "put_negativation_events": {"events": {"credential": "senha"}},
    "receive_bureau_event": {"uuid": "x"},
    "issue_event_token": {"grant_type": "password"},
    "resolve_bureau_arrival": {"resolution": {"action": "talvez", "reason": "", "resolved_by": ""}},
}
_WRONG_QUERIES |= {"list_debtors": {"per_page": "500"}, "list_boletos": {"status": "atrasado"}}
_WRONG_QUERIES["revoke_negativation_events"] = {"keep": "não é um código"}
_WRONG_QUERIES["list_negativations"] = {"status": "negativada"}
_WRONG_QUERIES["report_negativations"] = {"start": "ontem", "per_page": "0"}
_WRONG_BODIES["export_negativations"] = {"report": {"start": "ontem", "end": "2026-11-30", "format": "pdf"}}
_WRONG_PATHS["import_id"] = "1"
_WRONG_QUERIES["list_negativation_deadlines"] = {"late": "talvez"}
_WRONG_PATHS["arrival_id"] = "x y"
_WRONG_QUERIES["list_bureau_arrivals"] = {"per_page": "500"}
_WRONG_QUERIES["list_collection_runs"] = {"per_page": "500"}

_WRONG_BODIES |= {
    "create_data_subject_request": {"data_subject_request": {"document": "1", "action": "forget", "requested_by": ""}},
    "create_disclosure": {"disclosure": {"kind": "lead", "subject_id": "", "field": ""}},
    "create_legal_hold": {"legal_hold": {"document": "1", "reason": "", "requested_by": ""}},
    "lift_legal_hold": {"legal_hold": {"reason": "", "requested_by": ""}},
}
_WRONG_PATHS |= {"request_id": "1", "hold_id": "1"}
_WRONG_QUERIES["list_legal_holds"] = _WRONG_QUERIES["list_disclosures"] = {"per_page": "500"}

_WRONG_BODIES |= {
    "put_registration_schedule": {"registration_schedule": {"enabled": "sim", "every_days": 0}},
    "create_portal_person": {"portal_person": {"kind": "vizinho", "name": ""}},
    "export_registration_changes": {"report": {"period": "ontem", "format": "pdf"}},
    "create_portal_login": {"portal_login": {"partner_id": "minha", "mobile": "11 1234-5678"}},
    "confirm_portal_login": {"code": "12345"},
    "refresh_portal_login": {"portal_session": {"refresh_token": "a b"}},
    "put_own_registration": {"portal_person": {"name": "", "mobile": "11 1234-5678"}},
    "create_survey": {"survey": {"name": "", "question": "", "triggers": ["visita"]}},
    "replace_survey": {"survey": {"name": "", "lowest_score": "zero", "triggers": []}},
    "export_survey": {"report": {"format": "pdf"}},
    "create_survey_event": {"survey_event": {"feature": "visita", "service_id": ""}},
    "answer_survey": {"answer": {"score": 11}},
    "create_bulletin": {"bulletin": {"kind": "aviso", "title": "", "paragraphs": []}},
    "replace_bulletin": {"bulletin": {"kind": "diversos", "title": "", "starts_on": "ontem"}},
    "confirm_registration": {"registration_update": {"family_income_cents": "6.500,00"}},
}
_WRONG_PATHS |= {"person_id": "1", "login_id": "primeiro", "bulletin_id": "um"}
_WRONG_PATHS |= {"survey_id": "um", "sent_survey_id": "1"}
_WRONG_QUERIES |= {
    "list_surveys": {"cursor": "x"},
    "list_own_surveys": {"per_page": "500"},
    "list_own_contracts": {"per_page": "500"},
}
_WRONG_QUERIES |= {"list_bulletins": {"cursor": "x"}, "list_own_bulletins": {"per_page": "500"}}
_WRONG_QUERIES |= {"list_portal_people": {"per_page": "500"}, "report_registration_changes": {"period": "ontem"}}


def sample_event(operation: Operation) -> dict[str, Any]:
    """The event of ``events/<context>/<operation>.json``. Raises ``Undocumented`` when there is none."""
    path = EVENTS / operation.route.context / f"{operation.route.operation}.json"
    if not path.is_file():
        raise Undocumented(f"there is no {path.relative_to(ROOT)}")
    event: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return event


def sample_body(operation: Operation) -> Any:
    """The body of the sample event, but for the purchase the sample answers are of."""
    if operation.route.operation == "create_simulation":
        return PURCHASE
    return json.loads(sample_event(operation)["body"])


def wrong_event(operation: Operation) -> dict[str, Any]:
    """A request to the operation that breaks its rules."""
    name = operation.route.operation
    # Where nothing else is sent, only the key can be wrong.
    key_alone = operation.is_idempotent and not operation.has_body and not operation.path_names
    return {
        "headers": {"Idempotency-Key": ""} if key_alone else {},
        "httpMethod": operation.route.method.upper(),
        "body": json.dumps(_WRONG_BODIES[name]) if operation.has_body else None,
        "queryStringParameters": _WRONG_QUERIES.get(name),
        "pathParameters": {part: _WRONG_PATHS[part] for part in operation.path_names},
    }
