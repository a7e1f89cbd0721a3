"""Whose a proposal is: its seller's and its panel's, its store's and its partner's, and nobody else's."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from uuid import uuid4

import pytest

from lastro.access.clients.model import Client
from lastro.access.clients.store import ClientStore
from lastro.access.model import ApiKey
from lastro.access.staff.model import StaffMember
from lastro.access.staff.store import StaffStore
from lastro.access.store import AccessStore
from lastro.aws.dynamodb.keys import Key, financing, simulations
from lastro.aws.dynamodb.keys import access as access_keys
from lastro.aws.dynamodb.table import Delete, Table, Update
from lastro.kernel.callers.caller import Binding, Role
from lastro.kernel.callers.jobs import Job
from lastro.operator.command import main
from tests.clock import START
from tests.functions.access.staff.test_list_sellers import employ
from tests.functions.customers.visitors import staff_of
from tests.functions.emulation.process import TABLE
from tests.functions.financing.conftest import Dealer, path_of
from tests.functions.invocation import Answer, Shop, call_function


def test_the_seller_is_one_of_the_store_and_named(dealer: Dealer) -> None:
    made = dealer.propose()
    sellers = call_function("access", "list_sellers", shop=dealer.shop, query=None).json["users"]
    assert made["seller"] == {"id": dealer.seller_id, "name": sellers[0]["name"]}

    table = Table(TABLE)
    ana = employ(table, dealer.shop, "Ana", Job.BROKER, *dealer.shop.store_ids).number
    elsewhere = employ(table, dealer.shop, "Davi", Job.BROKER, 999_999).number
    former = employ(table, dealer.shop, "Caio", Job.ANALYST)
    StaffStore(table).disable(former, START)
    path = path_of(made)
    for number in (elsewhere, former.number, 999_999):
        for operation, body in (
            ("update_financing_proposal", {"proposal": {"seller_id": number, "color": "azul"}}),
            ("create_financing_proposal", dealer.wanted("422", seller_id=number)),
        ):
            refused = dealer.ask(operation, path=path if operation.startswith("update") else {}, body=body)
            assert (refused.status, refused.rules()) == (422, {"proposal.seller_id": "unknown_seller"})
    assert dealer.read(made["id"])["seller"]["id"] == dealer.seller_id
    assert dealer.read(made["id"])["color"] is None

    changed = dealer.ask("update_financing_proposal", path=path, body={"proposal": {"seller_id": ana}})
    assert changed.json["seller"] == {"id": ana, "name": "Ana"}
    for left_out in ({"color": "azul"}, {"seller_id": None}):
        kept = dealer.ask("update_financing_proposal", path=path, body={"proposal": left_out})
        assert kept.json["seller"] == {"id": ana, "name": "Ana"}
    absent = dealer.wanted("422")
    del absent["proposal"]["seller_id"]
    assert "proposal.seller_id" in dealer.ask("create_financing_proposal", body=absent).rules()


def test_who_sells_sees_the_proposals_of_its_own_panel(dealer: Dealer) -> None:
    shop = dealer.shop
    seller, other = staff_of(shop, "broker"), staff_of(shop, "agency")
    foreign = dealer.ask("create_financing_proposal", shop=seller, body=dealer.wanted())
    assert foreign.rules() == {"proposal.proposal_attemps.0.simulation_condition_id": "unknown_offer"}
    [store_id] = shop.store_ids
    dealer.pipeline.create_lead(seller, store_id)
    dealer.simulation = dealer.pipeline.finish(seller)
    made = dealer.ask("create_financing_proposal", shop=seller, body=dealer.wanted()).json["complete_proposal"]
    seen = {
        who: [each["id"] for each in dealer.ask("list_financing_proposals", shop=each_shop).json["proposals"]]
        for who, each_shop in {"partner": shop, "own": seller, "other": other}.items()
    }
    assert seen == {"partner": [made["id"]], "own": [made["id"]], "other": []}
    for operation in ("get_financing_proposal", "list_proposal_activities", "take_proposal_ownership"):
        assert dealer.ask(operation, shop=other, path=path_of(made)).status == 404, operation
        assert dealer.ask(operation, shop=seller, path=path_of(made)).status == 200, operation
    assert taken(dealer, seller) == taken(dealer, shop) == f"proposta {made['id']}"


@dataclass(frozen=True)
class Named(Shop):
    """A shop's call under the name of one of its credentials."""

    principal: str = ""

    @property
    def authorizer(self) -> dict[str, str]:
        return {**super().authorizer, "principal": self.principal}


