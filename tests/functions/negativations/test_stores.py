"""Debtors and boletos in the table: one row each, lists over shards, changes that listings must follow."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from lastro.aws.dynamodb.refusals import ConditionFailed
from lastro.aws.dynamodb.table import Table
from lastro.kernel.documents import Cpf
from lastro.negativations.boletos.model import Boleto, Event, Payment, Status
from lastro.negativations.boletos.store import BoletoStore, claim_for_listing
from lastro.negativations.debtors.model import Address, Debtor, Sex
from lastro.negativations.debtors.store import DebtorStore
from lastro.negativations.identity import boleto_id_of, debtor_id_of
from lastro.negativations.pages import place_of

PARTNER = "2f0c1a52-6f0b-4c35-9d3a-0f7c2f8f5a11"
CPF = "52998224725"
DEBTOR_ID = debtor_id_of(PARTNER, CPF)
DUE = date(2026, 10, 5)


def moment(second: int) -> datetime:
    return datetime(2026, 11, 28, 12, 0, second, tzinfo=UTC)


def boleto(number: int = 1, *, debtor_id: str = DEBTOR_ID) -> Boleto:
    own = f"{number:04d}"
    name = boleto_id_of(PARTNER, own)
    return Boleto(name, PARTNER, own, debtor_id, 1, DUE, 10_000, moment(number), moment(number))


def test_a_debtor_is_kept_whole(table: Table) -> None:
    store = DebtorStore(table)
    address = Address("01001000", "Praça da Sé", "100", "Apto 1", "Sé", "São Paulo", "SP", "3550308")
    debtor = Debtor(
        DEBTOR_ID,
        PARTNER,
        Cpf(CPF),
        "Fulana Exemplo",
        moment(1),
        moment(1),
        sex=Sex.FEMALE,
        birth_date=date(1990, 5, 17),
        mobile_phone="+5511987654321",
        address=address,
    )
    assert store.add(debtor)
    assert not store.add(debtor)
    assert store.find(PARTNER, DEBTOR_ID) == debtor
    assert store.find("another", DEBTOR_ID) is None
    assert store.replace(replace(debtor, in_collection=False, version=2))
    assert not store.replace(replace(debtor, name="Outra", version=2))


def test_lists_are_newest_first_over_all_shards(table: Table) -> None:
    store = BoletoStore(table)
    kept = [boleto(number, debtor_id=debtor_id_of(PARTNER, str(number % 7))) for number in range(20)]
    for each in kept:
        assert store.add(each)
    newest_first = [each.id for each in reversed(kept)]
    assert [entry.id for entry in store.list_entries(PARTNER, after="", page=3)] == newest_first
    after = place_of(kept[10].created_at, kept[10].id)
    assert [entry.id for entry in store.list_entries(PARTNER, after=after, page=3)] == newest_first[10:]
    of_one = debtor_id_of(PARTNER, "3")
    listed = [name for name, _ in store.list_of_debtor(PARTNER, of_one, after="", page=2)]
    assert listed == [kept[17].id, kept[10].id, kept[3].id]
    assert [name for name, _ in store.list_of_debtor(PARTNER, of_one, after=after, page=2)] == [kept[3].id]
    assert list(store.list_entries("another", after="", page=3)) == []


def test_a_change_is_told_only_where_a_listing_was_made_and_until_it_is_followed(table: Table) -> None:
    store = BoletoStore(table)
    first = boleto()
    assert store.add(first)
    disputed = first.after(Event.DISPUTED, moment(2))
    assert store.change(disputed, Event.DISPUTED)
    assert list(store.list_changes(moment(59))) == []
    table.write(claim_for_listing(disputed))
    claimed = store.find(PARTNER, first.id)
    assert claimed == replace(disputed, has_listings=True, version=3)
    payment = Payment("pay-1", DUE, DUE, 10_000, moment(3), settles=True)
    assert store.change(claimed.paid_with(payment), Event.PAID, payment)
    [change] = store.list_changes(moment(59))
    assert (change.boleto_id, change.event, change.payment_id, change.version) == (first.id, Event.PAID, "pay-1", 4)
    assert list(store.list_changes(moment(1))) == []
    store.put_off_change(change, moment(30))
    assert list(store.list_changes(moment(29))) == []
    assert list(store.list_changes(moment(30))) == [change]
    store.drop_change(PARTNER, first.id, 4)
    store.put_off_change(change, moment(40))
    assert list(store.list_changes(moment(59))) == []


def test_a_listing_is_not_claimed_on_a_boleto_that_was_paid_meanwhile(table: Table) -> None:
    store = BoletoStore(table)
    read = boleto()
    assert store.add(read)
    payment = Payment("pay-1", DUE, DUE, 10_000, moment(3), settles=True)
    assert store.change(read.paid_with(payment), Event.PAID, payment)
    with pytest.raises(ConditionFailed):
        table.write(claim_for_listing(read))
    stored = store.find(PARTNER, read.id)
    assert stored is not None
    assert (stored.status, stored.settlement, stored.has_listings) == (Status.SETTLED, payment, False)
