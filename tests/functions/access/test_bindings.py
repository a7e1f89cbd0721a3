"""Keys and clients that the operator bound to stores, a panel or a role: every operation of the description."""

from __future__ import annotations

import json
from io import StringIO
from typing import Any

import pytest

from lastro.aws.entrypoints.requests import read_caller
from lastro.kernel.callers.caller import Boundary, Panel, Role
from lastro.kernel.callers.jobs import Area, area_of
from lastro.kernel.errors import NotFound
from lastro.operator.command import create_client, main, open_registration
from tests.functions.access.conftest import Client, log_in
from tests.functions.access.test_scopes import KEYED, OPERATIONS, REFUSED, ask, authorize, known
from tests.functions.api.described import route_of
from tests.functions.conftest import Call, OpenShop
from tests.functions.customers.portal.test_portal_roles import MATRIX as ROLES_AT_PORTAL
from tests.functions.customers.portal.test_portal_roles import NO as REFUSED_AT_PORTAL
from tests.functions.invocation import Shop

STORES, PANEL = Boundary.STORES, Boundary.PANEL
READING = ("/api/v1/branches", "/api/v1/bureau_integrations")
"""Set up by who is bound to nothing, read by all whom it serves."""
OF_STORES = (
    *("/api/v1/banks", "/api/v1/stores", "/api/v1/users", "/api/v1/proposal"),
    *("/api/v1/approval_rules", "/api/v1/vehicle", "/api/v1/domains", "/api/external/v2.1/callbacks/deliveries"),
    "/api/v1/plus_return_rules",
    *("/api/v1/api_keys", "/api/v1/clients", "/api/v1/requests"),
    *("/api/v1/bureau_inquiries", "/api/v1/bureau_subjects", "/api/v1/bureaus"),
)
OF_THE_UNBOUND = (
    *("create_store", "activate_store", "deactivate_store"),
    *("create_api_key", "create_client", "revoke_client"),
)
"""Which stores there are, and which take anything new, is the partner's to say, and who else enters."""
OF_STOCK = ("/api/v1/vehicles", "/api/v1/vehicle_prices")
"""Read by who sells, and changed by everybody else."""
OF_NO_PANEL = ("/api/v1/plus_return_rules", "/api/v1/approval_rules", "/api/external", "/caas")
SETTING_STORES_UP = {"put_bank_credentials", "link_store_banks"}
"""Credits, products, rules, returns and access to banks are of no panel: closed to keys of who sells."""
OF_PORTAL = ("/api/v1/portal_people", "/api/v1/registration_", "/api/v1/bulletins", "/api/v1/survey")
"""People of the portal are the partner's, and its panels see them each in its way."""
METHODS = {name: route_of(name).method for name in KEYED}


def kept(name: str) -> set[Boundary]:
    """The boundaries that a call keeps, said by its path alone."""
    path, context, _ = OPERATIONS[name]
    if name in OF_THE_UNBOUND:
        return set()
    if path.startswith(OF_STORES) or (path.startswith(READING) and METHODS[name] == "get"):
        return {STORES, PANEL}
    if path.startswith(OF_PORTAL) or (path.startswith("/api/v1/reservations") and not path.endswith("/decision")):
        return {PANEL}
    if name == "create_disclosure":
        return {STORES, PANEL}
    if context != "origination":
        return set()
    # A product is the partner's; who is bound to stores uses it and does not change it.
    changes_product = path.startswith("/api/external/v2.1/products") and METHODS[name] != "get"
    return {PANEL} if changes_product else {STORES, PANEL}


def opens_to_sellers(name: str) -> bool:
    """Whether keys of panels that sell may make a call, where it keeps panels: said by its path alone."""
    path, _, _ = OPERATIONS[name]
    if path.startswith(OF_STOCK):
        return METHODS[name] == "get"
    if path.startswith(("/api/external/v2.1/callbacks/deliveries",)) or path.endswith("/evaluate"):
        return True
    return not path.startswith(OF_NO_PANEL) and name not in SETTING_STORES_UP


BOUNDS: dict[str, tuple[dict[str, str], set[Boundary]]] = {
    "one store": ({"bound": "stores", "store_ids": "1"}, {STORES}),
    "stores": ({"bound": "stores", "store_ids": "1,2"}, {STORES}),
    "no store": ({"bound": "stores", "store_ids": ""}, {STORES}),
    "panel": ({"panel": "broker"}, {PANEL}),
    "both": ({"bound": "stores", "panel": "agency"}, {STORES, PANEL}),
    "managers": ({"bound": "stores", "panel": "manager"}, {STORES, PANEL}),
}