def test_a_proposal_is_not_held_by_who_cannot_give_it_back_any_more(dealer: Dealer) -> None:
    shop, table = dealer.shop, Table(TABLE)
    directory, clients, people = AccessStore(table), ClientStore(table), StaffStore(table)
    keys = [ApiKey(str(uuid4()), shop.partner_id, uuid4().hex, START) for _ in range(5)]
    for key in keys:
        directory.put_key(key)
    revoked, old, forgotten, bound, reader = keys
    client = Client(clients.reserve_client_id(), shop.partner_id, "tag", "digest", (), START)
    clients.put_client(client)
    member = StaffMember(str(uuid4()), 91, shop.partner_id, "Rui", "rui.dealer@example.com", Job.ANALYST, START)
    people.put(member)
    fresh = replace(old, id=str(uuid4()), digest=uuid4().hex)
    ends: Mapping[str, Callable[[], object]] = {
        revoked.id: lambda: directory.revoke_key(revoked, START),
        old.id: lambda: directory.replace_key(old, replace(old, expires_at=START, replaced_by=fresh.id), fresh),
        forgotten.id: lambda: table.write(Delete(access_keys.partner_key(shop.partner_id, forgotten.id))),
        bound.id: lambda: directory.bind_key(replace(bound, binding=Binding(store_ids=(999_999,)))),
        reader.id: lambda: directory.bind_key(replace(reader, binding=Binding(role=Role.READER))),
        str(client.id): lambda: clients.revoke_client(client, START),
        member.id: lambda: people.disable(member, START),
    }
    made = path_of(dealer.propose())

    def take(principal: str, operation: str = "take_proposal_ownership") -> Answer:
        named = Named(shop.partner_id, shop.api_key, shop.key_id, shop.store_ids, principal)
        return dealer.ask(operation, shop=named, path=made)

    for owner, end in ends.items():
        assert take(owner).json["proposal"]["owner"] == owner
        for operation in ("take_proposal_ownership", "leave_proposal_ownership"):
            refused = take("another", operation)
            assert (refused.status, refused.json["code"]) == (409, "owned_by_other")
        end()
        assert take("another").json["proposal"]["owner"] == "another"
        assert take("another", "leave_proposal_ownership").json["proposal"]["owner"] is None


def test_what_a_panel_made_before_it_had_lists_is_put_into_them(
    dealer: Dealer, capsys: pytest.CaptureFixture[str]
) -> None:
    shop, seller, table = dealer.shop, staff_of(dealer.shop, "broker"), Table(TABLE)
    [store_id] = shop.store_ids
    dealer.pipeline.create_lead(seller, store_id)
    dealer.simulation = dealer.pipeline.finish(seller)
    made = dealer.ask("create_financing_proposal", shop=seller, body=dealer.wanted()).json["complete_proposal"]
    uuid = dealer.simulation["uuid"]
    # As they were written then: the place ended on the panel, and neither had a row for the panel's list.
    for head in (financing.proposal(shop.partner_id, made["id"]), simulations.simulation(uuid)):
        item = table.get(head)
        assert item is not None
        table.write(Update(head, {"by_owner_sk": f"{item['by_owner_sk']}#broker"}))
        table.write(Delete(Key(head.pk, "PANEL#broker")))
    [lead] = [each for each in table.query(f"STORE#{store_id}", prefix="LEAD#") if each.get("panel")]
    table.write(Update(Key(lead["PK"], lead["SK"]), remove=("by_owner_pk", "by_owner_sk")))

    def listed(who: Shop) -> tuple[int, list[str], list[int]]:
        leads = call_function("simulations", "list_leads", shop=who, query=None).json["data"]
        found = call_function("simulations", "list_simulations", shop=who, query=None).json["data"]
        proposals = dealer.ask("list_financing_proposals", shop=who).json["proposals"]
        return len(leads), [each["uuid"] for each in found], [each["id"] for each in proposals]

    whole = listed(shop)
    assert listed(seller) == (0, [], [])
    for counts in ((1, 1, 1), (0, 0, 0)):
        assert main(["list_in_panels", "--partner", shop.partner_id]) == 0
        told = json.loads(capsys.readouterr().out.splitlines()[-1])
        assert (told["leads"], told["simulations"], told["proposals"]) == counts
        assert listed(seller) == (1, [uuid], [made["id"]])
    assert listed(shop) == whole
    assert listed(staff_of(shop, "agency")) == (0, [], [])


