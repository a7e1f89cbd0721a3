"""Appending to a contract and signing it with PAdES, judged by pyHanko's own validator."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from functools import cache
from io import BytesIO

import pytest
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pypdf import PdfReader

from lastro.origination.contracts.drawing.appendix import draw_appendix
from lastro.origination.contracts.drawing.contract import draw_contract
from lastro.origination.contracts.model import AppendixHead
from lastro.origination.contracts.seals.identity import SigningIdentity, UnusableIdentity
from lastro.origination.contracts.seals.pades import FIELD, seal
from sandbox.cloud.seeding.signing_identity import make_identity
from tests.domain.origination.contracts.contract_samples import (
    CSN,
    sample_contract,
    sample_endorsements,
    sample_signature,
)


@cache
def identity_of(name: str = "Exemplo SCD (teste)") -> SigningIdentity:
    return SigningIdentity(**make_identity(name, datetime.now(UTC)))


def validate(pdf: bytes, identity: SigningIdentity) -> PdfSignatureStatus:
    [signature] = PdfFileReader(BytesIO(pdf)).embedded_signatures
    [root] = load_certs_from_pemder_data(identity.certificate.encode())
    return validate_pdf_signature(signature, ValidationContext(trust_roots=[root]))


@pytest.fixture(scope="module")
def contract() -> bytes:
    return draw_contract(sample_contract())


@pytest.fixture(scope="module")
def appendix(contract: bytes) -> bytes:
    checksum = hashlib.sha256(contract).hexdigest()
    head = AppendixHead("Exemplo SCD", CSN, checksum, len(contract))
    return draw_appendix(head, sample_signature(checksum), sample_endorsements())


@pytest.fixture(scope="module")
def sealed(contract: bytes, appendix: bytes) -> bytes:
    return seal(contract, appendix, identity_of(), "São Paulo/SP")


def test_the_signature_is_sound_and_covers_the_whole_file(sealed: bytes) -> None:
    status = validate(sealed, identity_of())
    assert status.bottom_line
    assert status.coverage is SignatureCoverageLevel.ENTIRE_FILE
    [signature] = PdfFileReader(BytesIO(sealed)).embedded_signatures
    assert signature.field_name == FIELD
    assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert signature.sig_object["/Location"] == "São Paulo/SP"


def test_the_accepted_bytes_are_the_first_bytes(contract: bytes, sealed: bytes) -> None:
    assert sealed[: len(contract)] == contract


def test_the_appended_pages_follow_those_of_the_contract(contract: bytes, appendix: bytes, sealed: bytes) -> None:
    first, extra, whole = (PdfReader(BytesIO(pdf)).pages for pdf in (contract, appendix, sealed))
    assert [page.extract_text() for page in whole] == [page.extract_text() for page in (*first, *extra)]


def test_changed_words_are_noticed(sealed: bytes, contract: bytes) -> None:
    """A byte of the contract's metadata, one of the appended pages' stream: the file still reads, the seal does not."""
    for at in (contract.index(b"/Title (") + 12, sealed.index(b"stream", len(contract)) + 40):
        forged = bytearray(sealed)
        forged[at] ^= 1
        [signature] = PdfFileReader(BytesIO(bytes(forged))).embedded_signatures
        signature.compute_integrity_info()
        [root] = load_certs_from_pemder_data(identity_of().certificate.encode())
        status = validate_pdf_signature(signature, ValidationContext(trust_roots=[root]))
        assert not status.intact
        assert not status.bottom_line


def test_somebody_elses_certificate_is_not_trusted(contract: bytes, appendix: bytes) -> None:
    forged = seal(contract, appendix, identity_of("Outra empresa"), "São Paulo/SP")
    assert not validate(forged, identity_of()).bottom_line


@pytest.mark.parametrize(
    ("certificate", "key"),
    [
        ("", ""),
        ("not a certificate", "not a key"),
        ("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", ""),
    ],
)
def test_an_identity_that_cannot_sign_is_told_apart(
    contract: bytes, appendix: bytes, certificate: str, key: str
) -> None:
    with pytest.raises(UnusableIdentity):
        seal(contract, appendix, SigningIdentity(certificate, key), "São Paulo/SP")
    with pytest.raises(UnusableIdentity):
        seal(contract, appendix, SigningIdentity(identity_of().certificate, key), "São Paulo/SP")


def test_an_identity_prints_nothing_of_itself() -> None:
    assert "PRIVATE" not in repr(identity_of())
