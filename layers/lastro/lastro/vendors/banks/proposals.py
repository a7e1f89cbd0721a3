"""Proposals as banks spell them: one reader and one writer over each dialect's names and forms.

The messages are our own (docs/sources.md): banks publish none for proposals.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from lastro.financing.attempts.states import State
from lastro.financing.ports import (
    MOST_COUNTERS,
    CounterOffer,
    DocumentKind,
    ProposalDocument,
    ProposalRequest,
    RefusalReason,
    Word,
)
from lastro.vendors.banks.bodies import BankBody
from lastro.vendors.banks.failures import unreadable
from lastro.vendors.kit.amounts import read_count, read_term
from lastro.vendors.kit.json import present

if TYPE_CHECKING:
    from lastro.kernel.people.applicants import Applicant

MOST_NAME_BYTES = 60
"""Of a bank's number, contract or lien: all words of all attempts of a proposal are kept in one item (400 KB)."""

Name = TypeVar("Name", str, str | None)


class Spelling(NamedTuple):
    """How a dialect writes proposals.

    ``names`` holds its names of our members; one that it does not hold is spelt as ``name_of`` spells it. ``inside`` is
    the object of an answer that holds the proposal, the answer itself where there is none. ``states``, ``reasons`` and
    ``documents`` are its words for ours; a reason that is not there is ``other``.
    """

    name_of: Callable[[str], str]
    names: Mapping[str, str]
    person: Callable[[Applicant], Mapping[str, object]]
    write_amount: Callable[[int], object]
    read_amount: Callable[[object], int]
    write_flag: Callable[[bool], object]
    states: Mapping[str, State]
    reasons: Mapping[str, RefusalReason]
    documents: Mapping[str, DocumentKind]
    inside: str | None = None

    def spell(self, name: str) -> str:
        return self.names.get(name) or self.name_of(name)

    def spelt(self, members: Mapping[str, object]) -> dict[str, object]:
        """An object under the dialect's names, without what is absent."""
        return present(**{self.spell(name): value for name, value in members.items()})


def as_it_is(name: str) -> str:
    return name


def camel_case(name: str) -> str:
    """``offer_token`` as ``offerToken``."""
    first, *others = name.split("_")
    return first + "".join(each.capitalize() for each in others)


def proposal_body(spelling: Spelling, request: ProposalRequest) -> dict[str, object]:
    """What is sent of a proposal; where its key goes is the client's business."""
    vehicle, amount = request.vehicle, spelling.write_amount
    return {
        spelling.spell("applicant"): {**spelling.person(request.applicant), **spelling.spelt(request.registration)},
        spelling.spell("vehicle"): spelling.spelt(
            {
                "molicar_code": vehicle.molicar_code,
                "model_id": vehicle.model_id,
                "manufacture_year": vehicle.manufacture_year,
                "model_year": vehicle.model_year,
                "zero_km": spelling.write_flag(vehicle.zero_km),
                "licensing_uf": vehicle.licensing_uf,
                "licensing_city": vehicle.licensing_city,
                "commercial": spelling.write_flag(request.commercial),
                **request.identification,
            }
        ),
        spelling.spell("deal"): spelling.spelt(
            {
                "offer_token": request.offer_token,
                "table_code": request.table_code,
                "asset_value": amount(request.asset_value),
                "down_payment": amount(request.down_payment),
                "financed_amount": amount(request.financed_amount),
                "installments": request.installments,
                "installment_value": amount(request.installment_value),
                "callback_url": request.callback_url,
            }
        ),
    }


def document_body(spelling: Spelling, document: ProposalDocument) -> dict[str, object]:
    """A document with its bytes in Base64 (RFC 4648)."""
    kinds = {kind: word for word, kind in spelling.documents.items()}
    return spelling.spelt(
        {
            "document_id": document.key,
            "document_kind": kinds[document.kind],
            "media_type": document.media_type,
            "content": b64encode(document.content).decode(),
        }
    )


def read_word(spelling: Spelling, body: object) -> Word:
    """What a bank says of a proposal, in an answer or on its own. Raises ``Permanent`` when it cannot be read."""
    said = BankBody(body)
    if spelling.inside:
        said = said.within(spelling.inside)
    name = spelling.spell
    state = said.one_of(name("state"), spelling.states)
    reason = None
    if state is State.REFUSED:
        reason = spelling.reasons.get(said.text_or_none(name("reason")) or "", RefusalReason.OTHER)
    pending: tuple[DocumentKind, ...] = ()
    if state is State.PENDING_DOCUMENTS:
        place = said.at(name("pending"))
        pending = tuple(dict.fromkeys(_kind(spelling, each, place) for each in said.items(name("pending"))))
    counter = said.within_or_none(name("counter"))
    if state is State.APPROVED_OTHERWISE and counter is None:
        raise unreadable(said.at(name("counter")), "the other condition")
    return Word(
        key=said.text(name("key")),
        number=_named(said.text, said, name("number")),
        sequence=said.read(name("sequence"), read_count),
        state=state,
        reason=reason,
        pending=pending,
        counter=_counter(spelling, counter) if counter else None,
        contract=_named(said.text_or_none, said, name("contract")),
        lien=_named(said.text_or_none, said, name("lien")),
    )


def _named(read: Callable[[str], Name], said: BankBody, name: str) -> Name:
    """What the bank calls a thing by: ``MOST_NAME_BYTES`` of it at most."""
    text = read(name)
    if text is not None and len(text.encode()) > MOST_NAME_BYTES:
        raise unreadable(said.at(name), f"a text of {MOST_NAME_BYTES} bytes at most")
    return text


def _counter(spelling: Spelling, said: BankBody) -> CounterOffer:
    name = spelling.spell
    number = said.read(name("counter_number"), read_count)
    if not 1 <= number <= MOST_COUNTERS:
        raise unreadable(said.at(name("counter_number")), f"1 to {MOST_COUNTERS}")
    return CounterOffer(
        number=number,
        down_payment=said.read(name("down_payment"), spelling.read_amount),
        financed_amount=said.read(name("financed_amount"), spelling.read_amount),
        installments=said.read(name("installments"), read_term),
        installment_value=said.read(name("installment_value"), spelling.read_amount),
    )


def _kind(spelling: Spelling, value: object, place: str) -> DocumentKind:
    kind = spelling.documents.get(value) if isinstance(value, str) else None
    if kind is None:
        raise unreadable(place, "one of " + ", ".join(spelling.documents))
    return kind
