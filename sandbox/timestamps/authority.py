"""A time-stamping authority of our own making (RFC 3161): a key and certificate per process that nobody vouches for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from asn1crypto import keys, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper

_VALID = timedelta(days=365)
_DIGESTS = {"sha256": 32, "sha384": 48, "sha512": 64}


@dataclass(frozen=True, slots=True)
class Authority:
    """``certificate`` is the root as well: who trusts the authority trusts it, PEM."""

    certificate: str
    stamper: DummyTimeStamper

    def reply_to(self, query: bytes) -> bytes:
        """DER to DER. A query that cannot be read or has a digest of another kind is rejected, as RFC 3161 §2.4.2."""
        try:
            asked = tsp.TimeStampReq.load(query, strict=True)
            imprint = asked["message_imprint"]
            algorithm, digest = imprint["hash_algorithm"]["algorithm"].native, imprint["hashed_message"].native
        except (ValueError, TypeError):
            return _rejection("bad_data_format")
        if _DIGESTS.get(algorithm) != len(digest):
            return _rejection("bad_alg")
        reply: bytes = self.stamper.request_tsa_response(asked).dump()
        return reply

    def other_query(self, query: bytes) -> bytes:
        """The same query about another digest."""
        asked = tsp.TimeStampReq.load(query)
        asked["message_imprint"]["hashed_message"] = bytes(len(asked["message_imprint"]["hashed_message"].native))
        changed: bytes = asked.dump()
        return changed


def make_authority(now: datetime) -> Authority:
    """A new authority with a certificate that begins an hour ago; RSA 2048."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "BR"),
            x509.NameAttribute(NameOID.COMMON_NAME, "Autoridade de carimbo do tempo (teste)"),
        ]
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + _VALID)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        .sign(key, hashes.SHA256())
    )
    der = serialization.Encoding.DER
    private = key.private_bytes(der, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    stamper = DummyTimeStamper(
        tsa_cert=asn1_x509.Certificate.load(certificate.public_bytes(der)),
        tsa_key=keys.PrivateKeyInfo.load(private),
    )
    return Authority(certificate.public_bytes(serialization.Encoding.PEM).decode(), stamper)


def make_own_authority() -> Authority:
    """One for this process, from now on."""
    return make_authority(datetime.now(UTC))


def _rejection(why: str) -> bytes:
    # A sequence of the status alone: asn1crypto's own structure of a reply insists on a token.
    status: bytes = tsp.PKIStatusInfo({"status": "rejection", "fail_info": {why}}).dump()
    return bytes((0x30, len(status))) + status
