"""A person of the portal and the contracts that it signed: its own alone, each by an address that soon ends."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.functions.customers.visitors import Visitor, admit, visit
from tests.functions.invocation import CPF, OTHER_CPF, Answer, Shop, call_function
from tests.functions.origination.contracts.contract_desk import Desk


def shop_of(desk: Desk) -> Shop:
    return Shop(desk.journey.partner_id, "", "", ())


def register(shop: Shop, document: str, name: str) -> Visitor:
    """A registered customer who enters the portal."""
    kind = "cpf" if len(document) == 11 else "cnpj"
    customer: dict[str, Any] = {kind: document, "name": name, "born_at": "17/05/1990", "mother": "Eva", "address": {}}
    made = call_function(
        "customers", "create_customer", shop=shop, body={"customer": customer}, headers={"Idempotency-Key": None}
    )
    assert made.status == 201, made.text
    entering = {"name": name, "customer_id": made.json["customer"]["id"], "email": None, "mobile": None}
    return admit(call_function, shop, **entering, login_email=f"{document}@example.com")


def contracts_of(visitor: Visitor, **query: str) -> Answer:
    return call_function("origination", "list_own_contracts", shop=visitor, query=query or None)


def file_of(visitor: Visitor, csn: str) -> Answer:
    path = {"customer_service_number": csn}
    return call_function("origination", "get_own_contract", shop=visitor, path=path)


def test_one_finds_what_one_signed_and_has_it_as_a_file_for_a_minute(desk: Desk) -> None:
    ana = register(shop_of(desk), CPF, "Ana Exemplo")
    waiting = desk.approved()
    assert contracts_of(ana).json == {"contracts": [], "next_cursor": None}
    assert (file_of(ana, waiting).status, file_of(ana, waiting).json["code"]) == (409, "contract_not_signed")
    csn = desk.signed()
    [row] = contracts_of(ana).json["contracts"]
    assert (row["customer_service_number"], set(row)) == (csn, {"customer_service_number", "product", "proposed_at"})
    early = file_of(ana, csn)
    assert (early.status, early.json["code"]) == (409, "signed_contract_not_ready")
    assert desk.seal(csn) == []
    given = file_of(ana, csn)
    assert given.status == 200, given.text
    contract = given.json["contract"]
    assert (contract["customer_service_number"], contract["file_name"]) == (csn, f"contrato-{csn}.pdf")
    address = urlsplit(contract["url"])
    told = parse_qs(address.query)
    assert told["X-Amz-Expires"] == ["60"]
    assert told["response-content-disposition"] == [f'attachment; filename="contrato-{csn}.pdf"']
    assert f"/{desk.journey.partner_id}/{csn}/" in address.path


def test_nobody_elses_contract_is_there(desk: Desk) -> None:
    shop = shop_of(desk)
    csn = desk.signed()
    assert desk.seal(csn) == []
    others = {
        "another customer": register(shop, OTHER_CPF, "Eva Exemplo"),
        "a company": register(shop, "11222333000181", "Exemplo Ltda"),
        "no customer": admit(call_function, shop, kind="prospect", name="Ana Exemplo"),
        "of another partner": register(Shop("5b1f0e0c-2b8a-4b59-8f5e-3c0d9f6a7e21", "", "", ()), CPF, "Ana Exemplo"),
    }
    for who, visitor in others.items():
        assert contracts_of(visitor).json == {"contracts": [], "next_cursor": None}, who
        refused = file_of(visitor, csn)
        assert (refused.status, refused.json["code"]) == (404, "unknown_proposal"), who
    assert file_of(register(shop, CPF, "Ana Exemplo"), "20261103090000000000999").status == 404


def test_many_contracts_come_page_by_page(desk: Desk) -> None:
    ana = register(shop_of(desk), CPF, "Ana Exemplo")
    signed = [desk.signed() for _ in range(3)]
    first = contracts_of(ana, per_page="2").json
    second = contracts_of(ana, per_page="2", cursor=first["next_cursor"]).json
    found = [row["customer_service_number"] for page in (first, second) for row in page["contracts"]]
    assert (sorted(found), second["next_cursor"]) == (sorted(signed), None)


@pytest.mark.parametrize("cursor", ["x", "a.b", "MjAyNi0xMS0wMw"])
def test_a_cursor_that_was_never_given_is_refused(desk: Desk, cursor: str) -> None:
    refused = contracts_of(register(shop_of(desk), CPF, "Ana Exemplo"), cursor=cursor)
    assert (refused.status, refused.rules()) == (422, {"cursor": "cursor"})


def test_who_lost_the_access_reads_nothing(desk: Desk) -> None:
    shop = shop_of(desk)
    unknown = visit(shop, "0b6f2d0e-0000-4a7e-9d5f-6f1c1b1f7a10")
    for answer in (contracts_of(unknown), file_of(unknown, desk.signed())):
        assert (answer.status, answer.json["code"]) == (404, "portal_person_not_found")
