"""Proposals of a kept offer: its terms, its holder and its days."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from lastro.aws.dynamodb.keys import origination as keys
from lastro.aws.dynamodb.table import Delete, Table
from lastro.finance.iof import BorrowerClass
from lastro.kernel.calendar import end_of_day
from lastro.origination.processes.model import AskedCredit
from lastro.origination.products.store import ProductStore
from lastro.origination.quotes.model import KeptOffer, Offer
from lastro.origination.quotes.store import OfferStore
from tests.functions.invocation import CPF, OTHER_CPF
from tests.functions.origination.journey import Journey, make_product

KEY = "proposal-0001"


def keep_offer(journey: Journey, **changes: Any) -> str:
    """A kept offer of product 1 for the person of the sample."""
    asked = AskedCredit(5_000_00, 50_00, 10, "3", date(2026, 11, 4), date(2026, 12, 4))
    fields: dict[str, Any] = {
        "id": "offer-" + journey.partner_id,
        "product_id": 1,
        "product_version": 1,
        "tax_number": CPF,
        "created_at": datetime(2026, 11, 3, 12, tzinfo=UTC),
        "valid_until": end_of_day(date(2026, 11, 5)),
        "terms": make_product(journey.partner_id).quote(asked),
    }
    kept = KeptOffer(**{**fields, **changes})
    assert OfferStore(Table()).put_offer(Offer(kept, journey.partner_id), None)
    return kept.id


def test_a_kept_offer_sets_the_terms(journey: Journey) -> None:
    process_id = journey.ready()
    offer_id = keep_offer(journey)
    answer = journey.propose(process_id, products=[{"type": "CAAS", "offerId": offer_id}])
    assert answer.status == 201, answer.text
    [proposal] = answer.json["proposals"]
    assert (proposal["value"], proposal["cadValue"], proposal["installments"]) == (5000.0, 50.0, 10)
    assert (proposal["monthlyTax"], proposal["offerId"]) == (0.03, offer_id)
    assert journey.credit(proposal["customerServiceNumber"]).terms.offer_id == offer_id


def test_a_proposal_must_agree_with_its_offer(journey: Journey) -> None:
    process_id = journey.ready()
    offer_id = keep_offer(journey)
    same = {"value": 5000, "cadValue": "50", "installments": 10, "monthlyTax": 3.0, "releaseDate": "2026-11-04"}
    wrong = {"type": "CAAS", "offer_id": offer_id, **same, "value": 5000.01, "dueDate": "2026-12-05"}
    answer = journey.propose(process_id, products=[wrong])
    assert (answer.status, answer.json["code"]) == (422, "offer_mismatch")
    assert [error["field"] for error in answer.json["errors"]] == ["products.0.value", "products.0.dueDate"]
    assert journey.propose(process_id, products=[{"type": "CAAS", "offer_id": offer_id, **same}]).status == 201


def test_an_offer_is_somebodys_and_lapses(journey: Journey) -> None:
    process_id = journey.ready()
    asked = [{"type": "CAAS", "offerId": keep_offer(journey, tax_number=OTHER_CPF)}]
    assert journey.propose(process_id, products=asked).json["code"] == "unknown_offer"
    assert journey.propose(process_id, products=[{"type": "CAAS", "offerId": "no"}]).status == 404
    Table().write(Delete(keys.offer("offer-" + journey.partner_id)))
    asked = [{"type": "CAAS", "offerId": keep_offer(journey)}]
    journey.clock.moment = datetime(2026, 11, 6, 3, tzinfo=UTC)
    late = journey.propose(process_id, products=asked)
    assert (late.status, late.json["code"]) == (409, "offer_expired")


def test_an_offer_is_of_one_proposal_of_a_request(journey: Journey) -> None:
    process_id = journey.ready()
    offer_id = keep_offer(journey)
    asked = [{"type": "CAAS", "offerId": offer_id}, {"type": "CAAS", "offer_id": f" {offer_id}"}]
    assert journey.propose(process_id, products=asked).rules() == {"products.1.offerId": "repeated"}
    assert journey.process(process_id).credits == ()


def test_an_offer_binds_until_it_lapses_whatever_became_of_its_product_and_its_day(journey: Journey) -> None:
    process_id = journey.ready()
    terms = make_product(journey.partner_id).quote(
        AskedCredit(5_000_00, 50_00, 10, "3", date(2026, 11, 3), date(2026, 12, 3))
    )
    offer_id = keep_offer(journey, terms=terms)
    changed = make_product(journey.partner_id, version=2, name="Outro nome", active=False)
    assert ProductStore(Table()).replace(changed)
    # The day after: the offer stands for two days, though it was to be released yesterday.
    journey.clock.advance(hours=24)
    answer = journey.propose(process_id, products=[{"type": "CAAS", "offerId": offer_id}])
    assert answer.status == 201, answer.text
    [proposal] = answer.json["proposals"]
    credit = journey.credit(proposal["customerServiceNumber"])
    assert (credit.product_version, credit.product_name) == (1, "Crédito pessoal")
    assert credit.terms.release_date == date(2026, 11, 3)


def test_an_offer_for_a_day_gone_by_when_it_was_made_becomes_no_credit(journey: Journey) -> None:
    process_id = journey.ready()
    terms = make_product(journey.partner_id).quote(
        AskedCredit(5_000_00, 50_00, 10, "3", date(2026, 11, 2), date(2026, 12, 2))
    )
    answer = journey.propose(process_id, products=[{"type": "CAAS", "offerId": keep_offer(journey, terms=terms)}])
    assert (answer.status, answer.json["code"]) == (422, "release_date_passed")
    assert answer.rules() == {"products.0.offerId": "release_date_passed"}


def test_an_offer_priced_for_a_company_is_no_persons(journey: Journey) -> None:
    process_id = journey.ready()
    terms = make_product(journey.partner_id).quote(
        AskedCredit(5_000_00, 0, 10, "3", date(2026, 11, 4), date(2026, 12, 4))
    )
    offer = keep_offer(journey, terms=replace(terms, borrower_class=BorrowerClass.SIMPLES))
    answer = journey.propose(process_id, products=[{"type": "CAAS", "offerId": offer}])
    assert (answer.status, answer.json["code"]) == (422, "offer_mismatch")
    assert answer.rules() == {"products.0.offerId": "not_a_natural_person"}
    assert journey.process(process_id).credits == ()
