"""The timestamp of an authority (RFC 3161) in a contract's seal: asked for once a seal, taken only if it is right."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Awaitable, Callable
from typing import Any

from asn1crypto import cms, core, tsp
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.validation.generic_cms import validate_sig_integrity

from lastro.kernel.errors import Retryable

AskAuthority = Callable[[bytes], Awaitable[bytes]]
"""A query to the reply, both DER. Raises ``Retryable``."""

_NONCE_BITS = 63
_GRANTED = ("granted", "granted_with_mods")


class AuthorityTimestamp(TimeStamper):
    """Gets the tokens that pyHanko puts into a signature from an authority.

    A token is taken when it is granted, signed by the certificate it carries, and about the very digest and nonce that
    were sent. Whether that certificate is to be trusted is for whoever validates the contract.
    """

    def __init__(self, ask: AskAuthority) -> None:
        TimeStamper.__init__(self)
        self._ask = ask

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:
        """The token for a digest. Raises ``Retryable``: ``timestamp_unavailable``, ``timestamp_unusable``."""
        query = tsp.TimeStampReq(
            {
                "version": "v1",
                "message_imprint": {"hash_algorithm": {"algorithm": md_algorithm}, "hashed_message": message_digest},
                "nonce": secrets.randbits(_NONCE_BITS),
                "cert_req": True,
            }
        )
        reply = await self._ask(query.dump())
        try:
            return _read_token(reply, query)
        except (ValueError, TypeError, KeyError) as error:
            raise _unusable("it cannot be read") from error


def _read_token(reply: bytes, query: tsp.TimeStampReq) -> cms.ContentInfo:
    answer: Any = tsp.TimeStampResp.load(reply, strict=True)
    if answer["status"]["status"].native not in _GRANTED:
        raise _unusable("the authority refuses it")
    token = answer["time_stamp_token"]
    signed = token["content"]
    content = signed["encap_content_info"]["content"]
    if not isinstance(content, core.ParsableOctetString):
        raise _unusable("it states nothing")
    stated = content.parsed
    if any(stated[name].native != query[name].native for name in ("message_imprint", "nonce")):
        raise _unusable("it is not about what was asked")
    if not _is_signed(signed, bytes(content)):
        raise _unusable("its signature does not hold")
    return token


def _is_signed(signed: Any, content: bytes) -> bool:
    """Whether the token's one signature is that of a certificate inside it."""
    [signer] = signed["signer_infos"]
    sid = signer["sid"].chosen
    digest = hashlib.new(signer["digest_algorithm"]["algorithm"].native, content).digest()
    for each in signed["certificates"]:
        certificate = each.chosen
        if isinstance(sid, cms.IssuerAndSerialNumber):
            is_signer = (sid["issuer"].dump(), sid["serial_number"].native) == (
                certificate.issuer.dump(),
                certificate.serial_number,
            )
        else:
            is_signer = certificate.key_identifier == sid.native
        if is_signer:
            usages = certificate.extended_key_usage_value
            if usages is None or "time_stamping" not in usages.native:
                return False
            return all(validate_sig_integrity(signer, certificate, "tst_info", digest))
    return False


def _unusable(why: str) -> Retryable:
    return Retryable(f"the timestamp of the authority is of no use: {why}", code="timestamp_unusable")