def test_every_operation_keeps_a_boundary_or_is_closed_to_who_is_bound(subtests: pytest.Subtests) -> None:
    for name in KEYED:
        with subtests.test(name=name):
            passed = ask(name, known("*"))
            for bound, (context, boundaries) in BOUNDS.items():
                answer = ask(name, {**known("*"), **context})
                sells = context.get("panel") in ("broker", "agency")
                opened = boundaries <= kept(name) and (not sells or opens_to_sellers(name))
                assert answer == (passed if opened else REFUSED), bound
            reader = ask(name, {**known("*"), "role": "reader"})
            assert reader == (passed if METHODS[name] == "get" else REFUSED)
            assert ask(name, {**known("*"), "role": "owner"})[0] >= 400


OF_KEYS = ("/api/v1/api_keys", "/api/v1/clients", "/api/v1/requests", "/api/external/v2.1/callbacks/deliveries")
"""A key keeps itself: it is rolled, reads what was asked by it and what it was told, and has it told again."""
OF_INQUIRIES = ("/api/v1/bureau", "/api/v1/branches")
"""An inquiry names the panel that asked: its keys ask and read them, its people do neither."""


def test_a_key_of_who_sells_opens_what_its_people_do_but_for_itself_and_inquiries(subtests: pytest.Subtests) -> None:
    for name in KEYED:
        path, _, _ = OPERATIONS[name]
        if PANEL not in kept(name):
            continue
        with subtests.test(name=name):
            assert area_of(METHODS[name].upper(), path) is not Area.OTHER
            for panel in ("broker", "agency"):
                key, person = (
                    ask(name, {**known("*"), "panel": panel, **job}) == REFUSED for job in ({}, {"job": panel})
                )
                # Its own refusal says who may: ``test_portal_roles.py`` runs each.
                written = path.startswith(OF_PORTAL) and ROLES_AT_PORTAL[name][1:3] == (REFUSED_AT_PORTAL,) * 2
                assert key == person or written or path.startswith((*OF_KEYS, *OF_INQUIRIES)), (panel, key, person)


def caller_of(stores: str, sent: str | None, **context: str) -> Any:
    headers = {} if sent is None else {"Store-Id": sent}
    return read_caller({"headers": headers, "requestContext": {"authorizer": {"store_ids": stores, **context}}})


def test_the_only_store_is_implied_and_a_foreign_one_is_none() -> None:
    assert caller_of("7", None, bound="stores").chosen_store == 7
    assert caller_of("7", None).chosen_store is None
    assert caller_of("7,8", None, bound="stores").chosen_store is None
    assert caller_of("7,8", "8", bound="stores").chosen_store == 8
    with pytest.raises(NotFound):
        caller_of("7,8", "9", bound="stores")
    with pytest.raises(NotFound):
        caller_of("", "9", bound="stores")


@pytest.mark.parametrize(
    ("stores", "sent", "bound", "seen", "shared"),
    [
        ("1,2", None, "", {1, 2, 3, None}, {1, 2, 3, None}),
        ("1,2", "1", "", {1, None}, {1, None}),
        ("1,2", None, "stores", {1, 2}, {1, 2, None}),
        ("1,2", "1", "stores", {1}, {1, None}),
        ("1", None, "stores", {1}, {1, None}),
        ("", None, "stores", set(), {None}),
    ],
)
def test_what_a_call_sees(stores: str, sent: str | None, bound: str, seen: set[Any], shared: set[Any]) -> None:
    caller = caller_of(stores, sent, bound=bound)
    everything = [1, 2, 3, None]
    assert {each for each in everything if caller.sees(each)} == seen
    assert {each for each in everything if caller.shares(each)} == shared


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert main(arguments) == 0, capsys.readouterr().err
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    return answer


def test_an_operator_binds_a_key_and_changes_what_it_is_bound_to(
    open_shop: OpenShop, call: Call, capsys: pytest.CaptureFixture[str]
) -> None:
    shop = open_shop(stores=3)
    first, second, _ = shop.store_ids
    options = ("--partner", shop.partner_id)
    made = run(capsys, "create_key", *options, "--store", str(second), "--panel", "broker", "--role", "reader")
    assert (made["store_ids"], made["panel"], made["role"]) == ([second], "broker", "reader")
    context = authorize(made["api_key"])
    assert {name: context.get(name) for name in ("store_ids", "bound", "panel", "role")} == {
        "store_ids": str(second),
        "bound": "stores",
        "panel": "broker",
        "role": "reader",
    }
    changed = run(
        capsys, "bind_key", *options, "--key-id", made["key_id"], "--store", str(first), "--store", str(second)
    )
    assert (changed["store_ids"], changed["panel"], changed["role"]) == ([first, second], None, "member")
    context = authorize(made["api_key"])
    assert (context["store_ids"], context.get("panel"), context.get("role")) == (f"{first},{second}", None, None)
    freed = run(capsys, "bind_key", *options, "--key-id", made["key_id"])
    assert freed["store_ids"] is None
    assert authorize(made["api_key"])["store_ids"] == ",".join(map(str, shop.store_ids))
    assert "bound" not in authorize(made["api_key"])
    [listed] = [key for key in run(capsys, "list_keys", *options)["keys"] if key["key_id"] == made["key_id"]]
    assert listed == freed