def test_who_may_not_see_a_proposal_is_told_that_the_offer_is_taken_and_no_more(dealer: Dealer) -> None:
    shop = dealer.shop
    seller = staff_of(shop, "broker")
    [store_id] = shop.store_ids
    dealer.pipeline.create_lead(seller, store_id)
    dealer.simulation = dealer.pipeline.finish(seller)
    made = dealer.ask("create_financing_proposal", shop=shop, body=dealer.wanted()).json["complete_proposal"]
    assert taken(dealer, shop) == f"proposta {made['id']}"
    assert taken(dealer, seller) == "proposta que"
    other = dealer.ask("create_financing_proposal", shop=seller, body=dealer.wanted("422")).json["complete_proposal"]
    attempt = {"proposal_attempt": dealer.offer("341")}
    refused = dealer.ask("create_proposal_attempt", shop=seller, path=path_of(other), body=attempt)
    assert (refused.status, refused.json["code"]) == (409, "offer_taken")
    assert not any(letter.isdigit() for letter in refused.json["detail"])


def taken(dealer: Dealer, shop: Shop) -> str:
    """Which proposal a refusal names to whoever asks for an offer that is taken."""
    refused = dealer.ask("create_financing_proposal", shop=shop, body=dealer.wanted())
    assert (refused.status, refused.json["code"]) == (409, "offer_taken")
    [named] = re.findall(r"proposta \w+", refused.json["detail"])
    return str(named)


def test_the_pages_of_who_sells_tell_nothing_of_other_panels(dealer: Dealer) -> None:
    shop = dealer.shop
    broker, agency = staff_of(shop, "broker"), staff_of(shop, "agency")
    [store_id] = shop.store_ids
    made: dict[str, list[int]] = {"broker": [], "agency": [], "": []}
    for seller in (broker, agency):
        dealer.pipeline.create_lead(seller, store_id)
    for panel, asking in (("broker", broker), ("agency", agency), ("", shop), ("broker", broker), ("", shop)):
        dealer.simulation = dealer.pipeline.finish(asking)
        body = dealer.wanted(webhook_url="http://127.0.0.1:9/avisos")
        answer = dealer.ask("create_financing_proposal", shop=asking, body=body)
        made[panel].insert(0, answer.json["complete_proposal"]["id"])
        dealer.clock.advance(seconds=1)

    def walk(context: str, operation: str, rows: str, asking: Shop, per_page: int) -> list[list[str]]:
        pages: list[list[str]] = []
        cursor = None
        while len(pages) < 20:
            query = {"per_page": str(per_page), **({"cursor": cursor} if cursor else {})}
            page = call_function(context, operation, shop=asking, query=query).json
            pages.append([str(each.get("subject", each["id"])) for each in page[rows]])
            cursor = page["next_cursor"]
            if cursor is None:
                break
        return pages

    def proposals(asking: Shop, per_page: int = 1) -> list[list[str]]:
        return walk("financing", "list_financing_proposals", "proposals", asking, per_page)

    newest, oldest = (str(each) for each in made["broker"])
    # Full pages, and the last is known as such: what others made leaves no gap and no cursor behind.
    assert proposals(broker) == [[newest], [oldest]]
    assert proposals(agency) == [[str(each)] for each in made["agency"]]
    assert len(proposals(shop, per_page=2)) == 3

    def told(asking: Shop, per_page: int = 1) -> list[list[str]]:
        return walk("webhooks", "list_deliveries", "deliveries", asking, per_page)

    subject = f"proposal-{shop.partner_id}-"
    for bound in (False, True):
        assert told(staff_of(shop, "broker", bound=bound)) == [[subject + newest], [subject + oldest]]
        assert told(staff_of(shop, "agency", bound=bound)) == [[f"{subject}{made['agency'][0]}"]]
    seen = [each for page in told(shop, per_page=2) for each in page]
    assert sorted(seen) == sorted(f"{subject}{number}" for each in made.values() for number in each)
    [mine] = call_function("webhooks", "list_deliveries", shop=agency).json["deliveries"]
    for asking, status in ((broker, 404), (agency, 202)):
        again = call_function("webhooks", "resend_delivery", shop=asking, path={"id": mine["id"]}, body=None)
        assert again.status == status


def test_another_partners_proposal_is_not_found(dealer: Dealer) -> None:
    made = dealer.propose()
    stranger = dealer.pipeline.open_shop("341")
    for operation in ("get_financing_proposal", "take_proposal_ownership", "cancel_financing_proposal"):
        answer = dealer.ask(operation, shop=stranger, path=path_of(made))
        assert (answer.status, answer.json["code"]) == (404, "proposal_not_found")
    assert json.loads(dealer.ask("list_financing_proposals", shop=stranger).text)["proposals"] == []
