"""Every bank takes a proposal once, says where it stands when asked by its key, takes documents and drops it."""

from __future__ import annotations

import asyncio
import uuid
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

import pytest

from lastro.financing.attempts.states import ENDED, State
from lastro.financing.ports import DocumentKind, ProposalBank, ProposalDocument, ProposalRequest, RefusalReason, Word
from lastro.kernel.banks import BANKS
from lastro.kernel.errors import Permanent, Retryable, Unknown
from lastro.vendors.banks.gateway import open_bank, read_told
from tests.contract.banks.bank_world import APPLICANT, VEHICLE
from tests.contract.banks.conftest import ADAPTERS, FAKES
from tests.contract.fake_desk import FakeDesk
from tests.contract.loopback import Service

pytestmark = pytest.mark.asyncio(loop_scope="module")

SECONDS = 5.0


def proposal(**changes: Any) -> ProposalRequest:
    request = ProposalRequest(
        key=str(uuid.uuid4()),
        applicant=APPLICANT,
        vehicle=VEHICLE,
        offer_token="341-000001",
        table_code="EXEMPLO",
        asset_value=53_217_49,
        down_payment=20_003_01,
        financed_amount=34_000_55,
        installments=48,
        installment_value=1_100_07,
        registration={"street": "Rua das Acácias", "street_number": "10", "rg": "123456789", "employer": "Oficina Sol"},
        identification={"chassi_code": "9BWZZZ377VT004251", "license_plate_code": "ABC1D23", "km_mileage": "32000"},
    )
    return replace(request, **changes)


def paper(kind: DocumentKind) -> ProposalDocument:
    return ProposalDocument(str(uuid.uuid4()), kind, "application/pdf", b"%PDF-1.7 exemplo")


class Desks(Protocol):
    def open(self, *, credential: str = "a-store", impatient: bool = False) -> ProposalBank: ...

    async def tell(self, *rules: dict[str, Any]) -> None: ...

    async def count(self, key: str) -> int: ...


@dataclass
class FakeDesks:
    code: str
    desk: FakeDesk = field(init=False)

    def __post_init__(self) -> None:
        self.desk = FakeDesk(self.code)

    def open(self, *, credential: str = "a-store", impatient: bool = False) -> ProposalBank:
        return FakeDesk(self.code, credentials_accepted=False) if "invalid" in credential else self.desk

    async def tell(self, *rules: dict[str, Any]) -> None:
        self.desk.tell_stories(rules)

    async def count(self, key: str) -> int:
        return int(key in self.desk.cases)


@dataclass
class SandboxDesks:
    code: str
    service: Service

    def open(self, *, credential: str = "a-store", impatient: bool = False) -> ProposalBank:
        return open_bank(
            self.code,
            base_url=self.service.url,
            credentials=dict.fromkeys(BANKS[self.code].credential_fields, credential),
            http=self.service.impatient_http if impatient else self.service.http,
        )

    async def tell(self, *rules: dict[str, Any]) -> None:
        url = f"{self.service.url}/banks/{self.code}/proposal_script"
        answer = await self.service.http.put(url, json={"rules": list(rules)})
        assert answer.status_code == 204, answer.text

    async def count(self, key: str) -> int:
        ledger = (await self.service.http.get(f"{self.service.url}/banks/{self.code}/proposals")).json()
        return sum(each["idempotency_key"] == key for each in ledger["proposals"])


@pytest.fixture(params=FAKES + ADAPTERS, ids=lambda param: "-".join(param))
def desks(request: pytest.FixtureRequest, service: Service) -> Desks:
    kind, code = request.param
    return FakeDesks(code) if kind == "fake" else SandboxDesks(code, service)


async def follow(bank: ProposalBank, key: str, *wanted: State) -> Word:
    """Ask until the proposal stands where it is wanted."""
    async with asyncio.timeout(SECONDS):
        while True:
            found = await bank.find_proposal(key)
            assert found is not None
            if found.state in wanted:
                return found
            await asyncio.sleep(0.01)


async def test_a_story_is_followed_to_its_end(desks: Desks) -> None:
    await desks.tell({"steps": ["in_analysis", "approved", "formalised", "paid"]})
    bank, request = desks.open(), proposal()

    received = await bank.send_proposal(request)
    paid = await follow(bank, request.key, State.PAID)

    assert (received.key, received.sequence, received.state) == (request.key, 1, State.SENT)
    assert paid.number == received.number
    assert paid.sequence == 5
    assert paid.contract == f"CT{paid.number}"
    assert paid.lien
    assert (await bank.send_proposal(request)).number == received.number
    assert await desks.count(request.key) == 1


