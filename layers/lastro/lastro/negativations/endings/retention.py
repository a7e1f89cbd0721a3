"""What debtors, their boletos and their listings keep of people, and for how long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from lastro.kernel.calendar import add_months, format_moment, local_date
from lastro.kernel.dataclass import dataclass
from lastro.kernel.retention import ERASING, Exported, Kind, Record, Standing
from lastro.negativations.boletos.model import ENDED, Boleto
from lastro.negativations.boletos.views import view_boleto
from lastro.negativations.debtors.store import DEBTOR_RECORD
from lastro.negativations.debtors.views import view_debtor
from lastro.negativations.listings.model import Listing, may_be_listed
from lastro.negativations.listings.rendering import render_listing
from lastro.negativations.listings.statuses import Status

if TYPE_CHECKING:
    from lastro.negativations.endings.store import Debts, DebtStore

DEBT = Kind(
    "debt",
    "Devedor ou garantidor, seus boletos e pagamentos, sem pedido de negativação a birô",
    least=0,
    most=60,
    basis="LGPD (Lei 13.709/2018) arts. 7, VI, 15, I e 16; Código Civil, art. 206: até a dívida ser paga ou prescrever",
)
LISTING = Kind(
    "negativation",
    "Devedor ou garantidor com negativação: pedidos, comunicação prévia, mensagens do birô e baixa",
    least=60,
    most=60,
    basis="CDC arts. 27 e 43, §§ 1º e 2º: prova da comunicação e da baixa por cinco anos",
)


@dataclass(frozen=True)
class DebtorData:
    """Debtors of a partner with all that hangs on them (``PersonalData``)."""

    store: DebtStore
    records: Sequence[str] = (DEBTOR_RECORD,)
    kinds: Sequence[Kind] = field(default=(DEBT, LISTING))

    def look(self, record: Record) -> Standing | None:
        """It counts from its last change, an unpaid boleto from the day it is prescribed; an open listing is in use."""
        debts = self.store.find(record.partner_id, record.id)
        return self._standing(debts) if debts else None

    def export(self, record: Record) -> Exported | None:
        """The debtor, its boletos and listings as they are read, the person as told to the bureau, and its messages."""
        debts = self.store.find(record.partner_id, record.id)
        if debts is None:
            return None
        if debts.debtor is None:
            return ERASING
        listings = [each for each in debts.listings if each.person.document.value == record.document]
        return Exported(
            {
                "debtor": view_debtor(debts.debtor).model_dump(),
                "boletos": [view_boleto(each, each.due_on).model_dump() for each in debts.boletos],
                "guaranteed_boletos": [each.id for each in debts.guaranteed],
                "negativations": [self._listing(each) for each in listings],
            }
        )

    def trim(self, record: Record) -> None:
        """What was told to a bureau, and how it came down, is what has to be proved: it stays whole."""

    def end(self, record: Record) -> bool:
        """Erase the debtor with all that hangs on it; not while something goes on."""
        debts = self.store.find(record.partner_id, record.id)
        if debts is None:
            return True
        if self._standing(debts).began is None:
            return False
        return self.store.erase(record.partner_id, record.id, record.document, debts)

    def _standing(self, debts: Debts) -> Standing:
        debt, listing = self.kinds
        kind = listing if any(may_be_listed(each) for each in debts.listings) else debt
        if any(_goes_on(each) for each in debts.listings):
            return Standing(kind, None)
        days = [_end_of(each) for each in (*debts.boletos, *debts.guaranteed)]
        days += [_last_word(each) for each in debts.listings]
        if debts.debtor:
            days.append(_day(debts.debtor.updated_at))
        return Standing(kind, max(days, default=date.min))

    def _listing(self, listing: Listing) -> dict[str, Any]:
        return {
            **render_listing(listing),
            "notified_at": format_moment(listing.notified_at),
            "person": {**asdict(listing.person), "document": listing.person.document.formatted},
            "messages": [
                {"received_at": format_moment(event.received_at), **asdict(event.told)}
                for event in self.store.find_events(listing)
            ],
        }


def _goes_on(listing: Listing) -> bool:
    """Whether something is still owed to it; one that the bureau refused stands nowhere."""
    return bool(listing.again_due_on) or (listing.is_open and listing.status is not Status.FAILED)


def _end_of(boleto: Boleto) -> date:
    """The day on which nothing is owed any more: paid, cancelled, or prescribed."""
    changed = _day(boleto.updated_at)
    if boleto.status in ENDED:
        return changed
    return max(changed, add_months(boleto.due_on, 12 * boleto.prescription_years))


def _last_word(listing: Listing) -> date:
    told = [listing.created_at, *(each.at for each in listing.history)]
    return max(map(_day, filter(None, (*told, listing.removed_at, listing.expired_at))))


def _day(moment: datetime) -> date:
    return local_date(moment)
