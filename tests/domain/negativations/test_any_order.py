"""One debt, its bureau and its routine: whatever comes in which order and how often, all ends alike."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from lastro.kernel.documents import Cpf
from lastro.negativations.boletos.model import Boleto, Payment
from lastro.negativations.boletos.model import Status as BoletoStatus
from lastro.negativations.collection.model import Action, Parameters, Step, judge
from lastro.negativations.deadlines.model import removal_deadline
from lastro.negativations.debtors.model import Debtor
from lastro.negativations.events.model import BureauEvent, adopt, apply_event
from lastro.negativations.law.calendars import COUNTRY
from lastro.negativations.law.removal import removal_due_on
from lastro.negativations.listings.changing import changes
from lastro.negativations.listings.facts import Act, Concern, Origin, Removal, Settlement
from lastro.negativations.listings.model import Listing, concerns_of, may_be_listed, next_act
from lastro.negativations.listings.statuses import Status
from lastro.negativations.ports import Standing, Told
from tests.domain.negativations.listing_samples import AT, listing

NOW = datetime(2026, 11, 3, 12, tzinfo=UTC)
TODAY = date(2026, 11, 3)
DEBTOR = Debtor("d", "p", Cpf("52998224725"), "Ana Exemplo", AT, AT)
PARAMETERS = Parameters("p", 1, enabled=True, steps=(Step(5, 45, Action.CREDIT_ANALYSIS),), updated_at=AT)
HAPPENINGS = ("run", "run_tomorrow", "work", "message", "follow", "pay", "die")


@dataclass
class Town:
    """The rows of one debt as the use cases change them, and a bureau that counts what it was asked to do.

    ``silent``: the bureau acts and its answer is lost. A request whose process dies left as well, and nobody noted it.
    """

    automatic: bool
    boleto: Boleto = field(
        default_factory=lambda: Boleto("b", "p", "b-1", "d", 1, TODAY - timedelta(days=60), 150_00, AT, AT)
    )
    found: Listing | None = None
    did: list[Act] = field(default_factory=list)
    stands: bool = False
    told: list[BureauEvent] = field(default_factory=list)
    silent: bool = False

    def happen(self, name: str, pick: int) -> None:
        match name:
            case "run" | "run_tomorrow":
                self.run(TODAY + timedelta(days=name == "run_tomorrow"))
            case "work" | "die":
                self.silent = name == "die" or pick % 3 == 0
                self.work(dies=name == "die")
            case "message" if self.told:
                self.hear(self.told[pick % len(self.told)])
            case "follow":
                self.follow()
            case "ask" if self.found and self.found.is_open and not self.found.removal:
                self.found = changes.request_removal(self.found, Removal("03", AT, "ana.souza"))
            case "pay" if self.boleto.status is BoletoStatus.OPEN:
                payment = Payment("1", TODAY, TODAY, 150_00, AT, settles=True)
                self.boleto = self.boleto.paid_with(payment)
        self.check()

    def run(self, day: date) -> None:
        verdict = judge(self.boleto, DEBTOR, PARAMETERS, day, homologation=False)
        if verdict.step is None or (self.found and self.found.is_open):
            return
        origin = Origin.AUTOMATIC if self.automatic else Origin.MANUAL
        self.found = listing(origin=origin)
        self.boleto = replace(self.boleto, collection_step=verdict.step.number, has_listings=True)

    def follow(self) -> None:
        if self.found is None or self.found.status in (Status.REMOVED, Status.EXPIRED) or not self.boleto.settlement:
            return
        paid = self.boleto.settlement
        due = removal_due_on(paid.available_on, COUNTRY)
        removal = Removal("01", AT, "collection") if self.automatic else None
        self.found = changes.settle(self.found, AT, Settlement(paid.paid_on, paid.available_on), due, removal)

    def work(self, *, dies: bool) -> None:
        act = next_act(self.found, NOW) if self.found else None
        if self.found is None or act is None:
            return
        if act is Act.INCLUSION and not self.boleto.is_overdue(TODAY):
            self.follow()
            return
        name = f"{act.value}-{self.found.count(act) + 1}"
        self.found = changes.send(self.found, AT, name)
        self.did.append(act)
        self.stands = act is Act.INCLUSION
        standing = Standing.INCLUDED if act is Act.INCLUSION else Standing.REMOVED
        told = Told(f"bureau-{name}", standing, act is Act.REMOVAL, "52998224725", "12ABC34501DE35", "CTR-1")
        self.told.append(BureauEvent("p", "serasa.production", told, AT))
        if dies:
            return
        if self.silent:
            self.found = changes.lose(self.found, AT, name, "bureau_timeout")
        else:
            self.found = changes.receive(self.found, AT, name, told.uuid)

    def hear(self, event: BureauEvent) -> None:
        assert self.found is not None
        self.found = apply_event(adopt(self.found, event), event)

    def check(self) -> None:
        """What holds at every moment."""
        assert self.did in ([], [Act.INCLUSION], [Act.INCLUSION, Act.REMOVAL])
        if self.found is None:
            assert not self.stands
            return
        assert not self.stands or may_be_listed(self.found)
        if self.found.settlement and self.stands:
            assert Concern.PAID in concerns_of(self.found)
            due = removal_deadline(self.found)
            assert due is not None
            assert COUNTRY.is_business_day(due)

    def settle_down(self) -> None:
        """Everything that waits comes, as sweeps and the bureau's repeats see to."""
        for _ in range(4):
            for name in ("run", "follow", "work"):
                self.happen(name, 1)
            for place in range(len(self.told)):
                self.happen("message", place)