async def test_refusals_have_a_reason_and_counter_offers_another_condition(desks: Desks) -> None:
    bank, refused, countered = desks.open(), proposal(), proposal()
    await desks.tell({"steps": ["refused"], "times": 1}, {"steps": ["counter_offer"]})

    await bank.send_proposal(refused)
    await bank.send_proposal(countered)

    assert (await follow(bank, refused.key, State.REFUSED)).reason is RefusalReason.CREDIT
    offered = (await follow(bank, countered.key, State.APPROVED_OTHERWISE)).counter
    assert offered is not None
    assert (offered.number, offered.installments) == (1, 48)
    assert offered.down_payment + offered.financed_amount == 20_003_01 + 34_000_55
    assert offered.installment_value == 1_100_07 * 4 // 5


async def test_documents_are_handed_in_once_and_the_story_goes_on(desks: Desks) -> None:
    await desks.tell({"steps": ["pending_documents", "approved"]})
    bank, request = desks.open(), proposal()
    await bank.send_proposal(request)
    waiting = await follow(bank, request.key, State.PENDING_DOCUMENTS)
    assert waiting.pending == (DocumentKind.IDENTITY, DocumentKind.INCOME)
    identity = paper(DocumentKind.IDENTITY)

    await bank.add_document(request.key, identity)
    await bank.add_document(request.key, identity)
    assert (await follow(bank, request.key, State.PENDING_DOCUMENTS)).sequence == waiting.sequence
    await bank.add_document(request.key, paper(DocumentKind.INCOME))

    assert (await follow(bank, request.key, State.APPROVED)).pending == ()


async def test_a_proposal_is_dropped_until_it_is_a_contract(desks: Desks) -> None:
    await desks.tell({"steps": [], "times": 1}, {"steps": ["formalised"]})
    bank, dropped, signed = desks.open(), proposal(), proposal()
    await bank.send_proposal(dropped)
    await bank.send_proposal(signed)
    await follow(bank, signed.key, State.FORMALISED)

    assert (await bank.cancel_proposal(dropped.key)).state is State.CANCELLED
    assert (await bank.cancel_proposal(dropped.key)).sequence == 2
    assert (await bank.cancel_proposal(signed.key)).state not in ENDED


async def test_an_unknown_key_was_never_seen(desks: Desks) -> None:
    assert await desks.open().find_proposal(str(uuid.uuid4())) is None


async def test_effect_without_an_answer_is_unknown_and_found_by_its_key(desks: Desks) -> None:
    await desks.tell({"sending": "timeout_after_effect"})
    bank, request = desks.open(impatient=True), proposal()

    assert await bank.find_proposal(request.key) is None  # logged in
    with pytest.raises(Unknown):
        await bank.send_proposal(request)

    found = await bank.find_proposal(request.key)
    assert found is not None
    assert (await bank.send_proposal(request)).number == found.number
    assert await desks.count(request.key) == 1


@pytest.mark.parametrize(
    ("sending", "family", "code"),
    [
        ("unstable", Retryable, "bank_unavailable"),
        ("validation_error", Permanent, "bank_validation_error"),
        ("invalid_credentials", Permanent, "invalid_bank_credentials"),
    ],
)
async def test_what_has_no_effect_says_so(desks: Desks, sending: str, family: type[Exception], code: str) -> None:
    await desks.tell({"sending": sending, "times": 1})
    bank, request = desks.open(), proposal()

    with pytest.raises(family) as failure:
        await bank.send_proposal(request)

    assert getattr(failure.value, "code", None) == code
    assert await desks.count(request.key) == 0
    assert (await bank.send_proposal(request)).state is State.SENT


async def test_wrong_credentials_end_the_call(desks: Desks) -> None:
    with pytest.raises(Permanent) as failure:
        await desks.open(credential="invalid").send_proposal(proposal())

    assert failure.value.code == "invalid_bank_credentials"


@pytest.mark.parametrize("code", BANKS)
async def test_what_cannot_be_read_is_a_fault_of_the_bank(code: str) -> None:
    bodies: list[object] = [{}, [], None, {"data": {}, "proposta": {}, "corpo": {}}]
    for body in bodies:
        with pytest.raises(Permanent):
            read_told(code, body)
