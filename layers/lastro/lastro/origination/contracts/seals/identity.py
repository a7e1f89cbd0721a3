"""The certificate and key that sign contracts, from the secret ``contracts/signing_identity``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lastro.kernel.dataclass import dataclass
from lastro.kernel.errors import Permanent

if TYPE_CHECKING:
    from lastro.aws.secrets import Secrets

IDENTITY = "contracts/signing_identity"
"""Name of the secret; its fields are those of :class:`SigningIdentity`."""


class UnusableIdentity(Permanent):
    """The stored certificate or key cannot sign."""

    default_code = "unusable_signing_identity"


@dataclass(frozen=True, repr=False)
class SigningIdentity:
    """The creditor's certificate and private key (PKCS#8), PEM; ``chain`` holds the certificates above it, if any."""

    certificate: str
    private_key: str
    chain: str = ""


class StoredIdentity:
    """Reads the signing identity each time, so that a renewed certificate is used without a deployment."""

    def __init__(self, secrets: Secrets) -> None:
        self._secrets = secrets

    def read(self) -> SigningIdentity:
        """Raises ``UnusableIdentity`` when the secret is missing or incomplete."""
        fields = self._secrets.read(IDENTITY) or {}
        certificate, key = fields.get("certificate"), fields.get("private_key")
        if not certificate or not key:
            raise UnusableIdentity("there is no signing certificate")
        return SigningIdentity(certificate, key, fields.get("chain", ""))