@given(st.booleans(), st.lists(st.tuples(st.sampled_from(HAPPENINGS), st.integers(0, 5)), max_size=16), st.booleans())
@settings(max_examples=150, deadline=None)
def test_any_order_of_runs_words_payments_and_deaths_ends_alike(
    automatic: bool, happened: list[tuple[str, int]], pays: bool
) -> None:
    town = Town(automatic)
    for name, pick in happened:
        if name != "pay" or pays:
            town.happen(name, pick)
    if pays:
        town.happen("pay", 0)
    town.settle_down()
    paid_before_sent = pays and not town.did
    if paid_before_sent:
        assert not town.stands
        assert town.found is None or town.found.status is Status.REMOVED
    elif not pays:
        assert (town.did, town.stands) == ([Act.INCLUSION], True)
        assert town.found is not None
        assert (town.found.status, concerns_of(town.found)) == (Status.NOTIFIED, ())
    elif automatic:
        assert (town.did, town.stands) == ([Act.INCLUSION, Act.REMOVAL], False)
        assert town.found is not None
        assert (town.found.status, concerns_of(town.found)) == (Status.REMOVED, ())
    else:
        # Nobody but a person takes a listing of a person's down: until then it is theirs to see to.
        assert (town.did, town.stands) == ([Act.INCLUSION], True)
        assert town.found is not None
        assert (town.found.status, concerns_of(town.found)) == (Status.NOTIFIED, (Concern.PAID,))


@given(st.booleans(), st.lists(st.tuples(st.sampled_from((*HAPPENINGS, "ask")), st.integers(0, 5)), max_size=16))
@settings(max_examples=100, deadline=None)
def test_what_a_person_takes_down_is_down_once_whatever_else_comes(
    automatic: bool, happened: list[tuple[str, int]]
) -> None:
    town = Town(automatic)
    for name, pick in happened:
        town.happen(name, pick)
    town.settle_down()
    town.happen("ask", 0)
    town.settle_down()
    assert not town.stands
    assert town.did in ([], [Act.INCLUSION, Act.REMOVAL])
    assert town.found is None or (town.found.status, concerns_of(town.found)) == (Status.REMOVED, ())