def test_a_client_is_bound_with_the_tokens_it_holds(
    client: Client, shop: Shop, capsys: pytest.CaptureFixture[str]
) -> None:
    token = log_in(client).json["access_token"]
    assert "bound" not in authorize(token)
    options = ("--partner", shop.partner_id, "--client-id", str(client["client_id"]))
    changed = run(capsys, "bind_client", *options, "--store", str(shop.store_ids[0]), "--panel", "agency")
    assert changed["store_ids"] == [shop.store_ids[0]]
    context = authorize(token)
    assert (context["bound"], context["panel"]) == ("stores", "agency")
    made = create_client(open_registration(), shop.partner_id, panel="broker", role="reader")
    assert authorize(log_in(made).json["access_token"])["role"] == Role.READER
    assert made["panel"] == Panel.BROKER


@pytest.mark.parametrize("command", ["create_key", "create_client", "bind_key", "bind_client"])
def test_nothing_is_bound_to_a_store_of_somebody_else(
    client: Client, open_shop: OpenShop, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    shop, other = open_shop(), open_shop()
    which = {"bind_key": ("--key-id", shop.key_id), "bind_client": ("--client-id", str(client["client_id"]))}
    options = ("--partner", shop.partner_id, *which.get(command, ()), "--store", str(other.store_ids[0]))
    assert main((command, *options)) == 1
    assert "has no store" in capsys.readouterr().err


def test_a_bound_key_sees_its_stores_alone(open_shop: OpenShop, call: Call) -> None:
    shop = open_shop(stores=2, banks=("341",))
    first, second = shop.store_ids
    bound = BoundShop(shop.partner_id, "", "", (second,))
    listed = call("access", "list_stores", shop=bound, store_id=None)
    assert [store["id"] for store in listed.json["stores"]] == [second]
    for operation, more in (("list_integrated_banks", {}), ("put_bank_credentials", {"bank_code": "341"})):
        path = {"store_id": str(first), **more}
        assert call("access", operation, shop=bound, store_id=None, path=path).status == 404
    for operation in ("list_stores", "list_banks", "get_current_user"):
        assert call("access", operation, shop=bound, store_id=first).status == 404
        assert call("access", operation, shop=shop, store_id=first).status == 200


class BoundShop(Shop):
    """The same partner by a key bound to the stores named."""

    @property
    def authorizer(self) -> dict[str, str]:
        return {**super().authorizer, "bound": "stores"}


def test_leads_are_of_the_store(open_shop: OpenShop, call: Call) -> None:
    shop = open_shop(stores=2)
    first, second = shop.store_ids
    assert call("simulations", "create_lead", shop=shop, store_id=first).status == 201
    bound = BoundShop(shop.partner_id, "", "", (second,))
    assert call("simulations", "list_leads", shop=bound, store_id=None).json["data"] == []
    for operation in ("get_lead", "update_lead", "replace_lead", "delete_lead"):
        for sent in (None, second, first):
            assert call("simulations", operation, shop=bound, store_id=sent).status == 404, operation
    for sent in (None, second):
        asked = call("simulations", "get_lead_required_fields", shop=bound, store_id=sent)
        assert asked.json["data"]["lead"] is None
    assert call("simulations", "get_lead_required_fields", shop=bound, store_id=first).status == 404
    both = BoundShop(shop.partner_id, "", "", (first, second))
    assert call("simulations", "list_leads", shop=both, store_id=None).status == 422
    assert len(call("simulations", "list_leads", shop=both, store_id=first).json["data"]) == 1


def test_a_reader_says_so(open_shop: OpenShop, call: Call, logged: StringIO) -> None:
    shop = open_shop()

    class Reader(Shop):
        @property
        def authorizer(self) -> dict[str, str]:
            return {**super().authorizer, "role": "reader"}

    reader = Reader(shop.partner_id, "", "", shop.store_ids)
    assert call("access", "get_current_user", shop=reader).json["user"]["role"]["identifier"] == "partner_reader"
    assert call("access", "get_current_user", shop=shop).json["user"]["role"]["identifier"] == "partner_api"
    assert call("simulations", "create_lead", shop=reader).status == 403
