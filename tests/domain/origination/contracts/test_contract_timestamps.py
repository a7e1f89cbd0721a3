"""The timestamp of an authority inside a seal, judged by pyHanko's own validator; nothing wrong is taken for one."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO

import pytest
from asn1crypto import tsp
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus
from pyhanko_certvalidator import ValidationContext

from lastro.kernel.errors import Retryable
from lastro.origination.contracts.drawing.appendix import draw_appendix
from lastro.origination.contracts.drawing.contract import draw_contract
from lastro.origination.contracts.model import AppendixHead
from lastro.origination.contracts.seals.identity import SigningIdentity
from lastro.origination.contracts.seals.pades import seal
from lastro.origination.contracts.seals.timestamps import AskAuthority, AuthorityTimestamp
from sandbox.cloud.seeding.signing_identity import make_identity
from sandbox.timestamps.authority import Authority, make_authority
from tests.domain.origination.contracts.contract_reading import words_of
from tests.domain.origination.contracts.contract_samples import CSN, sample_contract, sample_signature

PLACE = "São Paulo/SP"


@cache
def authority(name: str = "own") -> Authority:
    return make_authority(datetime.now(UTC))


@cache
def identity() -> SigningIdentity:
    return SigningIdentity(**make_identity("Exemplo SCD (teste)", datetime.now(UTC)))


@cache
def pages() -> tuple[bytes, bytes]:
    contract = draw_contract(sample_contract())
    checksum = hashlib.sha256(contract).hexdigest()
    head = AppendixHead("Exemplo SCD", CSN, checksum, len(contract), timestamped=True)
    return contract, draw_appendix(head, sample_signature(checksum))


def answering(change: Callable[[bytes], bytes], asked: list[bytes] | None = None) -> AskAuthority:
    """An authority in this process; ``change`` makes its reply to a query."""

    async def ask(query: bytes) -> bytes:
        if asked is not None:
            asked.append(query)
        return change(query)

    return ask


def sealed_by(ask: Callable[[bytes], Awaitable[bytes]]) -> bytes:
    contract, appendix = pages()
    return seal(contract, appendix, identity(), PLACE, AuthorityTimestamp(ask))


def validate(pdf: bytes, *roots: str) -> PdfSignatureStatus:
    [signature] = PdfFileReader(BytesIO(pdf)).embedded_signatures
    trusted = [each for root in roots for each in load_certs_from_pemder_data(root.encode())]
    return validate_pdf_signature(
        signature,
        ValidationContext(trust_roots=trusted[:1]),
        ts_validation_context=ValidationContext(trust_roots=trusted[1:]),
    )


def test_the_seal_holds_a_timestamp_that_stands_with_its_authority() -> None:
    asked: list[bytes] = []
    before = datetime.now(UTC) - timedelta(seconds=1)
    sealed = sealed_by(answering(authority().reply_to, asked))
    status = validate(sealed, identity().certificate, authority().certificate)
    assert status.bottom_line
    stamp = status.timestamp_validity
    assert stamp is not None
    assert stamp.intact
    assert stamp.valid
    assert stamp.trusted
    assert before <= stamp.timestamp <= datetime.now(UTC)
    # What is stamped is the signature's own value, asked for once.
    [query] = asked
    imprint = tsp.TimeStampReq.load(query)["message_imprint"]["hashed_message"].native
    [signature] = PdfFileReader(BytesIO(sealed)).embedded_signatures
    assert imprint == hashlib.sha256(signature.signer_info["signature"].native).digest()


def test_the_authority_of_somebody_else_is_not_trusted() -> None:
    sealed = sealed_by(answering(authority().reply_to))
    stamp = validate(sealed, identity().certificate, authority("other").certificate).timestamp_validity
    assert stamp is not None
    assert not stamp.trusted


def test_the_appendix_tells_of_it() -> None:
    contract, appendix = pages()
    assert "PAdES da credora, com o carimbo do tempo de uma autoridade (RFC 3161)." in words_of(appendix)
    checksum = hashlib.sha256(contract).hexdigest()
    plain = draw_appendix(AppendixHead("Exemplo SCD", CSN, checksum, len(contract)), sample_signature(checksum))
    assert "PAdES da credora." in words_of(plain)


def test_without_an_authority_there_is_none() -> None:
    sealed = seal(*pages(), identity(), PLACE)
    status = validate(sealed, identity().certificate)
    assert status.bottom_line
    assert status.timestamp_validity is None


def other_nonce(query: bytes) -> bytes:
    asked = tsp.TimeStampReq.load(query)
    asked["nonce"] = asked["nonce"].native + 1
    return bytes(asked.dump())


def forged(query: bytes) -> bytes:
    """The token of another authority under the name of this one: the signature is not its certificate's."""
    reply = tsp.TimeStampResp.load(authority().reply_to(query))
    signer = reply["time_stamp_token"]["content"]["signer_infos"][0]
    signer["signature"] = bytes(len(signer["signature"].native))
    return bytes(reply.dump(force=True))


@pytest.mark.parametrize(
    "reply",
    [
        lambda _: b"",
        lambda _: b"<html>",
        lambda _: authority().reply_to(b""),
        lambda query: authority().reply_to(query)[:-1],
        lambda query: authority().reply_to(authority().other_query(query)),
        lambda query: authority().reply_to(other_nonce(query)),
        forged,
    ],
    ids=["empty", "page", "rejection", "cut", "other digest", "other nonce", "forged"],
)
def test_what_is_no_timestamp_of_this_signature_seals_nothing(reply: Callable[[bytes], bytes]) -> None:
    with pytest.raises(Retryable) as caught:
        sealed_by(answering(reply))
    assert caught.value.code == "timestamp_unusable"


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 9999), st.integers(1, 255))
@example(400, 1)
def test_a_reply_of_which_a_byte_was_changed_is_refused_or_still_stands(place: int, change: int) -> None:
    def changed(query: bytes) -> bytes:
        reply = bytearray(authority().reply_to(query))
        reply[place * len(reply) // 10_000] ^= change
        return bytes(reply)

    try:
        sealed = sealed_by(answering(changed))
    except Retryable:
        return
    stamp = validate(sealed, identity().certificate, authority().certificate).timestamp_validity
    assert stamp is not None
    assert stamp.intact
    assert stamp.valid
